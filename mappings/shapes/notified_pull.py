"""Notified pull: the Task that tells us to come and fetch -> PullNotification.

Technical agreement Notified Pull of Twiin, in both spellings in use: STU3
(http://hl7.org/fhir/STU3/task.html), where `requester` holds the sending system as `agent` and its
organisation as `onBehalfOf`, with the codes of `NamingSystem/TaskCode` and `TaskParameter`; and
R4, where `requester` is one Reference, with the codes of `tanp-codes`. Which one is written is a
setting per partner, so each is a shape by itself; either reads the code lists of both.

A citizen number in `for` is read, and neither written nor kept: one guide allows it, another
forbids it. The authorization is opaque. Nothing here fetches anything, and the address to fetch
from is the register's: an absolute address in a message is refused.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter

from adapter.fhir.constants import BSN, IDENTIFIER_ALIASES, URA, htest
from adapter.fhir.json import Json
from mappings.records import pull_notification as records
from mappings.records.base import Identifier
from mappings.records.pull_notification import Fetch, PullNotification
from mappings.referral.problem import read_coded
from mappings.shapes.foreign import ForeignMessage, refuse_modifiers
from mappings.shapes.kept import Foreign, write_back
from mappings.shapes.shape import Shape, finished, has_code, of_type
from mappings.toolkit import reader
from mappings.toolkit.entries import Entries
from mappings.toolkit.identity import Ids, party_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, refuse, take_fixed_coding
from mappings.toolkit.writing import concept, present

_PULL: Final = "pull-notification"
_TWIIN: Final = "https://www.twiin.nl/tanp/CodeSystem/tanp-codes"
_STU3_CODE: Final = "http://fhir.nl/fhir/NamingSystem/TaskCode"
_STU3_PARAMETER: Final = "http://fhir.nl/fhir/NamingSystem/TaskParameter"
_PARAMETERS: Final = (_TWIIN, _STU3_PARAMETER)
_AUTHORIZATION: Final = "authorization-base"
_WORKFLOW: Final = "get-workflow-task"
_READ: Final = "read-resource"
_SEARCH: Final = "search-resource"
_PATH: Final = TypeAdapter[str](records.FetchPath)
_HINT: Final = TypeAdapter[str](records.Hint)


def read_r4(resources: Sequence[Json], ids: Ids) -> Foreign[PullNotification]:
    return _read(resources, ids, is_stu3=False)


def read_stu3(resources: Sequence[Json], ids: Ids) -> Foreign[PullNotification]:
    return _read(resources, ids, is_stu3=True)


def write_r4(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(_written_r4(foreign.record, ids), foreign.kept)


def write_stu3(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(_written_stu3(foreign.record, ids), foreign.kept)


def recognises_r4(resources: Sequence[Json]) -> bool:
    return any("agent" not in _requester(task) for task in _notifications(resources))


def recognises_stu3(resources: Sequence[Json]) -> bool:
    return any("agent" in _requester(task) for task in _notifications(resources))


def _notifications(resources: Sequence[Json]) -> list[Json]:
    return [
        task
        for task in of_type(resources, "Task")
        if any(has_code(task.get("code"), system, _PULL) for system in (_TWIIN, _STU3_CODE))
    ]


def _requester(task: Json) -> Json:
    found = task.get("requester")
    return found if isinstance(found, dict) else {}


# --- reading ----------------------------------------------------------------------------------


def _read(resources: Sequence[Json], ids: Ids, *, is_stu3: bool) -> Foreign[PullNotification]:
    unnamed, numbers = _without_citizen_numbers(resources)
    refuse_modifiers(resources)
    message = ForeignMessage(unnamed, ids)
    root = message.one("Task")
    for patient in message.all("Patient"):
        refuse(patient.path, "structure", "Een bericht om op te halen bevat geen patiënt.")
    if root.has("contained"):
        refuse(root.at("contained"), "structure", "Een bericht om op te halen bevat niets anders.")
    _read_code(root.child("code"))
    root.fixed("status", "requested")
    root.fixed("intent", "proposal")
    sender, system = (_read_agent if is_stu3 else _read_requester)(root.child("requester"), message)
    number, _ = read_identifier(root.only("identifier"), sender)
    group, _ = read_identifier(root.child("groupIdentifier"), sender)
    message.identify(root, ids.of("Task", sender, number.system, number.value))
    record = build(
        PullNotification,
        root.path,
        identifier=number,
        group=group,
        authored_on=root.optional("authoredOn", reader.INSTANT),
        until=root.child("restriction").child("period").value("end", reader.INSTANT),
        sender=sender,
        system=system,
        receiver=message.party(root.child("owner")),
        bsn=next((reader.parsed(x, reader.BSN, root.at("for")) for x in numbers), None),
        workflow_task=_read_workflow(root.only_or_none("basedOn")),
        **_read_inputs(root),
    )
    return finished(message, record, _written_stu3 if is_stu3 else _written_r4)


def _without_citizen_numbers(resources: Sequence[Json]) -> tuple[Sequence[Json], list[object]]:
    """The resources without a citizen number in `Task.for`, and that number."""
    numbers: list[object] = []
    found = tuple(_unnamed(resource, numbers) for resource in resources)
    if isinstance(resources, Entries):
        return replace(resources, resources=found), numbers
    return found, numbers


def _unnamed(resource: Json, numbers: list[object]) -> Json:
    subject = resource.get("for")
    number = subject.get("identifier") if isinstance(subject, dict) else None
    if not isinstance(subject, dict) or not isinstance(number, dict):
        return resource
    system = number.get("system")
    if not isinstance(system, str) or IDENTIFIER_ALIASES.get(system, system) != BSN:
        return resource
    numbers.append(number.get("value"))
    rest = {name: value for name, value in subject.items() if name != "identifier"}
    outside = {name: value for name, value in resource.items() if name != "for"}
    return {**outside, "for": rest} if rest else outside


def _read_code(code: Element) -> None:
    codings = code.children("coding")
    for coding in codings:
        system = _TWIIN if coding.peek("system") == _TWIIN else _STU3_CODE
        take_fixed_coding(coding, system, _PULL)
    if not codings:
        refuse(code.path, "required", f"De code {_PULL} ontbreekt.")


def _read_agent(requester: Element, message: Message) -> tuple[str, Identifier | None]:
    """STU3: the system that sends, and the organisation on whose behalf."""
    sender = message.organisation(requester.child("onBehalfOf"))
    agent = requester.child("agent")
    if _is_ura(agent.peek("identifier")):
        if message.organisation(agent) != sender:
            refuse(agent.path, "value", "Het systeem hoort van de afzender te zijn.")
        return sender, None
    return sender, _read_system(agent.child_or_none("identifier"))


def _read_requester(requester: Element, message: Message) -> tuple[str, Identifier | None]:
    """R4: the organisation, or a system whose number was given by its organisation."""
    if _is_ura(requester.peek("identifier")) or not requester.has("identifier"):
        return message.organisation(requester), None
    number = requester.child("identifier")
    return message.organisation(number.child("assigner")), _read_system(number)


def _is_ura(number: object) -> bool:
    system = number.get("system") if isinstance(number, dict) else None
    return isinstance(system, str) and IDENTIFIER_ALIASES.get(system, system) == URA


def _read_system(number: Element | None) -> Identifier | None:
    if number is None:
        return None
    number.ignore("use")
    return build(
        Identifier,
        number.path,
        system=number.value("system", reader.URI),
        value=number.value("value", reader.LINE),
    )


def _read_workflow(link: Element | None) -> str | None:
    return None if link is None else link.value("reference", _PATH)


def _read_inputs(root: Element) -> dict[str, object]:
    told: dict[str, object] = {}
    fetch: list[Fetch] = []
    for item in root.children("input"):
        concept_ = item.child("type")
        codings = concept_.children("coding")
        code = _parameter([x for x in codings if x.peek("system") in _PARAMETERS])
        if code in told:
            refuse(item.path, "structure", "Dit stond er al.")
        if code == _AUTHORIZATION:
            told[code] = item.value("valueString", _HINT)
        elif code == _WORKFLOW:
            told[code] = item.value("valueBoolean", reader.FLAG)
        else:
            about = [read_coded(x) for x in codings if x.peek("system") not in _PARAMETERS]
            title = concept_.optional("text", reader.LINE)
            fetch.append(_read_fetch(item, code, about=about, title=title))
    return {
        "authorization": told.get(_AUTHORIZATION),
        "fetch_workflow_task": told.get(_WORKFLOW, False),
        "fetch": tuple(fetch),
    }


def _parameter(codings: Sequence[Element]) -> str | None:
    """The code of the agreement, of either list; None when the type says what is fetched."""
    if not codings:
        return None
    if len(codings) > 1:
        refuse(codings[1].path, "structure", "Hier is plaats voor één waarde.")
    codings[0].ignore("display", "system")
    return codings[0].fixed("code", _AUTHORIZATION, _WORKFLOW, _READ, _SEARCH)


def _read_fetch(item: Element, code: str | None, **told: object) -> Fetch:
    link = item.child_or_none("valueReference")
    path = item.value("valueString", _PATH) if link is None else link.value("reference", _PATH)
    way = "read" if link is not None or code == _READ else "search"
    return build(Fetch, item.path, way=way, path=path, **told)


# --- writing ----------------------------------------------------------------------------------


def _written_r4(record: PullNotification, ids: Ids) -> list[Json]:
    sender = {"system": URA, "value": record.sender}
    number = sender if record.system is None else _system(record.system, sender)
    return [_task(record, ids, {"identifier": number}, _TWIIN, _TWIIN)]


def _written_stu3(record: PullNotification, ids: Ids) -> list[Json]:
    sender = {"system": URA, "value": record.sender}
    agent = sender if record.system is None else record.system.model_dump()
    requester = {"agent": {"identifier": agent}, "onBehalfOf": {"identifier": sender}}
    return [_task(record, ids, requester, _STU3_CODE, _STU3_PARAMETER)]


def _system(system: Identifier, sender: Json) -> Json:
    return {**system.model_dump(), "assigner": {"identifier": sender}}


def _task(record: PullNotification, ids: Ids, requester: Json, codes: str, parameters: str) -> Json:
    number, authored = record.identifier, record.authored_on
    workflow = record.workflow_task
    return present(
        {
            "resourceType": "Task",
            "id": ids.of("Task", record.sender, number.system, number.value),
            "meta": {"security": [htest()]} if record.synthetic else None,
            "identifier": [number.model_dump()],
            "basedOn": [] if workflow is None else [{"reference": workflow}],
            "groupIdentifier": record.group.model_dump(),
            "status": "requested",
            "intent": "proposal",
            "code": concept(codes, _PULL),
            "authoredOn": None if authored is None else authored.isoformat(),
            "requester": requester,
            "owner": party_reference(ids, record.receiver),
            "restriction": {"period": {"end": record.until.isoformat()}},
            "input": _inputs(record, parameters),
        }
    )


def _inputs(record: PullNotification, parameters: str) -> list[Json]:
    found: list[Json] = []
    if record.authorization is not None:
        hint = {"type": concept(parameters, _AUTHORIZATION), "valueString": record.authorization}
        found.append(hint)
    if record.workflow_task is not None:
        wanted = record.fetch_workflow_task
        found.append({"type": concept(parameters, _WORKFLOW), "valueBoolean": wanted})
    return [*found, *(_input(item, parameters) for item in record.fetch)]


def _input(item: Fetch, parameters: str) -> Json:
    is_read = item.way == "read"
    codings = [present(code.model_dump()) for code in item.about]
    if not codings:
        codings = [{"system": parameters, "code": _READ if is_read else _SEARCH}]
    value = {"valueReference": {"reference": item.path}} if is_read else {"valueString": item.path}
    return {"type": present({"coding": codings, "text": item.title}), **value}


def _shape(name: str, spelling: str, **functions: Any) -> Shape:
    return Shape(
        name=name,
        title=f"Bericht om gegevens op te halen (notified pull, {spelling})",
        kind="pull-notification",
        record=PullNotification,
        **functions,
    )


R4: Final = _shape("notified-pull-r4", "R4", recognises=recognises_r4, read=read_r4, write=write_r4)
STU3: Final = _shape(
    "notified-pull-stu3",
    "STU3",
    recognises=recognises_stu3,
    read=read_stu3,
    write=write_stu3,
    is_r4=False,
)

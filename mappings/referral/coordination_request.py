"""Coordination request <-> ServiceRequest (what is asked) and Task (how it stands).

https://hl7.org/fhir/R4/servicerequest.html, https://hl7.org/fhir/R4/task.html

FHIR has no element for what kind of sender asks nor for triage: both are extensions. Status of the
ServiceRequest follows from the Task.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.records.base import Identifier
from mappings.records.coordination_request import CoordinationRequest, Indication, Triage
from mappings.records.parties import Party
from mappings.referral.coordination_codes import COORDINATED_CARE, COORDINATION_REQUESTER
from mappings.referral.problem import read_coded
from mappings.referral.referral_task import TASK_CODE
from mappings.task.progress import progress_to_fhir, read_progress
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    party_reference,
    reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, read_coding, refuse, take_fixed_code
from mappings.toolkit.writing import concept, extension, extension_url, present, resource

_REQUESTER: Final = extension_url("coordination-requester")
_TRIAGE: Final = extension_url("triage")
_PRIORITIES: Final = ("routine", "urgent", "asap", "stat")
_ENDED: Final = {
    "completed": "completed",
    **dict.fromkeys(("rejected", "cancelled", "failed"), "revoked"),
}


def to_fhir(request: CoordinationRequest, ids: Ids) -> list[Json]:
    """ServiceRequest and Task."""
    number, ura = request.identifier, request.requester.ura
    ask = ids.of("ServiceRequest", ura, number.system, number.value)
    return [_ask(request, ask, ids), _task(request, ask, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> CoordinationRequest:
    """The request in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root, task = message.one("ServiceRequest"), message.one("Task")
    requester = message.party(root.child("requester"))
    number, _ = read_identifier(root.only("identifier"), requester.ura)
    message.identify(root, ids.of("ServiceRequest", requester.ura, number.system, number.value))
    message.identify(task, ids.of("Task", requester.ura, number.system, number.value))
    root.fixed("intent", "order")
    patient = message.id_of(root.child("subject"), "Patient")
    receiver = message.organisation(root.only("performer"))
    authored_on = root.value("authoredOn", reader.INSTANT)
    urgency = root.fixed("priority", *_PRIORITIES)
    _check_task(task, root, message, requester, number)
    for name, same in {
        "for": message.id_of(task.child("for"), "Patient") == patient,
        "owner": message.organisation(task.child("owner")) == receiver,
        "priority": task.value("priority", reader.CODE) == urgency,
        "authoredOn": task.value("authoredOn", reader.INSTANT) == authored_on,
    }.items():
        if not same:
            refuse(task.at(name), "business-rule", "Taak en aanvraag spreken elkaar tegen.")
    progress = read_progress(task, message)
    root.fixed("status", _status(progress.status))
    kind = root.extension(_REQUESTER)
    if kind is None:
        refuse(root.at("extension"), "required", "Welk soort aanvrager dit is ontbreekt.")
    request = build(
        CoordinationRequest,
        root.path,
        identifier=number,
        authored_on=authored_on,
        requester=requester,
        requester_kind=read_coding(kind.child("valueCoding"), COORDINATION_REQUESTER),
        receiver=receiver,
        patient=patient,
        care=read_code(root.child("code"), COORDINATED_CARE),
        urgency=urgency,
        indication=_read_indication(root.only("reasonCode")),
        triage=_read_triage(root.extension(_TRIAGE), message),
        progress=progress,
        changed_on=task.value("lastModified", reader.INSTANT),
    )
    return request.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _ask(request: CoordinationRequest, id_: str, ids: Ids) -> Json:
    kind = COORDINATION_REQUESTER.coding(request.requester_kind)
    indication, triage = request.indication, request.triage
    return resource(
        "ServiceRequest",
        id_,
        "coordination-request",
        synthetic=request.synthetic,
        extension=[
            extension(_REQUESTER, valueCoding=kind),
            *([] if triage is None else [_triage(triage, ids)]),
        ],
        identifier=[_number(request)],
        status=_status(request.progress.status),
        intent="order",
        priority=request.urgency,
        code=COORDINATED_CARE.concept(request.care),
        subject=reference("Patient", request.patient),
        authoredOn=request.authored_on.isoformat(),
        requester=party_reference(ids, request.requester),
        performer=[organisation_reference(ids, request.receiver)],
        reasonCode=[
            present(
                {
                    "coding": []
                    if indication.code is None
                    else [present(indication.code.model_dump())],
                    "text": indication.text,
                }
            )
        ],
    )


def _task(request: CoordinationRequest, ask: str, ids: Ids) -> Json:
    number, ura = request.identifier, request.requester.ura
    return resource(
        "Task",
        ids.of("Task", ura, number.system, number.value),
        "coordination-task",
        synthetic=request.synthetic,
        identifier=[_number(request)],
        groupIdentifier=_number(request),
        **progress_to_fhir(request.progress, ids),
        intent="order",
        priority=request.urgency,
        code=concept(TASK_CODE, "fulfill"),
        focus=reference("ServiceRequest", ask),
        **{"for": reference("Patient", request.patient)},
        authoredOn=request.authored_on.isoformat(),
        lastModified=request.changed_on.isoformat(),
        requester=party_reference(ids, request.requester),
        owner=organisation_reference(ids, request.receiver),
    )


def _number(request: CoordinationRequest) -> Json:
    number = request.identifier
    return identifier(number.system, number.value, request.requester.ura)


def _triage(triage: Triage, ids: Ids) -> Json:
    parts = [extension("outcome", valueString=triage.outcome)]
    if triage.by is not None:
        parts.append(extension("by", valueReference=party_reference(ids, triage.by)))
    if triage.on is not None:
        parts.append(extension("on", valueDateTime=triage.on.isoformat()))
    return extension(_TRIAGE, extension=parts)


def _status(task: str) -> str:
    """Status of the request, whose Task stands like this."""
    return _ENDED.get(task, "active")


# --- reading ----------------------------------------------------------------------------------


def _check_task(
    task: Element, root: Element, message: Message, requester: Party, number: Identifier
) -> None:
    """Everything in which the Task only repeats the request."""
    task.fixed("intent", "order")
    take_fixed_code(task.child("code"), TASK_CODE, "fulfill")
    for item in (task.only("identifier"), task.child("groupIdentifier")):
        if read_identifier(item, requester.ura)[0] != number:
            refuse(item.path, "business-rule", "De taak heeft het nummer van de aanvraag.")
    if message.target(task.child("focus"), "ServiceRequest") is not root:
        refuse(task.at("focus"), "business-rule", "De taak gaat over deze aanvraag.")
    if message.party(task.child("requester")) != requester:
        refuse(task.at("requester"), "business-rule", "Taak en aanvraag hebben één aanvrager.")


def _read_indication(item: Element) -> Indication:
    return build(
        Indication,
        item.path,
        text=item.value("text", reader.TEXT),
        code=read_coded(item.only_or_none("coding")),
    )


def _read_triage(item: Element | None, message: Message) -> Triage | None:
    if item is None:
        return None
    outcome, by, on = (item.extension(name) for name in ("outcome", "by", "on"))
    if outcome is None:
        refuse(item.path, "required", "De uitkomst van de triage ontbreekt.")
    return build(
        Triage,
        item.path,
        outcome=outcome.value("valueString", reader.TEXT),
        by=None if by is None else message.party(by.child("valueReference")),
        on=None if on is None else on.value("valueDateTime", reader.INSTANT),
    )

"""Intake decision <-> the Task of a referral, as it is from receipt on.

https://hl7.org/fhir/R4/task.html

`businessStatus` holds what was decided and `output` what came of it. A Task has no element for who
decided together, so that is an extension; remarks of the deciders are notes.

A referral that has been taken up is read in two: `read_referral`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from adapter.fhir.constants import BSN, IDENTIFIER_ALIASES
from adapter.fhir.json import Json
from mappings.records.intake_decision import Decider, IntakeDecision, faults
from mappings.records.referral import Referral
from mappings.referral import referral
from mappings.referral.referral_codes import INTAKE_OUTPUT, IntakeOutput
from mappings.referral.referral_task import Order, order_to_fhir, read_order_code
from mappings.task.progress import progress_to_fhir, read_progress
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.entries import Entries
from mappings.toolkit.identity import Ids, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, read_code, read_coding, refuse
from mappings.toolkit.writing import extension, extension_url

_DECIDER: Final = extension_url("intake-decider")
_WITHDRAWAL: Final = extension_url("consent-withdrawal")
_TARGETS: Final[dict[IntakeOutput, str]] = {
    "trajectory": "EpisodeOfCare",
    "consult-report": "Composition",
}
# What a Task gets after it was sent.
_LATER: Final = (
    *("status", "statusReason", "businessStatus", "executionPeriod", "note", "output"),
    "lastModified",
)


def to_fhir(decision: IntakeDecision, ids: Ids) -> list[Json]:
    """The Task."""
    number = decision.referral
    order = Order(
        number=number,
        own=decision.identifier,
        referrer=decision.referrer,
        receiver=decision.receiver,
        request=_request_id(decision.referrer.ura, number.system, number.value, ids),
        patient=decision.patient,
        bsn=decision.bsn,
        authored_on=decision.authored_on,
        priority=decision.priority,
    )
    return [
        order_to_fhir(
            order,
            ids,
            progress=progress_to_fhir(decision.progress, ids),
            changed_on=decision.changed_on,
            synthetic=decision.synthetic,
            extension=[_decider(item, ids) for item in decision.deciders],
            output=_outputs(decision.trajectory, decision.report),
        )
    ]


def from_fhir(resources: Sequence[Json], ids: Ids) -> IntakeDecision:
    """The decision that this Task holds. FhirError 422 for what has no place, and for a Task that
    nobody has received yet."""
    message = Message(resources, ids)
    decision = read_decision(message, ids)
    return decision.model_copy(update={"synthetic": message.finish()})


def read_decision(message: Message, ids: Ids) -> IntakeDecision:
    """The decision in this message, which is not finished yet."""
    root = message.one("Task")
    root.fixed("intent", "order")
    read_order_code(root.child("code"))
    referrer = message.staff(root.child("requester"))
    own, _ = read_identifier(root.only("identifier"), referrer.ura)
    number, _ = read_identifier(root.child("groupIdentifier"), referrer.ura)
    message.identify(root, ids.of("Task", referrer.ura, own.system, own.value))
    focus = root.child("focus")
    if message.id_of(focus, "ServiceRequest") != _request_id(
        referrer.ura, number.system, number.value, ids
    ):
        refuse(focus.path, "business-rule", "De taak hoort bij de verwijzing met haar nummer.")
    patient, bsn = _read_patient(root.child("for"), message)
    trajectory, report = _read_outputs(root, message)
    fields: Json = {
        "identifier": own,
        "referral": number,
        "authored_on": root.value("authoredOn", reader.INSTANT),
        "priority": root.optional("priority", reader.CODE),
        "referrer": referrer,
        "receiver": message.organisation(root.child("owner")),
        "patient": patient,
        "bsn": bsn,
        "progress": read_progress(root, message),
        "deciders": tuple(_read_decider(x, message) for x in root.extensions(_DECIDER)),
        "changed_on": root.value("lastModified", reader.INSTANT),
        "trajectory": trajectory,
        "report": report,
    }
    for at, rule, text in faults(IntakeDecision.model_construct(**fields)):
        refuse(root.at(at), "business-rule", text, rule)
    return reader.build(IntakeDecision, root.path, **fields)


def read_referral(resources: Sequence[Json], ids: Ids) -> tuple[Referral, IntakeDecision | None]:
    """A referral whatever became of it: as it was sent, and the decision once it was received.

    Its consents are read as they were given; that one ended or was withdrawn is a consent's own.
    """
    tasks = [item for item in resources if item.get("resourceType") == "Task"]
    later = [task for task in tasks if task.get("status") != "requested"]
    first = tuple(_as_it_came(item) for item in resources)
    came = resources if isinstance(resources, Entries) else None
    sent = first if came is None else replace(came, resources=first)
    return referral.from_fhir(sent, ids), from_fhir(later, ids) if later else None


def _as_it_came(item: Json) -> Json:
    """A resource of a referral without what happened to it since."""
    kind, status = item.get("resourceType"), item.get("status")
    if kind == "Task" and status != "requested":
        kept = {name: value for name, value in item.items() if name not in _LATER}
        return _without(_DECIDER, {**kept, "status": "requested"})
    if kind == "Consent" and status == "inactive":
        return _without(_WITHDRAWAL, {**item, "status": "active"})
    return item


def _without(url: str, item: Json) -> Json:
    found = item.get("extension")
    if not isinstance(found, list):
        return item
    others = [one for one in found if not isinstance(one, dict) or one.get("url") != url]
    kept = {name: value for name, value in item.items() if name != "extension"}
    return {**kept, "extension": others} if others else kept


def decided(
    task: Json,
    deciders: Sequence[Decider],
    ids: Ids,
    *,
    trajectory: str | None = None,
    report: str | None = None,
) -> Json:
    """The Task with who decided and what came of it, both by logical id."""
    others = [item for item in task.get("extension", []) if item.get("url") != _DECIDER]
    outputs = _outputs(trajectory, report) or task.get("output")
    said = {"extension": [*others, *(_decider(item, ids) for item in deciders)], "output": outputs}
    return {**task, **{name: value for name, value in said.items() if value}}


def _request_id(ura: str, system: str, value: str, ids: Ids) -> str:
    return ids.of("ServiceRequest", ura, system, value)


def _decider(decider: Decider, ids: Ids) -> Json:
    return extension(
        _DECIDER,
        extension=[
            extension("who", valueReference=staff_reference(ids, decider.who)),
            extension("function", valueCoding=FUNCTION.coding(decider.function)),
        ],
    )


def _read_decider(item: Element, message: Message) -> Decider:
    who, function = item.extension("who"), item.extension("function")
    if who is None or function is None:
        refuse(item.path, "required", "Wie besluit, heeft een nummer en een functie.")
    return Decider(
        who=message.staff(who.child("valueReference")),
        function=read_coding(function.child("valueCoding"), FUNCTION),
    )


def _outputs(trajectory: str | None, report: str | None) -> list[Json]:
    told: tuple[tuple[IntakeOutput, str | None], ...] = (
        ("trajectory", trajectory),
        ("consult-report", report),
    )
    return [
        {"type": INTAKE_OUTPUT.concept(kind), "valueReference": reference(_TARGETS[kind], id_)}
        for kind, id_ in told
        if id_ is not None
    ]


def _read_outputs(root: Element, message: Message) -> tuple[str | None, str | None]:
    found: dict[IntakeOutput, str] = {}
    for item in root.children("output"):
        kind = read_code(item.child("type"), INTAKE_OUTPUT)
        if kind in found:
            refuse(item.path, "structure", "Deze uitkomst stond er al.")
        found[kind] = message.id_of(item.child("valueReference"), _TARGETS[kind])
    return found.get("trajectory"), found.get("consult-report")


def _read_patient(subject: Element, message: Message) -> tuple[str, str | None]:
    number = subject.child_or_none("identifier")
    bsn = None
    if number is not None:
        number.ignore("use")
        system = number.value("system", reader.URI)
        if IDENTIFIER_ALIASES.get(system, system) != BSN:
            refuse(number.at("system"), "value", "Hier hoort een BSN te staan.")
        bsn = number.value("value", reader.BSN)
    return message.id_of(subject, "Patient"), bsn

"""The referral as work to be taken up <-> Task with code fulfil.

https://hl7.org/fhir/R4/task.html

`lastModified` is the clock of whoever holds the Task, so it is not read; the Task adds nothing to
the ServiceRequest but its own number. The patient's citizen number stands in `for`, because Dutch
receivers find the patient by it: this Task is seen by GP and MESO only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapter.fhir.constants import BSN, SNOMED
from adapter.fhir.json import Json
from mappings.records.base import Identifier
from mappings.records.parties import StaffKey
from mappings.records.referral import Referral
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier, read_subject
from mappings.toolkit.reader import Element, refuse, take_fixed_coding
from mappings.toolkit.writing import concept, resource

TASK_CODE: Final = "http://hl7.org/fhir/CodeSystem/task-code"
_FULFIL: Final = ("fulfill", "fullfill")  # the second is how one Dutch guide spells it
_REFERRAL_CODE: Final = "3457005"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the Task says of the referral, whatever became of it; request and patient by id."""

    number: Identifier
    own: Identifier
    referrer: StaffKey
    receiver: str
    request: str
    patient: str
    bsn: str | None
    authored_on: datetime
    priority: str | None


def order_to_fhir(
    order: Order, ids: Ids, *, progress: Json, changed_on: datetime, synthetic: bool, **more: object
) -> Json:
    """Task of this order; `progress` says how it stands."""
    ura, number, own = order.referrer.ura, order.number, order.own
    known_by = None if order.bsn is None else {"system": BSN, "value": order.bsn}
    return resource(
        "Task",
        ids.of("Task", ura, own.system, own.value),
        "referral-task",
        synthetic=synthetic,
        identifier=[identifier(own.system, own.value, ura)],
        groupIdentifier=identifier(number.system, number.value, ura),
        **progress,
        intent="order",
        priority=order.priority,
        code=concept(TASK_CODE, "fulfill"),
        focus=reference("ServiceRequest", order.request),
        **{"for": reference("Patient", order.patient, known_by)},
        authoredOn=order.authored_on.isoformat(),
        lastModified=changed_on.isoformat(),
        requester=staff_reference(ids, order.referrer),
        owner=organisation_reference(ids, order.receiver),
        **more,
    )


def task_to_fhir(referral: Referral, ids: Ids, *, request: str, patient: str) -> Json:
    """Task in state requested; request and patient by logical id."""
    order = Order(
        number=referral.identifier,
        own=referral.task_identifier or referral.identifier,
        referrer=referral.referrer,
        receiver=referral.receiver.ura,
        request=request,
        patient=patient,
        bsn=referral.patient.bsn,
        authored_on=referral.authored_on,
        priority=referral.priority,
    )
    return order_to_fhir(
        order,
        ids,
        progress={"status": "requested"},
        changed_on=referral.authored_on,
        synthetic=referral.synthetic,
    )


def read_task(
    root: Element, referral: Referral, request: Element, patient: Element, message: Message
) -> Identifier | None:
    """The Task's own number when it is not the referral's. What repeats the referral must agree."""
    ura = referral.referrer.ura
    root.fixed("status", "requested")
    root.fixed("intent", "order")
    read_order_code(root.child("code"))
    root.ignore("lastModified")
    own, _ = read_identifier(root.only("identifier"), ura)
    group = root.child_or_none("groupIdentifier")
    focus = root.child("focus")
    read_subject(root.child("for"), patient, referral.patient.bsn, message)
    authored = root.optional("authoredOn", reader.INSTANT)
    priority = root.optional("priority", reader.CODE)
    requester, owner = root.child("requester"), root.child("owner")
    disagreeing = {
        "groupIdentifier": group is not None
        and read_identifier(group, ura)[0] != referral.identifier,
        "focus": message.target(focus, "ServiceRequest") is not request,
        "authoredOn": authored not in (None, referral.authored_on),
        "priority": priority not in (None, referral.priority),
        "requester": message.staff(requester) != referral.referrer,
        "owner": message.organisation(owner) != referral.receiver.ura,
    }
    for name, differs in disagreeing.items():
        if differs:
            refuse(root.at(name), "business-rule", "De taak en de verwijzing spreken elkaar tegen.")
    return None if own == referral.identifier else own


def read_order_code(code: Element) -> None:
    """The code of a request to be carried out, alone or beside that of a referral."""
    for item in code.children("coding"):
        if item.peek("system") == SNOMED:
            take_fixed_coding(item, SNOMED, _REFERRAL_CODE)
        else:
            take_fixed_coding(item, TASK_CODE, *_FULFIL)
    if not reader.is_coded(code, TASK_CODE):
        refuse(code.path, "required", "De code voor het uitvoeren van een verzoek ontbreekt.")

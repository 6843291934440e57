"""Negotiation over a Task in a shared care plan -> Referral, or IntakeDecision.

https://santeonnl.github.io/shared-care-planning/

The requester offers a Task with intent order and code `fulfill` (also seen: `fullfill`), `basedOn`
the shared CarePlan, with the ServiceRequest, the requester's role and sometimes the CareTeam
contained in it. Which record it is depends on how far the negotiation is: a Task that is
`requested` is a referral; one that was received, accepted, rejected or ended is what became of it.
There who decided, and for what, has to be said as in our own Tasks, since a status alone does not
tell a consult from a trajectory.

The plan and its team are kept, not believed: who may see what follows from our own records. A
sub-task (`partOf`) and a question about capacity (`intent` plan, no patient) are no referral.
"""

from collections.abc import Sequence
from typing import Any, Final

from adapter.fhir.json import Json
from mappings.people.patient import patient_id, read_patient
from mappings.records.intake_decision import IntakeDecision
from mappings.records.referral import Referral
from mappings.referral import intake_decision
from mappings.referral.referral import read_referral
from mappings.referral.referral_task import TASK_CODE
from mappings.shapes import order
from mappings.shapes.foreign import ForeignMessage, Resolve
from mappings.shapes.kept import Foreign, write_back
from mappings.shapes.shape import Shape, dicts, finished, has_code, of_type, unclaimed
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import read_identifier
from mappings.toolkit.reader import refuse

_FULFIL: Final = ("fulfill", "fullfill")
_OFFERED: Final = "requested"


def read(resources: Sequence[Json], ids: Ids) -> Foreign[Referral]:
    """The referral that is offered."""
    message = ForeignMessage(resources, ids, lifted_from="Task", as_ours=order.as_ours)
    _refuse_sub_task(message)
    return finished(message, read_referral(message, ids), order.write)


def read_answer(resources: Sequence[Json], ids: Ids) -> Foreign[IntakeDecision]:
    """What became of the referral. The order that comes along is a record of its own."""
    message = ForeignMessage(resources, ids, lifted_from="Task", as_ours=_grouped)
    _refuse_sub_task(message)
    _know_others(message, ids)
    decision = intake_decision.read_decision(message, ids)
    return finished(message, decision, _write_answer)


def write(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(order.write(foreign.record, ids), foreign.kept)


def write_answer(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(_write_answer(foreign.record, ids), foreign.kept)


def recognises(resources: Sequence[Json]) -> bool:
    return any(task.get("status") == _OFFERED for task in _negotiated(resources))


def recognises_answer(resources: Sequence[Json]) -> bool:
    return any(task.get("status") != _OFFERED for task in _negotiated(resources))


def _write_answer(decision: IntakeDecision, ids: Ids) -> list[Json]:
    return unclaimed(intake_decision.to_fhir(decision, ids))


def _negotiated(resources: Sequence[Json]) -> list[Json]:
    """Tasks to be carried out for a shared plan."""
    return [
        task
        for task in of_type(resources, "Task")
        if any(has_code(task.get("code"), TASK_CODE, code) for code in _FULFIL)
        and (
            any(
                str(x.get("reference")).rpartition("/")[0].endswith("CarePlan")
                for x in dicts(task, "basedOn")
            )
            or of_type(dicts(task, "contained"), "ServiceRequest")
        )
    ]


def _grouped(resources: Sequence[Json], _: Resolve) -> Sequence[Json]:
    """Tasks with the number of their order, which here stands only in the order."""
    orders = of_type(resources, "ServiceRequest")
    numbers = dicts(orders[0], "identifier") if len(orders) == 1 else []
    if len(numbers) != 1:
        return resources
    said = {"groupIdentifier": numbers[0], "identifier": numbers}
    return [{**said, **x} if x.get("resourceType") == "Task" else x for x in resources]


def _refuse_sub_task(message: ForeignMessage) -> None:
    for task in message.all("Task"):
        if task.has("partOf"):
            refuse(task.at("partOf"), "business-rule", "Een deeltaak is geen verwijzing.")


def _know_others(message: ForeignMessage, ids: Ids) -> None:
    """Which patient and which order the Task is about, by the numbers that they have with us."""
    referrer = message.staff(message.one("Task").child("requester"))
    for root in message.all("Patient"):
        patient = read_patient(root, referrer, message)
        message.identify(root, patient_id(patient, referrer.ura, ids))
    for root in message.all("ServiceRequest"):
        number, _ = read_identifier(root.only("identifier"), referrer.ura)
        id_ = ids.of("ServiceRequest", referrer.ura, number.system, number.value)
        message.identify(root, id_)
        root.ignore_all()


SHAPE: Final = Shape(
    name="scp-negotiation",
    title="Verwijzing als taak in een gedeeld zorgplan (SCP)",
    kind="referral",
    record=Referral,
    recognises=recognises,
    read=read,
    write=write,
)

ANSWER: Final = Shape(
    name="scp-answer",
    title="Antwoord op een taak in een gedeeld zorgplan (SCP)",
    kind="intake-decision",
    record=IntakeDecision,
    recognises=recognises_answer,
    read=read_answer,
    write=write_answer,
)

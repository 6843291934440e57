"""What two practices are asked about a referral that is parked -> Task, for each of them one.

https://hl7.org/fhir/R4/task.html

Each names only what its reader may know: the practice on file its own Patient and who says that she
moved, the sender his own Patient. Neither points at the referral, which the other does not see.
"""

from dataclasses import dataclass
from datetime import datetime

from adapter.fhir.json import Json
from mappings.toolkit.codes import TASK_CODE
from mappings.toolkit.identity import Ids, organisation_reference, reference
from mappings.toolkit.writing import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedTask:
    """Task `id` for `owner`, on behalf of `requester` (URA); patient by logical id."""

    id: str
    patient: str
    requester: str
    owner: str
    text: str
    at: datetime
    synthetic: bool


def to_fhir(task: ParkedTask, ids: Ids) -> Json:
    return resource(
        "Task",
        task.id,
        "parked-referral",
        synthetic=task.synthetic,
        status="requested",
        intent="order",
        code=TASK_CODE.concept("parked-referral"),
        description=task.text,
        **{"for": reference("Patient", task.patient)},
        authoredOn=task.at.isoformat(),
        lastModified=task.at.isoformat(),
        requester=organisation_reference(ids, task.requester),
        owner=organisation_reference(ids, task.owner),
    )

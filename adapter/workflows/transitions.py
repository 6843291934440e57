"""Which status of a Task may follow which, who may set it, and what it does.

One table per profile, never a global one (conventions 4.1); `transitions.json` is that table and
an update is a look-up in it. What is not there is refused.
"""

from functools import cache
from importlib.resources import files

from adapter.fhir.constants import CANONICAL
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, decode_own

_KINDS = {
    f"{CANONICAL}/StructureDefinition/meso-referral-task": "referral",
    f"{CANONICAL}/StructureDefinition/meso-parked-referral": "parked-referral",
    f"{CANONICAL}/StructureDefinition/meso-plan-action": "plan-action",
}


def kind_of(task: Json) -> str:
    """Which table a stored Task follows. FhirError 422 when it changes with its record only."""
    kind = _KINDS.get(task["meta"]["profile"][0])
    if kind is None:
        text = "Deze taak wijzigt alleen met het stuk waar zij bij hoort."
        raise FhirError(422, Issue(code="business-rule", text=text, expression="Task.status"))
    return kind


def find_transition(kind: str, before: str, after: str, *, is_owner: bool) -> str:
    """Name of what the transition does. FhirError 422 when there is none for this actor."""
    for row in _table()[kind]:
        if row["from"] == before and row["to"] == after:
            if row["actor"] == "either" or (row["actor"] == "owner") == is_owner:
                return str(row["does"])
            break
    text = f"Deze partij mag deze taak niet van {before} naar {after} zetten."
    raise FhirError(422, Issue(code="business-rule", text=text, expression="Task.status"))


@cache
def _table() -> Json:
    return decode_own(files("adapter.workflows").joinpath("transitions.json").read_bytes())

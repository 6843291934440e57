"""Care plan -> the frame that a partner sees of it: CarePlan with profile `meso-care-plan-part`.

https://hl7.org/fhir/R4/careplan.html

References to the parts that are the partner's, and one fixed line; no title, description or
narrative of the whole. What is not named here is left out. The same view is made when a partner
reads (`adapter/access/views.py`); tests hold the two together.
"""

from typing import Any, Final

from adapter.fhir.json import Json
from mappings.shapes.partial_view import partial_note, view
from mappings.shapes.recipient import Recipient, name_of, shown

_SHOWN: Final = (
    *("identifier", "status", "intent", "category", "subject", "period", "created", "author"),
    *("careTeam", "addresses", "goal"),
)


def partner_frame(plan: Json, recipient: Recipient) -> list[Json]:
    """One CarePlan; none when the plan is not for this recipient."""
    if not recipient.gets_patient_data or name_of(plan) not in recipient.visible:
        return []
    return [
        view(
            "CarePlan",
            plan,
            profile="care-plan-part",
            **{name: shown(plan[name], recipient) for name in _SHOWN if name in plan},
            activity=_activities(plan.get("activity", ()), recipient),
            note=partial_note(),
        )
    ]


def _activities(rows: Any, recipient: Recipient) -> list[Json]:
    """A row whose target is unseen goes whole, with what it says."""
    links = [shown(row["reference"], recipient) for row in rows if "reference" in row]
    return [{"reference": link} for link in links if link is not None]

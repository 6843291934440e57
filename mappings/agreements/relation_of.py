"""The evidence of a treatment relation, derived from what happened: referral, taking up, closing."""

from typing import Final

from adapter.fhir.constants import CANONICAL
from mappings.records.base import Identifier
from mappings.records.referral import Referral
from mappings.records.relation_evidence import Acceptance, RelationEnd, RelationEvidence
from mappings.records.trajectory import Trajectory

RELATION_SYSTEM: Final = f"{CANONICAL}/NamingSystem/treatment-relation"


def relation_of(
    referral: Referral,
    *,
    referral_id: str,
    patient_id: str,
    trajectory: Trajectory | None = None,
    trajectory_id: str | None = None,
) -> RelationEvidence:
    """Ids are logical ids. Without a trajectory the referral was not, or not yet, taken up."""
    acceptance = end = None
    if trajectory is not None and trajectory_id is not None:
        acceptance = Acceptance(
            on=trajectory.started, by=trajectory.regie_holder, trajectory=trajectory_id
        )
        if trajectory.end is not None:
            end = RelationEnd(on=trajectory.end.on, reason=trajectory.end.reason)
    return RelationEvidence(
        identifier=Identifier(system=RELATION_SYSTEM, value=referral_id),
        patient=patient_id,
        practice=referral.receiver.ura,
        referral=referral_id,
        referred_by=referral.referrer,
        referred_on=referral.authored_on,
        acceptance=acceptance,
        end=end,
        synthetic=referral.synthetic,
    )

"""The treatment phase begins when the first plan of a trajectory is published (requirements 2.2)."""

from datetime import UTC, datetime
from typing import Final

from adapter.store import resources
from adapter.store.resources import Saved
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.unit import Unit
from mappings.referral.opening import enter_phase
from mappings.trajectory import trajectory as mapping

_BEFORE: Final = "diagnostic"


def begin_treatment(unit: Unit, dossier: Dossier) -> list[Saved]:
    """The trajectory in its next phase; nothing when it is past the diagnostic one."""
    assert dossier.trajectory is not None, "a care relation has a trajectory"
    episode = resources.load(unit.connection, "EpisodeOfCare", dossier.trajectory)
    assert episode is not None, "a trajectory has its EpisodeOfCare"
    team = resources.of_trajectory(unit.connection, dossier.trajectory, "CareTeam")
    ids = unit.installation.ids
    trajectory = mapping.from_fhir([episode.body, *(stored.body for stored in team)], ids)
    on = datetime.fromtimestamp(unit.now / 1_000_000, UTC)
    last = trajectory.phases[-1] if trajectory.phases else None
    if last is None or last.phase != _BEFORE or last.end is not None or on <= last.start:
        return []
    documents = mapping.to_fhir(enter_phase(trajectory, "treatment", on), ids)
    return [item for item in save_all(unit, documents, dossier) if item.changed]

"""What begins when a MESO practice takes up a referral: a trajectory with its first team and phase.

https://hl7.org/fhir/R4/episodeofcare.html

Whether it may begin is decided elsewhere; so is a one-off consult, which opens no trajectory.
"""

from datetime import datetime

from mappings.records.base import Identifier, Period
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import CareStep, Member, PhasePeriod, Trajectory
from mappings.toolkit.codes import TeamRole
from mappings.toolkit.identity import TRAJECTORY_SYSTEM
from mappings.toolkit.reader import refuse
from mappings.trajectory.trajectory_codes import Phase


def open_trajectory(
    *,
    referral: str,
    patient: str,
    gp: Party,
    so: StaffKey,
    accepted_on: datetime,
    nurse: StaffKey | None = None,
    why: str | None = None,
    synthetic: bool = False,
) -> Trajectory:
    """The trajectory of a referral; referral and patient by logical id.

    The GP stays in charge of the treatment and his practice keeps the record (R-82); the SO who
    accepts treats along and leads (R-83), the nurse coordinates. The first phase is the diagnostic
    one. `why`: the reason for this step of care, a consult not being enough (R-104). Its number is the referral's id: accepting twice opens one trajectory.
    """
    coordinator: list[tuple[Party | str, TeamRole]] = (
        [] if nurse is None else [(nurse.party(), "coordinator")]
    )
    roles: list[tuple[Party | str, TeamRole]] = [
        (gp, "hoofdbehandelaar"),
        (Party(ura=gp.ura), "brondossierhouder"),
        (so.party(), "medebehandelaar"),
        (so.party(), "regiehouder"),
        *coordinator,
        ("patient", "patient"),
    ]
    return Trajectory(
        identifier=Identifier(system=TRAJECTORY_SYSTEM, value=referral),
        patient=patient,
        referral=referral,
        practice=so.ura,
        started=accepted_on,
        steps=(
            CareStep(
                step="SC-4", period=Period(start=accepted_on), decided_by=so.party(), reason=why
            ),
        ),
        phases=(PhasePeriod(phase="diagnostic", start=accepted_on),),
        regie_holder=so,
        members=tuple(
            Member.model_validate({"who": who, "role": role, "start": accepted_on})
            for who, role in roles
        ),
        synthetic=synthetic,
    )


def enter_phase(trajectory: Trajectory, phase: Phase, on: datetime) -> Trajectory:
    """The trajectory in another phase from then on; the phase that runs stays the only one.

    FhirError 422 when it is over, or when the phase that runs began later.
    """
    if trajectory.end is not None:
        refuse("EpisodeOfCare.status", "business-rule", "Dit traject is al afgesloten.")
    *before, last = trajectory.phases or (None,)
    if last is not None and last.end is None and last.phase == phase:
        return trajectory
    if last is not None and (on <= last.start or (last.end is not None and on < last.end)):
        refuse("EpisodeOfCare.extension", "business-rule", "De vorige fase begon later.")
    ended = [] if last is None else [last.model_copy(update={"end": last.end or on})]
    phases = (*before, *ended, PhasePeriod(phase=phase, start=on))
    return trajectory.model_copy(update={"phases": phases})

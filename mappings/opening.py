"""What begins when a MESO practice takes up a referral: a trajectory with its first team.

https://hl7.org/fhir/R4/episodeofcare.html

Whether it may begin is decided elsewhere; so is a one-off consult, which opens no trajectory.
"""

from datetime import datetime

from mappings.codes import TeamRole
from mappings.identity import TRAJECTORY_SYSTEM
from mappings.records.base import Identifier
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import Member, Trajectory


def open_trajectory(
    *,
    referral: str,
    patient: str,
    gp: Party,
    so: StaffKey,
    accepted_on: datetime,
    nurse: StaffKey | None = None,
    synthetic: bool = False,
) -> Trajectory:
    """The trajectory of a referral; referral and patient by logical id.

    The GP stays in charge of the treatment (R-82), the SO who accepts leads, the nurse coordinates.
    Its number is the referral's id: accepting twice opens one trajectory.
    """
    coordinator: list[tuple[Party | str, TeamRole]] = (
        [] if nurse is None else [(nurse.party(), "coordinator")]
    )
    roles: list[tuple[Party | str, TeamRole]] = [
        (gp, "hoofdbehandelaar"),
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
        regie_holder=so,
        members=tuple(
            Member.model_validate({"who": who, "role": role, "start": accepted_on})
            for who, role in roles
        ),
        synthetic=synthetic,
    )

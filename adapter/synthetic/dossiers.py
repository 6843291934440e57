"""A dossier as its records name it: the person, and the ids that the doors gave."""

from dataclasses import dataclass

from adapter.synthetic.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Logical ids of the Patient, the ServiceRequest and the EpisodeOfCare."""

    person: Person
    patient: str
    referral: str
    trajectory: str

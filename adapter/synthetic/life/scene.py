"""One patient and everybody around her: what all records about her have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Final

from adapter.synthetic.cases import Case, Mark
from adapter.synthetic.cast import Cast, Practice, numbered, party, staff_key
from adapter.synthetic.network import Member, Organisation
from adapter.synthetic.themes import Owner, Theme
from mappings.people.patient import patient_id
from mappings.people.related_person import related_person_id
from mappings.records.base import Identifier
from mappings.records.letter import LetterContact
from mappings.records.parties import Party, StaffKey
from mappings.records.patient import Patient
from mappings.records.related_person import RelatedPerson
from mappings.records.trajectory import ClosePerson, Trajectory
from mappings.referral.opening import open_trajectory
from mappings.toolkit.identity import Ids
from mappings.trajectory.trajectory import trajectory_id

_CLOSE: Final[Mapping[str, str]] = {
    "HUSB": "de echtgenoot",
    "WIFE": "de echtgenote",
    "DAUC": "de dochter",
    "SONC": "de zoon",
    "SIS": "de zus",
    "BRO": "de broer",
    "DAUINLAW": "de schoondochter",
    "NIECE": "de nicht",
}
_NOBODY: Final = "de buurvrouw"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`naasten` are those who are recorded, the first of them cares most.

    `so` treats along and leads, `nurse` coordinates. `number` is unique in the region.
    """

    cast: Cast
    ids: Ids
    case: Case
    number: str
    practice: Practice
    patient: Patient
    themes: tuple[Theme, ...]
    naasten: tuple[RelatedPerson, ...]
    so: Member
    nurse: Member

    def has(self, mark: Mark) -> bool:
        return mark in self.case.marks

    def say(self, text: str) -> str:
        """The text about this person, with a capital at its beginning."""
        she = self.patient.gender == "female"
        close = _CLOSE.get(self.naasten[0].relation or "", _NOBODY) if self.naasten else _NOBODY
        said = text.format(
            zij="zij" if she else "hij",
            Zij="Zij" if she else "Hij",
            haar="haar" if she else "zijn",
            hem="haar" if she else "hem",
            naaste=close,
            Naaste=close[0].upper() + close[1:],
        )
        return said[0].upper() + said[1:]

    # --- numbers and ids ------------------------------------------------------------------------

    def meso_number(self, what: str) -> Identifier:
        return numbered(self.cast.meso, f"{what}-{self.number}")

    @cached_property
    def referral_number(self) -> Identifier:
        return numbered(self.practice.house, f"verwijzing-{self.number}")

    @cached_property
    def patient_id(self) -> str:
        return patient_id(self.patient, self.practice.house.ura, self.ids)

    @cached_property
    def referral_id(self) -> str:
        number = self.referral_number
        return self.ids.of("ServiceRequest", self.practice.house.ura, number.system, number.value)

    @cached_property
    def opened(self) -> Trajectory:
        """The trajectory as it began."""
        return open_trajectory(
            referral=self.referral_id,
            patient=self.patient_id,
            gp=self.gp.party(),
            so=self.lead,
            nurse=staff_key(self.nurse),
            accepted_on=self.case.timeline.decided,
            synthetic=True,
        )

    @cached_property
    def trajectory_id(self) -> str:
        return trajectory_id(self.opened, self.ids)

    def document_id(self, number: Identifier) -> str:
        """Logical id of a letter of the SO."""
        return self.ids.of("Composition", self.so.ura, number.system, number.value)

    # --- who ------------------------------------------------------------------------------------

    @property
    def lead(self) -> StaffKey:
        return staff_key(self.so)

    @property
    def coordinator(self) -> StaffKey:
        return staff_key(self.nurse)

    @property
    def gp(self) -> StaffKey:
        return staff_key(self.practice.gp)

    @property
    def carer(self) -> str | None:
        """Logical id of the naaste who cares most."""
        return self.naaste_ids[0] if self.naasten else None

    @cached_property
    def naaste_ids(self) -> tuple[str, ...]:
        return tuple(related_person_id(person, self.ids) for person in self.naasten)

    @property
    def representative(self) -> str | None:
        """Logical id of whom decides in her place."""
        return self.carer if self.has("representative") else None

    def close(self) -> tuple[ClosePerson, ...]:
        return tuple(ClosePerson(related_person=id_) for id_ in self.naaste_ids)

    def owner(self, role: Owner) -> Party:
        """Who does what this kind of provider does: somebody by name, or an organisation."""
        match role:
            case "so":
                return party(self.so)
            case "nurse":
                return party(self.nurse)
            case "gp":
                return party(self.practice.gp)
            case "poh":
                return party(self.practice.poh)
            case _:
                return Party(ura=self.cast.partners[role].ura)

    def partners(self) -> tuple[Organisation, ...]:
        """Organisations outside practice and team that own an action of her plan, each once."""
        wanted = {self.owner(action.by).ura for theme in self.themes for action in theme.actions}
        found = {p.ura: p for p in self.cast.partners.values() if p.ura in wanted}
        return tuple(found.values())

    def contact(self) -> LetterContact:
        meso = self.cast.meso
        return LetterContact(phone=meso.phone, email=f"post@{meso.key}.example")


def chance(rng: Random, share: float) -> bool:
    return rng.random() < share

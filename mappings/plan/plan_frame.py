"""What the parts of a plan share while they are read: the frame they hang in.

https://hl7.org/fhir/R4/careplan.html
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from adapter.fhir.json import Json
from mappings.plan.plan_ids import part_number
from mappings.records.base import Identifier
from mappings.records.care_plan import CarePlan
from mappings.records.parties import StaffKey
from mappings.toolkit import reader
from mappings.toolkit.identity import reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, parsed, refuse
from mappings.toolkit.writing import extension
from mappings.trajectory.trajectory import EPISODE_LINK

_LINKED: Final = frozenset({"Condition", "ServiceRequest", "Observation"})  # R4 knows it on these


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Whose plan it is, and the key of each part that it names."""

    id: str
    number: Identifier
    author: StaffKey
    patient: str
    trajectory: str
    created: datetime
    message: Message
    keys: dict[Element, str] = field(default_factory=dict)

    def enter(self, kind: str, root: Element) -> None:
        """Take what every part repeats, and remember its key."""
        number, _ = read_identifier(root.only("identifier"), self.author.ura)
        prefix = part_number(self.number.value, "")
        if number.system != self.number.system or not number.value.startswith(prefix):
            refuse(
                root.at("identifier"),
                "value",
                "Het nummer van een deel begint met dat van het plan.",
            )
        key = parsed(number.value.removeprefix(prefix), reader.PART_KEY, root.at("identifier"))
        if root in self.keys:
            refuse(root.path, "duplicate", "Dit deel wordt twee keer genoemd.")
        self.keys[root] = key
        about = {"Task": "for", "Consent": "patient"}.get(kind, "subject")
        if self.message.id_of(root.child(about), "Patient") != self.patient:
            refuse(root.at(about), "business-rule", "Een plan gaat over één patiënt.")
        if kind in _LINKED:
            self.read_episode(root)

    def read_episode(self, root: Element) -> None:
        link = root.extension(EPISODE_LINK)
        if link is None:
            refuse(root.at("extension"), "required", "Het traject van dit deel ontbreekt.")
        target = link.child("valueReference")
        if self.message.id_of(target, "EpisodeOfCare") != self.trajectory:
            refuse(target.path, "value", "Dit deel hoort bij een ander traject.")

    def read_author(self, root: Element, member: str) -> None:
        if self.message.staff(root.child(member)) != self.author:
            refuse(root.at(member), "value", "Een deel komt van de auteur van het plan.")

    def read_plan(self, root: Element) -> None:
        if self.message.id_of(root.only("basedOn"), "CarePlan") != self.id:
            refuse(root.at("basedOn"), "value", "Dit deel hoort bij een ander plan.")

    def read_written(self, root: Element, member: str) -> None:
        if root.value(member, reader.INSTANT) != self.created:
            refuse(root.at(member), "value", "Een deel is zo oud als zijn plan.")

    def key_of(self, link: Element, *kinds: str) -> str:
        """Key of the part that a reference points at."""
        target = self.message.target(link, *kinds)
        if target not in self.keys:
            refuse(link.path, "value", "Deze verwijzing wijst niet naar een deel van het plan.")
        return self.keys[target]

    def keys_of(self, links: Sequence[Element], kind: str) -> tuple[str, ...]:
        return tuple(self.key_of(link, kind) for link in links)


def version_of(root: Element) -> int | None:
    """The version that a server gave, if it is one of ours."""
    meta = root.peek("meta")
    found = str(meta.get("versionId")) if isinstance(meta, dict) else ""
    return int(found) if found.isascii() and found.isdigit() and int(found) else None


def episode_link(plan: CarePlan) -> Json:
    return extension(EPISODE_LINK, valueReference=reference("EpisodeOfCare", plan.trajectory))

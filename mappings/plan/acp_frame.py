"""What everything said in one conversation shares: the conversation.

https://hl7.org/fhir/R4/procedure.html
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mappings.records.parties import StaffKey
from mappings.toolkit import reader
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, refuse
from mappings.toolkit.sheaf import Sheaf

CONVERSATION: Final = "Procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Its logical id, who wrote it down and when it was held."""

    sheaf: Sheaf
    id: str
    author: StaffKey
    held_on: date | datetime
    synthetic: bool

    def held(self) -> str:
        return self.held_on.isoformat()

    def read_held(self, root: Element, member: str) -> None:
        if root.value(member, reader.MOMENT) != self.held_on:
            refuse(root.at(member), "value", "Wat gezegd is, is zo oud als het gesprek.")

    def read_part_of(self, root: Element, member: str, message: Message) -> None:
        if message.id_of(root.only(member), CONVERSATION) != self.id:
            refuse(root.at(member), "value", "Dit hoort bij een ander gesprek.")

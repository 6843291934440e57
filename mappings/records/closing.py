"""Closing record (afsluiten): MESO ends its trajectory and hands the lead over.

Who goes on is named one by one; each of them needs a renewed consent, which is not recorded here.
"""

from typing import Literal

from mappings.records.base import Flag, Instant, LogicalId, Record, Text, Ura
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import Checklist, ClosePerson
from mappings.toolkit.codes import EndReason

# Whoever takes over the lead: a professional, a naaste, or the patient herself.
Successor = Party | ClosePerson | Literal["patient"]


class NoSuccessor(Record):
    """Nobody takes over the lead, and why that is right."""

    not_needed_reason: Text


class Closing(Record):
    """The end of one trajectory. Without a successor nothing was arranged yet (R-86 judges)."""

    trajectory: LogicalId
    end_reason: EndReason
    on: Instant
    decided_by: StaffKey
    successor: Successor | NoSuccessor | None = None
    continuing_parties: tuple[Ura, ...] = ()
    checklist: Checklist = ()
    synthetic: Flag = False

"""Coordination request: a GP, GP post or emergency department asks the coordination point for a bed
for a while, or for care at home, for one patient.

Whether there is a place, and where, is the coordination point's to say; this holds what was asked
and how it stands. A question about capacity alone has no patient and is no such request.
"""

from typing import Self

from pydantic import model_validator

from mappings.records.base import (
    AuthorIdentifier,
    Coded,
    Flag,
    Instant,
    LogicalId,
    Record,
    Text,
    Ura,
)
from mappings.records.parties import Party
from mappings.records.progress import Progress
from mappings.referral.coordination_codes import CoordinatedCare, CoordinationRequester
from mappings.toolkit.codes import Priority


class Indication(Record):
    """Why this bed or care is needed, in words, with a code where there is one."""

    text: Text
    code: Coded | None = None


class Triage(Record):
    """What triage found; by whom and when as far as it is known."""

    outcome: Text
    by: Party | None = None
    on: Instant | None = None


class CoordinationRequest(Record):
    """One request. `receiver` is the coordination point; `progress` says how it stands there."""

    identifier: AuthorIdentifier
    authored_on: Instant
    requester: Party
    requester_kind: CoordinationRequester
    receiver: Ura
    patient: LogicalId
    care: CoordinatedCare
    urgency: Priority
    indication: Indication
    triage: Triage | None = None
    progress: Progress = Progress()
    changed_on: Instant
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_under_way(self) -> Self:
        if self.progress.business_status is not None:
            raise ValueError("that list is for referrals")
        if self.progress.status in ("draft", "ready"):
            raise ValueError("a request that was sent")
        if self.changed_on < self.authored_on:
            raise ValueError("changed before it was there")
        return self

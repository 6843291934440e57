"""How work stands: what the owner of a Task may say about it, and nothing else."""

from typing import Literal, Self

from pydantic import model_validator

from mappings.records.base import Instant, Period, Record, Text
from mappings.records.parties import Party
from mappings.toolkit.codes import BusinessStatus, StatusReason, SteppedCare

TaskStatus = Literal[
    "draft",
    "requested",
    "received",
    "accepted",
    "rejected",
    "ready",
    "cancelled",
    "in-progress",
    "on-hold",
    "failed",
    "completed",
]


class Reason(Record):
    """Why a Task stands as it does: a code of the list, own words, or both.

    `advised_step` is the step of care that is advised instead of a referral (R-106).
    """

    code: StatusReason | None = None
    text: Text | None = None
    advised_step: SteppedCare | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.code is None and self.text is None and self.advised_step is None:
            raise ValueError("reason")
        return self


class Note(Record):
    """A remark on a Task; author and time as far as they are known."""

    text: Text
    author: Party | None = None
    time: Instant | None = None


class Progress(Record):
    """Status of a Task with what belongs to it."""

    status: TaskStatus = "requested"
    status_reason: Reason | None = None
    business_status: BusinessStatus | None = None
    execution_period: Period | None = None
    notes: tuple[Note, ...] = ()

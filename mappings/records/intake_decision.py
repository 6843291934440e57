"""Intake decision: what the MESO team made of a referral, from its receipt on.

The referral says what was asked; this says how it stands and who decided. It carries what the
referral's Task carries, so that the GP can know it by number without having the referral at hand.
Who may take which step is the table of the workflows.
"""

from collections.abc import Iterator
from typing import Final, Self

from pydantic import Field, model_validator

from mappings.records.base import (
    AuthorIdentifier,
    Bsn,
    Flag,
    Instant,
    LogicalId,
    Record,
    RootIdentifier,
    Ura,
)
from mappings.records.parties import StaffKey
from mappings.records.progress import Progress
from mappings.toolkit.codes import Function, Priority

UNDECIDED: Final = (None, "received", "weighing")
DECIDED: Final = ("consult", "trajectory", "not-taken-up")
_BY_STATUS: Final[dict[str, tuple[str | None, ...]]] = {
    "received": UNDECIDED,
    "rejected": ("not-taken-up",),
    "cancelled": (*UNDECIDED, "consult", "trajectory"),
    **dict.fromkeys(
        ("accepted", "in-progress", "on-hold", "completed", "failed"), ("consult", "trajectory")
    ),
}

# Field that is at fault, rule, what it should be.
Fault = tuple[str, str | None, str]


class Decider(Record):
    """Who took part in the decision, in which function, on behalf of the MESO practice."""

    who: StaffKey
    function: Function


class IntakeDecision(Record):
    """`identifier` is the order's own number, `referral` that of the referral; both of the GP.

    `progress` says how it stands: of a trajectory `status_reason.text` is why a consult is not
    enough (R-104), of what was not taken up it names reason and advised step (R-106). `trajectory`
    is the EpisodeOfCare that was opened, `report` the Composition that a consult ended with.
    """

    identifier: AuthorIdentifier
    referral: RootIdentifier
    authored_on: Instant
    priority: Priority | None = None
    referrer: StaffKey
    receiver: Ura
    patient: LogicalId
    bsn: Bsn | None = None
    progress: Progress
    deciders: tuple[Decider, ...] = Field(default=(), max_length=20)
    changed_on: Instant
    trajectory: LogicalId | None = None
    report: LogicalId | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_a_decision(self) -> Self:
        if any(faults(self)):
            raise ValueError("decision")
        return self


def faults(decision: IntakeDecision) -> Iterator[Fault]:
    """What makes it no decision, each with the rule that says so."""
    progress, outcome = decision.progress, decision.progress.business_status
    allowed = _BY_STATUS.get(progress.status)
    if allowed is None:
        yield "status", None, "Zo staat een verwijzing niet na ontvangst."
    elif outcome not in allowed:
        yield "businessStatus", None, "De stand past niet bij de status."
    if decision.changed_on < decision.authored_on:
        yield "lastModified", None, "Een taak wijzigt niet voor zij bestaat."
    if outcome in DECIDED:
        yield from _faults_of_outcome(decision)
    elif decision.deciders:
        yield "extension", "R-104", "Er is nog niet besloten."
    if (decision.trajectory is not None) != (outcome == "trajectory"):
        yield "output", None, "Bij een traject, en alleen daarbij, hoort het geopende traject."
    if decision.report is not None and outcome != "consult":
        yield "output", None, "Een verslag hoort bij een consult."


def _faults_of_outcome(decision: IntakeDecision) -> Iterator[Fault]:
    reason, outcome = decision.progress.status_reason, decision.progress.business_status
    if not any(decider.function == "meso-so" for decider in decision.deciders):
        yield "extension", "R-104", "Over een verwijzing beslist de specialist ouderengeneeskunde."
    if any(decider.who.ura != decision.receiver for decider in decision.deciders):
        yield "extension", "R-104", "Wie beslist, doet dat namens de ontvanger."
    if outcome == "trajectory" and (reason is None or reason.text is None):
        yield "statusReason", "R-104", "Leg vast waarom een consult niet volstaat."
    if outcome == "not-taken-up" and (
        reason is None or reason.code is None or reason.advised_step is None
    ):
        yield "statusReason", "R-106", "Noem een reden en de stap die wordt geadviseerd."

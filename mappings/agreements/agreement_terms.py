"""Whether a user agreement holds at a moment, for whom, and whether an early end was allowed.

R-18 (in force, tacitly renewed, a month's notice) and R-19 (an end at once after a default that was
not repaired within thirty days, also by one GP alone). Nothing here reads a clock.
"""

from datetime import timedelta
from typing import Final

from adapter.fhir.issues import Issue
from mappings.records.parties import StaffKey
from mappings.records.user_agreement import UserAgreement
from mappings.toolkit.moments import first, months_later, until

_REPAIR: Final = timedelta(days=30)


def in_force(agreement: UserAgreement, moment: int, *, gp: StaffKey | None = None) -> bool:
    """Whether the MESO practice may use the system at this moment (UTC microseconds).

    With `gp` for the patients of that GP; one GP who left does not touch those of the others.
    """
    if moment < first(agreement.start) or moment >= _end_of_term(agreement):
        return False
    return not any(
        moment >= first(end.on)
        for end in agreement.ends
        if not isinstance(end.by, StaffKey) or end.by == gp
    )


def _end_of_term(agreement: UserAgreement) -> int:
    ends = [until(agreement.expires)]
    if not agreement.tacit_renewal:
        ends.append(first(months_later(agreement.start, agreement.duration_months)))
    if agreement.notice is not None:
        ends.append(until(months_later(agreement.notice.on, agreement.notice_months)))
    return min(ends)


def early_end_faults(agreement: UserAgreement) -> list[Issue]:
    """Ends at once that rest on no default, on one that was repaired, or that come too soon."""
    default = agreement.default
    faults = []
    for n, end in enumerate(agreement.ends):
        if (
            default is None
            or default.repaired_on is not None
            or first(end.on) < until(default.notified_on + _REPAIR)
        ):
            faults.append(
                Issue(
                    code="business-rule",
                    expression=f"UserAgreement.ends[{n}]",
                    text="Direct beëindigen kan pas als een tekortkoming dertig dagen na de "
                    "schriftelijke melding niet is hersteld.",
                    rule="R-19",
                )
            )
    return faults

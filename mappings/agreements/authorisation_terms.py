"""Whether a staff member may do something in the HIS of a practice at a moment.

R-14 and R-15 (authorised, and only as long as the work lasts), R-16 and R-17 (both papers, with both
signatures), R-39 (evaluated every year), R-79 (suspended). Nothing here reads a clock.
"""

from datetime import date
from typing import Final

from adapter.fhir.issues import Issue
from mappings.agreements.agreement_codes import HisOperation
from mappings.records.base import Period
from mappings.records.staff_authorisation import Authorisation, StaffAuthorisation
from mappings.toolkit.moments import first, months_later, until, within

_YEAR: Final = 12


def in_force(
    record: StaffAuthorisation,
    moment: int,
    *,
    practice: str,
    operation: HisOperation,
    works: Period | None,
) -> bool:
    """Whether this operation is open to the person in the HIS of this practice (by URA).

    `moment` is in UTC microseconds; `works` is the period of the role in the register: an
    authorisation ends with it at once, whatever its own period says (R-15).
    """
    if not within(works, moment) or not _papers_signed_by(record, moment):
        return False
    if any(first(found.start) <= moment < until(found.end) for found in record.suspensions):
        return False
    return any(
        found.by.ura == practice and operation in found.operations and within(found.period, moment)
        for found in record.authorisations
    )


def signature_faults(record: StaffAuthorisation) -> list[Issue]:
    """What is still to be signed: R-17 for a code with one signature, R-16 for an authorisation
    that is given before everything is signed."""
    conduct = record.code_of_conduct
    faults = []
    if conduct is not None and None in (conduct.signed_by_employee, conduct.signed_by_employer):
        faults.append(
            Issue(
                code="business-rule",
                severity="warning",
                expression="StaffAuthorisation.codeOfConduct",
                text="De gedragscode is pas volledig met de handtekening van werkgever en werknemer.",
                rule="R-17",
            )
        )
    signed = _last_signature(record)
    for n, found in enumerate(record.authorisations):
        if signed is None or first(found.period.start) < first(signed):
            faults.append(
                Issue(
                    code="business-rule",
                    expression=f"StaffAuthorisation.authorisations[{n}]",
                    text="Eerst geheimhoudingsverklaring en gedragscode tekenen, dan machtigen.",
                    rule="R-16",
                )
            )
    return faults


def to_be_told(record: StaffAuthorisation, left: int) -> tuple[str, ...]:
    """URA of every practice whose authorisation is still open when somebody leaves (R-15)."""
    open_ = [found for found in record.authorisations if _is_open(found, left)]
    return tuple(dict.fromkeys(found.by.ura for found in open_))


def is_evaluation_due(record: StaffAuthorisation, today: date) -> bool:
    """Whether secrecy was last spoken about more than a year ago, or never (R-39)."""
    last = max(record.evaluations, default=record.secrecy_statement)
    return last is None or months_later(last, _YEAR) < today


def _papers_signed_by(record: StaffAuthorisation, moment: int) -> bool:
    signed = _last_signature(record)
    return signed is not None and first(signed) <= moment


def _last_signature(record: StaffAuthorisation) -> date | None:
    """Day on which the last of the three signatures was set; None while one is missing."""
    conduct = record.code_of_conduct
    if record.secrecy_statement is None or conduct is None:
        return None
    if conduct.signed_by_employee is None or conduct.signed_by_employer is None:
        return None
    return max(record.secrecy_statement, conduct.signed_by_employee, conduct.signed_by_employer)


def _is_open(found: Authorisation, moment: int) -> bool:
    return moment < until(found.period.end)

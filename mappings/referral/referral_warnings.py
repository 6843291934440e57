"""What a referral says about who MESO is meant for (R-105): criteria to weigh by, never a refusal.

The usual habit is people of 65 and older who live at home without an indication for long-term
care; younger people, and people with one, may be referred as well (A-20, A-21).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from adapter.fhir.issues import Issue
from mappings.records.referral import Referral

USUAL_AGE: Final = 65  # years


def referral_warnings(referral: Referral) -> list[Issue]:
    """As it was on the day of the referral, so that the same message says the same again."""
    return [
        Issue(
            code="business-rule",
            severity="warning",
            expression=f"Referral.patient.{at}",
            text=text,
            rule="R-105",
        )
        for at, text in _unusual(referral)
    ]


def _unusual(referral: Referral) -> Iterator[tuple[str, str]]:
    patient = referral.patient
    if _age(patient.birth_date, referral.authored_on.date()) < USUAL_AGE:
        yield "birthDate", "Jonger dan gebruikelijk; weeg mee, geen reden om af te wijzen."
    if patient.wlz_indication is True:
        yield "wlzIndication", "Er is een Wlz-indicatie; weeg mee, geen reden om af te wijzen."
    if patient.living == "institution":
        yield "living", "Woont in een instelling met een eigen behandelaar; weeg mee."


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

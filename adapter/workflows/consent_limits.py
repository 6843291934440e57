"""What a consent may say that no interval rule can hold yet: it is refused, never half understood.

A rule knows a type, one party, a category, a trajectory and an interval (access-control 2.6). What
is not compiled to a rule, a withdrawal or something that was not decided, may say anything.
"""

from collections.abc import Mapping
from typing import Final

from adapter.fhir.issues import FhirError, Issue
from mappings.records.consent import ConsentRecord

_TEXTS: Final[Mapping[str, str]] = {
    "exceptions": "Uitzonderingen kunnen hier nog niet worden uitgedrukt; leg ze apart vast.",
    "alsoFor": "Leg per partij een toestemming vast.",
    "parts": "Losse delen kunnen hier nog niet worden uitgedrukt; noem het traject als geheel.",
    "actions": "Een deel van de handelingen kan hier nog niet worden uitgedrukt.",
    "authors": "Gegevens per auteur kunnen hier nog niet worden uitgedrukt.",
    "dataPeriod": "Gegevens uit een periode kunnen hier nog niet worden uitgedrukt.",
    "purposes": "Een ander doel dan behandeling kan hier nog niet worden uitgedrukt.",
    "party": "Noem een organisatie, een functie daarin of een naaste.",
}


def check_expressible(record: ConsentRecord) -> None:
    """FhirError 422 with every field that the rules would have to leave out."""
    if not (opens(record) or shuts(record)):
        return
    said = {
        "exceptions": record.exceptions,
        "alsoFor": record.also_for,
        "parts": record.parts,
        "actions": record.actions,
        "authors": record.authors,
        "dataPeriod": record.data_period,
        "purposes": record.purposes != ("TREAT",),
        "party": record.party.uzi or record.party.kind,
    }
    issues = [
        Issue(
            code="not-supported",
            text=_TEXTS[name],
            expression=f"ConsentRecord.{name}",
            rule="RI-1",
        )
        for name, value in said.items()
        if value
    ]
    if issues:
        raise FhirError(422, *issues)


def opens(record: ConsentRecord) -> bool:
    """Only what was given explicitly and stands: nothing presumed, proposed or not asked (RI-5)."""
    return record.kind == "explicit" and record.status == "active"


def shuts(record: ConsentRecord) -> bool:
    """A refusal that was not withdrawn."""
    return record.kind == "refused" and record.status in {"active", "rejected"}

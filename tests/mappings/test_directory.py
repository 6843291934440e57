"""Our own register as FHIR: numbers and links must agree."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings import directory as mapping
from mappings.records.base import parse_record
from mappings.records.directory import OrganisationEntry, StaffEntry
from tests.mappings import builders
from tests.mappings.builders import IDS, NURSING

Json = dict[str, Any]


def organization() -> Json:
    entry = {"ura": NURSING, "name": "De Rietkraag", "kind": "community-nursing", "type": "T2"}
    return mapping.to_fhir(parse_record(OrganisationEntry, {**entry, "synthetic": True}), IDS)[0]


def role() -> Json:
    return mapping.to_fhir(parse_record(StaffEntry, builders.staff_entry()), IDS)[0]


REFUSED: dict[str, tuple[Json, Callable[[Json], Any], str]] = {
    "no kind": (organization(), lambda r: r["type"].pop(0), "Organization.type"),
    "closed": (organization(), lambda r: r.update(active=False), "Organization.active"),
    "another person": (
        role(),
        lambda r: r["practitioner"].update(reference="Practitioner/x"),
        "PractitionerRole.practitioner",
    ),
    "another number": (
        role(),
        lambda r: r["practitioner"]["identifier"].update(value="900000099"),
        "PractitionerRole.practitioner.identifier.value",
    ),
}


@pytest.mark.parametrize(("resource", "change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_an_entry_that_does_not_fit_is_refused_with_its_path(
    resource: Json, change: Callable[[Json], Any], path: str
) -> None:
    change(resource)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([resource], IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


def test_nothing_is_no_entry() -> None:
    with pytest.raises(FhirError):
        mapping.from_fhir([], IDS)

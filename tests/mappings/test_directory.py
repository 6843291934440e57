"""Our own register as FHIR: numbers and links must agree."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import FhirError
from mappings.directory import directory as mapping
from mappings.directory import network as network_mapping
from mappings.directory.employment import acting_role
from mappings.records.base import parse_record
from mappings.records.directory import NetworkEntry, OrganisationEntry, StaffEntry
from tests.mappings import builders, register_builders
from tests.mappings.builders import GP, IDS, MESO, NURSING

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


def employed(**overrides: object) -> list[Json]:
    entry = builders.staff_entry(employment={"employer": NURSING}, **overrides)
    return mapping.to_fhir(parse_record(StaffEntry, entry), IDS)


EMPLOYMENT: dict[str, tuple[Callable[[list[Json]], Any], str]] = {
    "of somebody else": (
        lambda r: r[1]["practitioner"]["identifier"].update(value="900000099"),
        "PractitionerRole.practitioner.identifier.value",
    ),
    "for another organisation": (
        lambda r: r[1]["identifier"][0].update(value="900000021.90000099"),
        "PractitionerRole.identifier[0].value",
    ),
    "twice": (lambda r: r.append(r[1]), "PractitionerRole"),
    "with a function": (
        lambda r: r[1]["code"].append(r[0]["code"][0]),
        "PractitionerRole.code[1]",
    ),
}


@pytest.mark.parametrize(("change", "path"), EMPLOYMENT.values(), ids=EMPLOYMENT.keys())
def test_an_employment_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[list[Json]], Any], path: str
) -> None:
    roles = employed()
    change(roles)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(roles, IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


def test_the_role_at_the_employer_is_another_resource_than_a_role_in_which_one_acts_there() -> None:
    acting, employment = employed()
    there = parse_record(StaffEntry, builders.staff_entry(ura=NURSING))
    ids = {acting["id"], employment["id"], mapping.to_fhir(there, IDS)[0]["id"]}
    assert len(ids) == 3


def test_nobody_is_employed_by_the_organisation_itself_in_words() -> None:
    with pytest.raises(FhirError):
        parse_record(StaffEntry, builders.staff_entry(employment={"employer": MESO}))


# --- whose token it is (decision of the register) ---------------------------------------------

NOON = parse_moment("2026-06-01T12:00:00+02:00")


def entry(**overrides: object) -> StaffEntry:
    overrides = {"employment": {"employer": NURSING}, **overrides}
    return parse_record(StaffEntry, builders.staff_entry(**overrides))


def role_of(*register: StaffEntry, employer: str = NURSING) -> StaffEntry | None:
    assert NOON is not None
    return acting_role(register, employer=employer, uzi="900000021", moment=NOON.low)


def test_a_token_of_the_employer_stands_for_the_role_in_which_the_person_acts() -> None:
    assert role_of(entry(), entry(uzi="900000022")) == entry()


NO_ROLE: dict[str, list[StaffEntry]] = {
    "nobody": [],
    "another person": [entry(uzi="900000022")],
    "not employed elsewhere": [entry(employment=None)],
    "not active": [entry(active=False)],
    "role is over": [entry(period={"start": "2025-01-01", "end": "2026-05-31"})],
    "employment is over": [
        entry(
            employment={"employer": NURSING, "period": {"start": "2025-01-01", "end": "2026-05-31"}}
        )
    ],
    "two roles": [entry(), entry(ura="90000008")],
}


@pytest.mark.parametrize("register", NO_ROLE.values(), ids=NO_ROLE.keys())
def test_a_token_of_an_employer_that_stands_for_no_one_role_is_refused(
    register: list[StaffEntry],
) -> None:
    assert role_of(*register) is None


def test_another_employer_is_not_the_employer() -> None:
    assert role_of(entry(), employer=GP) is None


# --- organisations and networks ---------------------------------------------------------------


def meso() -> Json:
    entry = parse_record(OrganisationEntry, register_builders.organisation())
    return mapping.to_fhir(entry, IDS)[0]


ORGANISATION: dict[str, tuple[Callable[[Json], Any], str]] = {
    "no number": (lambda r: r["identifier"].pop(0), "Organization.identifier"),
    "two AGB codes": (
        lambda r: r["identifier"].append(r["identifier"][1]),
        "Organization.identifier[2]",
    ),
    "two telephones": (
        lambda r: r["telecom"].append(r["telecom"][0]),
        "Organization.telecom[2]",
    ),
    "a telephone at home": (
        lambda r: r["telecom"][0].update(use="home"),
        "Organization.telecom[0].use",
    ),
    "an address in one line only": (
        lambda r: r["address"][0].pop("_line"),
        "Organization.address[0].line",
    ),
    "an address whose parts say something else": (
        lambda r: r["address"][0].update(line=["Singel 9"]),
        "Organization.address[0].line[0]",
    ),
    "a contact for something else": (
        lambda r: r["contact"][0]["purpose"]["coding"][0].update(code="BILL"),
        "Organization.contact[0].purpose.coding[0].code",
    ),
}


@pytest.mark.parametrize(("change", "path"), ORGANISATION.values(), ids=ORGANISATION.keys())
def test_an_organisation_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], Any], path: str
) -> None:
    found = meso()
    change(found)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([found], IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


def test_only_a_meso_practice_acts_for_a_controller() -> None:
    with pytest.raises(FhirError):
        parse_record(OrganisationEntry, register_builders.organisation(kind="welfare"))


def test_an_older_spelling_of_a_number_is_read_as_the_number() -> None:
    found = meso()
    found["identifier"][0]["system"] = "urn:oid:2.16.528.1.1007.3.3"
    assert mapping.from_fhir([found], IDS) == mapping.from_fhir([meso()], IDS)


def network() -> list[Json]:
    entry = parse_record(NetworkEntry, register_builders.network())
    return network_mapping.to_fhir(entry, IDS)


NETWORK: dict[str, tuple[Callable[[list[Json]], Any], str]] = {
    "no longer there": (lambda r: r[0].update(active=False), "Organization.active"),
    "with a telephone of its own": (
        lambda r: r[0].update(telecom=[{"system": "phone", "value": "1"}]),
        "Organization.telecom",
    ),
    "a member of another network": (
        lambda r: r[1]["network"][0].update(reference="Organization/x"),
        "OrganizationAffiliation.network",
    ),
    "a member with the number of another": (
        lambda r: r[1]["identifier"][0].update(value="resv-1|90000099"),
        "OrganizationAffiliation.identifier",
    ),
    "a member twice": (lambda r: r.append(r[1]), "Organization"),
}


@pytest.mark.parametrize(("change", "path"), NETWORK.values(), ids=NETWORK.keys())
def test_a_network_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[list[Json]], Any], path: str
) -> None:
    resources = network()
    change(resources)
    with pytest.raises(FhirError) as caught:
        network_mapping.from_fhir(resources, IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


def test_a_network_is_no_party() -> None:
    systems = {number["system"] for number in network()[0]["identifier"]}
    assert builders.URA not in systems

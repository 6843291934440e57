"""A name is official only when it says of each given name what it is."""

from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.people import patient as mapping
from mappings.records.base import parse_record
from mappings.records.patient import PatientRecord
from tests.mappings import person_builders
from tests.mappings.builders import IDS

Json = dict[str, Any]
HL7 = "http://hl7.org/fhir/StructureDefinition"


def qualifier(code: str) -> Json:
    return {"extension": [{"url": f"{HL7}/iso21090-EN-qualifier", "valueCode": code}]}


def read(*names: Json) -> PatientRecord:
    """The patient with these names instead of her own."""
    (patient,) = mapping.to_fhir(parse_record(PatientRecord, person_builders.patient()), IDS)
    return mapping.from_fhir([{**patient, "name": list(names)}], IDS)


def refused(*names: Json) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        read(*names)
    return [(i.code, i.expression.removeprefix("Patient.")) for i in caught.value.issues]


def written(**overrides: object) -> list[Json]:
    record = parse_record(PatientRecord, person_builders.patient(**overrides))
    return mapping.to_fhir(record, IDS)[0]["name"]


@pytest.mark.parametrize("use", [{}, {"use": "usual"}])
def test_given_names_that_do_not_say_what_they_are_become_a_usual_name(use: Json) -> None:
    found = read({**use, "family": "Wolderink", "given": ["Geesje", "M."]})
    assert (found.name_use, found.given) == ("usual", ("Geesje", "M."))
    (name,) = mapping.to_fhir(found, IDS)[0]["name"]
    assert name["use"] == "usual"
    assert "_given" not in name


def test_and_are_refused_as_official() -> None:
    name = {"use": "official", "family": "Wolderink", "given": ["Geesje"]}
    assert refused(name) == [("required", "name[0].given")]


@pytest.mark.parametrize("use", [{}, {"use": "official"}])
def test_given_names_with_their_kind_are_official(use: Json) -> None:
    kinds = [qualifier("BR"), qualifier("IN")]
    found = read({**use, "family": "Wolderink", "given": ["Geesje", "M."], "_given": kinds})
    assert (found.name_use, found.given, found.initials) == ("official", ("Geesje",), ("M.",))


def test_initials_alone_are_an_official_name() -> None:
    name = {"family": "Wolderink", "given": ["G."], "_given": [qualifier("IN")]}
    assert read(name).initials == ("G.",)


REFUSED: dict[str, tuple[Json, tuple[str, str]]] = {
    "half of the kinds": (
        {"family": "W", "given": ["G", "M"], "_given": [qualifier("BR"), None]},
        ("required", "name[0].given"),
    ),
    "a call name among the official": (
        {"family": "W", "given": ["G"], "_given": [qualifier("CL")]},
        ("code-invalid", "name[0].given[0].extension[0].valueCode"),
    ),
    "usual with kinds": (
        {"use": "usual", "family": "W", "given": ["G"], "_given": [qualifier("BR")]},
        ("value", "name[0].use"),
    ),
    "a maiden name": (
        {"use": "maiden", "family": "W", "given": ["G"]},
        ("code-invalid", "name[0].use"),
    ),
    "a partner's name without the order": (
        {
            "family": "W",
            "_family": {
                "extension": [
                    {"url": f"{HL7}/humanname-own-name", "valueString": "W"},
                    {"url": f"{HL7}/humanname-partner-name", "valueString": "H"},
                ]
            },
            "given": ["G"],
        },
        ("required", "name[0].family"),
    ),
    "a prefix of no name": (
        {
            "family": "van W",
            "_family": {
                "extension": [{"url": f"{HL7}/humanname-own-prefix", "valueString": "van"}]
            },
            "given": ["G"],
        },
        ("required", "name[0].family"),
    ),
    "a title": (
        {"family": "W", "given": ["G"], "prefix": ["Mevr."]},
        ("structure", "name[0].prefix"),
    ),
}


@pytest.mark.parametrize(("name", "issue"), REFUSED.values(), ids=REFUSED.keys())
def test_a_name_that_has_no_place_is_refused(name: Json, issue: tuple[str, str]) -> None:
    assert refused(name) == [issue]


OFFICIAL: Json = {"family": "W", "given": ["G"], "_given": [qualifier("BR")]}


def test_what_she_is_called_stands_beside_it() -> None:
    found = read(OFFICIAL, {"use": "usual", "given": ["Geesje"]})
    assert (found.given, found.call_name) == (("G",), "Geesje")


@pytest.mark.parametrize(
    ("names", "issue"),
    [
        ([], ("required", "name")),
        ([OFFICIAL, OFFICIAL], ("structure", "name[1]")),
        ([{"use": "usual", "given": ["G"]}], ("required", "name")),
        ([OFFICIAL, {"use": "usual", "given": ["G", "H"]}], ("structure", "name[1].given")),
        ([OFFICIAL, *[{"use": "usual", "given": ["G"]}] * 2], ("structure", "name[2]")),
    ],
)
def test_one_name_and_one_call_name_have_a_place(names: list[Json], issue: tuple[str, str]) -> None:
    assert refused(*names) == [issue]


@pytest.mark.parametrize(
    ("order", "family"),
    [
        ("NL1", "van Wolderink"),
        ("NL2", "ter Hengel"),
        ("NL3", "ter Hengel - van Wolderink"),
        ("NL4", "van Wolderink - ter Hengel"),
    ],
)
def test_she_uses_the_family_names_in_her_order(order: str, family: str) -> None:
    assert written(nameOrder=order)[0]["family"] == family


@pytest.mark.parametrize(
    "overrides",
    [
        {"nameOrder": None},
        {"partnerFamily": None},
        {"given": [], "initials": []},
        {"nameUse": "usual"},
        {"nameUse": "usual", "given": [], "initials": []},
    ],
)
def test_a_name_that_contradicts_itself_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        written(**overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        {"nameOrder": None, "partnerFamily": None, "partnerPrefix": None},
        {"given": []},
        {"nameUse": "usual", "initials": []},
    ],
)
def test_and_its_allowed_neighbour_is_kept(overrides: Json) -> None:
    assert written(**overrides)

"""Patient, naaste and judgement of capacity: what does not fit is refused with its path."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.people import capacity, patient, related_person
from mappings.records.base import Record, parse_record
from mappings.records.capacity import Capacity
from mappings.records.patient import PatientRecord
from mappings.records.related_person import RelatedPerson
from tests.mappings import person_builders
from tests.mappings.builders import GP, IDS, MESO, URA

Json = dict[str, Any]
KINDS: dict[str, tuple[Any, type[Record], Callable[..., Json]]] = {
    "patient": (patient, PatientRecord, person_builders.patient),
    "naaste": (related_person, RelatedPerson, person_builders.daughter),
    "capacity": (capacity, Capacity, person_builders.capacity),
}


def written(kind: str, **overrides: object) -> list[Json]:
    mapping, model, make = KINDS[kind]
    found: list[Json] = mapping.to_fhir(parse_record(model, make(**overrides)), IDS)
    return found


def read(kind: str, resources: list[Json]) -> Any:
    return KINDS[kind][0].from_fhir(resources, IDS)


def extensions(resource: Json, name: str) -> list[Json]:
    return [e for e in resource["extension"] if e["url"].endswith(f"/ext-{name}")]


Change = Callable[[list[Json]], Any]
REFUSED: dict[str, tuple[str, Change, str]] = {
    "a document that is none": (
        "patient",
        lambda r: extensions(r[0], "identity-check")[0]["extension"][0]["valueCoding"].update(
            code="ov-kaart"
        ),
        "Patient.extension[0].extension[0].valueCoding.code",
    ),
    "a check by nobody": (
        "patient",
        lambda r: extensions(r[0], "identity-check")[0]["extension"].pop(),
        "Patient.extension[0].extension",
    ),
    "two kinds of living": (
        "patient",
        lambda r: r[0]["extension"].append(extensions(r[0], "living-situation")[0]),
        "Patient.extension[6]",
    ),
    "a pharmacy by another number": (
        "patient",
        lambda r: extensions(r[0], "pharmacy")[0]["valueReference"]["identifier"].update(
            system=URA
        ),
        "Patient.extension[5].valueReference.identifier.system",
    ),
    "a language by name": (
        "patient",
        lambda r: r[0]["communication"][0].update(language={"text": "Nederlands"}),
        "Patient.communication[0].language",
    ),
    "two preferred languages": (
        "patient",
        lambda r: r[0]["communication"][1].update(preferred=True),
        "Patient",
    ),
    "no practice": (
        "patient",
        lambda r: r[0].pop("managingOrganization"),
        "Patient.managingOrganization",
    ),
    "marital status": (
        "patient",
        lambda r: r[0].update(maritalStatus={"text": "Weduwe"}),
        "Patient.maritalStatus",
    ),
    "an e-mail address": (
        "patient",
        lambda r: r[0]["telecom"].append({"system": "email", "value": "g@w.example"}),
        "Patient.telecom",
    ),
    "two relations": (
        "naaste",
        lambda r: r[0]["relationship"].append(
            {"coding": [{**r[0]["relationship"][2]["coding"][0], "code": "SIS"}]}
        ),
        "RelatedPerson.relationship",
    ),
    "a role of no list": (
        "naaste",
        lambda r: r[0]["relationship"][1]["coding"][0].update(code="99"),
        "RelatedPerson.relationship[1].coding[0].code",
    ),
    "a role of another system": (
        "naaste",
        lambda r: r[0]["relationship"][1]["coding"][0].update(system="urn:oid:1.2"),
        "RelatedPerson.relationship[1].coding[0].system",
    ),
    "two forms in one ground": (
        "naaste",
        lambda r: extensions(r[0], "representation")[0]["extension"][0]["valueCodeableConcept"][
            "coding"
        ][1].update(code="9"),
        "RelatedPerson.extension[2].extension[0].valueCodeableConcept.coding[1].code",
    ),
    "a national code where there is none": (
        "naaste",
        lambda r: extensions(r[0], "representation")[1]["extension"][0]["valueCodeableConcept"][
            "coding"
        ].append(
            extensions(r[0], "representation")[0]["extension"][0]["valueCodeableConcept"]["coding"][
                1
            ]
        ),
        "RelatedPerson.extension[3].extension[0].valueCodeableConcept.coding[1].code",
    ),
    "a representation without a period": (
        "naaste",
        lambda r: extensions(r[0], "representation")[0]["extension"].pop(1),
        "RelatedPerson.extension[2].extension",
    ),
    "a rank in words": (
        "naaste",
        lambda r: extensions(r[0], "representation")[0]["extension"][2].update(
            valuePositiveInt="1"
        ),
        "RelatedPerson.extension[2].extension[2].valuePositiveInt",
    ),
    "evidence that nobody saw": (
        "naaste",
        lambda r: extensions(r[0], "representation")[0]["extension"].pop(),
        "RelatedPerson.extension[2].extension",
    ),
    "a need with a number of its own": (
        "naaste",
        lambda r: r[1]["identifier"][0].update(value="b-1"),
        "Observation.identifier",
    ),
    "a need of somebody else": (
        "naaste",
        lambda r: r[1].update(focus=[{"reference": "RelatedPerson/rp-9"}]),
        "Observation.focus",
    ),
    "a need about another patient": (
        "naaste",
        lambda r: r[1].update(subject={"reference": "Patient/p-2"}),
        "Observation.subject",
    ),
    "a need of two people": (
        "naaste",
        lambda r: r[1]["focus"].append(r[1]["focus"][0]),
        "Observation.focus[1]",
    ),
    "no matter": (
        "capacity",
        lambda r: r[0].pop("extension"),
        "Observation.extension",
    ),
    "another matter without words": (
        "capacity",
        lambda r: r[0]["extension"][0].update(
            valueCodeableConcept={
                "coding": [
                    {
                        **r[0]["extension"][0]["valueCodeableConcept"]["coding"][0],
                        "code": "other",
                    }
                ]
            }
        ),
        "Observation",
    ),
    "judged by an organisation": (
        "capacity",
        lambda r: r[0].update(performer=[{"identifier": {"system": URA, "value": MESO}}]),
        "Observation.performer[0]",
    ),
    "a provisional judgement": (
        "capacity",
        lambda r: r[0].update(status="preliminary"),
        "Observation.status",
    ),
    "a judgement in words": (
        "capacity",
        lambda r: (r[0].pop("valueBoolean"), r[0].update(valueString="nee")),
        "Observation.valueBoolean",
    ),
}


@pytest.mark.parametrize(("kind", "change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused_with_its_path(kind: str, change: Change, path: str) -> None:
    resources = written(kind)
    change(resources)
    with pytest.raises(FhirError) as caught:
        read(kind, resources)
    assert {issue.expression for issue in caught.value.issues} == {path}


CONTRADICTIONS: dict[str, tuple[str, Json]] = {
    "a BSN that fails the eleven-test": ("patient", {"bsn": "999900007"}),
    "a pharmacy with a URA of seven": ("patient", {"pharmacy": "2009999"}),
    "the practice as another practitioner": ("patient", {"generalPractitioner": {"ura": GP}}),
    "two roles alike": ("naaste", {"roles": ["01", "01"]}),
    "two needs with one key": (
        "naaste",
        {"supportNeeds": person_builders.daughter()["supportNeeds"] * 2},
    ),
    "a period that ends first": (
        "naaste",
        {"period": {"start": "2026-02-01", "end": "2026-01-01"}},
    ),
    "rank nought": (
        "naaste",
        {"representations": [{"basis": "child", "rank": 0, "period": {"start": "2026-01-01"}}]},
    ),
    "another matter": ("capacity", {"matter": "other", "about": None}),
}


@pytest.mark.parametrize(("kind", "overrides"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_record_that_contradicts_itself_is_refused(kind: str, overrides: Json) -> None:
    with pytest.raises(FhirError):
        written(kind, **overrides)


NEIGHBOURS: dict[str, tuple[str, Json]] = {
    "no BSN": ("patient", {"bsn": None}),
    "the practice as the GP": ("patient", {"generalPractitioner": None}),
    "two roles": ("naaste", {"roles": ["01", "100001"]}),
    "a day": ("naaste", {"period": {"start": "2026-02-01", "end": "2026-02-01"}}),
    "no relation": ("naaste", {"relation": None, "roles": ["19"]}),
    "another relation": ("naaste", {"relation": "OTH"}),
    "a family name alone": ("naaste", {"given": []}),
    "a matter without words": ("capacity", {"about": None, "reasoning": None}),
}


@pytest.mark.parametrize(("kind", "overrides"), NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
def test_its_allowed_neighbour_comes_back(kind: str, overrides: Json) -> None:
    _, model, make = KINDS[kind]
    assert read(kind, written(kind, **overrides)) == parse_record(model, make(**overrides))


def test_master_data_without_a_place_are_not_taken() -> None:
    """Debtor data are not exchanged; an account or insurance has nowhere to go."""
    assert not {"account", "coverage", "debtor"} & PatientRecord.model_fields.keys()


def test_a_naaste_is_a_carer_by_her_role() -> None:
    assert parse_record(RelatedPerson, person_builders.daughter()).is_carer
    assert not parse_record(RelatedPerson, person_builders.daughter(roles=["01"])).is_carer


def test_a_national_code_stands_beside_ours_where_there_is_one() -> None:
    person = written("naaste")[0]
    bases = [e["extension"][0]["valueCodeableConcept"] for e in person["extension"][2:]]
    assert [[c["code"] for c in base["coding"]] for base in bases] == [
        ["mentorship", "8"],
        ["child"],
    ]


def test_what_she_needs_is_a_resource_of_its_own() -> None:
    """Domain decision 13: it has no default audience."""
    person, need = written("naaste")
    assert "nachts" in need["valueString"]
    assert "nachts" not in str(person)

"""Consent: national shape per type, who gave it, and what is refused."""

import copy
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.consent import consent as mapping
from mappings.records.base import parse_record
from mappings.records.consent import ConsentRecord
from mappings.toolkit.reader import Element
from tests.mappings import builders, supplier
from tests.mappings.builders import GP, IDS, MESO, NURSING

Json = dict[str, Any]


def record(**overrides: object) -> ConsentRecord:
    return parse_record(ConsentRecord, builders.consent(**overrides))


def written(**overrides: object) -> Json:
    (found,) = mapping.to_fhir(record(**overrides), IDS)
    return found


def record_access(**overrides: object) -> Json:
    return {"type": "CON-2", "givenTo": [GP], "categories": ["his"], **overrides}


def test_sharing_by_meso_says_what_it_covers_by_data_alone() -> None:
    provision = written()["provision"]
    assert provision["data"] == [
        {
            "meaning": "related",
            "reference": {"reference": "EpisodeOfCare/e-1", "type": "EpisodeOfCare"},
        }
    ]
    assert not {"action", "class"} & provision.keys()


def test_access_to_the_gp_record_keeps_action_and_class() -> None:
    provision = written(**record_access())["provision"]
    codes = [action["coding"][0]["code"] for action in provision["action"]]
    assert codes == ["access", "copy", "create-episode", "prescribe"]
    assert [item["code"] for item in provision["class"]] == ["his"]
    assert "data" not in provision


def test_named_parts_stand_in_data_one_by_one() -> None:
    data = written(parts=["Task/t-1", "Goal/g-1"])["provision"]["data"]
    assert [(d["meaning"], d["reference"]["reference"]) for d in data] == [
        ("instance", "Task/t-1"),
        ("instance", "Goal/g-1"),
    ]


def test_a_function_in_an_organisation_matches_nobody_who_does_not_know_it() -> None:
    who = written(party={"ura": NURSING, "role": "community-nurse"})["provision"]["actor"][0]
    assert "reference" not in who["reference"]
    assert who["reference"]["identifier"]["value"] == f"{NURSING}/community-nurse"


def test_a_treatment_wish_is_no_privacy_consent() -> None:
    consent = written()
    assert mapping.is_privacy_consent(Element(consent, "Consent"))
    consent["scope"]["coding"][0]["code"] = "treatment"
    assert not mapping.is_privacy_consent(Element(consent, "Consent"))
    assert not mapping.is_privacy_consent(Element({"scope": "patient-privacy"}, "Consent"))


@pytest.mark.parametrize(
    "overrides",
    [
        {"party": {}},
        {"party": {"ura": NURSING, "relatedPerson": "rp-1"}},
        {"party": {"relatedPerson": "rp-1", "role": "gp"}},
        {"type": "CON-1", "parts": ["Task/t-1"]},
        {"categories": ["plan"]},
        {"period": None},
        {"trajectory": None},
        {"status": "rejected"},
        {"withdrawal": {"on": "2026-07-01"}},
        {"period": {"start": "2026-06-02", "end": "2026-06-01"}},
    ],
)
def test_a_record_that_contradicts_itself_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError) as caught:
        record(**overrides)
    assert caught.value.issues[0].code in {"business-rule", "value"}


@pytest.mark.parametrize(
    "overrides",
    [
        {"party": {"relatedPerson": "rp-1"}, "type": "CON-4"},
        {"kind": "refused", "status": "rejected", "period": None, "trajectory": None},
        {"status": "inactive", "withdrawal": {"on": "2026-07-01", "by": {"relatedPerson": "r"}}},
        {"trajectory": None, "referral": "sr-1"},
        {"period": {"start": "2026-06-02", "end": "2026-06-02"}},
    ],
)
def test_its_allowed_neighbour_is_kept_as_it_is(overrides: Json) -> None:
    found = record(**overrides)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


def _at(consent: Json, *steps: str | int) -> Any:
    node: Any = consent
    for step in steps:
        node = node[step]
    return node


def refused(consent: Json) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([consent], IDS)
    return [(issue.code, issue.expression) for issue in caught.value.issues]


def test_only_the_patient_or_a_representative_gives_consent() -> None:
    consent = written()
    consent["performer"] = [{"reference": "Patient/p-2"}]
    assert refused(consent) == [("business-rule", "Consent.performer[0]")]


def test_a_consent_without_its_kind_is_refused() -> None:
    consent = written()
    del consent["extension"][0]
    assert refused(consent) == [("required", "Consent.extension")]


def test_an_extension_that_may_be_there_once_is_refused_twice() -> None:
    consent = written()
    consent["extension"].append(copy.deepcopy(consent["extension"][0]))
    n = len(consent["extension"]) - 1
    assert refused(consent) == [("structure", f"Consent.extension[{n}]")]


def test_two_types_in_one_consent_are_refused() -> None:
    consent = written()
    consent["category"].append(supplier.list_code("consent-type", "CON-3"))
    assert refused(consent) == [("required", "Consent.category")]


def test_an_action_that_the_type_does_not_have_is_refused() -> None:
    consent = written(**record_access())
    _at(consent, "provision", "action").append(supplier.list_code("consent-action", "invite"))
    assert refused(consent) == [("value", "Consent.provision.action")]


def test_fewer_actions_are_named_one_by_one() -> None:
    narrower = record(**record_access(actions=["consult", "copy"]))
    (consent,) = mapping.to_fhir(narrower, IDS)
    codes = [action["coding"][0]["code"] for action in consent["provision"]["action"]]
    assert codes == ["access", "copy"]
    assert mapping.from_fhir([consent], IDS) == narrower


def test_all_actions_of_the_type_are_said_by_naming_none() -> None:
    every = record(**record_access(actions=["copy", "consult", "prescribe", "create-episode"]))
    assert every == record(**record_access())


def test_without_an_action_where_the_type_has_some_is_refused() -> None:
    consent = written(**record_access())
    del consent["provision"]["action"]
    assert refused(consent) == [("value", "Consent.provision.action")]


def test_an_own_code_for_an_act_that_hl7_knows_is_refused() -> None:
    consent = written(**record_access())
    _at(consent, "provision", "action")[0] = supplier.list_code("consent-action", "consult")
    assert refused(consent) == [("code-invalid", "Consent.provision.action[0].coding[0].code")]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [("related", "EpisodeOfCare/e-2")],
        [("related", "EpisodeOfCare/e-1"), ("instance", "Task/t-1")],
    ],
)
def test_data_name_parts_or_the_own_trajectory(data: list[tuple[str, str]] | None) -> None:
    consent = written()
    del consent["provision"]["data"]
    if data is not None:
        consent["provision"]["data"] = [
            {"meaning": meaning, "reference": {"reference": literal}} for meaning, literal in data
        ]
    assert refused(consent) == [("value", "Consent.provision.data")]


def test_a_function_of_another_organisation_is_refused() -> None:
    consent = written(party={"ura": NURSING, "role": "community-nurse"})
    number = _at(consent, "provision", "actor", 0, "reference", "identifier")
    number["assigner"]["identifier"]["value"] = MESO
    assert refused(consent) == [("value", "Consent.provision.actor[0].reference")]


def test_an_author_whose_number_has_no_assigner_is_the_recorder() -> None:
    consent = written()
    del consent["identifier"][0]["assigner"]
    assert mapping.from_fhir([consent], IDS) == record()

"""IHE PCF and national consents: what they say is read, what the record cannot say is refused."""

from typing import Any

import pytest

from adapter.fhir.constants import ACT_REASON, CANONICAL
from adapter.fhir.issues import FhirError
from mappings.records.base import parse_record
from mappings.records.consent import ConsentRecord
from mappings.shapes import all as shapes
from mappings.shapes.kept import Foreign
from tests.mappings import builders
from tests.mappings.builders import AIT_OUALI, IDS, MESO, NURSING
from tests.mappings.shapes.examples import CONSENT_SCOPE, USE_CASE, nl_gf, pcf

Json = dict[str, Any]
PCF = shapes.SHAPES["pcf-consent"]
NL_GF = shapes.SHAPES["nl-gf-consent"]
BOTH = [(PCF, pcf), (NL_GF, nl_gf)]
OLD_PURPOSE = "http://hl7.org/fhir/v3/ActReason"
PCF_RECORD = {
    "identifier": {"system": "https://ruitenborgh.example/toestemming", "value": "t-90"},
    "patient": "p-1",
    "type": "CON-5",
    "kind": "explicit",
    "givenBy": "patient",
    "recordedBy": AIT_OUALI,
    "givenTo": [MESO],
    "dateTime": "2026-06-02",
    "form": "written",
    "document": "DocumentReference/d-4",
    "party": {"ura": NURSING},
    "trajectory": "e-1",
    "period": {"start": "2026-06-02"},
    "policies": ["https://waterlinie.example/beleid/3"],
    "exceptions": [{"effect": "deny", "dataPeriod": {"start": "2020-01-01", "end": "2020-12-31"}}],
    "synthetic": True,
}
NL_GF_RECORD = {
    **PCF_RECORD,
    "policies": [],
    "exceptions": [],
    "parts": ["Task/w-12"],
}


def read(sent: Json, shape: Any) -> ConsentRecord:
    record: ConsentRecord = shapes.read(sent, shape, IDS).record
    return record


def refused(sent: Json, shape: Any) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        shapes.read(sent, shape, IDS)
    return [(i.code, i.expression) for i in caught.value.issues]


def test_a_pcf_consent_is_the_same_as_our_own_record() -> None:
    assert read(pcf(), PCF) == parse_record(ConsentRecord, PCF_RECORD)


def test_a_national_consent_is_the_same_as_our_own_record() -> None:
    assert read(nl_gf(), NL_GF) == parse_record(ConsentRecord, NL_GF_RECORD)


@pytest.mark.parametrize(("shape", "example"), BOTH)
def test_a_denial_is_a_refusal(shape: Any, example: Any) -> None:
    record = read(example(type="deny"), shape)
    assert (record.kind, record.period) == ("refused", None)


@pytest.mark.parametrize(("shape", "example"), BOTH)
@pytest.mark.parametrize("system", [ACT_REASON, OLD_PURPOSE, "urn:oid:2.16.840.1.113883.5.8"])
def test_purposes_are_read_in_the_old_and_the_new_system(
    shape: Any, example: Any, system: str
) -> None:
    purposes = [{"system": system, "code": code} for code in ("TREAT", "HOPERAT")]
    sent = example(purpose=purposes)
    found = shapes.read(sent, shape, IDS)
    assert found.record.purposes == ("TREAT", "HOPERAT")
    assert shape.write(found, IDS) == [sent]


@pytest.mark.parametrize(("shape", "example"), BOTH)
@pytest.mark.parametrize("code", ["HPAYMT", "BTG"])
def test_a_purpose_that_no_rule_knows_is_refused(shape: Any, example: Any, code: str) -> None:
    sent = example(purpose=[{"system": ACT_REASON, "code": code}])
    assert refused(sent, shape) == [("code-invalid", "Consent.provision.purpose[0].code")]


@pytest.mark.parametrize(("shape", "example"), BOTH)
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("securityLabel", [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"}]),
        ("code", [{"text": "laboratorium"}]),
        ("extension", [{"url": "https://his.example/alleen-overdag", "valueBoolean": True}]),
    ],
)
def test_whatever_may_narrow_a_rule_is_refused(
    shape: Any, example: Any, member: str, value: object
) -> None:
    index = "[0]" if member == "extension" else ""
    assert refused(example(**{member: value}), shape) == [
        ("structure", f"Consent.provision.{member}{index}")
    ]


@pytest.mark.parametrize(("shape", "example"), BOTH)
@pytest.mark.parametrize(
    ("member", "code", "at"),
    [("actor", "required", "Consent.provision.actor"), ("purpose", "business-rule", "Consent")],
)
def test_a_consent_for_everybody_or_for_anything_is_refused(
    shape: Any, example: Any, member: str, code: str, at: str
) -> None:
    sent = example()
    del sent["provision"][member]
    assert refused(sent, shape) == [(code, at)]


@pytest.mark.parametrize(("shape", "example"), BOTH)
def test_which_consent_it_is_has_to_be_said(shape: Any, example: Any) -> None:
    sent = example()
    del sent["category"][1]
    assert refused(sent, shape) == [("required", "Consent.category")]


@pytest.mark.parametrize(("shape", "example"), BOTH)
def test_who_recorded_it_has_to_be_said(shape: Any, example: Any) -> None:
    sent = example()
    sent["extension"] = [{"url": "https://his.example/nummer", "valueString": "7"}]
    assert refused(sent, shape) == [("required", "Consent.extension")]


@pytest.mark.parametrize(("shape", "example"), BOTH)
def test_a_category_of_another_list_is_kept(shape: Any, example: Any) -> None:
    sent = example()
    other = {"coding": [{"system": "https://his.example/soort", "code": "x"}]}
    sent["category"].insert(0, other)
    found = shapes.read(sent, shape, IDS)
    assert ("Consent.category[0]", other) in found.kept.items()
    assert shape.write(found, IDS) == [sent]


@pytest.mark.parametrize("scope", ["treatment", "adr", "research"])
def test_another_scope_is_no_permission(scope: str) -> None:
    sent = {**pcf(), "scope": {"coding": [{"system": CONSENT_SCOPE, "code": scope}]}}
    assert refused(sent, PCF) == [("code-invalid", "Consent.scope.coding[0].code")]


def test_a_policy_of_ours_beside_theirs_is_read_too() -> None:
    sent = pcf()
    sent["policy"].append({"uri": f"{CANONICAL}/policy/consent/1"})
    assert read(sent, PCF).policies == ("https://waterlinie.example/beleid/3",)


def test_a_consent_of_which_the_words_are_not_in_pcf_is_not_written() -> None:
    record = parse_record(
        ConsentRecord, builders.consent(type="CON-1", categories=["his"], referral="r-1")
    )
    with pytest.raises(FhirError) as caught:
        PCF.write(Foreign(record=record), IDS)
    assert caught.value.status == 422


def test_what_we_write_as_pcf_has_no_actions() -> None:
    record = parse_record(ConsentRecord, builders.consent(type="CON-1", referral="r-1"))
    (written,) = PCF.write(Foreign(record=record), IDS)
    assert "action" not in written["provision"]


def test_a_use_case_without_named_data_is_narrower_than_the_record_can_say() -> None:
    sent = nl_gf()
    del sent["provision"]["data"]
    assert refused(sent, NL_GF) == [("code-invalid", "Consent.scope.coding[0].system")]


def test_unless_privacy_is_said_besides() -> None:
    trajectory = {"reference": {"reference": "EpisodeOfCare/e-1"}, "meaning": "related"}
    sent = nl_gf(data=[trajectory])
    sent["scope"]["coding"].append({"system": CONSENT_SCOPE, "code": "patient-privacy"})
    assert read(sent, NL_GF).parts == ()


def test_another_act_than_access_is_refused() -> None:
    collect = {
        "coding": [
            {"system": "http://terminology.hl7.org/CodeSystem/consentaction", "code": "collect"}
        ]
    }
    assert refused(nl_gf(action=[collect]), NL_GF) == [
        ("code-invalid", "Consent.provision.action[0].coding[0].code")
    ]


def test_what_we_write_in_the_national_shape_has_access_and_privacy() -> None:
    record = parse_record(ConsentRecord, builders.consent())
    (written,) = NL_GF.write(Foreign(record=record), IDS)
    assert written["provision"]["action"][0]["coding"][0]["code"] == "access"
    assert written["scope"]["coding"][0]["code"] == "patient-privacy"
    assert not any(x["system"] == USE_CASE for x in written["scope"]["coding"])

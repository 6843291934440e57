"""Two doors, one referral: what a supplier writes by hand is what a record says."""

import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from adapter.fhir.json import decode_untrusted
from adapter.fhir.transaction import Transaction, split_transaction
from adapter.fhir.validation import validate
from mappings.records.base import parse_record
from mappings.records.referral import Referral, is_dead
from mappings.referral import referral as mapping
from tests.mappings import builders, supplier
from tests.mappings.builders import GP, HAVERKORT, IDS, MESO
from tests.mappings.supplier import person, resource_of

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
Json = dict[str, Any]


def record(**overrides: object) -> Referral:
    return parse_record(Referral, builders.referral(**overrides))


def refused(bundle: Json) -> FhirError:
    with pytest.raises(FhirError) as caught:
        mapping.from_bundle(bundle, IDS)
    assert caught.value.status == 422
    return caught.value


def test_a_bundle_written_by_hand_is_the_same_referral_as_the_record() -> None:
    by_hand = mapping.from_bundle(supplier.supplier_bundle(), IDS)
    assert by_hand == record()
    assert by_hand.canonical() == record().canonical()


def test_the_misspelt_task_code_of_one_dutch_guide_is_read_as_fulfil() -> None:
    bundle = supplier.supplier_bundle()
    resource_of(bundle, "task")["code"]["coding"][0]["code"] = "fullfill"
    assert mapping.from_bundle(bundle, IDS) == record()


def test_a_bundle_written_by_hand_is_valid_r4() -> None:
    entries = supplier.supplier_bundle()["entry"]
    assert [issue for entry in entries for issue in validate(entry["resource"])] == []


def test_the_example_bundle_is_a_transaction_that_the_door_takes() -> None:
    example = json.loads((EXAMPLES / "referral-bundle.json").read_bytes())
    found = split_transaction(example)
    assert isinstance(found, Transaction), found
    assert [i for e in found.entries for i in validate(e.resource, at=e.at)] == []


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("referral-record.json", builders.referral()),
        ("referral-bundle.json", supplier.supplier_bundle()),
    ],
)
def test_the_example_in_the_docs_is_the_one_that_is_tested(name: str, example: Json) -> None:
    """MESO_GOLDEN=1 writes the examples anew."""
    text = json.dumps(example, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("MESO_GOLDEN") == "1":
        (EXAMPLES / name).write_text(text, encoding="utf-8")
    assert decode_untrusted((EXAMPLES / name).read_bytes()) == example


def test_ids_depend_on_author_and_number_only() -> None:
    asked_more = record(question="Iets anders", homeVisit=False)
    by_another = record(referrer={"ura": "90000009", "uzi": "900000011"})
    assert mapping.referral_id(asked_more, IDS) == mapping.referral_id(record(), IDS)
    assert mapping.referral_id(by_another, IDS) != mapping.referral_id(record(), IDS)


def test_agreement_in_one_line_becomes_two_explicit_consents_of_the_gp_practice() -> None:
    access, actions = mapping.agreement_consents(record(), IDS)
    assert (access.type, actions.type) == ("CON-1", "CON-2")
    for consent in (access, actions):
        assert (consent.kind, consent.status, consent.given_to) == ("explicit", "active", (GP,))
        assert consent.party.ura == MESO
        assert consent.referral == mapping.referral_id(record(), IDS)
        assert consent.period is not None
        assert consent.period.end is None


def test_a_refusal_becomes_two_rejected_consents() -> None:
    agreement = {"agreed": False, "agreedOn": "2026-05-08", "recordedBy": HAVERKORT}
    consents = mapping.agreement_consents(record(agreement=agreement), IDS)
    assert [(c.kind, c.status, c.period) for c in consents] == [("refused", "rejected", None)] * 2


def test_without_an_agreement_there_is_no_consent() -> None:
    kinds = [r["resourceType"] for r in mapping.to_fhir(record(agreement=None), IDS)]
    assert "Consent" not in kinds


def test_numbers_that_a_supplier_gave_to_order_and_consents_have_a_place() -> None:
    bundle = supplier.supplier_bundle()
    for name, value in (("task", "t"), ("con-1", "c1"), ("con-2", "c2")):
        resource_of(bundle, name)["identifier"][0]["value"] = value
    found = mapping.from_bundle(bundle, IDS)
    assert found.task_identifier is not None
    assert found.agreement is not None
    assert found.agreement.access_identifier is not None
    assert found.agreement.actions_identifier is not None
    again = mapping.from_fhir(mapping.to_fhir(found, IDS), IDS)
    assert again == found


def test_a_citizen_number_is_refused_as_a_number_of_the_author() -> None:
    with pytest.raises(FhirError) as caught:
        record(identifier={"system": builders.BSN, "value": "999900006"})
    assert [i.expression for i in caught.value.issues] == ["Referral.identifier"]


@pytest.mark.parametrize(
    "overrides",
    [
        {"problems": [builders.referral()["problems"][0]] * 2},
        {"taskIdentifier": builders.referral()["identifier"]},
        {"patient": builders.patient(generalPractitioner=HAVERKORT)},
        {"question": " "},
        {"question": "x\u0000y"},
        {"authoredOn": "2026-05-11"},
        {"authoredOn": "2026-05-11T09:20:00"},
        {"authoredOn": 1_778_484_000},
        {"patient": builders.patient(birthDate="1942-03-04T00:00:00Z")},
        {"patient": builders.patient(birthDate="1942-13-04")},
        {"homeVisit": "true"},
        {"problems": []},
    ],
)
def test_a_record_that_is_not_exact_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError) as caught:
        record(**overrides)
    assert caught.value.status == 422


def test_an_offset_with_seconds_is_refused_because_fhir_cannot_write_it() -> None:
    odd = datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=0, minutes=19, seconds=32)))
    with pytest.raises(FhirError):
        record(authoredOn=odd)


def test_faults_of_a_record_name_the_field_and_never_the_value() -> None:
    with pytest.raises(FhirError) as caught:
        parse_record(
            Referral,
            {**builders.referral(), "patient": builders.patient(bsn="123456789"), "extra": 1},
        )
    found = {(i.code, i.expression) for i in caught.value.issues}
    assert found == {("value", "Referral.patient.bsn"), ("structure", "Referral.extra")}
    assert "123456789" not in str([i.text for i in caught.value.issues])


@pytest.mark.parametrize(
    ("deceased", "dead"),
    [(None, False), (True, True), ("2026-01-02", True), ("2026-01-02T03:04:05+01:00", True)],
)
def test_death_is_known_with_or_without_a_day(deceased: object, dead: bool) -> None:
    found = record(patient=builders.patient(deceased=deceased)).patient
    assert is_dead(found) is dead


def test_every_element_without_a_place_is_named_at_once() -> None:
    bundle = supplier.supplier_bundle()
    resource_of(bundle, "request")["patientInstruction"] = "los"
    resource_of(bundle, "patient")["maritalStatus"] = {"text": "weduwe"}
    assert [issue.expression for issue in refused(bundle).issues] == [
        "Bundle.entry[3].resource.maritalStatus",
        "Bundle.entry[8].resource.patientInstruction",
    ]


def test_a_name_that_is_no_element_name_is_not_repeated_in_an_issue() -> None:
    bundle = supplier.supplier_bundle()
    resource_of(bundle, "patient")["Geesje Wolderink 999900006"] = "x"
    assert [i.expression for i in refused(bundle).issues] == ["Bundle.entry[3].resource"]


def test_what_belongs_to_server_register_or_run_is_taken_without_a_place() -> None:
    bundle = supplier.supplier_bundle()
    tag = {"system": f"{builders.MESO_CANONICAL}/CodeSystem/run", "code": "r1"}
    more = {"versionId": "3", "profile": ["https://x.example/p"], "tag": [tag]}
    patient = resource_of(bundle, "patient")
    patient.update(meta={**patient["meta"], **more}, language="nl")
    resource_of(bundle, "practice")["telecom"] = [{"system": "phone", "value": "0555-1"}]
    assert mapping.from_bundle(bundle, IDS) == record()


def test_a_role_may_name_person_and_organisation_by_number_alone() -> None:
    bundle = supplier.supplier_bundle()
    resource_of(bundle, "role").update(
        practitioner={"identifier": {"system": builders.UZI, "value": "900000011"}},
        organization={"identifier": {"system": builders.URA, "value": GP}},
    )
    assert mapping.from_bundle(bundle, IDS) == record()


def test_a_role_may_carry_both_numbers_itself() -> None:
    bundle = supplier.supplier_bundle()
    role = resource_of(bundle, "role")
    role.pop("organization")
    role.pop("practitioner")
    role["identifier"] = [
        {"system": "https://x.example/local", "value": "7"},
        supplier.own_number(builders.UZI, "900000011"),
    ]
    assert mapping.from_bundle(bundle, IDS) == record()


def test_our_own_links_may_come_back_with_their_numbers() -> None:
    written = mapping.to_fhir(record(), IDS)
    assert mapping.from_fhir(list(reversed(written)), IDS) == record()


def test_an_entry_without_a_name_is_read_when_nobody_needs_it() -> None:
    bundle = supplier.supplier_bundle()
    del bundle["entry"][9]["fullUrl"]
    bundle["entry"][0]["request"]["ifNoneExist"] = "identifier=x"
    assert mapping.from_bundle(bundle, IDS) == record()


def test_a_general_practitioner_who_is_not_the_referrer_has_a_place() -> None:
    bundle = supplier.supplier_bundle()
    resource_of(bundle, "patient")["generalPractitioner"] = [person("900000012")]
    found = mapping.from_bundle(bundle, IDS).patient.general_practitioner
    assert found is not None
    assert (found.ura, found.uzi) == (GP, "900000012")

"""Two doors, one referral: what a supplier writes by hand is what a record says."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from adapter.fhir.json import decode_untrusted
from adapter.fhir.validation import validate
from mappings import referral as mapping
from mappings.records.base import parse_record
from mappings.records.referral import Referral, is_dead
from tests.mappings import builders
from tests.mappings.builders import GP, HAVERKORT, IDS, MESO

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
Json = dict[str, Any]


def record(**overrides: object) -> Referral:
    return parse_record(Referral, builders.referral(**overrides))


def resource_of(bundle: Json, name: str) -> Json:
    return next(e["resource"] for e in bundle["entry"] if e["fullUrl"] == f"urn:uuid:{name}")


def refused(bundle: Json) -> FhirError:
    with pytest.raises(FhirError) as caught:
        mapping.from_bundle(bundle, IDS)
    assert caught.value.status == 422
    return caught.value


def test_a_bundle_written_by_hand_is_the_same_referral_as_the_record() -> None:
    by_hand = mapping.from_bundle(builders.supplier_bundle(), IDS)
    assert by_hand == record()
    assert by_hand.canonical() == record().canonical()


def test_a_bundle_written_by_hand_is_valid_r4() -> None:
    entries = builders.supplier_bundle()["entry"]
    assert [issue for entry in entries for issue in validate(entry["resource"])] == []


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("referral-record.json", builders.referral()),
        ("referral-bundle.json", builders.supplier_bundle()),
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
    bundle = builders.supplier_bundle()
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


def _set(name: str, /, **members: object) -> Callable[[Json], None]:
    return lambda bundle: resource_of(bundle, name).update(members)


def _drop(name: str, member: str) -> Callable[[Json], None]:
    return lambda bundle: resource_of(bundle, name).pop(member)


def _entry(n: int, **members: object) -> Callable[[Json], None]:
    return lambda bundle: bundle["entry"][n].update(members)


def _number(system: str, value: str) -> Json:
    return {"identifier": {"system": system, "value": value}}


def _person(uzi: str) -> Json:
    return {"identifier": builders.own_number(builders.UZI, uzi)}


def _second_patient(bundle: Json) -> None:
    bundle["entry"].append(builders.entry("other", {"resourceType": "Patient"}))
    resource_of(bundle, "problem-2")["subject"] = {"reference": "urn:uuid:other"}


META = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "R"}]}
REQUEST = {"method": "POST", "url": "Task"}
OTHER_BSN = [{"system": builders.BSN, "value": "999900018"}]
REFUSED: dict[str, tuple[Callable[[Json], None], str, str]] = {
    "an unknown element": (
        _set("request", note=[{"text": "los"}]),
        "structure",
        "Bundle.entry[8].resource.note",
    ),
    "an unknown member of an entry": (
        _entry(8, search={"mode": "match"}),
        "structure",
        "Bundle.entry[8].search",
    ),
    "an entry without a resource": (
        _entry(8, resource=None),
        "required",
        "Bundle.entry[8].resource",
    ),
    "two entries with one name": (
        _entry(8, fullUrl="urn:uuid:task"),
        "duplicate",
        "Bundle.entry[9].fullUrl",
    ),
    "an entry that deletes": (
        _entry(9, request={"method": "DELETE", "url": "Task/1"}),
        "code-invalid",
        "Bundle.entry[9].request.method",
    ),
    "an address of another type": (
        _entry(8, request=REQUEST),
        "value",
        "Bundle.entry[8].request.url",
    ),
    "a Bundle of another type": (
        lambda bundle: bundle.update(type="batch"),
        "code-invalid",
        "Bundle.type",
    ),
    "a resource that nobody refers to": (
        lambda bundle: bundle["entry"].append(
            builders.entry("loose", {"resourceType": "Condition"})
        ),
        "structure",
        "Bundle.entry[10].resource",
    ),
    "a second ServiceRequest": (
        lambda bundle: bundle["entry"].append(
            builders.entry("more", {"resourceType": "ServiceRequest"})
        ),
        "structure",
        "Bundle.entry[10].resource",
    ),
    "no Task": (lambda bundle: bundle["entry"].pop(9), "structure", "Task"),
    "a reference to nowhere": (
        _set("request", subject={"reference": "Patient/elsewhere"}),
        "not-found",
        "Bundle.entry[8].resource.subject.reference",
    ),
    "a foreign link beside a number": (
        _set("request", performer=[{"reference": "Organization/7", **_number(builders.URA, MESO)}]),
        "not-found",
        "Bundle.entry[8].resource.performer[0].reference",
    ),
    "a party without a known number": (
        _set("request", performer=[_number("https://x.example/y", "1")]),
        "value",
        "Bundle.entry[8].resource.performer[0].identifier.system",
    ),
    "a party with nothing but a name": (
        _set("request", performer=[{"display": "MESO"}]),
        "required",
        "Bundle.entry[8].resource.performer[0]",
    ),
    "a person where an organisation belongs": (
        _set("request", performer=[{"reference": "urn:uuid:role"}]),
        "value",
        "Bundle.entry[8].resource.performer[0]",
    ),
    "an organisation where a person belongs": (
        _set("request", requester={"reference": "urn:uuid:practice"}),
        "required",
        "Bundle.entry[8].resource.requester",
    ),
    "a party that is no party": (
        _set("request", requester={"reference": "urn:uuid:patient"}),
        "value",
        "Bundle.entry[8].resource.requester.reference",
    ),
    "a link and a number of two parties": (
        _set("request", requester={"reference": "urn:uuid:role", **_number(builders.URA, MESO)}),
        "value",
        "Bundle.entry[8].resource.requester",
    ),
    "a number of another organisation": (
        _set("request", identifier=[builders.own_number("https://x.example/y", "1", MESO)]),
        "value",
        "Bundle.entry[8].resource.identifier[0].assigner",
    ),
    "a citizen number as number of the referral": (
        _set("request", identifier=OTHER_BSN),
        "business-rule",
        "Bundle.entry[8].resource.identifier[0]",
    ),
    "no stepped-care step": (
        _set("request", category=[builders.snomed("3457005")]),
        "required",
        "Bundle.entry[8].resource.category",
    ),
    "two stepped-care steps": (
        _set("request", category=[builders.list_code("stepped-care-step", "SC-4")] * 2),
        "structure",
        "Bundle.entry[8].resource.category[1]",
    ),
    "no home visit": (
        _set("request", orderDetail=[builders.list_code("complexity-type", "interfering")]),
        "required",
        "Bundle.entry[8].resource.orderDetail",
    ),
    "complexity twice": (
        _set("request", orderDetail=[builders.list_code("complexity-type", "interfering")] * 2),
        "structure",
        "Bundle.entry[8].resource.orderDetail[1]",
    ),
    "an unknown code": (
        _set("request", code=builders.list_code("requested-service", "miracle")),
        "code-invalid",
        "Bundle.entry[8].resource.code.coding[0].code",
    ),
    "a code of another list": (
        _set("request", code=builders.list_code("home-visit", "trajectory")),
        "code-invalid",
        "Bundle.entry[8].resource.code.coding[0].system",
    ),
    "one consent of the two": (
        _set("request", supportingInfo=[{"reference": "urn:uuid:con-1"}]),
        "business-rule",
        "Bundle.entry[8].resource.supportingInfo",
    ),
    "a consent that says more than the agreement": (
        _set("con-2", dateTime="2026-05-09"),
        "business-rule",
        "Bundle.entry[8].resource.supportingInfo",
    ),
    "a task that was taken up already": (
        _set("task", status="accepted"),
        "code-invalid",
        "Bundle.entry[9].resource.status",
    ),
    "a task of another requester": (
        _set("task", requester=_person("900000012")),
        "business-rule",
        "Bundle.entry[9].resource.requester",
    ),
    "a task for another receiver": (
        _set("task", owner={"reference": "urn:uuid:practice"}),
        "business-rule",
        "Bundle.entry[9].resource.owner",
    ),
    "a task of another moment": (
        _set("task", authoredOn="2026-05-12T09:20:00+02:00"),
        "business-rule",
        "Bundle.entry[9].resource.authoredOn",
    ),
    "a task without the code": (
        _set("task", code=builders.snomed("3457005")),
        "required",
        "Bundle.entry[9].resource.code",
    ),
    "a task for another patient": (
        _set("task", **{"for": _number(builders.BSN, "999900018")}),
        "value",
        "Bundle.entry[9].resource.for.identifier",
    ),
    "two patients": (
        _second_patient,
        "business-rule",
        "Bundle.entry[5].resource.subject",
    ),
    "a patient of another practice": (
        _set("patient", managingOrganization=_number(builders.URA, MESO)),
        "value",
        "Bundle.entry[3].resource.managingOrganization",
    ),
    "a patient without a number of the practice": (
        _set("patient", identifier=[{"system": builders.BSN, "value": "999900006"}]),
        "required",
        "Bundle.entry[3].resource.identifier",
    ),
    "two citizen numbers": (
        _set("patient", identifier=[{"system": builders.BSN, "value": "999900006"}, *OTHER_BSN]),
        "structure",
        "Bundle.entry[3].resource.identifier[1]",
    ),
    "two numbers of the practice": (
        _set("patient", identifier=[builders.own_number("https://x.example/y", v) for v in "12"]),
        "structure",
        "Bundle.entry[3].resource.identifier[1]",
    ),
    "a citizen number that fails the test": (
        _set("patient", identifier=[{"system": builders.BSN, "value": "123456789"}]),
        "value",
        "Bundle.entry[3].resource.identifier[0].value",
    ),
    "an inactive patient": (
        _set("patient", active=False),
        "value",
        "Bundle.entry[3].resource.active",
    ),
    "an address in one line": (
        _set("patient", address=[{"line": ["Achterpad 12 b"], "city": "V", "postalCode": "1"}]),
        "required",
        "Bundle.entry[3].resource.address[0].line.extension",
    ),
    "initials": (
        _set(
            "patient",
            name=[
                {
                    "family": "W",
                    "given": ["G."],
                    "_given": [
                        {
                            "extension": [
                                {
                                    "url": "http://hl7.org/fhir/StructureDefinition/"
                                    "iso21090-EN-qualifier",
                                    "valueCode": "IN",
                                }
                            ]
                        }
                    ],
                }
            ],
        ),
        "code-invalid",
        "Bundle.entry[3].resource.name[0].given[0].extension[0].valueCode",
    ),
    "a name that its text contradicts": (
        _set("patient", name=[{"family": "W", "given": ["G"], "text": "Mevrouw W"}]),
        "structure",
        "Bundle.entry[3].resource.name[0].text",
    ),
    "narrative that says more": (
        _set("patient", text={"status": "additional", "div": "<div/>"}),
        "structure",
        "Bundle.entry[3].resource.text",
    ),
    "a label that is not HTEST": (
        _set("patient", meta=META),
        "code-invalid",
        "Bundle.entry[3].resource.meta.security[0].code",
    ),
    "one resource without the label": (
        _drop("problem-1", "meta"),
        "business-rule",
        "Bundle.entry[4].resource.meta.security",
    ),
    "an extension nobody knows": (
        _set("patient", extension=[{"url": "https://x.example/e", "valueCode": "a"}]),
        "structure",
        "Bundle.entry[3].resource.extension[0]",
    ),
    "something beside a primitive": (
        _set("patient", _birthDate={"extension": [{"url": "https://x.example/e"}]}),
        "structure",
        "Bundle.entry[3].resource.birthDate.extension",
    ),
    "a missing element": (
        _drop("patient", "birthDate"),
        "required",
        "Bundle.entry[3].resource.birthDate",
    ),
    "a list where one belongs": (
        _set("patient", birthDate=["1942-03-04"]),
        "value",
        "Bundle.entry[3].resource.birthDate",
    ),
    "one where a list belongs": (
        _set("patient", name={"family": "W"}),
        "structure",
        "Bundle.entry[3].resource.name",
    ),
    "a text where an element belongs": (
        _set("request", subject="urn:uuid:patient"),
        "structure",
        "Bundle.entry[8].resource.subject",
    ),
    "two of what may be there once": (
        _set("patient", telecom=[{"system": "phone", "value": "1"}] * 2),
        "structure",
        "Bundle.entry[3].resource.telecom[1]",
    ),
}


@pytest.mark.parametrize(("change", "code", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], None], code: str, path: str
) -> None:
    bundle = builders.supplier_bundle()
    change(bundle)
    found = [(issue.code, issue.expression) for issue in refused(bundle).issues]
    assert found == [(code, path)]


def test_every_element_without_a_place_is_named_at_once() -> None:
    bundle = builders.supplier_bundle()
    resource_of(bundle, "request")["note"] = [{"text": "los"}]
    resource_of(bundle, "patient")["maritalStatus"] = {"text": "weduwe"}
    assert [issue.expression for issue in refused(bundle).issues] == [
        "Bundle.entry[3].resource.maritalStatus",
        "Bundle.entry[8].resource.note",
    ]


def test_a_name_that_is_no_element_name_is_not_repeated_in_an_issue() -> None:
    bundle = builders.supplier_bundle()
    resource_of(bundle, "patient")["Geesje Wolderink 999900006"] = "x"
    assert [i.expression for i in refused(bundle).issues] == ["Bundle.entry[3].resource"]


def test_what_belongs_to_server_register_or_run_is_taken_without_a_place() -> None:
    bundle = builders.supplier_bundle()
    tag = {"system": f"{builders.MESO_CANONICAL}/CodeSystem/run", "code": "r1"}
    more = {"versionId": "3", "profile": ["https://x.example/p"], "tag": [tag]}
    patient = resource_of(bundle, "patient")
    patient.update(meta={**patient["meta"], **more}, language="nl")
    resource_of(bundle, "practice")["telecom"] = [{"system": "phone", "value": "0555-1"}]
    assert mapping.from_bundle(bundle, IDS) == record()


def test_a_general_practitioner_who_is_not_the_referrer_has_a_place() -> None:
    bundle = builders.supplier_bundle()
    resource_of(bundle, "patient")["generalPractitioner"] = [_person("900000012")]
    found = mapping.from_bundle(bundle, IDS).patient.general_practitioner
    assert found is not None
    assert (found.ura, found.uzi) == (GP, "900000012")

"""What MESO takes from the GP's record: copies with their source, prescriptions, differences."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from adapter.fhir.json import encode
from mappings.gp_record import (
    copied_item,
    medication_discrepancy,
    ouderenmodule_copy,
    prescription_reference,
)
from mappings.gp_record.medication_check import MedicationChange, unprescribed, warnings
from mappings.records.base import parse_record
from mappings.records.copied_item import CopiedItem
from mappings.records.medication_discrepancy import MedicationDiscrepancy
from mappings.records.ouderenmodule_copy import OuderenmoduleCopy
from mappings.records.prescription_reference import PrescriptionReference
from tests.mappings import gp_record_builders as builders
from tests.mappings.builders import GP, HAVERKORT, IDS, URA

Json = dict[str, Any]


def copy(**overrides: object) -> OuderenmoduleCopy:
    return parse_record(OuderenmoduleCopy, builders.ouderenmodule_copy(**overrides))


def item(**overrides: object) -> CopiedItem:
    return parse_record(CopiedItem, builders.copied_item(**overrides))


def prescription(**overrides: object) -> PrescriptionReference:
    return parse_record(PrescriptionReference, builders.prescription(**overrides))


def discrepancy(**overrides: object) -> MedicationDiscrepancy:
    return parse_record(MedicationDiscrepancy, builders.discrepancy(**overrides))


def refused(read: Callable[[], object]) -> list[tuple[str, str | None]]:
    with pytest.raises(FhirError) as caught:
        read()
    return [(issue.expression, issue.rule) for issue in caught.value.issues]


# --- ouderenmodule: R-22, RI-15 ---------------------------------------------------------------


def test_a_copied_resource_stays_as_the_his_gave_it() -> None:
    odd = {**builders.his_condition(), "extension": [{"url": "https://his.example/x", "id": "7"}]}
    resources = [{"content": encode(odd).decode()}]
    bundle, provenance = ouderenmodule_copy.to_fhir(copy(resources=resources), IDS)
    assert [entry["resource"] for entry in bundle["entry"]] == [odd]
    assert ouderenmodule_copy.from_fhir([bundle, provenance], IDS) == copy(resources=resources)


def test_decimals_of_a_copied_resource_keep_their_digits() -> None:
    text = (
        '{"resourceType":"Observation","status":"final","code":{"text":"Gewicht"},'
        '"valueQuantity":{"value":61.50}}'
    )
    bundle, _ = ouderenmodule_copy.to_fhir(copy(resources=[{"content": text}]), IDS)
    assert encode(bundle["entry"][0]["resource"]).decode() == text


def test_content_is_kept_in_normal_form() -> None:
    spaced = '{ "resourceType": "Condition" , "id": "a" }'
    (kept,) = copy(resources=[{"content": spaced}]).resources
    assert kept.content == '{"resourceType":"Condition","id":"a"}'


@pytest.mark.parametrize("content", ["{", "[]", '{"resourceType":"Patient"}', '{"id":"a"}'])
def test_what_does_not_belong_to_the_module_is_not_copied(content: str) -> None:
    assert refused(lambda: copy(resources=[{"content": content}])) == [
        ("OuderenmoduleCopy.resources[0].content", None)
    ]


COPY: dict[str, tuple[Callable[[list[Json]], Any], str]] = {
    "no provenance": (lambda r: r.pop(), "Provenance"),
    "another moment": (
        lambda r: r[0].update(timestamp="2026-05-16T08:31:00+02:00"),
        "Bundle.timestamp",
    ),
    "another target": (
        lambda r: r[1]["target"][0].update(reference="Bundle/x"),
        "Provenance.target",
    ),
    "no list": (lambda r: r[1].pop("policy"), "Provenance.policy"),
    "an entry without a resource": (
        lambda r: r[0]["entry"][0].pop("resource"),
        "Bundle.entry[0].resource",
    ),
    "a search": (lambda r: r[0].update(type="searchset"), "Bundle.type"),
    "for another practice": (
        lambda r: r[1]["agent"][0].update(onBehalfOf={"identifier": {"system": URA, "value": GP}}),
        "Provenance.agent[0].onBehalfOf",
    ),
}


@pytest.mark.parametrize(("change", "path"), COPY.values(), ids=COPY.keys())
def test_a_copy_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[list[Json]], Any], path: str
) -> None:
    resources = ouderenmodule_copy.to_fhir(copy(), IDS)
    change(resources)
    assert refused(lambda: ouderenmodule_copy.from_fhir(resources, IDS)) == [(path, None)]


# --- copied by hand: R-29 ---------------------------------------------------------------------

KINDS = {
    "problem": {},
    "medication": {"kind": "medication", "text": "Furosemide 40 mg"},
    "allergy": {"kind": "allergy", "text": "Penicilline"},
    "measurement": {"kind": "measurement", "text": "Gewicht", "value": "61 kg"},
}


@pytest.mark.parametrize("change", KINDS.values(), ids=KINDS.keys())
def test_each_kind_of_item_comes_back_with_its_source(change: Json) -> None:
    found = item(**change)
    assert copied_item.from_fhir(copied_item.to_fhir(found, IDS), IDS) == found


def role(code: str) -> Json:
    system = "https://mesozorg.example/fhir/CodeSystem/professional-function"
    return {"coding": [{"system": system, "code": code}]}


def test_only_the_so_and_the_nurse_copy() -> None:
    for code in ("meso-secretary", "meso-so-trainee", "community-nurse", "gp"):
        resources = copied_item.to_fhir(item(), IDS)
        resources[1]["agent"][0]["role"] = [role(code)]
        assert refused(lambda r=resources: copied_item.from_fhir(r, IDS)) == [
            ("Provenance.agent[0].role[0]", "R-29")
        ]
    resources = copied_item.to_fhir(item(), IDS)
    resources[1]["agent"][0]["role"] = [role("meso-so")]
    assert copied_item.from_fhir(resources, IDS) == item(function="meso-so")


def test_items_are_copied_one_at_a_time() -> None:
    both = [*copied_item.to_fhir(item(), IDS), *copied_item.to_fhir(item(**KINDS["allergy"]), IDS)]
    assert refused(lambda: copied_item.from_fhir(both, IDS)) == [("Provenance.target", "R-29")]


def test_an_item_without_its_source_is_refused() -> None:
    resources = copied_item.to_fhir(item(), IDS)
    del resources[1]["entity"]
    assert refused(lambda: copied_item.from_fhir(resources, IDS)) == [("Provenance.entity", None)]


def test_a_measurement_has_a_value_and_nothing_else_has() -> None:
    assert refused(lambda: item(value="61 kg"))
    assert refused(lambda: item(kind="measurement"))


# --- prescriptions: R-27, R-28 ----------------------------------------------------------------


@pytest.mark.parametrize("function", ["meso-nurse", "meso-so-trainee", "meso-secretary"])
def test_of_meso_only_the_so_prescribes(function: str) -> None:
    by_another = prescription(function=function)
    assert [fault.rule for fault in prescription_reference.prescriber_faults(by_another)] == [
        "R-27"
    ]
    written = prescription_reference.to_fhir(by_another, IDS)
    assert refused(lambda: prescription_reference.from_fhir(written, IDS)) == [
        ("MedicationRequest.requester", "R-27")
    ]


def test_the_so_prescribes() -> None:
    assert prescription_reference.prescriber_faults(prescription()) == []
    written = prescription_reference.to_fhir(prescription(), IDS)
    assert prescription_reference.from_fhir(written, IDS) == prescription()


def test_a_prescription_carries_the_number_of_the_his_that_holds_it() -> None:
    (written,) = prescription_reference.to_fhir(prescription(), IDS)
    written["reportedReference"] = {"identifier": {"system": URA, "value": "90000008"}}
    assert refused(lambda: prescription_reference.from_fhir([written], IDS)) == [
        ("MedicationRequest.identifier[0].assigner", None)
    ]


def change_of(action: str, patient: str = "p-1") -> MedicationChange:
    return MedicationChange(
        patient=patient, action=action, change="started", medication="Furosemide"
    )


def test_a_change_without_a_prescription_in_the_his_is_found() -> None:
    changes = [change_of("t-plaspil"), change_of("t-ijzer"), change_of("t-plaspil", "p-2")]
    assert unprescribed(changes, [prescription()]) == changes[1:]


def test_a_cancelled_prescription_carries_out_nothing() -> None:
    changes = [change_of("t-plaspil")]
    assert unprescribed(changes, [prescription(status="cancelled")]) == changes
    assert unprescribed(changes, [prescription(status="stopped")]) == []


def test_a_missing_prescription_is_a_warning_that_names_no_medicine() -> None:
    (issue,) = warnings([change_of("t-ijzer")])
    assert (issue.rule, issue.severity) == ("R-28", "warning")
    assert "Furosemide" not in f"{issue.text}{issue.expression}"


DISCREPANCY: dict[str, tuple[Callable[[Json], Any], str]] = {
    "nothing implicated": (lambda r: r.pop("implicated"), "DetectedIssue.implicated"),
    "a prescription without a solution": (
        lambda r: r.pop("mitigation"),
        "DetectedIssue.implicated",
    ),
    "two prescriptions": (
        lambda r: r["implicated"].append(r["implicated"][1]),
        "DetectedIssue.implicated",
    ),
    "not final": (lambda r: r.update(status="registered"), "DetectedIssue.status"),
}


@pytest.mark.parametrize(("change", "path"), DISCREPANCY.values(), ids=DISCREPANCY.keys())
def test_a_difference_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], Any], path: str
) -> None:
    (found,) = medication_discrepancy.to_fhir(discrepancy(), IDS)
    change(found)
    assert refused(lambda: medication_discrepancy.from_fhir([found], IDS)) == [(path, None)]


def test_a_prescription_belongs_to_a_difference_that_was_prescribed() -> None:
    solution = builders.discrepancy()["resolution"]
    assert refused(lambda: discrepancy(resolution={**solution, "how": "plan-corrected"}))
    corrected = {**solution, "how": "plan-corrected", "prescription": None, "by": HAVERKORT}
    assert discrepancy(resolution=corrected).resolution is not None

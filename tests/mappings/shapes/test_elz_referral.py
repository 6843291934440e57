"""A Nictiz ELZ referral says what our own says; what ELZ cannot say is asked for, never guessed."""

import copy
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.records.base import parse_record
from mappings.records.progress import Note
from mappings.records.referral import Referral
from mappings.records.referral_context import Supplied
from mappings.shapes import all as shapes
from mappings.shapes.kept import Foreign
from tests.mappings import builders
from tests.mappings.builders import IDS
from tests.mappings.shapes.examples import elz, one, resources_of, section

Json = dict[str, Any]
ELZ = shapes.SHAPES["elz-referral"]


def read(bundle: Json) -> Foreign[Referral]:
    return shapes.read(bundle, ELZ, IDS)


def refused(bundle: Json) -> list[tuple[str, str]]:
    """Code and path below the resource."""
    with pytest.raises(FhirError) as caught:
        read(bundle)
    return [(i.code, i.expression.partition(".resource.")[2]) for i in caught.value.issues]


def core(bundle: Json) -> list[Json]:
    sections: list[Json] = one(bundle, "Composition")["section"][0]["section"]
    return sections


def test_it_is_the_same_referral_as_our_own_record() -> None:
    ours = parse_record(Referral, builders.referral())
    assert read(elz()).record == ours.model_copy(
        update={
            "notes": (Note(text="Kan op dinsdag niet: dagbesteding."),),
            "supplied": (Supplied(what="Laboratoriumuitslagen"),),
        }
    )


def test_the_sections_may_stand_in_the_letter_itself() -> None:
    bundle = elz()
    letter = one(bundle, "Composition")
    letter["section"] = [*core(bundle), letter["section"][1]]
    assert read(bundle).record == read(elz()).record


@pytest.mark.parametrize("code", ["240471000146100", "370858005"])
def test_other_explanations_are_notes_too(code: str) -> None:
    bundle = elz()
    core(bundle).append(section("Toelichting", code, "Graag in overleg met de wijkverpleging."))
    assert read(bundle).record.notes[-1].text == "Graag in overleg met de wijkverpleging."


def test_a_section_that_nobody_knows_is_named_and_kept() -> None:
    bundle = elz()
    found = read(bundle)
    told = dict(found.kept.items())
    at = next(at for at in told if at.endswith("section[1]"))
    assert told[at] == one(bundle, "Composition")["section"][1]


def test_a_section_that_cannot_be_named_is_refused() -> None:
    bundle = elz()
    del one(bundle, "Composition")["section"][1]["title"]
    assert refused(bundle) == [("required", "section[1].title")]


def test_a_changed_record_is_written_with_what_was_kept() -> None:
    found = read(elz())
    changed = found.record.model_copy(update={"question": "Wat kan de dochter ontlasten?"})
    back = ELZ.write(Foreign(record=changed, kept=found.kept), IDS)
    letter = next(x for x in back if x["resourceType"] == "Composition")
    assert letter["section"][0]["section"][0]["extension"][0]["valueString"] == changed.question
    assert letter["section"][1] == one(elz(), "Composition")["section"][1]
    assert letter["confidentiality"] == "N"
    assert next(x for x in back if x["resourceType"] == "Task")["description"] == "Verwijzing"


def test_what_a_removed_problem_kept_does_not_vanish_with_it() -> None:
    bundle = elz()
    problem = next(x for x in resources_of(bundle) if x["resourceType"] == "Condition")
    problem["recordedDate"] = "2026-01-02"
    found = read(bundle)
    changed = found.record.model_copy(update={"problems": found.record.problems[1:]})
    with pytest.raises(FhirError) as caught:
        ELZ.write(Foreign(record=changed, kept=found.kept), IDS)
    assert [i.code for i in caught.value.issues] == ["conflict"]


def test_written_of_our_own_accord_it_has_its_codes_where_elz_has_them() -> None:
    record = parse_record(Referral, builders.referral())
    request, task, letter, *_ = ELZ.write(Foreign(record=record), IDS)
    assert request["status"] == "completed"
    assert request["category"][0]["coding"][0]["system"] == "urn:oid:2.16.840.1.113883.2.4.4.30.69"
    assert "reasonCode" not in request
    assert [x["code"] for x in task["code"]["coding"]] == ["3457005"]
    assert letter["type"]["coding"][0]["code"] == "57133-1"
    assert not any("profile" in x.get("meta", {}) for x in (request, task, letter))


@pytest.mark.parametrize("status", ["completed", "active"])
def test_a_referral_that_was_sent_may_be_completed_or_active(status: str) -> None:
    bundle = elz()
    one(bundle, "ServiceRequest")["status"] = status
    assert read(bundle).record.home_visit


@pytest.mark.parametrize("status", ["revoked", "draft", "entered-in-error"])
def test_a_referral_that_does_not_stand_is_refused(status: str) -> None:
    bundle = elz()
    one(bundle, "ServiceRequest")["status"] = status
    assert refused(bundle) == [("code-invalid", "status")]


@pytest.mark.parametrize(
    ("member", "code"),
    [("code", "required"), ("orderDetail", "required"), ("category", "required")],
)
def test_what_elz_has_no_element_for_is_asked(member: str, code: str) -> None:
    bundle = elz()
    request = one(bundle, "ServiceRequest")
    request[member] = request[member][:1] if isinstance(request[member], list) else None
    if request[member] is None:
        del request[member]
    assert refused(bundle) == [(code, member)]


def test_a_date_without_a_time_is_no_moment() -> None:
    bundle = elz()
    one(bundle, "ServiceRequest")["authoredOn"] = "2026-05-11"
    assert refused(bundle) == [("value", "authoredOn")]


def test_a_letter_by_somebody_else_is_refused() -> None:
    bundle = elz()
    by = {"identifier": {"system": builders.UZI, "value": "900000012"}}
    by["identifier"] |= {"assigner": {"identifier": {"system": builders.URA, "value": builders.GP}}}
    one(bundle, "Composition")["author"] = [by]
    assert refused(bundle) == [("business-rule", "author[0]")]


def test_a_problem_that_was_refuted_is_refused() -> None:
    bundle = elz()
    system = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    one(bundle, "Condition")["verificationStatus"] = {
        "coding": [{"system": system, "code": "refuted"}]
    }
    assert refused(bundle) == [("structure", "verificationStatus")]


def test_a_task_that_says_another_day_is_refused() -> None:
    bundle = elz()
    one(bundle, "Task")["authoredOn"] = "2026-05-12"
    assert refused(bundle) == [("business-rule", "authoredOn")]


# --- names ------------------------------------------------------------------------------------


def _plain(use: Json) -> Json:
    """The bundle with a name as a HIS has it: nobody says what the given names are."""
    bundle = copy.deepcopy(elz())
    one(bundle, "Patient")["name"] = [
        {**use, "family": "Wolderink", "given": ["Geesje", "Maria"]},
    ]
    return bundle


@pytest.mark.parametrize("use", [{}, {"use": "usual"}])
def test_a_name_without_kinds_of_given_names_is_usual(use: Json) -> None:
    found = read(_plain(use))
    assert found.record.patient.name_use == "usual"
    ours = ELZ.write(Foreign(record=found.record), IDS)
    names = next(x for x in ours if x["resourceType"] == "Patient")["name"]
    assert [name["use"] for name in names] == ["usual"]
    assert ELZ.write(found, IDS) == resources_of(_plain(use))


def test_and_is_refused_as_official() -> None:
    assert refused(_plain({"use": "official"})) == [("required", "name[0].given")]

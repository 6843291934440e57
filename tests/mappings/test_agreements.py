"""User agreement, authorisation of staff and treatment relation: whether they hold at a moment."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import FhirError
from mappings.agreements import agreement_terms, authorisation_terms, relation_evidence
from mappings.agreements import staff_authorisation as authorisation_mapping
from mappings.agreements import user_agreement as agreement_mapping
from mappings.agreements.relation_of import relation_of
from mappings.records.base import Period, parse_record
from mappings.records.parties import StaffKey
from mappings.records.referral import Referral
from mappings.records.relation_evidence import RelationEvidence
from mappings.records.staff_authorisation import StaffAuthorisation
from mappings.records.trajectory import Trajectory
from mappings.records.user_agreement import UserAgreement
from mappings.trajectory import trajectory as trajectory_mapping
from tests.mappings import builders, evidence_builders
from tests.mappings.builders import GP, HAVERKORT, IDS

Json = dict[str, Any]

HAVERKORT_KEY = StaffKey(ura=HAVERKORT["ura"], uzi=HAVERKORT["uzi"])
OTHER_KEY = StaffKey(**evidence_builders.OTHER_GP)


def at(text: str) -> int:
    found = parse_moment(text)
    assert found is not None
    return found.low


def agreement(**overrides: object) -> UserAgreement:
    return parse_record(UserAgreement, evidence_builders.user_agreement(**overrides))


def authorisation(**overrides: object) -> StaffAuthorisation:
    overrides = {"suspensions": [], **overrides}
    return parse_record(StaffAuthorisation, evidence_builders.staff_authorisation(**overrides))


def relation(**overrides: object) -> RelationEvidence:
    return parse_record(RelationEvidence, evidence_builders.relation(**overrides))


# --- user agreement: R-18, R-19 ---------------------------------------------------------------

IN_FORCE: dict[str, tuple[Json, str, bool]] = {
    "before it starts": ({}, "2025-12-31T23:59:59+01:00", False),
    "from its first moment": ({}, "2026-01-01T00:00:00+01:00", True),
    "renewed without a word": ({}, "2030-06-01T12:00:00+02:00", True),
    "last day of its term": ({"tacitRenewal": False}, "2026-12-31T23:59:59+01:00", True),
    "term over and not renewed": ({"tacitRenewal": False}, "2027-01-01T00:00:00+01:00", False),
    "last day of the notice": (
        {"notice": {"on": "2026-03-01", "by": "gp-partnership"}},
        "2026-04-01T23:59:59+02:00",
        True,
    ),
    "a month after notice": (
        {"notice": {"on": "2026-03-01", "by": "gp-partnership"}},
        "2026-04-02T00:00:00+02:00",
        False,
    ),
    "a short month after notice": (
        {"notice": {"on": "2026-01-31", "by": "meso-practice"}},
        "2026-03-01T00:00:00+01:00",
        False,
    ),
    "last day set beforehand": ({"expires": "2026-11-01"}, "2026-11-01T23:00:00+01:00", True),
    "day set beforehand is over": ({"expires": "2026-11-01"}, "2026-11-02T00:00:00+01:00", False),
}


@pytest.mark.parametrize(("change", "moment", "holds"), IN_FORCE.values(), ids=IN_FORCE.keys())
def test_an_agreement_holds_from_its_start_until_its_end(
    change: Json, moment: str, holds: bool
) -> None:
    assert agreement_terms.in_force(agreement(**change), at(moment)) is holds


def test_one_gp_who_ends_it_ends_it_for_the_own_patients_only() -> None:
    ended = agreement(ends=[{"on": "2026-05-01T09:00:00+02:00", "by": HAVERKORT}])
    before, after = at("2026-05-01T08:59:59+02:00"), at("2026-05-01T09:00:00+02:00")
    assert agreement_terms.in_force(ended, before, gp=HAVERKORT_KEY)
    assert not agreement_terms.in_force(ended, after, gp=HAVERKORT_KEY)
    assert agreement_terms.in_force(ended, after, gp=OTHER_KEY)
    assert agreement_terms.in_force(ended, after)


def test_an_end_by_a_party_ends_it_for_everybody_at_once() -> None:
    ended = agreement(ends=[{"on": "2026-05-01T09:00:00+02:00", "by": "meso-practice"}])
    assert not agreement_terms.in_force(ended, at("2026-05-01T09:00:00+02:00"), gp=OTHER_KEY)
    assert agreement_terms.in_force(ended, at("2026-05-01T08:00:00+02:00"), gp=OTHER_KEY)


EARLY: dict[str, tuple[Json, bool]] = {
    "no default": ({}, False),
    "repaired": (
        {
            "default": {
                "notifiedOn": "2026-03-01",
                "of": "meso-practice",
                "repairedOn": "2026-03-20",
            }
        },
        False,
    ),
    "within thirty days": (
        {"default": {"notifiedOn": "2026-04-02", "of": "meso-practice"}},
        False,
    ),
    "after thirty days": ({"default": {"notifiedOn": "2026-03-31", "of": "meso-practice"}}, True),
}


@pytest.mark.parametrize(("change", "allowed"), EARLY.values(), ids=EARLY.keys())
def test_an_end_at_once_wants_a_default_that_was_not_repaired(change: Json, allowed: bool) -> None:
    ends = [{"on": "2026-05-01T09:00:00+02:00", "by": HAVERKORT}]
    faults = agreement_terms.early_end_faults(agreement(ends=ends, **change))
    assert [fault.rule for fault in faults] == ([] if allowed else ["R-19"])


# --- staff authorisation, R-79 -------------------------------------------

MOMENT = "2026-06-01T12:00:00+02:00"


def allowed(record: StaffAuthorisation, moment: str = MOMENT, **overrides: Any) -> bool:
    asked = {"practice": GP, "operation": "consult", "works": None, **overrides}
    return authorisation_terms.in_force(record, at(moment), **asked)


def test_an_authorised_colleague_who_signed_both_papers_may_consult() -> None:
    assert allowed(authorisation())


CODE = evidence_builders.staff_authorisation()["codeOfConduct"]
CLOSED: dict[str, tuple[Json, Json]] = {
    "another practice": ({}, {"practice": "90000008"}),
    "another operation": ({}, {"operation": "aggregate"}),
    "no authorisation": ({"authorisations": []}, {}),
    "no secrecy statement": ({"secrecyStatement": None}, {}),
    "no code of conduct": ({"codeOfConduct": None}, {}),
    "employer did not sign": ({"codeOfConduct": {**CODE, "signedByEmployer": None}}, {}),
    "employee did not sign": ({"codeOfConduct": {**CODE, "signedByEmployee": None}}, {}),
    "left": ({}, {"works": Period(start=date(2025, 1, 1), end=date(2026, 5, 31))}),
    "not begun": ({}, {"works": Period(start=date(2026, 6, 2))}),
}


@pytest.mark.parametrize(("change", "asked"), CLOSED.values(), ids=CLOSED.keys())
def test_without_one_of_the_conditions_nothing_opens(change: Json, asked: Json) -> None:
    assert not allowed(authorisation(**change), **asked)


def test_work_that_ends_today_opens_until_the_end_of_the_day() -> None:
    works = Period(start=date(2025, 1, 1), end=date(2026, 6, 1))
    assert allowed(authorisation(), "2026-06-01T23:59:59+02:00", works=works)
    assert not allowed(authorisation(), "2026-06-02T00:00:00+02:00", works=works)


def test_a_suspension_closes_from_its_moment_until_its_end() -> None:
    suspended = parse_record(StaffAuthorisation, evidence_builders.staff_authorisation())
    assert allowed(suspended, "2026-07-01T08:59:59+02:00")
    assert not allowed(suspended, "2026-07-01T09:00:00+02:00")
    assert not allowed(suspended, "2026-07-08T08:59:59+02:00")
    assert allowed(suspended, "2026-07-08T09:00:00+02:00")


def rules(record: StaffAuthorisation) -> list[tuple[str | None, str]]:
    faults = authorisation_terms.signature_faults(record)
    return [(fault.rule, fault.severity) for fault in faults]


def test_authorising_before_everything_is_signed_is_refused() -> None:
    assert rules(authorisation(secrecyStatement=None)) == [("R-16", "error")]
    assert rules(authorisation(secrecyStatement="2026-01-02")) == [("R-16", "error")]
    assert rules(authorisation(secrecyStatement="2026-01-01")) == []


def test_a_code_of_conduct_with_one_signature_is_not_complete() -> None:
    half = authorisation(codeOfConduct={**CODE, "signedByEmployer": None}, authorisations=[])
    assert rules(half) == [("R-17", "warning")]
    assert rules(authorisation(authorisations=[])) == []


def test_practices_with_an_open_authorisation_are_told_who_left() -> None:
    record = authorisation()
    assert authorisation_terms.to_be_told(record, at("2026-06-01T00:00:00+02:00")) == (GP,)
    assert authorisation_terms.to_be_told(record, at("2027-01-01T00:00:00+01:00")) == ()


def test_secrecy_is_spoken_about_every_year() -> None:
    record = authorisation()
    assert not authorisation_terms.is_evaluation_due(record, date(2027, 11, 20))
    assert authorisation_terms.is_evaluation_due(record, date(2027, 11, 21))
    never = authorisation(evaluations=[], secrecyStatement=None)
    assert authorisation_terms.is_evaluation_due(never, date(2026, 1, 1))


# --- treatment relation, R-7 --------------------------------------------------------


def test_a_relation_holds_from_taking_up_until_closing() -> None:
    evidence = relation()
    moments = {
        "2026-05-15T09:59:59+02:00": False,
        "2026-05-15T10:00:00+02:00": True,
        "2026-11-20T15:59:59+01:00": True,
        "2026-11-20T16:00:00+01:00": False,
    }
    assert {m: relation_evidence.in_force(evidence, at(m)) for m in moments} == moments


def test_a_referral_that_was_not_taken_up_opens_nothing() -> None:
    waiting = relation(acceptance=None, end=None)
    assert not relation_evidence.in_force(waiting, at("2026-06-01T00:00:00+02:00"))


def test_evidence_is_derived_from_what_happened() -> None:
    referral = parse_record(Referral, builders.referral())
    trajectory = parse_record(Trajectory, builders.trajectory())
    id_ = trajectory_mapping.trajectory_id(trajectory, IDS)
    found = relation_of(
        referral,
        referral_id="sr-1",
        patient_id="p-1",
        trajectory=trajectory,
        trajectory_id=id_,
    )
    acceptance = {**evidence_builders.relation()["acceptance"], "trajectory": id_}
    assert found == relation(acceptance=acceptance, end=None)
    waiting = relation_of(referral, referral_id="sr-1", patient_id="p-1")
    assert waiting == relation(acceptance=None, end=None)


# --- reading what does not fit ----------------------------------------------------------------


def contract(mapping: Any, record: Any) -> Json:
    return mapping.to_fhir(record, IDS)[0]


def _extension(resource: Json, name: str) -> Json:
    return next(e for e in resource["extension"] if e["url"].endswith(f"/ext-{name}"))


REFUSED: dict[str, tuple[Any, Any, Callable[[Json], Any], str]] = {
    "agreement without terms": (
        agreement_mapping,
        agreement(),
        lambda r: r["extension"].pop(0),
        "Contract.extension",
    ),
    "agreement that is said to be over": (
        agreement_mapping,
        agreement(),
        lambda r: r.update(status="terminated"),
        "Contract.status",
    ),
    "notice by a stranger": (
        agreement_mapping,
        agreement(notice={"on": "2026-03-01", "by": "meso-practice"}),
        lambda r: _extension(r, "agreement-notice")["extension"][1].update(
            valueReference={
                "identifier": {"system": builders.URA, "value": "90000099"},
            }
        ),
        "Contract.extension[1].extension[1].valueReference",
    ),
    "authorisation by an organisation": (
        authorisation_mapping,
        authorisation(),
        lambda r: r["term"][0]["offer"]["party"][0]["reference"][0].update(
            reference=IDS.organisation(GP), identifier={"system": builders.URA, "value": GP}
        ),
        "Contract.term[0].offer.party[0].reference[0].reference",
    ),
    "relation without a referral": (
        relation_evidence,
        relation(),
        lambda r: r.pop("supportingInfo"),
        "Contract.supportingInfo",
    ),
    "relation that ended without a reason": (
        relation_evidence,
        relation(),
        lambda r: r.pop("expirationType"),
        "Contract.expirationType",
    ),
    "relation that is said to run": (
        relation_evidence,
        relation(),
        lambda r: r.update(status="executed"),
        "Contract.status",
    ),
}


@pytest.mark.parametrize(
    ("mapping", "record", "change", "path"), REFUSED.values(), ids=REFUSED.keys()
)
def test_a_contract_that_does_not_fit_is_refused_with_its_path(
    mapping: Any, record: Any, change: Callable[[Json], Any], path: str
) -> None:
    resource = contract(mapping, record)
    assert mapping.from_fhir([resource], IDS) == record
    change(resource)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([resource], IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


IMPOSSIBLE: dict[str, Callable[[], object]] = {
    "both parties are one": lambda: agreement(mesoPractice=GP),
    "ended before it began": lambda: agreement(expires="2025-01-01"),
    "ended twice": lambda: agreement(
        ends=[
            {"on": "2026-05-01T09:00:00+02:00", "by": "gp-partnership"},
            {"on": "2026-06-01T09:00:00+02:00", "by": "meso-practice"},
        ]
    ),
    "repaired before it was told": lambda: agreement(
        default={"notifiedOn": "2026-03-02", "of": "meso-practice", "repairedOn": "2026-03-01"}
    ),
    "closed before it was taken up": lambda: relation(acceptance=None),
    "taken up by another practice": lambda: relation(practice=GP),
    "closed at the moment of taking up": lambda: relation(
        end={"on": "2026-05-15T10:00:00+02:00", "reason": "END-1"}
    ),
    "the same operation twice": lambda: authorisation(
        authorisations=[
            {"by": HAVERKORT, "period": {"start": "2026-01-01"}, "operations": ["copy"] * 2}
        ]
    ),
}


@pytest.mark.parametrize("make", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_contradicts_itself_is_no_record(make: Callable[[], object]) -> None:
    with pytest.raises(FhirError) as caught:
        make()
    assert {issue.code for issue in caught.value.issues} <= {"business-rule", "value"}

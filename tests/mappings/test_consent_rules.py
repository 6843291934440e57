"""Evidence of a consent per type, and that only who may give it gave it (R-54)."""

from typing import Any

import pytest

from mappings.consent.consent_rules import check
from mappings.records.base import parse_record
from mappings.records.capacity import Capacity
from mappings.records.consent import ConsentRecord
from mappings.records.related_person import RelatedPerson
from tests.mappings import builders, consent_builders, person_builders
from tests.mappings.builders import GP, MESO, NURSING, ROELVINK, WELFARE

Json = dict[str, Any]
BY_DAUGHTER = {"givenBy": {"relatedPerson": "rp-1"}}


def person(basis: str = "child", **overrides: object) -> RelatedPerson:
    representation = {"basis": basis, "period": {"start": "2026-01-15"}}
    fields = {"representations": [representation], **overrides}
    return parse_record(RelatedPerson, person_builders.daughter(**fields))


def judgement(**overrides: object) -> Capacity:
    return parse_record(Capacity, person_builders.capacity(**overrides))


def found(
    consent: Json,
    *capacity: Capacity,
    people: dict[str, RelatedPerson] | None = None,
    severity: str = "error",
) -> list[tuple[str, str | None]]:
    record = parse_record(ConsentRecord, consent)
    known = {"rp-1": person()} if people is None else people
    issues = check(record, known, capacity)
    at = "ConsentRecord."
    return [(i.expression.removeprefix(at), i.rule) for i in issues if i.severity == severity]


# --- who gave it ------------------------------------------------------------------------------


def test_the_patient_gives_it_herself() -> None:
    assert found(builders.consent()) == []


def test_a_patient_who_cannot_decide_in_this_matter_gives_no_consent() -> None:
    assert found(builders.consent(), judgement()) == [("givenBy", "R-54")]


@pytest.mark.parametrize(
    "judged",
    [
        {"matter": "finances"},
        {"patient": "p-2"},
        {"capable": True},
        {"assessedOn": "2026-06-03"},
    ],
    ids=["another matter", "another patient", "capable", "afterwards"],
)
def test_a_judgement_that_says_something_else_changes_nothing(judged: Json) -> None:
    assert found(builders.consent(), judgement(**judged)) == []


def test_of_two_judgements_the_last_one_counts() -> None:
    better = judgement(capable=True, assessedOn="2026-06-01")
    assert found(builders.consent(), judgement(), better) == []
    assert found(builders.consent(), better, judgement(assessedOn="2026-06-02")) == [
        ("givenBy", "R-54")
    ]


def test_a_no_is_heard_from_a_patient_who_cannot_decide() -> None:
    no = builders.consent(kind="refused", status="rejected")
    assert found(no, judgement()) == []


def test_a_child_consents_for_a_mother_who_cannot_decide() -> None:
    assert found(builders.consent(**BY_DAUGHTER), judgement()) == []


def test_a_child_does_not_consent_for_a_mother_who_can() -> None:
    assert found(builders.consent(**BY_DAUGHTER)) == [("givenBy", "R-54")]
    assert found(builders.consent(**BY_DAUGHTER), judgement(capable=True)) == [("givenBy", "R-54")]


@pytest.mark.parametrize("basis", ["mentorship", "guardianship", "custody"])
def test_who_was_appointed_needs_no_further_judgement(basis: str) -> None:
    assert found(builders.consent(**BY_DAUGHTER), people={"rp-1": person(basis)}) == []


@pytest.mark.parametrize("basis", ["written-proxy", "agency", "partner", "parent", "sibling"])
def test_any_other_representative_waits_for_the_judgement(basis: str) -> None:
    people = {"rp-1": person(basis)}
    assert found(builders.consent(**BY_DAUGHTER), people=people) == [("givenBy", "R-54")]
    assert found(builders.consent(**BY_DAUGHTER), judgement(), people=people) == []


@pytest.mark.parametrize(
    "people",
    [
        {},
        {"rp-2": person("mentorship")},
        {"rp-1": person("mentorship", patient="p-2")},
        {"rp-1": person("mentorship", active=False)},
        {"rp-1": person("mentorship", representations=[])},
        {"rp-1": person("administration")},
        {
            "rp-1": person(
                representations=[{"basis": "mentorship", "period": {"start": "2026-06-03"}}]
            )
        },
        {
            "rp-1": person(
                representations=[
                    {"basis": "mentorship", "period": {"start": "2026-01-01", "end": "2026-06-01"}}
                ]
            )
        },
    ],
    ids=[
        "nobody recorded",
        "somebody else",
        "of another patient",
        "no longer close",
        "close, no representative",
        "over money only",
        "not yet",
        "no more",
    ],
)
def test_who_is_no_representative_on_that_day_gives_no_consent(
    people: dict[str, RelatedPerson],
) -> None:
    assert found(builders.consent(**BY_DAUGHTER), judgement(), people=people) == [
        ("givenBy", "R-54")
    ]


def test_on_the_last_day_she_still_represents() -> None:
    lasts = [{"basis": "mentorship", "period": {"start": "2026-01-01", "end": "2026-06-02"}}]
    people = {"rp-1": person(representations=lasts)}
    assert found(builders.consent(**BY_DAUGHTER), people=people) == []


def test_that_somebody_else_comes_first_is_a_warning() -> None:
    people = {"rp-1": person("child"), "rp-2": person("partner")}
    given = builders.consent(**BY_DAUGHTER)
    assert found(given, judgement(), people=people) == []
    assert ("givenBy", "R-54") in found(given, judgement(), people=people, severity="warning")


def test_that_somebody_comes_after_is_none() -> None:
    people = {"rp-1": person("partner"), "rp-2": person("child")}
    given = builders.consent(**BY_DAUGHTER)
    assert found(given, judgement(), people=people, severity="warning") == []


# --- evidence per type ------------------------------------------------------------------------


def access(**overrides: object) -> Json:
    running = {"type": "CON-1", "actions": [], "status": "active", "withdrawal": None}
    return consent_builders.record_actions(**{**running, **overrides})


def third(**overrides: object) -> Json:
    return consent_builders.third_party(**{"givenBy": "patient", **overrides})


BLOCKED: dict[str, tuple[Json, list[tuple[str, str]]]] = {
    "CON-1 given to somebody else": (access(givenTo=[MESO]), [("givenTo", "R-8")]),
    "CON-2 given to MESO too": (access(type="CON-2", givenTo=[GP, MESO]), [("givenTo", "R-8")]),
    "CON-5 given to the GP alone": (builders.consent(givenTo=[GP]), [("givenTo", "R-8")]),
    "CON-3 about a naaste": (
        builders.consent(type="CON-3", party={"relatedPerson": "rp-1"}),
        [("party", "R-52")],
    ),
    "CON-4 about an organisation": (builders.consent(type="CON-4"), [("party", "R-53")]),
    "CON-6 without the GP": (third(gpPermission=None), [("gpPermission", "R-45")]),
    "CON-6 given to one": (
        third(givenTo=[MESO]),
        [
            ("givenTo", "R-45"),
            ("gpPermission.givenBy", "R-45"),
        ],
    ),
    "CON-6 with a permission of somebody else": (
        third(
            gpPermission={
                "document": "DocumentReference/d-7",
                "givenBy": {"ura": NURSING, "uzi": "900000031"},
                "on": "2026-06-01",
            }
        ),
        [("gpPermission.givenBy", "R-45")],
    ),
    "CON-6 with a permission afterwards": (
        third(
            gpPermission={
                "document": "DocumentReference/d-7",
                "givenBy": builders.HAVERKORT,
                "on": "2026-06-03",
            }
        ),
        [("gpPermission.on", "R-45")],
    ),
    "presumed access to the record": (
        access(kind="presumed", status="proposed", givenBy=None, form=None, document=None),
        [("kind", "R-46")],
    ),
    "presumed outside care": (
        builders.consent(
            kind="presumed",
            status="proposed",
            givenBy=None,
            form=None,
            party={"kind": "welfare"},
        ),
        [("kind", "RI-6")],
    ),
}


@pytest.mark.parametrize(("consent", "issues"), BLOCKED.values(), ids=BLOCKED.keys())
def test_what_its_type_does_not_have_blocks(consent: Json, issues: list[tuple[str, str]]) -> None:
    assert found(consent) == issues


ALLOWED: dict[str, Json] = {
    "CON-1": access(),
    "CON-2": access(type="CON-2", actions=["consult"]),
    "CON-3": builders.consent(type="CON-3"),
    "CON-4": builders.consent(type="CON-4", party={"relatedPerson": "rp-1"}),
    "CON-5": builders.consent(),
    "CON-6": third(),
    "CON-6, permitted on the day itself": third(
        gpPermission={
            "document": "DocumentReference/d-7",
            "givenBy": builders.HAVERKORT,
            "on": "2026-06-02",
        }
    ),
    "presumed within care": builders.consent(
        kind="presumed", status="proposed", givenBy=None, form=None, party={"ura": WELFARE}
    ),
    "not asked": consent_builders.not_asked(),
}


@pytest.mark.parametrize("consent", ALLOWED.values(), ids=ALLOWED.keys())
def test_its_allowed_neighbour_passes(consent: Json) -> None:
    assert found(consent) == []


WARNED: dict[str, tuple[Json, tuple[str, str]]] = {
    "no explanation yet": (access(explanationGiven=None), ("explanationGiven", "R-10")),
    "no alignment": (builders.consent(alignment=None), ("alignment", "R-47")),
    "a permission that nobody asks": (
        builders.consent(gpPermission=third()["gpPermission"]),
        ("gpPermission", "R-45"),
    ),
    "withdrawn before it was given": (
        builders.consent(status="inactive", withdrawal={"on": "2026-06-01"}),
        ("withdrawal.on", "RI-3"),
    ),
    "withdrawn by nobody known": (
        builders.consent(
            status="inactive",
            withdrawal={"on": "2026-07-01", "by": {"relatedPerson": "rp-9"}},
        ),
        ("withdrawal.by", "R-54"),
    ),
}


@pytest.mark.parametrize(("consent", "warning"), WARNED.values(), ids=WARNED.keys())
def test_what_people_have_to_look_at_is_a_warning_and_blocks_nothing(
    consent: Json, warning: tuple[str, str]
) -> None:
    assert found(consent) == []
    assert found(consent, severity="warning") == [warning]


def test_a_consent_with_all_evidence_brings_no_warning() -> None:
    assert found(access(), severity="warning") == []
    assert found(third(), severity="warning") == []
    gone = builders.consent(
        status="inactive",
        withdrawal={"on": "2026-07-01", "by": {"relatedPerson": "rp-1"}},
        recordedBy=ROELVINK,
    )
    assert found(gone, severity="warning") == []

"""Reduced views: nothing that is not on the keep-list comes through, and nothing shows that it did not."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.access.policy import load_policy
from adapter.access.views import PARTIAL_NOTE, keeps, reduce
from adapter.fhir.json import decode_own, encode
from tests.oracle.bodies import add_dossier
from tests.oracle.rows import BSN, CANARY, GP, HTEST, LOCAL, MESO, TEAM_ROLE, World

STEADY = settings(deadline=None)  # the machine may be busy
DOSSIER = add_dossier(World(), 1)
BODIES = {resource["id"]: resource["body"] for resource in DOSSIER.values()}
SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
}
EVERYTHING = frozenset(
    [
        *(f"{body['resourceType']}/{body['id']}" for body in BODIES.values()),
        f"Organization/o{GP}",
        f"Organization/o{MESO}",
        *(f"Organization/o{ura}" for ura in ("90000301", "90000401")),
    ]
)
REDUCED = sorted({(s.view, s.type) for s in load_policy().scopes if s.view != "full"})
EXAMPLES = {
    ("part", "Patient"): "p1",
    ("part", "CarePlan"): "c1",
    ("part", "Goal"): "g1",
    ("part", "Condition"): "pc1",
    ("part", "Task"): "a1",
    ("part", "ServiceRequest"): "nd1",
    ("part", "RiskAssessment"): "s1",
    ("part", "Consent"): "w1",
    ("person-without-bsn", "Patient"): "p1",
    ("contacts", "CareTeam"): "t1",
    ("invitation", "Appointment"): "m1",
    ("planning", "Appointment"): "m1",
}
EVERY_VIEW = pytest.mark.parametrize(("view", "type_"), REDUCED)


def shown(view: str, body: dict[str, Any], visible: frozenset[str] = EVERYTHING) -> dict[str, Any]:
    return decode_own(reduce(encode(body), view, visible))


def example(view: str, type_: str) -> dict[str, Any]:
    return BODIES[EXAMPLES[view, type_]]


# --- every view -------------------------------------------------------------------------------


def test_every_view_that_the_policy_can_give_has_an_example_here():
    assert set(REDUCED) == set(EXAMPLES)


@EVERY_VIEW
def test_every_view_of_the_policy_has_a_keep_list(view, type_):
    body = shown(view, example(view, type_))
    assert (body["resourceType"], body["id"]) == (type_, EXAMPLES[view, type_])


def test_type_that_a_view_does_not_know_is_not_shown():
    with pytest.raises(KeyError):
        reduce(encode(BODIES["c1"]), "contacts", EVERYTHING)
    with pytest.raises(KeyError):
        reduce(encode(BODIES["c1"]), "unheard-of", EVERYTHING)


@EVERY_VIEW
def test_nothing_hidden_is_left_anywhere(view, type_):
    for visible in (EVERYTHING, frozenset()):
        text = reduce(encode(example(view, type_)), view, visible).decode()
        assert CANARY not in text


@EVERY_VIEW
def test_narrative_extensions_and_notes_are_dropped(view, type_):
    body = shown(view, example(view, type_))
    assert not body.keys() & {
        "text",
        "extension",
        "modifierExtension",
        "contained",
        "implicitRules",
    }
    assert body.get("note", [{"text": PARTIAL_NOTE}]) == [{"text": PARTIAL_NOTE}]


@EVERY_VIEW
def test_view_says_that_it_is_one_and_carries_neither_version_nor_time(view, type_):
    meta = shown(view, example(view, type_))["meta"]
    assert meta["tag"] == [SUBSETTED]
    assert meta["security"] == [HTEST]
    assert meta.keys() - {"profile"} == {"security", "tag"}


@EVERY_VIEW
def test_view_claims_no_profile_that_asks_for_more_than_it_shows(view, type_):
    claimed = shown(view, example(view, type_))["meta"].get("profile", [])
    assert all(profile.endswith("-part") for profile in claimed)


@EVERY_VIEW
def test_mark_does_not_depend_on_what_was_left_out(view, type_):
    bare = {"resourceType": type_, "id": "x"}
    assert shown(view, bare)["meta"]["tag"] == [SUBSETTED]


@EVERY_VIEW
def test_reducing_again_changes_nothing(view, type_):
    once = reduce(encode(example(view, type_)), view, EVERYTHING)
    assert reduce(once, view, EVERYTHING) == once


@EVERY_VIEW
def test_whatever_stands_in_hidden_elements_the_bytes_are_the_same(view, type_):
    body = example(view, type_)
    told = {
        **body,
        "text": {"status": "generated", "div": "<div>anders</div>"},
        "extension": [],
        "language": "nl",
        "contained": [{"resourceType": "Patient", "id": "x"}],
        "meta": {**body["meta"], "versionId": "7", "lastUpdated": "2030-01-01T00:00:00Z"},
    }
    for visible in (EVERYTHING, frozenset()):
        assert reduce(encode(told), view, visible) == reduce(encode(body), view, visible)


# --- elements that nobody has thought of ------------------------------------------------------

_NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12).map(lambda n: f"x{n}")
_VALUES = st.recursive(
    st.just(CANARY),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=2)
        | st.dictionaries(_NAMES, inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)
_EXTRAS = st.dictionaries(
    _NAMES | _NAMES.map(lambda name: f"_{name}") | st.just("extension"), _VALUES, min_size=1
)


def _sprinkle(node: Any, extras: list[dict[str, Any]], chance: Any) -> Any:
    """The tree with extra members at some of its objects."""
    if isinstance(node, list):
        return [_sprinkle(item, extras, chance) for item in node]
    if not isinstance(node, dict):
        return node
    grown = {name: _sprinkle(value, extras, chance) for name, value in node.items()}
    if chance.random() < 0.6:
        added = dict(chance.choice(extras))
        if "extension" in added:
            added["extension"] = [{"url": "https://x.example/e", "valueString": CANARY}]
        grown = {**added, **grown}
    return grown


@pytest.mark.parametrize(("view", "type_"), REDUCED)
@given(extras=st.lists(_EXTRAS, min_size=1, max_size=4), chance=st.randoms(use_true_random=False))
@settings(STEADY, max_examples=25)
def test_element_that_is_on_no_list_never_survives(view, type_, extras, chance):
    body = _sprinkle(example(view, type_), extras, chance)
    text = reduce(encode(body), view, EVERYTHING).decode()
    assert CANARY not in text


# --- references -------------------------------------------------------------------------------


def test_reference_to_an_unseen_target_goes_with_its_display_and_without_a_gap():
    body = shown("part", BODIES["c1"], EVERYTHING - {"Goal/h1", "Task/b1"})
    assert [goal["reference"] for goal in body["goal"]] == ["Goal/g1"]
    assert "zingen" not in json.dumps(body)
    assert [row["reference"]["reference"] for row in body["activity"]] == [
        "Task/a1",
        "ServiceRequest/nd1",
    ]


def test_list_of_which_nothing_is_seen_is_not_there_at_all():
    body = shown("part", BODIES["c1"], frozenset({"Patient/p1"}))
    assert not body.keys() & {"goal", "addresses", "activity", "careTeam"}
    assert body["subject"]["reference"] == "Patient/p1"


def test_row_of_an_unseen_target_says_nothing_about_it_either():
    """ATK-R20: progress is not left behind by the action that it is of."""
    plan = {
        **BODIES["c1"],
        "activity": [
            {"reference": {"reference": "Task/unseen"}, "progress": [{"text": CANARY}]},
            {"reference": {"reference": "Task/a1"}, "progress": [{"text": CANARY}]},
        ],
    }
    assert shown("part", plan)["activity"] == [{"reference": {"reference": "Task/a1"}}]


@pytest.mark.parametrize(
    "literal",
    [
        "#contained",
        "urn:uuid:1",
        "https://elsewhere.example/Goal/g1",
        "Goal/g1/_history/2",
        "Goal/",
    ],
)
def test_reference_that_is_not_exactly_a_seen_target_goes(literal):
    goal = {"reference": literal, "display": CANARY}
    body = shown("part", {**BODIES["c1"], "goal": [goal]})
    assert "goal" not in body


def test_number_of_a_person_beside_a_reference_goes_and_one_of_an_organisation_stays():
    ura = {"system": "http://fhir.nl/fhir/NamingSystem/ura", "value": MESO}
    for number in (
        {"system": BSN, "value": "999900006"},
        {"system": "urn:oid:2.16.840.1.113883.2.4.6.3", "value": "999900006"},
        {"value": "999900006"},
    ):
        task = {
            **BODIES["a1"],
            "for": {"reference": "Patient/p1", "identifier": number},
            "owner": {"reference": f"Organization/o{MESO}", "identifier": ura},
        }
        body = shown("part", task)
        assert body["for"] == {"reference": "Patient/p1"}
        assert body["owner"]["identifier"] == ura


# --- each view --------------------------------------------------------------------------------


def test_part_of_the_plan_has_its_own_profile_and_the_fixed_line():
    body = shown("part", BODIES["c1"])
    assert body["meta"]["profile"] == [
        "https://mesozorg.example/fhir/StructureDefinition/meso-care-plan-part"
    ]
    assert body["note"] == [{"text": PARTIAL_NOTE}]
    assert not body.keys() & {"title", "description", "supportingInfo"}


def test_nurse_sees_the_number_and_the_name_with_their_parts():
    name = {
        "family": "van der Verzonnen",
        "_family": {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/humanname-own-prefix",
                    "valueString": "van der",
                },
                {"url": "https://x.example/e", "valueString": CANARY},
            ]
        },
        "given": ["Jo", "An"],
        "_given": [None, {"id": CANARY, "extension": [{"url": "x", "valueString": CANARY}]}],
    }
    body = shown("part", {**BODIES["p1"], "name": [name]})
    assert {number["system"] for number in body["identifier"]} == {LOCAL, BSN}
    assert body["name"] == [
        {
            "family": "van der Verzonnen",
            "_family": {"extension": [name["_family"]["extension"][0]]},
            "given": ["Jo", "An"],
        }
    ]


def test_companions_of_repeated_primitives_keep_their_places():
    part = {
        "url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier",
        "valueCode": "BR",
    }
    name = {
        "given": ["A", "B", "C"],
        "_given": [{"extension": [{"url": "x"}]}, None, {"extension": [part]}],
    }
    body = shown("part", {**BODIES["p1"], "name": [name]})
    assert body["name"][0]["_given"] == [None, None, {"extension": [part]}]


@pytest.mark.parametrize(
    "number",
    [
        {"system": BSN, "value": "999900006"},
        {"system": "urn:oid:2.16.840.1.113883.2.4.6.3", "value": "999900006"},
        {"value": "999900006"},
    ],
    ids=["national", "old spelling", "no system"],
)
def test_social_domain_gets_no_bsn_however_it_is_written(number):
    own = {"system": LOCAL, "value": "local-1"}
    body = shown("person-without-bsn", {**BODIES["p1"], "identifier": [number, own]})
    assert body["identifier"] == [own]
    assert "999900006" not in json.dumps(body)


def test_social_domain_does_not_read_about_death_or_language():
    body = {**BODIES["p1"], "deceasedBoolean": True, "communication": [{"preferred": True}]}
    assert not shown("person-without-bsn", body).keys() & {"deceasedBoolean", "communication"}
    assert shown("part", body)["deceasedBoolean"] is True


def test_contacts_are_those_whom_one_may_call_and_nobody_else():
    def member(role: str, reference: str) -> dict[str, Any]:
        return {
            "role": [{"coding": [{"system": TEAM_ROLE, "code": role}]}],
            "member": {"reference": reference},
        }

    ours = f"Organization/o{MESO}"
    team = {
        **BODIES["t1"],
        "participant": [
            *(member(r, ours) for r in ("regiehouder", "coordinator", "aanspreekpunt")),
            member("hoofdbehandelaar", f"Organization/o{GP}"),
            member("naaste", ours),
            member("patient", "Patient/p1"),
            member("regiehouder", "PractitionerRole/unseen"),
            {"role": [{"coding": [{"system": "https://x", "code": "regiehouder"}]}]},
        ],
    }
    found = shown("contacts", team)["participant"]
    assert [row["role"][0]["coding"][0]["code"] for row in found] == [
        *("regiehouder", "coordinator", "aanspreekpunt", "hoofdbehandelaar")
    ]


def test_invitation_names_the_patient_and_no_other_guest():
    body = shown("invitation", BODIES["m1"])
    assert body["participant"] == [
        {"actor": {"reference": "Patient/p1", "type": "Patient"}, "status": "accepted"}
    ]
    assert not body.keys() & {"supportingInformation", "comment", "description"}


def test_invitation_on_that_consent_alone_does_not_name_the_patient_and_stays_valid():
    body = shown("invitation", BODIES["m1"], frozenset())
    assert body["participant"] == [
        {"actor": {"type": "Patient", "display": "Patiënt"}, "status": "accepted"}
    ]


def test_planning_shows_who_comes_as_far_as_they_are_seen():
    guest = {
        "actor": {"reference": f"Organization/o{GP}"},
        "status": "accepted",
        "required": "optional",
    }
    meeting = {**BODIES["m1"], "participant": [*BODIES["m1"]["participant"], guest]}
    found = shown("planning", meeting)["participant"]
    assert [row["actor"]["reference"] for row in found] == ["Patient/p1", f"Organization/o{GP}"]


def test_words_of_a_treatment_wish_are_part_of_it():
    """Without them "do not, unless …" would read as "do not"; a modifier is never left out."""
    zib = "http://nictiz.nl/fhir/StructureDefinition"
    comment = {"url": f"{zib}/ext-Comment", "valueString": "alleen thuis"}
    other = {
        "url": f"{zib}/ext-TreatmentDirective2.SpecificationOther",
        "valueString": "eerst bellen",
    }
    extra = {"url": "https://x.example/e", "valueString": CANARY}
    wish = {**BODIES["w1"], "extension": [comment, extra], "modifierExtension": [other, extra]}
    body = shown("part", wish)
    assert (body["extension"], body["modifierExtension"]) == ([comment], [other])


# --- what can be searched ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "type_", "path", "kept"),
    [
        ("full", "CarePlan", "title", True),
        ("part", "CarePlan", "title", False),
        ("part", "CarePlan", "status", True),
        ("part", "CarePlan", "identifier", True),
        ("part", "CarePlan", "meta.lastUpdated", False),
        ("part", "CarePlan", "activity.reference", True),
        ("part", "CarePlan", "activity.progress", False),
        ("part", "Goal", "target.dueDate", True),
        ("part", "Task", "focus", False),
        ("part", "Patient", "name.family", True),
        ("contacts", "CareTeam", "name", False),
    ],
)
def test_element_is_searched_only_where_it_is_shown(view, type_, path, kept):
    assert keeps(view, type_, path) is kept

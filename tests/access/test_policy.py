"""The role matrix: complete, unambiguous and closed; and equal to the one written from the documents."""

from copy import deepcopy
from importlib.resources import files

import pytest

from adapter.access.caller import Caller
from adapter.access.placing import category_of
from adapter.access.policy import GP_ROLES, MESO_ROLES, Policy, load_policy, parse_policy
from adapter.fhir.json import decode_own
from mappings.search_values import SEARCH_PARAMETERS
from tests.oracle.matrix import ROLES

POLICY = load_policy()
DOCUMENT = decode_own(files("adapter.access").joinpath("policy.json").read_bytes())
CATEGORIES = {
    *("person", "referral", "consent", "plan", "acp", "mdo", "contacts"),
    *("his", "ouderenmodule", "directory", "log", "letter", "naaste"),
}
RELATIONS = {"source", "weighing", "consult", "care", "own-record", "partner", "-"}
RECORD_PARTS = {"his", "ouderenmodule"}
INTERACTIONS = {"read", "search", "update", "transaction"}


def caller(role: str, purpose: str = "TREAT", scope: str = "system/*.crus") -> Caller:
    return Caller(
        client="c", ura="90000201", staff="s", person="9", role=role, purpose=purpose, scope=scope
    )


def changed(role: str, number: int, **values: object) -> Policy:
    document = deepcopy(DOCUMENT)
    document["roles"][role]["scopes"][number].update(values)
    return parse_policy(document)


def number_of(role: str, category: str, relation: str) -> int:
    return next(
        n
        for n, scope in enumerate(DOCUMENT["roles"][role]["scopes"])
        if (scope["category"], scope["relation"]) == (category, relation)
    )


# --- equal to the documents -------------------------------------------------------------------


def test_roles_are_those_of_the_documents():
    assert set(POLICY.roles) == set(ROLES)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_ways_in_are_those_of_the_documents(role):
    found = {
        (
            scope.category,
            scope.type,
            scope.relation,
            tuple(c for c in (scope.consent, scope.also_consent) if c),
            scope.needs_alignment,
            scope.needs_audience,
            scope.view,
        )
        for scope in POLICY.scopes_of_role(role)
    }
    wanted = {
        (category, type_, w.relation, w.consents, w.aligned, w.addressed, w.view)
        for (category, type_), ways in ROLES[role].ways.items()
        for w in ways
    }
    assert found == wanted


@pytest.mark.parametrize("role", sorted(ROLES))
def test_role_may_read_and_search_exactly_the_types_of_its_ways(role):
    found = POLICY.roles[role]
    readable = {t for t, asked in found.interactions.items() if "read" in asked}
    searched = {t for t, asked in found.interactions.items() if "search" in asked}
    assert readable == searched == ROLES[role].asks
    assert found.purposes == ROLES[role].purposes


# --- closed -----------------------------------------------------------------------------------


def test_every_word_of_the_policy_is_known():
    for scope in POLICY.scopes:
        assert scope.category in CATEGORIES
        assert scope.relation in RELATIONS
        assert scope.consent in {None, "CON-1", "CON-3", "CON-5"}
        assert scope.also_consent in {None, "CON-2"}
    for role in POLICY.roles.values():
        assert role.purposes <= {"TREAT", "HOPERAT"}
        assert {word for asked in role.interactions.values() for word in asked} <= INTERACTIONS


def test_every_category_of_a_stored_resource_is_one_that_the_policy_knows():
    table = decode_own(files("adapter.access").joinpath("placements.json").read_bytes())
    assert {row["category"] for row in table.values()} <= CATEGORIES
    assert {row["custodian"] for row in table.values()} == {"gp", "meso", "author"}


def test_profile_without_a_place_cannot_be_stored():
    with pytest.raises(KeyError):
        category_of({"meta": {"profile": ["https://mesozorg.example/fhir/StructureDefinition/x"]}})


def test_every_scope_can_be_asked_for():
    for scope in POLICY.scopes:
        role = POLICY.roles[scope.role]
        if scope.type in RECORD_PARTS:
            assert scope.category in RECORD_PARTS
        else:
            assert "read" in role.interactions[scope.type]


def test_every_searchable_type_has_search_parameters():
    for role in POLICY.roles.values():
        asked = {t for t, found in role.interactions.items() if "search" in found}
        assert asked - {"AuditEvent"} <= SEARCH_PARAMETERS.keys()


def test_platform_sees_and_asks_nothing():
    platform = POLICY.roles["platform"]
    assert not platform.interactions
    assert not platform.records
    assert not POLICY.scopes_of_role("platform")


def test_partners_see_nothing_without_consent_and_nothing_of_the_gp_record():
    for scope in POLICY.scopes:
        if scope.role in GP_ROLES | MESO_ROLES | {"log-reviewer"} or scope.relation == "-":
            continue
        assert scope.consent is not None
        assert scope.category not in {*RECORD_PARTS, "referral", "consent", "log"}
        assert scope.consent == "CON-3" or scope.needs_alignment
        assert scope.needs_audience or scope.category in {"person", "contacts"}
        assert scope.view != "full"


def test_gp_record_opens_in_a_running_trajectory_on_both_consents_only():
    found = [s for s in POLICY.scopes if s.category in RECORD_PARTS and s.role in MESO_ROLES]
    assert found
    for scope in found:
        assert (scope.relation, scope.consent, scope.also_consent) == ("care", "CON-1", "CON-2")
    assert not [s for s in found if s.role == "meso-secretary"]
    assert not [s for s in found if s.role == "meso-nurse" and s.category == "his"]


# --- unambiguous ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "category", "relation", "values"),
    [
        ("meso-so", "plan", "care", {"view": "part"}),
        ("meso-so", "plan", "care", {"consent": "CON-5"}),
        ("meso-so", "plan", "care", {"needs_alignment": True}),
        ("meso-so", "plan", "care", {"needs_audience": True}),
        ("meso-so", "plan", "care", {"types": ["CarePlan"]}),
        ("community-nurse", "contacts", "partner", {"needs_audience": True}),
        ("community-nurse", "contacts", "partner", {"relation": "care"}),
    ],
    ids=str,
)
def test_category_with_ways_that_depend_on_each_other_is_refused(role, category, relation, values):
    with pytest.raises(ValueError, match=f"{role}.*{category}"):
        changed(role, number_of(role, category, relation), **values)


def test_whole_category_may_change_alike():
    number = number_of("community-nurse", "mdo", "partner")
    assert changed("community-nurse", number, view="planning")


# --- gate 1 -----------------------------------------------------------------------------------


def test_role_purpose_and_type_that_are_not_listed_are_not_allowed():
    assert POLICY.allows(caller("gp"), "CarePlan", "read")
    assert not POLICY.allows(caller("gp", "HPAYMT"), "CarePlan", "read")
    assert not POLICY.allows(caller("gp"), "Provenance", "read")
    assert not POLICY.allows(caller("gp"), "CarePlan", "update")
    assert not POLICY.allows(caller("caretaker"), "CarePlan", "read")
    assert not POLICY.allows(caller("log-reviewer", "HOPERAT"), "Patient", "read")
    assert not POLICY.allows(caller("log-reviewer"), "AuditEvent", "read")


def test_only_a_gp_refers_and_only_named_roles_write():
    refers = {r for r in POLICY.roles if POLICY.allows(caller(r), "Bundle", "transaction")}
    assert refers == {"gp"}
    updates = {r for r in POLICY.roles if POLICY.allows(caller(r), "Task", "update")}
    assert updates == {"gp", "meso-so", "meso-nurse", "community-nurse", "social-worker"}
    for role in POLICY.roles.values():
        for type_, asked in role.interactions.items():
            assert asked <= {"read", "search"} or type_ in {"Task", "Bundle"}


def test_records_are_for_the_roles_that_keep_them():
    by_kind = {
        kind: {r for r in POLICY.roles if POLICY.allows_record(caller(r), kind)}
        for kind in (
            *("referral", "plan", "mdo", "consent", "closing", "gp-record", "anything"),
            *("assessment", "advance-care-planning", "related-person", "capacity", "worklist"),
        )
    }
    assert by_kind == {
        "referral": {"gp"},
        "plan": {"meso-so", "meso-nurse"},
        "mdo": {"meso-so", "meso-nurse"},
        "consent": {"gp", "meso-so", "meso-nurse"},
        "closing": {"meso-so"},
        "gp-record": {"meso-so", "meso-so-trainee", "meso-nurse"},
        "anything": set(),
        "assessment": {"meso-so", "meso-nurse"},
        "advance-care-planning": {"meso-so", "meso-nurse"},
        "related-person": {"gp", "meso-so", "meso-nurse"},
        "capacity": {"gp", "meso-so"},
        "worklist": {"gp", *MESO_ROLES},
    }


def test_what_is_said_of_naasten_and_of_capacity_is_for_gp_and_team_only():
    found = {s.role for s in POLICY.scopes if s.category == "naaste"}
    assert found == {"gp", "meso-so", "meso-so-trainee", "meso-nurse"}
    table = decode_own(files("adapter.access").joinpath("placements.json").read_bytes())
    of_naasten = {name for name, row in table.items() if row["category"] == "naaste"}
    assert of_naasten == {
        *("meso-related-person", "meso-capacity"),
        *("meso-carer-need", "meso-naaste-need"),
    }


def test_ceiling_of_the_token_narrows_and_never_widens():
    narrow = caller("gp", scope="system/CarePlan.r")
    assert POLICY.allows(narrow, "CarePlan", "read")
    assert not POLICY.allows(narrow, "CarePlan", "search")
    assert not POLICY.allows(narrow, "Goal", "read")
    assert not POLICY.allows(narrow._replace(scope="system/*.cruds"), "Provenance", "read")

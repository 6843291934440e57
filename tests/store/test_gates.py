"""Each gate blocks by itself: the smallest permit of every class of role, with one fact changed."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders.dossier import Doors, sqlite_doors
from tests.oracle import rows
from tests.oracle.rows import GP, MESO, NOW, NURSES, OTHER_MESO, OTHER_NURSES, World
from tests.oracle.scenarios import Scenario, scenarios

SCENARIOS = scenarios()
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
PLAN_PART = BY_NAME["community-nurse sees plan that is addressed to her"]
GP_RECORD = BY_NAME["meso-so consults his"]
CARE = BY_NAME["meso-so sees plan in care"]


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    opened = sqlite_doors(Path(tmp_path_factory.mktemp("gates")))
    yield opened
    opened.close()


def status(doors: Doors, scenario: Scenario, world: World | None = None, now: int = NOW) -> int:
    doors.fill(scenario.world if world is None else world)
    if scenario.is_gp_record:
        return doors.consult(scenario.token, scenario.id, scenario.type, now=now).answer.status
    return doors.read(scenario.token, scenario.type, scenario.id, now=now).answer.status


def changed(scenario: Scenario, table: str, **values: object) -> World:
    """The scenario's world with this in every row of `table`."""
    world = deepcopy(scenario.world)
    assert world.rows(table)
    for row in world.rows(table):
        row.update(values)
    return world


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_smallest_permit_is_shown(doors, scenario):
    assert status(doors, scenario) == 200


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_any_missing_fact_denies(doors, scenario):
    for table, number in scenario.facts:
        found = status(doors, scenario, scenario.world.without(table, number))
        assert found == (401 if table in {"token", "staff"} else 404), table


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_every_interval_counts_from_its_start_until_just_before_its_end(doors, scenario):
    for table, number in scenario.facts:
        if "valid_to" not in scenario.world.rows(table)[number]:
            continue
        edges = (
            ({"valid_from": NOW}, True),
            ({"valid_from": NOW + 1}, False),
            ({"valid_to": NOW + 1}, True),
            ({"valid_to": NOW}, False),
        )
        for values, permits in edges:
            found = status(doors, scenario, scenario.world.with_(table, number, **values))
            assert (found == 200) == permits, (table, values)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_token_ends_at_its_end_and_with_revocation(doors, scenario):
    edges = {NOW + 1: 200, NOW: 401}
    for expires_at, wanted in edges.items():
        world = scenario.world.with_("token", 0, expires_at=expires_at)
        assert status(doors, scenario, world) == wanted
    assert status(doors, scenario, scenario.world.with_("token", 0, revoked_at=NOW)) == 401


@pytest.mark.parametrize(
    "values",
    [
        {"secrecy_signed_at": None},
        {"conduct_signed_at": None},
        {"suspended_at": 1},
        {"role": "log-reviewer"},
        {"ura": "90000999"},
        {"person": "900099999"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_token_is_worth_nothing_when_its_holder_may_not_act(doors, values):
    for scenario in (PLAN_PART, GP_RECORD, CARE):
        assert status(doors, scenario, scenario.world.with_("staff", 0, **values)) == 401


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_deny_beats_every_permit(doors, scenario):
    role = scenario.world.rows("staff")[0]["role"]
    ura = scenario.world.rows("staff")[0]["ura"]
    for party in (ura, f"{ura}|{role}", "somebody", "*"):
        for con_type, trajectory in (("CON-5", None), ("CON-5", "e-before"), ("CON-1", None)):
            world = deepcopy(scenario.world)
            rows.add_rule(world, con_type, "k1", party, effect="deny", trajectory=trajectory)
            assert status(doors, scenario, world) == 404, (party, con_type, trajectory)


@pytest.mark.parametrize(
    ("party", "patient", "category", "valid_to"),
    [
        ("90000999", "k1", None, rows.FOREVER),
        ("90000999|meso-so", "k1", None, rows.FOREVER),
        ("*", "k2", None, rows.FOREVER),
        ("*", "k1", "letter", rows.FOREVER),
        ("*", "k1", None, NOW),
    ],
)
def test_deny_of_other_party_patient_category_or_time_changes_nothing(
    doors, party, patient, category, valid_to
):
    for scenario in (PLAN_PART, GP_RECORD, CARE):
        world = deepcopy(scenario.world)
        values = {"effect": "deny", "category": category, "valid_to": valid_to}
        rows.add_rule(world, "CON-5", patient, party, **values)
        assert status(doors, scenario, world) == 200


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if not s.is_gp_record], ids=str)
def test_what_was_entered_in_error_is_not_shown(doors, scenario):
    assert status(doors, scenario, changed(scenario, "resource", hidden=True)) == 404


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_after_death_only_the_own_practice_reads(doors, scenario):
    is_own = scenario.world.rows("staff")[0]["ura"] == GP
    found = status(doors, scenario, changed(scenario, "patient", deceased_at=NOW + 5))
    assert (found == 200) == is_own


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_relation_of_another_kind_organisation_or_patient_opens_nothing(doors, scenario):
    for values in ({"kind": "waarneming"}, {"org": "90000999"}, {"patient": "k2"}):
        assert status(doors, scenario, changed(scenario, "relation", **values)) == 404, values


def test_permit_of_other_type_party_patient_category_or_trajectory_opens_nothing(doors):
    for scenario in (PLAN_PART, GP_RECORD):
        for values in (
            {"con_type": "CON-6"},
            {"con_type": "CON-3"},
            {"party": OTHER_NURSES},
            {"party": f"{NURSES}|social-worker"},
            {"patient": "k2"},
            {"category": "letter"},
            {"trajectory": "e-before"},
            {"effect": "refused"},
        ):
            assert status(doors, scenario, changed(scenario, "consent_rule", **values)) == 404, (
                values
            )


def test_permit_without_trajectory_or_for_everybody_opens(doors):
    for values in ({"trajectory": None}, {"party": "*"}, {"category": "plan"}):
        assert status(doors, PLAN_PART, changed(PLAN_PART, "consent_rule", **values)) == 200


def test_consent_of_an_earlier_trajectory_does_not_open_the_next_ones_plan(doors):
    """RI-19: a partner that goes on after closing keeps the old part and gets nothing new."""
    world = changed(PLAN_PART, "resource", trajectory="e-next")
    assert status(doors, PLAN_PART, world) == 404
    assert status(doors, PLAN_PART, changed(PLAN_PART, "resource", trajectory=None)) == 200


def test_gp_record_stays_shut_for_a_trajectory_that_the_consent_was_not_given_for(doors):
    world = changed(GP_RECORD, "relation", trajectory="e-next")
    assert status(doors, GP_RECORD, world) == 404
    rows.add_rule(world, "CON-1", "k1", MESO, trajectory="e-next")
    rows.add_rule(world, "CON-2", "k1", MESO, trajectory="e-next")
    assert status(doors, GP_RECORD, world) == 200


@pytest.mark.parametrize("kind", ["weighing", "consult", "own-record"])
def test_gp_record_needs_a_trajectory_that_runs(doors, kind):
    assert status(doors, GP_RECORD, changed(GP_RECORD, "relation", kind=kind)) == 404


def test_gp_record_needs_the_user_agreement_and_no_other(doors):
    assert status(doors, GP_RECORD, changed(GP_RECORD, "agreement", kind="partner")) == 404
    assert status(doors, GP_RECORD, changed(GP_RECORD, "agreement", a=MESO, b=GP)) == 200


def test_authorisation_of_another_practice_or_person_does_not_open_the_gp_record(doors):
    for values in ({"practice": "90000102"}, {"staff": "somebody-else"}):
        assert status(doors, GP_RECORD, changed(GP_RECORD, "staff_authorisation", **values)) == 404


def test_nurse_of_the_team_never_reads_the_gp_record_itself(doors):
    nurse = BY_NAME["meso-nurse consults ouderenmodule"]
    assert status(doors, nurse) == 200
    assert status(doors, replace(nurse, type="his")) == 404


def test_own_record_is_not_what_another_meso_practice_wrote(doors):
    """After closing a practice reads its own record (decision 3), also where it works together
    with the practice that came after it.
    """
    own = BY_NAME["meso-nurse sees problem in own-record"]
    world = changed(own, "resource", custodian=OTHER_MESO)
    rows.add_agreement(world, MESO, OTHER_MESO, "his-user")
    assert status(doors, own, world) == 404
    world = changed(own, "resource", custodian=GP)
    rows.add_agreement(world, MESO, GP, "his-user")
    assert status(doors, own, world) == 200


def test_data_of_another_custodian_needs_an_agreement_in_force(doors):
    world = changed(CARE, "resource", custodian=OTHER_MESO)
    assert status(doors, CARE, world) == 404


def test_working_together_does_not_open_another_meso_practices_plan(doors):
    world = changed(CARE, "resource", custodian=OTHER_MESO)
    rows.add_agreement(world, MESO, OTHER_MESO, "partner")
    assert status(doors, CARE, world) == 404


def test_audience_of_another_party_or_part_shows_nothing(doors):
    for values in ({"party": OTHER_NURSES}, {"rid": 999}):
        assert status(doors, PLAN_PART, changed(PLAN_PART, "audience", **values)) == 404


def test_alignment_with_another_practice_party_or_patient_does_not_count(doors):
    for values in ({"practice": "90000102"}, {"party": OTHER_NURSES}, {"patient": "k2"}):
        assert status(doors, PLAN_PART, changed(PLAN_PART, "alignment", **values)) == 404
    assert status(doors, PLAN_PART, changed(PLAN_PART, "alignment", patient="*")) == 200


def test_purpose_that_the_role_does_not_have_is_refused_for_everybody(doors):
    for scenario in SCENARIOS:
        assert status(doors, scenario, scenario.world.with_("token", 0, purpose="HMARKT")) == 403


def test_ceiling_of_the_token_is_never_passed(doors):
    for scope in ("system/Goal.rs", "system/CarePlan.s", "system/*.u"):
        world = PLAN_PART.world.with_("token", 0, scope=scope)
        assert status(doors, PLAN_PART, world) == 403
    world = PLAN_PART.world.with_("token", 0, scope="system/CarePlan.r")
    assert status(doors, PLAN_PART, world) == 200


def test_role_of_another_job_does_not_open_what_this_job_sees(doors):
    """RI-12: same person and organisation, another role."""
    for role in ("meso-secretary", "log-reviewer", "platform"):
        world = CARE.world.with_("token", 0, role=role).with_("staff", 0, role=role)
        assert status(doors, CARE, world) in {403, 404}

"""Reading: the order of checks, opaque refusals, what the log says, and what may be kept."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import decode_own
from adapter.workflows.disclose import ReadRequest
from tests.builders.dossier import REQUEST, Doors, sqlite_doors
from tests.oracle import rows
from tests.oracle.rows import GP, NOW, NURSES
from tests.oracle.scenarios import scenarios

BY_NAME = {scenario.name: scenario for scenario in scenarios()}
PART = BY_NAME["community-nurse sees plan that is addressed to her"]
OWN_TASK = BY_NAME["community-nurse sees action that is addressed to her"]
CARE = BY_NAME["meso-so sees plan in care"]
ISSUE = Issue(code="invalid", text="Iets.", rule="X-1")


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    opened = sqlite_doors(Path(tmp_path_factory.mktemp("disclose")))
    yield opened
    opened.close()


@pytest.fixture
def part(doors: Doors) -> Doors:
    doors.fill(PART.world)
    return doors


def asked(doors: Doors, fault: int | None = None, **changes: object):
    request = ReadRequest(
        token=PART.token,
        request_id=REQUEST,
        type="CarePlan",
        id="c1",
        fault=None if fault is None else FhirError(fault, ISSUE),
    )
    with doors.snapshot() as snapshot:
        return doors.disclose.read(snapshot, request._replace(**changes))


# --- order of checks (technical decision 10) --------------------------------------------------


def test_what_is_wrong_with_the_request_itself_goes_before_the_token_for_406_only(part):
    assert asked(part, fault=406, token=None).answer.status == 406
    assert asked(part, fault=400, token=None).answer.status == 401


def test_role_that_may_never_ask_this_hears_403_before_anything_about_the_request(part):
    assert asked(part, fault=400, type="Observation").answer.status == 403
    assert asked(part, fault=400).answer.status == 400


def test_fault_is_answered_alike_for_seen_hidden_and_absent(part):
    found = {id_: asked(part, fault=400, id=id_).answer for id_ in ("c1", "c2", "nothing")}
    assert len({(answer.status, answer.body) for answer in found.values()}) == 1


@pytest.mark.parametrize("token", [None, b"", b"x" * 32])
def test_without_a_valid_token_everything_is_the_same_401(part, token):
    found = [
        asked(part, token=token, type=t, id=i).answer for t, i in (("CarePlan", "c1"), ("X", "y"))
    ]
    assert found[0] == found[1]
    assert found[0].status == 401


def test_refusals_say_nothing_but_the_request_id(part):
    hidden = asked(part, type="Goal", id="g1")
    body = decode_own(hidden.answer.body)
    assert body["issue"] == [
        {
            "severity": "error",
            "code": "not-found",
            "details": {"text": "Niet gevonden."},
            "diagnostics": f"request-id: {REQUEST}",
        }
    ]


def test_refusal_carries_no_validator_and_no_time(part):
    for answer in (asked(part, id="nothing").answer, asked(part, type="Goal", id="g1").answer):
        names = {name for name, _ in part.sent(answer)[1]}
        assert not names & {b"etag", b"last-modified"}


def test_every_answer_forbids_to_be_kept(part):
    for answer in (asked(part).answer, asked(part, id="x").answer, asked(part, token=None).answer):
        headers = dict(part.sent(answer)[1])
        assert headers[b"cache-control"] == b"no-store"
        assert headers[b"vary"] == b"Authorization"


# --- validators -------------------------------------------------------------------------------


def test_full_view_is_the_stored_bytes_with_their_version(doors):
    doors.fill(CARE.world)
    found = doors.read(CARE.token, "CarePlan", "c1").answer
    assert found.etag == 'W/"1"'
    stored = next(row for row in CARE.world.rows("resource") if row["id"] == "c1")
    assert decode_own(found.body) == stored["body"]
    assert found.updated == stored["updated"]


def test_validator_of_a_part_is_of_what_is_shown(part):
    first = asked(part).answer
    world = deepcopy(PART.world)
    plan = next(row for row in world.rows("resource") if row["id"] == "c1")
    plan.update(version=2, updated=NOW, body={**plan["body"], "title": "Iets nieuws"})
    part.fill(world)
    assert asked(part).answer == first
    plan.update(version=3, body={**plan["body"], "status": "completed"})
    part.fill(world)
    assert asked(part).answer.etag != first.etag


def test_task_that_the_caller_owns_is_whole(doors):
    doors.fill(OWN_TASK.world)
    found = doors.read(OWN_TASK.token, "Task", "a1").answer
    assert decode_own(found.body)["meta"]["versionId"] == "1"
    assert found.etag == 'W/"1"'


# --- what is kept between requests ------------------------------------------------------------


def test_kept_view_is_not_shown_once_the_permit_is_gone(part):
    assert asked(part).answer.status == 200
    kept = part.disclose
    part.fill(PART.world.with_("consent_rule", 0, valid_to=NOW))
    part.disclose = kept
    assert asked(part).answer.status == 404


def test_kept_view_is_not_that_of_an_older_version(part):
    assert asked(part).answer.status == 200
    kept = part.disclose
    world = deepcopy(PART.world)
    plan = next(row for row in world.rows("resource") if row["id"] == "c1")
    plan.update(version=2, body={**plan["body"], "status": "revoked"})
    part.fill(world)
    part.disclose = kept
    assert decode_own(asked(part).answer.body)["status"] == "revoked"


def test_kept_view_is_not_that_of_somebody_who_sees_more(part):
    """Two partners with the same plan, one of whom also gets a goal of it."""
    world = deepcopy(PART.world)
    goal = next(row for row in world.rows("resource") if row["id"] == "g1")
    rows.add_audience(world, goal, NURSES)
    part.fill(world)
    assert "Goal/g1" in asked(part).answer.body.decode()
    kept = part.disclose
    world.tables["audience"].pop()
    part.fill(world)
    part.disclose = kept
    assert "Goal/g1" not in asked(part).answer.body.decode()


def test_many_kept_views_are_bounded(part, monkeypatch):
    monkeypatch.setattr("adapter.workflows.disclose._KEPT_BYTES", 3000)
    world = deepcopy(PART.world)
    plan = next(row for row in world.rows("resource") if row["id"] == "c1")
    part.fill(world)
    kept = part.disclose
    for version in range(2, 12):
        plan["version"] = version
        part.fill(world)
        part.disclose = kept
        assert asked(part).answer.status == 200
        assert len(kept._views) <= 3


# --- the log ----------------------------------------------------------------------------------


def test_permit_is_logged_with_what_it_relied_on(part):
    (line,) = asked(part).entries
    assert (line.outcome, line.status, line.gates, line.rule) == (0, 200, "TTTF", None)
    assert (line.staff, line.ura, line.role, line.purpose) == (
        *("somebody", NURSES, "community-nurse", "TREAT"),
    )
    assert (line.type, line.resource_id, line.version) == ("CarePlan", "c1", 1)
    assert (line.patient, line.relation, line.consent) == ("k1", "1", "consent-1")
    assert line.policy is not None


@pytest.mark.parametrize(
    ("table", "gates", "rule"),
    [
        ("relation", "TFTF", "R-1"),
        ("consent_rule", "TTFF", "RI-5"),
        ("alignment", "TTFF", "RI-5"),
        ("audience", "FTTF", "R-50"),
        ("agreement", "FTTF", "R-18"),
    ],
)
def test_refusal_is_logged_with_the_gate_that_failed_and_the_others_as_they_are(
    doors, table, gates, rule
):
    doors.fill(PART.world.without(table, 0))
    (line,) = asked(doors).entries
    assert (line.outcome, line.status, line.gates, line.rule) == (8, 404, gates, rule)
    assert (line.patient, line.resource_id) == ("k1", "c1")


def test_deny_is_logged_as_a_refusal_of_the_patient(doors):
    world = deepcopy(PART.world)
    rows.add_rule(world, "CON-5", "k1", "*", effect="deny")
    doors.fill(world)
    (line,) = asked(doors).entries
    assert (line.gates, line.rule) == ("TTFF", "R-6")


def test_hidden_and_absent_write_the_same_kind_of_line(part):
    """Indistinguishable by work too: one statement each, one line each (technical decision 24)."""
    traced: list[list[str]] = []
    for type_, id_ in (("Goal", "g1"), ("Goal", "nothing")):
        with part.snapshot() as snapshot:
            statements: list[str] = []
            snapshot.connection.set_trace_callback(statements.append)
            request = ReadRequest(token=PART.token, request_id=REQUEST, type=type_, id=id_)
            found = part.disclose.read(snapshot, request)
            snapshot.connection.set_trace_callback(None)
            traced.append([text.split("'g1'")[0].split("'nothing'")[0] for text in statements])
            assert [line.outcome for line in found.entries] == [8]
    assert traced[0] == traced[1]
    assert len(traced[0]) == 2


def test_somebody_who_may_not_act_any_more_is_named_in_the_log_and_hears_401(doors):
    doors.fill(PART.world.with_("staff", 0, suspended_at=NOW - 1))
    found = asked(doors)
    assert found.answer == asked(doors, token=None).answer
    (line,) = found.entries
    assert (line.staff, line.status, line.gates, line.rule) == ("somebody", 401, "FFFF", "R-14")


def test_refusal_for_the_role_is_logged_without_a_patient(part):
    (line,) = asked(part, type="Observation", id="v1").entries
    assert (line.outcome, line.status, line.rule, line.patient) == (8, 403, "R-12", None)


def test_practice_of_the_patient_keeps_reading_after_death(doors):
    gp = BY_NAME["gp of her own practice sees plan"]
    world = deepcopy(gp.world)
    world.rows("patient")[0]["deceased_at"] = NOW - 1
    doors.fill(world)
    (line,) = doors.read(gp.token, "CarePlan", "c1").entries
    assert (line.status, line.ura) == (200, GP)

"""A trajectory in time: who is in charge, which phase, which step of care, how it stood."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.records.base import parse_record
from mappings.records.closing import Closing
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import Trajectory
from mappings.referral.opening import enter_phase, open_trajectory
from mappings.trajectory import closing, trajectory
from tests.mappings import builders
from tests.mappings.builders import GP, HAVERKORT, IDS, MESO, ROELVINK

Json = dict[str, Any]
STARTED = "2026-05-15T10:00:00+02:00"
LATER = "2026-07-01T10:00:00+02:00"
ENDED = "2026-11-20T16:00:00+01:00"
AT = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)
OTHER_GP = {"ura": "90000011", "uzi": "900000111"}


def record(**overrides: object) -> Trajectory:
    return parse_record(Trajectory, builders.trajectory(**overrides))


def in_charge(*periods: tuple[object, str, str | None]) -> list[Json]:
    """The other members, and these in charge."""
    others = [m for m in builders.trajectory()["members"] if m["role"] != "hoofdbehandelaar"]
    return [
        *others,
        *(
            {"who": who, "role": "hoofdbehandelaar", "start": start, "end": end}
            for who, start, end in periods
        ),
    ]


def closed(**overrides: object) -> Trajectory:
    running = record()
    id_ = trajectory.trajectory_id(running, IDS)
    return closing.close(running, parse_record(Closing, builders.closing(id_, **overrides)), IDS)


# --- who is in charge of the treatment --------------------------------------------------

NOT_IN_CHARGE: dict[str, list[Json]] = {
    "the SO": in_charge((ROELVINK, STARTED, None)),
    "the MESO practice": in_charge(({"ura": MESO}, STARTED, None)),
    "the SO in the name of an employer": in_charge(
        ({"ura": "90000099", "uzi": ROELVINK["uzi"]}, STARTED, None)
    ),
    "the patient": in_charge(("patient", STARTED, None)),
    "a naaste": in_charge(({"relatedPerson": "rp-1"}, STARTED, None)),
    "the SO beside the GP": in_charge((HAVERKORT, STARTED, None), (ROELVINK, LATER, None)),
    "nobody": in_charge(),
    "nobody at first": in_charge((HAVERKORT, LATER, None)),
    "nobody for a while": in_charge(
        (HAVERKORT, STARTED, LATER), (OTHER_GP, "2026-08-01T10:00:00+02:00", None)
    ),
    "nobody any more": in_charge((HAVERKORT, STARTED, LATER)),
}


@pytest.mark.parametrize("members", NOT_IN_CHARGE.values(), ids=NOT_IN_CHARGE)
def test_nobody_but_the_gp_is_in_charge_of_the_treatment(members: list[Json]) -> None:
    with pytest.raises(FhirError):
        record(members=members)


@pytest.mark.parametrize(
    "members",
    [
        in_charge((HAVERKORT, STARTED, None)),
        in_charge(({"ura": GP}, STARTED, None)),
        in_charge((HAVERKORT, STARTED, LATER), (OTHER_GP, LATER, None)),
    ],
    ids=["a GP", "a GP practice", "a GP after another"],
)
def test_the_gp_is_in_charge_all_the_time(members: list[Json]) -> None:
    assert trajectory.from_fhir(trajectory.to_fhir(record(members=members), IDS), IDS)


def test_an_so_in_charge_is_refused_in_fhir_with_the_rule() -> None:
    episode, team = trajectory.to_fhir(record(), IDS)
    gp, so = team["participant"][0], team["participant"][1]
    gp["member"] = so["member"]
    with pytest.raises(FhirError) as caught:
        trajectory.from_fhir([episode, team], IDS)
    assert [(i.expression, i.rule) for i in caught.value.issues] == [
        ("CareTeam.participant", "R-82")
    ]


def test_after_closing_the_gp_may_hold_both_the_charge_and_the_lead() -> None:
    found = closed(successor=HAVERKORT)
    assert found.regie_holder == StaffKey(**HAVERKORT)
    assert trajectory.from_fhir(trajectory.to_fhir(found, IDS), IDS) == found


# --- phases -----------------------------------------------------------------------------------


def phase(name: str, start: str, end: str | None = None) -> Json:
    return {"phase": name, "start": start, "end": end}


@pytest.mark.parametrize(
    "phases",
    [
        [],
        [phase("diagnostic", "2026-05-14T10:00:00+02:00")],
        [phase("diagnostic", STARTED), phase("treatment", LATER)],
        [phase("diagnostic", STARTED, ENDED), phase("treatment", LATER)],
        [phase("diagnostic", LATER, LATER)],
    ],
    ids=["none", "before the beginning", "two at once", "overlapping", "no time at all"],
)
def test_phases_that_contradict_each_other_are_refused(phases: list[Json]) -> None:
    with pytest.raises(FhirError):
        record(phases=phases)


def test_what_waits_to_begin_has_no_phase_yet() -> None:
    assert record(status="waitlist", statusHistory=[], phases=[]).phases == ()


def test_a_phase_may_come_back_and_may_follow_after_a_pause() -> None:
    found = record(
        phases=[
            phase("treatment", STARTED, LATER),
            phase("diagnostic", "2026-08-01T10:00:00+02:00"),
        ]
    )
    assert [p.phase for p in found.phases] == ["treatment", "diagnostic"]


def opened() -> Trajectory:
    return open_trajectory(
        referral="sr-1",
        patient="p-1",
        gp=Party(**HAVERKORT),
        so=StaffKey(**ROELVINK),
        accepted_on=AT,
        why="Drie domeinen",
    )


def test_a_trajectory_begins_with_the_diagnostic_phase_and_why_it_began() -> None:
    assert [p.phase for p in opened().phases] == ["diagnostic"]
    assert [(s.step, s.reason) for s in opened().steps] == [("SC-4", "Drie domeinen")]


def test_entering_a_phase_ends_the_one_before() -> None:
    later = AT + timedelta(days=20)
    found = enter_phase(opened(), "treatment", later)
    assert [(p.phase, p.start, p.end) for p in found.phases] == [
        ("diagnostic", AT, later),
        ("treatment", later, None),
    ]
    assert enter_phase(found, "treatment", later + timedelta(days=1)) == found


def test_a_phase_does_not_begin_before_the_one_it_follows_or_after_the_end() -> None:
    with pytest.raises(FhirError):
        enter_phase(opened(), "treatment", AT)
    with pytest.raises(FhirError):
        enter_phase(closed(), "closing", AT + timedelta(days=400))


# --- steps of care, and how it stood ----------------------------------------------------------


def step(code: str, start: str, end: str | None = None, **more: object) -> Json:
    return {
        "step": code,
        "period": {"start": start, **({"end": end} if end else {})},
        "decidedBy": HAVERKORT,
        **more,
    }


@pytest.mark.parametrize(
    "steps",
    [
        [step("SC-2", "2026-01-01")],
        [step("SC-2", "2026-01-01"), step("SC-4", "2026-05-15", previous="SC-2")],
        [step("SC-2", "2026-01-01", "2026-06-01"), step("SC-4", "2026-05-15", previous="SC-2")],
        [step("SC-2", "2026-01-01", "2026-05-01"), step("SC-4", "2026-05-15", previous="SC-1")],
        [step("SC-2", "2026-01-01", "2026-05-01"), step("SC-4", "2026-05-15")],
    ],
    ids=["another one runs", "two at once", "overlapping", "another before", "nothing before"],
)
def test_steps_of_care_that_contradict_each_other_are_refused(steps: list[Json]) -> None:
    with pytest.raises(FhirError):
        record(steps=steps)


def test_a_step_down_is_a_step_with_a_reason_too() -> None:
    found = record(
        steppedCare="SC-3a",
        steps=[
            step("SC-4", "2026-01-01", "2026-05-01"),
            step("SC-3a", "2026-05-15", previous="SC-4", reason="Rust is weergekeerd"),
        ],
    )
    assert found.steps[1].reason == "Rust is weergekeerd"


def earlier(status: str, start: str, end: str) -> Json:
    return {"status": status, "start": start, "end": end}


@pytest.mark.parametrize(
    "overrides",
    [
        {"status": "finished"},
        {"statusHistory": [earlier("planned", LATER, STARTED)]},
        {"statusHistory": [earlier("planned", "2026-05-01T10:00:00+02:00", LATER)]},
        {"statusHistory": [earlier("planned", STARTED, LATER), earlier("onhold", STARTED, LATER)]},
    ],
    ids=["finished without an end", "turned around", "before the beginning", "overlapping"],
)
def test_statuses_that_contradict_each_other_are_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        record(**overrides)


def test_closing_ends_phase_step_and_status_at_that_moment() -> None:
    found = closed()
    assert found.end is not None
    assert found.status == "finished"
    assert [s.status for s in found.status_history] == ["planned", "active"]
    ends = (found.phases[-1].end, found.steps[-1].period.end, found.status_history[-1].end)
    assert set(ends) == {found.end.on}


def test_nothing_is_closed_before_its_last_phase_began() -> None:
    running = record()
    id_ = trajectory.trajectory_id(running, IDS)
    early = parse_record(Closing, builders.closing(id_, on="2026-06-01T10:00:00+02:00"))
    with pytest.raises(FhirError) as caught:
        closing.close(running, early, IDS)
    assert [i.expression for i in caught.value.issues] == ["Closing.on"]


# --- closing: successor and checklist ---------------------------------------------------------


@pytest.mark.parametrize("successor", ["patient", {"relatedPerson": "rp-1"}, {"ura": GP}])
def test_whoever_takes_over_and_is_no_professional_stands_in_the_team_alone(
    successor: object,
) -> None:
    found = closed(successor=successor)
    assert found.regie_holder == StaffKey(**ROELVINK)
    leaders = [m for m in found.members if m.role == "regiehouder" and m.end is None]
    assert [(m.start, m.end) for m in leaders] == [(found.end and found.end.on, None)]


def test_a_point_of_the_checklist_is_answered_once() -> None:
    twice = [{"point": "C1", "met": True}, {"point": "C1", "met": False}]
    with pytest.raises(FhirError):
        parse_record(Closing, builders.closing("e-1", checklist=twice))
    with pytest.raises(FhirError):
        record(end={"on": ENDED, "reason": "END-1", "decidedBy": ROELVINK, "checklist": twice})


WARNED: dict[str, tuple[Json, list[tuple[str, str | None]]]] = {
    "a plan that is done, points open": (
        {"checklist": [{"point": "C1", "met": True}]},
        [("Closing.checklist", "R-86")],
    ),
    "a plan that is done, a point not in order": (
        {"checklist": [{"point": f"C{n}", "met": n != 3} for n in range(1, 11)]},
        [("Closing.checklist", "R-86")],
    ),
    "a plan that is done, all in order": (
        {"checklist": [{"point": f"C{n}", "met": True} for n in range(1, 11)]},
        [],
    ),
    "another reason, nobody to follow": (
        {"endReason": "END-2", "successor": None},
        [("Closing.successor", "R-84")],
    ),
    "another reason, somebody to follow": ({"endReason": "END-2"}, []),
}


@pytest.mark.parametrize(("overrides", "expected"), WARNED.values(), ids=WARNED)
def test_a_closing_warns_of_what_is_worth_a_look(
    overrides: Json, expected: list[tuple[str, str | None]]
) -> None:
    found = closing.warnings(parse_record(Closing, builders.closing("e-1", **overrides)))
    assert [(i.expression, i.rule) for i in found] == expected
    assert {i.severity for i in found} <= {"warning"}


INCOMPLETE: dict[str, tuple[str, Callable[[Json], Any]]] = {
    "a phase without a code": ("trajectory-phase", lambda e: e["extension"].pop(0)),
    "a step without who decided": (
        "stepped-care",
        lambda e: e.update(extension=[x for x in e["extension"] if x["url"] != "decidedBy"]),
    ),
}


@pytest.mark.parametrize(("url", "change"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_part_of_the_history_that_is_not_whole_is_named(
    url: str, change: Callable[[Json], Any]
) -> None:
    written = trajectory.to_fhir(record(), IDS)
    found = written[0]["extension"]
    place = next(n for n, item in enumerate(found) if item["url"].endswith(f"ext-{url}"))
    change(found[place])
    with pytest.raises(FhirError) as caught:
        trajectory.from_fhir(written, IDS)
    assert caught.value.issues[0].expression == f"EpisodeOfCare.extension[{place}]"

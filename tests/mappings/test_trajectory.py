"""Trajectory and team: how they begin, who comes and goes, and how they are closed."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.fhir.issues import FhirError
from adapter.fhir.validation import validate
from mappings.records.base import parse_record
from mappings.records.closing import Closing
from mappings.records.parties import Party, StaffKey
from mappings.records.trajectory import Member, Trajectory
from mappings.referral.opening import open_trajectory
from mappings.trajectory import closing, team, trajectory
from tests.mappings import builders, supplier, trajectory_strategies
from tests.mappings.builders import DUSSEL, GP, HAVERKORT, IDS, MESO, NURSING, ROELVINK

Json = dict[str, Any]
AT = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)
GOLDEN = Path(__file__).parent / "golden" / "closing.json"


def opened(**more: Any) -> Trajectory:
    return open_trajectory(
        referral="sr-1",
        patient="p-1",
        gp=Party(**HAVERKORT),
        so=StaffKey(**ROELVINK),
        accepted_on=AT,
        synthetic=True,
        **more,
    )


def running() -> Trajectory:
    return parse_record(Trajectory, builders.trajectory())


def closed(**overrides: object) -> Trajectory:
    id_ = trajectory.trajectory_id(running(), IDS)
    record = parse_record(Closing, builders.closing(id_, **overrides))
    return closing.close(running(), record, IDS)


def roles(found: Trajectory, at: datetime) -> set[tuple[str, str]]:
    """(role, URA or person) of who is a member at that moment."""
    return {
        (m.role, m.who.ura if isinstance(m.who, Party) else str(m.who))
        for m in found.members
        if m.start <= at and (m.end is None or at < m.end)
    }


def test_the_gp_stays_in_charge_and_the_so_leads() -> None:
    found = opened(nurse=StaffKey(**DUSSEL))
    assert [m.role for m in found.members] == [
        "hoofdbehandelaar",
        "brondossierhouder",
        "medebehandelaar",
        "regiehouder",
        "coordinator",
        "patient",
    ]
    assert found.practice == MESO
    assert found.regie_holder == StaffKey(**ROELVINK)


def test_accepting_twice_opens_one_trajectory() -> None:
    assert trajectory.to_fhir(opened(), IDS) == trajectory.to_fhir(opened(), IDS)


def test_the_team_is_found_from_the_episode() -> None:
    episode, care_team = trajectory.to_fhir(opened(), IDS)
    assert care_team["id"] == IDS.team(MESO, episode["id"])
    assert episode["team"][0]["reference"] == f"CareTeam/{care_team['id']}"


def test_a_member_that_returns_gets_a_new_entry_and_the_old_one_stays() -> None:
    nurse = Member(who=Party(ura=NURSING), role="betrokken-zorgverlener", start=AT)
    joined = team.add_member(opened(), nurse)
    left = team.end_members(joined, LATER, NURSING)
    back = team.add_member(left, nurse.model_copy(update={"start": LATER}))
    entries = [m for m in back.members if m.who == Party(ura=NURSING)]
    assert [(m.start, m.end) for m in entries] == [(AT, LATER), (LATER, None)]


def test_joining_twice_is_joining_once() -> None:
    nurse = Member(who=Party(ura=NURSING), role="betrokken-zorgverlener", start=AT)
    joined = team.add_member(opened(), nurse)
    assert team.add_member(joined, nurse.model_copy(update={"start": LATER})) == joined


def test_an_entry_that_has_ended_stays_as_it_is() -> None:
    left = team.end_members(opened(), LATER)
    assert team.end_members(left, LATER + timedelta(days=1)) == left


def test_nobody_leaves_before_coming() -> None:
    with pytest.raises(FhirError) as caught:
        team.end_members(opened(), AT)
    assert caught.value.issues[0].expression == "CareTeam.participant.period"


def test_closing_ends_every_membership_but_those_of_gp_and_patient() -> None:
    found = closed(successor=None, continuingParties=[])
    assert found.end is not None
    assert roles(found, found.end.on) == {
        ("hoofdbehandelaar", GP),
        ("brondossierhouder", GP),
        ("patient", "patient"),
    }


def test_successor_and_continuing_parties_begin_when_the_rest_ends() -> None:
    found = closed()
    assert found.end is not None
    assert roles(found, found.end.on) == {
        ("hoofdbehandelaar", GP),
        ("brondossierhouder", GP),
        ("patient", "patient"),
        ("regiehouder", GP),
        ("betrokken-zorgverlener", NURSING),
    }


@pytest.mark.parametrize(
    ("overrides", "status"),
    [
        ({}, "active"),
        ({"successor": None, "continuingParties": []}, "inactive"),
        ({"successor": {"notNeededReason": "Zelf"}, "continuingParties": []}, "inactive"),
    ],
)
def test_the_team_is_active_while_somebody_goes_on(overrides: Json, status: str) -> None:
    episode, care_team = trajectory.to_fhir(closed(**overrides), IDS)
    assert episode["status"] == "finished"
    assert care_team["status"] == status
    assert ("end" in care_team["period"]) is (status == "inactive")


def test_closing_a_trajectory_is_the_one_on_file() -> None:
    """MESO_GOLDEN=1 writes the file anew."""
    written = trajectory.to_fhir(closed(), IDS)
    text = json.dumps(written, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("MESO_GOLDEN") == "1":
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_a_closing_comes_back_from_the_resources_it_changed(data: st.DataObject) -> None:
    found = data.draw(trajectory_strategies.trajectories(running=True))
    id_ = trajectory.trajectory_id(found, IDS)
    record = data.draw(trajectory_strategies.closings_of(found, id_))
    written = closing.to_fhir(record, trajectory.to_fhir(found, IDS), IDS)
    assert closing.from_fhir(written, IDS) == record
    assert [issue for resource in written for issue in validate(resource)] == []


@pytest.mark.parametrize(
    ("overrides", "path"),
    [
        ({"trajectory": "another"}, "Closing.trajectory"),
        ({"synthetic": False}, "Closing.synthetic"),
        ({"on": "2026-05-15T10:00:00+02:00"}, "Closing.on"),
    ],
)
def test_a_closing_that_does_not_fit_is_refused(overrides: Json, path: str) -> None:
    id_ = trajectory.trajectory_id(running(), IDS)
    record = parse_record(Closing, {**builders.closing(id_), **overrides})
    with pytest.raises(FhirError) as caught:
        closing.close(running(), record, IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


def test_what_is_closed_is_not_closed_again() -> None:
    id_ = trajectory.trajectory_id(running(), IDS)
    record = parse_record(Closing, builders.closing(id_))
    with pytest.raises(FhirError):
        closing.close(closed(), record, IDS)


def test_a_running_trajectory_has_no_closing() -> None:
    assert closing.closing_of(running(), IDS) is None
    with pytest.raises(FhirError) as caught:
        closing.from_fhir(trajectory.to_fhir(running(), IDS), IDS)
    assert caught.value.issues[0].expression == "EpisodeOfCare.status"


@pytest.mark.parametrize(
    "overrides",
    [
        {"members": []},
        {
            "members": [
                {
                    "who": "patient",
                    "role": "patient",
                    "start": "2026-05-15T10:00:00+02:00",
                    "end": "2026-05-15T10:00:00+02:00",
                }
            ]
        },
        {
            "end": {
                "on": "2026-05-15T10:00:00+02:00",
                "reason": "END-1",
                "decidedBy": ROELVINK,
            }
        },
    ],
)
def test_a_trajectory_that_contradicts_itself_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        parse_record(Trajectory, builders.trajectory(**overrides))


OTHER = {"system": builders.URA, "value": GP}
DISAGREEING: dict[str, Callable[[Json, Json], Any]] = {
    "EpisodeOfCare.status": lambda e, _: e.update(status="finished"),
    "EpisodeOfCare.team": lambda e, _: e.update(team=[{"reference": "CareTeam/other"}]),
    "CareTeam.identifier": lambda _, t: t["identifier"][0].update(value="other"),
    "CareTeam.subject": lambda _, t: t.update(subject={"reference": "Patient/p-2"}),
    "CareTeam.extension": lambda _, t: t.pop("extension"),
    "CareTeam.managingOrganization": lambda _, t: t.update(
        managingOrganization=[{"identifier": OTHER}]
    ),
    "CareTeam.status": lambda _, t: t.update(status="inactive"),
    "CareTeam.period": lambda _, t: t["period"].update(end="2027-01-01T00:00:00Z"),
    "CareTeam.participant[0].role": lambda _, t: t["participant"][0].update(
        role=[supplier.snomed("1")]
    ),
    "CareTeam.participant[1].role[1]": lambda _, t: t["participant"][1]["role"].append(
        supplier.snomed("1")
    ),
}


@pytest.mark.parametrize(("path", "change"), DISAGREEING.items(), ids=DISAGREEING)
def test_what_episode_and_team_repeat_must_agree(
    path: str, change: Callable[[Json, Json], Any]
) -> None:
    written = trajectory.to_fhir(running(), IDS)
    change(*written)
    with pytest.raises(FhirError) as caught:
        trajectory.from_fhir(written, IDS)
    assert caught.value.issues[0].expression.startswith(path)


def _closed_without(url: str) -> list[Json]:
    written = trajectory.to_fhir(closed(), IDS)
    written[0]["extension"] = [e for e in written[0]["extension"] if not e["url"].endswith(url)]
    return written


@pytest.mark.parametrize(
    ("url", "path"),
    [("end-reason", "EpisodeOfCare.status"), ("end-decided-by", "EpisodeOfCare.extension")],
)
def test_a_finished_episode_says_why_and_by_whom(url: str, path: str) -> None:
    with pytest.raises(FhirError) as caught:
        trajectory.from_fhir(_closed_without(url), IDS)
    assert caught.value.issues[0].expression == path


def test_a_checked_point_has_a_code_and_an_answer() -> None:
    written = trajectory.to_fhir(closed(), IDS)
    check = next(e for e in written[0]["extension"] if e["url"].endswith("closing-check"))
    check["extension"].pop(0)
    place = written[0]["extension"].index(check)
    with pytest.raises(FhirError) as caught:
        trajectory.from_fhir(written, IDS)
    assert caught.value.issues[0].expression == f"EpisodeOfCare.extension[{place}]"

"""Publishing the care plan: whose it is, what is written of it, and for whom its parts are meant."""

import json
from copy import deepcopy
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from adapter.store import schema
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import BUURTWERF, RIETKRAAG, member
from adapter.synthetic.plans import wolderink_plan
from tests.builders.care import NURSE, SO, Care, names
from tests.builders.region import Doors, places, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("publish_plan")

Json = dict[str, Any]
GP, PARTNER = "haverkort", "ait-ouali"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    return care.taken_up()


def post(doors: Doors, plan: Json, who: str = SO) -> httpx.Response:
    return doors.post(who, "/records/plans", plan)


def versions(service: Service, dossier: Dossier) -> dict[str, int]:
    """Version by Type/id of everything of the plan."""
    held = schema.resource
    mine = (held.c.trajectory == dossier.trajectory) & held.c.category.in_(["plan", "acp"])
    found = service.rows(select(held.c.type, held.c.id, held.c.version).where(mine))
    kinds = {"CarePlan", "Condition", "Goal", "Task", "ServiceRequest", "RiskAssessment",
             "Observation", "Consent"}  # fmt: skip
    return {f"{row.type}/{row.id}": row.version for row in found if row.type in kinds}


# --- whose plan -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [GP, "kaya", "mulderij", PARTNER, "samenspel", "brouwhuis"])
def test_only_so_and_nurse_publish(doors: Doors, care: Care, dossier: Dossier, who: str) -> None:
    """R-12, domain decision 7: the trainee drafts, the SO signs."""
    assert post(doors, care.plan(dossier), who).status_code == 403


def test_a_plan_is_published_by_its_author(doors: Doors, care: Care, dossier: Dossier) -> None:
    """R-31."""
    answer = post(doors, care.plan(dossier), NURSE)
    assert (answer.status_code, rules(answer)) == (422, ["R-31"])


def test_a_nurse_publishes_a_plan_of_her_own(doors: Doors, care: Care, dossier: Dossier) -> None:
    nurse = member(NURSE)
    plan = care.plan(dossier, author={"ura": nurse.ura, "uzi": nurse.uzi})
    assert post(doors, plan, NURSE).status_code == 201


def test_a_plan_for_somebody_who_is_not_treated_finds_nobody(doors: Doors, care: Care) -> None:
    """R-2, R-7, RI-13: weighed, closed, never referred and never existed are one answer."""
    weighed = care.refer()
    open_, closed = care.taken_up(), care.taken_up()
    care.close(closed)
    plans = [
        care.plan(open_, patient="m" + "a" * 40),
        care.plan(open_, trajectory="m" + "a" * 40),
        care.plan(open_, patient=weighed.patient),
        care.plan(closed),
        care.plan(open_, patient=closed.patient),
        care.plan(open_, trajectory=closed.trajectory),
    ]
    answers = [post(doors, plan) for plan in plans]
    assert {answer.status_code for answer in answers} == {404}
    texts = {str([i["details"] for i in answer.json()["issue"]]) for answer in answers}
    assert len(texts) == 1


def test_a_plan_does_not_refer_to_another_patients_referral(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """N14: hidden and absent are one answer."""
    other = care.refer()
    for referral in (other.request, "m" + "a" * 40):
        answer = post(doors, care.plan(dossier, referral=referral))
        assert (answer.status_code, places(answer)) == (422, ["CarePlan.referral"])
    assert post(doors, care.plan(dossier)).status_code == 201


def test_a_number_of_another_patients_plan_takes_nothing_over(
    service: Service, care: Care, dossier: Dossier
) -> None:
    other = care.taken_up()
    assert care.publish(other).status_code == 201
    before = service.state()
    answer = post(service.doors, care.plan(dossier, identifier=care.plan(other)["identifier"]))
    assert (answer.status_code, rules(answer)) == (409, ["RI-21"])
    changed = {name for name, rows in service.state().items() if rows != before[name]}
    assert changed == set()


def test_a_number_of_an_earlier_trajectory_overwrites_nothing(doors: Doors, care: Care) -> None:
    """The plan of a closed trajectory stays what it was (R-32)."""
    first = care.taken_up()
    care.publish(first)
    care.close(first)
    second = care.accept(care.send(first.person, care.again(first.person)))
    assert post(doors, care.plan(second)).status_code == 409
    assert len(resources(doors.about(SO, "CarePlan", first.patient))) == 1


def test_an_action_for_somebody_unknown_is_refused(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    plan = deepcopy(care.plan(dossier))
    plan["actions"][1]["owner"] = {"ura": "90009999"}
    answer = post(doors, plan)
    assert (answer.status_code, rules(answer)) == (422, ["RI-1"])
    assert places(answer) == ["CarePlan.actions[1].owner"]


# --- again, and changed (technical decision 16) -----------------------------------------------


def test_the_same_plan_again_writes_nothing(service: Service, care: Care, dossier: Dossier) -> None:
    plan = wolderink_plan(dossier, care.created)
    first = post(service.doors, plan)
    before = service.state()
    again = post(service.doors, plan)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert service.state() == before


def test_a_changed_part_has_to_build_on_the_version_that_is_held(
    service: Service, care: Care, dossier: Dossier
) -> None:
    plan = deepcopy(care.plan(dossier))
    post(service.doors, plan)
    plan["goals"][0]["text"] = "Iets heel anders"
    stale = post(service.doors, plan)
    assert (stale.status_code, places(stale)) == (412, ["CarePlan.parts(g1).version"])
    before = versions(service, dossier)
    plan["goals"][0]["version"] = 1
    assert post(service.doors, plan).status_code == 200
    after = versions(service, dossier)
    assert {name.partition("/")[0] for name in after if after[name] != before[name]} == {"Goal"}


def test_a_part_that_was_changed_by_somebody_else_is_not_overwritten(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    plan = deepcopy(care.plan(dossier))
    post(doors, plan)
    plan["goals"][0] |= {"text": "Van de een", "version": 1}
    assert post(doors, plan).status_code == 200
    plan["goals"][0] |= {"text": "Van de ander", "version": 1}
    assert post(doors, plan).status_code == 412
    (goal,) = resources(doors.about(SO, "Goal", dossier.patient))
    assert goal["description"]["text"] == "Van de een"


def test_the_frame_is_not_overwritten_either(doors: Doors, care: Care, dossier: Dossier) -> None:
    """C1: two edits of one plan, the loser hears it."""
    plan = care.plan(dossier)
    post(doors, plan)
    stale = post(doors, plan | {"title": "Andere titel"})
    assert (stale.status_code, places(stale)) == (412, ["CarePlan.version"])
    assert post(doors, plan | {"title": "Andere titel", "version": 1}).status_code == 200
    assert post(doors, plan | {"title": "Nog een titel", "version": 1}).status_code == 412


def test_a_part_that_was_there_stays_there(doors: Doors, care: Care, dossier: Dossier) -> None:
    """R-32."""
    plan = deepcopy(care.plan(dossier))
    post(doors, plan)
    del plan["actions"][1]
    answer = post(doors, plan | {"version": 1})
    assert (answer.status_code, rules(answer)) == (422, ["R-32"])


def test_a_goal_that_is_no_longer_pursued_gets_another_status(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    """The allowed neighbour."""
    plan = deepcopy(care.plan(dossier))
    post(doors, plan)
    plan["goals"][0] |= {"status": "cancelled", "version": 1}
    assert post(doors, plan).status_code == 200


def test_a_partners_progress_survives_an_edit_and_clashes_with_none(
    doors: Doors, care: Care, dossier: Dossier
) -> None:
    plan = deepcopy(care.plan(dossier))
    post(doors, plan)
    care.give(dossier, RIETKRAAG, "CON-5")
    (task,) = resources(doors.about(PARTNER, "Task", dossier.patient))
    read = doors.read(PARTNER, f"Task/{task['id']}")
    progress = read.json() | {"status": "in-progress", "note": [{"text": "Begonnen"}]}
    assert doors.put(PARTNER, progress, read.headers["etag"]).status_code == 200
    plan["actions"][0]["what"] = "Medicijnen aanreiken, ook in het weekend"
    assert post(doors, plan).status_code == 200
    held = doors.read(PARTNER, f"Task/{task['id']}").json()
    assert (held["status"], held["note"][0]["text"]) == ("in-progress", "Begonnen")
    assert "weekend" in held["description"]


# --- for whom (domain decision 15) ------------------------------------------------------------


@pytest.fixture
def wolderink(doors: Doors, care: Care, dossier: Dossier) -> Json:
    """A published plan of six actions that both partners may see their part of."""
    plan = wolderink_plan(dossier, care.created)
    assert post(doors, plan).status_code == 201
    for party in (RIETKRAAG, BUURTWERF):
        care.give(dossier, party, "CON-5")
    return plan


def seen(doors: Doors, who: str, dossier: Dossier, type_: str) -> list[Json]:
    return resources(doors.about(who, type_, dossier.patient))


def test_each_partner_sees_its_own_actions_and_the_total_says_so(
    doors: Doors, dossier: Dossier, wolderink: Json
) -> None:
    """R-49, R-50, RI-13."""
    for who, count in ((PARTNER, 2), ("spaanders", 1)):
        answer = doors.about(who, "Task", dossier.patient)
        assert answer.json()["total"] == len(resources(answer)) == count


def test_treatment_wishes_are_for_who_gives_care(
    doors: Doors, dossier: Dossier, wolderink: Json
) -> None:
    assert len(seen(doors, PARTNER, dossier, "Consent")) == 2
    assert seen(doors, "spaanders", dossier, "Consent") == []


def test_the_so_takes_a_part_away_and_it_is_gone_at_once(
    doors: Doors, dossier: Dossier, wolderink: Json
) -> None:
    away = {"part": "medicijnrol", "party": RIETKRAAG.ura, "change": "remove"}
    assert post(doors, wolderink | {"adjustments": [away], "version": 1}).status_code == 200
    assert len(seen(doors, PARTNER, dossier, "Task")) == 1
    assert post(doors, wolderink | {"version": 2}).status_code == 200
    assert len(seen(doors, PARTNER, dossier, "Task")) == 2


def test_the_so_gives_a_part_to_somebody_besides(
    doors: Doors, dossier: Dossier, wolderink: Json
) -> None:
    more = {"part": "beweegplan", "party": RIETKRAAG.ura, "change": "add"}
    assert post(doors, wolderink | {"adjustments": [more], "version": 1}).status_code == 200
    assert len(seen(doors, PARTNER, dossier, "Task")) == 3


def test_an_action_that_changes_hands_changes_who_sees_it(
    doors: Doors, dossier: Dossier, wolderink: Json
) -> None:
    plan = deepcopy(wolderink)
    plan["actions"][0]["owner"] = {"ura": BUURTWERF.ura}
    assert post(doors, plan).status_code == 200
    assert len(seen(doors, PARTNER, dossier, "Task")) == 1
    assert len(seen(doors, "spaanders", dossier, "Task")) == 2


def test_publishing_alone_shows_a_partner_nothing(doors: Doors, care: Care) -> None:
    """R-47, RI-5: audience is no consent."""
    dossier = care.taken_up()
    post(doors, wolderink_plan(dossier, care.created))
    for type_ in ("Task", "CarePlan", "Goal", "Consent", "CareTeam", "Patient"):
        pairs = (
            ("_id", dossier.patient)
            if type_ == "Patient"
            else ("patient", f"Patient/{dossier.patient}")
        )
        assert doors.search(PARTNER, type_, pairs).json()["total"] == 0


def test_gp_and_team_read_the_whole_plan_at_once(
    doors: Doors, dossier: Dossier, wolderink: Json
) -> None:
    """R-51."""
    published = post(doors, wolderink)
    for who in (GP, "oosterbaan", SO, "kaya", NURSE):
        mine = {task["id"] for task in seen(doors, who, dossier, "Task")}
        assert mine >= set(names(published, "Task"))


def test_of_editors_at_once_one_is_heard(service: Service, care: Care, dossier: Dossier) -> None:
    """C1 on both stores."""
    plan = care.plan(dossier)
    assert post(service.doors, plan).status_code == 201
    headers = {
        "authorization": f"Bearer {service.doors.token(SO)}",
        "content-type": "application/json",
    }
    edits = [plan | {"title": f"Titel {n}", "version": 1} for n in range(6)]
    answers = service.together(
        [("POST", "/records/plans", headers, json.dumps(edit).encode()) for edit in edits]
    )
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [200] + [412] * 5
    (frame,) = resources(service.doors.about(SO, "CarePlan", dossier.patient))
    assert frame["title"] == f"Titel {statuses.index(200)}"

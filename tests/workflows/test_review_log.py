"""The access log for a practice's reviewer: its own lines, metadata only, and looking is logged too."""

from datetime import timedelta
from typing import Any

import pytest

from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import SINGELZICHT, WILGENHOF, member
from tests.builders.care import SO, Care
from tests.builders.region import Doors, resources
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("review_log")

Json = dict[str, Any]
REVIEWER, OTHER_REVIEWER = "brouwhuis", "wijnstra"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture(scope="module")
def dossier(service: Service) -> Dossier:
    """Something to review: one trajectory, consulted, and one refusal."""
    found = service.care.taken_up()
    service.doors.record(SO, found.patient, "Condition")
    service.doors.record("dussel", found.patient, "Condition")
    return found


def log(doors: Doors, query: str = "", who: str = REVIEWER) -> list[Json]:
    answer = doors.get(who, f"/fhir/AuditEvent{query}")
    assert answer.status_code == 200, answer.text
    return resources(answer)


def about(dossier: Dossier) -> str:
    return f"?patient=Patient/{dossier.patient}"


def subtypes(events: list[Json]) -> list[str]:
    return [event["subtype"][0]["code"] for event in events]


def test_who_consulted_the_record_is_there_and_who_was_refused(
    doors: Doors, dossier: Dossier
) -> None:
    """R-70, R-71."""
    consults = [e for e in log(doors, about(dossier)) if e["subtype"][0]["code"] == "consult"]
    assert sorted(event["outcome"] for event in consults) == ["0", "8"]
    who = {agent["who"]["identifier"]["value"] for e in consults for agent in e["agent"]
           if agent["requestor"] and "identifier" in agent.get("who", {})}  # fmt: skip
    assert {member(SO).uzi, member("dussel").uzi} <= who


def test_newest_first_and_the_total_says_how_many(doors: Doors, dossier: Dossier) -> None:
    answer = doors.get(REVIEWER, f"/fhir/AuditEvent{about(dossier)}")
    moments = [event["recorded"] for event in resources(answer)]
    assert moments == sorted(moments, reverse=True)
    assert answer.json()["total"] == len(moments)


def test_a_line_can_be_read_by_its_id(doors: Doors, dossier: Dossier) -> None:
    event = log(doors, about(dossier))[0]
    answer = doors.get(REVIEWER, f"/fhir/AuditEvent/{event['id']}")
    assert (answer.status_code, answer.json()) == (200, event)


def test_each_practice_reads_its_own_lines(service: Service, dossier: Dossier) -> None:
    """R-72: of another practice neither the lines nor that there are any."""
    doors = service.doors
    theirs = service.care.by_other_practice()
    assert doors.post("ottema", "/records/referrals", theirs).status_code == 201
    mine, other = log(doors), log(doors, who=OTHER_REVIEWER)
    assert mine
    assert other
    assert not {e["id"] for e in mine} & {e["id"] for e in other}
    assert log(doors, about(dossier), who=OTHER_REVIEWER) == []
    answer = doors.get(OTHER_REVIEWER, f"/fhir/AuditEvent/{mine[0]['id']}")
    assert answer.status_code == 404


def test_hidden_and_unknown_patients_are_one_answer(doors: Doors, dossier: Dossier) -> None:
    hidden = doors.get(OTHER_REVIEWER, f"/fhir/AuditEvent{about(dossier)}")
    absent = doors.get(OTHER_REVIEWER, "/fhir/AuditEvent?patient=Patient/m" + "a" * 40)
    assert hidden.content == absent.content


def test_every_line_is_about_data_of_this_practice(service: Service, dossier: Dossier) -> None:
    ids = {event["id"] for event in log(service.doors)}
    lines = {f"a{row.stream}-{row.seq}": row.entry for row in service.lines()}
    assert {lines[id_].custodian for id_ in ids} == {WILGENHOF.ura}


def test_a_period_bounds_what_is_shown(doors: Doors, dossier: Dossier) -> None:
    now = doors.now()
    hour = timedelta(hours=1)

    def instant(moment: Any) -> str:
        return str(moment.isoformat()).replace("+00:00", "Z")

    assert log(doors, f"?date=ge{instant(now - hour)}")
    assert log(doors, f"?date=gt{instant(now + hour)}") == []
    assert log(doors, f"?date=lt{instant(now - hour)}") == []
    both = f"?date=ge{instant(now - hour)}&date=le{instant(now + hour)}"
    assert {e["id"] for e in log(doors, both)} >= {e["id"] for e in log(doors, about(dossier))}
    assert log(doors, f"?date=ge{instant(now + hour)}&date=ge{instant(now - hour)}") == []


def test_a_day_is_a_whole_day(doors: Doors, dossier: Dossier) -> None:
    today = doors.now().date().isoformat()
    assert len(log(doors, f"?date={today}")) == len(log(doors, f"?date=ge{today}")) - 1


def test_looking_is_logged(service: Service, dossier: Dossier) -> None:
    """RI-10: once for a search, once for a line."""
    service.doors.token(REVIEWER)
    mark = service.mark()
    event = log(service.doors, about(dossier))[0]
    service.doors.get(REVIEWER, f"/fhir/AuditEvent/{event['id']}")
    looks = [line.entry for line in service.lines(mark)]
    assert [(look.interaction, look.type) for look in looks] == [
        ("search-type", "AuditEvent"),
        ("read", "AuditEvent"),
    ]
    assert {look.person for look in looks} == {member(REVIEWER).uzi}
    assert {look.custodian for look in looks} == {WILGENHOF.ura}


def test_the_look_of_one_reviewer_is_in_the_log_of_that_practice_only(
    doors: Doors, dossier: Dossier
) -> None:
    log(doors, who=OTHER_REVIEWER)
    looks = [e for e in log(doors) if e["entity"] and _is_about_the_log(e)]
    assert all(member(OTHER_REVIEWER).uzi not in str(look) for look in looks)
    assert SINGELZICHT.ura not in str(looks)


def _is_about_the_log(event: Json) -> bool:
    return any("AuditEvent" in str(entity) for entity in event["entity"])


def test_no_line_holds_a_number_a_name_or_a_search_value(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """R-37, A-8: metadata only."""
    person = dossier.person
    service.doors.search(
        "haverkort", "Patient", ("identifier", f"http://fhir.nl/fhir/NamingSystem/bsn|{person.bsn}")
    )
    service.doors.get("haverkort", f"/fhir/Patient?family={person.family}")
    text = str(log(service.doors))
    assert person.bsn not in text
    assert person.family not in text
    assert person.given not in text


@pytest.fixture
def care(service: Service) -> Care:
    return service.care

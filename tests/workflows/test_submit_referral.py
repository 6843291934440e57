"""A referral through either door: who may send it, what it opens, what is parked, what is the same."""

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from adapter.fhir.constants import FHIR_JSON, URA
from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.store import schema
from adapter.synthetic.network import MESO, SINGELZICHT, WILGENHOF, member
from adapter.synthetic.people import Person
from adapter.synthetic.referrals import referral
from tests.builders.bundle import referral_bundle, resource_in
from tests.builders.care import SO, Care, lighter_help, names
from tests.builders.refusals import Sent, refused
from tests.builders.region import Doors, new_people, resources, rules
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("submit_referral")

Json = dict[str, Any]
GP, OTHER_GP = "haverkort", "ottema"


@pytest.fixture
def doors(service: Service) -> Doors:
    return service.doors


@pytest.fixture
def care(service: Service) -> Care:
    return service.care


def work_items(service: Service, task: str) -> set[tuple[str, str, str]]:
    """(kind, rule, organisation) of what people have to look at about this Task."""
    item = schema.work_item
    found = service.rows(
        select(item.c.kind, item.c.rule, item.c.org).where(item.c.subject == f"Task/{task}")
    )
    return set(map(tuple, found))


def count(service: Service, table: Any, *where: Any) -> int:
    return service.rows(select(func.count()).select_from(table).where(*where))[0][0]


def post_bundle(doors: Doors, who: str, bundle: Json) -> httpx.Response:
    return doors.post(who, "/fhir", bundle)


def locations(answer: httpx.Response) -> list[str]:
    """Type/id of every entry of a transaction-response."""
    return [e["response"]["location"].split("/_history/")[0] for e in answer.json()["entry"]]


# --- what a referral opens (R-2, A-46) --------------------------------------------------------


def test_before_a_referral_a_patient_does_not_exist_for_meso(doors: Doors, care: Care) -> None:
    """R-2, R-1, RI-13."""
    person = next(care.people)
    found = doors.search(
        SO, "Patient", ("identifier", f"http://fhir.nl/fhir/NamingSystem/bsn|{person.bsn}")
    )
    assert found.json()["total"] == 0


def test_a_referral_shows_itself_to_sender_and_addressee_and_to_nobody_else(
    doors: Doors, care: Care
) -> None:
    referred = care.refer()
    statuses = {
        who: doors.read(who, f"ServiceRequest/{referred.request}").status_code
        for who in (GP, "oosterbaan", SO, "dussel", OTHER_GP)
    }
    assert statuses == {GP: 200, "oosterbaan": 200, SO: 200, "dussel": 200, OTHER_GP: 404}
    assert doors.read("ait-ouali", f"ServiceRequest/{referred.request}").status_code == 404
    assert doors.read("mulderij", f"ServiceRequest/{referred.request}").status_code == 403


def test_while_it_is_weighed_the_gp_record_stays_closed(doors: Doors, care: Care) -> None:
    """A-46, technical decision 8."""
    referred = care.refer()
    assert doors.record(SO, referred.patient, "Condition").status_code == 404
    assert resources(doors.about(SO, "EpisodeOfCare", referred.patient)) == []


def test_everything_that_was_stored_carries_its_number_and_one_provenance(
    service: Service, care: Care
) -> None:
    referred = care.refer()
    held = schema.resource
    (key,) = service.rows(select(held.c.patient).where(held.c.id == referred.patient))[0]
    kinds = sorted(
        row.type for row in service.rows(select(held.c.type).where(held.c.patient == key))
    )
    named = sorted(name.partition("/")[0] for name in referred.answer.json()["resources"])
    assert kinds == sorted([*named, "Provenance"])


def test_a_referral_is_logged_resource_by_resource(service: Service, care: Care) -> None:
    mark = service.mark()
    care.doors.token(GP)
    referred = care.refer()
    entries = [line.entry for line in service.lines(mark) if line.entry.interaction == "create"]
    logged = {f"{entry.type}/{entry.resource_id}" for entry in entries}
    assert logged >= set(referred.answer.json()["resources"])
    assert len({entry.request_id for entry in entries}) == 1
    assert {entry.person for entry in entries} == {member(GP).uzi}


# --- who may refer (R-3, R-4) -----------------------------------------------------------------


@pytest.mark.parametrize("who", ["oosterbaan", "tjalma", SO, "dussel", "ait-ouali", "samenspel"])
@pytest.mark.parametrize("door", ["/fhir", "/records/referrals"])
def test_nobody_but_a_gp_refers(service: Service, who: str, door: str) -> None:
    """R-3 by role: the same for every patient, so a plain 403."""
    record = service.care.referral()
    body = record if door != "/fhir" else referral_bundle(record, service.ids)
    media = FHIR_JSON if door == "/fhir" else PLAIN_JSON
    refused(
        service, Sent("POST", door, json.dumps(body).encode(), {"content-type": media}, who), 403
    )


def test_a_gp_refers_for_herself_only(service: Service) -> None:
    """R-3 on the message: the requester is who holds the token."""
    record = service.care.referral(referrer={"ura": WILGENHOF.ura, "uzi": member("oosterbaan").uzi})
    answer = service.doors.post(GP, "/records/referrals", record)
    assert (answer.status_code, rules(answer)) == (422, ["R-3"])


def test_a_patient_whose_gp_is_a_colleague_of_the_practice_is_referred(care: Care) -> None:
    """R-4, the allowed neighbour: the practice counts, not the person in it."""
    record = deepcopy(care.referral())
    colleague = {"ura": WILGENHOF.ura, "uzi": member("oosterbaan").uzi}
    record["patient"]["generalPractitioner"] = colleague
    assert care.doors.post(GP, "/records/referrals", record).status_code == 201


# --- agreement (R-9, R-8) ---------------------------------------------------------------------


def test_without_the_line_of_agreement_it_is_stored_and_people_are_asked(
    service: Service, care: Care
) -> None:
    """R-9: awaiting the patient's agreement, for GP and MESO both."""
    referred = care.refer(agreement=None)
    wanted = {("awaiting-agreement", "R-9", org) for org in (WILGENHOF.ura, MESO.ura)}
    assert work_items(service, referred.task) == wanted


def test_without_agreement_the_record_stays_closed_after_acceptance(
    doors: Doors, care: Care
) -> None:
    """R-9, R-5: taken up, and still nothing of the GP record."""
    dossier = care.taken_up(agreement=None)
    assert doors.record(SO, dossier.patient, "Condition").status_code == 404


def test_with_agreement_nobody_is_asked_and_acceptance_opens(service: Service, care: Care) -> None:
    referred = care.refer()
    assert work_items(service, referred.task) == set()
    care.accept(referred)
    assert care.doors.record(SO, referred.patient, "Condition").status_code == 200


def test_a_no_is_kept_as_a_rule_that_closes(doors: Doors, care: Care) -> None:
    """R-6, A-45: the referral stays."""
    record = care.referral()
    agreement = {**record["agreement"], "agreed": False}
    dossier = care.taken_up(agreement=agreement)
    assert doors.record(SO, dossier.patient, "Condition").status_code == 404
    assert doors.read(SO, f"ServiceRequest/{dossier.referral}").status_code == 200


# --- another practice knows her (R-4, domain decision 4) --------------------------------------


def by_other_practice(service: Service, person: Person) -> Json:
    return referral(person, service.doors.now(), service.doors.rng, by=member(OTHER_GP))


def shape(value: object) -> object:
    """A document with every id and number replaced by its kind."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(item)) for item in value})
    return str(value).partition("/")[0]


def test_a_referral_of_another_practices_patient_gets_the_normal_answer(
    service: Service, care: Care
) -> None:
    """Parked: status, headers and shape of the answer are those of any other referral."""
    person = care.refer().person
    normal = service.doors.post(
        OTHER_GP,
        "/records/referrals",
        by_other_practice(service, next(new_people(velp(service), 1))),
    )
    parked = service.doors.post(OTHER_GP, "/records/referrals", by_other_practice(service, person))
    assert parked.status_code == normal.status_code == 201
    assert shape(parked.json()) == shape(normal.json())
    assert parked.headers.keys() == normal.headers.keys()


def velp(service: Service) -> Any:
    """The region, further on than other tests went."""
    region = service.template.region
    return replace(region, patients=region.patients[::-1])


def test_a_parked_transaction_gets_the_normal_answer(service: Service, care: Care) -> None:
    known, other = care.refer().person, list(new_people(velp(service), 1))[1]
    answers = [
        post_bundle(
            service.doors,
            OTHER_GP,
            referral_bundle(by_other_practice(service, person), service.ids),
        )
        for person in (other, known)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    statuses = [{e["response"]["status"] for e in answer.json()["entry"]} for answer in answers]
    etags = [{e["response"]["etag"] for e in answer.json()["entry"]} for answer in answers]
    assert statuses == [{"201 Created"}] * 2
    assert etags == [{'W/"1"'}] * 2


def test_a_parked_referral_opens_nothing_and_asks_both_practices(
    service: Service, care: Care
) -> None:
    person = care.refer().person
    parked = service.doors.post(OTHER_GP, "/records/referrals", by_other_practice(service, person))
    (task,) = names(parked, "Task")
    assert service.doors.read(SO, f"Task/{task}").status_code == 404
    assert service.doors.read(OTHER_GP, f"Task/{task}").status_code == 200
    assert work_items(service, task) == {
        ("parked-referral", "R-4", org) for org in (WILGENHOF.ura, MESO.ura, SINGELZICHT.ura)
    }


def test_a_parked_referral_changes_nothing_for_the_practice_on_file(
    service: Service, care: Care
) -> None:
    dossier = care.taken_up()
    before = service.doors.read(GP, f"Patient/{dossier.patient}").content
    service.doors.post(OTHER_GP, "/records/referrals", by_other_practice(service, dossier.person))
    assert service.doors.read(GP, f"Patient/{dossier.patient}").content == before
    assert service.doors.record(SO, dossier.patient, "Condition").status_code == 200
    assert service.doors.read(OTHER_GP, f"Patient/{dossier.patient}").status_code == 404


def test_a_practice_may_send_two_referrals_that_are_parked(service: Service, care: Care) -> None:
    """Two persons of doubt with one number at the same practice stay apart from one another."""
    person = care.refer().person
    first = by_other_practice(service, person)
    second = {**first, "identifier": {**first["identifier"], "value": f"{person.number}-tweede"}}
    second["problems"] = [
        {**p, "identifier": {**p["identifier"], "value": f"{p['identifier']['value']}-2"}}
        for p in first["problems"]
    ]
    answers = [service.doors.post(OTHER_GP, "/records/referrals", r) for r in (first, second)]
    assert [answer.status_code for answer in answers] == [201, 201]
    (patient,) = set(names(answers[0], "Patient")) | set(names(answers[1], "Patient"))
    assert service.doors.read(OTHER_GP, f"Patient/{patient}").status_code == 200
    for answer in answers:
        (task,) = names(answer, "Task")
        assert service.doors.read(OTHER_GP, f"Task/{task}").status_code == 200


# --- identity (technical decision 15, N10) ----------------------------------------------------


DOUBTS: dict[str, Json] = {
    "another name": {"family": "Andersnaam"},
    "another birth date": {"birthDate": "1931-01-31"},
    "another number of the practice": {
        "identifier": {"system": WILGENHOF.numbers, "value": "ander-nummer"}
    },
}


@pytest.mark.parametrize("changes", DOUBTS.values(), ids=DOUBTS.keys())
def test_a_person_in_doubt_is_looked_at_and_the_known_one_stays_as_she_was(
    service: Service, care: Care, changes: Json
) -> None:
    known = care.taken_up()
    before = service.doors.read(GP, f"Patient/{known.patient}")
    record = care.again(known.person)
    record["patient"] |= deepcopy(changes)
    if "identifier" in changes:
        record["patient"]["identifier"]["value"] += known.person.number
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    (task,) = names(answer, "Task")
    assert work_items(service, task) == {
        ("identity-doubt", "RI-13", org) for org in (WILGENHOF.ura, MESO.ura)
    }
    assert service.doors.read(SO, f"Task/{task}").status_code == 404
    assert service.doors.read(GP, f"Patient/{known.patient}").content == before.content
    assert service.doors.record(SO, known.patient, "Condition").status_code == 200


def test_her_bsn_with_the_number_of_somebody_else_is_looked_at(
    service: Service, care: Care
) -> None:
    one, other = care.taken_up(), care.taken_up()
    record = care.again(one.person)
    record["patient"]["identifier"]["value"] = other.person.number
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    (task,) = names(answer, "Task")
    assert {kind for kind, _, _ in work_items(service, task)} == {"identity-doubt"}
    for dossier in (one, other):
        assert service.doors.read(SO, f"Patient/{dossier.patient}").status_code == 200
        assert service.doors.record(SO, dossier.patient, "Condition").status_code == 200


def test_a_number_that_named_a_problem_of_somebody_else_takes_nothing_over(
    service: Service, care: Care
) -> None:
    """One number, one thing, one patient: a resource never moves to another dossier."""
    first = care.refer()
    record = deepcopy(care.referral())
    record["problems"][0]["identifier"] = first.sent["problems"][0]["identifier"]
    problem = first.id_of("Condition")
    before = service.doors.read(GP, f"Condition/{problem}").content
    body = json.dumps(record).encode()
    sent = Sent("POST", "/records/referrals", body, {"content-type": PLAIN_JSON}, GP)
    answer = refused(service, sent, 409)
    assert rules(answer) == ["RI-21"]
    assert service.doors.read(GP, f"Condition/{problem}").content == before


def test_a_problem_that_the_gp_keeps_may_be_named_again_for_the_same_patient(
    service: Service, care: Care
) -> None:
    """The allowed neighbour: the GP's own episode of care has one number for years."""
    first = care.refer()
    record = deepcopy(first.sent)
    record["identifier"]["value"] += "-2"
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    assert names(answer, "Condition") == names(first.answer, "Condition")


# --- one message is one message (RI-21, technical decision 14, N1-N4) -------------------------


def test_the_same_record_again_is_the_same_answer_and_nothing_new(
    service: Service, care: Care
) -> None:
    first = care.refer()
    before = service.state()
    again_ = service.doors.post(GP, "/records/referrals", first.sent)
    assert (again_.status_code, again_.json()) == (200, first.answer.json())
    assert service.state() == before


def test_the_same_content_written_otherwise_is_the_same_message(
    service: Service, care: Care
) -> None:
    """Names in another order, blanks, another zone for the same instant."""
    first = care.refer()
    other = dict(reversed(first.sent.items()))
    other["authoredOn"] = other["authoredOn"].replace("+00:00", "Z")
    body = json.dumps(other, indent=3).encode()
    answer = service.doors.call(
        GP, "POST", "/records/referrals", content=body, headers={"content-type": PLAIN_JSON}
    )
    assert (answer.status_code, answer.json()) == (200, first.answer.json())


@pytest.mark.parametrize("first", ["bundle", "record"])
def test_the_other_door_is_the_same_message(service: Service, care: Care, first: str) -> None:
    record = care.referral()
    bundle = referral_bundle(record, service.ids)
    doors = service.doors
    if first == "record":
        one = doors.post(GP, "/records/referrals", record)
        two = post_bundle(doors, GP, bundle)
        assert {e["response"]["status"] for e in two.json()["entry"]} == {"200 OK"}
        said = one.json()["resources"], locations(two)
    else:
        two = post_bundle(doors, GP, bundle)
        assert {e["response"]["status"] for e in two.json()["entry"]} == {"201 Created"}
        one = doors.post(GP, "/records/referrals", record)
        assert one.status_code == 200
        said = one.json()["resources"], locations(two)
    assert sorted(said[0]) == sorted(said[1])
    key = schema.inbox.c.owner == WILGENHOF.ura
    assert (
        count(service, schema.resource, schema.resource.c.id == said[0][0].partition("/")[2]) == 1
    )
    assert count(service, schema.inbox, key) > 0


def test_the_same_bundle_with_other_names_for_its_entries_is_the_same_message(
    service: Service, care: Care
) -> None:
    bundle = referral_bundle(care.referral(), service.ids)
    first = post_bundle(service.doors, GP, bundle)
    text = json.dumps(bundle)
    for n, entry in enumerate(bundle["entry"]):
        text = text.replace(entry["fullUrl"], f"urn:uuid:00000000-0000-4000-8000-{n:012d}")
    renamed = json.loads(text)
    renamed["timestamp"] = "2026-11-24T09:00:00Z"
    renamed["entry"].reverse()
    second = post_bundle(service.doors, GP, renamed)
    assert second.status_code == 200
    assert locations(second) == locations(first)[::-1]
    assert {e["response"]["status"] for e in second.json()["entry"]} == {"200 OK"}


def test_the_same_number_with_other_content_is_a_conflict_that_people_see(
    service: Service, care: Care
) -> None:
    """N2: refused, both kept, and on the worklist of the practice."""
    first = care.refer()
    other = {**first.sent, "question": "Een andere vraag met hetzelfde nummer."}
    inboxes = count(service, schema.inbox)
    answer = service.doors.post(GP, "/records/referrals", other)
    assert (answer.status_code, rules(answer)) == (409, ["RI-21"])
    item = schema.work_item
    subject = item.c.subject == f"ServiceRequest/{first.request}"
    found = service.rows(select(item.c.kind, item.c.org).where(subject))
    assert list(map(tuple, found)) == [("number-used-twice", WILGENHOF.ura)]
    assert count(service, schema.inbox) == inboxes + 1
    held = service.doors.read(GP, f"ServiceRequest/{first.request}").json()
    assert first.sent["question"] in json.dumps(held, ensure_ascii=False)


def test_a_conflict_that_is_sent_again_is_the_same_conflict(service: Service, care: Care) -> None:
    first = care.refer()
    other = {**first.sent, "question": "Een andere vraag met hetzelfde nummer."}
    service.doors.post(GP, "/records/referrals", other)
    before = service.state()
    assert service.doors.post(GP, "/records/referrals", other).status_code == 409
    assert service.state() == before
    assert service.doors.post(GP, "/records/referrals", first.sent).status_code == 200


def test_the_number_of_one_practice_is_not_the_number_of_another(
    service: Service, care: Care
) -> None:
    """RI-13: no answer tells that another organisation used a number."""
    first = care.refer()
    person = list(new_people(velp(service), 1))[2]
    record = by_other_practice(service, person) | {"identifier": first.sent["identifier"]}
    assert service.doors.post(OTHER_GP, "/records/referrals", record).status_code == 201


@pytest.mark.parametrize("door", ["/records/referrals", "/fhir"])
def test_sixteen_equal_messages_at_once_are_stored_once(
    service: Service, care: Care, door: str
) -> None:
    """N4."""
    record = care.referral()
    body = record if door != "/fhir" else referral_bundle(record, service.ids)
    headers = {
        "authorization": f"Bearer {service.doors.token(GP)}",
        "content-type": FHIR_JSON if door == "/fhir" else PLAIN_JSON,
    }
    inboxes = count(service, schema.inbox)
    request = ("POST", door, headers, json.dumps(body).encode())
    answers = service.together([request] * 16)
    statuses = [answer.status_code for answer in answers]
    if door == "/fhir":
        assert statuses == [200] * 16
        created = [a for a in answers if "201 Created" in a.text]
    else:
        assert sorted(statuses) == [200] * 15 + [201]
        created = [a for a in answers if a.status_code == 201]
    assert len(created) == 1
    assert count(service, schema.inbox) == inboxes + 1
    assert len({json.dumps(sorted(locations(a) if door == "/fhir" else a.json()["resources"]))
                for a in answers}) == 1  # fmt: skip


def test_what_was_received_is_kept_byte_for_byte(service: Service, care: Care) -> None:
    """I1."""
    body = json.dumps(care.referral(), indent=1).encode()
    headers = {"content-type": PLAIN_JSON}
    service.doors.call(GP, "POST", "/records/referrals", content=body, headers=headers)
    kept = service.rows(select(schema.inbox.c.body).order_by(schema.inbox.c.id.desc()).limit(1))
    assert bytes(kept[0][0]) == body


# --- the directory is matched (decision 21) ---------------------------------------------------


def test_register_entries_that_come_along_are_matched_and_never_changed(
    service: Service, care: Care
) -> None:
    directory = schema.resource.c.category == "directory"
    held = select(schema.resource.c.id, schema.resource.c.version, schema.resource.c.hash)
    before = set(service.rows(held.where(directory)))
    bundle = referral_bundle(care.referral(), service.ids, directory=True)
    answer = post_bundle(service.doors, GP, bundle)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["entry"]) == len(bundle["entry"])
    matched = answer.json()["entry"][-3:]
    assert [e["response"]["status"] for e in matched] == ["200 OK"] * 3
    kinds = [e["response"]["location"].partition("/")[0] for e in matched]
    assert kinds == ["Organization", "Practitioner", "PractitionerRole"]
    assert set(service.rows(held.where(directory))) == before


def test_an_organisation_that_nobody_knows_is_refused_and_nothing_is_stored(
    service: Service, care: Care
) -> None:
    bundle = referral_bundle(care.referral(), service.ids, directory=True)
    resource_in(bundle, "Organization")["identifier"] = [{"system": URA, "value": "90009999"}]
    body = json.dumps(bundle).encode()
    answer = refused(service, Sent("POST", "/fhir", body, {"content-type": FHIR_JSON}, GP), 422)
    assert "R-3" in rules(answer)


# --- a second referral (RI-19) ----------------------------------------------------------------


def test_a_re_referral_is_a_new_referral_with_a_trajectory_of_its_own(
    doors: Doors, care: Care
) -> None:
    first = care.taken_up()
    assert care.close(first).status_code == 200
    second = care.accept(care.send(first.person, care.again(first.person)))
    assert second.patient == first.patient
    assert (second.referral, second.trajectory) != (first.referral, first.trajectory)
    assert doors.record(SO, second.patient, "Condition").status_code == 200


@pytest.mark.parametrize("ending", ["closed", "rejected", "cancelled", "consult"])
def test_an_earlier_consent_opens_nothing_in_a_later_referral(
    doors: Doors, care: Care, ending: str
) -> None:
    """RI-19: agreed the first time, not asked the second time."""
    first = care.refer()
    if ending == "closed":
        care.close(care.accept(first))
    elif ending == "rejected":
        care.decide(first.task, "rejected", "not-taken-up", reason=lighter_help())
    elif ending == "cancelled":
        care.decide(first.task, "cancelled", None, who=GP)
    else:
        care.decide(first.task, "accepted", "consult")
        care.decide(first.task, "completed", None)
    record = care.again(first.person, agreement=None)
    second = care.accept(care.send(first.person, record))
    assert doors.record(SO, second.patient, "Condition").status_code == 404


def test_agreed_again_it_opens_again(doors: Doors, care: Care) -> None:
    """The allowed neighbour of the rule above."""
    first = care.refer()
    care.decide(first.task, "cancelled", None, who=GP)
    second = care.accept(care.send(first.person, care.again(first.person)))
    assert doors.record(SO, second.patient, "Condition").status_code == 200


# --- death (RI-20, N12) -----------------------------------------------------------------------


@pytest.mark.parametrize("deceased", [True, "2026-11-20"], ids=["true", "a day"])
def test_a_referral_of_somebody_who_died_is_taken_in_for_people_and_opens_nothing(
    service: Service, care: Care, deceased: object
) -> None:
    record = deepcopy(care.referral())
    record["patient"]["deceased"] = deceased
    answer = service.doors.post(GP, "/records/referrals", record)
    assert answer.status_code == 201
    (task,) = names(answer, "Task")
    assert work_items(service, task) == {
        ("deceased", "RI-20", o) for o in (WILGENHOF.ura, MESO.ura)
    }
    assert service.doors.read(SO, f"Task/{task}").status_code == 404
    assert service.doors.read(GP, f"Task/{task}").status_code == 200


def test_death_in_a_later_message_closes_a_running_trajectory_but_for_its_closing(
    service: Service, care: Care
) -> None:
    """RI-20: MESO may close administratively and do nothing else."""
    dossier = care.taken_up()
    record = care.again(dossier.person)
    record["patient"]["deceased"] = True
    assert service.doors.post(GP, "/records/referrals", record).status_code == 201
    assert service.doors.read(SO, f"Patient/{dossier.patient}").status_code == 404
    assert service.doors.record(SO, dossier.patient, "Condition").status_code == 404
    assert care.publish(dossier).status_code == 404
    assert service.doors.post(SO, "/records/mdos", care.mdo(dossier)).status_code == 404
    assert care.close(dossier, "END-5").status_code == 200

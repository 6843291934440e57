"""What the JSON of a referral or a Task may not say: the right status, and the path of the fault."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from adapter.fhir.constants import BSN, URA
from adapter.synthetic.network import MESO, RIETKRAAG, SINGELZICHT, member
from tests.builders.bundle import index_of, referral_bundle, resource_in
from tests.builders.care import SO
from tests.builders.refusals import MARKER, Sent, refused
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("bad_referrals")

Json = dict[str, Any]
Change = Callable[[Json], object]
FHIR, PLAIN = "application/fhir+json", "application/json"
OTHER_BSN = "999990019"


def post(path: str, body: object, who: str = "haverkort") -> Sent:
    media = FHIR if path == "/fhir" else PLAIN
    return Sent("POST", path, json.dumps(body).encode(), {"content-type": media}, who)


def put(document: Json, if_match: str | None, *, at: str | None = None, who: str = SO) -> Sent:
    extra = {} if if_match is None else {"if-match": if_match}
    path = f"/fhir/Task/{at or document['id']}"
    return Sent("PUT", path, json.dumps(document).encode(), {"content-type": FHIR, **extra}, who)


# --- the record -------------------------------------------------------------------------------


def in_patient(**values: object) -> Change:
    return lambda record: record["patient"].update(values)


def at_top(**values: object) -> Change:
    return lambda record: record.update(values)


BAD_NUMBERS = ["999990018", "99999001", "9999900190", "000000000", " 999990019", "999990019 ",
               "999 990 019", "99999001a", "\uff19\uff19\uff19\uff19\uff19\uff10\uff10\uff11\uff19",
               "\u0669\u0669\u0669\u0669\u0669\u0660\u0660\u0661\u0669"]  # fmt: skip
RECORD: dict[str, tuple[Change, str]] = {
    **{f"BSN {n}": (in_patient(bsn=n), "Referral.patient.bsn") for n in BAD_NUMBERS},
    "a BSN as a number": (in_patient(bsn=999990019), "Referral.patient.bsn"),
    "an unknown field": (at_top(zilver=MARKER), "Referral.zilver"),
    "an unknown field inside": (in_patient(zilver=MARKER), "Referral.patient.zilver"),
    "an unknown code": (at_top(steppedCare=MARKER), "Referral.steppedCare"),
    "another type": (at_top(homeVisit="true"), "Referral.homeVisit"),
    "nothing required": (lambda r: r.pop("question"), "Referral.question"),
    "no problem": (lambda r: r.pop("problems"), "Referral.problems"),
    "only blanks": (at_top(question="  \n "), "Referral.question"),
    "too much text": (at_top(question="x" * 20_001), "Referral.question"),
    "no such day": (in_patient(birthDate="2001-02-29"), "Referral.patient.birthDate"),
    "a day with a time": (
        in_patient(birthDate="1942-03-04T00:00:00Z"),
        "Referral.patient.birthDate",
    ),
    "a day as a number": (in_patient(birthDate=-876_000), "Referral.patient.birthDate"),
    "no zone": (at_top(authoredOn="2026-11-24T09:00:00"), "Referral.authoredOn"),
    "24:00": (at_top(authoredOn="2026-11-24T24:00:00Z"), "Referral.authoredOn"),
    "a Unix time": (at_top(authoredOn=1_795_500_000), "Referral.authoredOn"),
    "a URA of seven": (at_top(receiver={"ura": "9000002"}), "Referral.receiver.ura"),
    "a script as a system": (
        at_top(identifier={"system": f"java script:{MARKER}", "value": "1"}),
        "Referral.identifier.system",
    ),
    "a BSN as a number of the practice": (
        in_patient(identifier={"system": BSN, "value": OTHER_BSN}),
        "Referral.patient.identifier",
    ),
}


@pytest.mark.parametrize(("change", "at"), RECORD.values(), ids=RECORD.keys())
def test_a_record_that_is_not_right_names_the_place(
    service: Service, change: Change, at: str
) -> None:
    record = deepcopy(service.care.referral())
    change(record)
    refused(service, post("/records/referrals", record), 422, at)


def test_a_number_of_a_problem_that_is_there_twice_is_refused(service: Service) -> None:
    record = deepcopy(service.care.referral())
    record["problems"] = [record["problems"][0]] * 2
    refused(service, post("/records/referrals", record), 422)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (at_top(authoredOn="2126-01-01T00:00:00Z"), "ServiceRequest.authoredOn"),
        (in_patient(birthDate="2126-01-01"), "Patient.birthDate"),
        (in_patient(deceased="2126-01-01"), "Patient.deceased"),
    ],
    ids=["written", "born", "died"],
)
def test_what_lies_in_the_future_has_not_happened(
    service: Service, change: Change, at: str
) -> None:
    record = deepcopy(service.care.referral())
    change(record)
    refused(service, post("/records/referrals", record), 422, at)


def test_a_clock_that_is_five_minutes_fast_is_no_fault(service: Service) -> None:
    authored = service.doors.now() + timedelta(minutes=4)
    service.care.refer(authoredOn=authored.isoformat())


@pytest.mark.parametrize("born", ["1904-02-29", "1900-01-01"])
def test_old_and_odd_birth_dates_are_taken(service: Service, born: str) -> None:
    record = deepcopy(service.care.referral())
    record["patient"]["birthDate"] = born
    assert service.doors.post("haverkort", "/records/referrals", record).status_code == 201


# --- the transaction --------------------------------------------------------------------------


def within(type_: str, change: Change) -> Change:
    return lambda bundle: change(resource_in(bundle, type_))


def having(**values: object) -> Change:
    return lambda node: node.update(values)


def entry_of(type_: str, change: Change) -> Change:
    return lambda bundle: change(bundle["entry"][index_of(bundle, type_)])


def with_bsn(value: object) -> Change:
    def change(patient: Json) -> None:
        number = next(i for i in patient["identifier"] if i["system"] == BSN)
        number["value"] = value

    return within("Patient", change)


HTTP_MODIFIER = [{"url": "https://example.org/means-the-opposite", "valueBoolean": True}]
STRANGER = {"reference": "Patient/mstranger", "type": "Patient"}
# what was changed → (change, status, type and element of the fault)
BUNDLE: dict[str, tuple[Change, int, str | None]] = {
    **{f"BSN {n}": (with_bsn(n), 422, "Patient.identifier") for n in BAD_NUMBERS[:5]},
    "no Bundle": (having(resourceType="Patient"), 400, "Bundle.resourceType"),
    "a batch": (having(type="batch"), 400, "Bundle.type"),
    "no entry": (lambda b: b.pop("entry"), 400, "Bundle.entry"),
    "an entry that is a text": (lambda b: b["entry"].append(MARKER), 400, None),
    "an entry without resource": (entry_of("Task", lambda e: e.pop("resource")), 400, None),
    "an entry without request": (entry_of("Task", lambda e: e.pop("request")), 400, None),
    "DELETE in an entry": (
        entry_of("Task", lambda e: e["request"].update(method="DELETE")), 400, None),
    "PATCH in an entry": (
        entry_of("Task", lambda e: e["request"].update(method="PATCH")), 400, None),
    "GET in an entry": (entry_of("Task", lambda e: e["request"].update(method="GET")), 400, None),
    "a conditional update": (
        entry_of("Task", lambda e: e["request"].update(method="PUT", url=f"Task?identifier={MARKER}")),
        400, None),
    "an address of another type": (
        entry_of("Task", lambda e: e["request"].update(url="Patient")), 400, None),
    "an absolute address": (
        entry_of("Task", lambda e: e["request"].update(url=f"http://{MARKER}/Task")), 400, None),
    "a name that is there twice": (
        lambda b: b["entry"][0].update(fullUrl=b["entry"][1]["fullUrl"]), 400, None),
    "a name that is no address": (entry_of("Task", having(fullUrl=MARKER)), 400, None),
    "a Bundle in a Bundle": (
        lambda b: b["entry"].append(
            {"resource": {"resourceType": "Bundle", "type": "batch"},
             "request": {"method": "POST", "url": "Bundle"}}), 400, None),
    "501 entries": (lambda b: b.update(entry=b["entry"] * 200), 400, "Bundle.entry"),
    "a name of no entry": (
        within("Task", lambda t: t["for"].update(
            reference="urn:uuid:00000000-0000-4000-8000-000000000000")), 400, None),
    "an unknown type": (
        within("Task", having(resourceType="Zilver")), 400, None),
    "an unknown element": (within("Patient", having(zilver=MARKER)), 400, "Patient.zilver"),
    "an unknown code": (within("Patient", having(gender=MARKER)), 422, "Patient.gender"),
    "an unknown modifierExtension": (
        within("ServiceRequest", having(modifierExtension=HTTP_MODIFIER)), 422,
        "ServiceRequest.modifierExtension[0]"),
    "a modifierExtension of the patient": (
        within("Patient", having(modifierExtension=HTTP_MODIFIER)), 422,
        "Patient.modifierExtension[0]"),
    "an unknown extension": (
        within("Task", having(extension=[{"url": f"https://{MARKER}.example", "valueCode": "x"}])),
        422, None),
    "implicit rules": (
        within("Task", having(implicitRules="https://example.org/rules")), 422,
        "Task.implicitRules"),
    "a contained patient": (
        within("Task", having(contained=[{"resourceType": "Patient", "id": "p"}])), 422, None),
    "R5 in R4": (
        within("ServiceRequest", having(code={"concept": {"text": MARKER}})), 400, None),
    "a list where one belongs": (within("Task", having(status=["requested"])), 400, None),
    "a text where a truth belongs": (within("Patient", having(active="true")), 400, None),
    "a date that is none": (within("Patient", having(birthDate="1942-13-01")), 400, None),
    "a day without zone in an instant": (
        within("ServiceRequest", having(authoredOn="2026-11-24T09:00:00")), 400, None),
    "a script in the narrative": (
        within("ServiceRequest", having(text={
            "status": "additional",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><script>{MARKER}</script></div>'})),
        422, None),
    "a Task about another patient": (within("Task", having(**{"for": STRANGER})), 422, "Task.for"),
    "a request about another patient": (
        within("ServiceRequest", having(subject=STRANGER)), 422, "ServiceRequest.subject"),
    "a problem of another patient": (
        within("Condition", having(subject=STRANGER)), 422, "Condition.subject"),
    "an agreement of another patient": (
        within("Consent", having(patient=STRANGER)), 422, "Consent.performer"),
    "a problem that is a Task": (
        within("ServiceRequest", lambda r: r.update(
            reasonReference=[{"reference": "Task/m1", "type": "Task"}])), 400,
        "ServiceRequest.reasonReference"),
    "a subject that is an organisation": (
        within("Task", having(**{"for": {"reference": "Organization/m1"}})), 422, None),
    "a number of another patient in for": (
        within("Task", lambda t: t["for"].update(
            identifier={"system": BSN, "value": OTHER_BSN})), 422, "Task.for"),
    "a resource that belongs to nothing": (
        lambda b: b["entry"].append(
            {"resource": {"resourceType": "Flag", "status": "active", "code": {"text": MARKER},
                          "subject": {"reference": "Patient/m1"}},
             "request": {"method": "POST", "url": "Flag"}}), 422, None),
    "a second patient": (
        lambda b: b["entry"].append(
            {**deepcopy(b["entry"][index_of(b, "Patient")]),
             "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001"}), 422, None),
    "a second Task": (
        lambda b: b["entry"].append(
            {**deepcopy(b["entry"][index_of(b, "Task")]),
             "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001"}), 422, None),
    "no patient": (
        lambda b: b["entry"].pop(index_of(b, "Patient")), 400, None),
    "a Task that was accepted already": (
        within("Task", having(status="accepted")), 422, "Task.status"),
    "a Task for another practice": (
        within("Task", having(owner={"identifier": {"system": URA, "value": RIETKRAAG.ura}})),
        422, "Task.owner"),
    "real and invented together": (
        within("Patient", lambda p: p["meta"].pop("security")), 422, None),
    "only half of an agreement": (
        within("ServiceRequest", lambda r: r["supportingInfo"].pop()), 422, None),
}  # fmt: skip


@pytest.mark.parametrize(("change", "status", "at"), BUNDLE.values(), ids=BUNDLE.keys())
def test_a_transaction_that_is_not_right_names_the_place(
    service: Service, change: Change, status: int, at: str | None
) -> None:
    bundle = referral_bundle(service.care.referral(), service.ids)
    where = at if at is None or at.startswith("Bundle") else placed(bundle, at)
    change(bundle)
    answer = refused(service, post("/fhir", bundle), status)
    told = [p for i in answer.json()["issue"] for p in i.get("expression", [])]
    assert told
    assert where is None or any(p.startswith(where) for p in told), told


def placed(bundle: Json, at: str) -> str:
    """The path of an element of a resource type as it stands in the Bundle."""
    type_, _, element = at.partition(".")
    return f"Bundle.entry[{index_of(bundle, type_)}].resource.{element}"


def test_all_faults_are_told_at_once(service: Service) -> None:
    bundle = referral_bundle(service.care.referral(), service.ids)
    resource_in(bundle, "Patient")["gender"] = MARKER
    resource_in(bundle, "Task")["zilver"] = MARKER
    told = refused(service, post("/fhir", bundle), 400).json()["issue"]
    assert len(told) == 2


# --- parties (R-2, R-3, decision 21) ----------------------------------------------------------


def sent_by(who: str) -> Change:
    sender = {"ura": member(who).ura, "uzi": member(who).uzi}
    return at_top(referrer=sender)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (sent_by("ottema"), "R-3"),
        (sent_by("oosterbaan"), "R-3"),
        (sent_by("roelvink"), "R-3"),
        (in_patient(generalPractitioner={"ura": SINGELZICHT.ura}), "R-4"),
        (at_top(receiver={"ura": RIETKRAAG.ura}), "R-2"),
        (at_top(receiver={"ura": "90009999"}), "R-2"),
        (lambda r: r["agreement"].update(recordedBy={"ura": MESO.ura, "uzi": "900000201"}), "R-8"),
    ],
    ids=["another practice", "a POH", "the SO", "not her GP", "a nurse", "nobody", "MESO recorded"],
)
def test_parties_are_judged_on_the_message(service: Service, change: Change, rule: str) -> None:
    record = deepcopy(service.care.referral())
    change(record)
    answer = refused(service, post("/records/referrals", record), 422)
    assert answer.json()["issue"][0]["details"]["coding"][0]["code"] == rule
    assert service.lines()[-1].entry.rule == rule


# --- Task PUT: which fault is told first ------------------------------------------------------


@pytest.fixture(scope="module")
def task(service: Service) -> tuple[Json, str]:
    """A referral's Task as the SO reads it, with its ETag."""
    read = service.doors.read(SO, f"Task/{service.care.refer().task}")
    assert read.status_code == 200
    return read.json(), read.headers["etag"]


def test_a_task_without_if_match_is_a_428(service: Service, task: tuple[Json, str]) -> None:
    refused(service, put(task[0], None), 428, "http.If-Match")


@pytest.mark.parametrize(
    "value", ['W/"0"', 'W/"2"', "1", "W/1", "*", '""', "W/", MARKER, 'W/"1", W/"2"', "\t", 'w/"1"'],
)  # fmt: skip
def test_an_if_match_that_is_not_the_version_held_is_a_412(
    service: Service, task: tuple[Json, str], value: str
) -> None:
    refused(service, put(task[0], value), 412, "http.If-Match")


def test_a_strong_etag_of_the_same_version_is_understood(
    service: Service, task: tuple[Json, str]
) -> None:
    refused(service, put({**task[0], "status": "completed"}, task[1].removeprefix("W/")), 422)


@pytest.mark.parametrize(
    ("changes", "status", "at"),
    [
        ({"id": "m" + "b" * 40}, 400, "Task.id"),
        ({"id": None}, 400, "Task.id"),
        ({"resourceType": "Patient"}, 400, "Task.id"),
        ({"status": "zilver"}, 422, "Task.status"),
        ({"status": "completed"}, 422, "Task.status"),
        ({"status": "draft"}, 422, "Task.status"),
        ({"zilver": MARKER}, 400, "Task.zilver"),
        ({"modifierExtension": HTTP_MODIFIER}, 422, "Task.modifierExtension[0]"),
        ({"implicitRules": "https://example.org/rules"}, 422, "Task.implicitRules"),
        ({"intent": "plan"}, 422, "Task.intent"),
        ({"for": STRANGER}, 422, "Task.for"),
        ({"focus": {"reference": "ServiceRequest/m1"}}, 422, "Task.focus"),
        ({"owner": {"reference": "Organization/m1"}}, 422, "Task.owner"),
        ({"requester": None}, 422, "Task.requester"),
        ({"code": None}, 422, "Task.code"),
        ({"meta": {"tag": [{"code": MARKER}]}}, 422, "Task.meta"),
        ({"meta": {"security": []}}, 400, "Task.meta.security"),
        ({"description": MARKER}, 422, "Task.description"),
        ({"output": [{"type": {"text": MARKER}, "valueString": MARKER}]}, 422, "Task.output"),
        ({"note": [{"text": MARKER, "authorString": MARKER}]}, 422, None),
        ({"businessStatus": {"text": MARKER}}, 422, None),
    ],
    ids=str,
)
def test_a_task_that_says_what_it_may_not_names_the_place(
    service: Service, task: tuple[Json, str], changes: Json, status: int, at: str | None
) -> None:
    changed = {**task[0], **changes}
    document = {name: value for name, value in changed.items() if value is not None}
    refused(service, put(document, task[1], at=task[0]["id"]), status, at)


def test_a_task_that_nobody_has_is_not_there_whatever_is_sent(
    service: Service, task: tuple[Json, str]
) -> None:
    document, etag = task
    answers = [
        refused(service, put({"resourceType": "Task", "id": "x"}, None, at="m" + "b" * 40), 404),
        refused(service, put(document, etag, at="m" + "b" * 40), 404),
        refused(service, put(document, 'W/"9"', who="ait-ouali"), 404),
        refused(service, put(document, None, who="ait-ouali"), 404),
        refused(service, put(document, None, at="%00"), 404),
        refused(service, put(document, None, at="x" * 65), 404),
    ]
    assert len({without_number(answer.json()) for answer in answers}) == 1


def without_number(body: Json) -> str:
    """An outcome but for the number of the request."""
    for issue in body["issue"]:
        issue.pop("diagnostics", None)
    return json.dumps(body, sort_keys=True)

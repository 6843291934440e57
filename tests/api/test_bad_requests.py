"""Addresses, methods, headers and tokens that open nothing, at every door."""

import secrets
from dataclasses import replace

import pytest
from sqlalchemy import update

from adapter.access.jose import new_private_jwk, sign_assertion
from adapter.store.schema import client, staff, token
from adapter.synthetic import network
from tests.builders.refusals import MARKER, Sent, assert_outcome, refused
from tests.builders.region import SECOND
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("bad_requests")

FHIR, PLAIN = "application/fhir+json", "application/json"
NEVER = "m" + "a" * 40
DOORS = [
    ("GET", "/fhir/Patient/m1"),
    ("HEAD", "/fhir/Patient/m1"),
    ("GET", "/fhir/Task?patient=Patient/m1"),
    ("POST", "/fhir/Task/_search"),
    ("GET", "/fhir/AuditEvent"),
    ("GET", "/fhir/AuditEvent/aread-0-1"),
    ("POST", "/fhir"),
    ("PUT", "/fhir/Task/m1"),
    ("POST", "/records/referrals"),
    ("POST", "/records/plans"),
    ("POST", "/records/consents"),
    ("POST", "/records/mdos"),
    ("POST", "/records/closings"),
    ("GET", "/records/gp-record/m1/Condition"),
    ("DELETE", "/fhir/Task/m1"),
    ("GET", "/fhir/nonsense"),
    ("PATCH", "/records/plans"),
    ("GET", "/records/nonsense"),
]


def media_of(method: str, path: str) -> dict[str, str]:
    if path.endswith("_search"):
        return {"content-type": "application/x-www-form-urlencoded"}
    return (
        {"content-type": PLAIN if path.startswith("/records") else FHIR} if method != "GET" else {}
    )


def to(method: str, path: str, **headers: str) -> Sent:
    body = b'{"resourceType":"Task","id":"m1"}' if method in {"POST", "PUT"} else b""
    if path.endswith("_search"):
        body = b"patient=Patient/m1"
    return Sent(method, path, body, {**media_of(method, path), **headers}, None)


# --- tokens -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_without_a_token_every_door_says_401(service: Service, method: str, path: str) -> None:
    answer = refused(service, to(method, path), 401)
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "value",
    [
        "Bearer",
        "Bearer ",
        f"Bearer {MARKER}",
        "Bearer " + secrets.token_urlsafe(32),
        f"Basic {MARKER}",
        f"Bearer  {MARKER} {MARKER}",
        MARKER,
        "Bearer " + "x" * 8000,
    ],
    ids=["alone", "empty", "a word", "another", "basic", "two", "no scheme", "long"],
)
def test_what_is_no_token_of_ours_is_a_401(service: Service, value: str) -> None:
    refused(service, to("GET", "/fhir/Patient/m1", authorization=value), 401)
    refused(service, to("POST", "/records/plans", authorization=value), 401)


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_an_ended_token_is_a_401(service: Service, method: str, path: str) -> None:
    who = "brouwhuis" if "AuditEvent" in path else "roelvink"
    value = f"Bearer {service.doors.token(who)}"
    service.time.pass_(300)
    refused(service, to(method, path, authorization=value), 401)


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_a_revoked_token_is_a_401(service: Service, method: str, path: str) -> None:
    value = f"Bearer {service.doors.token('kaya')}"
    service.change(update(token).where(token.c.role == "meso-so-trainee").values(revoked_at=1))
    service.doors.forget("kaya")
    refused(service, to(method, path, authorization=value), 401)


@pytest.mark.parametrize(
    "values",
    [
        {"suspended_at": 1},
        {"valid_to": 1},
        {"secrecy_signed_at": None},
        {"conduct_signed_at": None},
    ],
    ids=lambda values: next(iter(values)),
)
@pytest.mark.parametrize(("method", "path"), [DOORS[0], DOORS[7], DOORS[8], DOORS[13]])
def test_a_token_is_worth_nothing_once_its_person_may_not_act(
    service: Service, method: str, path: str, values: dict[str, int | None]
) -> None:
    """R-14, R-15, R-16, R-79: judged anew at every request."""
    value = f"Bearer {service.doors.token('dorrepaal')}"
    mine = staff.c.person == network.member("dorrepaal").uzi
    (before,) = service.rows(staff.select().where(mine))
    service.change(update(staff).where(mine).values(**values))
    try:
        refused(service, to(method, path, authorization=value), 401)
    finally:
        kept = {name: getattr(before, name) for name in values}
        service.change(update(staff).where(mine).values(**kept))


# --- assertions (RFC 7523, RFC 6749) ----------------------------------------------------------


def assert_no_token(service: Service, assertion: str, error: str = "invalid_client") -> None:
    mark, before = service.mark(), service.state()
    answer = service.doors.ask_token(assertion)
    assert answer.status_code in {400, 401}
    assert answer.json()["error"] == error
    assert answer.headers["cache-control"] == "no-store"
    assert assertion not in answer.text + service.said()
    assert service.state() == before
    assert [line.entry.outcome for line in service.lines(mark)] == [8]


def test_an_assertion_counts_once(service: Service) -> None:
    assertion = service.doors.assertion("roelvink", client="meso-epd")
    assert service.doors.ask_token(assertion).status_code == 200
    assert_no_token(service, assertion)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example/oauth/token"},
        {"iss": "wilgenhof-his"},
        {"sub": "wilgenhof-his"},
        {"exp": 1},
        {"exp": 99_999_999_999},
        {"jti": None},
        {"iat": 99_999_999_999},
    ],
    ids=str,
)
def test_a_claim_that_is_not_right_gives_no_token(
    service: Service, claims: dict[str, object]
) -> None:
    assert_no_token(service, service.doors.assertion("roelvink", client="meso-epd", **claims))


def test_another_key_gives_no_token(service: Service) -> None:
    doors = service.doors
    theirs = replace(doors, keys={**doors.keys, "meso-epd": new_private_jwk("test")})
    assert_no_token(service, theirs.assertion("roelvink", client="meso-epd"))


def test_an_assertion_that_was_changed_gives_no_token(service: Service) -> None:
    head, _, tail = service.doors.assertion("roelvink", client="meso-epd").split(".")
    other = service.doors.assertion("dussel", client="meso-epd").split(".")[1]
    assert_no_token(service, f"{head}.{other}.{tail}")


def test_a_key_of_another_client_gives_no_token(service: Service) -> None:
    claims = {"iss": "meso-epd", "sub": "meso-epd"}
    assert_no_token(service, service.doors.assertion("roelvink", client="wilgenhof-his", **claims))


def test_software_asks_no_token_for_an_organisation_that_did_not_let_it(service: Service) -> None:
    assertion = service.doors.assertion("roelvink", client="samenspel-hub")
    assert_no_token(service, assertion, "unauthorized_client")


def test_a_revoked_client_gets_no_token(service: Service) -> None:
    ours = client.c.id == "loper-epd"
    service.change(update(client).where(ours).values(revoked_at=1))
    key = service.doors.keys["loper-epd"]
    claims = {"iss": "loper-epd", "sub": "loper-epd", "exp": service.time() // SECOND + 60}
    claims |= {"aud": f"{service.doors.base}/oauth/token", "jti": secrets.token_hex(8)}
    assert_no_token(service, sign_assertion(key, claims))


# --- methods and addresses --------------------------------------------------------------------

NOT_OFFERED = [
    ("PATCH", "/fhir/Task/m1"),
    ("DELETE", "/fhir/Task/m1"),
    ("DELETE", "/fhir/Task?patient=Patient/m1"),
    ("PUT", "/fhir/Patient/m1"),
    ("PUT", "/fhir/CarePlan/m1"),
    ("PUT", "/fhir/Consent/m1"),
    ("PUT", "/fhir/AuditEvent/aread-0-1"),
    ("DELETE", "/fhir/AuditEvent/aread-0-1"),
    ("PUT", f"/fhir/Task?identifier={MARKER}"),
    ("PUT", "/fhir/Task"),
    ("POST", "/fhir/Patient"),
    ("POST", f"/fhir/Patient?identifier={MARKER}"),
    ("POST", "/fhir/AuditEvent"),
    ("POST", "/fhir/AuditEvent/_search"),
    ("POST", "/fhir/MedicationRequest"),
    ("POST", "/fhir/Patient/$match"),
    ("POST", "/fhir/Task/m1"),
    ("PUT", "/fhir"),
    ("GET", "/fhir"),
    ("GET", "/fhir/"),
    ("HEAD", "/fhir/AuditEvent"),
    ("HEAD", "/fhir/metadata"),
    ("OPTIONS", "/fhir/Task/m1"),
    ("TRACE", "/fhir/Task/m1"),
    ("BREW", "/fhir/Task/m1"),
    ("GET", "/records/referrals"),
    ("HEAD", "/records/plans"),
    ("PUT", "/records/plans"),
    ("DELETE", "/records/consents"),
    ("PATCH", "/records/closings"),
    ("POST", "/records/gp-record/m1/Condition"),
    ("DELETE", "/records/gp-record/m1/Condition"),
    ("HEAD", "/records/gp-record/m1/Condition"),
    ("POST", "/records/nonsense"),
]
NOTHING = [
    f"/fhir/{MARKER}/x/y",
    f"/fhir/{MARKER.lower()}",
    "/fhir/Patient/m1/_history",
    "/fhir/Patient/m1/_history/1",
    "/fhir/Patient/$everything",
    "/fhir/Patient/m1/$everything",
    "/fhir/_history",
    "/fhir/$export",
    "/fhir/Patient/" + "x" * 65,
    "/fhir/Patient/m1%00",
    "/fhir/Patient/m1%0d%0aset-cookie:%20x",
    "/fhir/Patient/%ff",
    "/fhir/Patient/é",
    "/fhir//Patient",
    f"/records/{MARKER}",
    "/records/",
    "/records/gp-record/m1",
    "/records/gp-record/m1/Condition/x",
    "/records/plans/m1",
]


@pytest.mark.parametrize(("method", "path"), NOT_OFFERED)
def test_what_is_not_offered_is_a_405(service: Service, method: str, path: str) -> None:
    answer = refused(service, replace(to(method, path), who="roelvink"), 405)
    assert method not in answer.headers["allow"].split(", ")


@pytest.mark.parametrize("path", NOTHING)
def test_where_nothing_is_a_read_finds_nothing(service: Service, path: str) -> None:
    refused(service, replace(to("GET", path), who="roelvink"), 404)


@pytest.mark.parametrize(
    "path", ["/", "/nonsense", f"/{MARKER}", "/docs", "/openapi.json", "/Fhir/x"]
)
def test_outside_the_rooms_there_is_nothing_and_nothing_to_log(service: Service, path: str) -> None:
    mark = service.mark()
    answer = service.doors.get(None, path)
    assert answer.status_code == 404
    assert_outcome(answer)
    assert MARKER not in answer.text
    assert service.lines(mark) == []


@pytest.mark.parametrize("path", ["/fhir/metadata", "/fhir/.well-known/smart-configuration"])
def test_what_everybody_may_know_is_told_to_everybody(service: Service, path: str) -> None:
    answer = service.doors.get(None, path)
    assert answer.status_code == 200
    assert service.settings.token_url in answer.text


def test_an_operation_that_a_client_would_guess_is_no_door(service: Service) -> None:
    path = f"/fhir/Patient/{NEVER}/$everything"
    refused(service, replace(to("GET", path), who="haverkort"), 404)


# --- parameters where none belong -------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "who"),
    [
        ("POST", "/fhir", "haverkort"),
        ("POST", "/records/referrals", "haverkort"),
        ("POST", "/records/plans", "roelvink"),
        ("PUT", "/fhir/Task/m1", "roelvink"),
        ("GET", "/fhir/Patient/m1", "haverkort"),
        ("GET", "/fhir/AuditEvent/aread-0-1", "brouwhuis"),
        ("GET", "/records/gp-record/m1/Condition", "roelvink"),
    ],
)
def test_a_parameter_where_none_belongs_is_a_400(
    service: Service, method: str, path: str, who: str
) -> None:
    """A number of a person in an address is never passed over in silence (R-37)."""
    sent = to(method, f"{path}?bsn=999990019&_format=json")
    refused(service, replace(sent, who=who), 400)


# --- headers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/fhir/Patient/m1", "/fhir/Task?patient=Patient/m1"])
@pytest.mark.parametrize("accept", ["application/fhir+xml", "text/html", MARKER])
def test_a_reader_who_accepts_no_json_gets_a_406(service: Service, path: str, accept: str) -> None:
    refused(service, replace(to("GET", path, accept=accept), who="haverkort"), 406)


@pytest.mark.parametrize("path", ["/fhir/AuditEvent", "/fhir/AuditEvent/aread-0-1"])
def test_a_reviewer_who_accepts_no_json_gets_a_406(service: Service, path: str) -> None:
    refused(service, replace(to("GET", path, accept="text/html"), who="brouwhuis"), 406)


def test_who_accepts_no_json_is_told_at_the_gp_record_too(service: Service) -> None:
    sent = to("GET", "/records/gp-record/m1/Condition", accept="application/fhir+xml")
    refused(service, replace(sent, who="roelvink"), 406)


@pytest.mark.parametrize("value", ["x" * 65, f"{MARKER} {MARKER}", f"a;{MARKER}"])
def test_a_request_id_that_is_not_plain_is_replaced(service: Service, value: str) -> None:
    sent = to("GET", "/fhir/Patient/m1", **{"x-request-id": value})
    answer = refused(service, replace(sent, who="haverkort"), 404)
    assert answer.headers["x-request-id"] != value


def test_a_plain_request_id_is_the_one_in_answer_and_log(service: Service) -> None:
    sent = to("GET", "/fhir/Patient/m1", **{"x-request-id": "req-2026.11-a"})
    answer = refused(service, replace(sent, who="haverkort"), 404)
    assert answer.headers["x-request-id"] == "req-2026.11-a"

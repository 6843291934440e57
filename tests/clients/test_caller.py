"""A SMART backend client against doors that note what they were asked."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from adapter.access.jose import new_private_jwk, public_jwks, verify_assertion
from adapter.clients.caller import (
    Acting,
    BackendClient,
    Reply,
    TokenRefusedError,
    load_private_jwk,
)
from adapter.clients.http import open_client

pytestmark = pytest.mark.anyio

BASE = "http://adapter.test"
NURSE = Acting(person="900000301", role="community-nurse", ura="90000031")
DOCTOR = Acting(person="900000201", role="meso-so", ura="90000021")
KEY = new_private_jwk("test-1")
START = 1_795_513_200_000_000


class Doors:
    """Answers every token request and every call; keeps both."""

    def __init__(self) -> None:
        self.token_forms: list[dict[str, str]] = []
        self.calls: list[httpx.Request] = []
        self.answer = httpx.Response(200, json={"resourceType": "Bundle", "total": 0})
        self.refuse: str | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != "/oauth/token":
            self.calls.append(request)
            return self.answer
        form = parse_qs(request.content.decode())
        self.token_forms.append({name: values[0] for name, values in form.items()})
        if self.refuse is not None:
            return httpx.Response(400, json={"error": self.refuse})
        token = f"token-{len(self.token_forms)}"
        return httpx.Response(200, json={"access_token": token, "expires_in": 300})


class Clock:
    now = START

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def doors() -> Doors:
    return Doors()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(doors: Doors, clock: Callable[[], int]) -> AsyncIterator[BackendClient]:
    async with open_client(own_origins=(BASE,), inner=httpx.MockTransport(doors)) as http:
        yield BackendClient(
            http, base=BASE, client_id="rietkraag-ecd", private_jwk=KEY, clock=clock
        )


async def test_an_assertion_is_accepted_by_the_adapters_own_check(
    client: BackendClient, doors: Doors
) -> None:
    await client.token(NURSE)
    found = verify_assertion(
        doors.token_forms[0]["client_assertion"],
        public_jwks(KEY),
        client_id="rietkraag-ecd",
        audience=f"{BASE}/oauth/token",
        now_us=START,
    )
    assert (found.acting.person, found.acting.role, found.acting.ura, found.acting.purpose) == (
        "900000301",
        "community-nurse",
        "90000031",
        "TREAT",
    )


async def test_a_token_is_used_again_while_it_lasts(client: BackendClient, doors: Doors) -> None:
    assert await client.token(NURSE) == await client.token(NURSE)
    assert len(doors.token_forms) == 1


async def test_a_token_is_renewed_before_it_ends(
    client: BackendClient, doors: Doors, clock: Clock
) -> None:
    first = await client.token(NURSE)
    clock.now += 271 * 1_000_000
    assert await client.token(NURSE) != first


async def test_two_people_never_share_a_token(client: BackendClient) -> None:
    assert await client.token(NURSE) != await client.token(DOCTOR)


async def test_a_refused_token_names_the_oauth_error(client: BackendClient, doors: Doors) -> None:
    doors.refuse = "unauthorized_client"
    with pytest.raises(TokenRefusedError, match="unauthorized_client"):
        await client.get(NURSE, "/fhir/Task/1")


async def test_a_call_carries_the_token_and_nothing_about_the_person(
    client: BackendClient, doors: Doors
) -> None:
    await client.get(NURSE, "/fhir/Task/1")
    assert doors.calls[0].headers["authorization"] == "Bearer token-1"
    assert NURSE.person not in str(doors.calls[0].url)


async def test_search_parameters_travel_in_the_body(client: BackendClient, doors: Doors) -> None:
    await client.search(NURSE, "Patient", [("identifier", "sys|999900006")])
    assert str(doors.calls[0].url) == f"{BASE}/fhir/Patient/_search"
    assert doors.calls[0].content == b"identifier=sys%7C999900006"


async def test_an_update_sends_the_version_that_was_seen(
    client: BackendClient, doors: Doors
) -> None:
    await client.put(NURSE, "/fhir/Task/1", {"resourceType": "Task"}, if_match='W/"2"')
    assert doors.calls[0].headers["if-match"] == 'W/"2"'


async def test_an_update_without_version_sends_no_precondition(
    client: BackendClient, doors: Doors
) -> None:
    await client.put(NURSE, "/fhir/Task/1", {"resourceType": "Task"})
    assert "if-match" not in doors.calls[0].headers


async def test_a_record_is_plain_json_and_a_bundle_is_fhir(
    client: BackendClient, doors: Doors
) -> None:
    await client.post(NURSE, "/records/plans", {})
    await client.post(NURSE, "/fhir", {})
    assert [call.headers["content-type"] for call in doors.calls] == [
        "application/json",
        "application/fhir+json",
    ]


async def test_an_answer_that_is_no_json_is_an_empty_body(
    client: BackendClient, doors: Doors
) -> None:
    doors.answer = httpx.Response(502, text="<html>")
    assert (await client.get(NURSE, "/fhir/Task/1")).body == {}


async def test_an_empty_list_in_an_answer_of_a_record_door_is_read(
    client: BackendClient, doors: Doors
) -> None:
    doors.answer = httpx.Response(201, json={"notInvited": []})
    assert (await client.get(NURSE, "/records")).body == {"notInvited": []}


def outcome(*rules: str) -> dict[str, Any]:
    issues = [{"details": {"coding": [{"code": rule}]}} for rule in rules]
    return {"resourceType": "OperationOutcome", "issue": issues}


async def test_a_reply_names_the_rules_of_a_refusal() -> None:
    assert Reply(status=422, headers={}, body=outcome("R-3", "R-4")).rules == ["R-3", "R-4"]


async def test_a_reply_lists_the_resources_of_a_bundle() -> None:
    body = {"entry": [{"resource": {"id": "a"}}, {"fullUrl": "b"}]}
    assert Reply(status=200, headers={}, body=body).resources == [{"id": "a"}]


async def test_a_key_file_holds_a_private_key() -> None:
    assert load_private_jwk(json.dumps(KEY).encode()) == KEY


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", json.dumps(public_jwks(KEY)).encode()])
async def test_a_file_without_private_key_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="key file"):
        load_private_jwk(data)

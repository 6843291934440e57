"""The token door as clients meet it: forms in, RFC 6749 JSON out, nothing kept by anybody."""

import asyncio
import json
from types import SimpleNamespace
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from adapter.access.jose import new_private_jwk, public_jwks, sign_assertion
from adapter.api.oauth import router
from adapter.api.oauth.form import MAX_BYTES
from adapter.settings import Settings
from adapter.store import identity, schema
from adapter.store.audit_log import LogFilter, read_rows
from adapter.workflows.authenticate_client import ASSERTION_TYPE
from tests.builders.identity import CLIENT, NOW, SECOND, URA, assertion, claims, jwks
from tests.builders.installation import make_world

FORM = {"content-type": "application/x-www-form-urlencoded"}


class Keys:
    """Stands for the fetcher of key sets; `sets` are given one after the other."""

    def __init__(self, *sets):
        self.sets = list(sets)
        self.asked = []

    async def __call__(self, uri):
        self.asked.append(uri)
        found = self.sets[min(len(self.asked), len(self.sets)) - 1]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def world(tmp_path):
    world = make_world(tmp_path)
    yield world
    world.store.close()


def send(world, method, path, *, keys=None, **request):
    app = FastAPI()
    context = SimpleNamespace(
        settings=Settings(), installation=world.installation, jwks=keys or Keys({})
    )
    app.include_router(router(context))

    async def call():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, **request)

    return asyncio.run(call())


def form(text=None, **changes):
    found = {
        "grant_type": "client_credentials",
        "scope": "system/*.rs",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion() if text is None else text,
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def post(world, path="/oauth/token", *, text=None, keys=None, headers=None, **changes):
    body = urlencode(form(text, **changes))
    return send(world, "POST", path, keys=keys, content=body, headers={**FORM, **(headers or {})})


def lines(world):
    return [row.entry for row in read_rows(world.store, world.folder / "log", LogFilter())]


# --- a good request ---------------------------------------------------------------------------


def test_a_good_request_gets_a_bearer_token_that_nobody_keeps(world):
    answer = post(world)
    body = answer.json()
    assert answer.status_code == 200
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("bearer", 300, "system/*.rs")
    assert len(body["access_token"]) == 43
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"


def test_every_token_is_another_one(world):
    first, second = post(world), post(world, text=assertion(jti="2"))
    assert first.json()["access_token"] != second.json()["access_token"]


def test_the_request_id_of_the_caller_stands_in_the_log(world):
    post(world, headers={"x-request-id": "req-77"})
    assert lines(world)[0].request_id == "req-77"


def test_client_id_and_unknown_parameters_are_allowed_beside_the_assertion(world):
    assert post(world, client_id=CLIENT, resource="x").status_code == 200


def test_a_charset_beside_the_media_type_is_allowed(world):
    headers = {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}
    assert post(world, headers=headers).status_code == 200


# --- refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_assertion_type": "saml2"}, 400, "invalid_request"),
        ({"client_assertion": None}, 400, "invalid_request"),
        ({"client_assertion": "x.y.z"}, 401, "invalid_client"),
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"scope": None}, 400, "invalid_scope"),
        ({"scope": "user/*.rs"}, 400, "invalid_scope"),
    ],
    ids=str,
)
def test_a_refusal_is_json_in_the_words_of_the_rfc(world, changes, status, error):
    answer = post(world, **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["error_description"].isascii()


def test_a_401_names_a_scheme(world):
    assert "www-authenticate" in post(world, client_assertion="x.y.z").headers


def test_a_person_who_may_not_act_gets_no_reason(world):
    world.store.write(lambda c: c.execute(update(schema.staff).values(suspended_at=NOW)))
    answer = post(world)
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")
    assert "R-79" not in answer.text
    assert "suspen" not in answer.text


def test_a_replay_gets_nothing(world):
    text = assertion()
    post(world, text=text)
    assert post(world, text=text).json()["error"] == "invalid_client"


def test_two_ways_of_authentication_are_refused(world):
    answer = post(world, headers={"authorization": "Basic eDp5"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_parameter_that_stands_twice_is_refused(world):
    body = urlencode([*form().items(), ("scope", "system/*.cruds")])
    answer = send(world, "POST", "/oauth/token", content=body, headers=FORM)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    "media", ["application/json", "multipart/form-data; boundary=x", "", "text/plain"]
)
def test_another_media_type_is_415(world, media):
    answer = send(world, "POST", "/oauth/token", content=b"{}", headers={"content-type": media})
    assert (answer.status_code, answer.json()["error"]) == (415, "invalid_request")


@pytest.mark.parametrize(
    "body",
    [b"scope", b"a=%ff", b"\xff=1", b"&".join(b"a%d=1" % n for n in range(30))],
    ids=["no value", "no utf-8 behind percent", "no utf-8", "too many"],
)
def test_an_unreadable_form_is_400(world, body):
    answer = send(world, "POST", "/oauth/token", content=body, headers=FORM)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_an_empty_form_is_400(world):
    answer = send(world, "POST", "/oauth/token", content=b"", headers=FORM)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(("size", "status"), [(MAX_BYTES, 400), (MAX_BYTES + 1, 413)])
def test_a_form_that_is_too_large_is_413(world, size, status):
    body = b"a=" + b"x" * (size - 2)
    assert send(world, "POST", "/oauth/token", content=body, headers=FORM).status_code == status


def test_a_form_without_end_is_cut_off(world):
    given = []

    async def endless():
        for _ in range(1000):
            given.append(1)
            yield b"x" * 10_000

    answer = send(world, "POST", "/oauth/token", content=endless(), headers=FORM)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_post_is_offered(world, method, path):
    answer = send(world, method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["error"] == "invalid_request"


# --- keys behind an address -------------------------------------------------------------------

URI = "https://epd.example/jwks.json"


def with_address(world):
    values = {"jwks": None, "jwks_uri": URI}
    world.store.write(lambda c: c.execute(update(schema.client).values(**values)))


def test_keys_are_fetched_from_the_registered_address(world):
    with_address(world)
    keys = Keys(jwks())
    assert post(world, keys=keys).status_code == 200
    assert keys.asked == [URI]


def test_a_kid_that_is_unknown_is_refused_and_logged_once(world):
    with_address(world)
    keys = Keys(public_jwks(new_private_jwk("old")))
    assert post(world, keys=keys).json()["error"] == "invalid_client"
    assert len(lines(world)) == 1


def test_an_unreachable_key_set_is_503_and_uses_nothing_up(world):
    with_address(world)
    text = assertion()
    answer = post(world, text=text, keys=Keys(OSError("secret host name")))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "secret" not in answer.text
    assert post(world, text=text, keys=Keys(jwks())).status_code == 200


def test_an_unknown_client_makes_us_fetch_nothing(world):
    keys = Keys({})
    post(world, text=sign_assertion(new_private_jwk("k"), claims(iss="x", sub="x")), keys=keys)
    assert keys.asked == []


# --- introspection and revocation -------------------------------------------------------------


def bare(jti):
    return assertion(jti=jti, extensions=None)


def test_introspection_tells_what_a_token_stands_for(world):
    token = post(world).json()["access_token"]
    body = post(world, "/oauth/introspect", text=bare("2"), token=token).json()
    assert body == {
        "active": True,
        "token_type": "bearer",
        "client_id": CLIENT,
        "sub": "role-so-1",
        "iat": NOW // SECOND,
        "exp": NOW // SECOND + 300,
        "subject_id": "900021001",
        "subject_role": "meso-so",
        "subject_organization_id": URA,
        "purpose_of_use": "TREAT",
    }


@pytest.mark.parametrize("token", ["unknown", None])
def test_introspection_of_no_token_of_ours_says_only_that(world, token):
    answer = post(world, "/oauth/introspect", text=bare("2"), token=token)
    assert (answer.status_code, answer.json()) == (200, {"active": False})


def test_introspection_without_a_proven_client_is_refused(world):
    token = post(world).json()["access_token"]
    answer = post(world, "/oauth/introspect", client_assertion=None, token=token)
    assert answer.status_code == 400
    assert "active" not in answer.text


@pytest.mark.parametrize("known", [True, False])
def test_revocation_answers_the_same_for_a_known_and_an_unknown_token(world, known):
    token = post(world).json()["access_token"]
    answer = post(world, "/oauth/revoke", text=bare("2"), token=token if known else "unknown")
    assert (answer.status_code, answer.json()) == (200, {})
    revoked = world.store.read(lambda c: c.scalars(select(schema.token.c.revoked_at)).one())
    assert (revoked is not None) is known


# --- discovery --------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["", "/fhir"])
def test_smart_configuration_names_the_endpoints(world, base):
    answer = send(world, "GET", f"{base}/.well-known/smart-configuration")
    body = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert body["token_endpoint"] == Settings().token_url
    assert body["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert body["token_endpoint_auth_signing_alg_values_supported"] == ["RS384", "ES384"]
    assert "client-confidential-asymmetric" in body["capabilities"]
    assert "authorization_endpoint" not in body


@pytest.mark.parametrize("base", ["", "/fhir"])
def test_openid_configuration_is_a_json_404(world, base):
    answer = send(world, "GET", f"{base}/.well-known/openid-configuration")
    assert answer.status_code == 404
    assert json.loads(answer.content)["resourceType"] == "OperationOutcome"


def test_a_client_that_is_registered_later_is_found_at_once(world):
    key = new_private_jwk("n")
    text = sign_assertion(key, claims(iss="new", sub="new"))
    assert post(world, text=text).status_code == 401

    def register(c):
        keys = public_jwks(key)
        identity.register_client(c, client_id="new", name="new", jwks=keys, jwks_uri=None)
        identity.allow_client(c, client_id="new", ura=URA, basis="vwo")

    world.store.write(register)
    assert post(world, text=text).status_code == 200

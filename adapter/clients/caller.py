"""A SMART backend client: signs an assertion, gets a token, calls FHIR and record doors with it.

https://hl7.org/fhir/smart-app-launch/backend-services.html

One software client that speaks for several people: who acts is named in every assertion, and each
(person, role, organisation, purpose) has a token of its own, never shared. A token is renewed
before it ends; a refused call is not repeated.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from adapter.access.jose import assertion_claims, sign_assertion
from adapter.clients.http import Answer, HttpClient
from adapter.fhir.constants import FHIR_JSON, FORM, JSON, URA, UZI
from adapter.fhir.json import Json, decode_own, encode

_ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SECOND: Final = 1_000_000
_RENEW_BEFORE_S: Final = 30
_OK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts: a person (UZI) in a role for an organisation (URA), with one purpose."""

    person: str
    role: str
    ura: str
    purpose: str = "TREAT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a door answered. `body` is empty when there was no JSON object."""

    status: int
    headers: Mapping[str, str]
    body: Json

    def was(self, *statuses: int) -> bool:
        """Whether it was answered with one of these."""
        return self.status in statuses

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def resources(self) -> list[Json]:
        """Resources of a Bundle, in its order."""
        entries = self.body.get("entry", [])
        return [entry["resource"] for entry in entries if "resource" in entry]

    @property
    def rules(self) -> list[str]:
        """Rule ids that an OperationOutcome names, in its order."""
        codings = [
            coding
            for issue in self.body.get("issue", [])
            for coding in issue.get("details", {}).get("coding", [])
        ]
        return [coding["code"] for coding in codings if "code" in coding]


class TokenRefusedError(Exception):
    """The token endpoint said no; `error` is the RFC 6749 code, `status` the HTTP status."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.error = error


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    renew_at: int


class BackendClient:
    """Client `client_id` of the adapter at `base` (no slash at the end)."""

    def __init__(
        self,
        http: HttpClient,
        *,
        base: str,
        client_id: str,
        private_jwk: Json,
        clock: Callable[[], int],
    ) -> None:
        self._http = http
        self._base = base
        self._client_id = client_id
        self._key = private_jwk
        self._clock = clock
        self._tokens: dict[Acting, _Token] = {}

    async def token(self, acting: Acting) -> str:
        """An access token for `acting`. `TokenRefusedError` when it is not given."""
        now = self._clock()
        known = self._tokens.get(acting)
        if known is None or known.renew_at <= now:
            known = self._tokens[acting] = await self._request_token(acting, now)
        return known.value

    async def get(self, acting: Acting, path: str) -> Reply:
        """`path` below the base, with its query: `/fhir/Task?patient=…`."""
        return await self._call(acting, "GET", path)

    async def search(self, acting: Acting, type_: str, pairs: Sequence[tuple[str, str]]) -> Reply:
        """`POST [type]/_search`: parameters stay out of every address and log line."""
        form = urlencode(pairs).encode()
        return await self._call(acting, "POST", f"/fhir/{type_}/_search", form, media=FORM)

    async def post(self, acting: Acting, path: str, body: Json) -> Reply:
        """A record or a transaction Bundle."""
        media = FHIR_JSON if path.startswith("/fhir") else JSON
        return await self._call(acting, "POST", path, encode(body), media=media)

    async def put(
        self, acting: Acting, path: str, body: Json, *, if_match: str | None = None
    ) -> Reply:
        """An update of a resource, with the ETag that was read before."""
        extra = {} if if_match is None else {"if-match": if_match}
        return await self._call(acting, "PUT", path, encode(body), media=FHIR_JSON, extra=extra)

    async def _call(
        self,
        acting: Acting,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        media: str | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Reply:
        headers = {"authorization": f"Bearer {await self.token(acting)}", **(extra or {})}
        if media is not None:
            headers["content-type"] = media
        answer = await self._http.send(method, f"{self._base}{path}", headers=headers, body=body)
        return Reply(status=answer.status, headers=answer.headers, body=_object(answer))

    async def _request_token(self, acting: Acting, now: int) -> _Token:
        url = f"{self._base}/oauth/token"
        claims = assertion_claims(
            client_id=self._client_id,
            audience=url,
            jti=secrets.token_urlsafe(16),
            now_us=now,
            acting=_b2b(acting),
        )
        form = {
            "grant_type": "client_credentials",
            "scope": "system/*.crus",
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": sign_assertion(self._key, claims),
        }
        answer = await self._http.send(
            "POST", url, headers={"content-type": FORM}, body=urlencode(form).encode()
        )
        body = _object(answer)
        if answer.status != _OK:
            raise TokenRefusedError(answer.status, str(body.get("error", "unknown")))
        lifetime = int(body["expires_in"]) - _RENEW_BEFORE_S
        return _Token(str(body["access_token"]), now + lifetime * _SECOND)


def _b2b(acting: Acting) -> Json:
    """The `hl7-b2b` extension object (https://hl7.org/fhir/us/udap-security/b2b.html)."""
    return {
        "version": "1",
        "subject_id": f"{UZI}|{acting.person}",
        "subject_role": acting.role,
        "organization_id": f"{URA}|{acting.ura}",
        "purpose_of_use": [acting.purpose],
    }


def _object(answer: Answer) -> Json:
    """JSON that the adapter sent us; a record door's answer may hold what FHIR would not."""
    try:
        return decode_own(answer.body) if answer.body else {}
    except ValueError:
        return {}


def load_private_jwk(data: bytes) -> Json:
    """Private key as it stands in a key file. `ValueError` when it is none."""
    try:
        key = decode_own(data)
    except ValueError:
        raise ValueError("this is no key file") from None
    if not {"kty", "kid", "alg", "d"} <= key.keys():
        raise ValueError("this key file holds no private key")
    return key

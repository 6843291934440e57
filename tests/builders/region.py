"""The invented region Velp in an installation, and its people at the doors by their short names.

Everything goes through the doors as real software does it: a signed assertion, a token, a call.
"""

import itertools
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx

from adapter.access.jose import assertion_claims, new_private_jwk, public_jwks, sign_assertion
from adapter.cli.folder import RegionFolder
from adapter.cli.opening import opened
from adapter.cli.region import load_region
from adapter.cli.sources import describe
from adapter.fhir.constants import FHIR_JSON, FORM, URA, UZI
from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.settings import Settings
from adapter.store.migrate import migrate
from adapter.synthetic import network
from adapter.synthetic.people import Fate, Person
from adapter.synthetic.region import Region, build_region

Json = dict[str, Any]
PATIENTS = 400  # more than any module refers; the GP sources know all of them
SECOND = 1_000_000
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def velp(patients: int = PATIENTS) -> Region:
    return build_region(datetime.now(UTC).date(), patients=patients)


@dataclass(frozen=True)
class Template:
    """A migrated SQLite installation with the region in it; copied, never served itself."""

    folder: Path
    region: Region
    keys: Mapping[str, Json]  # private key by client id

    def copy(self, to: Path) -> RegionFolder:
        shutil.copytree(self.folder, to)
        return RegionFolder(to)


def make_template(folder: Path, region: Region) -> Template:
    home = RegionFolder(folder)
    home.create_anew(describe(region))
    keys = {party.client: new_private_jwk("test") for party in network.ORGANISATIONS}
    for client, key in keys.items():
        home.write_client_key(client, key)
    settings = home.settings(base="http://127.0.0.1:8000")
    migrate(settings)
    register(settings, region, keys)
    return Template(folder, region, keys)


def register(
    settings: Settings,
    region: Region,
    keys: Mapping[str, Json],
    sources: Mapping[str, str] | None = None,
) -> None:
    with opened(settings) as installation:
        load_region(
            installation,
            region,
            jwks={client: public_jwks(key) for client, key in keys.items()},
            record_sources=sources,
        )


def new_people(region: Region, practice: int = 0) -> Iterator[Person]:
    """Patients of one practice, each once; all of them say yes to everything."""
    for person in region.patients:
        if person.practice == practice and person.fate is not Fate.STORY:
            yield replace(person, fate=Fate.TRAJECTORY)


class Send(Protocol):
    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], content: Any
    ) -> httpx.Response: ...


@dataclass
class Doors:
    """What people of the region can do: `send` is one HTTP request below the base."""

    send: Send
    base: str
    keys: Mapping[str, Json]
    clock: Callable[[], int]
    rng: Random = field(default_factory=lambda: Random(7))
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _tokens: dict[tuple[str, str, str], tuple[str, int]] = field(default_factory=dict)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock() // SECOND, UTC)

    def token(self, who: str, *, client: str | None = None, purpose: str | None = None) -> str:
        member = network.member(who)
        through = client or network.organisation(member.ura).client
        purpose = purpose or ("HOPERAT" if member.role == "log-reviewer" else "TREAT")
        known = self._tokens.get((who, through, purpose))
        if known is None or known[1] <= self.clock():
            answer = self.ask_token(self.assertion(who, client=through, purpose=purpose))
            assert answer.status_code == 200, answer.text
            body = answer.json()
            lasts = (body["expires_in"] - 30) * SECOND
            known = body["access_token"], self.clock() + lasts
            self._tokens[who, through, purpose] = known
        return known[0]

    def forget(self, who: str) -> None:
        """Ask a new token for her next time."""
        self._tokens = {key: found for key, found in self._tokens.items() if key[0] != who}

    def assertion(self, who: str, *, client: str, purpose: str = "TREAT", **claims: Any) -> str:
        member = network.member(who)
        found = assertion_claims(
            client_id=client,
            audience=f"{self.base}/oauth/token",
            jti=f"jti-{next(self._numbers)}-{self.rng.random()}",
            now_us=self.clock(),
            acting={
                "version": "1",
                "subject_id": f"{UZI}|{member.uzi}",
                "subject_role": member.role,
                "organization_id": f"{URA}|{member.ura}",
                "purpose_of_use": [purpose],
            },
        )
        return sign_assertion(self.keys[client], {**found, **claims})

    def ask_token(self, assertion: str, **changes: str) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "scope": "system/*.crus",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
            **changes,
        }
        return self.send("POST", "/oauth/token", {"content-type": FORM}, urlencode(form).encode())

    def call(
        self,
        who: str | None,
        method: str,
        path: str,
        *,
        content: Any = b"",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """`who` None: without a token."""
        login = {} if who is None else {"authorization": f"Bearer {self.token(who)}"}
        return self.send(method, path, {**login, **(headers or {})}, content)

    def get(self, who: str | None, path: str, **headers: str) -> httpx.Response:
        return self.call(who, "GET", path, headers=headers)

    def read(self, who: str, reference: str) -> httpx.Response:
        return self.get(who, f"/fhir/{reference}")

    def search(self, who: str, type_: str, *pairs: tuple[str, str]) -> httpx.Response:
        return self.call(
            who,
            "POST",
            f"/fhir/{type_}/_search",
            content=urlencode(pairs).encode(),
            headers={"content-type": FORM},
        )

    def about(self, who: str, type_: str, patient: str) -> httpx.Response:
        return self.search(who, type_, ("patient", f"Patient/{patient}"))

    def post(self, who: str | None, path: str, body: object, **headers: str) -> httpx.Response:
        media = FHIR_JSON if path.startswith("/fhir") else PLAIN_JSON
        return self.call(
            who,
            "POST",
            path,
            content=json.dumps(body).encode(),
            headers={"content-type": media, **headers},
        )

    def put(self, who: str, document: Json, if_match: str | None) -> httpx.Response:
        extra = {} if if_match is None else {"if-match": if_match}
        return self.call(
            who,
            "PUT",
            f"/fhir/{document['resourceType']}/{document['id']}",
            content=json.dumps(document).encode(),
            headers={"content-type": FHIR_JSON, **extra},
        )

    def record(self, who: str, patient: str, part: str) -> httpx.Response:
        """The GP's own record, read through."""
        return self.get(who, f"/records/gp-record/{patient}/{part}")


def resources(answer: httpx.Response) -> list[Json]:
    return [entry["resource"] for entry in answer.json().get("entry", [])]


def rules(answer: httpx.Response) -> list[str]:
    """Rule ids in an OperationOutcome."""
    return [
        coding["code"]
        for issue in answer.json()["issue"]
        for coding in issue.get("details", {}).get("coding", [])
    ]


def places(answer: httpx.Response) -> list[str]:
    """Paths in an OperationOutcome."""
    return [place for issue in answer.json()["issue"] for place in issue.get("expression", [])]

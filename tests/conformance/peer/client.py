"""A plain FHIR client for the contract suite, and resources to send. Nothing is classified."""

import itertools
import json
import os
from typing import Any

import httpx

from adapter.fhir.constants import CANONICAL, htest

Json = dict[str, Any]
SNAPSHOT = {"X_Meta_Snapshot_Mode": "TAG, PROFILE, SECURITY_LABEL"}
FROM_THE_START = "_since=1970-01-01T00:00:00Z"

_numbers = itertools.count(1)
_run = os.urandom(4).hex()


def new_id() -> str:
    """An id that no other test uses: the real server is shared and never emptied."""
    return f"m{_run}{next(_numbers):04x}"


class Peer:
    def __init__(self, base: str) -> None:
        self.base = base
        self._client = httpx.Client(headers={"Accept": "application/fhir+json"}, timeout=30)

    def put(self, resource: Json, **headers: str) -> httpx.Response:
        path = f"{resource['resourceType']}/{resource.get('id', 'mwithoutid')}"
        return self.send("PUT", path, resource, **headers)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.send("GET", path, None, **headers)

    def delete(self, path: str, **headers: str) -> httpx.Response:
        return self.send("DELETE", path, None, **headers)

    def bundle(self, *entries: Json, kind: str = "transaction", **headers: str) -> httpx.Response:
        body = {"resourceType": "Bundle", "type": kind, "entry": list(entries)}
        return self.send("POST", "", body, **headers)

    def post_search(self, type_: str, **form: str) -> httpx.Response:
        return self._client.post(f"{self.base}/{type_}/_search", data=form)

    def send(self, method: str, path: str, body: Json | None, **headers: str) -> httpx.Response:
        """`headers` are written with underscores: `If_Match`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            named["Content-Type"] = "application/fhir+json"
        content = None if body is None else json.dumps(body).encode()
        url = path if path.startswith("http") else f"{self.base}/{path}".rstrip("/")
        return self._client.request(method, url, headers=named, content=content)

    def close(self) -> None:
        self._client.close()


def patient(id_: str, *, name: str = "Testpersoon", **elements: Any) -> Json:
    return {
        "resourceType": "Patient",
        "id": id_,
        "meta": {"security": [htest()]},
        "identifier": [{"system": f"{CANONICAL}/test/{_run}", "value": id_}],
        "name": [{"text": name}],
        **elements,
    }


def task(id_: str, patient_id: str, **elements: Any) -> Json:
    return {
        "resourceType": "Task",
        "id": id_,
        "meta": {"security": [htest()]},
        "status": "requested",
        "intent": "order",
        "for": {"reference": f"Patient/{patient_id}"},
        **elements,
    }


def put_entry(resource: Json, **request: str) -> Json:
    url = f"{resource['resourceType']}/{resource['id']}"
    return {"resource": resource, "request": {"method": "PUT", "url": url, **request}}


def diagnostics(reply: httpx.Response) -> str:
    text: str = reply.json()["issue"][0]["diagnostics"]
    return text


def ids(bundle: httpx.Response) -> list[str]:
    return [entry["resource"]["id"] for entry in bundle.json().get("entry", [])]


def identifier_of(resource: Json) -> str:
    """Search token of the first identifier."""
    first = resource["identifier"][0]
    return f"{first['system']}|{first['value']}"

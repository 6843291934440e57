"""What every refusal has to be: right, mute about what was sent, without effect, and logged once."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from adapter.fhir.constants import CONTENT_TYPE
from tests.builders.region import places
from tests.fixtures.service import Service

MARKER = "Zilvermeeuw7391"  # stands in no text of ours
SECRETS = (MARKER, MARKER.lower(), "999990019", "999912347")


@dataclass
class Sent:
    """One request that has to be refused. `secrets` are values of it that may come back nowhere."""

    method: str
    path: str
    content: Any = b""
    headers: dict[str, str] = field(default_factory=dict)
    who: str | None = "haverkort"
    secrets: tuple[str, ...] = SECRETS


def refused(service: Service, sent: Sent, status: int, at: str | None = None) -> httpx.Response:
    """Send it, and check everything that holds for every refusal."""
    if sent.who is not None:
        service.doors.token(sent.who)  # its own log line comes first
    before, lines = service.state(), service.mark()
    said = len(service.said())
    answer = service.doors.call(
        sent.who, sent.method, sent.path, content=sent.content, headers=sent.headers
    )
    assert answer.status_code == status, answer.text
    if sent.method != "HEAD":
        assert_outcome(answer)
    if at is not None:
        assert at in places(answer), answer.text
    echo = answer.text + repr(answer.headers.raw) + service.said()[said:]
    assert not [secret for secret in sent.secrets if secret in echo]
    assert service.state() == before
    new = service.lines(since=lines)
    assert [line.entry.status for line in new] == [status]
    assert new[0].entry.outcome in {4, 8}
    assert new[0].entry.request_id == answer.headers["x-request-id"]
    return answer


def assert_outcome(answer: httpx.Response) -> None:
    """An OperationOutcome with something to say, under the right media type."""
    body = json.loads(answer.content)
    assert answer.headers["content-type"] == CONTENT_TYPE
    assert answer.headers["cache-control"] == "no-store"
    assert body["resourceType"] == "OperationOutcome"
    assert all(issue["severity"] and issue["code"] for issue in body["issue"])
    assert body["issue"]

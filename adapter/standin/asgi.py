"""The few lines of ASGI that a stand-in needs: read one request, send one answer.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked. Header names are lower case; `path` is decoded, `query` in its order."""

    method: str
    base: str  # scheme and host
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back. Content-Length is added."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


async def read_request(scope: Scope, receive: Receive) -> Request:
    """The whole request; a stand-in has no size limit."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return Request(
        method=scope["method"],
        base=f"{scope.get('scheme', 'http')}://{headers.get('host', 'standin.test')}",
        path=scope["path"],
        query=tuple(query),
        headers=headers,
        body=body,
    )


async def send_answer(send: Send, answer: Answer, *, keep: int | None = None) -> None:
    """Send `answer`; with `keep` the body stops after so many bytes of the length promised."""
    headers = {**answer.headers, "content-length": str(len(answer.body))}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    truncated = keep is not None
    await send(
        {"type": "http.response.body", "body": answer.body[:keep], "more_body": truncated},
    )


async def answer_lifespan(receive: Receive, send: Send) -> None:
    """Start and stop without work."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return

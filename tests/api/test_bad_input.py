"""Bodies that no door takes: too large, not JSON, not ours. Nothing is echoed, kept or left unlogged.

What the JSON says is in `test_bad_referrals.py` and beside; addresses and methods in
`test_bad_requests.py`.
"""

import gzip
import json
from collections.abc import AsyncIterator, Iterator

import anyio
import pytest

from adapter.api import bodies
from tests.builders.refusals import MARKER, Sent, refused
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("bad_input")

FHIR, PLAIN = "application/fhir+json", "application/json"
# (method, path, media type, who may use it)
TRANSACTION = ("POST", "/fhir", FHIR, "haverkort")
REFERRAL = ("POST", "/records/referrals", PLAIN, "haverkort")
TASK = ("PUT", "/fhir/Task/mabc", FHIR, "roelvink")
MAIN = [TRANSACTION, REFERRAL, TASK]
OTHERS = [
    ("POST", "/fhir/", FHIR, "haverkort"),
    *(
        ("POST", f"/records/{kind}", PLAIN, "roelvink")
        for kind in ("plans", "consents", "mdos", "closings")
    ),
]
Door = tuple[str, str, str, str]

_DEEP = b'{"a":' * 65 + b"1" + b"}" * 65
_VERY_DEEP = b'{"a":' * 100_000
NOT_JSON = {
    "nothing": b"",
    "cut off": f'{{"family":"{MARKER}"'.encode(),
    "words": MARKER.encode(),
    "two documents": f'{{"family":"{MARKER}"}}{{}}'.encode(),
    "a list": f'["{MARKER}"]'.encode(),
    "a text": f'"{MARKER}"'.encode(),
    "a repeated name": f'{{"family":"{MARKER}","family":"x"}}'.encode(),
    "a repeated name deep down": f'{{"a":[{{"{MARKER}":1,"{MARKER}":2}}]}}'.encode(),
    "65 levels": _DEEP,
    "very many levels": _VERY_DEEP,
    "very many lists": b'{"a":' + b"[" * 100_000,
    "NaN": b'{"value":NaN}',
    "Infinity": b'{"value":-Infinity}',
    "1e999": b'{"value":1e999}',
    "an exponent of many digits": b'{"value":1e99999999999999999999}',
    "19 digits behind the dot": b'{"value":0.1234567890123456789}',
    "30 digits": b'{"value":123456789012345678901234567890}',
    "5000 digits": b'{"value":' + b"9" * 5000 + b"}",
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps({"family": MARKER}).encode(),
    "UTF-16": json.dumps({"family": MARKER}).encode("utf-16"),
    "Latin-1": f'{{"family":"{MARKER}é"}}'.encode("latin-1"),
    "half a character": f'{{"family":"{MARKER}\\ud800"}}'.encode(),
    "NUL as an escape": f'{{"family":"{MARKER}\\u0000"}}'.encode(),
    "NUL as a byte": f'{{"family":"{MARKER}\0"}}'.encode(),
    "NUL in a name": f'{{"{MARKER}\\u0000":"x"}}'.encode(),
    "an empty object": b"{}",
    "an empty text": f'{{"family":"","given":"{MARKER}"}}'.encode(),
    "an empty list": b'{"given":[]}',
    "null": b'{"family":null}',
    "a comment": b'{/* x */"a":1}',
    "a comma too many": b'{"a":1,}',
    "single quotes": b"{'a':1}",
}


def send(service: Service, door: Door, content: object, status: int, **headers: str) -> None:
    method, path, media, who = door
    sent = Sent(method, path, content, {"content-type": media, **headers}, who)
    refused(service, sent, status)


@pytest.mark.parametrize("door", MAIN, ids=lambda door: door[1])
@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_what_is_no_strict_json_is_a_400(service: Service, door: Door, body: bytes) -> None:
    send(service, door, body, 400)


@pytest.mark.parametrize("door", OTHERS, ids=lambda door: door[1])
def test_every_other_door_reads_as_strictly(service: Service, door: Door) -> None:
    send(service, door, NOT_JSON["a repeated name"], 400)


@pytest.mark.parametrize("door", [*MAIN, *OTHERS], ids=lambda door: door[1])
@pytest.mark.parametrize(
    "media",
    ["application/xml", "application/fhir+xml", "text/plain", "application/x-www-form-urlencoded"],
)
def test_another_media_type_is_a_415(service: Service, door: Door, media: str) -> None:
    xml = f"<Patient><family value='{MARKER}'/></Patient>".encode()
    send(service, door, xml, 415, **{"content-type": media})


@pytest.mark.parametrize("door", MAIN, ids=lambda door: door[1])
@pytest.mark.parametrize(
    "media", ["", "json", "application/json-patch+json", "application/fhir+jso"]
)
def test_a_media_type_that_only_looks_like_it_is_a_415(
    service: Service, door: Door, media: str
) -> None:
    send(service, door, b'{"a":1}', 415, **{"content-type": media})


def test_a_record_door_takes_no_fhir(service: Service) -> None:
    send(service, REFERRAL, b'{"a":1}', 415, **{"content-type": FHIR})


@pytest.mark.parametrize("door", MAIN, ids=lambda door: door[1])
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, identity", MARKER])
def test_a_compressed_body_is_a_415(service: Service, door: Door, encoding: str) -> None:
    send(service, door, gzip.compress(b'{"a":1}'), 415, **{"content-encoding": encoding})


@pytest.mark.parametrize("door", [*MAIN, *OTHERS], ids=lambda door: door[1])
def test_who_accepts_no_json_gets_a_406(service: Service, door: Door) -> None:
    send(service, door, b'{"a":1}', 406, accept="application/fhir+xml")


# --- size and time ----------------------------------------------------------------------------


def limit_of(service: Service, door: Door) -> int:
    settings = service.settings
    return (
        settings.max_bundle_bytes if door[1].rstrip("/") == "/fhir" else settings.max_resource_bytes
    )


@pytest.mark.parametrize("door", [*MAIN, *OTHERS], ids=lambda door: door[1])
def test_one_byte_too_many_is_a_413(service: Service, door: Door) -> None:
    send(service, door, b" " * (limit_of(service, door) + 1), 413)


@pytest.mark.parametrize("door", MAIN, ids=lambda door: door[1])
def test_one_byte_less_is_read(service: Service, door: Door) -> None:
    send(service, door, b" " * limit_of(service, door), 400)


@pytest.mark.parametrize("door", MAIN, ids=lambda door: door[1])
def test_a_body_without_a_length_is_counted_while_it_comes(service: Service, door: Door) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 65_536
            yield b" " * 65_536

    send(service, door, endless(), 413)
    assert taken <= limit_of(service, door) + 4 * 65_536


def test_a_length_that_was_not_true_changes_nothing(service: Service) -> None:
    send(service, REFERRAL, NOT_JSON["cut off"], 400, **{"content-length": "2"})


@pytest.mark.parametrize("door", MAIN, ids=lambda door: door[1])
def test_a_body_that_never_ends_is_a_408(
    service: Service, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MAX_SECONDS", 0.02)

    async def dripping() -> AsyncIterator[bytes]:
        yield b"{"
        await anyio.sleep(20)

    send(service, door, dripping(), 408)


# --- who asks comes before what is sent -------------------------------------------------------


@pytest.mark.parametrize("door", [*MAIN, *OTHERS], ids=lambda door: door[1])
def test_without_a_token_the_body_is_not_judged(service: Service, door: Door) -> None:
    method, path, media, _ = door
    sent = Sent(method, path, NOT_JSON["a repeated name"], {"content-type": media}, None)
    refused(service, sent, 401)


@pytest.mark.parametrize("door", [*MAIN, *OTHERS], ids=lambda door: door[1])
def test_without_the_role_the_body_is_not_judged(service: Service, door: Door) -> None:
    method, path, media, _ = door
    body = NOT_JSON["a repeated name"]
    refused(service, Sent(method, path, body, {"content-type": media}, "mulderij"), 403)


def bodies_before_login() -> Iterator[tuple[object, dict[str, str], int]]:
    yield b" " * 1_000_001, {}, 413
    yield b"{}", {"content-type": "application/xml"}, 415
    yield b"{}", {"accept": "application/xml"}, 406


@pytest.mark.parametrize(("body", "headers", "status"), list(bodies_before_login()))
def test_size_and_media_type_come_before_the_token(
    service: Service, body: bytes, headers: dict[str, str], status: int
) -> None:
    sent = Sent("POST", "/records/referrals", body, {"content-type": PLAIN, **headers}, None)
    refused(service, sent, status)

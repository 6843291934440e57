"""Waits that a server asks for, codes in its errors, and what proves a write."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from adapter.clients.http import Answer
from adapter.clients.replies import Done, error_code, evidence, retry_after
from adapter.fhir.json import Json, encode

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(delta: timedelta) -> str:
    return format_datetime(NOW + delta, usegmt=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", timedelta(seconds=3)),
        ("901", timedelta(minutes=15)),
        (at(timedelta(minutes=2)), timedelta(minutes=2)),
        (at(timedelta(hours=2)), timedelta(minutes=15)),
        ("0", None),
        ("1000000000", None),
        ("9" * 400, None),
        (at(timedelta(minutes=-2)), None),
        (at(timedelta(days=400)), None),
        ("-5", None),
        ("soon", None),
        ("٣", None),
        ("", None),
    ],
    ids=["seconds", "seconds capped", "date", "date capped", "zero", "absurd", "overflow", "past",
         "next year", "negative", "word", "other digits", "empty"],
)  # fmt: skip
def test_a_wait_is_read_in_both_forms_and_capped(text: str, expected: timedelta | None) -> None:
    assert retry_after({"retry-after": text}, NOW) == expected


def test_no_header_is_no_wait() -> None:
    assert retry_after({}, NOW) is None


def outcome(diagnostics: object) -> bytes:
    issue = {"severity": "error", "code": "processing", "diagnostics": diagnostics}
    return encode({"resourceType": "OperationOutcome", "issue": [issue]})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (outcome("HAPI-0550: HAPI-0989: Trying to update"), "HAPI-0989"),
        (outcome("HAPI-1094: Resource not found"), "HAPI-1094"),
        (outcome("Text that ends with HAPI-1094: x"), None),
        (outcome(7), None),
        (b'{"resourceType":"OperationOutcome"}', None),
        (b'{"issue":[]}', None),
        (b'{"issue":["x"]}', None),
        (b"<html>HAPI-0989: </html>", None),
        (b"", None),
        (b"[" * 5000, None),
    ],
)
def test_only_the_innermost_code_of_an_error_is_kept(body: bytes, expected: str | None) -> None:
    assert error_code(body) == expected


def patient(**elements: object) -> Json:
    return {"resourceType": "Patient", "id": "m1", "meta": {"versionId": "3"}, **elements}


def answer(body: bytes, status: int = 200, **headers: str) -> Answer:
    return Answer(status=status, headers=headers, body=body)


def test_a_resource_with_type_id_and_version_is_evidence() -> None:
    body = encode(patient())
    assert evidence(answer(body, etag='W/"3"'), "Patient", "m1") == Done(version="3", body=body)
    assert evidence(answer(body, 201), "Patient", "m1") == Done(
        version="3", body=body, created=True
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"[]",
        encode(patient())[:-1],
        encode(patient(id="m2")),
        encode(patient(resourceType="Task")),
        encode(patient(meta={})),
        encode(patient(meta={"versionId": 3})),
        outcome("All fine"),
    ],
    ids=["empty", "html", "list", "truncated", "other id", "other type", "no version",
         "version is a number", "outcome"],
)  # fmt: skip
def test_anything_else_is_no_evidence(body: bytes) -> None:
    assert evidence(answer(body), "Patient", "m1") is None


def test_an_etag_that_contradicts_the_body_is_no_evidence() -> None:
    assert evidence(answer(encode(patient()), etag='W/"4"'), "Patient", "m1") is None


def test_an_odd_number_in_what_a_server_holds_is_not_our_concern_here() -> None:
    body = b'{"resourceType":"Patient","id":"m1","meta":{"versionId":"1"},"x":[0.10000000000000000001]}'
    assert evidence(answer(body), "Patient", "m1") == Done(version="1", body=body)

"""A request has one number: in the header and body of its answer, in the access log, and for operators.

Whatever fails, and also when the client sent no number of its own, or one that is not plain.
"""

import json
from typing import Any

import httpx
import pytest

from adapter.fhir.constants import FHIR_JSON, FORM
from adapter.fhir.constants import JSON as PLAIN
from adapter.workflows import submit_referral, update_task
from adapter.workflows.consult_record import ConsultRecord
from adapter.workflows.disclose import Disclose
from adapter.workflows.search import Search
from tests.builders.care import SO
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("request_ids")

GP = "haverkort"
# what is asked, and what breaks in it: (method, path, media type, body, who) and (where, name)
Case = tuple[tuple[str, str, str, bytes, str], tuple[Any, str]]
READ = ("GET", "/fhir/Task/m1", "", b"", SO), (Disclose, "read")
SEARCH = ("GET", "/fhir/Task?patient=Patient/m1", "", b"", SO), (Search, "run")
FORM_SEARCH = ("POST", "/fhir/Task/_search", FORM, b"patient=m1", SO), (Search, "run")
CONSULT = ("GET", "/records/gp-record/m1/Condition", "", b"", SO), (ConsultRecord, "_decide")
UPDATE = ("PUT", "/fhir/Task/m1", FHIR_JSON, b'{"a":1}', SO), (update_task, "_visible")
RECORD = ("POST", "/records/referrals", PLAIN, b"", GP), (submit_referral, "_check_parties")
CASES = {
    "read": READ,
    "search": SEARCH,
    "search in a form": FORM_SEARCH,
    "consult": CONSULT,
    "update": UPDATE,
    "record": RECORD,
}


def breaks(*_args: Any, **_more: Any) -> None:
    raise RuntimeError("a fault of ours")


def send(service: Service, case: Case, number: str | None) -> httpx.Response:
    method, path, media, content, who = case[0]
    headers = {"content-type": media} if media else {}
    if path == "/records/referrals":
        content = json.dumps(service.care.referral()).encode()
    if number is not None:
        headers["x-request-id"] = number
    return service.doors.call(who, method, path, content=content, headers=headers)


def number_of(answer: httpx.Response) -> str:
    """The number in the answer: everywhere the same."""
    (number,) = answer.headers.get_list("x-request-id")
    told = [issue.get("diagnostics", "") for issue in answer.json()["issue"]]
    assert any(number in text for text in told), told
    return str(number)


@pytest.mark.parametrize("sent", [None, "van-de-klant-7", "niet gewoon!", "x" * 65, ""])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_fails_is_found_in_the_log_by_the_number_in_the_answer(
    service: Service, monkeypatch: pytest.MonkeyPatch, case: Case, sent: str | None
) -> None:
    service.doors.token(case[0][4])
    mark, said = service.mark(), len(service.said())
    monkeypatch.setattr(*case[1], breaks)
    answer = send(service, case, sent)
    assert answer.status_code == 503, answer.text
    number = number_of(answer)
    assert (number == sent) == (sent == "van-de-klant-7")
    lines = [line.entry for line in service.lines(mark)]
    assert [(line.request_id, line.status) for line in lines] == [(number, 503)]
    assert number in service.said()[said:]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/fhir/Task/m1"), ("POST", "/records/plans"), ("GET", "/records/x")],
)
def test_a_refusal_has_the_number_of_its_line_too(service: Service, method: str, path: str) -> None:
    service.doors.token(GP)
    mark = service.mark()
    answer = service.doors.call(GP, method, path)
    (line,) = service.lines(mark)
    assert line.entry.request_id == number_of(answer)


def test_two_requests_have_two_numbers(service: Service) -> None:
    numbers = {number_of(service.doors.get(GP, "/records/x")) for _ in range(3)}
    assert len(numbers) == 3


def test_what_does_not_fail_has_one_number_as_well(service: Service) -> None:
    """The neighbour: an answer that tells something, and its line."""
    service.doors.token(GP)
    mark = service.mark()
    answer = service.doors.post(GP, "/records/referrals", service.care.referral())
    assert answer.status_code == 201
    lines = service.lines(mark)
    assert {line.entry.request_id for line in lines} == {answer.headers["x-request-id"]}

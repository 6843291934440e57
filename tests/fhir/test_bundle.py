from adapter.fhir.bundle import EntryResponse, searchset, transaction_response
from adapter.fhir.json import decode_untrusted
from adapter.fhir.validation import validate

BASE = "https://adapter.example/fhir"


def test_bodies_are_joined_as_they_are() -> None:
    body = b'{"resourceType":"Task",  "id":"1","status":"draft","intent":"order"}'
    found = searchset(
        [("Task/1", body)], total=1, self_url=f"{BASE}/Task?a=b&c", next_url=None, base=f"{BASE}/"
    )
    assert body in found
    bundle = decode_untrusted(found)
    assert bundle["link"] == [{"relation": "self", "url": f"{BASE}/Task?a=b&c"}]
    assert bundle["total"] == 1
    assert bundle["entry"][0]["fullUrl"] == f"{BASE}/Task/1"
    assert bundle["entry"][0]["search"] == {"mode": "match"}
    assert validate(bundle) == []


def test_an_empty_result_has_no_entry() -> None:
    bundle = decode_untrusted(searchset([], total=0, self_url="x", next_url=None, base=BASE))
    assert bundle.keys() == {"resourceType", "type", "total", "link"}


def test_a_page_links_to_the_next_and_tells_what_was_included() -> None:
    found = searchset(
        [("Task/1", b'{"resourceType":"Task"}')],
        included=[("Patient/1", b'{"resourceType":"Patient"}')],
        total=None,
        self_url="a",
        next_url='b"',
        base=BASE,
    )
    bundle = decode_untrusted(found)
    assert "total" not in bundle
    assert bundle["link"][1] == {"relation": "next", "url": 'b"'}
    assert [entry["search"]["mode"] for entry in bundle["entry"]] == ["match", "include"]


def test_a_transaction_is_answered_entry_by_entry() -> None:
    answer = transaction_response(
        [
            EntryResponse(
                status="201 Created",
                location="Task/1/_history/1",
                etag='W/"1"',
                last_modified="2026-03-02T10:00:00.000Z",
                body=b'{"resourceType":"Patient","id":"1"}',
            ),
            EntryResponse(status="200 OK"),
        ]
    )
    bundle = decode_untrusted(answer)
    assert bundle["type"] == "transaction-response"
    assert bundle["entry"] == [
        {
            "resource": {"resourceType": "Patient", "id": "1"},
            "response": {
                "status": "201 Created",
                "location": "Task/1/_history/1",
                "etag": 'W/"1"',
                "lastModified": "2026-03-02T10:00:00.000Z",
            },
        },
        {"response": {"status": "200 OK"}},
    ]
    assert validate(bundle) == []

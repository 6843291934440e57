"""Each rule of the guard: one request that is refused, and its neighbour that may go."""

from typing import Any

import pytest

from adapter.clients.guard import PeerClass, check, class_of
from adapter.clients.guard_content import ALLOWED_TYPES, TEST_RUN
from adapter.fhir.constants import BSN, CANONICAL, SNOMED, htest
from adapter.fhir.json import Json, encode

BASE = "https://hapi.example/baseR4"
RUN = "run1"
TEST_BSN = "999990019"  # of the test range, and it passes the eleven-test
FAILING = "999990018"  # nine digits, but not a citizen number
JSON_TYPE = {"content-type": "application/fhir+json"}


def labelled(type_: str = "Patient", **elements: Any) -> Json:
    meta = {"security": [htest()], "tag": [{"system": TEST_RUN, "code": RUN}]}
    return {"resourceType": type_, "id": "m1", "meta": meta, **elements}


def put(resource: Json, peer: PeerClass = "test", **headers: str) -> list[str]:
    """Expressions of the issues of a PUT."""
    url = f"{BASE}/{resource['resourceType']}/{resource['id']}"
    issues = check("PUT", url, {**JSON_TYPE, **headers}, encode(resource), peer, run_tag=RUN)
    assert all(issue.rule == "RI-8" for issue in issues)
    return [issue.expression for issue in issues]


def transaction(*entries: Json, **elements: Any) -> list[str]:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": list(entries), **elements}
    issues = check("POST", BASE, JSON_TYPE, encode(bundle), "test", run_tag=RUN)
    return [issue.expression for issue in issues]


def entry(resource: Json, **request: str) -> Json:
    url = f"{resource['resourceType']}/{resource['id']}"
    return {"resource": resource, "request": {"method": "PUT", "url": url, **request}}


def get(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> bool:
    """Whether a request without a resource may go."""
    return not check(method, f"{BASE}/{path}", headers, body, "test", run_tag=RUN)


# --- which server -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://own.example/fhir/Patient/1", "own"),
        ("https://OWN.example:443/fhir", "own"),
        ("http://own.example/fhir", "test"),
        ("https://own.example:8443/fhir", "test"),
        ("https://own.example.evil.example/fhir", "test"),
        ("https://user@elsewhere.example/own.example", "test"),
    ],
)
def test_only_a_known_origin_is_our_own(url: str, expected: str) -> None:
    assert class_of(url, ["https://own.example/fhir"]) == expected


def test_our_own_server_gets_everything() -> None:
    bare = {"resourceType": "AuditEvent", "id": "m1", "text": {"div": TEST_BSN}}
    assert put(bare, "own", authorization="Bearer x") == []


# --- labels and types -------------------------------------------------------------------------


def test_labelled_data_may_go() -> None:
    assert put(labelled(name=[{"text": "Testpersoon"}])) == []


@pytest.mark.parametrize(
    ("meta", "missing"),
    [
        ({"tag": [{"system": TEST_RUN, "code": RUN}]}, "Patient.meta.security"),
        ({"security": [htest()]}, "Patient.meta.tag"),
        ({"security": [htest()], "tag": [{"system": TEST_RUN, "code": "x"}]}, "Patient.meta.tag"),
        ({"security": [{"code": "HTEST"}], "tag": [{"system": TEST_RUN, "code": RUN}]},
         "Patient.meta.security"),
        ({"tag": [htest(), {"system": TEST_RUN, "code": RUN}]}, "Patient.meta.security"),
    ],
    ids=["no label", "no run tag", "another run", "label without system", "label as tag"],
)  # fmt: skip
def test_label_and_run_tag_are_both_needed(meta: Json, missing: str) -> None:
    assert put(labelled() | {"meta": meta}) == [missing]


def test_without_a_run_nothing_goes() -> None:
    body = encode(labelled())
    assert check("PUT", f"{BASE}/Patient/m1", JSON_TYPE, body, "test", run_tag=None)


@pytest.mark.parametrize(
    "type_",
    ["AuditEvent", "Subscription", "Binary", "PractitionerRole", "DocumentReference", "Parameters"],
)
def test_other_types_stay_here(type_: str) -> None:
    assert put(labelled(type_)) != []


@pytest.mark.parametrize("type_", sorted(ALLOWED_TYPES))
def test_types_of_the_care_itself_may_go_a_synthetic_consent_too(type_: str) -> None:
    assert put(labelled(type_)) == []


def test_a_contained_resource_is_covered_by_its_containers_label() -> None:
    inner = {"resourceType": "Organization", "id": "o", "name": "Proef"}
    assert put(labelled(contained=[inner])) == []


@pytest.mark.parametrize(
    "elements",
    [
        {"contained": [{"resourceType": "AuditEvent", "id": "a"}]},
        {"contained": [{"resourceType": "Organization", "contained": [
            {"resourceType": "Organization", "id": "o"}]}]},
        {"extension": [{"url": "x", "valueResource": {"resourceType": "Organization"}}]},
    ],
    ids=["type", "contained in contained", "in an extension"],
)  # fmt: skip
def test_a_resource_in_another_place_stays_here(elements: Json) -> None:
    assert put(labelled(**elements)) != []


# --- citizen numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "elements",
    [
        {"identifier": [{"system": BSN, "value": "x"}]},
        {"identifier": [{"system": "urn:oid:2.16.840.1.113883.2.4.6.3", "value": "x"}]},
        {"identifier": [{"system": BSN.upper(), "value": "x"}]},
        {"contained": [{"resourceType": "Patient", "identifier": [{"system": BSN}]}]},
        {"extension": [{"url": "x", "extension": [
            {"url": "y", "valueIdentifier": {"system": BSN}}]}]},
        {"generalPractitioner": [{"identifier": {"system": BSN, "value": "x"}}]},
        {"link": [{"other": {"reference": f"Patient?identifier={BSN}|x"}}]},
    ],
    ids=["system", "oid", "case", "contained", "extension", "logical reference", "query"],
)  # fmt: skip
def test_the_identifier_system_of_citizens_is_nowhere(elements: Json) -> None:
    assert put(labelled(**elements)) != []


def test_another_identifier_system_may_go() -> None:
    own = {"system": f"{CANONICAL}/test/patient", "value": "P-17"}
    assert put(labelled(identifier=[own])) == []


@pytest.mark.parametrize(
    "elements",
    [
        {"identifier": [{"system": "urn:x", "value": TEST_BSN}]},
        {"name": [{"text": f"Jansen {TEST_BSN}"}]},
        {"text": {"status": "generated", "div": f"<div>nr {TEST_BSN}.</div>"}},
        {"text": {"status": "generated", "div": "<div>&#57;99990019</div>"}},
        {"name": [{"text": "999 990 019"}]},
        {"name": [{"text": "9999.90.019"}]},
        {"managingOrganization": {"reference": f"Organization/{TEST_BSN}"}},
        {"extension": [{"url": "x", "valueInteger": int(TEST_BSN)}]},
        {"extension": [{"url": "x", "valueString": TEST_BSN}]},
        {f"_{TEST_BSN}": {"id": "x"}},
    ],
    ids=["identifier", "name", "narrative", "entity", "spaced", "dotted", "reference", "number",
         "extension", "property name"],
)  # fmt: skip
def test_nine_digits_that_pass_the_eleven_test_stay_here(elements: Json) -> None:
    assert put(labelled(**elements)) != []


@pytest.mark.parametrize(
    "elements",
    [
        {"name": [{"text": f"Jansen {FAILING}"}]},
        {"identifier": [{"system": "urn:x", "value": f"{TEST_BSN}1"}]},
        {"identifier": [{"system": "urn:x", "value": f"A{TEST_BSN}"}]},
        {"telecom": [{"system": "phone", "value": "+31 9 9999 0019 00"}]},
        {"birthDate": "1940-01-01"},
    ],
    ids=["failing", "ten digits", "part of a word", "telephone", "date"],
)
def test_other_digits_may_go(elements: Json) -> None:
    assert put(labelled(**elements)) == []


def test_a_terminology_code_is_no_citizen_number() -> None:
    coding = {"system": SNOMED, "code": TEST_BSN, "display": "Proef"}
    assert put(labelled("Condition", code={"coding": [coding]})) == []


def test_the_text_beside_a_code_is_judged() -> None:
    coding = {"system": SNOMED, "code": "1", "display": TEST_BSN}
    assert put(labelled("Condition", code={"coding": [coding]})) == [
        "Condition.code.coding[0].display"
    ]


def test_an_attachment_stays_here() -> None:
    letter = {"contentType": "application/pdf", "data": "OTk5OTkwMDE5"}
    assert put(labelled("Consent", sourceAttachment=letter)) == ["Consent.sourceAttachment.data"]


def test_a_provision_called_data_is_no_attachment() -> None:
    data = [{"meaning": "instance", "reference": {"reference": "CarePlan/m2"}}]
    assert put(labelled("Consent", provision={"data": data})) == []


def test_an_issue_never_repeats_the_number() -> None:
    body = encode(labelled(**{f"a{TEST_BSN}": TEST_BSN, "name": [{"text": TEST_BSN}]}))
    issues = check("PUT", f"{BASE}/Patient/m1", JSON_TYPE, body, "test", run_tag=RUN)
    assert issues
    assert TEST_BSN not in repr(issues)


# --- credentials, method, address -------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key", "X-Forwarded-For"]
)
def test_a_header_that_may_carry_a_secret_is_refused(name: str) -> None:
    assert put(labelled(), **{name: "x"}) != []


def test_preconditions_and_preferences_may_go() -> None:
    headers = {"If-Match": f'W/"{TEST_BSN}"', "Prefer": "return=minimal", "Accept": "*/*"}
    assert put(labelled(), **headers) == []


def test_credentials_in_the_address_are_refused() -> None:
    assert check("GET", "https://a:b@hapi.example/fhir/metadata", {}, b"", "test")
    assert not check("GET", "https://hapi.example/fhir/metadata", {}, b"", "test")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "metadata", True),
        ("GET", "Patient/m1", True),
        ("HEAD", "Patient/m1", True),
        ("GET", "Patient/m1/_history", True),
        ("GET", f"Patient/m1/_history/{TEST_BSN}", True),
        ("GET", "Patient/_history?_since=1970-01-01T00:00:00Z&_count=200", True),
        ("GET", "?_getpages=abc&_getpagesoffset=20", True),
        ("GET", f"Patient/{TEST_BSN}", False),
        ("GET", "AuditEvent/m1", False),
        ("GET", "Patient/m1/$everything", False),
        ("GET", "Patient?name=Jansen", False),
        ("GET", f"Patient?identifier={CANONICAL}/test|p1", True),
        ("GET", f"Patient?identifier={BSN}|x", False),
        ("GET", f"Patient?identifier={CANONICAL}/test|{TEST_BSN}", False),
        ("GET", "Patient?_id=m1&_tag=x|y&_security=z", True),
        ("DELETE", "Patient/m1", True),
        ("DELETE", "Patient?_tag=x", False),
        ("DELETE", "Patient", False),
        ("PATCH", "Patient/m1", False),
        ("POST", "$expunge", False),
        ("TRACE", "metadata", False),
    ],
)
def test_only_known_interactions_on_id_or_tag_may_go(
    method: str, path: str, *, allowed: bool
) -> None:
    assert get(path, method) is allowed


def test_a_search_by_form_is_judged_like_one_by_address() -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert get("Patient/_search", "POST", b"_id=m1", **form)
    assert not get("Patient/_search", "POST", b"name=Jansen", **form)
    assert not get("Patient", "POST", b"_id=m1", **form)


def test_a_conditional_create_names_our_own_namespace_only() -> None:
    assert put(labelled(), **{"If-None-Exist": f"identifier={CANONICAL}/t|p1"}) == []
    assert put(labelled(), **{"If-None-Exist": "identifier=urn:x|p1"}) != []


def test_a_body_that_cannot_be_read_stays_here() -> None:
    for content_type, body in (
        ("application/fhir+xml", b"<Patient/>"),
        ("application/fhir+json", b'{"resourceType":"Patient","id":"m1","id":"m2"}'),
        ("application/fhir+json", b"[]"),
        ("", encode(labelled())),
    ):
        headers = {"content-type": content_type}
        assert check("PUT", f"{BASE}/Patient/m1", headers, body, "test", run_tag=RUN)


def test_a_delete_or_read_has_no_body() -> None:
    for method in ("GET", "DELETE"):
        assert not get("Patient/m1", method, encode(labelled()), **JSON_TYPE)


def test_the_address_names_what_is_in_the_body() -> None:
    for path in ("Patient/m2", "Task/m1"):
        body = encode(labelled())
        assert check("PUT", f"{BASE}/{path}", JSON_TYPE, body, "test", run_tag=RUN)


# --- transactions -----------------------------------------------------------------------------


def test_a_transaction_of_labelled_resources_may_go() -> None:
    assert transaction(entry(labelled()), entry(labelled("Task"), ifMatch='W/"0"')) == []


def test_every_entry_is_judged() -> None:
    bare = {"resourceType": "Task", "id": "m1"}
    assert transaction(entry(labelled()), entry(bare)) == [
        "Bundle.entry[1].resource.meta.security",
        "Bundle.entry[1].resource.meta.tag",
    ]


@pytest.mark.parametrize(
    "bad",
    [
        entry(labelled(), url="Patient?identifier=x"),
        entry(labelled(), url="https://elsewhere.example/Patient/m1"),
        entry(labelled(), url="Patient/m2"),
        entry(labelled(), method="PATCH"),
        entry(labelled(), ifNoneExist="name=Jansen"),
        entry(labelled("AuditEvent")),
        entry(labelled("Bundle", type="collection")),
        {"request": {"method": "PUT", "url": "Patient/m1"}},
        {"request": {"method": "DELETE", "url": "Patient?_tag=x"}},
        {"resource": labelled()},
        {**entry(labelled()), "fullUrl": f"urn:x:{TEST_BSN}"},
    ],
    ids=["conditional", "absolute", "other id", "patch", "condition", "type", "bundle",
         "no resource", "conditional delete", "no request", "full url"],
)  # fmt: skip
def test_an_entry_that_could_not_go_alone_stops_the_transaction(bad: Json) -> None:
    assert transaction(entry(labelled()), bad) != []


def test_a_delete_by_id_in_a_transaction_may_go() -> None:
    assert transaction({"request": {"method": "DELETE", "url": "Patient/m1"}}) == []


def test_the_envelope_is_judged_as_well() -> None:
    assert transaction(entry(labelled()), identifier={"system": BSN, "value": "x"}) != []
    assert transaction(entry(labelled()), type="collection") != []

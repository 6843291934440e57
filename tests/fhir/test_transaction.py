from typing import Any

import pytest

from adapter.fhir.issues import Issue
from adapter.fhir.transaction import (
    Transaction,
    split_transaction,
)
from tests.fhir.builders import Json, entry, patient, service_request, task, transaction


def urn(n: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{n:012}"


def faults(bundle: Json) -> list[tuple[str, str]]:
    found = split_transaction(bundle)
    assert isinstance(found, list)
    assert all(isinstance(issue, Issue) for issue in found)
    return [(issue.code, issue.expression) for issue in found]


def split(bundle: Json) -> Transaction:
    found = split_transaction(bundle)
    assert isinstance(found, Transaction), found
    return found


def test_a_transaction_falls_apart_into_its_entries() -> None:
    bundle = transaction(
        entry(patient(id=None), fullUrl=urn(1)),
        entry(
            service_request(subject={"reference": urn(1)}),
            fullUrl=urn(2),
            request={"method": "PUT", "url": "ServiceRequest/s1", "ifMatch": 'W/"1"'},
        ),
        entry(
            task(),
            fullUrl=None,
            request={"method": "POST", "url": "Task", "ifNoneExist": "identifier=x"},
        ),
    )
    first, second, third = split(bundle).entries
    assert (first.method, first.type, first.id, first.full_url) == ("POST", "Patient", None, urn(1))
    assert (second.method, second.id, second.if_match) == ("PUT", "s1", 'W/"1"')
    assert (third.full_url, third.if_none_exist, third.at) == (
        None,
        "identifier=x",
        "Bundle.entry[2]",
    )
    assert third.resource == task()


WRONG_BUNDLES: dict[str, tuple[Json, tuple[str, str]]] = {
    "no Bundle": (task(), ("structure", "Bundle.resourceType")),
    "batch": (transaction(entry(task()), type="batch"), ("value", "Bundle.type")),
    "no entry": (transaction(entry=None), ("required", "Bundle.entry")),
    "entry is an object": (transaction(entry={"a": 1}), ("required", "Bundle.entry")),
    "501 entries": (transaction(entry=[entry(task())] * 501), ("too-costly", "Bundle.entry")),
}


@pytest.mark.parametrize(("bundle", "fault"), WRONG_BUNDLES.values(), ids=WRONG_BUNDLES.keys())
def test_a_bundle_of_another_form_is_refused(bundle: Json, fault: tuple[str, str]) -> None:
    assert faults(bundle) == [fault]


def request(**changes: Any) -> Json:
    return entry(task(), request={"method": "POST", "url": "Task", **changes})


WRONG_ENTRIES: dict[str, tuple[Any, tuple[str, str]]] = {
    "no object": ("x", ("structure", "")),
    "no resource": ({"request": {"method": "POST", "url": "Task"}}, ("required", ".resource")),
    "resource without type": (entry(task()) | {"resource": {"id": "1"}}, ("required", ".resource")),
    "no request": (entry(task(), request=None), ("required", ".request")),
    "nested Bundle": (entry(transaction()), ("not-supported", ".resource")),
    "GET": (request(method="GET"), ("not-supported", ".request.method")),
    "DELETE": (request(method="DELETE"), ("not-supported", ".request.method")),
    "PATCH": (request(method="PATCH"), ("not-supported", ".request.method")),
    "absolute url": (request(url="https://adapter.example/fhir/Task"), ("value", ".request.url")),
    "url with a slash in front": (request(url="/Task"), ("value", ".request.url")),
    "url of another type": (request(url="Patient"), ("value", ".request.url")),
    "operation": (request(url="Task/$close"), ("value", ".request.url")),
    "conditional update": (request(method="PUT", url="Task?a=b"), ("value", ".request.url")),
    "PUT on another id": (request(method="PUT", url="Task/t2"), ("value", ".request.url")),
    "PUT without id": (
        entry(task(id=None), request={"method": "PUT", "url": "Task/t1"}),
        ("required", ".resource.id"),
    ),
    "ifMatch is a number": (request(ifMatch=1), ("structure", ".request.ifMatch")),
    "fullUrl is relative": (entry(task(), fullUrl="Task/t1"), ("value", ".fullUrl")),
    "fullUrl is no uuid": (entry(task(), fullUrl="urn:uuid:1"), ("value", ".fullUrl")),
    "fullUrl is a number": (entry(task(), fullUrl=7), ("value", ".fullUrl")),
    "unknown urn": (
        entry(task(owner={"reference": urn(9)})),
        ("not-found", ".resource.owner.reference"),
    ),
}


@pytest.mark.parametrize(("wrong", "fault"), WRONG_ENTRIES.values(), ids=WRONG_ENTRIES.keys())
def test_a_wrong_entry_is_named_with_its_path(wrong: Any, fault: tuple[str, str]) -> None:
    good = entry(patient(), fullUrl=urn(2))
    assert faults(transaction(good, wrong)) == [(fault[0], f"Bundle.entry[1]{fault[1]}")]


def test_a_full_url_stands_once_in_a_bundle() -> None:
    bundle = transaction(entry(patient(id=None)), entry(task()))
    assert faults(bundle) == [("duplicate", "Bundle.entry[1].fullUrl")]


def test_a_resource_stands_once_in_a_bundle() -> None:
    bundle = transaction(entry(task(), fullUrl=urn(1)), entry(task(), fullUrl=urn(2)))
    assert faults(bundle) == [("duplicate", "Bundle.entry[1].resource.id")]


def test_two_new_resources_without_id_are_two_resources() -> None:
    bundle = transaction(
        entry(task(id=None), fullUrl=urn(1)),
        entry(task(id=None), fullUrl=None),
        entry(task(id=None), fullUrl=None),
    )
    assert len(split(bundle).entries) == 3


def test_too_many_references_are_refused() -> None:
    many = [{"reference": "Goal/1"}] * 5_001
    assert faults(transaction(entry(task(basedOn=many)))) == [("too-costly", "Bundle.entry")]

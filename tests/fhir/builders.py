"""Small valid resources about invented people; keywords override, None leaves an element out."""

from typing import Any

Json = dict[str, Any]


def _with(given: Json, changes: Json) -> Json:
    merged = {**given, **{name.rstrip("_"): value for name, value in changes.items()}}
    return {name: value for name, value in merged.items() if value is not None}


def task(**changes: Any) -> Json:
    """`for_` writes `for`."""
    return _with(
        {
            "resourceType": "Task",
            "id": "t1",
            "status": "requested",
            "intent": "order",
            "code": {"coding": [{"system": "https://example.test/task", "code": "visit"}]},
            "for": {"reference": "Patient/p1", "type": "Patient"},
            "requester": {"reference": "PractitionerRole/r1"},
            "owner": {"reference": "Organization/o1"},
            "authoredOn": "2026-03-02T10:15:00+01:00",
            "executionPeriod": {"start": "2026-03-02", "end": "2026-03"},
            "note": [{"text": "Huisbezoek afspreken"}],
            "input": [{"type": {"text": "duur"}, "valuePositiveInt": 45}],
        },
        changes,
    )


def observation(**changes: Any) -> Json:
    return _with(
        {
            "resourceType": "Observation",
            "id": "w1",
            "status": "final",
            "code": {"text": "gewicht"},
            "subject": {"reference": "Patient/p1"},
        },
        changes,
    )


def patient(**changes: Any) -> Json:
    return _with(
        {
            "resourceType": "Patient",
            "id": "p1",
            "name": [{"family": "Testdorp", "given": ["Aaltje"]}],
            "gender": "female",
            "birthDate": "1938-05",
        },
        changes,
    )


def service_request(**changes: Any) -> Json:
    return _with(
        {
            "resourceType": "ServiceRequest",
            "id": "s1",
            "status": "active",
            "intent": "order",
            "subject": {"reference": "Patient/p1"},
            "code": {"coding": [{"code": "consult"}]},
        },
        changes,
    )


def extension(**changes: Any) -> Json:
    return _with({"url": "https://example.test/e", "valueString": "x"}, changes)


def entry(resource: Json, **changes: Any) -> Json:
    """Transaction entry that posts `resource`."""
    return _with(
        {
            "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001",
            "resource": resource,
            "request": {"method": "POST", "url": resource["resourceType"]},
        },
        changes,
    )


def transaction(*entries: Json, **changes: Any) -> Json:
    return _with({"resourceType": "Bundle", "type": "transaction", "entry": list(entries)}, changes)

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapter.fhir.issues import Issue
from adapter.fhir.validation import status_of, validate
from tests.fhir.builders import (
    Json,
    entry,
    extension,
    observation,
    patient,
    service_request,
    task,
    transaction,
)


def found(resource: Json) -> list[tuple[str, str]]:
    return [(issue.code, issue.expression) for issue in validate(resource)]


def narrative(div: str) -> Json:
    return {"status": "generated", "div": div}


DECIMAL = {"value": Decimal("1.00"), "unit": "kg"}

VALID: dict[str, Json] = {
    "Task": task(),
    "Observation": observation(valueQuantity=DECIMAL),
    "Patient": patient(),
    "ServiceRequest": service_request(),
    "transaction": transaction(entry(task()), entry(patient(), fullUrl=None)),
    "a primitive that is only an extension": task(
        status=None, _status={"extension": [extension()]}
    ),
    "a list with a gap": patient(
        name=[{"given": ["A", None], "_given": [None, {"extension": [extension()]}]}]
    ),
    "a list that is only extensions": patient(name=[{"_given": [{"id": "x"}]}]),
    "extension of extensions": task(
        extension=[extension(valueString=None, extension=[extension(url="part")])]
    ),
    "extension whose value is an extension": task(
        extension=[extension(valueString=None, _valueString={"extension": [extension()]})]
    ),
    "contained and referred to": task(
        contained=[patient()], for_={"reference": "#p1"}, focus={"reference": "#"}
    ),
    "logical reference": task(for_={"type": "Patient", "identifier": {"value": "x"}}),
    "reference within a Bundle": task(
        for_={"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}
    ),
    "absolute reference with version": task(
        owner={"reference": "https://x.example/fhir/Organization/1/_history/2"}
    ),
    "code in a required binding": {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/1"},
        "clinicalStatus": {
            "text": "actief",
            "coding": [
                {"system": "https://example.test/own", "code": "x"},
                {
                    "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                    "code": "active",
                },
            ],
        },
    },
    "media type": {"resourceType": "Binary", "contentType": "application/pdf", "data": "QUJD"},
    "known modifier": {
        "resourceType": "Consent",
        "modifierExtension": [
            extension(
                url="http://nictiz.nl/fhir/StructureDefinition/ext-TreatmentDirective2.SpecificationOther"
            )
        ],
        "status": "active",
        "scope": {"text": "x"},
        "category": [{"text": "x"}],
    },
    "Parameters": {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": task()}]},
}


@pytest.mark.parametrize("resource", VALID.values(), ids=VALID.keys())
def test_a_valid_resource_has_no_issue(resource: Json) -> None:
    assert validate(resource) == []


# engineering: what the models accept and R4 does not
ACCEPTED_BY_THE_MODELS: dict[str, tuple[Json, tuple[str, str]]] = {
    "code outside its binding": (
        service_request(status="banana"),
        ("code-invalid", "ServiceRequest.status"),
    ),
    "code outside its binding, nested": (
        transaction(entry(task(), request={"method": "YEET", "url": "Task"})),
        ("code-invalid", "Bundle.entry[0].request.method"),
    ),
    "concept outside its binding": (
        {
            "resourceType": "Condition",
            "subject": {"reference": "Patient/1"},
            "clinicalStatus": {"coding": [{"system": "https://example.test", "code": "active"}]},
        },
        ("code-invalid", "Condition.clinicalStatus"),
    ),
    "concept by text alone": (
        {
            "resourceType": "Condition",
            "subject": {"reference": "Patient/1"},
            "clinicalStatus": {"text": "actief"},
        },
        ("code-invalid", "Condition.clinicalStatus"),
    ),
    "no resourceType": (task(resourceType=None), ("required", "Resource.resourceType")),
    "contained without type": (
        task(contained=[{"id": "1"}]),
        ("required", "Task.contained[0].resourceType"),
    ),
    "contained without id": (
        task(contained=[patient(id=None)]),
        ("required", "Task.contained[0].id"),
    ),
    "contained in contained": (
        task(contained=[patient(contained=[patient()])]),
        ("invariant", "Task.contained[0].contained"),
    ),
    "contained is a text": (task(contained=["x"]), ("structure", "Task.contained[0]")),
    "script in a narrative": (
        task(text=narrative("<div>a<script>x</script></div>")),
        ("invariant", "Task.text.div"),
    ),
    "reference to a wrong type": (
        service_request(subject={"reference": "Task/1"}),
        ("value", "ServiceRequest.subject"),
    ),
    "logical reference to a wrong type": (
        service_request(subject={"type": "Task", "identifier": {"value": "x"}}),
        ("value", "ServiceRequest.subject"),
    ),
    "white space in a URI": (
        task(instantiatesUri="https://x y"),
        ("value", "Task.instantiatesUri"),
    ),
    "period that ends before it starts": (
        task(executionPeriod={"start": "2026-03-02", "end": "2026-02"}),
        ("invariant", "Task.executionPeriod"),
    ),
    "extension with a value and children": (
        task(extension=[extension(extension=[extension()])]),
        ("invariant", "Task.extension[0]"),
    ),
    "extension with neither": (
        task(extension=[extension(valueString=None)]),
        ("invariant", "Task.extension[0]"),
    ),
    "extension without url": (
        task(extension=[extension(url=None)]),
        ("required", "Task.extension[0].url"),
    ),
    "extension of R4B: CodeableReference": (
        task(
            extension=[
                {"url": "https://x", "valueCodeableReference": {"reference": {"display": "x"}}}
            ]
        ),
        ("structure", "Task.extension[0].valueCodeableReference"),
    ),
    "extension of R4B: RatioRange": (
        task(extension=[{"url": "https://x", "valueRatioRange": {"lowNumerator": DECIMAL}}]),
        ("structure", "Task.extension[0].valueRatioRange"),
    ),
    "text for a boolean": (
        patient(deceasedBoolean="true"),
        ("structure", "Patient.deceasedBoolean"),
    ),
    "text for a number": (
        task(restriction={"repetitions": "3"}),
        ("structure", "Task.restriction.repetitions"),
    ),
    "text for a decimal": (
        observation(valueQuantity={"value": "1.0"}),
        ("structure", "Observation.valueQuantity.value"),
    ),
    "number for a date": (task(authoredOn=5), ("structure", "Task.authoredOn")),
    "text for an object, holding JSON": (
        task(code='{"text": "x"}'),
        ("structure", "Task.code"),
    ),
    "id over 64 characters": (task(id="x" * 65), ("value", "Task.id")),
    "empty list": (task(note=[]), ("structure", "Task.note")),
    "empty object": (task(code={}), ("structure", "Task.code")),
    "gap without its extension": (
        patient(name=[{"given": ["A", None]}]),
        ("structure", "Patient.name[0].given[1]"),
    ),
    "partner of another length": (
        patient(name=[{"given": ["A"], "_given": [None, {"id": "x"}]}]),
        ("structure", "Patient.name[0]._given"),
    ),
    "partner that is empty": (
        patient(name=[{"given": ["A"], "_given": [{}]}]),
        ("structure", "Patient.name[0]._given[0]"),
    ),
    "partner that is no list": (
        patient(name=[{"given": ["A"], "_given": {"id": "x"}}]),
        ("structure", "Patient.name[0]._given"),
    ),
    "partner of an object": (task(_code={"id": "x"}), ("structure", "Task._code")),
    "name that Python uses": (task(for_fhir={"display": "x"}), ("structure", "Task")),
    "comment of the library": (task(fhir_comments="x"), ("structure", "Task")),
    "base64 that is none": (patient(photo=[{"data": "!!"}]), ("value", "Patient.photo[0].data")),
    "unknown modifier": (
        task(modifierExtension=[extension()]),
        ("extension", "Task.modifierExtension[0]"),
    ),
    "modifier on another type": (
        task(
            modifierExtension=[
                extension(
                    url="http://nictiz.nl/fhir/StructureDefinition/ext-TreatmentDirective2.SpecificationOther"
                )
            ]
        ),
        ("extension", "Task.modifierExtension[0]"),
    ),
    "unknown modifier, nested": (
        task(
            input=[{"type": {"text": "x"}, "valueString": "x", "modifierExtension": [extension()]}]
        ),
        ("extension", "Task.input[0].modifierExtension[0]"),
    ),
    "implicit rules": (
        task(implicitRules="https://example.test/rules"),
        ("not-supported", "Task.implicitRules"),
    ),
    "reference to a contained resource that is not there": (
        task(for_={"reference": "#p9"}),
        ("invariant", "Task.for.reference"),
    ),
    "reference with a query": (
        task(for_={"reference": "Patient?identifier=x"}),
        ("value", "Task.for.reference"),
    ),
    "reference that climbs": (
        task(for_={"reference": "https://x.example/fhir/../Patient/1"}),
        ("value", "Task.for.reference"),
    ),
    "reference to a type that R4 has not": (
        task(for_={"reference": "Person1/1"}),
        ("value", "Task.for.reference"),
    ),
    "reference whose type is another": (
        task(for_={"reference": "Patient/1", "type": "Group"}),
        ("value", "Task.for.type"),
    ),
    "contained resource of a wrong type": (
        service_request(contained=[task(id="t")], subject={"reference": "#t"}),
        ("value", "ServiceRequest.subject"),
    ),
    "two choices, one by its extension": (
        observation(valueString="a", _valueInteger={"id": "x"}),
        ("structure", "Observation.value[x]"),
    ),
}


@pytest.mark.parametrize(
    ("resource", "issue"), ACCEPTED_BY_THE_MODELS.values(), ids=ACCEPTED_BY_THE_MODELS.keys()
)
def test_what_the_models_let_through_is_found_once(resource: Json, issue: tuple[str, str]) -> None:
    assert found(resource) == [issue]


def test_a_null_for_a_modifier_list_is_a_fault_and_no_crash() -> None:
    assert ("structure", "Task.modifierExtension") in found(task(modifierExtension="x"))
    assert ("extension", "Task.modifierExtension[0]") in found(task(modifierExtension=["x"]))


def test_a_list_where_a_code_or_url_stands_is_a_fault_and_no_crash() -> None:
    modifier = task(modifierExtension=[extension(url=["x"])])
    assert ("extension", "Task.modifierExtension[0]") in found(modifier)
    concept = {"coding": [{"system": ["x"], "code": {"a": 1}}]}
    condition = {"resourceType": "Condition", "clinicalStatus": concept}
    assert ("code-invalid", "Condition.clinicalStatus") in found(condition)


def test_a_period_with_one_unreadable_end_has_that_fault_only() -> None:
    assert found(task(executionPeriod={"start": "soon", "end": "2026"})) == [
        ("value", "Task.executionPeriod.start")
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-05-10", "2026-05"),
        ("2026-05-10", "2026-05-10"),
        ("2026", "2026-01-01"),
        (None, "2026"),
    ],
)
def test_partial_dates_are_compared_as_intervals(start: str | None, end: str) -> None:
    period = {"start": start, "end": end} if start else {"end": end}
    assert validate(task(executionPeriod=period)) == []


def test_issues_come_in_the_order_of_the_pipeline_each_once() -> None:
    wrong = task(
        executionPeriod={"start": "2026", "end": "2025"},
        owner={"reference": "Task/1"},
        status="banana",
        note=[{"text": 5}],
        foo="x",
    )
    assert found(wrong) == [
        ("structure", "Task.note[0].text"),
        ("structure", "Task.foo"),
        ("code-invalid", "Task.status"),
        ("value", "Task.owner"),
        ("invariant", "Task.executionPeriod"),
    ]


def test_paths_begin_where_the_resource_stands() -> None:
    issues = validate(task(status="banana", foo=1), at="Bundle.entry[3].resource")
    assert [issue.expression for issue in issues] == [
        "Bundle.entry[3].resource.foo",
        "Bundle.entry[3].resource.status",
    ]


@pytest.mark.parametrize(
    ("codes", "status"),
    [(["code-invalid"], 422), (["extension", "invariant"], 422), (["invariant", "structure"], 400)],
)
def test_what_cannot_be_read_is_400_and_what_cannot_be_accepted_422(
    codes: list[str], status: int
) -> None:
    assert status_of([Issue(code=code, text="x") for code in codes]) == status


def test_a_fault_that_both_see_at_different_depths_is_told_by_both() -> None:
    assert found(task(note=[None])) == [("structure", "Task.note"), ("structure", "Task.note[0]")]
    assert found(patient(_birthDate={"value": "x"})) == [
        ("structure", "Patient._birthDate"),
        ("structure", "Patient._birthDate.value"),
    ]


def test_an_element_of_r4_that_r4b_dropped_is_judged_by_the_table() -> None:
    good = {"url": "https://x", "valueMeta": {"versionId": "1"}}
    assert found(task(extension=[good])) == []
    wrong = {"url": "https://x", "valueMeta": {"versionId": 1}}
    assert found(task(extension=[wrong])) == [
        ("structure", "Task.extension[0].valueMeta.versionId")
    ]


# --- general rules --------------------------------------------------------------------------

MARK = "Zonneveld-999911120"
leaves: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 10**17, Decimal("1.5"), "", "x", MARK, [], {}, [[]]]
)
_NAMES = (
    "status _status code coding note contained extension valueString url modifierExtension "
    "period reference resourceType entry text div"
)
names = st.sampled_from([*_NAMES.split(), MARK])
odd = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)


def places(node: Any) -> list[tuple[Any, Any]]:
    """(container, key) of every value in the tree."""
    pairs = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    here = [(node, key) for key, _ in pairs]
    below = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return here + [place for value in below for place in places(value)]


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(VALID)), st.data())
def test_whatever_stands_in_a_resource_gives_issues_that_repeat_nothing(
    name: str, data: st.DataObject
) -> None:
    resource = copy.deepcopy(VALID[name])
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(resource)))
        if isinstance(container, dict) and data.draw(st.booleans()):
            key = data.draw(names)
        container[key] = copy.deepcopy(data.draw(odd))
    issues = validate(resource)
    assert "999911120" not in repr(issues)
    assert len({(issue.code, issue.expression) for issue in issues}) == len(issues)

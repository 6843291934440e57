import importlib
from typing import Any

import pytest

from adapter.fhir.bindings import Type, table
from adapter.fhir.models import _definition, _node, model_class, structure_issues
from tests.fhir.builders import Json, entry, observation, patient, task, transaction


def found(resource: Json) -> list[tuple[str, str]]:
    root = str(resource.get("resourceType"))
    return [(issue.code, issue.expression) for issue in structure_issues(resource, root)]


# --- the models are those of R4 -------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(table().offered))
def test_every_class_that_is_offered_is_of_r4b(name: str) -> None:
    assert model_class(name).__module__ == f"fhir.resources.R4B.{name.lower()}"


@pytest.mark.parametrize("name", ["DiagnosticReport", "Element", "os", "../task"])
def test_no_other_class_is_given(name: str) -> None:
    with pytest.raises(KeyError):
        model_class(name)


def class_of(known: Type) -> Any:
    parts = known.name.split(".")
    module = importlib.import_module(f"fhir.resources.R4B.{parts[0].lower()}")
    return getattr(module, "".join(part[0].upper() + part[1:] for part in parts))


# R4B has two types more for an open choice and Meta less; see checks of Extension in R4.
OPEN = {"Extension", "ElementDefinition", "ElementDefinition.example"}


@pytest.mark.parametrize("name", sorted(table().types.keys() - OPEN))
def test_r4b_has_exactly_the_elements_of_r4(name: str) -> None:
    known = table().types[name]
    fields = {
        field.alias or key: field
        for key, field in class_of(known).model_fields.items()
        if (field.alias or key) in known.elements
    }
    assert set(class_of(known).elements_sequence()) == set(known.elements)
    for key, field in fields.items():
        element, extra = known.elements[key], field.json_schema_extra or {}
        assert ("List" in str(field.annotation)) == element.many, key
        required = bool(extra.get("element_required")) or field.is_required()
        assert required == any(choice.names == (key,) for choice in known.required), key
        if element.type == "Reference" and (name, key) != ("Observation", "subject"):
            assert set(extra.get("enum_reference_types", [])) - {"Resource"} == element.targets, key


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_open_choice_differs_in_three_types_only(name: str) -> None:
    known = table().types[name]
    more = set(class_of(known).elements_sequence()) - known.elements.keys()
    less = known.elements.keys() - set(class_of(known).elements_sequence())
    assert all(field.endswith(("CodeableReference", "RatioRange")) for field in more)
    assert all(field.endswith("Meta") for field in less)


# --- faults ---------------------------------------------------------------------------------

FAULTS: dict[str, tuple[Json, list[tuple[str, str]]]] = {
    "unknown element": (task(foo=1), [("structure", "Task.foo")]),
    "unknown element below": (
        task(code={"coding": [{"codin": "x"}]}),
        [("structure", "Task.code.coding[0].codin")],
    ),
    "unknown element with a strange name": (task(**{"999911120": 1}), [("structure", "Task")]),
    "missing object": (observation(code=None), [("required", "Observation.code")]),
    "missing primitive": (task(status=None), [("required", "Task.status")]),
    "list for an object": (task(code=[{"text": "x"}]), [("structure", "Task.code")]),
    "object for a list": (task(note={"text": "x"}), [("structure", "Task.note")]),
    "text for an object": (task(note=["x"]), [("structure", "Task.note[0]")]),
    "month 13": (task(authoredOn="2026-13-01"), [("value", "Task.authoredOn")]),
    "30 February": (task(authoredOn="2026-02-30"), [("value", "Task.authoredOn")]),
    "time without zone": (task(authoredOn="2026-03-02T10:00:00"), [("value", "Task.authoredOn")]),
    "number too low": (
        task(restriction={"repetitions": 0}),
        [("value", "Task.restriction.repetitions")],
    ),
    "text for a number": (
        task(restriction={"repetitions": "x"}),
        [("structure", "Task.restriction.repetitions")],
    ),
    "two choices": (
        observation(valueString="a", valueInteger=1),
        [("structure", "Observation.value[x]")],
    ),
    "two choices below": (
        observation(component=[{"code": {"text": "x"}, "valueString": "a", "valueBoolean": True}]),
        [("structure", "Observation.component[0].value[x]")],
    ),
    "two choices, two groups": (
        observation(
            valueString="a",
            valueInteger=1,
            effectiveInstant="2026-03-02T10:00:00Z",
            effectiveDateTime="2026",
        ),
        [("structure", "Observation.effective[x]"), ("structure", "Observation.value[x]")],
    ),
    "required choice missing": (
        task(input=[{"type": {"text": "x"}}]),
        [("required", "Task.input[0].value[x]")],
    ),
    "no type": ({"id": "1"}, [("required", "None.resourceType")]),
    "type is a number": ({"resourceType": 5}, [("structure", "5.resourceType")]),
    "unknown type": ({"resourceType": "Foo"}, [("structure", "Foo.resourceType")]),
    "type of R4 that is not offered": (
        {"resourceType": "Group"},
        [("not-supported", "Group.resourceType")],
    ),
    "contained of an unknown type": (
        task(contained=[{"resourceType": "Foo", "id": "1"}]),
        [("structure", "Task.contained[0].resourceType")],
    ),
    "contained without type": (
        task(contained=[{"id": "1"}]),
        [("required", "Task.contained[0].resourceType")],
    ),
    "contained is an object": (task(contained={"id": "1"}), [("structure", "Task.contained")]),
    "fault in a contained resource": (
        task(contained=[patient(foo=1)]),
        [("structure", "Task.contained[0].foo")],
    ),
    "faults in a Bundle": (
        transaction(
            entry(task(status=None, contained=[patient(foo=1)])),
            {"response": {"status": "200", "outcome": {"resourceType": "OperationOutcome"}}},
            {"resource": {"resourceType": "Foo"}, "search": {"mode": "match"}},
        ),
        [
            ("required", "Bundle.entry[0].resource.status"),
            ("structure", "Bundle.entry[0].resource.contained[0].foo"),
            ("required", "Bundle.entry[1].response.outcome.issue"),
            ("structure", "Bundle.entry[2].resource.resourceType"),
        ],
    ),
    "faults in Parameters": (
        {
            "resourceType": "Parameters",
            "parameter": [
                {"name": "a", "resource": patient(foo=1)},
                {"name": "b", "part": [{"name": "c", "resource": task(status=None)}]},
                {"valueString": "x"},
            ],
        },
        [
            ("required", "Parameters.parameter[2].name"),
            ("structure", "Parameters.parameter[0].resource.foo"),
            ("required", "Parameters.parameter[1].part[0].resource.status"),
        ],
    ),
}


@pytest.mark.parametrize(("resource", "issues"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_structure_is_named_with_its_path(
    resource: Json, issues: list[tuple[str, str]]
) -> None:
    assert found(resource) == issues


@pytest.mark.parametrize("items", ["x", [["x"]], ["x"]])
def test_a_bundle_with_odd_entries_is_a_fault_and_no_crash(items: Any) -> None:
    assert found(transaction(entry=items))


@pytest.mark.parametrize("resource", [task(), observation(), patient(), transaction(entry(task()))])
def test_a_valid_resource_has_no_fault(resource: Json) -> None:
    assert found(resource) == []


def test_judging_changes_nothing() -> None:
    resource = transaction(entry(task(contained=[patient()])))
    structure_issues(resource, "Bundle")
    assert resource == transaction(entry(task(contained=[patient()])))


def test_the_words_of_the_library_are_never_passed_on() -> None:
    wrong = observation(valueString="999911120", valueInteger=1, status=None, foo="Jansen")
    said = " ".join(issue.text for issue in structure_issues(wrong, "Observation"))
    assert "value" not in said
    assert "9999" not in said
    assert "Jansen" not in said


def test_whatever_else_a_model_raises_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise KeyError("R4.FooType")

    monkeypatch.setattr(model_class("Task"), "model_validate", broken)
    assert found(task()) == [("structure", "Task")]


def test_the_definition_of_a_path_that_leads_nowhere_is_none() -> None:
    assert _definition("Task", ("foo", 0, "bar")) == (None, None)
    assert _node({"note": [{"text": "x"}]}, ("note", 1, "text")) is None

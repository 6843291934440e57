from adapter.fhir.bindings import table


def test_codes_of_a_required_binding_are_those_of_r4() -> None:
    status = table().types["Task"].elements["status"].values
    assert status is not None
    assert {"draft", "requested", "rejected", "in-progress", "completed"} <= status.codes
    assert len(status.codes) == 12
    assert ("http://hl7.org/fhir/task-status", "accepted") in status.codings


def test_codes_of_a_hierarchical_system_are_all_there() -> None:
    verification = table().types["Condition"].elements["verificationStatus"].values
    assert verification is not None
    assert {"unconfirmed", "provisional", "differential"} <= verification.codes


def test_a_choice_is_spelled_out_per_type() -> None:
    goal = table().types["Goal.target"]
    assert {"dueDate", "dueDuration"} <= goal.elements.keys()
    assert "due[x]" in {choice.label for choice in goal.choices}
    assert goal.elements["dueDate"].is_primitive


def test_a_required_choice_is_required_once() -> None:
    (value,) = [c for c in table().types["Task.input"].required if c.label == "value[x]"]
    assert "valueReference" in value.names


def test_targets_belong_to_references_only() -> None:
    medication = table().types["MedicationRequest"].elements
    assert medication["medicationReference"].targets == {"Medication"}
    assert medication["medicationCodeableConcept"].targets == set()


def test_a_reference_to_anything_names_no_targets() -> None:
    assert table().types["Task"].elements["focus"].targets == set()


def test_inherited_elements_are_there() -> None:
    assert {"id", "meta", "contained", "modifierExtension"} <= table().types["Task"].elements.keys()
    assert "meta" not in table().types["Task.input"].elements
    assert "modifierExtension" in table().types["Task.input"].elements


def test_a_nested_element_may_contain_itself() -> None:
    assert table().types["Consent.provision"].elements["provision"].type == "Consent.provision"


def test_every_type_that_an_element_names_is_in_the_table() -> None:
    types = table().types
    named = {e.type for t in types.values() for e in t.elements.values() if not e.is_primitive}
    assert named - types.keys() == set()
    assert table().offered <= types.keys()


def test_only_endless_value_sets_are_undecided() -> None:
    assert {url.rsplit("/", 1)[1] for url in table().undecided} == {"mimetypes", "currencies"}


def test_types_that_r4b_changed_are_not_offered() -> None:
    changed = {"DiagnosticReport", "Group", "PlanDefinition", "ResearchStudy", "Evidence"}
    assert not table().offered & changed
    assert changed <= table().resource_types

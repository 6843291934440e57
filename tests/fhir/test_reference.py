import pytest

from adapter.fhir.reference import Reference, parse_reference, references

BASE = "https://adapter.example/fhir"


@pytest.mark.parametrize(
    "text",
    ["Patient/p-1.a", f"{BASE}/Patient/p-1.a", "Patient/p-1.a/_history/3"],
)
@pytest.mark.parametrize("base", [BASE, f"{BASE}/"])
def test_a_reference_of_our_own_is_read(text: str, base: str) -> None:
    found = parse_reference(text, base)
    assert found == Reference("Patient", "p-1.a")
    assert str(found) == "Patient/p-1.a"


@pytest.mark.parametrize(
    "text",
    [
        "https://other.example/fhir/Patient/1",
        "https://adapter.example/fhirother/Patient/1",
        "http://adapter.example/fhir/Patient/1",
        f"{BASE}/Patient/1?x=1",
        "Patient?identifier=1",
        "#p1",
        "urn:uuid:00000000-0000-4000-8000-000000000001",
        "Patient/..",
        "Patient/.",
        "../Patient/1",
        "Patient/1/../2",
        "patient/1",
        "Patient/1|2",
        "Patient/" + "x" * 65,
        "Patient/1 ",
        "/Patient/1",
        "",
    ],
)
def test_anything_else_is_not_ours(text: str) -> None:
    assert parse_reference(text, BASE) is None


def test_every_literal_reference_is_found_with_its_path() -> None:
    resource = {
        "resourceType": "Task",
        "for": {"reference": "Patient/1"},
        "owner": {"identifier": {"value": "x"}},
        "contained": [{"resourceType": "Patient", "link": [{"other": {"reference": "#a"}}]}],
        "input": [{"valueReference": {"reference": "Goal/1"}}, {"valueString": "x"}],
    }
    assert [(path, node["reference"]) for path, node in references(resource)] == [
        ("Task.for", "Patient/1"),
        ("Task.contained[0].link[0].other", "#a"),
        ("Task.input[0].valueReference", "Goal/1"),
    ]


def test_an_element_that_is_called_reference_is_gone_through() -> None:
    consent = {"resourceType": "Consent", "data": [{"reference": {"reference": "Goal/1"}}]}
    assert [path for path, _ in references(consent)] == ["Consent.data[0].reference"]

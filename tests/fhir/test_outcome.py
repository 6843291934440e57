from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import decode_own
from adapter.fhir.outcome import outcome
from adapter.fhir.validation import validate


def test_an_issue_names_rule_path_and_text() -> None:
    issue = Issue(code="business-rule", text="Te vroeg.", expression="Task.status", rule="R-3")
    assert decode_own(outcome([issue])) == {
        "resourceType": "OperationOutcome",
        "issue": [
            {
                "severity": "error",
                "code": "business-rule",
                "details": {
                    "coding": [
                        {"system": "https://mesozorg.example/fhir/CodeSystem/rule", "code": "R-3"}
                    ],
                    "text": "Te vroeg.",
                },
                "expression": ["Task.status"],
            }
        ],
    }


def test_an_issue_without_path_and_rule_has_neither_element() -> None:
    (issue,) = decode_own(outcome([Issue(code="not-found", text="Niet gevonden.")]))["issue"]
    assert issue.keys() == {"severity", "code", "details"}
    assert issue["details"] == {"text": "Niet gevonden."}


def test_the_request_id_stands_in_the_first_issue() -> None:
    issues = [Issue(code="value", text="Een."), Issue(code="value", text="Twee.")]
    first, second = decode_own(outcome(issues, "abc-1"))["issue"]
    assert first["diagnostics"] == "request-id: abc-1"
    assert "diagnostics" not in second


def test_an_outcome_is_valid_r4() -> None:
    issue = Issue(code="business-rule", text="x", expression="Task", rule="R-3", severity="warning")
    assert validate(decode_own(outcome([issue], "1"))) == []


def test_an_error_prints_no_text() -> None:
    assert str(FhirError(422, Issue(code="value", text="geheim"))) == "(422, 'value')"

"""Faults as values: what is wrong, where, and under which rule.

    FhirError
    └── raised in workflows and at the doors, turned into an OperationOutcome in `api/errors.py`

An issue never holds personal data nor a library's message: it names the element, the rule and
what was expected.
https://hl7.org/fhir/R4/operationoutcome.html
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One entry of an OperationOutcome.

    `code` is an issue-type code (`structure`, `value`, `business-rule`, …), `expression` a path
    such as `Bundle.entry[0].resource.status`, `rule` the id of the rule that was broken.
    """

    code: str
    text: str
    expression: str = ""
    rule: str | None = None
    severity: str = "error"


class FhirError(Exception):
    """A request that cannot be done: HTTP status and at least one issue."""

    def __init__(self, status: int, *issues: Issue) -> None:
        super().__init__(
            status, *(f"{i.code} {i.expression} {i.rule or ''}".strip() for i in issues)
        )
        self.status = status
        self.issues = issues

"""OperationOutcome: the one shape of every error, and of what is worth a look in what was done.

https://hl7.org/fhir/R4/operationoutcome.html

The rule that was broken is a coding, so that a client can act on it without reading Dutch.
`diagnostics` holds the request id and nothing else: no stack, no library text, no value sent.
"""

from collections.abc import Sequence

from adapter.fhir.constants import MESO_RULE
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json, encode


def outcome(issues: Sequence[Issue], request_id: str | None = None) -> bytes:
    """Body of an error answer; `issues` holds at least one. The request id stands in the first."""
    document = outcome_document(issues)
    if request_id is not None:
        document["issue"][0]["diagnostics"] = f"request-id: {request_id}"
    return encode(document)


def outcome_document(issues: Sequence[Issue]) -> Json:
    """OperationOutcome as it stands in a larger answer; `issues` holds at least one."""
    return {"resourceType": "OperationOutcome", "issue": [_issue(issue) for issue in issues]}


def _issue(issue: Issue) -> Json:
    details: Json = {"text": issue.text}
    if issue.rule is not None:
        details = {"coding": [{"system": MESO_RULE, "code": issue.rule}], **details}
    found: Json = {"severity": issue.severity, "code": issue.code, "details": details}
    if issue.expression:
        found["expression"] = [issue.expression]
    return found

"""Lines of the access log as the use cases write them: who asked stands in each of them."""

from typing import TypedDict

from adapter.access.caller import Caller
from adapter.audit.entry import AuditEntry

SUCCESS, MINOR, REFUSED, FAILED = 0, 4, 8, 12  # AuditEvent.outcome


class What(TypedDict, total=False):
    """Fields of a line besides the caller's; see `AuditEntry`."""

    type: str | None
    resource_id: str | None
    version: int | None
    patient: str | None
    custodian: str | None
    status: int | None
    gates: str | None
    rule: str | None
    relation: str | None
    consent: str | None
    policy: str | None
    query: str | None
    detail: str | None


def line(
    caller: Caller | None,
    *,
    at: int,
    request_id: str,
    interaction: str,
    outcome: int,
    what: What,
) -> AuditEntry:
    """One line; `caller` None when nobody proved who asks."""
    if caller is None:
        return AuditEntry(
            at=at, request_id=request_id, interaction=interaction, outcome=outcome, **what
        )
    return AuditEntry(
        at=at,
        request_id=request_id,
        interaction=interaction,
        outcome=outcome,
        client=caller.client,
        ura=caller.ura,
        staff=caller.staff,
        person=caller.person,
        role=caller.role,
        purpose=caller.purpose,
        **what,
    )

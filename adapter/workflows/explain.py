"""Explain a decision: the gates as enforced, made by the same statement and the same combination.

For the privacy officer and the operator, never for the caller (access-control 8). It has no
effect, shows no clinical data and is itself a line in the log.
"""

from dataclasses import dataclass

from adapter.access.caller import Caller
from adapter.access.decision import decide
from adapter.audit.entry import AuditEntry
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json
from adapter.store import audit_log, statements
from adapter.store.engine import Connection
from adapter.store.snapshot import ConnectionSnapshot
from adapter.workflows.disclose import caller_values, found, gates_of, is_partner
from adapter.workflows.installation import Installation
from adapter.workflows.log_lines import SUCCESS, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Would this caller see this resource at this moment? `at` in UTC microseconds."""

    caller: Caller
    type: str
    id: str
    at: int


def explain(installation: Installation, question: Question) -> Json:
    """Decision, gates, first failing gate and rule, and what it relied on."""

    def unit(connection: Connection) -> Json:
        snapshot = ConnectionSnapshot(question.at, connection)
        answer, entry = _judge(installation, snapshot, question)
        audit_log.append(connection, installation.log_stream, [entry])
        return answer

    return installation.store.write(unit)


def _judge(
    installation: Installation, snapshot: ConnectionSnapshot, question: Question
) -> tuple[Json, AuditEntry]:
    caller, policy = question.caller, installation.policy
    statement = statements.read(snapshot.dialect, caller.role, question.type)
    rows = snapshot.rows(statement, {**caller_values(caller), "id": question.id})
    row = rows[0] if rows else None
    gates = gates_of(row)
    decision = decide(
        gates, category=row["category"] if row else "", partner=is_partner(caller.role)
    )
    may_ask = policy.allows(caller, question.type, "read")
    status = decision.status if may_ask else 403
    answer: Json = {
        "decision": "permit" if status == 200 else "deny",  # noqa: PLR2004 # HTTP OK
        "status": status,
        "at": instant_text(question.at),
        "subject": {"ura": caller.ura, "role": caller.role, "purpose": caller.purpose},
        "resource": f"{question.type}/{question.id}",
        "exists": row is not None,
        "gates": {
            "interaction": may_ask,
            "tenant": gates.tenant,
            "role": gates.role,
            "deny": gates.deny,
            "relation": gates.relation,
            "permit": gates.permit,
        },
        "firstFailing": decision.failing if may_ask else "interaction",
        "rule": decision.rule if may_ask else "R-12",
        "controls": decision.controls,
        "reliesOn": {k: v for k, v in found(row).items() if k in {"relation", "consent"}},
        "view": row["view"] if row else None,
        "policy": policy.version,
    }
    entry = line(
        None,
        at=installation.clock(),
        request_id="explain",
        interaction="explain",
        outcome=SUCCESS,
        what={
            "type": question.type,
            "resource_id": question.id,
            "patient": found(row).get("patient"),
            "policy": policy.version,
        },
    )
    return answer, entry

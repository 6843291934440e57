"""Reading and searching: decide, log, and only then release. The one implementation of both.

https://hl7.org/fhir/R4/http.html#read
https://hl7.org/fhir/R4/http.html#search

A door parses what was asked and sends what comes back; everything between is here and pure but
for the snapshot that it reads. What a caller may not see does not exist for that caller: the same
statement runs, the same bytes come back and one line is logged, as for an id that never was.
"""

from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any, Generic, NamedTuple, TypeVar

from adapter.access.caller import Caller
from adapter.access.decision import Decision, Gates, decide
from adapter.access.policy import GP_ROLES, MESO_ROLES, Policy
from adapter.access.views import VIEW_VERSION, reduce
from adapter.audit.entry import AuditEntry
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.outcome import outcome
from adapter.store import statements
from adapter.store.snapshot import Snapshot
from adapter.store.statements import Found
from adapter.workflows.kept_views import KeptViews
from adapter.workflows.log_lines import MINOR, REFUSED, SUCCESS, What, line

ABSENT = "absent"  # rule id in the log for an id that does not exist
_OK, _UNAUTHORISED, _FORBIDDEN, _NOT_FOUND = 200, 401, 403, 404
_KEPT_BYTES = 48 * 2**20
BEFORE_LOGIN = frozenset({406, 413, 415})  # judged before the token (technical decision 10)

# Opaque on authorisation: fixed texts, whatever the reason (conventions 3.4).
_REFUSALS = {
    _UNAUTHORISED: Issue(code="login", text="Een geldig access token is nodig."),
    _FORBIDDEN: Issue(code="forbidden", text="Deze handeling is niet beschikbaar voor deze rol."),
    _NOT_FOUND: Issue(code="not-found", text="Niet gevonden."),
}


# What is made for every read is a tuple: a frozen dataclass costs four times as much.


class ReadRequest(NamedTuple):
    """A read, parsed. `token` is the SHA-256 of the access token, None when none was sent."""

    token: bytes | None
    request_id: str
    type: str
    id: str
    fault: FhirError | None = None  # what the door found wrong with the request itself


class Answer(NamedTuple):
    """What leaves: FHIR JSON, the validator of what was shown, and where it stands."""

    status: int
    body: bytes
    etag: str | None = None
    updated: int | None = None  # UTC microseconds; absent for reduced views


T_co = TypeVar("T_co", covariant=True)


class Disclosure(NamedTuple, Generic[T_co]):
    """An answer with the log lines that have to be durable before it leaves."""

    answer: T_co
    entries: tuple[AuditEntry, ...]


def refusal(status: int, request_id: str) -> Answer:
    """401, 403 or 404 with the same text for everybody."""
    return Answer(status=status, body=outcome([_REFUSALS[status]], request_id))


class Disclose:
    """The read use case over one policy; keeps reduced views, never a decision."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._views = KeptViews(_KEPT_BYTES)

    def read(self, snapshot: Snapshot, request: ReadRequest) -> Disclosure[Answer]:
        """One resource, or the reason-less refusal."""
        if request.fault is not None and request.fault.status in BEFORE_LOGIN:
            return faulted(snapshot.now, request.request_id, "read", request.type, request.fault)
        caller, active = identify(snapshot, request.token)
        if caller is None or not active:
            return unauthenticated(snapshot.now, request.request_id, "read", request.type, caller)
        allowed = self._policy.allows(caller, request.type, "read")
        if not allowed:
            return self._refused(snapshot.now, request, caller)
        if request.fault is not None:
            return faulted(
                snapshot.now, request.request_id, "read", request.type, request.fault, caller
            )
        rows = snapshot.tuples(
            statements.read(snapshot.dialect, caller.role, request.type),
            {**caller_values(caller), "id": request.id},
        )
        found = Found._make(rows[0]) if rows else None
        decision = _judge(found, caller)
        answer = (
            self._shown(snapshot, found, caller)
            if decision.permits and found is not None
            else refusal(decision.status, request.request_id)
        )
        entry = _read_entry(snapshot.now, request, found, caller, decision, self._policy.version)
        return Disclosure(answer, (entry,))

    def _refused(self, now: int, request: ReadRequest, caller: Caller) -> Disclosure[Answer]:
        decision = decide(replace(NOTHING, token=True))
        entry = _read_entry(now, request, None, caller, decision, self._policy.version)
        return Disclosure(refusal(decision.status, request.request_id), (entry,))

    def _shown(self, snapshot: Snapshot, found: Found, caller: Caller) -> Answer:
        if found.view == "full":
            return Answer(_OK, found.body, f'W/"{found.version}"', found.updated)
        return Answer(_OK, *self._reduced(snapshot, found, caller))

    def view(self, snapshot: Snapshot, row: Any, caller: Caller) -> bytes:
        """Bytes of a row of a search as its view shows them."""
        if row["view"] == "full":
            return bytes(row["body"])
        return self._reduced(snapshot, _Part._make(row[name] for name in _Part._fields), caller)[0]

    def _reduced(
        self, snapshot: Snapshot, part: "Found | _Part", caller: Caller
    ) -> tuple[bytes, str]:
        """What is left of a resource, and the validator of that."""
        visible = visible_targets(snapshot, part, caller)
        seen = sha256("|".join(visible).encode()).digest()[:16]
        key = (part.rid, part.version, f"{part.view}@{VIEW_VERSION}", seen)
        kept = self._views.get(key)
        if kept is None:
            body = reduce(part.body, str(part.view), frozenset(visible))
            kept = body, view_etag(body)
            self._views.keep(key, kept)
        return kept


class _Part(NamedTuple):
    """What reducing has to know of a resource; the same columns of a search."""

    rid: int
    version: int
    view: str
    body: bytes
    patient: str
    category: str
    custodian: str
    trajectory: str | None


def identify(snapshot: Snapshot, token: bytes | None) -> tuple[Caller | None, bool]:
    """Caller behind a valid token, and whether that person may act now (gate 0)."""
    if token is None:
        return None, False
    rows = snapshot.tuples(statements.identity(snapshot.dialect), {"token": token})
    if not rows:
        return None, False
    *who, active = rows[0]
    return Caller._make(who), bool(active)


def caller_values(caller: Caller) -> dict[str, object]:
    """What a statement has to know of the caller."""
    return {
        "ura": caller.ura,
        "staff": caller.staff,
        "function": f"{caller.ura}|{caller.role}",
    }


def visible_targets(snapshot: Snapshot, part: Found | _Part, caller: Caller) -> list[str]:
    """ "Type/id" of what a permitted resource refers to and the caller may see."""
    rows = snapshot.tuples(
        statements.targets(snapshot.dialect, caller.role),
        {
            **caller_values(caller),
            "rid": part.rid,
            "patient": part.patient,
            "category": part.category,
            "custodian": part.custodian,
            "trajectory": part.trajectory,
        },
    )
    return [f"{type_}/{id_}" for type_, id_ in rows]


def view_etag(body: bytes) -> str:
    """Validator of a reduced view: of the bytes shown, so that nothing hidden can move it."""
    return f'W/"v{sha256(body).hexdigest()[:24]}"'


def is_partner(role: str) -> bool:
    """Neither of the GP practice nor of the MESO team."""
    return role not in GP_ROLES and role not in MESO_ROLES


NOTHING = Gates(
    token=False,
    interaction=False,
    tenant=False,
    role=False,
    deny=False,
    relation=False,
    permit=False,
)
_ADMITTED = replace(NOTHING, token=True, interaction=True)


def gates_of(row: Any) -> Gates:
    """Gates as the statement found them for an admitted caller; null counts as no."""
    if row is None:
        return _ADMITTED
    related = row["relation"] is not None or row["relation_ok"]
    return _gates(row["tenant"], row["role_ok"], row["deny"], related, row["permit"])


# The truth table has few rows, and nothing of a dossier is in them: each is worked out once.


@cache
def _gates(tenant: object, role: object, deny: object, relation: object, permit: object) -> Gates:
    return Gates(
        token=True,
        interaction=True,
        tenant=bool(tenant),
        role=bool(role),
        deny=bool(deny),
        relation=bool(relation),
        permit=bool(permit),
    )


@cache
def _decision(gates: tuple[object, ...], category: str, partner: bool) -> Decision:
    return decide(_gates(*gates), category=category, partner=partner)


def _judge(found: Found | None, caller: Caller) -> Decision:
    if found is None:
        return decide(_ADMITTED, partner=is_partner(caller.role))
    related = found.relation is not None or found.relation_ok
    gates = (found.tenant, found.role_ok, found.deny, related, found.permit)
    return _decision(gates, found.category, is_partner(caller.role))


def unauthenticated(
    now: int,
    request_id: str,
    interaction: str,
    type_: str | None,
    caller: Caller | None = None,
) -> Disclosure[Answer]:
    """No valid token: nobody to name in the log, yet a line; or somebody who may not act any more."""
    entry = line(
        caller,
        at=now,
        request_id=request_id,
        interaction=interaction,
        outcome=REFUSED,
        what={
            "type": type_,
            "status": _UNAUTHORISED,
            "gates": "FFFF",
            "rule": "R-14",
        },
    )
    return Disclosure(refusal(_UNAUTHORISED, request_id), (entry,))


def faulted(
    now: int,
    request_id: str,
    interaction: str,
    type_: str | None,
    fault: FhirError,
    caller: Caller | None = None,
) -> Disclosure[Answer]:
    """The request itself is wrong: says exactly what, whatever is stored."""
    entry = line(
        caller,
        at=now,
        request_id=request_id,
        interaction=interaction,
        outcome=MINOR,
        what={
            "type": type_,
            "status": fault.status,
            "gates": "FFFF" if caller is None else "TFFF",
            "rule": fault.issues[0].rule,
        },
    )
    answer = Answer(status=fault.status, body=outcome(fault.issues, request_id))
    return Disclosure(answer, (entry,))


def _read_entry(
    now: int,
    request: ReadRequest,
    found: Found | None,
    caller: Caller,
    decision: Decision,
    policy: str,
) -> AuditEntry:
    rule = ABSENT if found is None and decision.status == _NOT_FOUND else decision.rule
    version = patient = custodian = relation = consent = None
    if found is not None:
        version, patient, custodian = found.version, found.patient, found.custodian
        relation, consent = found.relation, found.consent
    return AuditEntry(
        now,
        request.request_id,
        *caller[:6],
        "read",
        request.type,
        request.id,
        version,
        patient,
        custodian,
        SUCCESS if decision.permits else REFUSED,
        decision.status,
        decision.controls,
        rule,
        None if relation is None else str(relation),
        consent,
        policy,
    )


def found(row: Any) -> What:
    """What a row with gates tells the log about the item that was asked for."""
    if row is None:
        return {}
    return {
        "patient": row["patient"],
        "custodian": row["custodian"],
        "relation": None if row["relation"] is None else str(row["relation"]),
        "consent": row["consent"],
    }

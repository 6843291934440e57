"""Reading and searching: decide, log, and only then release. The one implementation of both.

https://hl7.org/fhir/R4/http.html#read
https://hl7.org/fhir/R4/http.html#search

A door parses what was asked and sends what comes back; everything between is here and pure but
for the snapshot that it reads. What a caller may not see does not exist for that caller: the same
statement runs, the same bytes come back and one line is logged, as for an id that never was.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Generic, TypeVar

from adapter.access.caller import Caller
from adapter.access.decision import Decision, Gates, decide
from adapter.access.policy import GP_ROLES, MESO_ROLES, Policy
from adapter.access.views import VIEW_VERSION, reduce
from adapter.audit.entry import AuditEntry
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.outcome import outcome
from adapter.store import statements
from adapter.store.gates import NO_PARTY
from adapter.store.snapshot import Snapshot
from adapter.workflows.log_lines import MINOR, REFUSED, SUCCESS, What, line

ABSENT = "absent"  # rule id in the log for an id that does not exist
_OK, _UNAUTHORISED, _FORBIDDEN, _NOT_FOUND = 200, 401, 403, 404
_KEPT_VIEWS = 16_000  # of some 2 KB each
BEFORE_LOGIN = frozenset({406, 413, 415})  # judged before the token (technical decision 10)

# Opaque on authorisation: fixed texts, whatever the reason (conventions 3.4).
_REFUSALS = {
    _UNAUTHORISED: Issue(code="login", text="Een geldig access token is nodig."),
    _FORBIDDEN: Issue(code="forbidden", text="Deze handeling is niet beschikbaar voor deze rol."),
    _NOT_FOUND: Issue(code="not-found", text="Niet gevonden."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """A read, parsed. `token` is the SHA-256 of the access token, None when none was sent."""

    token: bytes | None
    request_id: str
    type: str
    id: str
    fault: FhirError | None = None  # what the door found wrong with the request itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What leaves: FHIR JSON, the validator of what was shown, and where it stands."""

    status: int
    body: bytes
    etag: str | None = None
    updated: int | None = None  # UTC microseconds; absent for reduced views


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Disclosure(Generic[T_co]):
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
        self._views: dict[tuple[int, int, str, bytes], bytes] = {}

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
        rows = snapshot.rows(
            statements.read(snapshot.dialect, caller.role, request.type),
            {**caller_values(caller), "id": request.id},
        )
        row = rows[0] if rows else None
        decision = decide(
            gates_of(row),
            category=row["category"] if row is not None else "",
            partner=is_partner(caller.role),
        )
        answer = (
            self._shown(snapshot, row, caller)
            if decision.permits
            else refusal(decision.status, request.request_id)
        )
        entry = _read_entry(snapshot.now, request, row, caller, decision, self._policy.version)
        return Disclosure(answer, (entry,))

    def _refused(self, now: int, request: ReadRequest, caller: Caller) -> Disclosure[Answer]:
        decision = decide(replace(NOTHING, token=True))
        entry = _read_entry(now, request, None, caller, decision, self._policy.version)
        return Disclosure(refusal(decision.status, request.request_id), (entry,))

    def _shown(
        self,
        snapshot: Snapshot,
        row: Any,
        caller: Caller,
    ) -> Answer:
        if row["view"] == "full":
            return Answer(
                status=_OK, body=row["body"], etag=f'W/"{row["version"]}"', updated=row["updated"]
            )
        body = self.view(snapshot, row, caller)
        return Answer(status=_OK, body=body, etag=view_etag(body))

    def view(self, snapshot: Snapshot, row: Any, caller: Caller) -> bytes:
        """Bytes of `row` as its view shows them."""
        if row["view"] == "full":
            return bytes(row["body"])
        visible = visible_targets(snapshot, row, caller)
        seen = sha256("|".join(sorted(visible)).encode()).digest()[:16]
        key = (row["rid"], row["version"], f"{row['view']}@{VIEW_VERSION}", seen)
        kept = self._views.get(key)
        if kept is None:
            kept = reduce(row["body"], row["view"], visible)
            if len(self._views) >= _KEPT_VIEWS:
                self._views.clear()  # simple and bounded; a miss costs one reduction
            self._views[key] = kept
        return kept


def identify(snapshot: Snapshot, token: bytes | None) -> tuple[Caller | None, bool]:
    """Caller behind a valid token, and whether that person may act now (gate 0)."""
    if token is None:
        return None, False
    rows = snapshot.rows(statements.identity(snapshot.dialect), {"token": token})
    if not rows:
        return None, False
    return caller_of(rows[0]), bool(rows[0]["staff_ok"])


def caller_values(caller: Caller) -> dict[str, object]:
    """What a statement has to know of the caller."""
    return {
        "ura": caller.ura,
        "staff": caller.staff,
        "function": f"{caller.ura}|{caller.role}",
    }


def visible_targets(snapshot: Snapshot, shown: Any, caller: Caller) -> frozenset[str]:
    """ "Type/id" of what a permitted resource refers to and the caller may see.

    The gates of a dossier are judged once for each dossier among the targets; that of the
    resource itself was judged a moment ago, in this snapshot.
    """
    values = caller_values(caller)
    admitted = {_dossier(shown): True}
    visible: list[str] = []
    for row in snapshot.rows(
        statements.targets(snapshot.dialect, caller.role), {**values, "rid": shown["rid"]}
    ):
        dossier = _dossier(row)
        if dossier not in admitted:
            admitted[dossier] = _admits(snapshot, row, caller, values)
        if admitted[dossier]:
            visible.append(f"{row['type']}/{row['id']}")
    return frozenset(visible)


def _dossier(row: Any) -> tuple[str, str, str, str | None]:
    return row["patient"], row["category"], row["custodian"], row["trajectory"]


def _admits(snapshot: Snapshot, row: Any, caller: Caller, values: dict[str, object]) -> bool:
    if row["patient"] == NO_PARTY:
        return True  # the directory: its scope was in the statement, and it is nobody's dossier
    named = {name: row[name] for name in ("patient", "custodian", "trajectory")}
    statement = statements.dossier(snapshot.dialect, caller.role, row["category"])
    return bool(snapshot.rows(statement, {**values, **named}))


def view_etag(body: bytes) -> str:
    """Validator of a reduced view: of the bytes shown, so that nothing hidden can move it."""
    return f'W/"v{sha256(body).hexdigest()[:24]}"'


def is_partner(role: str) -> bool:
    """Neither of the GP practice nor of the MESO team."""
    return role not in GP_ROLES and role not in MESO_ROLES


def caller_of(row: Any) -> Caller:
    """Caller columns of any statement of the read path."""
    return Caller(
        client=row["client"],
        ura=row["ura"],
        staff=row["staff"],
        person=row["person"],
        role=row["role"],
        purpose=row["purpose"],
        scope=row["scope"],
    )


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
    return Gates(
        token=True,
        interaction=True,
        tenant=bool(row["tenant"]),
        role=bool(row["role_ok"]),
        deny=bool(row["deny"]),
        relation=row["relation"] is not None or bool(row["relation_ok"]),
        permit=bool(row["permit"]),
    )


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
    row: Any,
    caller: Caller,
    decision: Decision,
    policy: str,
) -> AuditEntry:
    absent = row is None and decision.status == _NOT_FOUND
    return line(
        caller,
        at=now,
        request_id=request.request_id,
        interaction="read",
        outcome=SUCCESS if decision.permits else REFUSED,
        what={
            "type": request.type,
            "resource_id": request.id,
            "status": decision.status,
            "gates": decision.controls,
            "rule": ABSENT if absent else decision.rule,
            "policy": policy,
            "version": None if row is None else row["version"],
            **found(row),
        },
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

"""One unit of work: everything that a request changes, in one transaction, with its log lines.

A workflow gets a `Unit` and returns a value. What it refuses (FhirError) is rolled back and
leaves one log line; what it does commits together with its lines, its Provenance and the rows of
the outbox. Nothing in here touches the network.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from adapter.access.caller import Caller
from adapter.access.policy import Policy
from adapter.audit.entry import AuditEntry
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.store import audit_log, jobs, resources
from adapter.store.engine import Connection, Store
from adapter.store.keys import Keys
from adapter.store.resources import Placement, Saved
from adapter.store.snapshot import ConnectionSnapshot
from adapter.workflows.disclose import identify
from adapter.workflows.log_lines import MINOR, REFUSED, SUCCESS, line
from mappings.identity import Ids

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What every workflow needs of this installation; made once, at start."""

    store: Store
    keys: Keys
    ids: Ids
    policy: Policy
    clock: Callable[[], int]
    log_stream: str  # stream of the lines that commit with the data


@dataclass(slots=True, kw_only=True)
class Unit:
    """A transaction that is open. `now` is read once, at its start."""

    installation: Installation
    connection: Connection
    now: int
    request_id: str
    caller: Caller
    entries: list[AuditEntry] = field(default_factory=list)

    @property
    def snapshot(self) -> ConnectionSnapshot:
        return ConnectionSnapshot(self.now, self.connection)

    def save(self, document: Json, placement: Placement) -> Saved:
        """Newest version of a resource, its log line, and a push to every peer that follows."""
        saved = resources.save(self.connection, document, placement, self.now)
        if saved.changed:
            self.log(
                "create" if saved.version == 1 else "update",
                type_=saved.type,
                resource_id=saved.id,
                version=saved.version,
                patient=placement.patient,
                custodian=placement.custodian,
            )
            jobs.enqueue_push(self.connection, saved, placement, self.now)
        return saved

    def log(
        self,
        interaction: str,
        *,
        type_: str | None = None,
        resource_id: str | None = None,
        version: int | None = None,
        patient: str | None = None,
        custodian: str | None = None,
        detail: str | None = None,
    ) -> None:
        """One line of the access log, committed with the data."""
        self.entries.append(
            line(
                self.caller,
                at=self.now,
                request_id=self.request_id,
                interaction=interaction,
                outcome=SUCCESS,
                what={
                    "type": type_,
                    "resource_id": resource_id,
                    "version": version,
                    "patient": patient,
                    "custodian": custodian,
                    "status": 200,
                    "gates": "TTTF",
                    "policy": self.installation.policy.version,
                    "detail": detail,
                },
            )
        )


_OPAQUE = {
    401: Issue(code="login", text="Een geldig access token is nodig."),
    403: Issue(code="forbidden", text="Deze handeling is niet beschikbaar voor deze rol."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who asks for which kind of change. `allowed` is gate 1 for that kind."""

    token: bytes | None
    request_id: str
    interaction: str
    type: str | None
    allowed: Callable[[Policy, Caller], bool]


def authenticate(installation: Installation, ask: Ask) -> Caller:
    """Gates 0 and 1, before the body is looked at: 401 or 403, logged, else the caller."""

    def unit(connection: Connection) -> Caller | int:
        return _identify(installation, ConnectionSnapshot(installation.clock(), connection), ask)

    found = installation.store.read(unit)
    if isinstance(found, Caller):
        return found
    _log_refusal(installation, ask, None, FhirError(found, _OPAQUE[found]))
    raise FhirError(found, _OPAQUE[found])


def perform(installation: Installation, ask: Ask, use_case: Callable[[Unit], T]) -> T:
    """Run `use_case` in one transaction; a refusal leaves nothing but its log line.

    The caller is identified again in the same transaction: a token that was revoked while the
    body was read opens nothing.
    """

    def attempt(connection: Connection) -> T | FhirError:
        now = installation.clock()
        caller = _identify(installation, ConnectionSnapshot(now, connection), ask)
        if not isinstance(caller, Caller):
            raise FhirError(caller, _OPAQUE[caller])
        unit = Unit(
            installation=installation,
            connection=connection,
            now=now,
            request_id=ask.request_id,
            caller=caller,
        )
        try:
            with connection.begin_nested():
                result = use_case(unit)
        except FhirError as error:
            refused = _refusal_entry(installation, ask, caller, error, now)
            audit_log.append(connection, installation.log_stream, [refused])
            return error
        if not unit.entries:
            unit.log(ask.interaction, type_=ask.type)
        audit_log.append(connection, installation.log_stream, unit.entries)
        return result

    result = installation.store.write(attempt)
    if isinstance(result, FhirError):
        raise result
    return result


def refuse(installation: Installation, ask: Ask, caller: Caller | None, error: FhirError) -> None:
    """Log a refusal that came before the transaction (bad JSON, wrong structure)."""
    _log_refusal(installation, ask, caller, error)


def _identify(installation: Installation, snapshot: ConnectionSnapshot, ask: Ask) -> Caller | int:
    caller, active = identify(snapshot, ask.token)
    if caller is None or not active:
        return 401
    return caller if ask.allowed(installation.policy, caller) else 403


def _refusal_entry(
    installation: Installation, ask: Ask, caller: Caller | None, error: FhirError, now: int
) -> AuditEntry:
    hidden = error.status in _OPAQUE or error.status == 404  # noqa: PLR2004 # refused, not faulty
    return line(
        caller,
        at=now,
        request_id=ask.request_id,
        interaction=ask.interaction,
        outcome=REFUSED if hidden else MINOR,
        what={
            "type": ask.type,
            "status": error.status,
            "gates": "FFFF" if error.status in _OPAQUE else "TFFF",
            "rule": error.issues[0].rule if error.issues else None,
            "policy": installation.policy.version,
        },
    )


def _log_refusal(
    installation: Installation, ask: Ask, caller: Caller | None, error: FhirError
) -> None:
    def unit(connection: Connection) -> None:
        entry = _refusal_entry(installation, ask, caller, error, installation.clock())
        audit_log.append(connection, installation.log_stream, [entry])

    installation.store.write(unit)

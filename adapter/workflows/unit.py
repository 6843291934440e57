"""One unit of work: everything that a request changes, in one transaction, with its log lines.

A workflow gets a `Unit` and returns a value. What it refuses (FhirError) is rolled back and
leaves one log line, and what people have to know of it; what it does commits together with its
lines, its Provenance and the rows of the outbox. Nothing in here touches the network.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from adapter.access.caller import Caller
from adapter.access.policy import Policy
from adapter.audit.entry import AuditEntry
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, encode
from adapter.fhir.sieve import faults
from adapter.store import audit_log, jobs, resources
from adapter.store.engine import Connection
from adapter.store.resources import Placement, Saved
from adapter.store.snapshot import ConnectionSnapshot
from adapter.telemetry.events import log_event
from adapter.workflows.disclose import identify
from adapter.workflows.installation import Installation
from adapter.workflows.log_lines import FAILED, MINOR, REFUSED, SUCCESS, line
from adapter.workflows.release import UNAVAILABLE

T = TypeVar("T")


class NotR4Error(Exception):
    """A resource that we made ourselves is no R4: a defect, and nothing is stored."""


@dataclass(slots=True, kw_only=True)
class Unit:
    """A transaction that is open. `now` is read once, at its start."""

    installation: Installation
    connection: Connection
    now: int
    request_id: str
    caller: Caller
    entries: list[AuditEntry] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)  # travel with the answer
    on_refusal: list[Callable[[Connection], None]] = field(default_factory=list)  # outlive it

    @property
    def snapshot(self) -> ConnectionSnapshot:
        return ConnectionSnapshot(self.now, self.connection)

    def save(self, document: Json, placement: Placement) -> Saved:
        """Newest version of a resource, its log line, and a push to every peer that follows.

        FhirError 409 when its number names something of another patient or trajectory: nothing
        ever moves from one dossier to another. `NotR4Error` when a mapping made something wrong.
        """
        if issues := faults(document, encode(document)):
            raise NotR4Error(document["resourceType"], [issue.expression for issue in issues])
        held = resources.load(self.connection, document["resourceType"], document["id"])
        if held is not None and (
            held.placement.patient != placement.patient
            or held.placement.trajectory not in {None, placement.trajectory}
        ):
            raise FhirError(409, _NUMBER_IN_USE)
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


_NUMBER_IN_USE = Issue(
    code="conflict", text="Dit nummer hoort al bij een ander dossier of traject.", rule="RI-21"
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
            error = FhirError(caller, _OPAQUE[caller])
            entry = _refusal_entry(installation, ask, None, error, now)
            audit_log.append(connection, installation.log_stream, [entry])
            return error
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
            for keep in unit.on_refusal:
                keep(connection)
            refused = _refusal_entry(installation, ask, caller, error, now)
            audit_log.append(connection, installation.log_stream, [refused])
            return error
        if not unit.entries:
            unit.log(ask.interaction, type_=ask.type)
        audit_log.append(connection, installation.log_stream, unit.entries)
        return result

    result = installation.store.write(attempt)
    if isinstance(result, FhirError):
        raise _told(result)
    return result


def guarded(installation: Installation, ask: Ask, work: Callable[[], T]) -> T:
    """What `work` returns or refuses. Anything else that goes wrong is a 503 with a line of its
    own, if there is still room for one, and nothing of it reaches a log or the caller.
    """
    try:
        return work()
    except FhirError:
        raise
    except Exception as error:  # noqa: BLE001 - its text may hold what was sent
        log_event(
            "request.failed",
            level=logging.ERROR,
            request_id=ask.request_id,
            error=type(error).__name__,
        )
        failed = FhirError(503, UNAVAILABLE)
        with suppress(Exception):  # the disk may be full: then there is no line, and no effect
            _log_refusal(installation, ask, None, failed)
        raise failed from None


def refuse(installation: Installation, ask: Ask, caller: Caller | None, error: FhirError) -> None:
    """Log a refusal that came before the transaction (bad JSON, wrong structure)."""
    _log_refusal(installation, ask, caller, error)


def _told(error: FhirError) -> FhirError:
    """A 404 names no rule: which one hid it is for the log (access-control 2.3)."""
    if error.status != 404:  # noqa: PLR2004 # HTTP
        return error
    return FhirError(404, *(replace(issue, rule=None) for issue in error.issues))


def _identify(installation: Installation, snapshot: ConnectionSnapshot, ask: Ask) -> Caller | int:
    caller, active = identify(snapshot, ask.token)
    if caller is None or not active:
        return 401
    return caller if ask.allowed(installation.policy, caller) else 403


def _refusal_entry(
    installation: Installation, ask: Ask, caller: Caller | None, error: FhirError, now: int
) -> AuditEntry:
    hidden = error.status in _OPAQUE or error.status == 404  # noqa: PLR2004 # refused, not faulty
    failed = error.status == 503  # noqa: PLR2004 # our own fault
    return line(
        caller,
        at=now,
        request_id=ask.request_id,
        interaction=ask.interaction,
        outcome=FAILED if failed else REFUSED if hidden else MINOR,
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

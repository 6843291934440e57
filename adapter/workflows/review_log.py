"""The access log for the GP practice's log reviewer, as AuditEvents; looking at it is logged too.

https://hl7.org/fhir/R4/auditevent.html

Only lines about data of which this practice is the custodian, newest first, metadata only: what
was searched by stays with the privacy officer (A-8, R-72, R-74, RI-10; access-control 7.1).
"""

from dataclasses import dataclass
from pathlib import Path

from adapter.audit.entry import LogRow
from adapter.audit.event import audit_event, event_id, parse_event_id
from adapter.fhir.bundle import searchset
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import encode
from adapter.store import audit_log, patients
from adapter.store.audit_log import LogFilter
from adapter.workflows.disclose import Answer
from adapter.workflows.unit import Unit

_PAGE = 200
_NOT_FOUND = Issue(code="not-found", text="Niet gevonden.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """`patient` is the logical id of a Patient; times in microseconds, half-open."""

    since: int | None = None
    until: int | None = None
    patient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLog:
    """The use case; `base` is the FHIR base, `log_dir` the folder of the log files."""

    log_dir: Path
    base: str

    def search(self, unit: Unit, query: LogQuery) -> Answer:
        """Newest lines of this practice."""
        person = None
        if query.patient is not None:
            person = patients.by_resource(unit.connection, query.patient)
            if person is None or person.gp != unit.caller.ura:
                return self._bundle([], 0)
        wanted = LogFilter(
            custodian=unit.caller.ura,
            patient=None if person is None else person.key,
            since=query.since,
            until=query.until,
        )
        store = unit.installation.store
        rows = audit_log.read_rows(store, self.log_dir, wanted, limit=_PAGE)
        total = audit_log.count_rows(store, self.log_dir, wanted)
        unit.log("search-type", type_="AuditEvent", custodian=unit.caller.ura)
        return self._bundle([self._entry(unit, row) for row in rows], total)

    def read(self, unit: Unit, id_: str) -> Answer:
        """One line of this practice. FhirError 404 for any other."""
        place = parse_event_id(id_)
        row = place and audit_log.find_row(unit.installation.store, self.log_dir, *place)
        if not row or row.entry.custodian != unit.caller.ura:
            raise FhirError(404, _NOT_FOUND)
        unit.log("read", type_="AuditEvent", resource_id=id_, custodian=unit.caller.ura)
        return Answer(status=200, body=self._entry(unit, row)[1])

    def _entry(self, unit: Unit, row: LogRow) -> tuple[str, bytes]:
        person = (
            None
            if row.entry.patient is None
            else patients.by_key(unit.connection, row.entry.patient)
        )
        event = audit_event(
            row,
            base=self.base,
            patient_id=None if person is None else person.resource_id,
            with_query=False,
        )
        return f"AuditEvent/{event_id(row.stream, row.seq)}", encode(event)

    def _bundle(self, found: list[tuple[str, bytes]], total: int) -> Answer:
        body = searchset(
            found,
            total=total,
            self_url=f"{self.base}/AuditEvent",
            next_url=None,
            base=self.base,
        )
        return Answer(status=200, body=body)

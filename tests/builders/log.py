"""Lines of the access log. People and numbers are invented."""

from adapter.audit.entry import AuditEntry, LogRow, link, parse_row
from tests.builders.identity import NOW, PERSON, URA

GP = "90000101"


def entry(**changes):
    return AuditEntry(
        **{
            "at": NOW,
            "request_id": "req-1",
            "client": "meso-velp-epd",
            "ura": URA,
            "staff": "role-so-1",
            "person": PERSON,
            "role": "meso-so",
            "purpose": "TREAT",
            "interaction": "read",
            "type": "CarePlan",
            "resource_id": "mplan1",
            "version": 3,
            "patient": "pk1",
            "custodian": GP,
            "outcome": 0,
            "status": 200,
            "gates": "TTTF",
            "relation": "12",
            "consent": "mconsent1/_history/2",
            "policy": "2026-11-24",
            **changes,
        }
    )


def denial(**changes):
    return entry(
        **{
            "outcome": 8,
            "status": 404,
            "gates": "TTFF",
            "rule": "R-5",
            "version": None,
            "consent": None,
            **changes,
        }
    )


def stream(count, name="read-0", **changes):
    """`count` lines, properly chained."""
    entries = [entry(at=NOW + n, request_id=f"req-{n}", **changes) for n in range(1, count + 1)]
    return [parse_row(row) for row in link(bytes(32), 0, name, entries)[0]]


def row(found, seq=7, name="read-0"):
    return LogRow(name, seq, found, bytes(32))

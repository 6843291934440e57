"""Application log: a catalogue of events with the fields that each may hold, and nothing else.

No free text and no patient data by construction: an unknown event or field is a KeyError in
tests and dropped in service. The access log is another thing (`adapter/audit/`).
"""

import logging
import sys
from contextlib import suppress
from typing import Final

import structlog

_FIELDS: Final[dict[str, frozenset[str]]] = {
    "service.started": frozenset({"dialect", "version"}),
    "service.stopped": frozenset(),
    "request.failed": frozenset({"request_id", "error"}),
    "sync.pushed": frozenset({"peer", "type", "attempt"}),
    "sync.waiting": frozenset({"peer", "type", "attempt", "reason"}),
    "sync.refused": frozenset({"peer", "type", "rule"}),
    "sync.failed": frozenset({"peer", "error"}),
}

_log = structlog.get_logger("adapter")


def log_event(event: str, *, level: int = logging.INFO, **fields: str | int) -> None:
    """Write one event. Fields that are not in the catalogue are a fault of ours."""
    allowed = _FIELDS[event]
    if unknown := fields.keys() - allowed:
        raise KeyError(f"{event} does not log {sorted(unknown)}")
    with suppress(OSError, ValueError):  # full or closed: no reason for a request to fail
        _log.log(level, event, **fields)


def configure() -> None:
    """JSON lines on standard error; uvicorn's own access log stays off (URLs are data)."""
    logging.getLogger("uvicorn.access").disabled = True
    for library in ("httpx", "httpcore"):  # they log every address at INFO
        logging.getLogger(library).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )

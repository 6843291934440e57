"""`meso audit …`: verify the log, anchor it, and list who opened what.

Looking at the log is logged too (RI-10). Names of patients stand nowhere in a report of this
command: it shows the internal keys that the log itself holds.
"""

import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapter.audit.anchor import Anchor, read_document, write_document
from adapter.audit.entry import AuditEntry
from adapter.audit.report import (
    Labels,
    day_start,
    default_period,
    employee_lines,
    organisation_lines,
    to_csv,
)
from adapter.cli.opening import NotMigratedError, opened
from adapter.cli.output import NOT_IN_ORDER, OK, busy, fail, print_json, print_table, say
from adapter.settings import Settings
from adapter.store import audit_log, audit_proof, parties
from adapter.store.audit_log import LogFilter
from adapter.workflows.installation import Installation

_NO_INSTALLATION = "Hier is nog geen installatie. Draai eerst `meso migrate`."


def verify(held: Sequence[Path], *, as_json: bool) -> int:
    """Exit code: 0 when every line fits, 1 with findings."""
    anchors = [anchor for path in held for anchor in _read_anchor(path)]
    settings = Settings()
    try:
        with opened(settings) as installation, busy("Regels van het toegangslog nalopen"):
            found = audit_proof.verify_all(
                installation.store, settings.log_dir, installation.keys.anchors, anchors
            )
    except NotMigratedError:
        fail(_NO_INSTALLATION)
    if as_json:
        print_json(asdict(found))
    else:
        say(f"{found.lines} regels in {found.streams} reeksen nagelopen.")
        print_table("Bevindingen", found.findings)
        if not anchors:
            say(
                "Zonder een anker dat elders bewaard is, bewijst dit niets over herschreven staarten."
            )
    return NOT_IN_ORDER if found.findings else OK


def anchor(out: Path | None) -> None:
    """Write today's anchor document; it proves something only when it is kept elsewhere."""
    settings = Settings()
    day = datetime.now(UTC).date().isoformat()
    try:
        with opened(settings) as installation:
            anchors = audit_proof.write_anchor(
                installation.store, settings.log_dir, installation.keys.anchors, day
            )
    except NotMigratedError:
        fail(_NO_INSTALLATION)
    if not anchors:
        fail("Het log is nog leeg: er valt niets vast te leggen.")
    document = write_document(anchors)
    if out is None:
        sys.stdout.write(document.decode())
    else:
        out.write_bytes(document)
        say(f"Anker van {day} staat in {out}. Bewaar het buiten deze installatie.")


def report(
    practice: str,
    *,
    since: str | None,
    until: str | None,
    staff: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Organisation list, or with `staff` the employee list (requirements 5.2)."""
    low, high = _period(since, until)
    settings = Settings()
    try:
        with opened(settings) as installation:
            labels = installation.store.read(
                lambda connection: Labels(
                    staff=parties.staff_labels(connection),
                    organisations=parties.organisation_names(connection),
                )
            )
            if practice not in labels.organisations:
                fail("Deze organisatie is hier niet bekend.")
            wanted = LogFilter(custodian=practice, staff=staff, since=low, until=high)
            rows = audit_log.read_rows(installation.store, settings.log_dir, wanted)
            _log_the_look(installation, practice)
    except NotMigratedError:
        fail(_NO_INSTALLATION)
    lines = (
        organisation_lines(rows, labels) if staff is None else employee_lines(rows, staff, labels)
    )
    if as_json:
        print_json({"practice": practice, "lines": [asdict(line) for line in lines]})
    elif as_csv:
        sys.stdout.write(to_csv(lines))
    else:
        print_table(f"Toegang tot dossiers van {labels.organisations[practice]}", lines)


def _log_the_look(installation: Installation, practice: str) -> None:
    entry = AuditEntry(
        at=installation.clock(),
        request_id=secrets.token_hex(8),
        client="meso-audit-report",
        interaction="log-view",
        custodian=practice,
        outcome=0,
        status=200,
        policy=installation.policy.version,
    )
    installation.store.write(
        lambda connection: audit_log.append(connection, installation.log_stream, [entry])
    )


def _read_anchor(path: Path) -> list[Anchor]:
    try:
        return read_document(path.read_bytes())
    except (OSError, ValueError):
        fail(f"{path} is geen anker van dit log.")


def _period(since: str | None, until: str | None) -> tuple[int, int]:
    today = datetime.now(UTC).date()
    low, high = default_period(today)
    if since is not None:
        low = day_start(_day(since))
    if until is not None:
        high = day_start(_day(until) + timedelta(days=1))
    return low, high


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{text} is geen dag: verwacht is JJJJ-MM-DD.")

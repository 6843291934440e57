"""The worklist of one practice: what its people have to look at, by rule and reference.

Nothing clinical: a rule, a text of ours, where it is, and since when. An item is shown to who may
read the very thing that it is about, through the same gates; so a parked referral, a dossier of
another practice or one that was closed to a role stays out without a rule of its own. The secretary
sees what has to be arranged only. Looked at is logged, one line per patient.
"""

from collections.abc import Mapping
from typing import Final

from adapter.access.decision import decide
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json, encode
from adapter.store import statements, worklist
from adapter.store.worklist import WorkItem
from adapter.workflows.disclose import Answer, caller_values, gates_of
from adapter.workflows.unit import Unit

_MOST: Final = 200
_LOOKED_AT: Final = 1_000
_DAY: Final = 24 * 3600 * 1_000_000
_NOBODY: Final = "-"
_SECRETARY: Final = "meso-secretary"
_TO_ARRANGE: Final = frozenset({"missing-consent"})
_TEXTS: Final[Mapping[str, str]] = {
    "awaiting-agreement": "De patiënt is nog niet gevraagd of MESO in het dossier mag kijken.",
    "deceased": "De patiënt is overleden; de verwijzing ligt er nog.",
    "identity-doubt": "Naam, geboortedatum of nummer wijkt af; laat uitzoeken om wie het gaat.",
    "missing-consent": "Een genodigde is niet uitgenodigd: de toestemming ontbreekt.",
    "number-used-twice": "Een nummer is gebruikt voor twee verwijzingen met een andere inhoud.",
    "parked-referral": "De verwijzing wacht: laat uitzoeken bij welke praktijk de patiënt hoort.",
    "patient-moved": "De patiënt is bij een andere huisartspraktijk ingeschreven.",
}
_OTHER: Final = "Kijk hier naar."


def read_worklist(unit: Unit) -> Answer:
    """The oldest open items of the caller's practice that she may know of, `_MOST` at the most."""
    found = worklist.open_items(unit.connection, unit.caller.ura, limit=_LOOKED_AT)
    known: dict[str, bool] = {}
    shown: list[WorkItem] = []
    for item in found:
        if len(shown) == _MOST:
            break
        if unit.caller.role == _SECRETARY and item.kind not in _TO_ARRANGE:
            continue
        if item.subject not in known:
            known[item.subject] = _may_see(unit, item.subject)
        if known[item.subject]:
            shown.append(item)
    keys = {item.patient for item in shown} - {_NOBODY}
    patients: list[str | None] = [*sorted(keys)]
    for patient in patients or [None]:
        unit.log("search-system", patient=patient, custodian=unit.caller.ura, detail="werklijst")
    return Answer(status=200, body=encode({"items": [_told(item, unit.now) for item in shown]}))


def _may_see(unit: Unit, subject: str) -> bool:
    """Whether the caller may read the resource, by every gate."""
    type_, _, id_ = subject.partition("/")
    if not unit.installation.policy.allows(unit.caller, type_, "read"):
        return False
    statement = statements.read(unit.snapshot.dialect, unit.caller.role, type_)
    rows = unit.snapshot.rows(statement, {**caller_values(unit.caller), "id": id_})
    return bool(rows) and decide(gates_of(rows[0])).permits


def _told(item: WorkItem, now: int) -> Json:
    told: Json = {
        "kind": item.kind,
        "rule": item.rule,
        "text": item.text or _TEXTS.get(item.kind, _OTHER),
        "reference": item.subject,
        "since": instant_text(item.since),
        "days": (now - item.since) // _DAY,
    }
    return told if item.place is None else {**told, "place": item.place}

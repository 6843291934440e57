"""A line of the access log <-> AuditEvent.

https://hl7.org/fhir/R4/auditevent.html, https://profiles.ihe.net/ITI/BALP/

Reads every AuditEvent that `adapter/audit/event.py` renders and gives the same back. An AuditEvent
has no identifier: stream and sequence number of the line are in its id. Who took part is in
`log_agents.py`, what it was about in `log_entities.py`.
"""

import re
from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import ACT_REASON, MESO_AUDIT_SUBTYPE
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json
from mappings.log.log_agents import agents_to_fhir, device, read_agents, take_device
from mappings.log.log_codes import (
    AUDIT_SUBTYPE,
    AUDIT_TYPE,
    DICOM,
    INTERACTION,
    PATIENT_RECORD,
    RESTFUL,
    TOKEN,
    USER_AUTHENTICATION,
    pattern_of,
)
from mappings.log.log_entities import entities_to_fhir, read_entities
from mappings.records.log_entry import Emergency, LogEntry
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import Message
from mappings.toolkit.moments import first
from mappings.toolkit.reader import Element, build, refuse
from mappings.toolkit.writing import concept, extension, extension_url, resource

_CONTROLS: Final = extension_url("nen7513-controles")
_LINE: Final = re.compile(r"a(?P<stream>[A-Za-z0-9.\-]{1,40})-(?P<seq>[1-9][0-9]{0,18})")
_RULE: Final = re.compile(r"rule=(\S+)$")
_VERDICTS: Final = {"0": "permit", "8": "deny"}
_BREAK_GLASS: Final = "BTG"
_RELATION, _PERMIT = 1, 2  # positions in the controls


def to_fhir(entry: LogEntry, _: Ids) -> list[Json]:
    system, code, own = _what(entry.interaction)
    event = resource(
        "AuditEvent",
        f"a{entry.stream}-{entry.seq}",
        "log-entry",
        synthetic=entry.synthetic,
        extension=[]
        if entry.controls is None
        else [extension(_CONTROLS, valueString=entry.controls)],
        type={"system": system, "code": code},
        subtype=[{"system": own, "code": entry.interaction}],
        action=pattern_of(entry.interaction).action,
        recorded=instant_text(first(entry.at)),
        outcome=entry.outcome,
        outcomeDesc=_outcome_text(entry),
        purposeOfEvent=_purposes(entry),
        agent=agents_to_fhir(entry),
        source={"observer": device(entry.server)},
        entity=entities_to_fhir(entry),
    )
    return [event]


def from_fhir(resources: Sequence[Json], ids: Ids) -> LogEntry:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    root = message.one("AuditEvent")
    stream, seq = _read_line(root)
    interaction = _read_interaction(root)
    root.fixed("action", pattern_of(interaction).action)
    controls = root.extension(_CONTROLS)
    rule = _peek_rule(root)
    purpose, emergency = _read_purposes(root)
    agents = read_agents(root, interaction=interaction, rule=rule, purpose=purpose)
    entry = build(
        LogEntry,
        root.path,
        stream=stream,
        seq=seq,
        at=root.value("recorded", reader.INSTANT),
        interaction=interaction,
        outcome=root.fixed("outcome", "0", "4", "8", "12"),
        controls=None if controls is None else controls.value("valueString", reader.CODE),
        rule=rule,
        purpose=purpose,
        emergency=emergency,
        **agents,
        **read_entities(root),
    )
    take_device(root.child("source").child("observer"), entry.server)
    said = _outcome_text(entry)
    if said is not None:
        root.fixed("outcomeDesc", said)
    return entry.model_copy(update={"synthetic": message.finish()})


def _what(interaction: str) -> tuple[str, str, str]:
    """System and code of the type, and the system of the subtype."""
    if interaction in RESTFUL:
        return AUDIT_TYPE, "rest", INTERACTION
    code = USER_AUTHENTICATION if interaction in TOKEN else PATIENT_RECORD
    return DICOM, code, MESO_AUDIT_SUBTYPE


def _read_interaction(root: Element) -> str:
    subtype = root.only("subtype")
    interaction = subtype.value("code", reader.CODE)
    if interaction not in RESTFUL and AUDIT_SUBTYPE.known(interaction) is None:
        refuse(subtype.at("code"), "code-invalid", "Deze soort toegang is niet bekend.")
    system, code, own = _what(interaction)
    subtype.ignore("display")
    subtype.fixed("system", own)
    kind = root.child("type")
    kind.ignore("display")
    kind.fixed("system", system)
    kind.fixed("code", code)
    return interaction


def _read_line(root: Element) -> tuple[str, int]:
    """Stream and number: an AuditEvent has no identifier, so its id is the name of the line."""
    found = _LINE.fullmatch(str(root.peek("id")))
    if found is None:
        refuse(root.at("id"), "value", "De id hoort de regel van het log te noemen.")
    return found["stream"], int(found["seq"])


def _outcome_text(entry: LogEntry) -> str | None:
    parts = [_VERDICTS.get(entry.outcome, "fail")]
    if entry.controls is not None:
        controls = entry.controls
        parts += [controls, f"relation={controls[_RELATION]}", f"permit={controls[_PERMIT]}"]
    if entry.rule is not None:
        parts.append(f"rule={entry.rule}")
    return " ".join(parts) if len(parts) > 1 else None


def _peek_rule(root: Element) -> str | None:
    """Only looks: the whole text is held against the record afterwards."""
    found = _RULE.search(str(root.peek("outcomeDesc") or ""))
    return found[1] if found else None


def _purposes(entry: LogEntry) -> list[Json]:
    found = [] if entry.purpose is None else [concept(ACT_REASON, entry.purpose)]
    if entry.emergency is not None:
        pressed = concept(ACT_REASON, _BREAK_GLASS)
        reason = entry.emergency.reason
        found.append(pressed if reason is None else {**pressed, "text": reason})
    return found


def _read_purposes(root: Element) -> tuple[str | None, Emergency | None]:
    purpose: str | None = None
    emergency: Emergency | None = None
    for item in root.children("purposeOfEvent"):
        coding = item.only("coding")
        coding.ignore("display")
        coding.fixed("system", ACT_REASON)
        code = coding.value("code", reader.CODE)
        if code == _BREAK_GLASS and emergency is None:
            emergency = build(Emergency, item.path, reason=item.optional("text", reader.TEXT))
        elif code != _BREAK_GLASS and purpose is None:
            purpose = code
        else:
            refuse(item.path, "structure", "Hier is plaats voor één doel en één noodreden.")
    return purpose, emergency

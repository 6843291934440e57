"""A line of the access log as a FHIR AuditEvent, made when somebody looks at it.

https://hl7.org/fhir/R4/auditevent.html
https://profiles.ihe.net/ITI/BALP/ (Basic Audit Log Patterns)

The shapes are those of BALP, with what NEN 7513 asks beside: the four controls, the acting
organisation, the custodian, the relation and the consent that were relied on. A refusal has the
same shape with outcome 8 and says what was asked for instead of naming data that was shown.
Profiles are claimed for a success only, and never for a query: we keep no raw query.
"""

import re
from base64 import b64encode
from typing import Final

from adapter.audit.entry import AuditEntry, LogRow
from adapter.audit.patterns import RESTFUL, Pattern, pattern_of
from adapter.fhir.constants import (
    ACT_REASON,
    CANONICAL,
    MESO_AUDIT_SUBTYPE,
    MESO_FUNCTION,
    MESO_RULE,
    PARTICIPATION_TYPE,
    URA,
    UZI,
)
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json

CONTROLS_URL: Final = f"{CANONICAL}/StructureDefinition/ext-nen7513-controles"
CLIENT_SYSTEM: Final = f"{CANONICAL}/NamingSystem/client"
RELATION_SYSTEM: Final = f"{CANONICAL}/NamingSystem/relation"
PATIENT_KEY_SYSTEM: Final = f"{CANONICAL}/NamingSystem/patient-key"
REQUEST_SYSTEM: Final = f"{CANONICAL}/NamingSystem/request"
ROLE_SYSTEM: Final = MESO_FUNCTION
_POLICY: Final = f"{CANONICAL}/policy"

_BALP: Final = "https://profiles.ihe.net/ITI/BALP"
_TERMS: Final = "http://terminology.hl7.org/CodeSystem"
_REST: Final = f"{_TERMS}/audit-event-type"
_RESTFUL: Final = "http://hl7.org/fhir/restful-interaction"
_DCM: Final = "http://dicom.nema.org/resources/ontology/DCM"
_ENTITY: Final = f"{_TERMS}/audit-entity-type"
_ROLE: Final = f"{_TERMS}/object-role"

_ID: Final = re.compile(r"a([A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?)-([1-9][0-9]{0,18})")
_NOBODY: Final = (None, "", "-")  # "-" stands for "no patient" and "no custodian" in the store
_CONTROLS: Final = re.compile("[TF]{4}")
_VERDICTS: Final = {0: "permit", 8: "deny"}
_SUCCESS: Final = 0
_EMERGENCY: Final = 3  # position in the controls


def event_id(stream: str, seq: int) -> str:
    """Logical id of the AuditEvent of a line."""
    return f"a{stream}-{seq}"


def parse_event_id(text: str) -> tuple[str, int] | None:
    """(stream, seq) of an AuditEvent id, or None when it is none of ours."""
    found = _ID.fullmatch(text)
    return (found.group(1), int(found.group(2))) if found else None


def audit_event(row: LogRow, *, base: str, patient_id: str | None, with_query: bool) -> Json:
    """AuditEvent of one line.

    `base` is the public address of the adapter, `patient_id` the logical id of the Patient behind
    the line's key, `with_query` whether the reader may see what was searched by (the privacy
    officer may, the log reviewer not).
    """
    entry = row.entry
    pattern = pattern_of(entry.interaction)
    event: Json = {"resourceType": "AuditEvent", "id": event_id(row.stream, row.seq)}
    controls = _controls(entry)
    if controls is not None:
        event["extension"] = [{"url": CONTROLS_URL, "valueString": controls}]
    event |= _what(entry)
    event["action"] = pattern.action
    event["recorded"] = instant_text(entry.at)
    event["outcome"] = str(entry.outcome)
    event |= {"outcomeDesc": text} if (text := _outcome_text(entry)) else {}
    event |= {"purposeOfEvent": purposes} if (purposes := _purposes(entry)) else {}
    event["agent"] = _agents(entry, pattern, base)
    event["source"] = {"observer": _device(base)}
    event["entity"] = _entities(entry, patient_id, with_query=with_query)
    return event


def _what(entry: AuditEntry) -> Json:
    """Type and subtype of the event."""
    if entry.interaction in RESTFUL:
        kind, subtype = _coding(_REST, "rest"), _coding(_RESTFUL, entry.interaction)
    else:
        code = "110114" if entry.interaction.startswith("token") else "110110"
        kind = _coding(_DCM, code)  # User Authentication, or Patient Record
        subtype = _coding(MESO_AUDIT_SUBTYPE, entry.interaction)
    return {"type": kind, "subtype": [subtype]}


def _controls(entry: AuditEntry) -> str | None:
    """The four positions; a line that was tampered with may hold anything."""
    gates = entry.gates
    return gates if isinstance(gates, str) and _CONTROLS.fullmatch(gates) else None


def _outcome_text(entry: AuditEntry) -> str | None:
    parts = [_VERDICTS.get(entry.outcome, "fail")]
    controls = _controls(entry)
    if controls is not None:
        parts += [controls, f"relation={controls[1]}", f"permit={controls[2]}"]
    if entry.rule is not None:
        parts.append(f"rule={entry.rule}")
    return " ".join(parts) if len(parts) > 1 else None


def _purposes(entry: AuditEntry) -> list[Json]:
    codes = [entry.purpose] if entry.purpose is not None else []
    if (_controls(entry) or "FFFF")[_EMERGENCY] == "T":
        codes.append("BTG")
    return [_concept(ACT_REASON, code) for code in codes]


# --- agents -----------------------------------------------------------------------------------


def _agents(entry: AuditEntry, pattern: Pattern, base: str) -> list[Json]:
    has_user = entry.person is not None
    client = _identified(CLIENT_SYSTEM, entry.client or "unknown")
    # The address of the client stands in the log of the proxy in front, not in ours.
    unknown = {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}
    agents: list[Json] = [
        _agent(_coding(_DCM, pattern.client), client, requestor=not has_user, network=unknown),
        _agent(
            _server_type(pattern),
            _device(base),
            requestor=False,
            network={"address": base, "type": "5"},
        ),
    ]
    if has_user:
        agents.append(_user(entry, pattern))
    if entry.ura is not None:
        kind = _coding(f"{_TERMS}/v3-RoleClass", "PROV")
        agents.append(_agent(kind, _identified(URA, entry.ura), requestor=False))
    if entry.custodian not in _NOBODY:
        kind = _coding(f"{_TERMS}/provenance-participant-type", "custodian")
        agents.append(_agent(kind, _identified(URA, str(entry.custodian)), requestor=False))
    return agents


_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def _server_type(pattern: Pattern) -> Json:
    if pattern.server:
        return _coding(_DCM, pattern.server)
    return _coding(f"{_BALP}/CodeSystem/UserAgentTypes", "AuthzOauthService")


def _user(entry: AuditEntry, pattern: Pattern) -> Json:
    who: Json = _identified(UZI, str(entry.person))
    if entry.staff is not None:
        who = {"reference": f"PractitionerRole/{entry.staff}", **who}
    user = _agent(_coding(PARTICIPATION_TYPE, pattern.user), who, requestor=True)
    if entry.role is not None:
        user["role"] = [_concept(ROLE_SYSTEM, entry.role)]
    policy = [f"{_POLICY}/{entry.policy}"] if entry.policy is not None else []
    policy += [f"{MESO_RULE}#{entry.rule}"] if entry.rule is not None else []
    if policy:
        user["policy"] = policy
    if entry.purpose is not None:
        user["purposeOfUse"] = [_concept(ACT_REASON, entry.purpose)]
    return user


def _agent(kind: Json, who: Json, *, requestor: bool, network: Json | None = None) -> Json:
    agent: Json = {"type": {"coding": [kind]}, "who": who, "requestor": requestor}
    return agent if network is None else {**agent, "network": network}


def _device(base: str) -> Json:
    return {"identifier": {"system": "urn:ietf:rfc:3986", "value": base}, "type": "Device"}


# --- entities ---------------------------------------------------------------------------------


def _entities(entry: AuditEntry, patient_id: str | None, *, with_query: bool) -> list[Json]:
    entities = [_transaction(entry)]
    if entry.patient not in _NOBODY:
        entities.append(_patient(str(entry.patient), patient_id))
    if entry.outcome == _SUCCESS and entry.type is not None and entry.resource_id is not None:
        reference = f"{entry.type}/{entry.resource_id}"
        if entry.version is not None:
            reference += f"/_history/{entry.version}"
        entities.append(_entity({"reference": reference}, _coding(_ENTITY, "2"), "4"))
    if with_query and entry.query is not None:
        query = b64encode(entry.query.encode()).decode()
        entities.append(
            {"type": _coding(_ENTITY, "2"), "role": _coding(_ROLE, "24"), "query": query}
        )
    if entry.relation is not None:
        what = _identified(RELATION_SYSTEM, entry.relation)
        entities.append({**_entity(what, _coding(_ENTITY, "4")), "name": "behandelrelatie"})
    if entry.consent is not None:
        kind = _coding("http://hl7.org/fhir/resource-types", "Consent")
        entities.append(_entity({"reference": f"Consent/{entry.consent}"}, kind))
    return entities


def _transaction(entry: AuditEntry) -> Json:
    """The request; with what it was about where nothing was shown."""
    kind = _coding(f"{_BALP}/CodeSystem/BasicAuditEntityType", "XrequestId")
    found = _entity(_identified(REQUEST_SYSTEM, entry.request_id), kind)
    details = {"status": entry.status, "detail": entry.detail, "target": _target(entry)}
    listed = [
        {"type": name, "valueString": str(value)}
        for name, value in details.items()
        if value is not None
    ]
    return {**found, "detail": listed} if listed else found


def _target(entry: AuditEntry) -> str | None:
    if entry.type is None or (entry.outcome == _SUCCESS and entry.resource_id is not None):
        return None
    return entry.type if entry.resource_id is None else f"{entry.type}/{entry.resource_id}"


def _patient(key: str, patient_id: str | None) -> Json:
    what = (
        _identified(PATIENT_KEY_SYSTEM, key)
        if patient_id is None
        else {"reference": f"Patient/{patient_id}"}
    )
    return _entity({**what, "type": "Patient"}, _coding(_ENTITY, "1"), "1")


def _entity(what: Json, kind: Json, role: str | None = None) -> Json:
    entity: Json = {"what": what, "type": kind}
    return entity if role is None else {**entity, "role": _coding(_ROLE, role)}


def _identified(system: str, value: str) -> Json:
    return {"identifier": {"system": system, "value": value}}


def _concept(system: str, code: str) -> Json:
    return {"coding": [_coding(system, code)]}


def _coding(system: str, code: str) -> Json:
    return {"system": system, "code": code}

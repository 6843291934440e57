"""What an access was about <-> AuditEvent.entity.

https://hl7.org/fhir/R4/auditevent-definitions.html#AuditEvent.entity

The request always, then patient, resource shown, search, relation and consent relied on, and the
journal lines of a paper print, each at most once save the last.
"""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Mapping
from typing import Final

from adapter.fhir.json import Json
from mappings.log.log_codes import (
    BALP,
    ENTITY_TYPE,
    OBJECT_ROLE,
    PATIENT_KEY_SYSTEM,
    RELATION_KEY_SYSTEM,
    REQUEST_SYSTEM,
)
from mappings.records.base import Identifier
from mappings.records.log_entry import HisLine, LogEntry, Shown
from mappings.toolkit import reader
from mappings.toolkit.reader import Element, build, parsed, refuse

_REQUEST: Final = f"{BALP}/CodeSystem/BasicAuditEntityType"
_REQUEST_CODE: Final = "XrequestId"
_CONSENT: Final = "http://hl7.org/fhir/resource-types"
_PERSON, _OBJECT, _OTHER = "1", "2", "4"  # audit-entity-type
_PATIENT, _REPORT, _RESOURCE, _QUERY = "1", "3", "4", "24"  # object-role
_RELATION_NAME: Final = "behandelrelatie"
_HIS: Final = ("access", "channel", "action", "screen")


def entities_to_fhir(entry: LogEntry) -> list[Json]:
    entities = [_request(entry)]
    if entry.patient is not None:
        what = {"reference": f"Patient/{entry.patient}", "type": "Patient"}
        entities.append(_entity(what, _PERSON, _PATIENT))
    if entry.patient_key is not None:
        what = {**_identified(PATIENT_KEY_SYSTEM, entry.patient_key), "type": "Patient"}
        entities.append(_entity(what, _PERSON, _PATIENT))
    if entry.shown is not None:
        entities.append(_entity({"reference": _location(entry.shown)}, _OBJECT, _RESOURCE))
    if entry.query is not None:
        query = b64encode(entry.query.encode()).decode()
        entities.append({"type": _kind(_OBJECT), "role": _role(_QUERY), "query": query})
    if entry.relation is not None:
        what = _identified(RELATION_KEY_SYSTEM, entry.relation)
        entities.append({"what": what, "type": _kind(_OTHER), "name": _RELATION_NAME})
    if entry.consent is not None:
        what = {"reference": f"Consent/{entry.consent}"}
        entities.append({"what": what, "type": {"system": _CONSENT, "code": "Consent"}})
    entities += [
        _entity(_identified(line.system, line.value), _OBJECT, _REPORT) for line in entry.added
    ]
    return entities


def read_entities(root: Element) -> Json:
    """The fields of the record that entities hold, by name."""
    found: Json = {}
    added = []
    for entity in root.children("entity"):
        fields = _read_entity(entity)
        line = fields.pop("line", None)
        if line is not None:
            added.append(line)
        if found.keys() & fields.keys() or {"patient", "patient_key"} <= {*found, *fields}:
            refuse(entity.path, "structure", "Dit onderdeel staat er twee keer.")
        found |= fields
    if "request" not in found:
        refuse(root.at("entity"), "required", "Het nummer van het verzoek ontbreekt.")
    return {**found, "added": tuple(added)}


def _read_entity(entity: Element) -> Json:
    read = _READERS.get((*_code(entity, "type"), *_code(entity, "role")))
    if read is None:
        refuse(entity.path, "code-invalid", "Voor dit onderdeel heeft de logregel geen plaats.")
    return read(entity)


def _request(entry: LogEntry) -> Json:
    """The request, with what is known of it beside."""
    details = {"status": entry.status, "detail": entry.detail, "target": entry.target}
    if entry.his is not None:
        details |= {name: getattr(entry.his, name) for name in _HIS}
    listed = [
        {"type": name, "valueString": str(value)}
        for name, value in details.items()
        if value is not None
    ]
    entity: Json = {
        "what": _identified(REQUEST_SYSTEM, entry.request),
        "type": {"system": _REQUEST, "code": _REQUEST_CODE},
    }
    return {**entity, "detail": listed} if listed else entity


def _read_request(entity: Element) -> Json:
    found: Json = {"request": _read_number(entity.child("what"), REQUEST_SYSTEM)}
    his: Json = {}
    for item in entity.children("detail"):
        name = item.fixed("type", "status", "detail", "target", *_HIS)
        holder = his if name in _HIS else found
        if name in holder:
            refuse(item.path, "structure", "Dit staat er twee keer.")
        text = item.value("valueString", reader.TEXT)
        holder[name] = _number(text, item) if name == "status" else text
    return {**found, "his": build(HisLine, entity.path, **his)} if his else found


def _number(text: str, item: Element) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("200")):
        refuse(item.at("valueString"), "value", "De waarde past niet bij dit element.")
    return int(text)


def _read_patient(entity: Element) -> Json:
    what = entity.child("what")
    what.fixed("type", "Patient")
    if what.has("identifier"):
        return {"patient_key": _read_number(what, PATIENT_KEY_SYSTEM)}
    literal = what.value("reference", reader.URI_OR_PATH)
    type_, _, id_ = literal.partition("/")
    if type_ != "Patient":
        refuse(what.at("reference"), "value", "Hier hoort een Patient te staan.")
    return {"patient": parsed(id_, reader.LOGICAL_ID, what.at("reference"))}


def _location(shown: Shown) -> str:
    version = "" if shown.version is None else f"/_history/{shown.version}"
    return f"{shown.type}/{shown.id}{version}"


def _read_shown(entity: Element) -> Json:
    what = entity.child("what")
    literal = what.value("reference", reader.URI_OR_PATH)
    place, separator, version = literal.partition("/_history/")
    type_, _, id_ = place.partition("/")
    if separator and not (version.isascii() and version.isdigit() and version[0] != "0"):
        refuse(what.at("reference"), "value", "De waarde past niet bij dit element.")
    found = int(version) if separator else None
    return {"shown": build(Shown, what.path, type=type_, id=id_, version=found)}


def _read_query(entity: Element) -> Json:
    encoded = entity.value("query", reader.TEXT)
    try:
        text = b64decode(encoded, validate=True).decode()
    except (Error, ValueError):
        refuse(entity.at("query"), "value", "De waarde past niet bij dit element.")
    if b64encode(text.encode()).decode() != encoded:
        refuse(entity.at("query"), "value", "De waarde past niet bij dit element.")
    return {"query": parsed(text, reader.TEXT, entity.at("query"))}


def _read_relation(entity: Element) -> Json:
    entity.fixed("name", _RELATION_NAME)
    return {"relation": _read_number(entity.child("what"), RELATION_KEY_SYSTEM)}


def _read_consent(entity: Element) -> Json:
    what = entity.child("what")
    literal = what.value("reference", reader.URI_OR_PATH)
    if not literal.startswith("Consent/"):
        refuse(what.at("reference"), "value", "Hier hoort een Consent te staan.")
    return {"consent": literal.removeprefix("Consent/")}


def _read_added(entity: Element) -> Json:
    number = entity.child("what").child("identifier")
    system, value = number.value("system", reader.URI), number.value("value", reader.LINE)
    return {"line": Identifier(system=system, value=value)}


def _read_number(what: Element, system: str) -> str:
    number = what.child("identifier")
    number.fixed("system", system)
    return number.value("value", reader.LINE)


def _code(entity: Element, name: str) -> tuple[str, str]:
    """System and code of a Coding that decides how the rest is read; taken with it."""
    if not entity.has(name):
        return "", ""
    coding = entity.child(name)
    coding.ignore("display")
    return coding.value("system", reader.URI), coding.value("code", reader.CODE)


def _entity(what: Json, kind: str, role: str) -> Json:
    return {"what": what, "type": _kind(kind), "role": _role(role)}


def _kind(code: str) -> Json:
    return {"system": ENTITY_TYPE, "code": code}


def _role(code: str) -> Json:
    return {"system": OBJECT_ROLE, "code": code}


def _identified(system: str, value: str) -> Json:
    return {"identifier": {"system": system, "value": value}}


# What an entity is, by system and code of its type and of its role.
_READERS: Final[Mapping[tuple[str, str, str, str], Callable[[Element], Json]]] = {
    (_REQUEST, _REQUEST_CODE, "", ""): _read_request,
    (ENTITY_TYPE, _PERSON, OBJECT_ROLE, _PATIENT): _read_patient,
    (ENTITY_TYPE, _OBJECT, OBJECT_ROLE, _RESOURCE): _read_shown,
    (ENTITY_TYPE, _OBJECT, OBJECT_ROLE, _QUERY): _read_query,
    (ENTITY_TYPE, _OBJECT, OBJECT_ROLE, _REPORT): _read_added,
    (ENTITY_TYPE, _OTHER, "", ""): _read_relation,
    (_CONSENT, "Consent", "", ""): _read_consent,
}

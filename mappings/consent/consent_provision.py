"""What a consent permits or denies, to whom, about which data <-> Consent.provision.

https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision

CON-1, CON-2 and CON-6 keep `action` and `class`; CON-3, CON-4 and CON-5 say what they cover by
`data` alone, in the national shape. What was not decided has no `type`. Exceptions are nested
provisions, read as deep as they go.
"""

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.constants import CANONICAL, PARTICIPATION_TYPE
from adapter.fhir.json import Json
from mappings.consent.consent_codes import (
    BASIC_ACTIONS,
    CONSENT_ACTION,
    DATA_CATEGORY,
    NAMED_ACTIONS,
    PURPOSE,
    ConsentAction,
    ConsentType,
)
from mappings.records import consent_scope as records
from mappings.records.consent import ConsentRecord
from mappings.records.consent_scope import ConsentException, ConsentParty, Scope
from mappings.records.parties import Party
from mappings.toolkit import reader
from mappings.toolkit.codes import ORGANISATION_KIND
from mappings.toolkit.identity import (
    Ids,
    identifier,
    party_reference,
    reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_coding, refuse, take_fixed_code
from mappings.toolkit.writing import concept, present

FUNCTION_SYSTEM: Final = f"{CANONICAL}/NamingSystem/function-in-organisation"
KIND_SYSTEM: Final = f"{CANONICAL}/NamingSystem/every-organisation-of-kind"

_ACTION: Final = "http://terminology.hl7.org/CodeSystem/consentaction"
# Acts that HL7 has a code for; the others are ours.
_NATIONAL: Final[dict[ConsentAction, str]] = {"consult": "access", "disclose": "disclose"}
_BY_DATA: Final = ("CON-3", "CON-4", "CON-5")
_PART_REFERENCE: Final = TypeAdapter[str](records.PartReference)
_TYPES: Final = {"explicit": "permit", "refused": "deny"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """What `data` names: resources one by one, authors, and what hangs together with a resource."""

    parts: tuple[str, ...]
    authors: tuple[Party, ...]
    related: list[str]


def provision_to_fhir(record: ConsentRecord, ids: Ids) -> Json:
    actions = record.actions or BASIC_ACTIONS[record.type]
    return present(
        {
            "type": _TYPES.get(record.kind),
            **_scope(record, (record.party, *record.also_for), actions, ids),
            "data": _data(record, ids) or _whole(record),
            "provision": [_exception(item, ids) for item in record.exceptions],
        }
    )


def read_provision(
    provision: Element, type_: ConsentType, kind: str, trajectory: str | None, message: Message
) -> dict[str, object]:
    """Fields of the record that the provision holds."""
    if kind in _TYPES:
        provision.fixed("type", _TYPES[kind])
    found = _read_scope(provision, message)
    parties = _read_parties(provision, message)
    if not parties:
        refuse(provision.at("actor"), "required", "Dit element is verplicht.")
    return {
        **found,
        "actions": _read_root_actions(provision, type_),
        **_read_root_data(provision, type_, trajectory, message),
        "party": parties[0],
        "also_for": parties[1:],
    }


# --- writing ----------------------------------------------------------------------------------


def _exception(item: ConsentException, ids: Ids) -> Json:
    return present(
        {
            "type": item.effect,
            **_scope(item, item.parties, item.actions, ids),
            "data": _data(item, ids),
            "provision": [_exception(below, ids) for below in item.exceptions],
        }
    )


def _scope(
    scope: Scope,
    parties: tuple[ConsentParty, ...],
    actions: tuple[ConsentAction, ...],
    ids: Ids,
) -> Json:
    return {
        "period": None if scope.period is None else period_to_fhir(scope.period),
        "actor": [_actor(party, ids) for party in parties],
        "action": [_action(action) for action in actions],
        "purpose": [{"system": PURPOSE.url, "code": purpose} for purpose in scope.purposes],
        "class": [DATA_CATEGORY.coding(category) for category in scope.categories],
        "dataPeriod": None if scope.data_period is None else period_to_fhir(scope.data_period),
    }


def _action(action: ConsentAction) -> Json:
    if action in _NATIONAL:
        return concept(_ACTION, _NATIONAL[action])
    return CONSENT_ACTION.concept(action)


def _actor(party: ConsentParty, ids: Ids) -> Json:
    if party.ura is None:
        who = _kind_or_person(party)
    elif party.role is None:
        who = party_reference(ids, Party(ura=party.ura, uzi=party.uzi))
    else:
        # No link to the organisation: whoever does not know this number must match nobody.
        number = identifier(FUNCTION_SYSTEM, f"{party.ura}/{party.role}", party.ura)
        who = {"type": "PractitionerRole", "identifier": number}
    return {"role": concept(PARTICIPATION_TYPE, "IRCP"), "reference": who}


def _kind_or_person(party: ConsentParty) -> Json:
    if party.kind is None:
        return reference("RelatedPerson", str(party.related_person))
    number = {"system": KIND_SYSTEM, "value": party.kind}
    return {
        "type": "Organization",
        "identifier": number,
        "display": ORGANISATION_KIND.texts[party.kind],
    }


def _data(scope: Scope, ids: Ids) -> list[Json]:
    parts = [
        {"meaning": "instance", "reference": reference(kind, id_)}
        for kind, _, id_ in (part.partition("/") for part in scope.parts)
    ]
    written = [
        {"meaning": "authoredby", "reference": party_reference(ids, author)}
        for author in scope.authors
    ]
    return [*parts, *written]


def _whole(record: ConsentRecord) -> list[Json]:
    if record.trajectory is None or record.type not in _BY_DATA:
        return []
    return [{"meaning": "related", "reference": reference("EpisodeOfCare", record.trajectory)}]


# --- reading ----------------------------------------------------------------------------------


def _read_scope(provision: Element, message: Message) -> dict[str, object]:
    return {
        "categories": tuple(
            read_coding(item, DATA_CATEGORY) for item in provision.children("class")
        ),
        "data_period": read_period(provision.child_or_none("dataPeriod")),
        "purposes": tuple(read_coding(item, PURPOSE) for item in provision.children("purpose")),
        "period": read_period(provision.child_or_none("period")),
        "exceptions": tuple(
            _read_exception(item, message) for item in provision.children("provision")
        ),
    }


def _read_exception(provision: Element, message: Message) -> ConsentException:
    data = _read_data(provision, message)
    if data.related:
        refuse(provision.at("data"), "value", "Een uitzondering noemt delen of auteurs.")
    return build(
        ConsentException,
        provision.path,
        effect=provision.fixed("type", "permit", "deny"),
        parties=_read_parties(provision, message),
        actions=_read_actions(provision),
        parts=data.parts,
        authors=data.authors,
        **_read_scope(provision, message),
    )


def _read_parties(provision: Element, message: Message) -> tuple[ConsentParty, ...]:
    return tuple(_read_party(actor, message) for actor in provision.children("actor"))


def _read_party(actor: Element, message: Message) -> ConsentParty:
    take_fixed_code(actor.child("role"), PARTICIPATION_TYPE, "IRCP")
    who = actor.child("reference")
    if str(who.peek("reference")).startswith("RelatedPerson/"):
        person = message.id_of(who, "RelatedPerson")
        return build(ConsentParty, actor.path, related_person=person)
    number = who.peek("identifier")
    system = number.get("system") if isinstance(number, dict) else None
    if system not in {FUNCTION_SYSTEM, KIND_SYSTEM}:
        party = message.party(who)
        return build(ConsentParty, actor.path, ura=party.ura, uzi=party.uzi)
    who.ignore("type", "display")
    if system == KIND_SYSTEM:
        kind = who.child("identifier")
        kind.fixed("system", KIND_SYSTEM)
        return build(ConsentParty, actor.path, kind=kind.value("value", reader.CODE))
    found, ura = read_identifier(who.child("identifier"))
    holder, _, role = found.value.partition("/")
    if holder != ura:
        refuse(who.path, "value", "Een functie hoort bij één organisatie.")
    return build(ConsentParty, actor.path, ura=ura, role=role)


def _read_actions(provision: Element) -> tuple[ConsentAction, ...]:
    return tuple(_read_action(item.only("coding")) for item in provision.children("action"))


def _read_action(coding: Element) -> ConsentAction:
    if coding.peek("system") != _ACTION:
        found = read_coding(coding, CONSENT_ACTION)
        if found in _NATIONAL:
            refuse(coding.at("code"), "code-invalid", "Voor deze handeling geldt de code van HL7.")
        return found
    coding.ignore("display", "system")
    code = coding.fixed("code", *_NATIONAL.values())
    return next(action for action, known in _NATIONAL.items() if known == code)


def _read_root_actions(provision: Element, type_: ConsentType) -> tuple[ConsentAction, ...]:
    found = _read_actions(provision)
    named = NAMED_ACTIONS[type_]
    if not set(found).issubset(named) or bool(found) != bool(named):
        refuse(provision.at("action"), "value", f"De handelingen horen niet bij {type_}.")
    return found


def _read_root_data(
    provision: Element, type_: ConsentType, trajectory: str | None, message: Message
) -> dict[str, object]:
    """Parts and authors that are named one by one; else the trajectory stands there as a whole."""
    data = _read_data(provision, message)
    whole = type_ in _BY_DATA and trajectory is not None and not (data.parts or data.authors)
    if data.related != ([f"EpisodeOfCare/{trajectory}"] if whole else []):
        refuse(provision.at("data"), "value", "Noem óf delen, óf het eigen traject als geheel.")
    return {"parts": data.parts, "authors": data.authors}


def _read_data(provision: Element, message: Message) -> _Data:
    parts, authors, related = [], [], []
    for item in provision.children("data"):
        target = item.child("reference")
        match item.fixed("meaning", "instance", "authoredby", "related"):
            case "authoredby":
                authors.append(message.party(target))
            case "instance":
                parts.append(_read_literal(target))
            case _:
                related.append(_read_literal(target))
    return _Data(parts=tuple(parts), authors=tuple(authors), related=related)


def _read_literal(target: Element) -> str:
    target.ignore("display", "type")
    return target.value("reference", _PART_REFERENCE)

"""What a consent permits or denies, to whom, about which data <-> Consent.provision.

https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision

CON-1, CON-2 and CON-6 keep `action` and `class`; CON-3, CON-4 and CON-5 say what they cover by
`data` alone. Who may is one actor; nested provisions have no place yet.
"""

from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.constants import ACT_REASON, CANONICAL, PARTICIPATION_TYPE
from adapter.fhir.json import Json
from mappings import reader
from mappings.consent_codes import CONSENT_ACTION, DATA_CATEGORY, ConsentType
from mappings.identity import Ids, identifier, organisation_reference, reference
from mappings.message import Message, read_identifier
from mappings.periods import period_to_fhir, read_period
from mappings.reader import Element, build, refuse, take_fixed_code
from mappings.records import consent as records
from mappings.records.consent import ConsentParty, ConsentRecord
from mappings.writing import concept, present

FUNCTION_SYSTEM: Final = f"{CANONICAL}/NamingSystem/function-in-organisation"

_ACTION: Final = "http://terminology.hl7.org/CodeSystem/consentaction"
_BY_CATEGORY: Final = ("CON-1", "CON-2", "CON-6")
_PART_REFERENCE: Final = TypeAdapter[str](records.PartReference)


def provision_to_fhir(record: ConsentRecord, ids: Ids) -> Json:
    return present(
        {
            "type": "permit" if record.kind == "explicit" else "deny",
            "period": None if record.period is None else period_to_fhir(record.period),
            "actor": [_actor(record.party, ids)],
            "action": _actions(record.type),
            "purpose": [{"system": ACT_REASON, "code": "TREAT"}],
            "class": [DATA_CATEGORY.coding(category) for category in record.categories],
            "data": None if record.type in _BY_CATEGORY else _data(record),
        }
    )


def read_provision(
    provision: Element, type_: ConsentType, kind: str, trajectory: str | None, message: Message
) -> dict[str, object]:
    """Fields of the record that the provision holds."""
    provision.fixed("type", "permit" if kind == "explicit" else "deny")
    reader.take_fixed_coding(provision.only("purpose"), ACT_REASON, "TREAT")
    _read_actions(provision, type_)
    return {
        "party": _read_party(provision.only("actor"), message),
        "categories": tuple(
            reader.read_coding(item, DATA_CATEGORY) for item in provision.children("class")
        ),
        "parts": _read_parts(provision, type_, trajectory),
        "period": read_period(provision.child_or_none("period")),
    }


def _actions(type_: ConsentType) -> list[Json]:
    match type_:
        case "CON-1":
            return [concept(_ACTION, "access")]
        case "CON-2":
            return [
                concept(_ACTION, "access"),
                CONSENT_ACTION.concept("copy"),
                CONSENT_ACTION.concept("create-episode"),
                CONSENT_ACTION.concept("prescribe"),
            ]
        case "CON-6":
            return [concept(_ACTION, "disclose")]
        case _:
            return []


def _actor(party: ConsentParty, ids: Ids) -> Json:
    if party.ura is None:
        who = reference("RelatedPerson", str(party.related_person))
    elif party.role is None:
        who = organisation_reference(ids, party.ura)
    else:
        # No link to the organisation: whoever does not know this number must match nobody.
        number = identifier(FUNCTION_SYSTEM, f"{party.ura}/{party.role}", party.ura)
        who = {"type": "PractitionerRole", "identifier": number}
    return {"role": concept(PARTICIPATION_TYPE, "IRCP"), "reference": who}


def _data(record: ConsentRecord) -> list[Json]:
    if record.parts:
        return [
            {"meaning": "instance", "reference": reference(kind, id_)}
            for kind, _, id_ in (part.partition("/") for part in record.parts)
        ]
    if record.trajectory is None:
        return []
    return [{"meaning": "related", "reference": reference("EpisodeOfCare", record.trajectory)}]


def _read_party(actor: Element, message: Message) -> ConsentParty:
    take_fixed_code(actor.child("role"), PARTICIPATION_TYPE, "IRCP")
    who = actor.child("reference")
    if str(who.peek("reference")).startswith("RelatedPerson/"):
        person = message.id_of(who, "RelatedPerson")
        return build(ConsentParty, actor.path, related_person=person)
    number = who.peek("identifier")
    if isinstance(number, dict) and number.get("system") == FUNCTION_SYSTEM:
        who.ignore("type", "display")
        found, ura = read_identifier(who.child("identifier"))
        holder, _, role = found.value.partition("/")
        if holder != ura:
            refuse(who.path, "value", "Een functie hoort bij één organisatie.")
        return build(ConsentParty, actor.path, ura=ura, role=role)
    return build(ConsentParty, actor.path, ura=message.organisation(who))


def _read_actions(provision: Element, type_: ConsentType) -> None:
    expected = {_key(item["coding"][0]) for item in _actions(type_)}
    found = set()
    for item in provision.children("action"):
        coding = item.only("coding")
        coding.ignore("display")
        system, code = coding.value("system", reader.URI), coding.value("code", reader.CODE)
        found.add((system, code))
    if found != expected:
        refuse(provision.at("action"), "value", f"De handelingen horen niet bij {type_}.")


def _key(coding: Json) -> tuple[str, str]:
    return coding["system"], coding["code"]


def _read_parts(provision: Element, type_: ConsentType, trajectory: str | None) -> tuple[str, ...]:
    """Parts that are named one by one; else the data of the trajectory stand there as a whole."""
    found: list[tuple[str, str]] = []
    for item in provision.children("data"):
        target = item.child("reference")
        target.ignore("display", "type")
        literal = target.value("reference", _PART_REFERENCE)
        found.append((item.fixed("meaning", "instance", "related"), literal))
    parts = tuple(literal for meaning, literal in found if meaning == "instance")
    by_data = type_ not in _BY_CATEGORY and trajectory is not None
    whole = [("related", f"EpisodeOfCare/{trajectory}")] if by_data else []
    if (found != whole and len(parts) != len(found)) or (not found and whole):
        refuse(provision.at("data"), "value", "Noem óf delen, óf het eigen traject als geheel.")
    return parts

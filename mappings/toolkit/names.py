"""A Dutch name <-> HumanName, in the shapes of nl-core-NameInformation.

https://hl7.org/fhir/R4/datatypes.html#HumanName

Official is a name only when each given name says what it is: a first name (BR) or an initial (IN).
Given names without that are kept as they came, as a `usual` name, and never sent as official. What
she is called stands in a `usual` name of its own. Family names stand in parts in extensions.
"""

from collections.abc import Sequence
from typing import Final, get_args

from adapter.fhir.json import Json
from mappings.records.names import NameOrder, PersonName
from mappings.toolkit import reader
from mappings.toolkit.reader import Element, refuse
from mappings.toolkit.writing import HL7_EXTENSION, extension, present

_OWN_PREFIX: Final = f"{HL7_EXTENSION}/humanname-own-prefix"
_OWN_NAME: Final = f"{HL7_EXTENSION}/humanname-own-name"
_PARTNER_PREFIX: Final = f"{HL7_EXTENSION}/humanname-partner-prefix"
_PARTNER_NAME: Final = f"{HL7_EXTENSION}/humanname-partner-name"
_ORDER: Final = f"{HL7_EXTENSION}/humanname-assembly-order"
_QUALIFIER: Final = f"{HL7_EXTENSION}/iso21090-EN-qualifier"
_FIRST_NAME: Final = "BR"
_INITIAL: Final = "IN"
_ORDERS: Final = get_args(NameOrder)


def name_to_fhir(family: str, prefix: str | None, given: tuple[str, ...]) -> Json:
    """The official name of somebody with one family name."""
    return _written(PersonName(family=family, prefix=prefix, given=given))


def names_to_fhir(name: PersonName) -> list[Json]:
    """The name, and beside it what she is called."""
    call = [] if name.call_name is None else [{"use": "usual", "given": [name.call_name]}]
    return [_written(name), *call]


def read_name(name: Element) -> tuple[str, str | None, tuple[str, ...]]:
    """Family name, its prefix and first names of somebody with one official name."""
    found = _read(name)
    if found["name_use"] != "official" or found["initials"] or found["name_order"]:
        refuse(name.path, "structure", "Hier is plaats voor één geslachtsnaam en voornamen.")
    return PersonName.model_validate(found).family, found["prefix"], found["given"]


def read_names(root: Element) -> Json:
    """Fields of a PersonName. A text that says the same as the parts is not read."""
    names = root.children("name")
    calls = [name for name in names if name.peek("use") == "usual" and not name.has("family")]
    others = [name for name in names if name not in calls]
    if not others:
        refuse(root.at("name"), "required", "Dit element is verplicht.")
    for extra in (*others[1:], *calls[1:]):
        refuse(extra.path, "structure", "Hier is plaats voor één waarde.")
    return {**_read(others[0]), "call_name": _read_call(calls[0]) if calls else None}


# --- writing ----------------------------------------------------------------------------------


def _written(name: PersonName) -> Json:
    official = name.name_use == "official"
    qualifiers = [_FIRST_NAME] * len(name.given) + [_INITIAL] * len(name.initials)
    order = [] if name.name_order is None else [extension(_ORDER, valueCode=name.name_order)]
    return present(
        {
            "extension": order,
            "use": name.name_use,
            "text": _text(name),
            "family": _whole(name),
            "_family": {"extension": _family_parts(name)},
            "given": [*name.given, *name.initials],
            "_given": [{"extension": [extension(_QUALIFIER, valueCode=q)]} for q in qualifiers]
            if official
            else [],
        }
    )


def _family_parts(name: PersonName) -> list[Json]:
    parts = (
        (_OWN_PREFIX, name.prefix),
        (_OWN_NAME, name.family),
        (_PARTNER_PREFIX, name.partner_prefix),
        (_PARTNER_NAME, name.partner_family),
    )
    return [extension(url, valueString=part) for url, part in parts if part is not None]


def _whole(name: PersonName) -> str:
    return _whole_family(
        _joined(name.prefix, name.family),
        _joined(name.partner_prefix, name.partner_family),
        name.name_order,
    )


def _whole_family(own: str, partner: str, order: str | None) -> str:
    match order:
        case "NL2":
            return partner
        case "NL3":
            return f"{partner} - {own}"
        case "NL4":
            return f"{own} - {partner}"
        case _:
            return own


def _joined(prefix: str | None, family: str | None) -> str:
    return " ".join(part for part in (prefix, family) if part)


def _text(name: PersonName) -> str:
    return " ".join([*(name.given or name.initials), _whole(name)])


# --- reading ----------------------------------------------------------------------------------


def _read(name: Element) -> Json:
    given = name.values("given", reader.LINE)
    qualified = _qualified(name, given)
    use = _read_use(name, given, is_qualified=qualified is not None)
    found = {
        **_read_family(name),
        "name_use": use,
        "given": given if qualified is None else qualified[_FIRST_NAME],
        "initials": () if qualified is None else qualified[_INITIAL],
    }
    if name.peek("text") == _text(PersonName.model_construct(**found)):
        name.ignore("text")
    return found


def _qualified(name: Element, given: Sequence[str]) -> dict[str, tuple[str, ...]] | None:
    """Given names by qualifier; None when not all of them say what they are."""
    found: dict[str, list[str]] = {_FIRST_NAME: [], _INITIAL: []}
    kinds = []
    for part, companion in zip(given, name.companions("given", len(given)), strict=True):
        qualifier = None if companion is None else companion.extension(_QUALIFIER)
        if qualifier is not None:
            kind = qualifier.fixed("valueCode", _FIRST_NAME, _INITIAL)
            kinds.append(kind)
            found[kind].append(part)
    if kinds and len(kinds) != len(given):
        refuse(name.at("given"), "required", "Van elke voornaam hoort hier de soort te staan.")
    return {kind: tuple(parts) for kind, parts in found.items()} if kinds or not given else None


def _read_use(name: Element, given: Sequence[str], *, is_qualified: bool) -> str:
    use = name.fixed("use", "official", "usual") if name.has("use") else None
    if use == "official" and not is_qualified:
        text = "Een officiële naam zegt van elke voornaam wat die is (iso21090-EN-qualifier)."
        refuse(name.at("given"), "required", text)
    if use == "usual" and given and is_qualified:
        text = "Een naam met soorten voornamen is de officiële naam."
        refuse(name.at("use"), "value", text)
    if use == "usual" and not given:
        refuse(name.at("given"), "required", "Dit element is verplicht.")
    return "official" if is_qualified else "usual"


def _read_family(name: Element) -> Json:
    whole = name.value("family", reader.LINE)
    order = _read_order(name)
    parts = name.child_or_none("_family")
    found: dict[str, str | None] = dict.fromkeys(
        (_OWN_PREFIX, _OWN_NAME, _PARTNER_PREFIX, _PARTNER_NAME)
    )
    if parts is not None:
        for url in found:
            part = parts.extension(url)
            found[url] = None if part is None else part.value("valueString", reader.LINE)
    own, partner = found[_OWN_NAME], found[_PARTNER_NAME]
    if own is None and any(found.values()):
        refuse(name.at("family"), "required", "De eigen geslachtsnaam ontbreekt bij de delen.")
    if (partner is None) != (order is None) or (partner is None and found[_PARTNER_PREFIX]):
        text = "Bij de naam van een partner hoort de volgorde, en andersom."
        refuse(name.at("family"), "required", text)
    if own is not None:
        made = _whole_family(
            _joined(found[_OWN_PREFIX], own), _joined(found[_PARTNER_PREFIX], partner), order
        )
        if made != whole:
            refuse(name.at("family"), "value", "De delen van de naam geven een andere naam.")
    return {
        "family": own or whole,
        "prefix": found[_OWN_PREFIX],
        "partner_family": partner,
        "partner_prefix": found[_PARTNER_PREFIX],
        "name_order": order,
    }


def _read_order(name: Element) -> str | None:
    order = name.extension(_ORDER)
    return None if order is None else order.fixed("valueCode", *_ORDERS)


def _read_call(name: Element) -> str:
    name.fixed("use", "usual")
    given = name.values("given", reader.LINE)
    if len(given) != 1:
        refuse(name.at("given"), "structure", "Een roepnaam is één naam.")
    return given[0]

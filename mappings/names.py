"""A Dutch name <-> HumanName, in the shape of nl-core-NameInformation.

https://hl7.org/fhir/R4/datatypes.html#HumanName

Parts of the family name stand in extensions, and every first name (voornaam) has a qualifier.
A given name without qualifier is read as a first name; initials, call names and a partner's name
have no place yet.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings import reader
from mappings.reader import Element, refuse
from mappings.writing import HL7_EXTENSION, extension, present

_OWN_PREFIX: Final = f"{HL7_EXTENSION}/humanname-own-prefix"
_OWN_NAME: Final = f"{HL7_EXTENSION}/humanname-own-name"
_QUALIFIER: Final = f"{HL7_EXTENSION}/iso21090-EN-qualifier"
_FIRST_NAME: Final = "BR"


def name_to_fhir(family: str, prefix: str | None, given: tuple[str, ...]) -> Json:
    parts = [extension(_OWN_NAME, valueString=family)]
    if prefix is not None:
        parts.insert(0, extension(_OWN_PREFIX, valueString=prefix))
    whole = _whole_family(family, prefix)
    return present(
        {
            "use": "official",
            "text": " ".join([*given, whole]),
            "family": whole,
            "_family": {"extension": parts},
            "given": list(given),
            "_given": [
                {"extension": [extension(_QUALIFIER, valueCode=_FIRST_NAME)]} for _ in given
            ],
        }
    )


def _whole_family(family: str, prefix: str | None) -> str:
    return family if prefix is None else f"{prefix} {family}"


def read_name(name: Element) -> tuple[str, str | None, tuple[str, ...]]:
    """Family name, its prefix, and first names. A text that says the same is not read."""
    if name.has("use"):
        name.fixed("use", "official")
    whole = name.value("family", reader.LINE)
    family, prefix = whole, None
    parts = name.child_or_none("_family")
    if parts is not None:
        own = parts.extension(_OWN_NAME)
        before = parts.extension(_OWN_PREFIX)
        if own is not None:
            family = own.value("valueString", reader.LINE)
            prefix = None if before is None else before.value("valueString", reader.LINE)
            if _whole_family(family, prefix) != whole:
                refuse(name.at("family"), "value", "De delen van de naam geven een andere naam.")
    given = name.values("given", reader.LINE)
    for companion in name.companions("given", len(given)):
        qualifier = None if companion is None else companion.extension(_QUALIFIER)
        if qualifier is not None:
            qualifier.fixed("valueCode", _FIRST_NAME)
    if name.peek("text") == " ".join([*given, whole]):
        name.ignore("text")
    return family, prefix, given

"""How the patient lives and can be reached, and that her identity was checked.

https://hl7.org/fhir/R4/patient.html#Patient.communication

For living at home, a Wlz indication and a checked identity no national code is confirmed: they
stand in extensions of ours.
"""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.constants import AGB, IDENTIFIER_ALIASES
from adapter.fhir.json import Json
from mappings.people.person_codes import IDENTITY_DOCUMENT, LIVING_SITUATION
from mappings.records import patient as records
from mappings.records.patient import IdentityCheck, Patient, SpokenLanguage
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, staff_reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, build, refuse
from mappings.toolkit.writing import HL7_EXTENSION, extension, extension_url, present

_PHARMACY: Final = extension_url("pharmacy")
_IDENTITY: Final = extension_url("identity-check")
_LIVING: Final = extension_url("living-situation")
_WLZ: Final = extension_url("wlz-indication")
_NEED: Final = extension_url("communication-need")
_INTERPRETER: Final = f"{HL7_EXTENSION}/patient-interpreterRequired"
_LANGUAGES: Final = ("urn:oid:1.0.639.1", "urn:ietf:bcp:47")
_AGB: Final = TypeAdapter[str](records.Agb)
_ISO_LANGUAGE: Final = TypeAdapter[str](records.Language)


def situation_to_fhir(patient: Patient, ids: Ids) -> list[Json]:
    """The extensions of Patient."""
    found = [_identity(check, ids) for check in patient.identity_checks]
    if patient.living is not None:
        coding = LIVING_SITUATION.coding(patient.living)
        found.append(extension(_LIVING, valueCoding=coding))
    if patient.wlz_indication is not None:
        found.append(extension(_WLZ, valueBoolean=patient.wlz_indication))
    if patient.interpreter is not None:
        found.append(extension(_INTERPRETER, valueBoolean=patient.interpreter))
    found += [extension(_NEED, valueString=need) for need in patient.communication_needs]
    if patient.pharmacy is not None:
        number = {"system": AGB, "value": patient.pharmacy}
        who = {"type": "Organization", "identifier": number}
        found.append(extension(_PHARMACY, valueReference=who))
    return found


def read_situation(root: Element, message: Message) -> dict[str, object]:
    """Fields of the record that stand in extensions."""
    living = root.extension(_LIVING)
    return {
        "identity_checks": tuple(
            _read_identity(item, message) for item in root.extensions(_IDENTITY)
        ),
        "living": (
            None
            if living is None
            else reader.read_coding(living.child("valueCoding"), LIVING_SITUATION)
        ),
        "wlz_indication": _read_flag(root.extension(_WLZ)),
        "interpreter": _read_flag(root.extension(_INTERPRETER)),
        "communication_needs": tuple(
            item.value("valueString", reader.TEXT) for item in root.extensions(_NEED)
        ),
        "pharmacy": _read_pharmacy(root.extension(_PHARMACY)),
    }


def languages_to_fhir(languages: Sequence[SpokenLanguage]) -> list[Json]:
    return [
        present({"language": _language(spoken.language), "preferred": spoken.preferred})
        for spoken in languages
    ]


def _language(code: str) -> Json:
    """By nl-core's list and by that of R4, which does not know the other."""
    return {"coding": [{"system": system, "code": code} for system in _LANGUAGES]}


def read_languages(root: Element) -> tuple[SpokenLanguage, ...]:
    return tuple(_read_language(item) for item in root.children("communication"))


def _identity(check: IdentityCheck, ids: Ids) -> Json:
    return extension(
        _IDENTITY,
        extension=[
            extension("document", valueCoding=IDENTITY_DOCUMENT.coding(check.document)),
            extension("on", valueDate=check.on.isoformat()),
            extension("by", valueReference=staff_reference(ids, check.by)),
        ],
    )


def _read_identity(found: Element, message: Message) -> IdentityCheck:
    def part(name: str) -> Element:
        item = found.extension(name)
        if item is None:
            refuse(found.at("extension"), "required", f"Het onderdeel {name} ontbreekt.")
        return item

    return build(
        IdentityCheck,
        found.path,
        document=reader.read_coding(part("document").child("valueCoding"), IDENTITY_DOCUMENT),
        on=part("on").value("valueDate", reader.DAY),
        by=message.staff(part("by").child("valueReference")),
    )


def _read_language(item: Element) -> SpokenLanguage:
    codings = item.child("language").children("coding")
    if not codings:
        refuse(item.at("language"), "required", "Hier hoort een taalcode te staan.")
    codes = [_read_language_code(coding) for coding in codings]
    if len(set(codes)) > 1:
        refuse(item.at("language"), "value", "De codes noemen verschillende talen.")
    return build(
        SpokenLanguage,
        item.path,
        language=codes[0],
        preferred=item.optional("preferred", reader.FLAG),
    )


def _read_language_code(coding: Element) -> str:
    coding.ignore("display")
    coding.fixed("system", *_LANGUAGES)
    return coding.value("code", _ISO_LANGUAGE)


def _read_flag(found: Element | None) -> bool | None:
    return None if found is None else found.value("valueBoolean", reader.FLAG)


def _read_pharmacy(found: Element | None) -> str | None:
    if found is None:
        return None
    who = found.child("valueReference")
    who.ignore("type", "display")
    number = who.child("identifier")
    system = number.value("system", reader.URI)
    if IDENTIFIER_ALIASES.get(system, system) != AGB:
        refuse(number.at("system"), "code-invalid", "Hier hoort een AGB-code te staan.")
    return number.value("value", _AGB)

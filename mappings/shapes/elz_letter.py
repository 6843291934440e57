"""The letter of an ELZ referral: a Composition with coded sections.

http://nictiz.nl/fhir/StructureDefinition/hg-ReferralComposition (Nictiz, eerstelijnszorg)

The reason section holds the question and the problems, the section of current treatment what was
tried; explanations become notes. What other sections hold has no place in the record: each is
named among the information that came along, and kept as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from adapter.fhir.constants import LOINC, SNOMED
from adapter.fhir.json import Json
from mappings.records.progress import Note
from mappings.records.referral import Referral
from mappings.records.referral_context import Supplied
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.reader import Element, build, is_coded, refuse, take_fixed_code
from mappings.toolkit.writing import NL_EXTENSION, concept, extension, present, snomed

TYPE: Final = "57133-1"
_TITLE: Final = "Verwijsbrief"
_TEXT: Final = f"{NL_EXTENSION}/ext-TextValue"
_XHTML: Final = "http://www.w3.org/1999/xhtml"

_CORE: Final = "406550009"
_REASON: Final = "440378000"
_TREATMENT: Final = "108631000146107"
_FURTHER: Final = "159121000146100"
_EXPLANATIONS: Final = (_FURTHER, "240471000146100", "370858005")
_TITLES: Final = {
    _CORE: "Kern",
    _REASON: "Reden bericht",
    _TREATMENT: "Ingestelde behandeling",
    _FURTHER: "Verder van belang",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the letter says; `problems` are references to Conditions."""

    question: str
    problems: tuple[Element, ...]
    tried: tuple[str, ...]
    notes: tuple[Note, ...]
    supplied: tuple[Supplied, ...]


def letter_to_fhir(
    referral: Referral, ids: Ids, *, id_: str, patient: str, problems: Sequence[str]
) -> Json:
    """Composition; patient and problems by logical id."""
    number = referral.identifier
    links = [reference("Condition", problem) for problem in problems]
    sections = [
        {**_section(_REASON, referral.question), "entry": links},
        *(_section(_TREATMENT, text) for text in referral.tried),
        *(_section(_FURTHER, note.text) for note in notes_in_letter(referral)),
        *(_named(item) for item in supplied_in_letter(referral)),
    ]
    return {
        "resourceType": "Composition",
        "id": id_,
        "identifier": identifier(number.system, number.value, referral.referrer.ura),
        "status": "final",
        "type": concept(LOINC, TYPE),
        "subject": reference("Patient", patient),
        "date": referral.authored_on.isoformat(),
        "author": [staff_reference(ids, referral.referrer)],
        "title": _TITLE,
        "section": [
            {"title": _TITLES[_CORE], "code": snomed(_CORE, _TITLES[_CORE]), "section": sections}
        ],
    }


def read_letter(root: Element) -> Letter:
    """Everything of the Composition but its subject and author."""
    root.fixed("status", "final", "amended")
    take_fixed_code(root.child("type"), LOINC, TYPE)
    root.ignore("identifier", "date", "title")  # of the referral itself
    reason: list[Element] = []
    tried: list[str] = []
    notes: list[Note] = []
    supplied: list[Supplied] = []
    for item in _sections(root):
        if _is(item, _REASON):
            reason.append(item)
        elif _is(item, _TREATMENT):
            tried.append(_text(item))
        elif _is(item, *_EXPLANATIONS):
            notes.append(build(Note, item.path, text=_text(item)))
        else:
            what = item.value("title", reader.LINE)
            supplied.append(build(Supplied, item.path, what=what))
    if len(reason) != 1:
        at = root.at("section") if not reason else reason[1].path
        refuse(at, "required", f"Eén onderdeel met de reden van verwijzen (SNOMED {_REASON}).")
    return Letter(
        question=_text(reason[0]),
        problems=tuple(reason[0].children("entry")),
        tried=tuple(tried),
        notes=tuple(notes),
        supplied=tuple(supplied),
    )


def notes_in_letter(referral: Referral) -> tuple[Note, ...]:
    """Notes go into the letter together, and only if it can hold all that they say."""
    fits = all(note.author is None and note.time is None for note in referral.notes)
    return referral.notes if fits else ()


def supplied_in_letter(referral: Referral) -> tuple[Supplied, ...]:
    fits = all(item.document is None for item in referral.supplied)
    return referral.supplied if fits else ()


def _sections(root: Element) -> Iterator[Element]:
    """The sections that say something; those in the core stand one level deeper."""
    for item in root.children("section"):
        if not _is(item, _CORE):
            yield item
            continue
        item.ignore("title")
        take_fixed_code(item.child("code"), SNOMED, _CORE)
        yield from item.children("section")


def _is(item: Element, *codes: str) -> bool:
    code = item.peek("code")
    return isinstance(code, dict) and is_coded(Element(code, item.at("code")), SNOMED, *codes)


def _text(item: Element) -> str:
    """The text of a section that we know. Its narrative repeats that, or is kept."""
    item.ignore("title")
    take_fixed_code(item.child("code"), SNOMED, _REASON, _TREATMENT, *_EXPLANATIONS)
    found = item.extension(_TEXT)
    if found is None:
        refuse(item.at("extension"), "required", "De tekst van dit onderdeel (ext-TextValue).")
    return found.value("valueString", reader.TEXT)


def _section(code: str, text: str) -> Json:
    return {
        "extension": [extension(_TEXT, valueString=text)],
        "title": _TITLES[code],
        "code": snomed(code, _TITLES[code]),
        "text": _narrative("extensions", text),
    }


def _named(item: Supplied) -> Json:
    return present({"title": item.what, "text": _narrative("generated", item.what)})


def _narrative(status: str, text: str) -> Json:
    return {"status": status, "div": f'<div xmlns="{_XHTML}">{escape(text)}</div>'}

"""What every letter is in FHIR: a Composition with readers, whom to call, and coded sections.

https://hl7.org/fhir/R4/composition.html

R4 gives a Composition no reader and no telephone number, so both stand in extensions. Each section
has a text; the letter as a whole has no narrative: `letter_text.py` makes it where somebody reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from adapter.fhir.json import Json
from mappings.consent.consent_evidence import required_extension
from mappings.letters.letter_codes import DOCUMENT_TYPE, LETTER_TOPIC, DocumentType, LetterTopic
from mappings.letters.letter_text import AnyLetter, heading_of, title_of
from mappings.records.base import Identifier
from mappings.records.letter import Letter, LetterContact, LetterStatus, Recipient, Section
from mappings.records.parties import StaffKey
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, read_coding, refuse
from mappings.toolkit.section_text import read_section_text, section_text
from mappings.toolkit.who import read_who, who_reference
from mappings.toolkit.writing import extension, extension_url, resource

_KIND: Final = "Composition"
_RECIPIENT: Final = extension_url("letter-recipient")
_CONTACT: Final = extension_url("letter-contact")
_FUNCTION: Final = extension_url("author-function")


# --- writing ----------------------------------------------------------------------------------


def letter_to_fhir(
    letter: Letter,
    ids: Ids,
    *,
    profile: str,
    event: Json,
    extensions: Iterable[Json] = (),
    sections: Sequence[Json] | None = None,
    **members: object,
) -> Json:
    """The Composition; `event` says what it is about (`about`), `members` are of this kind only."""
    function = extension(_FUNCTION, valueCoding=FUNCTION.coding(letter.author_function))
    readers = [
        extension(_RECIPIENT, valueReference=who_reference(who, letter.patient, ids))
        for who in letter.recipients
    ]
    return composition(
        letter,
        ids,
        profile=profile,
        author=letter.author,
        status=letter.status,
        on=letter.written_on,
        event=event,
        extensions=[function, *readers, *extensions],
        sections=sections,
        **members,
    )


def composition(
    letter: AnyLetter,
    ids: Ids,
    *,
    profile: str,
    author: StaffKey,
    status: LetterStatus,
    on: date | datetime,
    event: Json,
    extensions: Iterable[Json],
    sections: Sequence[Json] | None = None,
    **members: object,
) -> Json:
    number = letter.identifier
    return resource(
        _KIND,
        ids.of(_KIND, author.ura, number.system, number.value),
        profile,
        synthetic=letter.synthetic,
        **{
            "extension": [*_contact(letter.contact), *extensions],
            "identifier": identifier(number.system, number.value, author.ura),
            "status": status,
            "type": DOCUMENT_TYPE.concept(letter.document_type),
            "subject": reference("Patient", letter.patient),
            "date": on.isoformat(),
            "author": [staff_reference(ids, author)],
            "title": title_of(letter),
            "event": [event],
            "section": [section_to_fhir(s) for s in letter.sections]
            if sections is None
            else sections,
            **members,
        },
    )


def about(*links: tuple[str, str], **members: object) -> Json:
    """What a letter is about: resources by (type, logical id)."""
    return {**members, "detail": [reference(kind, id_) for kind, id_ in links]}


def section_to_fhir(section: Section, **members: object) -> Json:
    return {
        "title": heading_of(section),
        "code": LETTER_TOPIC.concept(section.topic),
        "text": section_text(section.text),
        **members,
    }


def _contact(contact: LetterContact) -> list[Json]:
    ways = [("phone", contact.phone), ("email", contact.email)]
    return [
        extension(_CONTACT, valueContactPoint={"system": system, "value": value, "use": "work"})
        for system, value in ways
        if value is not None
    ]


# --- reading ----------------------------------------------------------------------------------


def letter_root(message: Message) -> Element:
    return message.one(_KIND)


def read_letter(root: Element, kind: DocumentType, message: Message) -> dict[str, object]:
    """Fields that every letter has, but for its sections and title."""
    number, author = read_number(root, kind, message)
    patient = message.id_of(root.child("subject"), "Patient")
    function = required_extension(root, _FUNCTION)
    return {
        "identifier": number,
        "patient": patient,
        "author": author,
        "author_function": read_coding(function.child("valueCoding"), FUNCTION),
        "written_on": root.value("date", reader.MOMENT),
        "status": root.fixed("status", "final", "preliminary"),
        "recipients": _read_recipients(root, patient, message),
        "contact": read_contact(root),
    }


def read_number(root: Element, kind: DocumentType, message: Message) -> tuple[Identifier, StaffKey]:
    """The letter's number and author; it is a document of this kind."""
    if read_code(root.child("type"), DOCUMENT_TYPE) != kind:
        refuse(root.at("type"), "code-invalid", f"Hier hoort {DOCUMENT_TYPE.texts[kind]} te staan.")
    author = message.staff(root.only("author"))
    number, _ = read_identifier(root.child("identifier"), author.ura)
    message.identify(root, message.ids.of(_KIND, author.ura, number.system, number.value))
    return number, author


def read_title(root: Element, kind: DocumentType) -> None:
    """The title that every letter of this kind has."""
    root.fixed("title", DOCUMENT_TYPE.texts[kind])


def read_about(event: Element, message: Message, *kinds: str) -> tuple[str, ...]:
    """Logical ids of what a letter is about, one of each type in this order."""
    links = event.children("detail")
    if len(links) != len(kinds):
        refuse(event.at("detail"), "structure", f"Hier hoort te staan: {', '.join(kinds)}.")
    return tuple(message.id_of(link, kind) for link, kind in zip(links, kinds, strict=True))


def read_section(section: Element, *, own_heading: bool = False) -> Mapping[str, object]:
    """Topic and text; the heading follows from the topic, unless the letter gives its own."""
    topic: LetterTopic = read_code(section.child("code"), LETTER_TOPIC)
    heading = {"heading": section.value("title", reader.LINE)} if own_heading else {}
    if not own_heading and section.has("title"):
        section.fixed("title", LETTER_TOPIC.texts[topic])
    return {"topic": topic, "text": read_section_text(section.child("text")), **heading}


def read_contact(root: Element) -> LetterContact:
    found: dict[str, str] = {}
    for item in root.extensions(_CONTACT):
        point = item.child("valueContactPoint")
        system = point.fixed("system", "phone", "email")
        point.fixed("use", "work")
        if system in found:
            refuse(point.path, "structure", "Hier is plaats voor één nummer en één e-mailadres.")
        found[system] = point.value("value", reader.LINE)
    return build(
        LetterContact, root.at("extension"), phone=found.get("phone"), email=found.get("email")
    )


def _read_recipients(root: Element, patient: str, message: Message) -> tuple[Recipient, ...]:
    return tuple(
        read_who(item.child("valueReference"), patient, message)
        for item in root.extensions(_RECIPIENT)
    )

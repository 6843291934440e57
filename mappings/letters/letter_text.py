"""A letter as plain Dutch text with headings, for whoever reads no FHIR.

Made from the record alone. A record names people by number; whoever knows their names passes them.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from mappings.letters.letter_codes import DOCUMENT_TYPE, LETTER_TOPIC, TRANSFER_DESTINATION
from mappings.records.closing import NoSuccessor
from mappings.records.closing_summary import ClosingSummary
from mappings.records.consult_report import ConsultReport
from mappings.records.data_use_letter import DataUseLetter
from mappings.records.letter import Letter, LetterContact, Recipient, Section
from mappings.records.mdo_report import MdoReport
from mappings.records.parties import Party
from mappings.records.patient_plan_letter import PatientPlanLetter, PlanSection
from mappings.records.trajectory import ClosePerson
from mappings.records.transfer_bundle import TransferBundle, TransferSection
from mappings.toolkit.codes import END_REASON, FUNCTION

AnyLetter = Letter | DataUseLetter
NameOf = Callable[[Recipient], str]

PARTIAL: Final = "Dit verslag is een deel van het geheel. Met vragen kunt u bellen of schrijven."
_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def by_number(who: Recipient) -> str:
    """Whoever it is, without a name."""
    if isinstance(who, Party):
        uzi = "" if who.uzi is None else f", UZI-nummer {who.uzi}"
        return f"URA-nummer {who.ura}{uzi}"
    return "de naaste of vertegenwoordiger" if isinstance(who, ClosePerson) else "de oudere"


def readable(letter: AnyLetter, name_of: NameOf = by_number) -> str:
    """The whole letter: title, what it is and for whom, then a heading and text per section."""
    title = title_of(letter)
    head = "\n".join((title, "=" * len(title), *header(letter, name_of)))
    return "\n\n".join((head, *(_part(section) for section in letter.sections))) + "\n"


def title_of(letter: AnyLetter) -> str:
    if isinstance(letter, PatientPlanLetter):
        return letter.title
    return DOCUMENT_TYPE.texts[letter.document_type]


def heading_of(section: Section) -> str:
    if isinstance(section, PlanSection):
        return section.heading
    return LETTER_TOPIC.texts[section.topic]


def header(letter: AnyLetter, name_of: NameOf = by_number) -> list[str]:
    """What stands above the sections, a line each."""
    lines = _handed_out(letter, name_of) if isinstance(letter, DataUseLetter) else []
    if isinstance(letter, Letter):
        lines = [
            f"Datum: {in_dutch(letter.written_on)}",
            f"Van: {name_of(letter.author.party())} ({FUNCTION.texts[letter.author_function]})",
            f"Aan: {'; '.join(name_of(who) for who in letter.recipients)}",
            *(["Concept, nog niet ondertekend"] if letter.status == "preliminary" else []),
            *_of_its_kind(letter, name_of),
        ]
    return [*lines, f"Contact: {_reached(letter.contact)}"]


def in_dutch(moment: date | datetime) -> str:
    """The date, and the time where there is one, as it was at the writer's."""
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{day}, {moment:%H:%M} uur" if isinstance(moment, datetime) else day


def _handed_out(letter: DataUseLetter, name_of: NameOf) -> list[str]:
    folder = letter.folder
    address = "" if folder.address is None else f", {folder.address}"
    return [
        f"Versie: {letter.version}",
        f"Ondertekend door: {name_of(letter.signatory.party())}",
        f"Uitgereikt: {in_dutch(letter.handed_out_on)}, {letter.location}",
        f"Uitgereikt door: {name_of(letter.handed_out_by.party())}",
        f"Uitgereikt aan: {name_of(letter.recipient)}",
        f"Mondeling toegelicht: {_yes(is_so=letter.explained_orally)}",
        f"Praktijkfolder: {folder.title}, versie {folder.version}{address}",
    ]


def _of_its_kind(letter: Letter, name_of: NameOf) -> list[str]:
    """Lines that only one kind of letter has."""
    if isinstance(letter, ConsultReport):
        return [f"Een consult volstaat: {_yes(is_so=letter.suffices)}"]
    if isinstance(letter, MdoReport):
        for_whom = None if letter.audience is None else FUNCTION.texts[letter.audience]
        return [*([] if for_whom is None else [f"Voor: {for_whom}"]), PARTIAL]
    if isinstance(letter, TransferBundle):
        return [f"Bestemming: {TRANSFER_DESTINATION.texts[letter.destination]}"]
    if isinstance(letter, ClosingSummary):
        return _closed(letter, name_of)
    return []


def _closed(letter: ClosingSummary, name_of: NameOf) -> list[str]:
    ended = "" if letter.period.end is None else in_dutch(letter.period.end)
    successor = letter.successor
    lead = (
        f"niet nodig. {successor.not_needed_reason}"
        if isinstance(successor, NoSuccessor)
        else name_of(successor)
    )
    return [
        f"Traject: {in_dutch(letter.period.start)} tot {ended}",
        f"Reden van afsluiten: {END_REASON.texts[letter.end_reason]}",
        f"Regie na MESO: {lead}",
    ]


def _part(section: Section) -> str:
    heading = heading_of(section)
    age = [f"Stand van {in_dutch(section.as_of)}"] if isinstance(section, TransferSection) else []
    return "\n".join((heading, "-" * len(heading), *age, section.text))


def _reached(contact: LetterContact) -> str:
    phone = None if contact.phone is None else f"telefoon {contact.phone}"
    email = None if contact.email is None else f"e-mail {contact.email}"
    return ", ".join(way for way in (phone, email) if way is not None)


def _yes(*, is_so: bool) -> str:
    return "ja" if is_so else "nee"

"""Data-use letter <-> Communication (handed over), Composition (the letter), DocumentReference.

https://hl7.org/fhir/R4/communication.html, https://hl7.org/fhir/R4/composition.html

The Communication carries no words: it names the letter and the practice folder as its payload. A
letter that was explained as well has a second medium.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.consent.consent_evidence import required_extension
from mappings.letters.letter import (
    about,
    composition,
    letter_root,
    read_about,
    read_contact,
    read_number,
    read_section,
    read_title,
)
from mappings.letters.letter_codes import DOCUMENT_TYPE, LETTER_MEDIUM, DocumentType, LetterMedium
from mappings.records.base import Identifier
from mappings.records.data_use_letter import DataUseLetter, DataUseSection, Folder
from mappings.records.letter import PatientSide
from mappings.records.parties import Party
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.who import read_who, who_reference
from mappings.toolkit.writing import extension, extension_url, present, resource
from mappings.trajectory.trajectory import EPISODE_LINK

_KIND: Final[DocumentType] = "data-use-letter"
_FOLDER: Final[DocumentType] = "practice-folder"
_ACT: Final = "Communication"
_LETTER: Final = "Composition"
_DOCUMENT: Final = "DocumentReference"
_VERSION: Final = extension_url("document-version")
_PLACE: Final = extension_url("handed-out-at")
_MEDIA: Final[tuple[LetterMedium, ...]] = ("WRITTEN", "VERBAL")


def to_fhir(letter: DataUseLetter, ids: Ids) -> list[Json]:
    """Communication, Composition, DocumentReference, each by the number of the letter."""
    text = composition(
        letter,
        ids,
        profile="data-use-letter-text",
        author=letter.signatory,
        status="final",
        on=letter.handed_out_on,
        event=about(("EpisodeOfCare", letter.trajectory)),
        extensions=[extension(_VERSION, valueString=letter.version)],
    )
    return [_handing_over(letter, ids), text, _folder(letter, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> DataUseLetter:
    """The letter in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    text, act = letter_root(message), message.one(_ACT)
    folder = message.one(_DOCUMENT)
    number, signatory = read_number(text, _KIND, message)
    for root, kind in ((act, _ACT), (folder, _DOCUMENT)):
        if read_identifier(root.only("identifier"), signatory.ura)[0] != number:
            refuse(root.at("identifier"), "value", "Brief en uitreiking hebben één nummer.")
        message.identify(root, ids.of(kind, signatory.ura, number.system, number.value))
    patient = message.id_of(text.child("subject"), "Patient")
    (trajectory,) = read_about(text.only("event"), message, "EpisodeOfCare")
    text.fixed("status", "final")
    read_title(text, _KIND)
    handed_out_on = text.value("date", reader.MOMENT)
    spoken = _read_media(act)
    _check_act(act, patient, trajectory, message)
    _check_payload(act, number, signatory.ura, message)
    if act.value("sent", reader.MOMENT) != handed_out_on:
        refuse(act.at("sent"), "business-rule", "Brief en uitreiking hebben één datum.")
    letter = build(
        DataUseLetter,
        text.path,
        identifier=number,
        patient=patient,
        trajectory=trajectory,
        version=_read_version(text),
        signatory=signatory,
        handed_out_by=message.staff(act.child("sender")),
        handed_out_on=handed_out_on,
        location=required_extension(act, _PLACE).value("valueString", reader.LINE),
        recipient=_read_recipient(act.only("recipient"), patient, message),
        explained_orally=spoken,
        contact=read_contact(text),
        sections=tuple(
            build(DataUseSection, item.path, **read_section(item))
            for item in text.children("section")
        ),
        folder=_read_folder(folder, patient, message),
    )
    return letter.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _handing_over(letter: DataUseLetter, ids: Ids) -> Json:
    number, ura = letter.identifier, letter.signatory.ura
    media = _MEDIA if letter.explained_orally else _MEDIA[:1]
    named = [
        reference(kind, ids.of(kind, ura, number.system, number.value))
        for kind in (_LETTER, _DOCUMENT)
    ]
    return resource(
        _ACT,
        ids.of(_ACT, ura, number.system, number.value),
        "data-use-letter",
        synthetic=letter.synthetic,
        extension=[
            extension(EPISODE_LINK, valueReference=reference("EpisodeOfCare", letter.trajectory)),
            extension(_PLACE, valueString=letter.location),
        ],
        identifier=[identifier(number.system, number.value, ura)],
        status="completed",
        category=[DOCUMENT_TYPE.concept(_KIND)],
        medium=[LETTER_MEDIUM.concept(code) for code in media],
        subject=reference("Patient", letter.patient),
        sent=letter.handed_out_on.isoformat(),
        recipient=[who_reference(letter.recipient, letter.patient, ids)],
        sender=staff_reference(ids, letter.handed_out_by),
        payload=[{"contentReference": link} for link in named],
    )


def _folder(letter: DataUseLetter, ids: Ids) -> Json:
    number, ura, folder = letter.identifier, letter.signatory.ura, letter.folder
    return resource(
        _DOCUMENT,
        ids.of(_DOCUMENT, ura, number.system, number.value),
        "practice-folder",
        synthetic=letter.synthetic,
        extension=[extension(_VERSION, valueString=folder.version)],
        identifier=[identifier(number.system, number.value, ura)],
        status="current",
        type=DOCUMENT_TYPE.concept(_FOLDER),
        subject=reference("Patient", letter.patient),
        content=[{"attachment": present({"url": folder.address, "title": folder.title})}],
    )


# --- reading ----------------------------------------------------------------------------------


def _check_act(act: Element, patient: str, trajectory: str, message: Message) -> None:
    """Everything in which the handing over only repeats the letter."""
    act.fixed("status", "completed")
    if read_code(act.only("category"), DOCUMENT_TYPE) != _KIND:
        refuse(act.at("category"), "code-invalid", "Dit is geen uitreiking van de informatiebrief.")
    episode = required_extension(act, EPISODE_LINK).child("valueReference")
    for at, same in {
        act.at("subject"): message.id_of(act.child("subject"), "Patient") == patient,
        episode.path: message.id_of(episode, "EpisodeOfCare") == trajectory,
    }.items():
        if not same:
            refuse(at, "business-rule", "Brief en uitreiking spreken elkaar tegen.")


def _check_payload(act: Element, number: Identifier, ura: str, message: Message) -> None:
    links = [item.child("contentReference") for item in act.children("payload")]
    if len(links) != len((_LETTER, _DOCUMENT)):
        refuse(act.at("payload"), "structure", "Uitgereikt zijn de brief en de praktijkfolder.")
    for link, kind in zip(links, (_LETTER, _DOCUMENT), strict=True):
        if message.id_of(link, kind) != message.ids.of(kind, ura, number.system, number.value):
            refuse(link.path, "business-rule", "Dit is niet wat in dit bericht is uitgereikt.")


def _read_media(act: Element) -> bool:
    """Whether the letter was explained as well."""
    media = tuple(read_code(medium, LETTER_MEDIUM) for medium in act.children("medium"))
    if media not in (_MEDIA[:1], _MEDIA):
        refuse(act.at("medium"), "structure", "Schriftelijk, en misschien ook mondeling.")
    return media == _MEDIA


def _read_recipient(link: Element, patient: str, message: Message) -> PatientSide:
    found = read_who(link, patient, message)
    if isinstance(found, Party):
        refuse(link.path, "value", "De brief is voor de oudere, een naaste of vertegenwoordiger.")
    return found


def _read_version(root: Element) -> str:
    return required_extension(root, _VERSION).value("valueString", reader.LINE)


def _read_folder(root: Element, patient: str, message: Message) -> Folder:
    root.fixed("status", "current")
    if read_code(root.child("type"), DOCUMENT_TYPE) != _FOLDER:
        refuse(root.at("type"), "code-invalid", "Hier hoort de praktijkfolder te staan.")
    if message.id_of(root.child("subject"), "Patient") != patient:
        refuse(root.at("subject"), "business-rule", "Brief en folder gaan naar één oudere.")
    file = root.only("content").child("attachment")
    return build(
        Folder,
        root.path,
        title=file.value("title", reader.LINE),
        version=_read_version(root),
        address=file.optional("url", reader.URI),
    )

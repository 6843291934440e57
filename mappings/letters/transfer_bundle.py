"""Transfer to a hospital or nursing home <-> Composition: the content list of the document.

https://hl7.org/fhir/R4/composition.html, https://hl7.org/fhir/R4/documents.html

A section says how old it is and names the resources behind its words. The document Bundle around
it, with those resources, is made where it is sent.
"""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.json import Json
from mappings.consent.consent_evidence import required_extension
from mappings.letters.letter import (
    about,
    letter_root,
    letter_to_fhir,
    read_about,
    read_letter,
    read_section,
    read_title,
    section_to_fhir,
)
from mappings.letters.letter_codes import TRANSFER_DESTINATION, DocumentType
from mappings.records.consent_scope import PartReference
from mappings.records.transfer_bundle import TransferBundle, TransferSection
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, build, read_code
from mappings.toolkit.writing import extension, extension_url

_KIND: Final[DocumentType] = "transfer-bundle"
_AS_OF: Final = extension_url("section-as-of")
_ENTRY: Final = TypeAdapter[str](PartReference)


def to_fhir(transfer: TransferBundle, ids: Ids) -> list[Json]:
    found = letter_to_fhir(
        transfer,
        ids,
        profile="transfer-bundle",
        event=about(("EpisodeOfCare", transfer.trajectory)),
        sections=[_section(section) for section in transfer.sections],
        category=[TRANSFER_DESTINATION.concept(transfer.destination)],
    )
    return [found]


def from_fhir(resources: Sequence[Json], ids: Ids) -> TransferBundle:
    """The transfer in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root = letter_root(message)
    fields = read_letter(root, _KIND, message)
    read_title(root, _KIND)
    (trajectory,) = read_about(root.only("event"), message, "EpisodeOfCare")
    transfer = build(
        TransferBundle,
        root.path,
        **fields,
        trajectory=trajectory,
        destination=read_code(root.only("category"), TRANSFER_DESTINATION),
        sections=tuple(_read_section(item) for item in root.children("section")),
    )
    return transfer.model_copy(update={"synthetic": message.finish()})


def _section(section: TransferSection) -> Json:
    found = section_to_fhir(
        section, extension=[extension(_AS_OF, valueDateTime=section.as_of.isoformat())]
    )
    entries = [_link(entry) for entry in section.entries]
    return {**found, "entry": entries} if entries else found


def _link(entry: str) -> Json:
    kind, _, id_ = entry.partition("/")
    return reference(kind, id_)


def _read_section(item: Element) -> TransferSection:
    entries = item.children("entry")
    for entry in entries:
        entry.ignore("type", "display")
    return build(
        TransferSection,
        item.path,
        **read_section(item),
        as_of=required_extension(item, _AS_OF).value("valueDateTime", reader.MOMENT),
        entries=tuple(entry.value("reference", _ENTRY) for entry in entries),
    )

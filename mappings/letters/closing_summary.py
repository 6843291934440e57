"""Closing summary for the GP <-> Composition.

https://hl7.org/fhir/R4/composition.html

The event that it tells of is the trajectory: its period, and its end reason as the event's code.
"""

from collections.abc import Sequence
from typing import Final

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
)
from mappings.letters.letter_codes import DocumentType
from mappings.records.closing import NoSuccessor, Successor
from mappings.records.closing_summary import ClosingSection, ClosingSummary
from mappings.toolkit import reader
from mappings.toolkit.codes import END_REASON
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import Message
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_code
from mappings.toolkit.who import read_who, who_reference
from mappings.toolkit.writing import extension, extension_url

_KIND: Final[DocumentType] = "closing-summary"
_SUCCESSOR: Final = extension_url("regie-successor")


def to_fhir(summary: ClosingSummary, ids: Ids) -> list[Json]:
    found = letter_to_fhir(
        summary,
        ids,
        profile="closing-summary",
        event=about(
            ("EpisodeOfCare", summary.trajectory),
            code=[END_REASON.concept(summary.end_reason)],
            period=period_to_fhir(summary.period),
        ),
        extensions=[_successor(summary, ids)],
    )
    return [found]


def from_fhir(resources: Sequence[Json], ids: Ids) -> ClosingSummary:
    """The summary in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root = letter_root(message)
    fields = read_letter(root, _KIND, message)
    read_title(root, _KIND)
    event = root.only("event")
    (trajectory,) = read_about(event, message, "EpisodeOfCare")
    summary = build(
        ClosingSummary,
        root.path,
        **fields,
        trajectory=trajectory,
        period=read_period(event.child("period")),
        end_reason=read_code(event.only("code"), END_REASON),
        successor=_read_successor(root, str(fields["patient"]), message),
        sections=tuple(
            build(ClosingSection, item.path, **read_section(item))
            for item in root.children("section")
        ),
    )
    return summary.model_copy(update={"synthetic": message.finish()})


def _successor(summary: ClosingSummary, ids: Ids) -> Json:
    who = summary.successor
    if isinstance(who, NoSuccessor):
        return extension(_SUCCESSOR, valueString=who.not_needed_reason)
    return extension(_SUCCESSOR, valueReference=who_reference(who, summary.patient, ids))


def _read_successor(root: Element, patient: str, message: Message) -> Successor | NoSuccessor:
    found = required_extension(root, _SUCCESSOR)
    if found.has("valueString"):
        reason = found.value("valueString", reader.TEXT)
        return build(NoSuccessor, found.path, not_needed_reason=reason)
    return read_who(found.child("valueReference"), patient, message)

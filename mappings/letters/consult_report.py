"""Consult report <-> Composition.

https://hl7.org/fhir/R4/composition.html

Whether a consult suffices stands in an extension; why it does not, in a section (R-104).
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
from mappings.records.consult_report import ConsultReport, ConsultSection
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import Message
from mappings.toolkit.reader import build, refuse
from mappings.toolkit.writing import extension, extension_url

_KIND: Final[DocumentType] = "consult-report"
_SUFFICES: Final = extension_url("consult-suffices")
_SO: Final = "meso-so"


def to_fhir(report: ConsultReport, ids: Ids) -> list[Json]:
    found = letter_to_fhir(
        report,
        ids,
        profile="consult-report",
        event=about(("ServiceRequest", report.referral)),
        extensions=[extension(_SUFFICES, valueBoolean=report.suffices)],
    )
    return [found]


def from_fhir(resources: Sequence[Json], ids: Ids) -> ConsultReport:
    """The report in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root = letter_root(message)
    fields = read_letter(root, _KIND, message)
    if fields["author_function"] != _SO:
        text = "De specialist ouderengeneeskunde beantwoordt een consult."
        refuse(root.at("extension"), "business-rule", text, "R-104")
    read_title(root, _KIND)
    (referral,) = read_about(root.only("event"), message, "ServiceRequest")
    report = build(
        ConsultReport,
        root.path,
        **fields,
        referral=referral,
        suffices=required_extension(root, _SUFFICES).value("valueBoolean", reader.FLAG),
        sections=tuple(
            build(ConsultSection, item.path, **read_section(item))
            for item in root.children("section")
        ),
    )
    return report.model_copy(update={"synthetic": message.finish()})

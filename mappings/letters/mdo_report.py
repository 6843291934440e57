"""MDO report for one audience <-> Composition, with the meeting as its encounter.

https://hl7.org/fhir/R4/composition.html

The meeting itself names its reports (`mdo_held.py`).
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
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
from mappings.records.mdo_report import MdoReport, MdoSection
from mappings.toolkit.codes import FUNCTION, Function
from mappings.toolkit.identity import Ids, reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, build, read_coding
from mappings.toolkit.writing import extension, extension_url

_KIND: Final[DocumentType] = "mdo-report"
_AUDIENCE: Final = extension_url("letter-audience")


def to_fhir(report: MdoReport, ids: Ids) -> list[Json]:
    audience = [] if report.audience is None else [FUNCTION.coding(report.audience)]
    found = letter_to_fhir(
        report,
        ids,
        profile="mdo-report",
        event=about(("EpisodeOfCare", report.trajectory)),
        extensions=[extension(_AUDIENCE, valueCoding=coding) for coding in audience],
        encounter=reference("Encounter", report.meeting),
    )
    return [found]


def from_fhir(resources: Sequence[Json], ids: Ids) -> MdoReport:
    """The report in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root = letter_root(message)
    fields = read_letter(root, _KIND, message)
    read_title(root, _KIND)
    (trajectory,) = read_about(root.only("event"), message, "EpisodeOfCare")
    report = build(
        MdoReport,
        root.path,
        **fields,
        trajectory=trajectory,
        meeting=message.id_of(root.child("encounter"), "Encounter"),
        audience=_read_audience(root),
        sections=tuple(
            build(MdoSection, item.path, **read_section(item)) for item in root.children("section")
        ),
    )
    return report.model_copy(update={"synthetic": message.finish()})


def _read_audience(root: Element) -> Function | None:
    found = root.extension(_AUDIENCE)
    return None if found is None else read_coding(found.child("valueCoding"), FUNCTION)

"""Patient version of the plan <-> Composition (R-101).

https://hl7.org/fhir/R4/composition.html

`language` is that of the letter, and so are its title and headings.
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
)
from mappings.letters.letter_codes import LETTER_VOLUME, READING_LEVEL, DocumentType
from mappings.records.patient import Language
from mappings.records.patient_plan_letter import PatientPlanLetter, PlanSection
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import Message
from mappings.toolkit.reader import build, read_code
from mappings.toolkit.writing import extension, extension_url

_KIND: Final[DocumentType] = "patient-plan-letter"
_LEVEL: Final = extension_url("reading-level")
_VOLUME: Final = extension_url("letter-volume")
_LANGUAGE: Final = TypeAdapter[str](Language)


def to_fhir(letter: PatientPlanLetter, ids: Ids) -> list[Json]:
    found = letter_to_fhir(
        letter,
        ids,
        profile="patient-plan-letter",
        event=about(("EpisodeOfCare", letter.trajectory), ("CarePlan", letter.plan)),
        extensions=[
            extension(_LEVEL, valueCodeableConcept=READING_LEVEL.concept(letter.reading_level)),
            extension(_VOLUME, valueCodeableConcept=LETTER_VOLUME.concept(letter.volume)),
        ],
        language=letter.language,
    )
    return [found]


def from_fhir(resources: Sequence[Json], ids: Ids) -> PatientPlanLetter:
    """The letter in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids, own_language=True)
    root = letter_root(message)
    fields = read_letter(root, _KIND, message)
    trajectory, plan = read_about(root.only("event"), message, "EpisodeOfCare", "CarePlan")
    level, volume = required_extension(root, _LEVEL), required_extension(root, _VOLUME)
    letter = build(
        PatientPlanLetter,
        root.path,
        **fields,
        trajectory=trajectory,
        plan=plan,
        title=root.value("title", reader.LINE),
        language=root.value("language", _LANGUAGE),
        reading_level=read_code(level.child("valueCodeableConcept"), READING_LEVEL),
        volume=read_code(volume.child("valueCodeableConcept"), LETTER_VOLUME),
        sections=tuple(
            build(PlanSection, item.path, **read_section(item, own_heading=True))
            for item in root.children("section")
        ),
    )
    return letter.model_copy(update={"synthetic": message.finish()})

"""Code lists of the assessment, with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

The components of the broad geriatric assessment are those of the quality model; no published code
means the same.
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

AssessmentComponent = Literal[
    "D1",
    "D1a",
    "D1b",
    "D1c",
    "D1d",
    "D1e",
    "D2",
    "D3",
    "D4",
    "D5",
    "D6",
    "D7",
    "D8",
    "D9",
    "D10",
]
ASSESSMENT_COMPONENT: Final[CodeSystem[AssessmentComponent]] = CodeSystem(
    url=f"{_OWN}/assessment-component",
    title="Onderdeel van het onderzoek",
    texts={
        "D1": "Anamnese en heteroanamnese",
        "D1a": "Medische voorgeschiedenis",
        "D1b": "Sociale anamnese",
        "D1c": "Persoonsschets",
        "D1d": "Medicatiegebruik",
        "D1e": "Wensen en gedachten over toekomstige zorg",
        "D2": "Observatie thuis",
        "D3": "Observatie in de praktijk",
        "D4": "Lichamelijk onderzoek van top tot teen",
        "D5": "Psychiatrisch onderzoek",
        "D6": "Cognitief onderzoek",
        "D7": "Laboratoriumonderzoek",
        "D8": "Dossierstudie",
        "D9": "Medicatiebeoordeling",
        "D10": "Inbreng van naasten en andere betrokkenen",
    },
)

AssessmentPart = Literal["naaste-need"]
ASSESSMENT_PART: Final[CodeSystem[AssessmentPart]] = CodeSystem(
    url=f"{_OWN}/assessment-part",
    title="Wat het onderzoek verder oplevert",
    texts={"naaste-need": "Wat een naaste nodig heeft"},
)

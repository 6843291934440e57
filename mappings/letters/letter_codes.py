"""Code lists of letters and reports, with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

No national code is confirmed for any of these documents, so the lists are our own. The text of a
topic is the heading that a reader sees.
"""

from typing import Final, Literal

from adapter.fhir import constants
from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

DocumentType = Literal[
    "data-use-letter",
    "practice-folder",
    "patient-plan-letter",
    "consult-report",
    "mdo-report",
    "closing-summary",
    "transfer-bundle",
]
DOCUMENT_TYPE: Final[CodeSystem[DocumentType]] = CodeSystem(
    url=constants.MESO_DOCUMENT_TYPE,
    title="Soort brief of verslag",
    texts={
        "data-use-letter": "Informatiebrief over het gebruik van gegevens",
        "practice-folder": "Praktijkfolder",
        "patient-plan-letter": "Patiëntbrief over het plan",
        "consult-report": "Consultverslag",
        "mdo-report": "Verslag van het multidisciplinair overleg",
        "closing-summary": "Afsluitbericht aan de huisarts",
        "transfer-bundle": "Overdracht bij opname",
    },
)

LetterTopic = Literal[
    "why-personal-data",
    "which-health-data",
    "when-shared",
    "how-stored",
    "contact",
    "what-matters",
    "what-was-found",
    "what-we-do",
    "who-does-what",
    "what-to-expect",
    "support-for-naasten",
    "question",
    "findings",
    "advice",
    "policy",
    "why-not-enough",
    "shared-information",
    "aligned-goals",
    "priorities",
    "agreements",
    "outlook",
    "course",
    "what-is-left",
    "tomorrow",
    "reason",
    "acp-wishes",
    "medication",
    "plan-summary",
    "contacts",
]
LETTER_TOPIC: Final[CodeSystem[LetterTopic]] = CodeSystem(
    url=f"{_OWN}/letter-topic",
    title="Onderdeel van een brief of verslag",
    texts={
        "why-personal-data": "Waarom wij uw persoonsgegevens en legitimatie vragen",
        "which-health-data": "Welke gegevens over uw gezondheid wij gebruiken en waarom",
        "when-shared": "Wanneer wij gegevens delen",
        "how-stored": "Hoe wij gegevens bewaren en hoe u ze kunt inzien",
        "contact": "Vragen",
        "what-matters": "Wat voor u belangrijk is",
        "what-was-found": "Wat wij hebben gezien",
        "what-we-do": "Wat wij gaan doen",
        "who-does-what": "Wie wat doet",
        "what-to-expect": "Wat u kunt verwachten",
        "support-for-naasten": "Hulp voor uw naasten",
        "question": "Vraag",
        "findings": "Bevindingen",
        "advice": "Advies",
        "policy": "Ingezet beleid",
        "why-not-enough": "Waarom een consult niet volstaat",
        "shared-information": "Gedeelde informatie",
        "aligned-goals": "Afgestemde doelen",
        "priorities": "Prioriteiten",
        "agreements": "Wie doet wat wanneer",
        "outlook": "Vooruitblik",
        "course": "Beloop",
        "what-is-left": "Wat er nog loopt",
        "tomorrow": "Morgen zonder MESO",
        "reason": "Reden van de overdracht",
        "acp-wishes": "Wensen en grenzen bij behandeling",
        "medication": "Medicatie",
        "plan-summary": "Samenvatting van het plan",
        "contacts": "Wie u kunt bellen",
    },
)

# Which topics each letter may have.
DataUseTopic = Literal[
    "why-personal-data", "which-health-data", "when-shared", "how-stored", "contact"
]
PlanTopic = Literal[
    "what-matters",
    "what-was-found",
    "what-we-do",
    "who-does-what",
    "what-to-expect",
    "support-for-naasten",
    "contact",
]
ConsultTopic = Literal["question", "findings", "advice", "policy", "why-not-enough"]
MdoTopic = Literal["shared-information", "aligned-goals", "priorities", "agreements", "outlook"]
ClosingTopic = Literal[
    "course", "what-is-left", "agreements", "outlook", "advice", "tomorrow", "contact"
]
TransferTopic = Literal["reason", "acp-wishes", "medication", "plan-summary", "contacts"]

ReadingLevel = Literal["A1", "A2", "B1", "B2", "C1"]
READING_LEVEL: Final[CodeSystem[ReadingLevel]] = CodeSystem(
    url=f"{_OWN}/reading-level",
    title="Taalniveau",
    texts={
        "A1": "A1: losse woorden en korte zinnen",
        "A2": "A2: eenvoudige zinnen",
        "B1": "B1: eenvoudig Nederlands",
        "B2": "B2: gangbaar Nederlands",
        "C1": "C1: ingewikkelde teksten",
    },
)

LetterVolume = Literal["core", "usual", "full"]
LETTER_VOLUME: Final[CodeSystem[LetterVolume]] = CodeSystem(
    url=f"{_OWN}/letter-volume",
    title="Omvang van de brief",
    texts={"core": "Alleen de kern", "usual": "Gewone omvang", "full": "Uitgebreid"},
)

TransferDestination = Literal["hospital", "nursing-home"]
TRANSFER_DESTINATION: Final[CodeSystem[TransferDestination]] = CodeSystem(
    url=f"{_OWN}/transfer-destination",
    title="Bestemming van de overdracht",
    texts={"hospital": "Ziekenhuis", "nursing-home": "Verpleeghuis"},
)

LetterMedium = Literal["WRITTEN", "VERBAL"]
LETTER_MEDIUM: Final[CodeSystem[LetterMedium]] = CodeSystem(
    url="http://terminology.hl7.org/CodeSystem/v3-ParticipationMode",
    title="Manier van uitreiken",
    texts={"WRITTEN": "written", "VERBAL": "verbal"},
)

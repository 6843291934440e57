"""Code systems of a case that is put to a specialist without saying whose it is.

https://hl7.org/fhir/R4/terminologies.html
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

CaseTopic = Literal[
    "question",
    "age-group",
    "situation",
    "history",
    "findings",
    "measurements",
    "medication",
    "functioning",
    "tried",
    "advice",
]
CASE_TOPIC: Final[CodeSystem[CaseTopic]] = CodeSystem(
    url=f"{_OWN}/case-topic",
    title="Onderdeel van een anonieme casus",
    texts={
        "question": "Vraag aan de specialist",
        "age-group": "Leeftijdsgroep",
        "situation": "Situatie",
        "history": "Voorgeschiedenis",
        "findings": "Bevindingen",
        "measurements": "Metingen en uitslagen",
        "medication": "Medicatie",
        "functioning": "Functioneren",
        "tried": "Al geprobeerd",
        "advice": "Advies van de specialist",
    },
)

# The parts of the template: what the doctor of MESO fills in beside the question.
FactTopic = Literal[
    "age-group",
    "situation",
    "history",
    "findings",
    "measurements",
    "medication",
    "functioning",
    "tried",
]

CaseMedium = Literal["MAILWRIT", "EMAILWRIT", "ONLINEWRIT", "PHONE", "VIDEOCONF", "FACE"]
CASE_MEDIUM: Final[CodeSystem[CaseMedium]] = CodeSystem(
    url="http://terminology.hl7.org/CodeSystem/v3-ParticipationMode",
    title="Manier van toesturen",
    texts={
        "MAILWRIT": "mail",
        "EMAILWRIT": "email",
        "ONLINEWRIT": "online written",
        "PHONE": "telephone",
        "VIDEOCONF": "videoconferencing",
        "FACE": "face-to-face",
    },
)

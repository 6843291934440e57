"""Code lists of advance care planning (ACP, proactieve zorgplanning), with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

Kinds of directive are a national list (zib AdvanceDirective); goals of treatment and places are
the SNOMED codes of the Dutch guide for proactive care planning: codes as published, texts ours.
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL, NULL_FLAVOR, SNOMED
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

AcpTopic = Literal[
    "matters-most",
    "care-wish",
    "fear",
    "non-medical",
    "euthanasia",
    "place-of-care",
    "place-of-death",
]
ACP_TOPIC: Final[CodeSystem[AcpTopic]] = CodeSystem(
    url=f"{_OWN}/acp-topic",
    title="Onderwerp van gesprek over toekomstige zorg",
    texts={
        "matters-most": "Wat het belangrijkst is",
        "care-wish": "Wens over zorg",
        "fear": "Wat de oudere vreest",
        "non-medical": "Wens buiten de zorg",
        "euthanasia": "Houding tegenover euthanasie",
        "place-of-care": "Plaats waar de oudere zorg wil krijgen",
        "place-of-death": "Plaats waar de oudere wil overlijden",
    },
)
# Published codes that say the same, as a second coding.
TOPIC_IN_SNOMED: Final[dict[AcpTopic, str]] = {
    "care-wish": "153851000146100",
    "euthanasia": "340171000146104",
    "place-of-death": "395091006",
}

TreatmentGoal = Literal["1351964001", "385987000", "713148004", "OTH"]
TREATMENT_GOAL: Final[CodeSystem[TreatmentGoal]] = CodeSystem(
    url=SNOMED,
    title="Doel van de behandeling",
    texts={
        "1351964001": "Leven verlengen",
        "385987000": "Zorg bij ziekte of letsel",
        "713148004": "Klachten voorkomen en verlichten",
        "OTH": "Anders",
    },
    elsewhere={"OTH": NULL_FLAVOR},
)

PreferredPlace = Literal["264362003", "108344006", "284546000", "22232009", "OTH", "UNK"]
PREFERRED_PLACE: Final[CodeSystem[PreferredPlace]] = CodeSystem(
    url=SNOMED,
    title="Gewenste plaats",
    texts={
        "264362003": "Thuis",
        "108344006": "Verpleeghuis",
        "284546000": "Hospice",
        "22232009": "Ziekenhuis",
        "OTH": "Anders",
        "UNK": "Nog onbekend",
    },
    elsewhere={"OTH": NULL_FLAVOR, "UNK": NULL_FLAVOR},
)

DirectiveKind = Literal["NR", "VOL", "VERB", "VERBVL", "MON", "EU", "EUD", "LW", "DO", "ZB", "OTH"]
DIRECTIVE_KIND: Final[CodeSystem[DirectiveKind]] = CodeSystem(
    url="urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.14.1",
    title="Soort wilsverklaring",
    texts={
        "NR": "Verklaring niet reanimeren",
        "VOL": "Volmacht",
        "VERB": "Behandelverbod",
        "VERBVL": "Behandelverbod met aanvulling voltooid leven",
        "MON": "Mondelinge afspraak",
        "EU": "Euthanasieverzoek",
        "EUD": "Euthanasieverzoek met aanvulling dementie",
        "LW": "Levenswensverklaring",
        "DO": "Verklaring donorschap",
        "ZB": "Zelfbindingsverklaring",
        "OTH": "Anders",
    },
    elsewhere={"OTH": NULL_FLAVOR},
)

AcpMark = Literal["palliative-phase"]
ACP_MARK: Final[CodeSystem[AcpMark]] = CodeSystem(
    url=f"{_OWN}/acp-mark",
    title="Markering in het dossier",
    texts={"palliative-phase": "Palliatieve fase"},
)

AcpTask = Literal["acp-review"]
ACP_TASK: Final[CodeSystem[AcpTask]] = CodeSystem(
    url=f"{_OWN}/acp-task",
    title="Taak na een gesprek over toekomstige zorg",
    texts={"acp-review": "Wensen opnieuw bespreken"},
)

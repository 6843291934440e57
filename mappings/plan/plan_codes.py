"""Code lists of the care plan and of the MDO, with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

Treatments and meeting roles are national lists (zib TreatmentDirective2; Nictiz draft of the MDO):
codes as published, texts ours.
"""

from typing import Final, Literal

from adapter.fhir import constants
from adapter.fhir.constants import CANONICAL, NULL_FLAVOR, SNOMED
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"
_HL7: Final = "http://terminology.hl7.org/CodeSystem"

PlanCategory = Literal["zorgbehandelplan"]
PLAN_CATEGORY: Final[CodeSystem[PlanCategory]] = CodeSystem(
    url=constants.MESO_PLAN_CATEGORY,
    title="Soort plan",
    texts={"zorgbehandelplan": "Zorgbehandelplan"},
)

PlanPart = Literal["voice", "trade-off", "weighed", "decided"]
PLAN_PART: Final[CodeSystem[PlanPart]] = CodeSystem(
    url=constants.MESO_PLAN_PART,
    title="Onderdeel van het plan",
    texts={
        "voice": "In eigen woorden",
        "trade-off": "Afweging",
        "weighed": "Wat is afgewogen",
        "decided": "Wat is besloten en waarom",
    },
)

ProblemKind = Literal["action", "insight"]
PROBLEM_KIND: Final[CodeSystem[ProblemKind]] = CodeSystem(
    url=constants.MESO_PROBLEM_KIND,
    title="Waarom het probleem in het plan staat",
    texts={"action": "Leidt tot actie", "insight": "Geeft inzicht"},
)

GoalPriority = Literal["high-priority", "medium-priority", "low-priority"]
GOAL_PRIORITY: Final[CodeSystem[GoalPriority]] = CodeSystem(
    url=f"{_HL7}/goal-priority",
    title="Prioriteit van een doel",
    texts={
        "high-priority": "Hoge prioriteit",
        "medium-priority": "Gemiddelde prioriteit",
        "low-priority": "Lage prioriteit",
    },
)

Achievement = Literal[
    "in-progress",
    "improving",
    "worsening",
    "no-change",
    "achieved",
    "sustaining",
    "not-achieved",
    "no-progress",
    "not-attainable",
]
ACHIEVEMENT: Final[CodeSystem[Achievement]] = CodeSystem(
    url=f"{_HL7}/goal-achievement",
    title="Hoe ver een doel is",
    texts={
        "in-progress": "Onderweg",
        "improving": "Gaat vooruit",
        "worsening": "Gaat achteruit",
        "no-change": "Onveranderd",
        "achieved": "Bereikt",
        "sustaining": "Bereikt en houdt stand",
        "not-achieved": "Niet bereikt",
        "no-progress": "Komt niet verder",
        "not-attainable": "Niet haalbaar",
    },
)

ActionPurpose = Literal["treatment", "naaste-support", "network", "preparation"]
ACTION_PURPOSE: Final[CodeSystem[ActionPurpose]] = CodeSystem(
    url=f"{_OWN}/action-purpose",
    title="Waartoe een actie dient",
    texts={
        "treatment": "Zorg of behandeling",
        "naaste-support": "Steun voor een naaste",
        "network": "Versterken van het netwerk",
        "preparation": "Voorbereiden op wat komt",
    },
)

FitReason = Literal["expertise", "click", "network"]
FIT_REASON: Final[CodeSystem[FitReason]] = CodeSystem(
    url=f"{_OWN}/fit-reason",
    title="Waarom een zorgverlener het beste past",
    texts={
        "expertise": "Deskundigheid",
        "click": "Klik met de oudere",
        "network": "Netwerk en samenwerking",
    },
)

ScenarioKind = Literal[
    "acute-deterioration",
    "fall",
    "carer-unavailable",
    "hospital-discharge",
    "end-of-life",
    "other",
]
SCENARIO_KIND: Final[CodeSystem[ScenarioKind]] = CodeSystem(
    url=constants.MESO_SCENARIO_KIND,
    title="Soort scenario",
    texts={
        "acute-deterioration": "Acute achteruitgang",
        "fall": "Val",
        "carer-unavailable": "Mantelzorger valt uit",
        "hospital-discharge": "Ontslag uit het ziekenhuis",
        "end-of-life": "Laatste levensfase",
        "other": "Anders",
    },
)

Treatment = Literal[
    "89666000", "305351004", "40617009", "116762002", "281789004", "32485007", "OTH"
]
TREATMENT: Final[CodeSystem[Treatment]] = CodeSystem(
    url=SNOMED,
    title="Behandeling",
    texts={
        "89666000": "Reanimatie",
        "305351004": "Opname op de intensive care",
        "40617009": "Kunstmatige beademing",
        "116762002": "Toedienen van bloedproducten",
        "281789004": "Antibiotica",
        "32485007": "Ziekenhuisopname",
        "OTH": "Anders",
    },
    elsewhere={"OTH": NULL_FLAVOR},
)

MdoForm = Literal["physical", "hybrid", "digital"]
MDO_FORM: Final[CodeSystem[MdoForm]] = CodeSystem(
    url=constants.MESO_MDO_FORM,
    title="Vorm van het MDO",
    texts={"physical": "Bij elkaar", "hybrid": "Deels op afstand", "digital": "Op afstand"},
)

MeetingRole = Literal["VOORZ", "AANM", "EXPR"]
MEETING_ROLE: Final[CodeSystem[MeetingRole]] = CodeSystem(
    url="urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.26.1",
    title="Rol bij het overleg",
    texts={"VOORZ": "Voorzitter", "AANM": "Aanmelder", "EXPR": "Expert"},
)

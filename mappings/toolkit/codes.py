"""Code systems of MESO around referral, team and task, each with its Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

Each list is a `Literal` for the records and a `CodeSystem` for the wire; the type checker holds
them together. Nothing national is invented here: where no code is confirmed, the code is our own.
Consent and plan have lists of their own (`consent_codes.py`, `plan_codes.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, Literal, TypeVar

from adapter.fhir import constants
from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json

C = TypeVar("C", bound=str)

_OWN: Final = f"{CANONICAL}/CodeSystem"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSystem(Generic[C]):
    """A closed list: address, title and the text of each code.

    `elsewhere` names the system of a code that a national value set borrows from another list.
    """

    url: str
    title: str
    texts: Mapping[C, str]
    elsewhere: Mapping[C, str] = field(default_factory=dict)

    def system(self, code: C) -> str:
        return self.elsewhere.get(code, self.url)

    def coding(self, code: C) -> Json:
        return {"system": self.system(code), "code": code, "display": self.texts[code]}

    def concept(self, code: C) -> Json:
        return {"coding": [self.coding(code)]}

    def known(self, code: object) -> C | None:
        return next((own for own in self.texts if own == code), None)


# --- referral ---------------------------------------------------------------------------------

RequestedService = Literal["consult", "trajectory", "decide-together"]
REQUESTED_SERVICE: Final[CodeSystem[RequestedService]] = CodeSystem(
    url=constants.MESO_REQUESTED_SERVICE,
    title="Gevraagde zorg",
    texts={
        "consult": "Consult specialist ouderengeneeskunde",
        "trajectory": "MESO-traject",
        "decide-together": "Samen beslissen",
    },
)

SteppedCare = Literal["SC-1", "SC-2", "SC-3a", "SC-3b", "SC-4"]
STEPPED_CARE: Final[CodeSystem[SteppedCare]] = CodeSystem(
    url=constants.MESO_STEPPED_CARE,
    title="Trede van zorg",
    texts={
        "SC-1": "Huisarts alleen",
        "SC-2": "Huisarts met POH-ouderenzorg",
        "SC-3a": "Advies van de specialist ouderengeneeskunde",
        "SC-3b": "Eenmalig consult van de specialist ouderengeneeskunde",
        "SC-4": "MESO-traject",
    },
)

Complexity = Literal["multi-domain", "interfering"]
COMPLEXITY: Final[CodeSystem[Complexity]] = CodeSystem(
    url=constants.MESO_COMPLEXITY,
    title="Soort complexiteit",
    texts={
        "multi-domain": "Meerdere problemen op verschillende domeinen",
        "interfering": "Meerdere problemen binnen één domein die elkaar beïnvloeden",
    },
)

HomeVisit = Literal["needed", "not-needed"]
HOME_VISIT: Final[CodeSystem[HomeVisit]] = CodeSystem(
    url=f"{_OWN}/home-visit",
    title="Huisbezoek",
    texts={"needed": "Huisbezoek nodig", "not-needed": "Huisbezoek niet nodig"},
)

ProblemDomain = Literal["medical", "nursing", "psychological", "functional", "social", "housing"]
PROBLEM_DOMAIN: Final[CodeSystem[ProblemDomain]] = CodeSystem(
    url=constants.MESO_PROBLEM_DOMAIN,
    title="Domein van het probleem",
    texts={
        "medical": "Medisch",
        "nursing": "Verpleegkundig",
        "psychological": "Psychisch",
        "functional": "Functioneel",
        "social": "Sociaal",
        "housing": "Wonen",
    },
)

Priority = Literal["routine", "urgent", "asap", "stat"]  # request-priority of R4

OrganisationKind = Literal[
    "gp-practice", "meso", "community-nursing", "allied-health", "welfare", "platform"
]
ORGANISATION_KIND: Final[CodeSystem[OrganisationKind]] = CodeSystem(
    url=f"{_OWN}/organisation-kind",
    title="Soort organisatie in het netwerk",
    texts={
        "gp-practice": "Huisartspraktijk",
        "meso": "MESO-praktijk",
        "community-nursing": "Wijkverpleging",
        "allied-health": "Paramedische zorg",
        "welfare": "Welzijnsorganisatie",
        "platform": "Regionaal platform",
    },
)

# --- team and task ----------------------------------------------------------------------------

TeamRole = Literal[
    "hoofdbehandelaar",
    "brondossierhouder",
    "medebehandelaar",
    "regiehouder",
    "coordinator",
    "aanspreekpunt",
    "betrokken-zorgverlener",
    "naaste",
    "vertegenwoordiger",
    "patient",
]
TEAM_ROLE: Final[CodeSystem[TeamRole]] = CodeSystem(
    url=constants.MESO_TEAM_ROLE,
    title="Rol in het zorgteam",
    texts={
        "hoofdbehandelaar": "Hoofdbehandelaar",
        "brondossierhouder": "Brondossierhouder",
        "medebehandelaar": "Medebehandelaar",
        "regiehouder": "Regiehouder",
        "coordinator": "Coördinator",
        "aanspreekpunt": "Aanspreekpunt",
        "betrokken-zorgverlener": "Betrokken zorgverlener",
        "naaste": "Naaste",
        "vertegenwoordiger": "Vertegenwoordiger",
        "patient": "Patiënt",
    },
)

Function = Literal[
    "gp",
    "gp-nurse-practitioner",
    "poh",
    "gp-assistant",
    "log-reviewer",
    "meso-so",
    "meso-so-trainee",
    "meso-nurse",
    "meso-secretary",
    "community-nurse",
    "social-worker",
    "platform",
]
FUNCTION: Final[CodeSystem[Function]] = CodeSystem(
    url=constants.MESO_FUNCTION,
    title="Functie",
    texts={
        "gp": "Huisarts",
        "gp-nurse-practitioner": "Verpleegkundig specialist in de huisartspraktijk",
        "poh": "Praktijkondersteuner ouderenzorg",
        "gp-assistant": "Doktersassistent",
        "log-reviewer": "Beoordelaar van het toegangslog",
        "meso-so": "Specialist ouderengeneeskunde",
        "meso-so-trainee": "Specialist ouderengeneeskunde in opleiding",
        "meso-nurse": "Geriatrieverpleegkundige",
        "meso-secretary": "Secretariaat MESO",
        "community-nurse": "Wijkverpleegkundige",
        "social-worker": "Medewerker sociaal domein",
        "platform": "Regionaal platform",
    },
)

TaskCode = Literal["plan-action", "log-review", "handover", "parked-referral"]
TASK_CODE: Final[CodeSystem[TaskCode]] = CodeSystem(
    url=constants.MESO_TASK_CODE,
    title="Soort taak",
    texts={
        "plan-action": "Actie uit het zorgbehandelplan",
        "log-review": "Controle van het toegangslog",
        "handover": "Overdracht van regie",
        "parked-referral": "Verwijzing van wie bij een andere praktijk staat",
    },
)

BusinessStatus = Literal["received", "weighing", "consult", "trajectory", "not-taken-up"]
BUSINESS_STATUS: Final[CodeSystem[BusinessStatus]] = CodeSystem(
    url=constants.MESO_BUSINESS_STATUS,
    title="Stand van de verwijzing",
    texts={
        "received": "Ontvangen",
        "weighing": "In weging",
        "consult": "Eenmalig consult",
        "trajectory": "MESO-traject",
        "not-taken-up": "Niet in behandeling genomen",
    },
)

StatusReason = Literal[
    "lighter-help-suffices",
    "home-care-fits",
    "hospital-stay",
    "consult-suffices",
    "no-capacity",
    "not-now",
    "other",
]
STATUS_REASON: Final[CodeSystem[StatusReason]] = CodeSystem(
    url=constants.MESO_STATUS_REASON,
    title="Reden van de stand",
    texts={
        "lighter-help-suffices": "Lichtere hulp volstaat",
        "home-care-fits": "Wijkverpleging past beter",
        "hospital-stay": "Opname in het ziekenhuis",
        "consult-suffices": "Een consult volstaat",
        "no-capacity": "Geen capaciteit",
        "not-now": "Nu niet",
        "other": "Anders",
    },
)

EndReason = Literal[
    "END-1",
    "END-2",
    "END-3",
    "END-4",
    "END-5",
    "END-6",
    "END-7",
    "END-8",
    "END-9",
    "END-10",
    "END-11",
]
END_REASON: Final[CodeSystem[EndReason]] = CodeSystem(
    url=constants.MESO_END_REASON,
    title="Reden van afsluiten",
    texts={
        "END-1": "Plan afgerond, nieuw evenwicht",
        "END-2": "Situatie wezenlijk veranderd na ziekenhuisopname",
        "END-3": "Situatie wezenlijk veranderd na opname in een verpleeghuis",
        "END-4": "Stervensfase",
        "END-5": "Overlijden",
        "END-6": "Wens van de huisarts",
        "END-7": "Wens van de patiënt",
        "END-8": "Wens van de vertegenwoordiger",
        "END-9": "Verhuizing buiten bereik van MESO",
        "END-10": "Toestemming ingetrokken of nooit bevestigd",
        "END-11": "Gebruikersovereenkomst beëindigd",
    },
)

ClosingCheck = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]
CLOSING_CHECK: Final[CodeSystem[ClosingCheck]] = CodeSystem(
    url=constants.MESO_CLOSING_CHECK,
    title="Punten bij het afsluiten",
    texts={
        "C1": "Problemen in kaart",
        "C2": "Doelen helder en haalbaar",
        "C3": "Oudere, naasten en anderen geïnformeerd",
        "C4": "Ieder kent het eigen werk en vertrouwt op de afspraken",
        "C5": "Bekend hoe en wanneer partijen elkaar vinden",
        "C6": "Vooruitgekeken",
        "C7": "Regie geregeld",
        "C8": "Plan afgerond",
        "C9": "Zorg is samenhangend",
        "C10": "Behoeften, mogelijkheden, grenzen en scenario's geïnventariseerd",
    },
)

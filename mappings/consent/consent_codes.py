"""Code systems of consent, with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html
"""

from typing import Final, Literal

from adapter.fhir import constants
from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

POLICY: Final = f"{CANONICAL}/policy/consent/1"

ConsentType = Literal["CON-1", "CON-2", "CON-3", "CON-4", "CON-5", "CON-6"]
CONSENT_TYPE: Final[CodeSystem[ConsentType]] = CodeSystem(
    url=constants.MESO_CONSENT_TYPE,
    title="Soort toestemming",
    texts={
        "CON-1": "Inzage in het huisartsdossier",
        "CON-2": "Handelingen in het huisartsdossier",
        "CON-3": "Uitnodigen voor het MDO",
        "CON-4": "Naaste bij het MDO",
        "CON-5": "Delen met andere hulpverleners",
        "CON-6": "Gegevens uit het huisartsdossier aan derden",
    },
)

ConsentKind = Literal["explicit", "presumed", "refused", "not-asked"]
CONSENT_KIND: Final[CodeSystem[ConsentKind]] = CodeSystem(
    url=constants.MESO_CONSENT_KIND,
    title="Aard van de toestemming",
    texts={
        "explicit": "Uitdrukkelijk gegeven",
        "presumed": "Verondersteld",
        "refused": "Geweigerd",
        "not-asked": "Niet gevraagd",
    },
)

ConsentForm = Literal["oral", "written"]
CONSENT_FORM: Final[CodeSystem[ConsentForm]] = CodeSystem(
    url=f"{_OWN}/consent-form",
    title="Vorm van de toestemming",
    texts={"oral": "Mondelinge verklaring", "written": "Schriftelijke verklaring"},
)

ConsentAction = Literal[
    "consult", "copy", "create-episode", "prescribe", "aggregate", "invite", "disclose"
]
CONSENT_ACTION: Final[CodeSystem[ConsentAction]] = CodeSystem(
    url=constants.MESO_CONSENT_ACTION,
    title="Handeling waarvoor toestemming geldt",
    texts={
        "consult": "Raadplegen",
        "copy": "Overnemen",
        "create-episode": "Episode aanmaken",
        "prescribe": "Voorschrijven",
        "aggregate": "Samenvoegen",
        "invite": "Uitnodigen",
        "disclose": "Verstrekken",
    },
)

# What CON-1, CON-2 and CON-6 cover when the record names no actions, and what each may name. The
# others say what they cover by data alone.
BASIC_ACTIONS: Final[dict[ConsentType, tuple[ConsentAction, ...]]] = {
    "CON-1": ("consult",),
    "CON-2": ("consult", "copy", "create-episode", "prescribe"),
    "CON-3": (),
    "CON-4": (),
    "CON-5": (),
    "CON-6": ("disclose",),
}
NAMED_ACTIONS: Final[dict[ConsentType, tuple[ConsentAction, ...]]] = {
    **BASIC_ACTIONS,
    "CON-2": (*BASIC_ACTIONS["CON-2"], "aggregate"),
}

Purpose = Literal["TREAT", "COC", "HOPERAT"]
PURPOSE: Final[CodeSystem[Purpose]] = CodeSystem(
    url=constants.ACT_REASON,
    title="Doel waarvoor gegevens worden gebruikt",
    texts={
        "TREAT": "Behandeling",
        "COC": "Afstemming van zorg",
        "HOPERAT": "Verantwoording",
    },
)

LegalBasis = Literal["his-agreement", "wgbo", "wabvpz", "avg"]
LEGAL_BASIS: Final[CodeSystem[LegalBasis]] = CodeSystem(
    url=f"{_OWN}/legal-basis",
    title="Grondslag van de toestemming",
    texts={
        "his-agreement": "Gebruikersovereenkomst HIS",
        "wgbo": "Wet op de geneeskundige behandelingsovereenkomst",
        "wabvpz": "Wet aanvullende bepalingen verwerking persoonsgegevens in de zorg",
        "avg": "Algemene verordening gegevensbescherming",
    },
)

DataCategory = Literal[
    "person",
    "referral",
    "consent",
    "plan",
    "acp",
    "mdo",
    "contacts",
    "letter",
    "his",
    "ouderenmodule",
]
DATA_CATEGORY: Final[CodeSystem[DataCategory]] = CodeSystem(
    url=f"{_OWN}/data-category",
    title="Soort gegevens",
    texts={
        "person": "Persoonsgegevens",
        "referral": "Verwijzing",
        "consent": "Toestemmingen",
        "plan": "Zorgbehandelplan",
        "acp": "Behandelwensen",
        "mdo": "Multidisciplinair overleg",
        "contacts": "Contactgegevens van het zorgteam",
        "letter": "Brieven",
        "his": "Huisartsdossier",
        "ouderenmodule": "Ouderenmodule van de huisarts",
    },
)

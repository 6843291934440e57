"""Code lists of the patient and the people around her, with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

Relation and contact role are the national lists that nl-core-ContactPerson binds
(http://decor.nictiz.nl, value sets 2.16.840.1.113883.2.4.3.11.60.40.2.3.1.1 and .2): codes as
published, texts ours. What the nation has no code for is our own.
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL, NULL_FLAVOR
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"
_ROLE_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
_ZIB_ROLE: Final = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.23.1"
_CONTACT: Final = "urn:oid:2.16.840.1.113883.2.4.3.11.22.472"

# nl-core-LegalSituation-Representation: the five forms that a court or notary gives.
LEGAL_REPRESENTATION: Final = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.23.3"

FamilyRelation = Literal[
    "HUSB",
    "WIFE",
    "DOMPART",
    "SONC",
    "DAUC",
    "SONINLAW",
    "DAUINLAW",
    "SONFOST",
    "DAUFOST",
    "BRO",
    "SIS",
    "BROINLAW",
    "SISINLAW",
    "FTH",
    "MTH",
    "FTHINLAW",
    "MTHINLAW",
    "STPFTH",
    "STPMTH",
    "FTHFOST",
    "MTHFOST",
    "ADOPTF",
    "ADOPTM",
    "GRNDSON",
    "GRNDDAU",
    "GRFTH",
    "GRMTH",
    "GGRFTH",
    "GGRMTH",
    "NEPHEW",
    "NIECE",
    "COUSN",
    "UNCLE",
    "AUNT",
    "OTH",
]
FAMILY_RELATION: Final[CodeSystem[FamilyRelation]] = CodeSystem(
    url=_ROLE_CODE,
    title="Relatie tot de oudere",
    texts={
        "HUSB": "Echtgenoot",
        "WIFE": "Echtgenote",
        "DOMPART": "Partner",
        "SONC": "Zoon",
        "DAUC": "Dochter",
        "SONINLAW": "Schoonzoon",
        "DAUINLAW": "Schoondochter",
        "SONFOST": "Pleegzoon",
        "DAUFOST": "Pleegdochter",
        "BRO": "Broer",
        "SIS": "Zus",
        "BROINLAW": "Zwager",
        "SISINLAW": "Schoonzus",
        "FTH": "Vader",
        "MTH": "Moeder",
        "FTHINLAW": "Schoonvader",
        "MTHINLAW": "Schoonmoeder",
        "STPFTH": "Stiefvader",
        "STPMTH": "Stiefmoeder",
        "FTHFOST": "Pleegvader",
        "MTHFOST": "Pleegmoeder",
        "ADOPTF": "Adoptievader",
        "ADOPTM": "Adoptiemoeder",
        "GRNDSON": "Kleinzoon",
        "GRNDDAU": "Kleindochter",
        "GRFTH": "Grootvader",
        "GRMTH": "Grootmoeder",
        "GGRFTH": "Overgrootvader",
        "GGRMTH": "Overgrootmoeder",
        "NEPHEW": "Neef (oomzegger)",
        "NIECE": "Nicht (oomzegger)",
        "COUSN": "Neef of nicht",
        "UNCLE": "Oom",
        "AUNT": "Tante",
        "OTH": "Anders",
    },
    elsewhere={"OTH": NULL_FLAVOR},
)

ContactRole = Literal[
    "100001",
    "100002",
    "100003",
    "100004",
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "07",
    "09",
    "11",
    "14",
    "15",
    "19",
    "20",
    "21",
    "23",
    "24",
]
CARER: Final[ContactRole] = "100001"
CONTACT_ROLE: Final[CodeSystem[ContactRole]] = CodeSystem(
    url=_CONTACT,
    title="Rol van de naaste",
    texts={
        "100001": "Mantelzorger",
        "100002": "Geestelijk verzorger",
        "100003": "Tolk",
        "100004": "Advocaat",
        "01": "Eerste contactpersoon",
        "02": "Tweede contactpersoon",
        "03": "Curator",
        "04": "Financieel gemachtigde",
        "05": "Financieel toetser",
        "06": "Lid van de leefeenheid",
        "07": "Hulpverlener",
        "09": "Anders",
        "11": "Voogd",
        "14": "Bewindvoerder",
        "15": "Mentor",
        "19": "Buur",
        "20": "Vriend of kennis",
        "21": "Cliëntondersteuner",
        "23": "Contactpersoon",
        "24": "Wettelijk vertegenwoordiger",
    },
    elsewhere=dict.fromkeys(("100001", "100002", "100003", "100004"), _ZIB_ROLE),
)

RepresentationBasis = Literal[
    "guardianship",
    "mentorship",
    "administration",
    "custody",
    "agency",
    "written-proxy",
    "partner",
    "parent",
    "child",
    "sibling",
]
REPRESENTATION_BASIS: Final[CodeSystem[RepresentationBasis]] = CodeSystem(
    url=f"{_OWN}/representation-basis",
    title="Grond van de vertegenwoordiging",
    texts={
        "guardianship": "Curatele",
        "mentorship": "Mentorschap",
        "administration": "Bewindvoering",
        "custody": "Voogdij",
        "agency": "Zaakwaarneming",
        "written-proxy": "Schriftelijke machtiging",
        "partner": "Echtgenoot of partner",
        "parent": "Ouder",
        "child": "Kind",
        "sibling": "Broer of zus",
    },
)
# The national code that stands beside ours.
LEGAL_FORMS: Final[dict[RepresentationBasis, str]] = {
    "custody": "6",
    "administration": "7",
    "mentorship": "8",
    "guardianship": "9",
    "agency": "10",
}

CapacityMatter = Literal["data-sharing", "treatment", "care-and-housing", "finances", "other"]
CAPACITY_MATTER: Final[CodeSystem[CapacityMatter]] = CodeSystem(
    url=f"{_OWN}/capacity-matter",
    title="Zaak waarin de wilsbekwaamheid is beoordeeld",
    texts={
        "data-sharing": "Delen van gegevens",
        "treatment": "Behandeling",
        "care-and-housing": "Zorg en wonen",
        "finances": "Financiën",
        "other": "Anders",
    },
)

PersonObservation = Literal["decision-capacity", "carer-support-need"]
PERSON_OBSERVATION: Final[CodeSystem[PersonObservation]] = CodeSystem(
    url=f"{_OWN}/person-observation",
    title="Waarneming over de oudere of een naaste",
    texts={
        "decision-capacity": "Wilsbekwaamheid",
        "carer-support-need": "Behoefte van een naaste aan ondersteuning",
    },
)

IdentityDocument = Literal["passport", "identity-card", "driving-licence", "residence-permit"]
IDENTITY_DOCUMENT: Final[CodeSystem[IdentityDocument]] = CodeSystem(
    url=f"{_OWN}/identity-document",
    title="Identiteitsbewijs",
    texts={
        "passport": "Paspoort",
        "identity-card": "Identiteitskaart",
        "driving-licence": "Rijbewijs",
        "residence-permit": "Verblijfsdocument",
    },
)

LivingSituation = Literal["at-home", "private-residence", "institution"]
LIVING_SITUATION: Final[CodeSystem[LivingSituation]] = CodeSystem(
    url=f"{_OWN}/living-situation",
    title="Woonsituatie",
    texts={
        "at-home": "Thuis",
        "private-residence": "Particuliere woonvorm, de huisarts is hoofdbehandelaar",
        "institution": "Instelling met een eigen behandelaar",
    },
)

"""Example records as the JSON that a sender writes.

All persons are invented; numbers come from the test ranges; everything carries HTEST.
"""

from typing import Any

from mappings.toolkit.identity import Ids

Json = dict[str, Any]

IDS = Ids(b"key of the mapping tests, no secr")

GP = "90000001"
MESO = "90000002"
NURSING = "90000003"
WELFARE = "90000004"
PHYSIO = "90000005"

HAVERKORT = {"ura": GP, "uzi": "900000011"}
ROELVINK = {"ura": MESO, "uzi": "900000021"}
DUSSEL = {"ura": MESO, "uzi": "900000022"}
AIT_OUALI = {"ura": NURSING, "uzi": "900000031"}

BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
URA = "http://fhir.nl/fhir/NamingSystem/ura"
UZI = "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers"
MESO_CANONICAL = "https://mesozorg.example/fhir"
HIS = "https://wilgenhof.example/his"


def referral(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{HIS}/verwijzing", "value": "2026-0417"},
        "authoredOn": "2026-05-11T09:20:00+02:00",
        "requestedService": "trajectory",
        "steppedCare": "SC-4",
        "referrer": HAVERKORT,
        "receiver": {"ura": MESO},
        "patient": patient(),
        "question": "Kan mevrouw veilig thuis blijven wonen, en wat is daarvoor nodig?",
        "complexity": "multi-domain",
        "homeVisit": True,
        "problems": [
            {
                "identifier": {"system": f"{HIS}/probleem", "value": "a-1"},
                "domain": "medical",
                "text": "Hartfalen, telkens verergerend",
                "code": {"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "K77"},
            },
            {
                "identifier": {"system": f"{HIS}/probleem", "value": "a-2"},
                "domain": "social",
                "text": "Dochter is overbelast",
            },
        ],
        "tried": ["Medicatie aangepast met de apotheker", "Wijkverpleging opgehoogd"],
        "priority": "routine",
        "agreement": {
            "agreed": True,
            "agreedOn": "2026-05-08",
            "recordedBy": HAVERKORT,
            "explanationGiven": True,
        },
        "synthetic": True,
        **overrides,
    }


def patient(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{HIS}/patient", "value": "10442"},
        "bsn": "999900006",
        "family": "Wolderink",
        "given": ["Geesje", "Maria"],
        "birthDate": "1942-03-04",
        "gender": "female",
        "address": {
            "street": "Achterpad",
            "houseNumber": "12",
            "houseNumberSuffix": "b",
            "postalCode": "6999 ZZ",
            "city": "Vossendaal",
        },
        "phone": "0555-010203",
        **overrides,
    }


def consent(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/toestemming", "value": "t-7"},
        "patient": "p-1",
        "type": "CON-5",
        "kind": "explicit",
        "givenBy": "patient",
        "recordedBy": ROELVINK,
        "givenTo": [MESO],
        "dateTime": "2026-06-02T11:00:00+02:00",
        "form": "oral",
        "party": {"ura": NURSING},
        "trajectory": "e-1",
        "period": {"start": "2026-06-02"},
        "alignment": "afstemming 2026-05-30",
        "synthetic": True,
        **overrides,
    }


def care_plan(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/plan", "value": "zbp-31"},
        "replaces": {"system": "https://singel.example/plan", "value": "zbp-12"},
        "trajectory": "e-1",
        "referral": "sr-1",
        "assessments": ["ci-1"],
        "conversations": ["pr-1"],
        "patient": "p-1",
        "author": ROELVINK,
        "contributors": ["patient", {"relatedPerson": "rp-1"}, HAVERKORT, {"ura": NURSING}],
        "created": "2026-06-01T15:00:00+02:00",
        "period": {"start": "2026-06-01", "end": "2026-12-01"},
        "title": "Zorgbehandelplan",
        "summary": "Thuis blijven met minder benauwdheid en rust voor de dochter.",
        "problems": [
            {
                "key": "hartfalen",
                "domain": "medical",
                "kind": "action",
                "text": "Hartfalen",
                "code": {"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "K77"},
                "rank": 1,
            },
            {
                "key": "mantelzorg",
                "domain": "social",
                "kind": "insight",
                "text": "Zorglast dochter",
                "rank": 2,
                "links": [
                    {"kind": "related", "problem": "hartfalen"},
                    {"kind": "due-to", "problem": "hartfalen"},
                ],
            },
            {
                "key": "dochter",
                "domain": "psychological",
                "kind": "insight",
                "text": "De dochter slaapt slecht en is somber",
                "rank": 3,
                "links": [{"kind": "followed", "problem": "mantelzorg"}],
                "naaste": "rp-1",
            },
        ],
        "goals": [
            {
                "key": "tuin",
                "text": "Zelf weer de tuin in kunnen",
                "expressedBy": "patient",
                "qualityOfLife": "Buiten zijn is wat de dag goed maakt",
                "problems": ["hartfalen"],
                "wishes": ["ziekenhuis"],
                "start": "2026-06-02",
                "target": {
                    "measure": "Gewicht",
                    "code": {"system": "http://snomed.info/sct", "code": "27113001"},
                    "detail": "Tussen 62 en 64 kilo",
                },
                "due": "2026-09-01",
                "priority": "high-priority",
                "achievement": "improving",
            },
            {
                "key": "rust",
                "text": "Twee vrije avonden voor de dochter",
                "expressedBy": "naaste",
                "naaste": "rp-1",
                "qualityOfLife": "Samen koffie drinken zonder zorgtaken",
                "problems": ["mantelzorg", "dochter"],
            },
        ],
        "actions": [
            {
                "key": "wegen",
                "what": "Dagelijks wegen en bij twee kilo erbij bellen",
                "why": "Vocht vroeg zien voorkomt benauwdheid",
                "purpose": "treatment",
                "owner": AIT_OUALI,
                "performers": ["patient", {"name": "Buurvrouw van nummer 14"}],
                "bestFit": {
                    "reasons": ["expertise", "click"],
                    "text": "Komt er al twee jaar",
                    "provider": {"ura": NURSING},
                },
                "timing": "Elke ochtend voor het ontbijt",
                "when": {"start": "2026-06-02", "end": "2026-09-01"},
                "goals": ["tuin"],
                "patientFacing": True,
                "progress": {
                    "status": "in-progress",
                    "notes": [{"text": "Weegschaal staat klaar", "author": AIT_OUALI}],
                },
            },
            {
                "key": "oefenen",
                "what": "Twee keer per week lopen onder begeleiding",
                "why": "Kracht om de drempel over te komen",
                "owner": {"ura": PHYSIO},
                "goals": ["tuin"],
                "progress": {
                    "status": "on-hold",
                    "statusReason": {"code": "not-now", "text": "Eerst minder vocht"},
                },
            },
            {
                "key": "bezoek",
                "what": "Wekelijks bezoek van een vrijwilliger",
                "why": "Geeft de dochter lucht",
                "purpose": "naaste-support",
                "naaste": "rp-1",
                "owner": {"ura": WELFARE},
                "performers": [{"relatedPerson": "rp-2"}],
                "goals": ["rust"],
            },
        ],
        "nots": [
            {
                "key": "geen-opname",
                "what": "Niet insturen bij benauwdheid alleen",
                "why": "De vorige opname kostte meer dan zij bracht",
                "concerns": [NURSING],
            }
        ],
        "scenarios": [
            {
                "key": "crisis",
                "event": "Toenemende benauwdheid in de nacht",
                "whatToDo": "Extra plaspil geven en de dienst bellen",
                "who": [NURSING],
                "naasten": ["rp-1"],
                "kind": "acute-deterioration",
                "when": {"start": "2026-06-02", "end": "2026-12-01"},
                "why": "Drie keer eerder in de winter",
            }
        ],
        "voice": {"text": "Ik wil mijn rozen nog zien bloeien."},
        "wishes": [
            {"key": "reanimatie", "treatment": "89666000", "decision": "do-not"},
            {
                "key": "ziekenhuis",
                "treatment": "32485007",
                "decision": "other",
                "text": "Alleen als het thuis echt niet gaat",
                "discussedOn": "2026-05-20",
            },
        ],
        "tradeOffs": [
            {
                "key": "plaspil",
                "weighed": "Minder vocht tegen vaker naar het toilet en kans op vallen",
                "decided": "Plaspil in de ochtend: overdag is er iemand in de buurt",
                "about": ["wegen", "tuin"],
            }
        ],
        "adjustments": [{"part": "rust", "party": NURSING, "change": "add"}],
        "synthetic": True,
        **overrides,
    }


def mdo(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/mdo", "value": "m-9"},
        "trajectory": "e-1",
        "patient": "p-1",
        "start": "2026-06-10T13:00:00+02:00",
        "end": "2026-06-10T14:00:00+02:00",
        "form": "hybrid",
        "organiser": MESO,
        "chair": ROELVINK,
        "agenda": {
            "ura": MESO,
            "identifier": {"system": "https://singel.example/plan", "value": "zbp-31"},
        },
        "invitees": [
            {"party": HAVERKORT, "function": "gp", "response": "accepted"},
            {
                "party": {"ura": NURSING},
                "function": "community-nurse",
                "consent": {"system": "https://singel.example/toestemming", "value": "t-6"},
            },
        ],
        "naaste": {
            "relatedPerson": "rp-1",
            "consent": {"system": "https://singel.example/toestemming", "value": "t-5"},
        },
        "held": {
            "start": "2026-06-10T13:05:00+02:00",
            "end": "2026-06-10T13:50:00+02:00",
            "attended": [ROELVINK, HAVERKORT],
            "patientAttended": True,
            "naasteAttended": True,
            "outputs": {
                "shared": ["Wat de cardioloog schreef"],
                "goals": ["tuin"],
                "priorities": ["Eerst het vocht"],
                "agreements": ["wegen", "bezoek"],
                "outlook": ["Achteruitgang in de winter is te verwachten"],
            },
        },
        "synthetic": True,
        **overrides,
    }


def trajectory(**overrides: object) -> Json:
    started = "2026-05-15T10:00:00+02:00"
    return {
        "identifier": {"system": f"{MESO_CANONICAL}/NamingSystem/trajectory", "value": "sr-1"},
        "patient": "p-1",
        "referral": "sr-1",
        "practice": MESO,
        "statusHistory": [
            {"status": "planned", "start": started, "end": "2026-05-20T14:00:00+02:00"}
        ],
        "steps": [
            {
                "step": "SC-2",
                "period": {"start": "2026-01-10", "end": "2026-05-15"},
                "decidedBy": HAVERKORT,
                "previous": "SC-1",
            },
            {
                "step": "SC-4",
                "period": {"start": started},
                "decidedBy": ROELVINK,
                "reason": "Drie domeinen die elkaar beïnvloeden",
                "previous": "SC-2",
            },
        ],
        "started": started,
        "phases": [
            {
                "phase": "diagnostic",
                "start": "2026-05-20T14:00:00+02:00",
                "end": "2026-06-10T14:00:00+02:00",
            },
            {"phase": "treatment", "start": "2026-06-10T14:00:00+02:00"},
        ],
        "regieHolder": ROELVINK,
        "members": [
            {"who": HAVERKORT, "role": "hoofdbehandelaar", "start": started},
            {"who": ROELVINK, "role": "regiehouder", "start": started},
            {"who": DUSSEL, "role": "coordinator", "start": started},
            {"who": "patient", "role": "patient", "start": started},
            {"who": {"relatedPerson": "rp-1"}, "role": "naaste", "start": started},
            {"who": {"ura": GP}, "role": "brondossierhouder", "start": started},
            {"who": ROELVINK, "role": "medebehandelaar", "start": started},
        ],
        "synthetic": True,
        **overrides,
    }


def closing(trajectory_id: str, **overrides: object) -> Json:
    return {
        "trajectory": trajectory_id,
        "endReason": "END-1",
        "on": "2026-11-20T16:00:00+01:00",
        "decidedBy": ROELVINK,
        "successor": {"ura": GP, "uzi": "900000012"},
        "continuingParties": [NURSING],
        "checklist": [
            {"point": "C1", "met": True},
            {"point": "C7", "met": True, "remark": "POH neemt over"},
        ],
        "synthetic": True,
        **overrides,
    }


def staff_entry(**overrides: object) -> Json:
    return {
        **ROELVINK,
        "function": "meso-so",
        "specialty": "01.047",
        "phone": "0555-040506",
        "period": {"start": "2025-01-01"},
        "synthetic": True,
        **overrides,
    }

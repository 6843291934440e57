"""Example records as the JSON that a sender writes, and a referral as a supplier would send it.

All persons are invented; numbers come from the test ranges; everything carries HTEST.
"""

from typing import Any

from mappings.identity import Ids

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
        "trajectory": "e-1",
        "referral": "sr-1",
        "patient": "p-1",
        "author": ROELVINK,
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
            },
        ],
        "goals": [
            {
                "key": "tuin",
                "text": "Zelf weer de tuin in kunnen",
                "expressedBy": "patient",
                "qualityOfLife": "Buiten zijn is wat de dag goed maakt",
                "problems": ["hartfalen"],
                "due": "2026-09-01",
                "priority": "high-priority",
            },
            {
                "key": "rust",
                "text": "Twee vrije avonden voor de dochter",
                "expressedBy": "naaste",
                "naaste": "rp-1",
                "qualityOfLife": "Samen koffie drinken zonder zorgtaken",
                "problems": ["mantelzorg"],
            },
        ],
        "actions": [
            {
                "key": "wegen",
                "what": "Dagelijks wegen en bij twee kilo erbij bellen",
                "why": "Vocht vroeg zien voorkomt benauwdheid",
                "owner": AIT_OUALI,
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
                "owner": {"ura": WELFARE},
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
                "kind": "acute-deterioration",
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
        "started": started,
        "regieHolder": ROELVINK,
        "members": [
            {"who": HAVERKORT, "role": "hoofdbehandelaar", "start": started},
            {"who": ROELVINK, "role": "regiehouder", "start": started},
            {"who": DUSSEL, "role": "coordinator", "start": started},
            {"who": "patient", "role": "patient", "start": started},
            {"who": {"relatedPerson": "rp-1"}, "role": "naaste", "start": started},
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


# --- the referral as a GP supplier writes it by hand --------------------------------------------

HTEST = {
    "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]
}


def own_number(system: str, value: str, ura: str = GP) -> Json:
    return {
        "system": system,
        "value": value,
        "assigner": {"identifier": {"system": URA, "value": ura}},
    }


def entry(name: str, resource: Json) -> Json:
    return {
        "fullUrl": f"urn:uuid:{name}",
        "resource": {"meta": HTEST, **resource},
        "request": {"method": "POST", "url": resource["resourceType"]},
    }


def list_code(name: str, code: str) -> Json:
    return {"coding": [{"system": f"{MESO_CANONICAL}/CodeSystem/{name}", "code": code}]}


def snomed(code: str) -> Json:
    return {"coding": [{"system": "http://snomed.info/sct", "code": code}]}


def _supplier_consent(con: str, more: Json, actions: list[Json]) -> Json:
    structure = f"{MESO_CANONICAL}/StructureDefinition"
    access = {
        "coding": [
            {"system": "http://terminology.hl7.org/CodeSystem/consentaction", "code": "access"}
        ]
    }
    return {
        "resourceType": "Consent",
        "extension": [
            {"url": f"{structure}/ext-consent-kind", "valueCode": "explicit"},
            {
                "url": f"{structure}/ext-consent-obtained-by",
                "valueReference": {"reference": "urn:uuid:role"},
            },
            {
                "url": f"{structure}/ext-consent-referral",
                "valueReference": {"reference": "urn:uuid:request"},
            },
            *([more] if more else []),
        ],
        "identifier": [own_number(f"{HIS}/verwijzing", f"2026-0417.{con}")],
        "status": "active",
        "scope": {
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/consentscope",
                    "code": "patient-privacy",
                }
            ]
        },
        "category": [
            list_code("consent-type", con),
            {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]},
        ],
        "patient": {"reference": "urn:uuid:patient"},
        "dateTime": "2026-05-08",
        "performer": [{"reference": "urn:uuid:patient"}],
        "organization": [{"reference": "urn:uuid:practice"}],
        "sourceAttachment": {
            "extension": [{"url": f"{structure}/ext-consent-form", "valueCode": "oral"}]
        },
        "policy": [{"uri": f"{MESO_CANONICAL}/policy/consent/1"}],
        "provision": {
            "type": "permit",
            "period": {"start": "2026-05-08"},
            "actor": [
                {
                    "role": {
                        "coding": [
                            {
                                "system": "http://terminology.hl7.org/CodeSystem/"
                                "v3-ParticipationType",
                                "code": "IRCP",
                            }
                        ]
                    },
                    "reference": {"identifier": {"system": URA, "value": MESO}},
                }
            ],
            "action": [access, *actions],
            "purpose": [
                {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "TREAT"}
            ],
            "class": [
                {"system": f"{MESO_CANONICAL}/CodeSystem/data-category", "code": "his"},
                {"system": f"{MESO_CANONICAL}/CodeSystem/data-category", "code": "ouderenmodule"},
            ],
        },
    }


def supplier_bundle() -> Json:
    """The same referral as `referral()`, with names of its own and the GP's register entries."""
    structure = f"{MESO_CANONICAL}/StructureDefinition"
    hl7 = "http://hl7.org/fhir/StructureDefinition"
    gp = {"reference": "urn:uuid:role", "display": "H. Haverkort"}
    meso = {"type": "Organization", "identifier": {"system": URA, "value": MESO}}
    request: Json = {
        "resourceType": "ServiceRequest",
        "extension": [
            {
                "url": f"{structure}/ext-referral-tried",
                "valueString": "Medicatie aangepast met de apotheker",
            },
            {"url": f"{structure}/ext-referral-tried", "valueString": "Wijkverpleging opgehoogd"},
        ],
        "identifier": [own_number(f"{HIS}/verwijzing", "2026-0417")],
        "status": "active",
        "intent": "order",
        "category": [list_code("stepped-care-step", "SC-4"), snomed("3457005")],
        "priority": "routine",
        "code": list_code("requested-service", "trajectory"),
        "orderDetail": [
            list_code("home-visit", "needed"),
            list_code("complexity-type", "multi-domain"),
        ],
        "subject": {"reference": "urn:uuid:patient"},
        "authoredOn": "2026-05-11T07:20:00Z",
        "requester": gp,
        "performer": [meso],
        "reasonCode": [
            {"text": "Kan mevrouw veilig thuis blijven wonen, en wat is daarvoor nodig?"}
        ],
        "reasonReference": [
            {"reference": "urn:uuid:problem-1"},
            {"reference": "urn:uuid:problem-2"},
        ],
        "supportingInfo": [{"reference": "urn:uuid:con-1"}, {"reference": "urn:uuid:con-2"}],
    }
    task: Json = {
        "resourceType": "Task",
        "identifier": [own_number(f"{HIS}/verwijzing", "2026-0417")],
        "groupIdentifier": own_number(f"{HIS}/verwijzing", "2026-0417"),
        "status": "requested",
        "intent": "order",
        "code": {
            "coding": [
                {"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fullfill"},
                {"system": "http://snomed.info/sct", "code": "3457005"},
            ]
        },
        "focus": {"reference": "urn:uuid:request"},
        "for": {"identifier": {"system": BSN, "value": "999900006"}},
        "authoredOn": "2026-05-11T09:20:00+02:00",
        "lastModified": "2026-05-11T09:20:01+02:00",
        "requester": gp,
        "owner": meso,
    }
    person: Json = {
        "resourceType": "Patient",
        "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'/>"},
        "identifier": [
            {"system": BSN, "value": "999900006"},
            own_number(f"{HIS}/patient", "10442"),
        ],
        "name": [{"family": "Wolderink", "given": ["Geesje", "Maria"]}],
        "telecom": [{"system": "phone", "value": "0555-010203"}],
        "gender": "female",
        "birthDate": "1942-03-04",
        "address": [
            {
                "line": ["Achterpad 12 b"],
                "_line": [
                    {
                        "extension": [
                            {"url": f"{hl7}/iso21090-ADXP-streetName", "valueString": "Achterpad"},
                            {"url": f"{hl7}/iso21090-ADXP-houseNumber", "valueString": "12"},
                            {
                                "url": f"{hl7}/iso21090-ADXP-buildingNumberSuffix",
                                "valueString": "b",
                            },
                        ]
                    }
                ],
                "city": "Vossendaal",
                "postalCode": "6999 ZZ",
            }
        ],
        "generalPractitioner": [gp],
    }
    active = {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                "code": "active",
            }
        ]
    }
    problem_1: Json = {
        "resourceType": "Condition",
        "identifier": [own_number(f"{HIS}/probleem", "a-1")],
        "clinicalStatus": active,
        "category": [list_code("problem-domain", "medical")],
        "code": {
            "coding": [{"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "K77"}],
            "text": "Hartfalen, telkens verergerend",
        },
        "subject": {"reference": "urn:uuid:patient"},
    }
    problem_2: Json = {
        "resourceType": "Condition",
        "identifier": [own_number(f"{HIS}/probleem", "a-2")],
        "clinicalStatus": active,
        "category": [list_code("problem-domain", "social")],
        "code": {"text": "Dochter is overbelast"},
        "subject": {"reference": "urn:uuid:patient"},
    }
    given = {"url": f"{structure}/ext-consent-explanation-given", "valueBoolean": True}
    actions = [list_code("consent-action", c) for c in ("copy", "create-episode", "prescribe")]
    role: Json = {
        "resourceType": "PractitionerRole",
        "practitioner": {"reference": "urn:uuid:person"},
        "organization": {"reference": "urn:uuid:practice"},
    }
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "timestamp": "2026-05-11T09:20:02+02:00",
        "entry": [
            entry("practice", _organization("Huisartspraktijk De Wilgenhof", GP)),
            entry("person", {"resourceType": "Practitioner", "identifier": [_uzi()]}),
            entry("role", role),
            entry("patient", person),
            entry("problem-1", problem_1),
            entry("problem-2", problem_2),
            entry("con-1", _supplier_consent("CON-1", given, [])),
            entry("con-2", _supplier_consent("CON-2", {}, actions)),
            entry("request", request),
            entry("task", task),
        ],
    }


def _organization(name: str, ura: str) -> Json:
    return {
        "resourceType": "Organization",
        "identifier": [{"system": URA, "value": ura}],
        "name": name,
    }


def _uzi() -> Json:
    return {"system": "http://fhir.nl/fhir/NamingSystem/uzi", "value": "900000011"}

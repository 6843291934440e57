"""The referral of `builders.referral()` as a GP supplier writes it by hand: names of its own, and the
GP's register entries beside it.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.mappings.builders import BSN, GP, HIS, MESO, MESO_CANONICAL, URA, UZI

Json = dict[str, Any]

HTEST = {
    "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]
}


def urn(name: str) -> str:
    """fullUrl of an entry: the same name is the same UUID."""
    return uuid5(NAMESPACE_URL, f"https://wilgenhof.example/{name}").urn


def own_number(system: str, value: str, ura: str = GP) -> Json:
    return {
        "system": system,
        "value": value,
        "assigner": {"identifier": {"system": URA, "value": ura}},
    }


def entry(name: str, resource: Json) -> Json:
    return {
        "fullUrl": urn(name),
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
                "valueReference": {"reference": urn("role")},
            },
            {
                "url": f"{structure}/ext-consent-referral",
                "valueReference": {"reference": urn("request")},
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
        "patient": {"reference": urn("patient")},
        "dateTime": "2026-05-08",
        "performer": [{"reference": urn("patient")}],
        "organization": [{"reference": urn("practice")}],
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
    gp = {"reference": urn("role"), "display": "H. Haverkort"}
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
        "subject": {"reference": urn("patient")},
        "authoredOn": "2026-05-11T07:20:00Z",
        "requester": gp,
        "performer": [meso],
        "reasonCode": [
            {"text": "Kan mevrouw veilig thuis blijven wonen, en wat is daarvoor nodig?"}
        ],
        "reasonReference": [
            {"reference": urn("problem-1")},
            {"reference": urn("problem-2")},
        ],
        "supportingInfo": [{"reference": urn("con-1")}, {"reference": urn("con-2")}],
    }
    task: Json = {
        "resourceType": "Task",
        "identifier": [own_number(f"{HIS}/verwijzing", "2026-0417")],
        "groupIdentifier": own_number(f"{HIS}/verwijzing", "2026-0417"),
        "status": "requested",
        "intent": "order",
        "code": {
            "coding": [
                {"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"},
                {"system": "http://snomed.info/sct", "code": "3457005"},
            ]
        },
        "focus": {"reference": urn("request")},
        "for": {"identifier": {"system": BSN, "value": "999900006"}},
        "authoredOn": "2026-05-11T09:20:00+02:00",
        "lastModified": "2026-05-11T09:20:01+02:00",
        "requester": gp,
        "owner": meso,
    }
    person: Json = {
        "resourceType": "Patient",
        "text": {
            "status": "generated",
            "div": '<div xmlns="http://www.w3.org/1999/xhtml">Geesje Wolderink</div>',
        },
        "identifier": [
            {"system": BSN, "value": "999900006"},
            own_number(f"{HIS}/patient", "10442"),
        ],
        "name": [
            {
                "family": "Wolderink",
                "given": ["Geesje", "Maria"],
                "_given": [
                    {"extension": [{"url": f"{hl7}/iso21090-EN-qualifier", "valueCode": "BR"}]}
                    for _ in range(2)
                ],
            }
        ],
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
        "subject": {"reference": urn("patient")},
    }
    problem_2: Json = {
        "resourceType": "Condition",
        "identifier": [own_number(f"{HIS}/probleem", "a-2")],
        "clinicalStatus": active,
        "category": [list_code("problem-domain", "social")],
        "code": {"text": "Dochter is overbelast"},
        "subject": {"reference": urn("patient")},
    }
    given = {"url": f"{structure}/ext-consent-explanation-given", "valueBoolean": True}
    actions = [list_code("consent-action", c) for c in ("copy", "create-episode", "prescribe")]
    role: Json = {
        "resourceType": "PractitionerRole",
        "practitioner": {"reference": urn("person")},
        "organization": {"reference": urn("practice")},
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


def resource_of(bundle: Json, name: str) -> Json:
    """The resource of the entry with this name."""
    return next(e["resource"] for e in bundle["entry"] if e["fullUrl"] == urn(name))


def person(uzi: str) -> Json:
    """Reference to somebody of the GP practice by number alone."""
    return {"identifier": own_number(UZI, uzi)}

"""Messages in foreign shapes, as somebody else's software would write them. All of it is invented.

The referrals say what `builders.referral()` says; what they say besides is kept.
"""

from typing import Any

from adapter.fhir.constants import ACT_REASON, AGB
from tests.mappings.builders import AIT_OUALI, BSN, GP, HIS, MESO, NURSING, ROELVINK, URA, UZI
from tests.mappings.supplier import (
    HTEST,
    list_code,
    own_number,
    resource_of,
    snomed,
    supplier_bundle,
    urn,
)

Json = dict[str, Any]

TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
TEXT = "http://nictiz.nl/fhir/StructureDefinition/ext-TextValue"
QUESTION = "Kan mevrouw veilig thuis blijven wonen, en wat is daarvoor nodig?"
OWN = "https://mesozorg.example/fhir"
CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
USE_CASE = "http://nuts-foundation.github.io/nl-generic-functions-ig/CodeSystem/nl-gf-consent-scope"
TWIIN = "https://www.twiin.nl/tanp/CodeSystem/tanp-codes"


def transaction(**resources: Json) -> Json:
    """A transaction of these resources, by the name that they give each other."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": urn(name.replace("_", "-")),
                "resource": {"meta": HTEST, **resource},
                "request": {"method": "POST", "url": resource["resourceType"]},
            }
            for name, resource in resources.items()
        ],
    }


def collection(*resources: Json) -> Json:
    entries = [{"resource": {"meta": HTEST, **resource}} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def resources_of(bundle: Json) -> list[Json]:
    return [entry["resource"] for entry in bundle["entry"]]


def one(bundle: Json, kind: str) -> Json:
    return next(x for x in resources_of(bundle) if x["resourceType"] == kind)


def _parts() -> dict[str, Json]:
    """What every referral brings along, by name."""
    bundle = supplier_bundle()
    names = ("practice", "person", "role", "patient", "problem-1", "problem-2", "con-1", "con-2")
    return {name.replace("-", "_"): resource_of(bundle, name) for name in names}


def _meso(name: str = "Specialisten ouderengeneeskunde Singel") -> Json:
    return {
        "resourceType": "Organization",
        "identifier": [
            {"system": "http://fhir.nl/fhir/NamingSystem/agb", "value": "73730001"},
            {"system": URA, "value": MESO},
        ],
        "name": name,
    }


# --- Nictiz ELZ -------------------------------------------------------------------------------


def section(title: str, code: str, text: str | None, **more: object) -> Json:
    told = {} if text is None else {"extension": [{"url": TEXT, "valueString": text}]}
    return {
        **told,
        "title": title,
        "code": snomed(code),
        "text": {
            "status": "extensions",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{title}: {text}</div>',
        },
        **more,
    }


def elz() -> Json:
    ours = resource_of(supplier_bundle(), "request")
    gp = {"reference": urn("role"), "type": "PractitionerRole", "display": "H. Haverkort"}
    subject = {"reference": urn("patient"), "type": "Patient", "display": "G. Wolderink"}
    letter_type = {"system": "urn:oid:2.16.840.1.113883.2.4.4.30.69", "code": "1"}
    request = {
        "resourceType": "ServiceRequest",
        "identifier": ours["identifier"],
        "status": "completed",
        "intent": "order",
        "category": [
            {"coding": [{**letter_type, "display": "Verwijsbrief"}]},
            list_code("stepped-care-step", "SC-4"),
        ],
        "priority": "routine",
        "code": ours["code"],
        "orderDetail": ours["orderDetail"],
        "subject": subject,
        "authoredOn": "2026-05-11T09:20:00+02:00",
        "requester": gp,
        "performer": [{"reference": urn("receiver"), "display": "Singel"}],
        "supportingInfo": [
            {"reference": urn("con-1")},
            {"reference": urn("con-2")},
            {"reference": urn("letter"), "type": "Composition", "display": "Referral note"},
        ],
        "patientInstruction": "Neem uw medicijnlijst mee.",
    }
    task = {
        "resourceType": "Task",
        "status": "requested",
        "intent": "order",
        "code": snomed("3457005"),
        "focus": {"reference": urn("request"), "display": "Verwijsbrief"},
        "for": subject,
        "authoredOn": "2026-05-11",
        "requester": gp,
        "owner": {"reference": urn("receiver")},
        "description": "Verwijzing",
    }
    letter = {
        "resourceType": "Composition",
        "status": "final",
        "type": {"coding": [{"system": "http://loinc.org", "code": "57133-1"}]},
        "subject": subject,
        "date": "2026-05-11",
        "author": [gp],
        "title": "Verwijsbrief",
        "confidentiality": "N",
        "section": [
            {
                "title": "Kern",
                "code": snomed("406550009"),
                "section": [
                    section(
                        "Reden bericht",
                        "440378000",
                        QUESTION,
                        entry=[{"reference": urn("problem-1")}, {"reference": urn("problem-2")}],
                    ),
                    section(
                        "Ingestelde behandeling",
                        "108631000146107",
                        "Medicatie aangepast met de apotheker",
                    ),
                    section(
                        "Ingestelde behandeling", "108631000146107", "Wijkverpleging opgehoogd"
                    ),
                    section(
                        "Verder van belang", "159121000146100", "Kan op dinsdag niet: dagbesteding."
                    ),
                ],
            },
            section("Laboratoriumuitslagen", "15220000", None, entry=[{"reference": urn("lab")}]),
        ],
    }
    lab = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "NT-proBNP"},
        "valueQuantity": {"value": 412, "unit": "pmol/L"},
    }
    return transaction(
        **_parts(), receiver=_meso(), lab=lab, letter=letter, task=task, request=request
    )


# --- shared care planning ---------------------------------------------------------------------


def scp(status: str = "requested", **more: object) -> Json:
    """A Task with its order, the requester's role and the team contained in it."""
    ours = resource_of(supplier_bundle(), "request")
    role = {
        "resourceType": "PractitionerRole",
        "id": "asker",
        "identifier": [{"system": "https://wilgenhof.example/gebruiker", "value": "hh"}],
        "practitioner": {"identifier": own_number(UZI, "900000011")},
        "organization": {"identifier": {"system": URA, "value": GP}},
    }
    team = {
        "resourceType": "CareTeam",
        "id": "team",
        "status": "active",
        "participant": [{"member": {"identifier": {"system": URA, "value": NURSING}}}],
    }
    request = {
        **{x: y for x, y in ours.items() if x not in ("meta", "performer", "supportingInfo")},
        "id": "order",
        "meta": HTEST,
        "requester": {"reference": "#asker"},
        "code": {
            "coding": [
                *ours["code"]["coding"],
                {"system": "http://snomed.info/sct", "code": "3457005"},
            ]
        },
        "supportingInfo": [{"reference": "Observation/gewicht-3", "display": "Gewicht"}],
        "performerType": {"text": "specialist ouderengeneeskunde"},
    }
    task = {
        "resourceType": "Task",
        "contained": [request, role, team],
        "identifier": ours["identifier"],
        "basedOn": [{"reference": "https://regie.example/fhir/CarePlan/31", "type": "CarePlan"}],
        "status": status,
        "intent": "order",
        "code": {"coding": [{"system": TASK_CODE, "code": "fullfill"}]},
        "focus": {"reference": "#order", "type": "ServiceRequest"},
        "for": {
            "reference": urn("patient"),
            "type": "Patient",
            "identifier": {"system": BSN, "value": "999900006"},
        },
        "authoredOn": "2026-05-11T09:20:00+02:00",
        "lastModified": "2026-05-11T09:20:01+02:00",
        "requester": {"reference": "#asker", "type": "PractitionerRole"},
        "owner": {"type": "Organization", "identifier": {"system": URA, "value": MESO}},
        "reasonCode": snomed("84114007"),
        **more,
    }
    parts = {name: x for name, x in _parts().items() if not name.startswith("con_")}
    return transaction(**parts, request=task)


def scp_answer() -> Json:
    """Taken up as a trajectory; who decided is said as we say it."""
    decider = {
        "url": f"{OWN}/StructureDefinition/ext-intake-decider",
        "extension": [
            {
                "url": "who",
                "valueReference": {"identifier": own_number(UZI, ROELVINK["uzi"], MESO)},
            },
            {
                "url": "function",
                "valueCoding": list_code("professional-function", "meso-so")["coding"][0],
            },
        ],
    }
    full = scp(
        "accepted",
        extension=[decider],
        businessStatus=list_code("business-status", "trajectory"),
        statusReason={"text": "Drie domeinen die elkaar beïnvloeden"},
        output=[
            {
                "type": list_code("intake-output", "trajectory"),
                "valueReference": {"reference": "EpisodeOfCare/e-1"},
            }
        ],
        lastModified="2026-05-15T10:00:00+02:00",
    )
    full["entry"] = [x for x in full["entry"] if x["resource"]["resourceType"] != "Condition"]
    return full


# --- routing ----------------------------------------------------------------------------------


def routed() -> Json:
    """The Task names a service and a place, and alone says who is to do it."""
    bundle = supplier_bundle()
    ours, task = resource_of(bundle, "request"), resource_of(bundle, "task")
    request = {
        **{name: value for name, value in ours.items() if name != "performer"},
        "instantiatesCanonical": ["https://singel.example/ActivityDefinition/meso|1"],
    }
    order = {
        **{x: y for x, y in task.items() if x not in ("focus", "identifier")},
        "basedOn": [{"reference": urn("request"), "display": "Verwijzing"}],
        "owner": {
            "reference": urn("service"),
            "type": "HealthcareService",
            "display": "MESO aan huis",
        },
        "location": {"reference": urn("place"), "type": "Location"},
    }
    service = {
        "resourceType": "HealthcareService",
        "identifier": [own_number("https://singel.example/dienst", "meso", MESO)],
        "active": True,
        "providedBy": {"reference": urn("receiver"), "display": "Singel"},
        "type": [list_code("requested-service", "trajectory")],
    }
    place = {"resourceType": "Location", "name": "Praktijk Singel", "mode": "instance"}
    return transaction(
        **_parts(), receiver=_meso(), service=service, place=place, request=request, task=order
    )


# --- notified pull ----------------------------------------------------------------------------


def _parameter(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def pull_r4(**more: object) -> Json:
    return {
        "resourceType": "Task",
        "meta": HTEST,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"{urn('pull')}"}],
        "groupIdentifier": {"system": "urn:ietf:rfc:3986", "value": f"{urn('pull-group')}"},
        "status": "requested",
        "intent": "proposal",
        "code": _parameter(TWIIN, "pull-notification"),
        "for": {"identifier": {"system": BSN, "value": "999900006"}, "type": "Patient"},
        "authoredOn": "2026-05-11T15:01:54+02:00",
        "requester": {
            "identifier": own_number("https://waterlinie.example/systeem", "zis-1", "90000008"),
            "display": "Ziekenhuis Waterlinie",
        },
        "owner": {"identifier": {"system": URA, "value": MESO}},
        "restriction": {"repetitions": 3, "period": {"end": "2026-05-25T15:01:54+02:00"}},
        "input": [
            {
                "type": _parameter(TWIIN, "authorization-base"),
                "valueString": "bmlldC1sZXplbi1kb29yZ2V2ZW4",
            },
            {
                "type": _parameter(TWIIN, "read-resource"),
                "valueReference": {"reference": "Observation/nt-probnp", "display": "Uitslag"},
            },
            {
                "type": {
                    "coding": [{"system": "http://loinc.org", "code": "11450-4"}],
                    "text": "Probleemlijst",
                },
                "valueString": "Condition?clinical-status=active",
            },
        ],
        "priority": "routine",
        **more,
    }


def pull_stu3(**more: object) -> Json:
    system = "http://fhir.nl/fhir/NamingSystem/TaskParameter"
    code = "http://fhir.nl/fhir/NamingSystem/TaskCode"
    return {
        **pull_r4(),
        "code": _parameter(code, "pull-notification"),
        "basedOn": [{"reference": "Task/wf-7"}],
        "requester": {
            "agent": {
                "identifier": {
                    "system": "http://fhir.nl/fhir/NamingSystem/uzi-nr-sys",
                    "value": "1234567",
                }
            },
            "onBehalfOf": {"identifier": {"system": URA, "value": "90000008"}},
        },
        "input": [
            {"type": _parameter(system, "authorization-base"), "valueString": "Z2VoZWlt"},
            {"type": _parameter(system, "get-workflow-task"), "valueBoolean": True},
        ],
        "context": {"reference": "EpisodeOfCare/e-4"},
        **more,
    }


# --- consent ----------------------------------------------------------------------------------


def _consent() -> Json:
    structure = f"{OWN}/StructureDefinition"
    return {
        "resourceType": "Consent",
        "meta": HTEST,
        "extension": [
            {
                "url": f"{structure}/ext-consent-obtained-by",
                "valueReference": {"identifier": own_number(UZI, AIT_OUALI["uzi"], NURSING)},
            }
        ],
        "identifier": [own_number("https://ruitenborgh.example/toestemming", "t-90", NURSING)],
        "status": "active",
        "category": [
            {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]},
            list_code("consent-type", "CON-5"),
        ],
        "patient": {"reference": "Patient/p-1"},
        "dateTime": "2026-06-02",
        "performer": [{"reference": "Patient/p-1"}],
        "organization": [{"identifier": {"system": URA, "value": MESO}}],
        "sourceReference": {"reference": "DocumentReference/d-4"},
        "policy": [
            {
                "authority": "https://waterlinie.example",
                "uri": "https://waterlinie.example/beleid/3",
            }
        ],
    }


def pcf(**provision: object) -> Json:
    """An intermediate consent: treatment, one recipient, one trajectory, one exception."""
    recipient = {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                "code": "IRCP",
            }
        ]
    }
    return {
        **_consent(),
        "scope": {"coding": [{"system": CONSENT_SCOPE, "code": "patient-privacy"}]},
        "provision": {
            "type": "permit",
            "actor": [
                {
                    "role": recipient,
                    "reference": {"identifier": {"system": URA, "value": NURSING}},
                }
            ],
            "purpose": [{"system": ACT_REASON, "code": "TREAT"}],
            "data": [{"meaning": "related", "reference": {"reference": "EpisodeOfCare/e-1"}}],
            "provision": [
                {
                    "type": "deny",
                    "dataPeriod": {"start": "2020-01-01", "end": "2020-12-31"},
                }
            ],
            **provision,
        },
    }


def nl_gf(**provision: object) -> Json:
    """As it is in use: a use case as scope, no role, no meaning."""
    trajectory = {
        "url": f"{OWN}/StructureDefinition/ext-consent-trajectory",
        "valueReference": {"reference": "EpisodeOfCare/e-1"},
    }
    whole = _consent()
    del whole["policy"]
    return {
        **whole,
        "extension": [*whole["extension"], trajectory],
        "scope": {"coding": [{"system": USE_CASE, "code": "eoverdracht"}]},
        "provision": {
            "type": "permit",
            "action": [
                {
                    "coding": [
                        {
                            "system": "http://terminology.hl7.org/CodeSystem/consentaction",
                            "code": "access",
                        }
                    ]
                }
            ],
            "actor": [{"reference": {"identifier": {"system": URA, "value": NURSING}}}],
            "purpose": [{"system": "http://hl7.org/fhir/v3/ActReason", "code": "TREAT"}],
            "data": [{"reference": {"reference": "Task/w-12", "type": "Task"}}],
            **provision,
        },
    }


EXAMPLES: dict[str, Json] = {
    "elz-referral": elz(),
    "scp-negotiation": scp(),
    "scp-answer": scp_answer(),
    "routed-referral": routed(),
    "notified-pull-r4": pull_r4(),
    "notified-pull-stu3": pull_stu3(),
    "pcf-consent": pcf(),
    "nl-gf-consent": nl_gf(),
}

AGB_OLD = "http://fhir.nl/fhir/NamingSystem/agb"
AGB_NOW = AGB
UZI_OLD = "http://fhir.nl/fhir/NamingSystem/uzi"
HIS_SYSTEM = HIS

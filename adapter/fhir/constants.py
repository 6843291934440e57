"""Addresses and codings that more than one room uses. Nothing here is computed.

The canonical base is a placeholder in the reserved example domain until a real one is given:
everything that MESO defines itself hangs below this one constant.
National systems: https://simplifier.net/nictiz-r4-zib2020 (NamingSystems of Nictiz).
"""

from typing import Final

CANONICAL: Final = "https://mesozorg.example/fhir"

FHIR_VERSION: Final = "4.0.1"
FHIR_JSON: Final = "application/fhir+json"
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
CONTENT_TYPE: Final = "application/fhir+json; charset=utf-8"

# --- identifier systems -----------------------------------------------------------------------

BSN: Final = "http://fhir.nl/fhir/NamingSystem/bsn"
PSEUDO_BSN: Final = "http://fhir.nl/fhir/NamingSystem/pseudo-bsn"
URA: Final = "http://fhir.nl/fhir/NamingSystem/ura"
UZI: Final = "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers"
UZI_SYSTEM: Final = "http://fhir.nl/fhir/NamingSystem/uzi-nr-sys"
AGB: Final = "http://fhir.nl/fhir/NamingSystem/agb-z"
BIG: Final = "http://fhir.nl/fhir/NamingSystem/big"
UZOVI: Final = "http://fhir.nl/fhir/NamingSystem/uzovi"
URI: Final = "urn:ietf:rfc:3986"

# Older spellings that are still sent; read as the system they mean, never emitted.
IDENTIFIER_ALIASES: Final = {
    "http://fhir.nl/fhir/NamingSystem/uzi": UZI,
    "http://fhir.nl/fhir/NamingSystem/agb": AGB,
    "urn:oid:2.16.840.1.113883.2.4.6.3": BSN,
    "urn:oid:2.16.528.1.1007.3.3": URA,
    "urn:oid:2.16.528.1.1007.3.1": UZI,
    "urn:oid:2.16.528.1.1007.3.2": UZI_SYSTEM,
    "urn:oid:2.16.840.1.113883.2.4.6.4": UZOVI,
    "https://tools.ietf.org/html/rfc4122": URI,
}

# --- code systems -----------------------------------------------------------------------------

UZI_ROLE: Final = "http://fhir.nl/fhir/NamingSystem/uzi-rolcode"
ORGANIZATION_TYPE: Final = "http://nictiz.nl/fhir/NamingSystem/organization-type"
SNOMED: Final = "http://snomed.info/sct"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
ICPC: Final = "http://hl7.org/fhir/sid/icpc-1-nl"
ACT_REASON: Final = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
PARTICIPATION_TYPE: Final = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
NULL_FLAVOR: Final = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
OBSERVATION_VALUE: Final = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"

_OWN: Final = f"{CANONICAL}/CodeSystem"
MESO_RULE: Final = f"{_OWN}/rule"
MESO_REQUESTED_SERVICE: Final = f"{_OWN}/requested-service"
MESO_STEPPED_CARE: Final = f"{_OWN}/stepped-care-step"
MESO_COMPLEXITY: Final = f"{_OWN}/complexity-type"
MESO_PROBLEM_DOMAIN: Final = f"{_OWN}/problem-domain"
MESO_PROBLEM_KIND: Final = f"{_OWN}/problem-kind"
MESO_TEAM_ROLE: Final = f"{_OWN}/team-role"
MESO_FUNCTION: Final = f"{_OWN}/professional-function"
MESO_PLAN_CATEGORY: Final = f"{_OWN}/plan-category"
MESO_PLAN_PART: Final = f"{_OWN}/plan-part"
MESO_TASK_CODE: Final = f"{_OWN}/task-code"
MESO_BUSINESS_STATUS: Final = f"{_OWN}/business-status"
MESO_STATUS_REASON: Final = f"{_OWN}/status-reason"
MESO_END_REASON: Final = f"{_OWN}/end-reason"
MESO_CLOSING_CHECK: Final = f"{_OWN}/closing-checklist"
MESO_CONSENT_TYPE: Final = f"{_OWN}/consent-type"
MESO_CONSENT_KIND: Final = f"{_OWN}/consent-kind"
MESO_CONSENT_ACTION: Final = f"{_OWN}/consent-action"
MESO_DOCUMENT_TYPE: Final = f"{_OWN}/document-type"
MESO_MDO_FORM: Final = f"{_OWN}/mdo-form"
MESO_MDO_REPEAT_REASON: Final = f"{_OWN}/mdo-repeat-reason"
MESO_SCENARIO_KIND: Final = f"{_OWN}/scenario-kind"
MESO_AUDIT_SUBTYPE: Final = f"{_OWN}/audit-subtype"

# --- labels and tags --------------------------------------------------------------------------

HTEST_CODE: Final = "HTEST"
SUBSETTED_CODE: Final = "SUBSETTED"


def htest() -> dict[str, str]:
    """Security label of invented data (a fresh Coding: resources are mutable)."""
    return {"system": ACT_REASON, "code": HTEST_CODE}


def subsetted() -> dict[str, str]:
    """Tag of a view from which elements were left out.

    https://hl7.org/fhir/R4/resource.html#Meta.tag
    """
    return {"system": OBSERVATION_VALUE, "code": SUBSETTED_CODE}

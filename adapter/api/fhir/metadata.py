"""CapabilityStatement: exactly what is offered, the same for everybody, made from the registry.

https://hl7.org/fhir/R4/http.html#capabilities
"""

from adapter.access.policy import Policy
from adapter.fhir.constants import CANONICAL, FHIR_VERSION
from adapter.fhir.json import Json
from adapter.settings import Settings
from mappings.search_values import SEARCH_PARAMETERS

_OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
_CODES = {"read": "read", "search": "search-type", "update": "update"}


def capability_statement(settings: Settings, policy: Policy, date: str) -> Json:
    """`date` is the day of the policy, so that the statement changes only when that does."""
    offered: dict[str, set[str]] = {}
    for role in policy.roles.values():
        for type_, interactions in role.interactions.items():
            offered.setdefault(type_, set()).update(interactions)
    offered.pop("Bundle", None)
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{CANONICAL}/CapabilityStatement/adapter",
        "name": "MesoAdapter",
        "status": "active",
        "date": date,
        "kind": "instance",
        "software": {"name": "MESO FHIR adapter"},
        "implementation": {"description": "MESO FHIR adapter", "url": settings.fhir_base},
        "fhirVersion": FHIR_VERSION,
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "security": {
                    "extension": [
                        {
                            "url": _OAUTH_URIS,
                            "extension": [{"url": "token", "valueUri": settings.token_url}],
                        }
                    ],
                    "service": [
                        {
                            "coding": [
                                {
                                    "system": "http://terminology.hl7.org/CodeSystem/"
                                    "restful-security-service",
                                    "code": "SMART-on-FHIR",
                                }
                            ]
                        }
                    ],
                },
                "resource": [
                    _resource(type_, interactions)
                    for type_, interactions in sorted(offered.items())
                ],
                "interaction": [{"code": "transaction"}],
            }
        ],
    }


def _resource(type_: str, interactions: set[str]) -> Json:
    known = {code: name for name, code in _CODES.items() if name in interactions}
    found: Json = {
        "type": type_,
        "interaction": [{"code": code} for code in known],
        "versioning": "versioned-update" if "update" in interactions else "versioned",
        "readHistory": False,
        "updateCreate": False,
    }
    parameters = [
        {"name": name, "type": parameter.kind}
        for name, parameter in sorted(SEARCH_PARAMETERS.get(type_, {}).items())
    ]
    return {**found, "searchParam": parameters} if parameters else found

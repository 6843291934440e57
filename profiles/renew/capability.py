"""CapabilityStatement of the package: the served one, without what belongs to an installation.

https://hl7.org/fhir/R4/capabilitystatement.html

Made by the same function that answers `/fhir/metadata`, so the two cannot drift.
"""

from typing import Final

from adapter.access.policy import load_policy
from adapter.api.fhir.metadata import capability_statement
from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json
from adapter.settings import Settings
from profiles.renew.searching import definition, offered

ADDRESS: Final = f"{CANONICAL}/CapabilityStatement/meso"
_OF_AN_INSTALLATION: Final = ("implementation", "software")


def requirements() -> Json:
    """What every MESO adapter offers: `kind` requirements."""
    policy = load_policy()
    served = capability_statement(Settings(), policy, policy.version)
    kept = {name: value for name, value in served.items() if name not in _OF_AN_INSTALLATION}
    return {
        **kept,
        "id": "meso",
        "url": ADDRESS,
        "version": "0.1.0",
        "title": "Wat een MESO-adapter aanbiedt",
        "status": "draft",
        "publisher": "MESO FHIR-adapter",
        "description": "Gemaakt uit dezelfde tabel als het antwoord op /fhir/metadata. Wat hier niet "
        "staat, wordt geweigerd. Er zijn geen operaties.",
        "kind": "requirements",
        "rest": [_without_addresses(rest) for rest in served["rest"]],
    }


def _without_addresses(rest: Json) -> Json:
    security = {name: v for name, v in rest["security"].items() if name != "extension"}
    resources = [_with_definitions(resource) for resource in rest["resource"]]
    return {**rest, "security": security, "resource": resources}


def _with_definitions(resource: Json) -> Json:
    type_ = resource["type"]
    parameters = [
        {"name": name, "definition": definition(type_, name), "type": parameter.kind}
        for name, parameter in sorted(offered().get(type_, {}).items())
    ]
    return {**resource, "searchParam": parameters} if parameters else resource

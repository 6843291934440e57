"""How each kind of access is told in an AuditEvent: subtype, action, codes of client, server, user.

https://profiles.ihe.net/ITI/BALP/content.html, https://hl7.org/fhir/R4/auditevent.html

The log itself is rendered by `adapter/audit/event.py`, which mappings may not import; a test holds
this table to be the same as the one there.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from adapter.fhir import constants
from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

RestfulInteraction: TypeAlias = Literal[
    "read",
    "vread",
    "history-instance",
    "search",
    "search-type",
    "search-system",
    "create",
    "update",
    "transaction",
    "batch",
    "operation",
]

AuditSubtype = Literal[
    "consult",
    "record",
    "print",
    "export",
    "push",
    "explain",
    "log-view",
    "log-review",
    "per-abuis",
    "emergency-open",
    "token",
    "token-introspect",
    "token-revoke",
]
AUDIT_SUBTYPE: Final[CodeSystem[AuditSubtype]] = CodeSystem(
    url=constants.MESO_AUDIT_SUBTYPE,
    title="Soort loggebeurtenis",
    texts={
        "consult": "Huisartsdossier geraadpleegd",
        "record": "MESO-record ontvangen",
        "print": "Afgedrukt",
        "export": "Uitgevoerd naar een bestand",
        "push": "Naar een testserver gestuurd",
        "explain": "Gevraagd waarom inzage wel of niet kan",
        "log-view": "Log bekeken",
        "log-review": "Logcontrole uitgevoerd",
        "per-abuis": "Per abuis geopend",
        "emergency-open": "Geopend met de noodknop",
        "token": "Toegangsbewijs gevraagd",
        "token-introspect": "Toegangsbewijs nagevraagd",
        "token-revoke": "Toegangsbewijs ingetrokken",
    },
)

RESTFUL: Final = frozenset(get_args(RestfulInteraction))
TOKEN: Final = frozenset({"token", "token-introspect", "token-revoke"})

TERMS: Final = "http://terminology.hl7.org/CodeSystem"
AUDIT_TYPE: Final = f"{TERMS}/audit-event-type"
INTERACTION: Final = "http://hl7.org/fhir/restful-interaction"
DICOM: Final = "http://dicom.nema.org/resources/ontology/DCM"
PATIENT_RECORD: Final = "110110"
USER_AUTHENTICATION: Final = "110114"
ENTITY_TYPE: Final = f"{TERMS}/audit-entity-type"
OBJECT_ROLE: Final = f"{TERMS}/object-role"
BALP: Final = "https://profiles.ihe.net/ITI/BALP"

CLIENT_SYSTEM: Final = f"{CANONICAL}/NamingSystem/client"
RELATION_KEY_SYSTEM: Final = f"{CANONICAL}/NamingSystem/relation"
PATIENT_KEY_SYSTEM: Final = f"{CANONICAL}/NamingSystem/patient-key"
REQUEST_SYSTEM: Final = f"{CANONICAL}/NamingSystem/request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """`client`, `server`: DICOM role ids, no server for a token; `user`: ParticipationType."""

    action: str
    client: str
    server: str
    user: str = "IRCP"


_APPLICATION, _DESTINATION, _SOURCE = "110150", "110152", "110153"
_READ: Final = Pattern(action="R", client=_DESTINATION, server=_SOURCE)
_QUERY: Final = Pattern(action="E", client=_SOURCE, server=_DESTINATION)
_CREATE: Final = Pattern(action="C", client=_SOURCE, server=_DESTINATION, user="AUT")
_UPDATE: Final = Pattern(action="U", client=_SOURCE, server=_DESTINATION, user="AUT")
_EXECUTE: Final = Pattern(action="E", client=_SOURCE, server=_DESTINATION, user="AUT")
_TOKEN: Final = Pattern(action="E", client=_APPLICATION, server="")

_PATTERNS: Final = {
    "read": _READ,
    "vread": _READ,
    "history-instance": _READ,
    "search": _QUERY,
    "search-type": _QUERY,
    "search-system": _QUERY,
    "create": _CREATE,
    "update": _UPDATE,
    "consult": _READ,
    "explain": _QUERY,
    "print": _READ,
    "export": _READ,
    "log-view": _QUERY,
    **dict.fromkeys(TOKEN, _TOKEN),
}


def pattern_of(interaction: str) -> Pattern:
    """What has no pattern of its own is told as something executed."""
    return _PATTERNS.get(interaction, _EXECUTE)

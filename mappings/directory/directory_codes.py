"""Code systems of the register: what binds organisations together, and who employs whom.

https://hl7.org/fhir/R4/terminologies.html
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

NetworkKind = Literal["resv", "local-network"]
NETWORK_KIND: Final[CodeSystem[NetworkKind]] = CodeSystem(
    url=f"{CANONICAL}/CodeSystem/network-kind",
    title="Soort samenwerkingsverband",
    texts={
        "resv": "Regionaal eerstelijns samenwerkingsverband",
        "local-network": "Lokaal netwerk ouderenzorg",
    },
)

ROLE_CLASS: Final = "http://terminology.hl7.org/CodeSystem/v3-RoleClass"
EMPLOYEE: Final = "EMP"
CONTACT_PURPOSE: Final = "http://terminology.hl7.org/CodeSystem/contactentity-type"
ADMINISTRATIVE: Final = "ADMIN"
EMPLOYMENT_SYSTEM: Final = f"{CANONICAL}/NamingSystem/employment"

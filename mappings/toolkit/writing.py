"""Building blocks of the resources that we write: header, concepts, extensions.

https://hl7.org/fhir/R4/resource.html#Meta

Members that hold nothing are left out, because FHIR knows no empty values. `versionId` and
`lastUpdated` are the store's.
"""

from typing import Final

from adapter.fhir.constants import CANONICAL, SNOMED, htest
from adapter.fhir.json import Json

HL7_EXTENSION: Final = "http://hl7.org/fhir/StructureDefinition"
NL_EXTENSION: Final = "http://nictiz.nl/fhir/StructureDefinition"
_OWN: Final = f"{CANONICAL}/StructureDefinition"


def profile_url(name: str) -> str:
    """Canonical of a MESO profile: `meso-<name>`."""
    return f"{_OWN}/meso-{name}"


def extension_url(name: str) -> str:
    """Canonical of an extension that MESO defines: `ext-<name>`."""
    return f"{_OWN}/ext-{name}"


def present(members: Json) -> Json:
    """The members that hold something; `False` and 0 do."""
    return {name: value for name, value in members.items() if value not in (None, [], {}, "")}


def resource(type_: str, id_: str, profile: str, *, synthetic: bool, **members: object) -> Json:
    """A resource of ours: type, id, meta, then the members in the order given."""
    meta: Json = {"profile": [profile_url(profile)]}
    if synthetic:
        meta["security"] = [htest()]
    return {"resourceType": type_, "id": id_, "meta": meta, **present(members)}


def concept(system: str, code: str, display: str | None = None) -> Json:
    return {"coding": [present({"system": system, "code": code, "display": display})]}


def snomed(code: str, display: str) -> Json:
    return concept(SNOMED, code, display)


def extension(url: str, **value: object) -> Json:
    """Extension with one value, given by its R4 member: `valueCode="explicit"`."""
    return {"url": url, **value}

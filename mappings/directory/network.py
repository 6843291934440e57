"""A network or RESV <-> Organization and one OrganizationAffiliation per member.

https://hl7.org/fhir/R4/organization.html, https://hl7.org/fhir/R4/organizationaffiliation.html

The body itself has no URA number: nothing can be addressed to it (RI-7). Members are read in the
order in which they come.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.directory.directory_codes import NETWORK_KIND
from mappings.records.base import Identifier
from mappings.records.directory import NetworkEntry, NetworkMember
from mappings.toolkit import reader
from mappings.toolkit.contact_points import contact_to_fhir, read_contact
from mappings.toolkit.identity import Ids, identifier, organisation_reference, reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.writing import extension, extension_url, resource

_SCOPE: Final = extension_url("network-scope")


def to_fhir(entry: NetworkEntry, ids: Ids) -> list[Json]:
    id_ = ids.of("Organization", entry.keeper, entry.identifier.system, entry.identifier.value)
    body = resource(
        "Organization",
        id_,
        "network",
        synthetic=entry.synthetic,
        extension=[] if entry.scope is None else [extension(_SCOPE, valueString=entry.scope)],
        identifier=[identifier(entry.identifier.system, entry.identifier.value, entry.keeper)],
        active=True,
        type=[NETWORK_KIND.concept(entry.kind)],
        name=entry.name,
        contact=contact_to_fhir(entry.contact),
    )
    return [body, *(_affiliation(entry, member, id_, ids) for member in entry.members)]


def _affiliation(entry: NetworkEntry, member: NetworkMember, network: str, ids: Ids) -> Json:
    system, number = entry.identifier.system, _number(entry.identifier, member.ura)
    return resource(
        "OrganizationAffiliation",
        ids.of("OrganizationAffiliation", entry.keeper, system, number),
        "network-membership",
        synthetic=entry.synthetic,
        identifier=[identifier(system, number, entry.keeper)],
        active=True,
        period=None if member.period is None else period_to_fhir(member.period),
        participatingOrganization=organisation_reference(ids, member.ura),
        network=[reference("Organization", network)],
    )


def from_fhir(resources: Sequence[Json], ids: Ids) -> NetworkEntry:
    """FhirError 422 with a path for everything that has no place in the entry."""
    message = Message(resources, ids)
    root = message.one("Organization")
    number, keeper = read_identifier(root.only("identifier"))
    id_ = ids.of("Organization", keeper, number.system, number.value)
    message.identify(root, id_)
    _take_active(root)
    scope = root.extension(_SCOPE)
    entry = build(
        NetworkEntry,
        root.path,
        identifier=number,
        keeper=keeper,
        name=root.value("name", reader.LINE),
        kind=read_code(root.only("type"), NETWORK_KIND),
        scope=None if scope is None else scope.value("valueString", reader.TEXT),
        contact=read_contact(root.only_or_none("contact")),
        members=tuple(
            _read_member(found, number, keeper, id_, message)
            for found in message.all("OrganizationAffiliation")
        ),
    )
    return entry.model_copy(update={"synthetic": message.finish()})


def _read_member(
    root: Element, network: Identifier, keeper: str, id_: str, message: Message
) -> NetworkMember:
    ura = message.organisation(root.child("participatingOrganization"))
    own, _ = read_identifier(root.only("identifier"), keeper)
    if (own.system, own.value) != (network.system, _number(network, ura)):
        refuse(root.at("identifier"), "value", "Dit nummer hoort niet bij dit lid.")
    if message.id_of(root.only("network"), "Organization") != id_:
        refuse(root.at("network"), "value", "Dit is een lid van een ander netwerk.")
    _take_active(root)
    period = read_period(root.child_or_none("period"))
    return build(NetworkMember, root.path, ura=ura, period=period)


def _number(network: Identifier, ura: str) -> str:
    return f"{network.value}|{ura}"


def _take_active(root: Element) -> None:
    if root.value("active", reader.FLAG) is not True:
        refuse(root.at("active"), "value", "In het register staat wat er nu is.")

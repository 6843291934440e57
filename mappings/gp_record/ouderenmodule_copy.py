"""Copy of the ouderenmodule <-> Bundle of the HIS's resources, and the Provenance of the copying.

https://hl7.org/fhir/R4/bundle.html

A Bundle has no patient and no extension: whose record it was, who copied it and by which list is
in the Provenance. The resources inside belong to the GP and are neither read nor changed.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json, decode_own, encode
from mappings.gp_record.hand_copy import HandCopy, copy_provenance, read_copy_provenance
from mappings.records.ouderenmodule_copy import CopiedResource, OuderenmoduleCopy
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, organisation_reference, reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, refuse
from mappings.toolkit.writing import present, resource

_LIST: Final = f"{CANONICAL}/ouderenmodule/"


def to_fhir(copy: OuderenmoduleCopy, ids: Ids) -> list[Json]:
    number, owner = copy.identifier, copy.taken_by.ura
    id_ = ids.of("Bundle", owner, number.system, number.value)
    bundle = resource(
        "Bundle",
        id_,
        "ouderenmodule-copy",
        synthetic=copy.synthetic,
        identifier=identifier(number.system, number.value, owner),
        type="collection",
        timestamp=copy.taken_at.isoformat(),
        entry=[
            present({"fullUrl": found.address, "resource": decode_own(found.content.encode())})
            for found in copy.resources
        ],
    )
    provenance = copy_provenance(
        HandCopy(
            target=("Bundle", id_),
            number=number,
            by=copy.taken_by,
            function=copy.function,
            at=copy.taken_at,
        ),
        [reference("Patient", copy.patient), organisation_reference(ids, copy.practice)],
        ids,
        synthetic=copy.synthetic,
        policy=f"{_LIST}{copy.list_version}",
    )
    return [bundle, provenance]


def from_fhir(resources: Sequence[Json], ids: Ids) -> OuderenmoduleCopy:
    """FhirError 422 with a path for everything beside the copied resources that has no place."""
    message = Message(resources, ids)
    root = message.one("Bundle")
    root.fixed("type", "collection")
    number, owner = read_identifier(root.child("identifier"))
    id_ = ids.of("Bundle", owner, number.system, number.value)
    message.identify(root, id_)
    copied, provenance, (person, practice) = read_copy_provenance(
        ("Bundle", id_), number, message, sources=2
    )
    if copied.by.ura != owner:
        refuse(root.at("identifier"), "value", "Het nummer hoort van wie overneemt te zijn.")
    if root.value("timestamp", reader.INSTANT) != copied.at:
        refuse(root.at("timestamp"), "value", "Kopie en herkomst noemen een ander moment.")
    copy = build(
        OuderenmoduleCopy,
        root.path,
        identifier=number,
        patient=message.id_of(person, "Patient"),
        practice=message.organisation(practice),
        taken_at=copied.at,
        taken_by=copied.by,
        function=copied.function,
        list_version=_read_list(provenance),
        resources=tuple(_read_resource(entry) for entry in root.children("entry")),
    )
    return copy.model_copy(update={"synthetic": message.finish()})


def _read_resource(entry: Element) -> CopiedResource:
    found = entry.take("resource")
    if not isinstance(found, dict):
        refuse(entry.at("resource"), "required", "In elke entry hoort een resource.")
    return build(
        CopiedResource,
        entry.at("resource"),
        address=entry.optional("fullUrl", reader.URI),
        content=encode(found).decode(),
    )


def _read_list(provenance: Element) -> str:
    policies = provenance.values("policy", reader.URI)
    if len(policies) != 1 or not policies[0].startswith(_LIST):
        refuse(provenance.at("policy"), "required", "Eén lijst van wat bij de module hoort.")
    return policies[0].removeprefix(_LIST)

"""Provenance: who made or changed what, for whom, when. One per change (conventions 2.20).

https://hl7.org/fhir/R4/provenance.html
"""

from adapter.fhir.constants import CANONICAL, URA
from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json
from adapter.store.resources import Placement, Saved
from adapter.workflows.places import Dossier
from adapter.workflows.unit import Unit
from mappings.toolkit.identity import identifier, organisation_reference, reference

_ACTIVITY = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"


def record_provenance(unit: Unit, saved: list[Saved], dossier: Dossier) -> None:
    """One Provenance over everything that this request changed."""
    changed = [item for item in saved if item.changed]
    if not changed:
        return
    ids, caller = unit.installation.ids, unit.caller
    system = f"{CANONICAL}/NamingSystem/request"
    name = f"{unit.request_id}|{changed[0].location}"
    document: Json = {
        "resourceType": "Provenance",
        "id": ids.of("Provenance", caller.ura, system, name),
        "meta": {"profile": [f"{CANONICAL}/StructureDefinition/meso-provenance"]},
        "target": [reference(item.type, f"{item.id}/_history/{item.version}") for item in changed],
        "recorded": instant_text(unit.now),
        "activity": {
            "coding": [
                {"system": _ACTIVITY, "code": "CREATE" if changed[0].version == 1 else "UPDATE"}
            ]
        },
        "agent": [
            {
                "who": reference("PractitionerRole", caller.staff),
                "onBehalfOf": {
                    **organisation_reference(ids, caller.ura),
                    "identifier": identifier(URA, caller.ura, caller.ura),
                },
            }
        ],
    }
    placement = Placement(
        category="provenance",
        patient=dossier.patient,
        custodian=caller.ura,
        author=caller.ura,
        trajectory=dossier.trajectory,
    )
    unit.save(document, placement)

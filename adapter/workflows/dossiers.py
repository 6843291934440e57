"""Which dossier a MESO record is about, if the caller may work in it.

The caller names logical ids only. What is not the caller's own open trajectory does not exist:
the same 404 as for an id that never was.
"""

from adapter.fhir.issues import FhirError, Issue
from adapter.store import patients, relations, resources
from adapter.store.patients import Person
from adapter.store.resources import Stored
from adapter.workflows.places import Dossier
from adapter.workflows.unit import Unit

_MESO_RELATIONS = ("weighing", "consult", "care", "own-record")
_NOT_FOUND = Issue(code="not-found", text="Niet gevonden.")


def require_dossier(
    unit: Unit, patient_id: str, *, kind: str | tuple[str, ...], after_death: bool = False
) -> Dossier:
    """Dossier of this Patient in which the caller's organisation has an open relation of `kind`,
    or of the first of several kinds.

    `after_death`: for the administrative closing, the one thing left to do (RI-20).
    """
    person = patients.by_resource(unit.connection, patient_id, lock=True)
    if person is None:
        raise FhirError(404, _NOT_FOUND)
    org, kinds = unit.caller.ura, (kind,) if isinstance(kind, str) else kind
    open_ = (
        relations.find_open(unit.connection, org=org, patient=person.key, kind=one, now=unit.now)
        for one in kinds
    )
    found = next(filter(None, open_), None)
    if found is None or (person.deceased_at is not None and not after_death):
        raise FhirError(404, _NOT_FOUND)
    return Dossier(
        patient=person.key, gp=person.gp, meso=unit.caller.ura, trajectory=found.trajectory
    )


def require_in_dossier(unit: Unit, type_: str, id_: str, dossier: Dossier, *, at: str) -> None:
    """FhirError 422 when a record refers to what this dossier does not hold; whether somebody
    else's does is not told (N14).
    """
    held = resources.load(unit.connection, type_, id_)
    if held is None or held.placement.patient != dossier.patient:
        text = "Deze verwijzing hoort niet bij dit dossier."
        raise FhirError(422, Issue(code="not-found", text=text, expression=at, rule="RI-13"))


def dossier_of(unit: Unit, stored: Stored, *, after: bool = False) -> Dossier:
    """Dossier that a stored resource belongs to. `after`: the trajectory may have begun just now."""
    person = patients.by_key(unit.connection, stored.placement.patient)
    assert person is not None, "every dossier has a person"
    trajectory = stored.placement.trajectory
    if after and trajectory is None:
        found = relations.find_open(
            unit.connection, org=unit.caller.ura, patient=person.key, kind="care", now=unit.now
        )
        trajectory = found.trajectory if found is not None else None
    return Dossier(
        patient=person.key, gp=person.gp, meso=_meso(unit, stored, person), trajectory=trajectory
    )


def _meso(unit: Unit, stored: Stored, person: Person) -> str:
    """MESO practice that this resource has to do with; a patient may know more than one: the one
    that asks, else who keeps the resource, else who is asked in it.
    """
    caller, placement = unit.caller.ura, stored.placement
    for kind in _MESO_RELATIONS:
        if caller in relations.open_orgs(unit.connection, person.key, kind):
            return caller
    if placement.custodian != person.gp:
        return placement.custodian
    return placement.owner or caller

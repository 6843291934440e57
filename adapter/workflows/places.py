"""Saving what a workflow made: each resource where its profile puts it."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapter.access.placing import category_of, custodian_of
from adapter.fhir.constants import HTEST_CODE, URA
from adapter.fhir.json import Json
from adapter.store.resources import Placement, Saved
from adapter.workflows.unit import Unit

_BY_PROFILE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Whose dossier it is: patient key, GP practice, MESO practice and trajectory."""

    patient: str
    gp: str
    meso: str
    trajectory: str | None = None


def save_all(
    unit: Unit,
    documents: list[Json],
    dossier: Dossier,
    categories: Mapping[str, str] = _BY_PROFILE,
) -> list[Saved]:
    """Newest versions of all `documents`, in their order; `categories` by type go first."""
    return [
        unit.save(document, place(unit, document, dossier, categories)) for document in documents
    ]


def place(
    unit: Unit, document: Json, dossier: Dossier, categories: Mapping[str, str] = _BY_PROFILE
) -> Placement:
    """Placement of a resource of ours."""
    author = unit.caller.ura
    return Placement(
        category=categories.get(document["resourceType"]) or category_of(document),
        patient=dossier.patient,
        custodian=custodian_of(document, gp=dossier.gp, meso=dossier.meso, author=author),
        author=author,
        owner=_owner(document),
        trajectory=dossier.trajectory,
        synthetic=is_synthetic(document),
    )


def is_synthetic(document: Json) -> bool:
    """Carries the label of invented data."""
    labels = document.get("meta", {}).get("security", [])
    return any(label.get("code") == HTEST_CODE for label in labels)


def _owner(document: Json) -> str | None:
    """URA of who owns a Task; for a person it is the assigner of the UZI number."""
    if document["resourceType"] != "Task":
        return None
    identifier = document.get("owner", {}).get("identifier", {})
    if identifier.get("system") == URA:
        return str(identifier["value"])
    assigner = identifier.get("assigner", {}).get("identifier", {})
    return str(assigner["value"]) if assigner.get("system") == URA else None

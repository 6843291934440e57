"""The MESO team publishes the care plan (zorgbehandelplan), whole, and later changes of it.

Only parts that changed are written; how work stands is the owners' and survives an edit
(technical decision 16). For whom a part is meant is written down now, derived from the plan and
adjusted by the SO (domain decision 15); reading looks at nothing else. What the plan lacks (P1 …
P23) never stops it: it is told in the answer and on the worklist.
"""

from collections.abc import Iterator

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.store import parties, resources
from adapter.store.resources import Saved, Stored
from adapter.workflows.begin_treatment import begin_treatment
from adapter.workflows.dossiers import require_dossier, require_in_dossier
from adapter.workflows.held_records import held_assessments
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.unit import Unit
from adapter.workflows.warn import warn
from mappings.plan import care_plan as mapping
from mappings.plan.plan_ids import expected_versions, is_part_of, part_names
from mappings.plan.plan_properties import plan_warnings
from mappings.records.care_plan import CarePlan
from mappings.records.trajectory import ClosePerson
from mappings.task.task import keep_progress
from mappings.toolkit.audience import derive_audience

_AT = "CarePlan"
_CARE_PROVIDERS = frozenset({"gp-practice", "meso", "community-nursing", "allied-health"})
_PART_TYPES = (
    "Condition",
    "Goal",
    "Task",
    "ServiceRequest",
    "RiskAssessment",
    "Observation",
    "Consent",
)


def publish_plan(unit: Unit, plan: CarePlan) -> list[Saved]:
    """Store the plan and its audiences.

    FhirError 404 when it is not the caller's open trajectory, 412 when a part was changed since
    the sender saw it, 422 when a part disappeared, a party is unknown, or what the plan names is
    not in this dossier.
    """
    dossier = require_dossier(unit, plan.patient, kind="care")
    _check(unit, plan, dossier)
    ids = unit.installation.ids
    names = {name: key for key, name in part_names(plan, ids).items()}
    held = _held_parts(unit, plan, dossier)
    if gone := sorted(set(held) - set(names)):
        text = "Een deel dat er was, blijft staan; geef het een andere status."
        at = f"{_AT}.parts[{len(gone)}]"
        raise FhirError(422, Issue(code="business-rule", text=text, expression=at, rule="R-32"))
    documents = [
        _merged(document, held.get(f"{document['resourceType']}/{document['id']}"))
        for document in mapping.to_fhir(plan, ids)
    ]
    frame = _held_frame(unit, documents, dossier)
    _check_versions(unit, plan, documents, {**frame, **held})
    saved = save_all(unit, documents, dossier)
    _address(unit, plan, saved, dossier)
    begun = begin_treatment(unit, dossier) if plan.status == "active" and not frame else []
    record_provenance(unit, [*saved, *begun], dossier)
    found = plan_warnings(plan, assessments=held_assessments(unit, plan.assessments))
    about = f"{saved[0].type}/{saved[0].id}"
    warn(unit, found, about=about, patient=dossier.patient, orgs=[dossier.meso])
    return saved


def _check(unit: Unit, plan: CarePlan, dossier: Dossier) -> None:
    if plan.trajectory != dossier.trajectory:
        raise FhirError(404, Issue(code="not-found", text="Niet gevonden."))
    if (plan.author.ura, plan.author.uzi) != (unit.caller.ura, unit.caller.person):
        text = "Een plan wordt gepubliceerd door zijn auteur."
        raise FhirError(
            422, Issue(code="business-rule", text=text, expression=f"{_AT}.author", rule="R-31")
        )
    for type_, id_, at in _named(plan):
        require_in_dossier(unit, type_, id_, dossier, at=f"{_AT}.{at}")
    for number, action in enumerate(plan.actions):
        if parties.find_organisation(unit.connection, action.owner.ura) is None:
            text = "De uitvoerder van deze actie is hier niet bekend."
            at = f"{_AT}.actions[{number}].owner"
            raise FhirError(422, Issue(code="not-found", text=text, expression=at, rule="RI-1"))


def _named(plan: CarePlan) -> Iterator[tuple[str, str, str]]:
    """Type, logical id and place of everything outside the plan that it names."""
    if plan.referral is not None:
        yield "ServiceRequest", plan.referral, "referral"
    for n, id_ in enumerate(plan.assessments):
        yield "ClinicalImpression", id_, f"assessments[{n}]"
    for n, id_ in enumerate(plan.conversations):
        yield "Procedure", id_, f"conversations[{n}]"
    naasten: list[tuple[str | None, str]] = [
        (who.related_person, f"contributors[{n}]")
        for n, who in enumerate(plan.contributors)
        if isinstance(who, ClosePerson)
    ]
    naasten += [(item.naaste, f"problems[{n}].naaste") for n, item in enumerate(plan.problems)]
    naasten += [(item.naaste, f"goals[{n}].naaste") for n, item in enumerate(plan.goals)]
    for n, action in enumerate(plan.actions):
        naasten.append((action.naaste, f"actions[{n}].naaste"))
        naasten += [
            (who.related_person, f"actions[{n}].performers[{m}]")
            for m, who in enumerate(action.performers)
            if isinstance(who, ClosePerson)
        ]
    for n, scenario in enumerate(plan.scenarios):
        naasten += [(id_, f"scenarios[{n}].naasten[{m}]") for m, id_ in enumerate(scenario.naasten)]
    yield from (("RelatedPerson", id_, at) for id_, at in naasten if id_ is not None)


def _held_parts(unit: Unit, plan: CarePlan, dossier: Dossier) -> dict[str, Stored]:
    """Parts of this plan that stand in the store, by Type/id; other records of the trajectory hold
    resources of the same types.
    """
    assert dossier.trajectory is not None, "a care relation has a trajectory"
    return {
        f"{type_}/{stored.body['id']}": stored
        for type_ in _PART_TYPES
        for stored in resources.of_trajectory(unit.connection, dossier.trajectory, type_)
        if stored.placement.category in {"plan", "acp"} and is_part_of(plan, stored.body)
    }


def _merged(document: Json, held: Stored | None) -> Json:
    """The document, of a Task with how its work stands; as it is held when that is the same, in
    whatever order the members stand (RI-21).
    """
    if held is None:
        return document
    merged = keep_progress(document, held.body) if document["resourceType"] == "Task" else document
    server = {name: held.body["meta"][name] for name in ("versionId", "lastUpdated")}
    return held.body if {**merged, "meta": {**merged["meta"], **server}} == held.body else merged


def _held_frame(unit: Unit, documents: list[Json], dossier: Dossier) -> dict[str, Stored]:
    """The CarePlan of this trajectory; one of another is no older version of this."""
    frames = [d["id"] for d in documents if d["resourceType"] == "CarePlan"]
    found = [resources.load(unit.connection, "CarePlan", id_) for id_ in frames]
    return {
        f"CarePlan/{stored.body['id']}": stored
        for stored in found
        if stored is not None
        and (stored.placement.patient, stored.placement.trajectory)
        == (dossier.patient, dossier.trajectory)
    }


def _check_versions(
    unit: Unit, plan: CarePlan, documents: list[Json], held: dict[str, Stored]
) -> None:
    """The frame and each part that changed must build on the version that is held; an action's
    progress never clashes.
    """
    ids = unit.installation.ids
    seen, keys = expected_versions(plan, ids), {n: k for k, n in part_names(plan, ids).items()}
    for document in documents:
        name = f"{document['resourceType']}/{document['id']}"
        before = held.get(name)
        if before is None or document["resourceType"] == "Task":
            continue
        changed = resources.content_hash(document) != resources.content_hash(before.body)
        if changed and seen.get(name) != before.version:
            text = "Dit deel is intussen gewijzigd; haal het plan opnieuw op."
            part = f".parts({keys[name]})" if name in keys else ""
            at = f"{_AT}{part}.version"
            raise FhirError(412, Issue(code="conflict", text=text, expression=at))


def _address(unit: Unit, plan: CarePlan, saved: list[Saved], dossier: Dossier) -> None:
    named = {action.owner.ura for action in plan.actions}
    named |= {ura for item in plan.scenarios for ura in item.who}
    named |= {ura for item in plan.nots for ura in item.concerns}
    known = {ura for ura in named if _is_care_provider(unit, ura)}
    audience = derive_audience(plan, unit.installation.ids, known)
    for item in saved:
        meant = audience.get(f"{item.type}/{item.id}", set())
        resources.address(unit.connection, item.rid, dossier.patient, meant, unit.now)


def _is_care_provider(unit: Unit, ura: str) -> bool:
    found = parties.find_organisation(unit.connection, ura)
    return found is not None and found.kind in _CARE_PROVIDERS

"""Actions of a plan <-> Task.

https://hl7.org/fhir/R4/task.html

An action is a Task of its owner; `lastModified` is the clock of who holds it and is not read. R4
knows one owner: who of the person's own circle does it or helps, when by the clock, and which
provider fits best stand in extensions. A naaste whom it supports is its `focus`.
"""

from collections.abc import Mapping
from typing import Final

from adapter.fhir.json import Json
from mappings.plan.plan_codes import ACTION_PURPOSE, FIT_REASON
from mappings.plan.plan_frame import Frame, version_of
from mappings.plan.plan_ids import part_id, part_identifier, plan_id
from mappings.records.care_plan import CarePlan
from mappings.records.plan_parts import BestFit, Informal, Performer, PlanAction
from mappings.task.progress import progress_to_fhir, read_progress
from mappings.toolkit import reader
from mappings.toolkit.codes import TASK_CODE
from mappings.toolkit.identity import Ids, party_reference, reference, staff_reference
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_coding, refuse, take_fixed_code
from mappings.toolkit.who import naaste_reference, read_naaste, read_who, who_reference
from mappings.toolkit.writing import HL7_EXTENSION, extension, extension_url, present, resource

PATIENT_FACING: Final = extension_url("patient-facing")
GOAL_LINK: Final = f"{HL7_EXTENSION}/resource-pertainsToGoal"
_PERFORMER: Final = extension_url("action-performer")
TIMING: Final = extension_url("action-timing")
_BEST_FIT: Final = extension_url("best-fit")


def action_part(plan: CarePlan, action: PlanAction, goals: Mapping[str, str], ids: Ids) -> Json:
    """Task; `goals` has the Goal ids by key."""
    written = plan.created.isoformat()
    return resource(
        "Task",
        part_id(plan, action, ids),
        "plan-action",
        synthetic=plan.synthetic,
        extension=_extensions(plan, action, goals, ids),
        identifier=[part_identifier(plan, action)],
        basedOn=[reference("CarePlan", plan_id(plan, ids))],
        intent="order",
        code=TASK_CODE.concept("plan-action"),
        description=action.what,
        focus=None if action.naaste is None else naaste_reference(action.naaste),
        **{"for": reference("Patient", plan.patient)},
        authoredOn=written,
        lastModified=written,
        requester=staff_reference(ids, plan.author),
        owner=party_reference(ids, action.owner),
        reasonCode=_reason(action),
        restriction=None if action.when is None else {"period": period_to_fhir(action.when)},
        **progress_to_fhir(action.progress, ids),
    )


def _reason(action: PlanAction) -> Json:
    codings = [] if action.purpose is None else [ACTION_PURPOSE.coding(action.purpose)]
    return present({"coding": codings, "text": action.why})


def _extensions(
    plan: CarePlan, action: PlanAction, goals: Mapping[str, str], ids: Ids
) -> list[Json]:
    def performer(who: Performer) -> Json:
        if isinstance(who, Informal):
            return extension(_PERFORMER, valueString=who.name)
        return extension(_PERFORMER, valueReference=who_reference(who, plan.patient, ids))

    return [
        *(extension(GOAL_LINK, valueReference=reference("Goal", goals[k])) for k in action.goals),
        extension(PATIENT_FACING, valueBoolean=action.patient_facing),
        *(performer(who) for who in action.performers),
        *([] if action.timing is None else [extension(TIMING, valueString=action.timing)]),
        *([] if action.best_fit is None else [_best_fit(action.best_fit, ids)]),
    ]


def _best_fit(fit: BestFit, ids: Ids) -> Json:
    parts = [extension("reason", valueCoding=FIT_REASON.coding(code)) for code in fit.reasons]
    if fit.text is not None:
        parts.append(extension("text", valueString=fit.text))
    if fit.provider is not None:
        parts.append(extension("provider", valueReference=party_reference(ids, fit.provider)))
    return extension(_BEST_FIT, extension=parts)


def read_action(root: Element, frame: Frame) -> PlanAction:
    root.fixed("intent", "order")
    take_fixed_code(root.child("code"), TASK_CODE.url, "plan-action")
    root.ignore("lastModified")
    frame.read_written(root, "authoredOn")
    frame.read_author(root, "requester")
    frame.read_plan(root)
    reason, focus = root.child_or_none("reasonCode"), root.child_or_none("focus")
    purpose = None if reason is None else reason.only_or_none("coding")
    facing, timing = root.extension(PATIENT_FACING), root.extension(TIMING)
    restriction, fit = root.child_or_none("restriction"), root.extension(_BEST_FIT)
    goals = [item.child("valueReference") for item in root.extensions(GOAL_LINK)]
    return build(
        PlanAction,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        what=root.value("description", reader.TEXT),
        why=None if reason is None else reason.optional("text", reader.TEXT),
        purpose=None if purpose is None else read_coding(purpose, ACTION_PURPOSE),
        owner=frame.message.party(root.child("owner")),
        performers=tuple(_read_performer(item, frame) for item in root.extensions(_PERFORMER)),
        best_fit=None if fit is None else _read_fit(fit, frame),
        when=None if restriction is None else read_period(restriction.child("period")),
        timing=None if timing is None else timing.value("valueString", reader.TEXT),
        goals=frame.keys_of(goals, "Goal"),
        naaste=None if focus is None else read_naaste(focus, frame.message),
        patient_facing=facing is not None and facing.value("valueBoolean", reader.FLAG),
        progress=read_progress(root, frame.message),
    )


def _read_performer(item: Element, frame: Frame) -> object:
    if item.has("valueString"):
        return Informal(name=item.value("valueString", reader.LINE))
    link = item.child("valueReference")
    if not str(link.peek("reference")).startswith(("RelatedPerson/", "Patient/")):
        refuse(link.path, "value", "Hier hoort iemand uit de eigen kring te staan.")
    return read_who(link, frame.patient, frame.message)


def _read_fit(item: Element, frame: Frame) -> BestFit:
    text, provider = item.extension("text"), item.extension("provider")
    return build(
        BestFit,
        item.path,
        reasons=tuple(
            read_coding(reason.child("valueCoding"), FIT_REASON)
            for reason in item.extensions("reason")
        ),
        text=None if text is None else text.value("valueString", reader.TEXT),
        provider=None
        if provider is None
        else frame.message.party(provider.child("valueReference")),
    )

"""Scenarios, deliberate nots and treatment wishes of a plan <-> their resources.

https://hl7.org/fhir/R4/riskassessment.html and https://hl7.org/fhir/R4/servicerequest.html
(`doNotPerform`); a wish: `treatment_wish.py`.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.plan.plan_codes import SCENARIO_KIND
from mappings.plan.plan_frame import Frame, episode_link, version_of
from mappings.plan.plan_ids import part_id, part_identifier, plan_id
from mappings.plan.treatment_wish import Directive, directive_to_fhir, read_directive
from mappings.records.care_plan import CarePlan
from mappings.records.plan_parts import DeliberateNot, Scenario, Wish
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, organisation_reference, reference, staff_reference
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.who import naaste_reference, read_naaste, read_patient
from mappings.toolkit.writing import extension, extension_url, present, resource

_ACTOR: Final = extension_url("scenario-actor")


def not_part(plan: CarePlan, item: DeliberateNot, ids: Ids) -> Json:
    return resource(
        "ServiceRequest",
        part_id(plan, item, ids),
        "not-done",
        synthetic=plan.synthetic,
        extension=[episode_link(plan)],
        identifier=[part_identifier(plan, item)],
        basedOn=[reference("CarePlan", plan_id(plan, ids))],
        status="active",
        intent="plan",
        doNotPerform=True,
        code={"text": item.what},
        subject=reference("Patient", plan.patient),
        authoredOn=plan.created.isoformat(),
        requester=staff_reference(ids, plan.author),
        performer=[organisation_reference(ids, ura) for ura in item.concerns],
        reasonCode=[{"text": item.why}],
    )


def read_not(root: Element, frame: Frame) -> DeliberateNot:
    root.fixed("status", "active")
    root.fixed("intent", "plan")
    if root.value("doNotPerform", reader.FLAG) is not True:
        refuse(
            root.at("doNotPerform"), "value", "Alleen wat juist niet gebeurt staat zo in een plan."
        )
    frame.read_plan(root)
    frame.read_written(root, "authoredOn")
    frame.read_author(root, "requester")
    return build(
        DeliberateNot,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        what=root.child("code").value("text", reader.TEXT),
        why=root.only("reasonCode").value("text", reader.TEXT),
        concerns=tuple(frame.message.organisation(item) for item in root.children("performer")),
    )


def scenario_part(plan: CarePlan, scenario: Scenario, ids: Ids) -> Json:
    actors = [
        *(organisation_reference(ids, ura) for ura in scenario.who),
        *(naaste_reference(id_) for id_ in scenario.naasten),
    ]
    prediction = {
        "outcome": {"text": scenario.event},
        "whenPeriod": None if scenario.when is None else period_to_fhir(scenario.when),
        "rationale": scenario.why,
    }
    return resource(
        "RiskAssessment",
        part_id(plan, scenario, ids),
        "scenario",
        synthetic=plan.synthetic,
        extension=[extension(_ACTOR, valueReference=actor) for actor in actors],
        identifier=[part_identifier(plan, scenario)],
        status="final",
        code=None if scenario.kind is None else SCENARIO_KIND.concept(scenario.kind),
        subject=reference("Patient", plan.patient),
        performer=staff_reference(ids, plan.author),
        prediction=[present(prediction)],
        mitigation=scenario.what_to_do,
    )


def read_scenario(root: Element, frame: Frame) -> Scenario:
    root.fixed("status", "final")
    frame.read_author(root, "performer")
    kind = root.child_or_none("code")
    prediction = root.only("prediction")
    who, naasten = _read_actors(root, frame)
    return build(
        Scenario,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        event=prediction.child("outcome").value("text", reader.TEXT),
        what_to_do=root.value("mitigation", reader.TEXT),
        who=who,
        naasten=naasten,
        kind=None if kind is None else read_code(kind, SCENARIO_KIND),
        when=read_period(prediction.child_or_none("whenPeriod")),
        why=prediction.optional("rationale", reader.TEXT),
    )


def _read_actors(root: Element, frame: Frame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """URAs, and naasten behind them as we write them."""
    who: list[str] = []
    naasten: list[str] = []
    for item in root.extensions(_ACTOR):
        link = item.child("valueReference")
        if str(link.peek("reference")).startswith("RelatedPerson/"):
            naasten.append(read_naaste(link, frame.message))
        else:
            who.append(frame.message.organisation(link))
    return tuple(who), tuple(naasten)


def wish_part(plan: CarePlan, wish: Wish, ids: Ids) -> Json:
    return directive_to_fhir(
        Directive(treatment=wish.treatment, decision=wish.decision, text=wish.text),
        id_=part_id(plan, wish, ids),
        number=part_identifier(plan, wish),
        patient=plan.patient,
        said_by=reference("Patient", plan.patient),
        on=None if wish.discussed_on is None else wish.discussed_on.isoformat(),
        synthetic=plan.synthetic,
    )


def read_wish(root: Element, frame: Frame) -> Wish:
    read_patient(root.only("performer"), frame.patient, frame.message)
    directive = read_directive(root)
    return build(
        Wish,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        treatment=directive.treatment,
        decision=directive.decision,
        text=directive.text,
        discussed_on=root.optional("dateTime", reader.MOMENT),
    )

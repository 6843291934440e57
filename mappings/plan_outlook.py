"""Scenarios, deliberate nots, the person's voice and treatment wishes <-> their resources.

https://hl7.org/fhir/R4/riskassessment.html, https://hl7.org/fhir/R4/servicerequest.html
(`doNotPerform`), https://hl7.org/fhir/R4/observation.html and the zib profile
nl-core-TreatmentDirective2.

A treatment wish is a Consent of scope treatment: it says what is wanted, and nothing about who may
see data. `other` has no provision type but a modifier extension; the two exclude each other, which
the profile's own invariant does not check.
"""

from typing import Final

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings import reader
from mappings.consent import SCOPE
from mappings.identity import Ids, organisation_reference, reference, staff_reference
from mappings.plan_codes import PLAN_PART, SCENARIO_KIND, TREATMENT
from mappings.plan_frame import Frame, episode_link, version_of
from mappings.plan_ids import part_id, part_identifier, plan_id
from mappings.reader import Element, build, read_code, refuse, take_fixed_code
from mappings.records.care_plan import CarePlan, DeliberateNot, Scenario, Voice, Wish
from mappings.writing import NL_EXTENSION, concept, extension, extension_url, resource

SPECIFICATION_OTHER: Final = f"{NL_EXTENSION}/ext-TreatmentDirective2.SpecificationOther"
_COMMENT: Final = f"{NL_EXTENSION}/ext-Comment"
_ACTOR: Final = extension_url("scenario-actor")
_TREATMENT: Final = "treatment"
_DIRECTIVE: Final = "129125009"
_NO_POLICY: Final = (
    "https://wetten.overheid.nl/"  # R4 wants a policy; the profile suggests this one
)


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
        extension(_ACTOR, valueReference=organisation_reference(ids, ura)) for ura in scenario.who
    ]
    return resource(
        "RiskAssessment",
        part_id(plan, scenario, ids),
        "scenario",
        synthetic=plan.synthetic,
        extension=actors,
        identifier=[part_identifier(plan, scenario)],
        status="final",
        code=None if scenario.kind is None else SCENARIO_KIND.concept(scenario.kind),
        subject=reference("Patient", plan.patient),
        performer=staff_reference(ids, plan.author),
        prediction=[{"outcome": {"text": scenario.event}}],
        mitigation=scenario.what_to_do,
    )


def read_scenario(root: Element, frame: Frame) -> Scenario:
    root.fixed("status", "final")
    frame.read_author(root, "performer")
    kind = root.child_or_none("code")
    outcome = root.only("prediction").child("outcome")
    actors = [item.child("valueReference") for item in root.extensions(_ACTOR)]
    return build(
        Scenario,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        event=outcome.value("text", reader.TEXT),
        what_to_do=root.value("mitigation", reader.TEXT),
        who=tuple(frame.message.organisation(item) for item in actors),
        kind=None if kind is None else read_code(kind, SCENARIO_KIND),
    )


def voice_part(plan: CarePlan, ids: Ids) -> Json:
    return resource(
        "Observation",
        part_id(plan, plan.voice, ids),
        "voice",
        synthetic=plan.synthetic,
        extension=[episode_link(plan)],
        identifier=[part_identifier(plan, plan.voice)],
        status="final",
        code=PLAN_PART.concept("voice"),
        subject=reference("Patient", plan.patient),
        effectiveDateTime=plan.created.isoformat(),
        performer=[reference("Patient", plan.patient)],
        valueString=plan.voice.text,
    )


def read_voice(root: Element, frame: Frame) -> Voice:
    root.fixed("status", "final")
    read_code(root.child("code"), PLAN_PART)
    frame.read_written(root, "effectiveDateTime")
    _read_patient(root.only("performer"), frame)
    return build(
        Voice,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        text=root.value("valueString", reader.TEXT),
    )


def wish_part(plan: CarePlan, wish: Wish, ids: Ids) -> Json:
    is_other = wish.decision == "other"
    words = [] if wish.text is None else [wish.text]
    said = {"do": "permit", "do-not": "deny"}
    type_ = {} if is_other else {"type": said[wish.decision]}
    return resource(
        "Consent",
        part_id(plan, wish, ids),
        "treatment-wish",
        synthetic=plan.synthetic,
        extension=[] if is_other else [extension(_COMMENT, valueString=text) for text in words],
        modifierExtension=(
            [extension(SPECIFICATION_OTHER, valueString=text) for text in words] if is_other else []
        ),
        identifier=[part_identifier(plan, wish)],
        status="active",
        scope=concept(SCOPE, _TREATMENT),
        category=[concept(SNOMED, _DIRECTIVE)],
        patient=reference("Patient", plan.patient),
        dateTime=None if wish.discussed_on is None else wish.discussed_on.isoformat(),
        performer=[reference("Patient", plan.patient)],
        policy=[{"uri": _NO_POLICY}],
        provision={**type_, "code": [TREATMENT.concept(wish.treatment)]},
    )


def read_wish(root: Element, frame: Frame) -> Wish:
    root.fixed("status", "active")
    take_fixed_code(root.child("scope"), SCOPE, _TREATMENT)
    take_fixed_code(root.only("category"), SNOMED, _DIRECTIVE)
    root.only("policy").fixed("uri", _NO_POLICY)
    _read_patient(root.only("performer"), frame)
    provision = root.child("provision")
    other = root.extension(SPECIFICATION_OTHER, "modifierExtension")
    comment = root.extension(_COMMENT)
    if provision.has("type") == (other is not None):
        refuse(
            provision.at("type"), "business-rule", "Wel of niet doen, óf iets anders in woorden."
        )
    if other is None:
        type_ = provision.fixed("type", "permit", "deny")
        decision = "do" if type_ == "permit" else "do-not"
    elif comment is not None:
        refuse(comment.path, "structure", "Bij een andere wens staat alles in één tekst.")
    else:
        decision, comment = "other", other
    return build(
        Wish,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        treatment=read_code(provision.only("code"), TREATMENT),
        decision=decision,
        text=None if comment is None else comment.value("valueString", reader.TEXT),
        discussed_on=root.optional("dateTime", reader.MOMENT),
    )


def _read_patient(who: Element, frame: Frame) -> None:
    if frame.message.id_of(who, "Patient") != frame.patient:
        refuse(who.path, "value", "Hier spreekt de patiënt zelf.")

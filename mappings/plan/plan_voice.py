"""The person in her own words, and what was weighed (afwegingen) <-> Observation.

https://hl7.org/fhir/R4/observation.html

No published code says either: they are parts of the plan by our own list. What a trade-off is
about is its `focus`: parts of the plan.
"""

from collections.abc import Mapping
from typing import Final

from adapter.fhir.json import Json
from mappings.plan.plan_codes import PLAN_PART, PlanPart
from mappings.plan.plan_frame import Frame, episode_link, version_of
from mappings.plan.plan_ids import part_id, part_identifier
from mappings.records.care_plan import CarePlan
from mappings.records.plan_parts import TradeOff, Voice
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, reference, staff_reference
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.who import read_patient
from mappings.toolkit.writing import resource

_SAID: Final = ("weighed", "decided")


def is_trade_off(root: Element) -> bool:
    """Whether an Observation of a plan says so. Takes nothing."""
    code = root.peek("code")
    return isinstance(code, dict) and reader.is_coded(
        Element(code, root.at("code")), PLAN_PART.url, "trade-off"
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
    take_fixed_code(root.child("code"), PLAN_PART.url, "voice")
    frame.read_written(root, "effectiveDateTime")
    read_patient(root.only("performer"), frame.patient, frame.message)
    return build(
        Voice,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        text=root.value("valueString", reader.TEXT),
    )


def trade_off_part(plan: CarePlan, item: TradeOff, names: Mapping[str, str], ids: Ids) -> Json:
    """Observation; `names` has `Type/id` of every part by key."""

    def said(part: PlanPart, text: str) -> Json:
        return {"code": PLAN_PART.concept(part), "valueString": text}

    about = [names[key].partition("/") for key in item.about]
    return resource(
        "Observation",
        part_id(plan, item, ids),
        "trade-off",
        synthetic=plan.synthetic,
        extension=[episode_link(plan)],
        identifier=[part_identifier(plan, item)],
        status="final",
        code=PLAN_PART.concept("trade-off"),
        subject=reference("Patient", plan.patient),
        focus=[reference(kind, id_) for kind, _, id_ in about],
        effectiveDateTime=plan.created.isoformat(),
        performer=[staff_reference(ids, plan.author)],
        component=[said("weighed", item.weighed), said("decided", item.decided)],
    )


def read_trade_off(root: Element, frame: Frame, kinds: tuple[str, ...]) -> TradeOff:
    """`kinds` are the types that parts of a plan have."""
    root.fixed("status", "final")
    take_fixed_code(root.child("code"), PLAN_PART.url, "trade-off")
    frame.read_written(root, "effectiveDateTime")
    performer = root.only("performer")
    if frame.message.staff(performer) != frame.author:
        refuse(performer.path, "value", "Een deel komt van de auteur van het plan.")
    said = root.children("component")
    if len(said) != len(_SAID):
        refuse(root.at("component"), "required", "Wat is afgewogen, en wat is besloten.")
    for item, part in zip(said, _SAID, strict=True):
        take_fixed_code(item.child("code"), PLAN_PART.url, part)
    weighed, decided = (item.value("valueString", reader.TEXT) for item in said)
    return build(
        TradeOff,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        weighed=weighed,
        decided=decided,
        about=tuple(frame.key_of(link, *kinds) for link in root.children("focus")),
    )

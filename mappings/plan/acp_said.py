"""What was said in a conversation beside limits and directives <-> Goal, Observation, Flag, Task.

https://hl7.org/fhir/R4/goal.html, https://hl7.org/fhir/R4/observation.html,
https://hl7.org/fhir/R4/flag.html, https://hl7.org/fhir/R4/task.html

Topics have a code of our own first; a published code that says the same stands beside it.
"""

from typing import Final, get_args

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.plan.acp_codes import (
    ACP_MARK,
    ACP_TASK,
    ACP_TOPIC,
    PREFERRED_PLACE,
    TOPIC_IN_SNOMED,
    TREATMENT_GOAL,
    AcpTopic,
)
from mappings.plan.acp_frame import CONVERSATION, Conversation
from mappings.records.advance_care_planning import (
    GoalOfTreatment,
    NextReview,
    PalliativePhase,
    PlaceWish,
    SpecificWish,
)
from mappings.toolkit import reader
from mappings.toolkit.identity import party_reference, reference, staff_reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import (
    Element,
    build,
    read_coding,
    refuse,
    take_fixed_code,
    take_fixed_coding,
)
from mappings.toolkit.who import read_patient
from mappings.toolkit.writing import present, resource

PLACES: Final[frozenset[object]] = frozenset(get_args(PlaceWish.model_fields["about"].annotation))


def goal_part(item: GoalOfTreatment, talk: Conversation) -> Json:
    sheaf = talk.sheaf
    return resource(
        "Goal",
        sheaf.id_of("Goal", item.key),
        "acp-goal",
        synthetic=talk.synthetic,
        identifier=[sheaf.identifier(item.key)],
        lifecycleStatus="active",
        description={"coding": [TREATMENT_GOAL.coding(item.goal)], "text": item.text},
        subject=reference("Patient", sheaf.patient),
        expressedBy=reference("Patient", sheaf.patient),
    )


def read_goal(root: Element, talk: Conversation, message: Message) -> GoalOfTreatment:
    key = talk.sheaf.read_key(root)
    talk.sheaf.read_about(root, "subject", message)
    root.fixed("lifecycleStatus", "active")
    read_patient(root.child("expressedBy"), talk.sheaf.patient, message)
    description = root.child("description")
    return build(
        GoalOfTreatment,
        root.path,
        key=key,
        goal=read_coding(description.only("coding"), TREATMENT_GOAL),
        text=description.value("text", reader.TEXT),
    )


def wish_part(item: SpecificWish, talk: Conversation) -> Json:
    return _observation(item.key, item.topic, talk, profile="acp-wish", valueString=item.text)


def place_part(item: PlaceWish, talk: Conversation) -> Json:
    place = present({"coding": [PREFERRED_PLACE.coding(item.place)], "text": item.text})
    return _observation(item.key, item.about, talk, profile="acp-place", valueCodeableConcept=place)


def _observation(
    key: str, topic: AcpTopic, talk: Conversation, *, profile: str, **value: object
) -> Json:
    sheaf, published = talk.sheaf, TOPIC_IN_SNOMED.get(topic)
    beside = [] if published is None else [{"system": SNOMED, "code": published}]
    return resource(
        "Observation",
        sheaf.id_of("Observation", key),
        profile,
        synthetic=talk.synthetic,
        identifier=[sheaf.identifier(key)],
        partOf=[reference(CONVERSATION, talk.id)],
        status="final",
        code={"coding": [ACP_TOPIC.coding(topic), *beside]},
        subject=reference("Patient", sheaf.patient),
        effectiveDateTime=talk.held(),
        performer=[reference("Patient", sheaf.patient)],
        **value,
    )


def read_said(root: Element, talk: Conversation, message: Message) -> SpecificWish | PlaceWish:
    key = talk.sheaf.read_key(root)
    talk.sheaf.read_about(root, "subject", message)
    talk.read_part_of(root, "partOf", message)
    talk.read_held(root, "effectiveDateTime")
    root.fixed("status", "final")
    read_patient(root.only("performer"), talk.sheaf.patient, message)
    topic = _read_topic(root.child("code"))
    if topic not in PLACES:
        text = root.value("valueString", reader.TEXT)
        return build(SpecificWish, root.path, key=key, topic=topic, text=text)
    place = root.child("valueCodeableConcept")
    return build(
        PlaceWish,
        root.path,
        key=key,
        about=topic,
        place=read_coding(place.only("coding"), PREFERRED_PLACE),
        text=place.optional("text", reader.TEXT),
    )


def _read_topic(code: Element) -> AcpTopic:
    """Our code; the published one beside it may be absent and must say the same."""
    codings = code.children("coding")
    own = [item for item in codings if item.peek("system") == ACP_TOPIC.url]
    if len(own) != 1:
        refuse(code.at("coding"), "required", "Eén onderwerp uit de lijst.")
    topic = read_coding(own[0], ACP_TOPIC)
    published = TOPIC_IN_SNOMED.get(topic)
    for item in codings:
        if item is not own[0] and published is not None:
            take_fixed_coding(item, SNOMED, published)
    return topic


def palliative_part(item: PalliativePhase, talk: Conversation) -> Json:
    sheaf = talk.sheaf
    return resource(
        "Flag",
        sheaf.id_of("Flag", item.key),
        "palliative-phase",
        synthetic=talk.synthetic,
        identifier=[sheaf.identifier(item.key)],
        status="active",
        code=ACP_MARK.concept("palliative-phase"),
        subject=reference("Patient", sheaf.patient),
        period={"start": item.since.isoformat()},
        author=staff_reference(sheaf.ids, item.marked_by),
    )


def read_palliative(root: Element, talk: Conversation, message: Message) -> PalliativePhase:
    key = talk.sheaf.read_key(root)
    talk.sheaf.read_about(root, "subject", message)
    root.fixed("status", "active")
    take_fixed_code(root.child("code"), ACP_MARK.url, "palliative-phase")
    return build(
        PalliativePhase,
        root.path,
        key=key,
        since=root.child("period").value("start", reader.MOMENT),
        marked_by=message.staff(root.child("author")),
    )


def review_part(item: NextReview, talk: Conversation) -> Json:
    sheaf = talk.sheaf
    return resource(
        "Task",
        sheaf.id_of("Task", item.key),
        "acp-review",
        synthetic=talk.synthetic,
        identifier=[sheaf.identifier(item.key)],
        status=item.status,
        intent="plan",
        code=ACP_TASK.concept("acp-review"),
        focus=reference(CONVERSATION, talk.id),
        **{"for": reference("Patient", sheaf.patient)},
        authoredOn=talk.held(),
        requester=staff_reference(sheaf.ids, talk.author),
        owner=party_reference(sheaf.ids, item.owner),
        restriction={"period": {"end": item.on.isoformat()}},
    )


def read_review(root: Element, talk: Conversation, message: Message) -> NextReview:
    key = talk.sheaf.read_key(root)
    talk.sheaf.read_about(root, "for", message)
    talk.read_held(root, "authoredOn")
    root.fixed("intent", "plan")
    take_fixed_code(root.child("code"), ACP_TASK.url, "acp-review")
    if message.id_of(root.child("focus"), CONVERSATION) != talk.id:
        refuse(root.at("focus"), "value", "Dit hoort bij een ander gesprek.")
    if message.staff(root.child("requester")) != talk.author:
        refuse(root.at("requester"), "value", "De taak komt van wie het gesprek vastlegde.")
    return build(
        NextReview,
        root.path,
        key=key,
        on=root.child("restriction").child("period").value("end", reader.DAY),
        owner=message.party(root.child("owner")),
        status=root.value("status", reader.CODE),
    )

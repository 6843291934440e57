"""Care plan record <-> CarePlan (the frame) and one resource per part.

https://hl7.org/fhir/R4/careplan.html

The frame only names its parts: `activity` refers, never details (cpl-3). What each part is:
`plan_*.py`; for whom it is: `audience.py`. A part that the frame does not
name is no part of the plan, and is an error.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.plan.plan_action import action_part, read_action
from mappings.plan.plan_codes import PLAN_CATEGORY
from mappings.plan.plan_frame import Frame, episode_link, version_of
from mappings.plan.plan_goal import goal_part, read_goal
from mappings.plan.plan_ids import part_id, part_names, part_type, plan_id
from mappings.plan.plan_outlook import (
    not_part,
    read_not,
    read_scenario,
    read_wish,
    scenario_part,
    wish_part,
)
from mappings.plan.plan_problem import problem_part, read_problem
from mappings.plan.plan_voice import (
    is_trade_off,
    read_trade_off,
    read_voice,
    trade_off_part,
    voice_part,
)
from mappings.records.base import Identifier
from mappings.records.care_plan import Adjustment, CarePlan
from mappings.records.plan_parts import Part
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, is_coded, read_code, refuse, take_fixed_code
from mappings.toolkit.who import read_who, who_reference
from mappings.toolkit.writing import extension, extension_url, resource, snomed
from mappings.trajectory.trajectory import EPISODE_LINK

ADJUSTMENT: Final = extension_url("audience-adjustment")
_MULTIDISCIPLINARY: Final = "135411000146103"
_OUTLOOK: Final = ("RiskAssessment", "Observation", "Consent")
_ASSESSMENT: Final = "ClinicalImpression"
_CONVERSATION: Final = "Procedure"
_PARTS: Final = ("Condition", "Goal", "Task", "ServiceRequest", *_OUTLOOK)


def to_fhir(plan: CarePlan, ids: Ids) -> list[Json]:
    """CarePlan, then its parts in the order of the record."""
    names = part_names(plan, ids)
    at = {key: name.partition("/")[2] for key, name in names.items()}
    return [
        _frame(plan, ids),
        *(problem_part(plan, problem, at, ids) for problem in plan.problems),
        *(goal_part(plan, goal, at, ids) for goal in plan.goals),
        *(action_part(plan, action, at, ids) for action in plan.actions),
        *(not_part(plan, item, ids) for item in plan.nots),
        *(scenario_part(plan, scenario, ids) for scenario in plan.scenarios),
        voice_part(plan, ids),
        *(wish_part(plan, wish, ids) for wish in plan.wishes),
        *(trade_off_part(plan, item, names, ids) for item in plan.trade_offs),
    ]


def from_fhir(resources: Sequence[Json], ids: Ids) -> CarePlan:
    """The plan in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root = message.one("CarePlan")
    frame = _read_frame(root, message, ids)
    problems = _enter(root.children("addresses"), frame, "Condition")
    goals = _enter(root.children("goal"), frame, "Goal")
    activities = [item.child("reference") for item in root.children("activity")]
    actions = _enter(activities, frame, "Task", "ServiceRequest")
    base, links = _split_information(root)
    referrals = [message.id_of(link, "ServiceRequest") for link in base["ServiceRequest"]]
    outlook = _enter(links, frame, *_OUTLOOK)
    said = [part for kind, part in outlook if kind == "Observation"]
    weighed = [part for part in said if is_trade_off(part)]
    voices = [part for part in said if part not in weighed]
    if len(voices) != 1:
        refuse(root.at("supportingInfo"), "required", "Eén keer de persoon in eigen woorden.")
    plan = build(
        CarePlan,
        root.path,
        identifier=frame.number,
        version=version_of(root),
        trajectory=frame.trajectory,
        replaces=_read_replaced(root, message, frame.author.ura),
        referral=referrals[0] if referrals else None,
        assessments=tuple(message.id_of(x, _ASSESSMENT) for x in base[_ASSESSMENT]),
        conversations=tuple(message.id_of(x, _CONVERSATION) for x in base[_CONVERSATION]),
        patient=frame.patient,
        author=frame.author,
        contributors=tuple(
            read_who(item, frame.patient, message) for item in root.children("contributor")
        ),
        created=frame.created,
        period=read_period(root.child("period")),
        status=root.value("status", reader.CODE),
        title=root.value("title", reader.LINE),
        summary=root.value("description", reader.TEXT),
        problems=tuple(read_problem(part, frame) for _, part in problems),
        goals=tuple(read_goal(part, frame) for _, part in goals),
        actions=tuple(read_action(part, frame) for kind, part in actions if kind == "Task"),
        nots=tuple(read_not(part, frame) for kind, part in actions if kind != "Task"),
        scenarios=tuple(read_scenario(p, frame) for kind, p in outlook if kind == _OUTLOOK[0]),
        voice=read_voice(voices[0], frame),
        wishes=tuple(read_wish(part, frame) for kind, part in outlook if kind == "Consent"),
        trade_offs=tuple(read_trade_off(part, frame, _PARTS) for part in weighed),
        adjustments=tuple(_read_adjustment(x, frame) for x in root.extensions(ADJUSTMENT)),
    )
    return plan.model_copy(update={"synthetic": message.finish()})


# --- the frame --------------------------------------------------------------------------------


def _frame(plan: CarePlan, ids: Ids) -> Json:
    names = part_names(plan, ids)

    def links(*parts: Sequence[Part]) -> list[Json]:
        return [
            reference(part_type(part), part_id(plan, part, ids))
            for group in parts
            for part in group
        ]

    base = [
        *([] if plan.referral is None else [reference("ServiceRequest", plan.referral)]),
        *(reference(_ASSESSMENT, id_) for id_ in plan.assessments),
        *(reference(_CONVERSATION, id_) for id_ in plan.conversations),
    ]
    return resource(
        "CarePlan",
        plan_id(plan, ids),
        "care-plan",
        synthetic=plan.synthetic,
        extension=[
            episode_link(plan),
            *(_adjustment(item, names, ids) for item in plan.adjustments),
        ],
        identifier=[identifier(plan.identifier.system, plan.identifier.value, plan.author.ura)],
        replaces=[] if plan.replaces is None else [_replaced(plan.replaces, plan.author.ura, ids)],
        status=plan.status,
        intent="plan",
        category=[
            PLAN_CATEGORY.concept("zorgbehandelplan"),
            snomed(_MULTIDISCIPLINARY, "Multidisciplinair zorgregime"),
        ],
        title=plan.title,
        description=plan.summary,
        subject=reference("Patient", plan.patient),
        period=period_to_fhir(plan.period),
        created=plan.created.isoformat(),
        author=staff_reference(ids, plan.author),
        contributor=[who_reference(who, plan.patient, ids) for who in plan.contributors],
        careTeam=[reference("CareTeam", ids.team(plan.author.ura, plan.trajectory))],
        addresses=links(plan.problems),
        supportingInfo=[
            *base,
            *links(plan.scenarios, [plan.voice], plan.wishes, plan.trade_offs),
        ],
        goal=links(plan.goals),
        activity=[{"reference": link} for link in links(plan.actions, plan.nots)],
    )


def _adjustment(item: Adjustment, names: dict[str, str], ids: Ids) -> Json:
    kind, _, id_ = names[item.part].partition("/")
    return extension(
        ADJUSTMENT,
        extension=[
            extension("part", valueReference=reference(kind, id_)),
            extension("party", valueReference=organisation_reference(ids, item.party)),
            extension("change", valueCode=item.change),
        ],
    )


def _read_frame(root: Element, message: Message, ids: Ids) -> Frame:
    """Everything that the frame says about the whole plan but not about its parts."""
    author = message.staff(root.child("author"))
    number, _ = read_identifier(root.only("identifier"), author.ura)
    link = root.extension(EPISODE_LINK)
    if link is None:
        refuse(root.at("extension"), "required", "Het traject van dit plan ontbreekt.")
    trajectory = message.id_of(link.child("valueReference"), "EpisodeOfCare")
    id_ = ids.of("CarePlan", author.ura, number.system, number.value)
    message.identify(root, id_)
    if message.id_of(root.only("careTeam"), "CareTeam") != ids.team(author.ura, trajectory):
        refuse(root.at("careTeam"), "value", "Het zorgteam hoort bij het traject van dit plan.")
    root.fixed("intent", "plan")
    _read_category(root)
    return Frame(
        id=id_,
        number=number,
        author=author,
        patient=message.id_of(root.child("subject"), "Patient"),
        trajectory=trajectory,
        created=root.value("created", reader.INSTANT),
        message=message,
    )


def _read_category(root: Element) -> None:
    own = 0
    for item in root.children("category"):
        if is_coded(item, SNOMED):
            take_fixed_code(item, SNOMED, _MULTIDISCIPLINARY)
        else:
            read_code(item, PLAN_CATEGORY)
            own += 1
    if own != 1:
        refuse(root.at("category"), "required", "Eén keer de soort zorgbehandelplan.")


def _replaced(number: Identifier, ura: str, ids: Ids) -> Json:
    id_ = ids.of("CarePlan", ura, number.system, number.value)
    return reference("CarePlan", id_, identifier(number.system, number.value, ura))


def _read_replaced(root: Element, message: Message, ura: str) -> Identifier | None:
    link = root.only_or_none("replaces")
    if link is None:
        return None
    number, _ = read_identifier(link.child("identifier"), ura)
    if message.id_of(link, "CarePlan") != message.ids.of(
        "CarePlan", ura, number.system, number.value
    ):
        refuse(link.path, "value", "De verwijzing en het nummer spreken elkaar tegen.")
    return number


def _split_information(root: Element) -> tuple[dict[str, list[Element]], list[Element]]:
    """What the plan stands on, by type, and the links to parts of the plan."""
    base: dict[str, list[Element]] = {"ServiceRequest": [], _ASSESSMENT: [], _CONVERSATION: []}
    parts: list[Element] = []
    for link in root.children("supportingInfo"):
        kind = str(link.peek("reference")).partition("/")[0]
        base.get(kind, parts).append(link)
    if len(base["ServiceRequest"]) > 1:
        refuse(base["ServiceRequest"][1].path, "structure", "Een plan volgt op één verwijzing.")
    return base, parts


def _enter(links: Sequence[Element], frame: Frame, *kinds: str) -> list[tuple[str, Element]]:
    found = []
    for link in links:
        target = frame.message.target(link, *kinds)
        kind = frame.message.kind_of(target)
        frame.enter(kind, target)
        found.append((kind, target))
    return found


def _read_adjustment(item: Element, frame: Frame) -> Adjustment:
    part, party, change = (item.extension(name) for name in ("part", "party", "change"))
    if part is None or party is None or change is None:
        refuse(item.path, "required", "Een aanpassing noemt een deel, een partij en wat verandert.")
    return build(
        Adjustment,
        item.path,
        part=frame.key_of(part.child("valueReference"), *_PARTS),
        party=frame.message.organisation(party.child("valueReference")),
        change=change.fixed("valueCode", "add", "remove"),
    )

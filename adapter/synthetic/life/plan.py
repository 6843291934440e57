"""The care plan of an invented patient, made of her themes."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from adapter.synthetic.life.diagnosis import (
    assessment_id,
    conversation_id,
    has_talked,
    limits,
)
from adapter.synthetic.life.intake import coded
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.themes import Theme, ThemeAction, phrases
from mappings.plan.plan_codes import Achievement
from mappings.plan.plan_ids import part_id_of
from mappings.records.base import Period
from mappings.records.care_plan import CarePlan, PlanStatus
from mappings.records.parties import Party
from mappings.records.plan_parts import (
    BestFit,
    DeliberateNot,
    GoalTarget,
    Informal,
    Performer,
    PlanAction,
    PlanGoal,
    PlanProblem,
    ProblemLink,
    Scenario,
    TradeOff,
    Voice,
    Wish,
)
from mappings.records.progress import Note, Progress, Reason, TaskStatus

_HALF_YEAR: Final = timedelta(days=182)
_NOT_NOW: Final = 0.12
_INSIGHT: Final = 0.15
_UNDER_WAY: Final[tuple[TaskStatus, ...]] = ("requested", "accepted", "in-progress", "completed")
_DONE: Final[tuple[Achievement, ...]] = ("achieved", "sustaining", "achieved", "not-achieved")
_GOING: Final[tuple[Achievement, ...]] = ("in-progress", "improving", "no-change", "worsening")
_POSTPONED: Final = (
    "Eerst moet het thuis rustiger zijn",
    "Wacht op de uitslag van de vorige stap",
    "Wil zij nu nog niet; over een maand opnieuw vragen",
)
_REPORTED: Final = (
    "Gaat goed, houdt het vol",
    "Twee keer niet gelukt, dag verzet",
    "Merkbaar verschil, minder vaak gebeld",
    "Zegt dat het helpt, wil ermee doorgaan",
)
_NEIGHBOURS: Final = ("De buren van de overkant", "De koffieclub", "Vrijwilliger van de kerk")


def care_plan(scene: Scene, rng: Random) -> CarePlan:
    """As it stands at the end of what is told: draft, active, or over."""
    timeline, said = scene.case.timeline, phrases()
    talked = has_talked(scene)
    names = [theme.title for theme in scene.themes]
    start = timeline.plan.date()
    status = plan_status(scene)
    actions = [
        _action(scene, theme, action, n, status, rng)
        for theme in scene.themes
        for n, action in enumerate(theme.actions, start=1)
    ]
    return CarePlan(
        identifier=scene.meso_number("plan"),
        trajectory=scene.trajectory_id,
        referral=scene.referral_id,
        assessments=(assessment_id(scene),),
        conversations=(conversation_id(scene),) if talked else (),
        patient=scene.patient_id,
        author=scene.lead,
        contributors=("patient", *scene.close()[:1], scene.gp.party()),
        created=timeline.plan,
        period=Period(start=start, end=start + _HALF_YEAR),
        status=status,
        title="Zorgbehandelplan",
        summary=rng.choice(said.summaries).format(a=names[0], b=names[1]),
        problems=tuple(_problems(scene, rng)),
        goals=tuple(_goals(scene, rng, status, "reanimatie" if talked else None)),
        actions=tuple(actions),
        nots=tuple(
            DeliberateNot(
                key=f"{theme.key}-niet",
                what=scene.say(theme.not_.what),
                why=scene.say(theme.not_.why),
                concerns=tuple(dict.fromkeys(a.owner.ura for a in actions))[:2],
            )
            for theme in scene.themes[:2]
        ),
        scenarios=tuple(_scenario(scene, theme) for theme in scene.themes),
        voice=Voice(text=rng.choice(said.voices)),
        wishes=tuple(
            Wish(
                key=limit.key,
                treatment=limit.treatment,
                decision=limit.decision,
                text=limit.text,
                discussed_on=timeline.talk.date(),
            )
            for limit in limits(scene)
        )
        if talked
        else (),
        trade_offs=tuple(
            TradeOff(
                key=f"{theme.key}-afweging",
                weighed=scene.say(theme.weighed),
                decided=scene.say(theme.decided),
                about=(theme.key,),
            )
            for theme in scene.themes[:1]
        ),
        synthetic=True,
    )


def plan_status(scene: Scene) -> PlanStatus:
    case = scene.case
    if case.end is not None:
        return "completed" if case.end == "END-1" else "revoked"
    return "active" if case.reached(case.timeline.meeting) else "draft"


def action_key(theme: Theme, n: int) -> str:
    return f"{theme.key}-actie-{n}"


def goal_key(theme: Theme, n: int) -> str:
    return f"{theme.key}-doel-{n}"


def action_id(scene: Scene, theme: Theme, n: int) -> str:
    """Logical id of the Task of an action, the n-th of its theme."""
    number = scene.meso_number("plan")
    return part_id_of("Task", action_key(theme, n), number, scene.so.ura, scene.ids)


def _problems(scene: Scene, rng: Random) -> Iterator[PlanProblem]:
    keys = {theme.key for theme in scene.themes}
    for rank, theme in enumerate(scene.themes, start=1):
        links = [ProblemLink(kind="due-to", problem=key) for key in theme.related if key in keys]
        if not links and rank > 1:
            links = [ProblemLink(kind="related", problem=scene.themes[0].key)]
        yield PlanProblem(
            key=theme.key,
            domain=theme.domain,
            kind="action",
            text=scene.say(rng.choice(theme.problem)),
            code=coded(theme),
            rank=rank,
            links=tuple(links),
            naaste=scene.carer if theme.naaste else None,
        )
    if chance(rng, _INSIGHT):
        yield PlanProblem(
            key="inzicht",
            domain="social",
            kind="insight",
            text=rng.choice(phrases().social),
            rank=len(scene.themes) + 1,
        )


def _goals(scene: Scene, rng: Random, status: PlanStatus, wish: str | None) -> Iterator[PlanGoal]:
    start = scene.case.timeline.plan.date()
    over = status in ("completed", "revoked")
    for order, theme in enumerate(scene.themes):
        for n, goal in enumerate(theme.goals, start=1):
            by_naaste = goal.by == "naaste" and scene.carer is not None
            yield PlanGoal(
                key=goal_key(theme, n),
                text=scene.say(goal.text),
                expressed_by="naaste" if by_naaste else "patient",
                naaste=scene.carer if by_naaste else None,
                quality_of_life=scene.say(goal.why),
                problems=(theme.key,),
                wishes=(wish,) if wish is not None and order == 0 else (),
                start=start,
                target=GoalTarget(measure=scene.say(goal.measure), detail=goal.detail),
                due=start + timedelta(weeks=goal.weeks),
                priority="high-priority" if order == 0 else "medium-priority",
                status="proposed" if status == "draft" else "completed" if over else "active",
                achievement=None if status == "draft" else rng.choice(_DONE if over else _GOING),
            )


def _action(
    scene: Scene, theme: Theme, action: ThemeAction, n: int, status: PlanStatus, rng: Random
) -> PlanAction:
    owner = scene.owner(action.by)
    start = scene.case.timeline.plan.date()
    is_social = action.by in ("welfare", "social")
    performers: tuple[Performer, ...] = ()
    if action.purpose != "naaste-support" and chance(rng, 0.2):
        performers = (Informal(name=rng.choice(_NEIGHBOURS)),) if is_social else scene.close()[:1]
    return PlanAction(
        key=action_key(theme, n),
        what=scene.say(action.what),
        why=scene.say(action.why),
        purpose=action.purpose,
        owner=owner,
        performers=performers,
        best_fit=None if owner.ura == scene.so.ura else BestFit(reasons=(action.fit,)),
        when=Period(start=start, end=start + timedelta(weeks=12)),
        timing=action.timing,
        goals=tuple(goal_key(theme, g) for g in range(1, len(theme.goals) + 1)),
        naaste=scene.carer if action.purpose == "naaste-support" else None,
        patient_facing=chance(rng, 0.6),
        progress=_progress(scene, owner, status, rng),
    )


def _progress(scene: Scene, owner: Party, status: PlanStatus, rng: Random) -> Progress:
    """What its owner said of it: nothing in a draft, done or dropped when all is over."""
    if status == "draft":
        return Progress()
    if status == "revoked":
        why = Reason(code="other", text="Het traject is gestopt")
        return Progress(status="cancelled", status_reason=why)
    if status == "active" and chance(rng, _NOT_NOW):
        why = Reason(code="not-now", text=rng.choice(_POSTPONED))
        return Progress(status="on-hold", status_reason=why)
    found: TaskStatus = "completed" if status == "completed" else rng.choice(_UNDER_WAY)
    if found in ("requested", "accepted"):
        return Progress(status=found)
    timeline = scene.case.timeline
    at = timeline.meeting + (scene.case.horizon - timeline.meeting) / 2
    note = Note(text=rng.choice(_REPORTED), author=owner, time=at.replace(microsecond=0))
    return Progress(status=found, notes=(note,))


def _scenario(scene: Scene, theme: Theme) -> Scenario:

    return Scenario(
        key=f"{theme.key}-als",
        event=scene.say(theme.scenario.event),
        what_to_do=scene.say(theme.scenario.todo),
        who=tuple(scene.owner(role).ura for role in theme.scenario.by),
        naasten=scene.naaste_ids[:1] if not theme.naaste else (),
        kind=theme.scenario.kind,
    )

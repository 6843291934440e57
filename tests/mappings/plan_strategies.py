"""Hypothesis strategies: any care plan that our models accept."""

from hypothesis import strategies as st

from mappings import codes, plan_codes
from mappings.records import care_plan, progress
from tests.mappings.strategies import (
    coded,
    days,
    identifiers,
    instants,
    keys,
    lines,
    logical_ids,
    maybe,
    moments,
    one_of,
    parties,
    periods,
    record,
    some,
    staff,
    texts,
    uras,
)

_reasons = st.one_of(
    record(
        progress.Reason,
        code=one_of(codes.StatusReason),
        advised_step=maybe(one_of(codes.SteppedCare)),
        text=maybe(texts),
    ),
    record(progress.Reason, text=texts),
)
progresses = record(
    progress.Progress,
    status=one_of(progress.TaskStatus),
    status_reason=maybe(_reasons),
    business_status=maybe(one_of(codes.BusinessStatus)),
    execution_period=maybe(periods()),
    notes=some(record(progress.Note, text=texts, author=maybe(parties), time=maybe(instants)), 2),
)


@st.composite
def care_plans(draw: st.DrawFn) -> care_plan.CarePlan:
    names = iter(draw(st.lists(keys, min_size=16, max_size=16, unique=True)))

    def parts(least: int, build: object) -> tuple:
        return tuple(build(next(names)) for _ in range(draw(st.integers(least, 2))))  # type: ignore[operator] # a local function

    def problem(key: str) -> care_plan.PlanProblem:
        return care_plan.PlanProblem(
            key=key,
            domain=draw(one_of(codes.ProblemDomain)),
            kind=draw(one_of(plan_codes.ProblemKind)),
            text=draw(texts),
            code=draw(maybe(coded)),
            rank=draw(maybe(st.integers(1, 9))),
        )

    problems = parts(1, problem)

    def goal(key: str) -> care_plan.PlanGoal:
        voice = draw(st.sampled_from(("patient", "naaste", "professional")))
        return care_plan.PlanGoal(
            key=key,
            text=draw(texts),
            expressed_by=voice,
            naaste=draw(maybe(logical_ids)) if voice == "naaste" else None,
            quality_of_life=draw(texts),
            problems=tuple(p.key for p in problems if draw(st.booleans())),
            due=draw(maybe(days)),
            priority=draw(maybe(one_of(plan_codes.GoalPriority))),
            status=draw(one_of(care_plan.GoalStatus)),
        )

    goals = parts(1, goal)

    def action(key: str) -> care_plan.PlanAction:
        return care_plan.PlanAction(
            key=key,
            what=draw(texts),
            why=draw(texts),
            owner=draw(parties),
            when=draw(maybe(periods())),
            goals=tuple(g.key for g in goals if draw(st.booleans())),
            patient_facing=draw(st.booleans()),
            progress=draw(progresses),
        )

    def not_done(key: str) -> care_plan.DeliberateNot:
        return care_plan.DeliberateNot(
            key=key, what=draw(texts), why=draw(texts), concerns=draw(some(uras))
        )

    def scenario(key: str) -> care_plan.Scenario:
        return care_plan.Scenario(
            key=key,
            event=draw(texts),
            what_to_do=draw(texts),
            who=draw(some(uras)),
            kind=draw(maybe(one_of(plan_codes.ScenarioKind))),
        )

    def wish(key: str) -> care_plan.Wish:
        decision = draw(st.sampled_from(("do", "do-not", "other")))
        return care_plan.Wish(
            key=key,
            treatment=draw(one_of(plan_codes.Treatment)),
            decision=decision,
            text=draw(texts if decision == "other" else maybe(texts)),
            discussed_on=draw(maybe(moments)),
        )

    actions, nots = parts(0, action), parts(0, not_done)
    scenarios, wishes = parts(0, scenario), parts(0, wish)
    known = [part.key for part in (*problems, *goals, *actions, *nots, *scenarios, *wishes)]
    adjustments = record(
        care_plan.Adjustment,
        part=st.sampled_from(known),
        party=uras,
        change=st.sampled_from(("add", "remove")),
    )
    return care_plan.CarePlan(
        identifier=draw(identifiers),
        trajectory=draw(logical_ids),
        referral=draw(maybe(logical_ids)),
        patient=draw(logical_ids),
        author=draw(staff),
        created=draw(instants),
        period=draw(periods()),
        status=draw(one_of(care_plan.PlanStatus)),
        title=draw(lines),
        summary=draw(texts),
        problems=problems,
        goals=goals,
        actions=actions,
        nots=nots,
        scenarios=scenarios,
        voice=care_plan.Voice(key=next(names), text=draw(texts)),
        wishes=wishes,
        adjustments=draw(some(adjustments)),
        synthetic=draw(st.booleans()),
    )

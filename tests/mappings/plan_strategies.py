"""Hypothesis strategies: any care plan that our models accept."""

from hypothesis import strategies as st

from mappings.plan import plan_codes
from mappings.records import care_plan, plan_parts, progress
from mappings.records.trajectory import ClosePerson
from mappings.toolkit import codes
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


naasten = record(ClosePerson, related_person=logical_ids)
contributors = st.one_of(st.just("patient"), naasten, parties)
_informal = record(plan_parts.Informal, name=lines)
_fits = record(
    plan_parts.BestFit,
    reasons=st.lists(one_of(plan_codes.FitReason), min_size=1, max_size=3, unique=True).map(tuple),
    text=maybe(texts),
    provider=maybe(parties),
)
_targets = record(plan_parts.GoalTarget, measure=texts, code=maybe(coded), detail=maybe(texts))


@st.composite
def care_plans(draw: st.DrawFn) -> care_plan.CarePlan:
    names = iter(draw(st.lists(keys, min_size=18, max_size=18, unique=True)))

    def parts(least: int, build: object) -> tuple:
        return tuple(build(next(names)) for _ in range(draw(st.integers(least, 2))))  # type: ignore[operator] # a local function

    def problem(key: str) -> plan_parts.PlanProblem:
        return plan_parts.PlanProblem(
            key=key,
            domain=draw(one_of(codes.ProblemDomain)),
            kind=draw(one_of(plan_codes.ProblemKind)),
            text=draw(texts),
            code=draw(maybe(coded)),
            rank=draw(maybe(st.integers(1, 9))),
            naaste=draw(maybe(logical_ids)),
        )

    def linked(one: plan_parts.PlanProblem) -> plan_parts.PlanProblem:
        others = [other.key for other in unlinked if other is not one]
        link = record(
            plan_parts.ProblemLink,
            kind=one_of(plan_parts.LinkKind),
            problem=st.sampled_from(others or ["none"]),
        )
        links = draw(st.lists(link, max_size=3 if others else 0, unique=True))
        return one.model_copy(update={"links": tuple(links)})

    unlinked = parts(1, problem)
    problems = tuple(linked(one) for one in unlinked)

    def wish(key: str) -> plan_parts.Wish:
        decision = draw(st.sampled_from(("do", "do-not", "other")))
        return plan_parts.Wish(
            key=key,
            treatment=draw(one_of(plan_codes.Treatment)),
            decision=decision,
            text=draw(texts if decision == "other" else maybe(texts)),
            discussed_on=draw(maybe(moments)),
        )

    wishes = parts(0, wish)

    def goal(key: str) -> plan_parts.PlanGoal:
        voice = draw(st.sampled_from(("patient", "naaste", "professional")))
        due = draw(maybe(days))
        return plan_parts.PlanGoal(
            key=key,
            text=draw(texts),
            expressed_by=voice,
            naaste=draw(maybe(logical_ids)) if voice == "naaste" else None,
            quality_of_life=draw(texts),
            problems=tuple(p.key for p in problems if draw(st.booleans())),
            wishes=tuple(w.key for w in wishes if draw(st.booleans())),
            start=draw(maybe(days)) if due is None else draw(maybe(st.just(due))),
            target=draw(maybe(_targets)),
            due=due,
            priority=draw(maybe(one_of(plan_codes.GoalPriority))),
            status=draw(one_of(plan_parts.GoalStatus)),
            achievement=draw(maybe(one_of(plan_codes.Achievement))),
        )

    goals = parts(1, goal)

    def action(key: str) -> plan_parts.PlanAction:
        purpose = draw(maybe(one_of(plan_codes.ActionPurpose)))
        return plan_parts.PlanAction(
            key=key,
            what=draw(texts),
            why=draw(maybe(texts)),
            purpose=purpose,
            owner=draw(parties),
            performers=draw(some(st.one_of(st.just("patient"), naasten, _informal))),
            best_fit=draw(maybe(_fits)),
            when=draw(maybe(periods())),
            timing=draw(maybe(texts)),
            naaste=draw(maybe(logical_ids)) if purpose == "naaste-support" else None,
            goals=tuple(g.key for g in goals if draw(st.booleans())),
            patient_facing=draw(st.booleans()),
            progress=draw(progresses),
        )

    def not_done(key: str) -> plan_parts.DeliberateNot:
        return plan_parts.DeliberateNot(
            key=key, what=draw(texts), why=draw(texts), concerns=draw(some(uras))
        )

    def scenario(key: str) -> plan_parts.Scenario:
        return plan_parts.Scenario(
            key=key,
            event=draw(texts),
            what_to_do=draw(texts),
            who=draw(some(uras)),
            naasten=draw(some(logical_ids)),
            kind=draw(maybe(one_of(plan_codes.ScenarioKind))),
            when=draw(maybe(periods())),
            why=draw(maybe(texts)),
        )

    actions, nots = parts(0, action), parts(0, not_done)
    scenarios = parts(0, scenario)
    before = [part.key for part in (*problems, *goals, *actions, *nots, *scenarios, *wishes)]

    def trade_off(key: str) -> plan_parts.TradeOff:
        return plan_parts.TradeOff(
            key=key,
            weighed=draw(texts),
            decided=draw(texts),
            about=draw(some(st.sampled_from(before))),
        )

    trade_offs = parts(0, trade_off)
    known = [*before, *(part.key for part in trade_offs)]
    adjustments = record(
        care_plan.Adjustment,
        part=st.sampled_from(known),
        party=uras,
        change=st.sampled_from(("add", "remove")),
    )
    number = draw(identifiers)
    return care_plan.CarePlan(
        identifier=number,
        replaces=draw(maybe(identifiers.filter(lambda other: other != number))),
        trajectory=draw(logical_ids),
        referral=draw(maybe(logical_ids)),
        patient=draw(logical_ids),
        assessments=draw(some(logical_ids)),
        conversations=draw(some(logical_ids)),
        author=draw(staff),
        contributors=draw(some(contributors)),
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
        voice=plan_parts.Voice(key=next(names), text=draw(texts)),
        wishes=wishes,
        trade_offs=trade_offs,
        adjustments=draw(some(adjustments)),
        synthetic=draw(st.booleans()),
    )

"""Hypothesis strategies: any assessment and any conversation that our models accept."""

from hypothesis import strategies as st

from mappings.plan import acp_codes, assessment_codes, plan_codes
from mappings.records import advance_care_planning as acp
from mappings.records import assessment
from mappings.records.trajectory import ClosePerson
from mappings.toolkit import codes
from tests.mappings.strategies import (
    coded,
    days,
    identifiers,
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
    uzis,
)

_assessors = record(assessment.Assessor, ura=uras, uzi=uzis, function=one_of(codes.Function))
_sources = st.tuples(
    st.sampled_from(("QuestionnaireResponse", "Observation", "DocumentReference")), logical_ids
).map("/".join)
_findings = record(assessment.Finding, text=texts, code=maybe(coded))


@st.composite
def assessments(draw: st.DrawFn) -> assessment.Assessment:
    names = iter(draw(st.lists(keys, min_size=4, max_size=4, unique=True)))
    contacts = tuple(
        draw(
            record(
                assessment.Contact,
                key=st.just(next(names)),
                setting=one_of(assessment.Setting),
                period=periods(),
                staff=some(staff, 2, 1),
                naasten=some(logical_ids, 2),
            )
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    visited = st.sampled_from([item.key for item in contacts]) if contacts else st.none()

    def component(code: str) -> assessment.Component:
        if draw(st.booleans()):
            return assessment.Component(component=code, state="left-out", reason=draw(texts))
        return assessment.Component(
            component=code,
            state="done",
            assessors=draw(some(_assessors, 2, 1)),
            contact=draw(maybe(visited)),
            on=draw(maybe(moments)),
            finding=draw(maybe(texts)),
            sources=draw(some(_sources, 2)),
        )

    status = draw(st.sampled_from(("completed", "in-progress")))
    known = draw(st.permutations(list(assessment_codes.ASSESSMENT_COMPONENT.texts)))
    if status == "in-progress":
        known = known[: draw(st.integers(1, 4))]
    needs = record(
        assessment.NaasteNeed, key=st.just("x"), naaste=logical_ids, text=texts, seen_by=staff
    )
    return assessment.Assessment(
        identifier=draw(identifiers),
        trajectory=draw(logical_ids),
        patient=draw(logical_ids),
        author=draw(staff),
        status=status,
        period=draw(periods()),
        contacts=contacts,
        components=tuple(component(code) for code in known),
        problems=draw(some(logical_ids)),
        findings=draw(some(_findings)),
        conclusion=draw(maybe(texts)),
        prognosis=draw(maybe(texts)),
        naaste_needs=tuple(
            draw(needs).model_copy(update={"key": next(names)})
            for _ in range(draw(st.integers(0, 2)))
        ),
        synthetic=draw(st.booleans()),
    )


@st.composite
def conversations(draw: st.DrawFn) -> acp.AdvanceCarePlanning:
    names = iter(draw(st.lists(keys, min_size=12, max_size=12, unique=True)))
    key = st.builds(lambda: next(names))
    people = draw(st.lists(logical_ids, max_size=3, unique=True))
    representative = people.pop() if people and draw(st.booleans()) else None
    agreeing = [ClosePerson(related_person=representative)] if representative else []

    def limit(treatment: str) -> acp.TreatmentLimit:
        decision = draw(st.sampled_from(("do", "do-not", "other")))
        return acp.TreatmentLimit(
            key=next(names),
            treatment=treatment,
            decision=decision,
            text=draw(texts if decision == "other" else maybe(texts)),
            agreed_by=draw(st.sampled_from(["patient", *agreeing])),
        )

    treatments = st.lists(one_of(plan_codes.Treatment), max_size=2, unique=True)
    documents = record(
        acp.DirectiveDocument,
        key=key,
        kind=one_of(acp_codes.DirectiveKind),
        title=lines,
        signed_on=maybe(days),
        location=maybe(st.just("https://a.example/b")),
        text=maybe(texts),
        representative=maybe(logical_ids),
    )
    wishes = record(acp.SpecificWish, key=key, topic=one_of(acp.SaidTopic), text=texts)
    abouts = draw(st.lists(st.sampled_from(("place-of-care", "place-of-death")), unique=True))
    return acp.AdvanceCarePlanning(
        identifier=draw(identifiers),
        trajectory=draw(maybe(logical_ids)),
        patient=draw(logical_ids),
        author=draw(staff),
        held_on=draw(moments),
        held_by=draw(some(staff, 2, 1)),
        patient_present=draw(st.booleans()) if people or representative else True,
        naasten=tuple(people),
        representative=representative,
        limits=tuple(limit(treatment) for treatment in draw(treatments)),
        documents=draw(some(documents, 2)),
        goal=draw(
            maybe(
                record(
                    acp.GoalOfTreatment, key=key, goal=one_of(acp_codes.TreatmentGoal), text=texts
                )
            )
        ),
        wishes=draw(some(wishes, 2)),
        places=tuple(
            acp.PlaceWish(
                key=next(names),
                about=about,
                place=draw(one_of(acp_codes.PreferredPlace)),
                text=draw(maybe(texts)),
            )
            for about in abouts
        ),
        palliative_phase=draw(
            maybe(record(acp.PalliativePhase, key=key, since=moments, marked_by=staff))
        ),
        next_review=draw(
            maybe(
                record(
                    acp.NextReview,
                    key=key,
                    on=days,
                    owner=parties,
                    status=st.sampled_from(("requested", "completed", "cancelled")),
                )
            )
        ),
        synthetic=draw(st.booleans()),
    )

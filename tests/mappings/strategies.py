"""Hypothesis strategies: any record that our models accept, one strategy per kind.

Times carry whole-minute offsets, as FHIR writes them; texts hold what JSON and FHIR can carry.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

from hypothesis import strategies as st

from mappings import codes, consent_codes, plan_codes
from mappings.records import care_plan, consent, directory, mdo, progress, referral, trajectory
from mappings.records.base import Coded, Identifier, Period
from mappings.records.closing import Closing, NoSuccessor
from mappings.records.parties import Party, StaffKey

_TEST_BSN = ("999900006", "999900018", "999900031", "999900043")
_LETTERS = st.characters(
    codec="utf-8", exclude_characters="|", categories=("L", "N", "P", "S", "Zs")
)


def record(kind: type, /, **fields: st.SearchStrategy) -> st.SearchStrategy:
    """Records by field name; `st.builds` would ask for the aliases too."""
    return st.fixed_dictionaries(fields).map(lambda found: kind(**found))


lines = st.text(_LETTERS, min_size=1, max_size=30).filter(str.strip)
texts = st.text(st.one_of(_LETTERS, st.sampled_from("\n\t|")), min_size=1, max_size=60).filter(
    str.strip
)
uras = st.integers(90_000_000, 90_000_030).map(str)
uzis = st.integers(900_000_000, 900_000_030).map(str)
logical_ids = st.from_regex(r"\A[a-z][A-Za-z0-9\-.]{0,20}\Z")
keys = st.from_regex(r"\A[a-z0-9][a-z0-9\-]{0,10}\Z")
systems = st.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z]{1,8}\Z")
identifiers = record(Identifier, system=systems, value=lines)
staff = record(StaffKey, ura=uras, uzi=uzis)
parties = st.one_of(record(Party, ura=uras), staff.map(StaffKey.party))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
instants = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 # hypothesis wants bounds without a zone
    datetime(2030, 1, 1),  # noqa: DTZ001 # and adds the zone itself
    timezones=st.one_of(st.just(UTC), zones),
)
moments = st.one_of(days, instants)
coded = record(Coded, system=systems, code=keys, display=st.none() | lines)


def some(element: st.SearchStrategy, most: int = 3, least: int = 0) -> st.SearchStrategy:
    return st.lists(element, min_size=least, max_size=most).map(tuple)


def maybe(element: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | element


def one_of(literal: object) -> st.SearchStrategy:
    return st.sampled_from(get_args(literal))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(moments)
    end = draw(st.none() | st.integers(2, 1000))
    return Period(start=start, end=None if end is None else start + timedelta(days=end))


# --- referral -----------------------------------------------------------------------------------

_addresses = record(
    referral.Address,
    street=lines,
    house_number=lines,
    house_number_suffix=maybe(lines),
    postal_code=lines,
    city=lines,
)
_patients = record(
    referral.Patient,
    identifier=identifiers,
    bsn=maybe(st.sampled_from(_TEST_BSN)),
    family=lines,
    prefix=maybe(lines),
    given=some(lines, 3, 1),
    birth_date=days,
    gender=st.sampled_from(("male", "female", "other", "unknown")),
    address=maybe(_addresses),
    phone=maybe(lines),
    deceased=st.one_of(st.none(), st.just(True), moments),
    general_practitioner=maybe(record(Party, ura=st.just("90000099"))),
)
_problems = record(
    referral.Problem,
    identifier=identifiers,
    domain=one_of(codes.ProblemDomain),
    text=texts,
    code=maybe(coded),
)
_agreements = record(
    referral.Agreement,
    agreed=st.booleans(),
    agreed_on=moments,
    recorded_by=staff,
    explanation_given=maybe(st.booleans()),
    access_identifier=maybe(identifiers),
    actions_identifier=maybe(identifiers),
)
referrals = record(
    referral.Referral,
    identifier=identifiers,
    task_identifier=maybe(
        record(Identifier, system=st.just("urn:ietf:rfc:3986"), value=st.just("urn:uuid:t"))
    ),
    authored_on=instants,
    requested_service=one_of(codes.RequestedService),
    stepped_care=one_of(codes.SteppedCare),
    referrer=staff,
    receiver=record(referral.Receiver, ura=uras),
    patient=_patients,
    question=texts,
    complexity=one_of(codes.Complexity),
    home_visit=st.booleans(),
    problems=st.lists(
        _problems, min_size=1, max_size=3, unique_by=lambda problem: problem.identifier
    ).map(tuple),
    tried=some(texts),
    priority=maybe(one_of(codes.Priority)),
    agreement=maybe(_agreements),
    synthetic=st.booleans(),
)

# --- consent ------------------------------------------------------------------------------------

_givers = st.one_of(st.just("patient"), record(consent.Representative, related_person=logical_ids))
_consent_parties = st.one_of(
    record(consent.ConsentParty, ura=uras, role=maybe(one_of(codes.Function))),
    record(consent.ConsentParty, related_person=logical_ids),
)


@st.composite
def consents(draw: st.DrawFn) -> consent.ConsentRecord:
    type_ = draw(one_of(consent_codes.ConsentType))
    by_category = type_ in {"CON-1", "CON-2", "CON-6"}
    kind = draw(st.sampled_from(("explicit", "refused")))
    status = draw(
        st.sampled_from(("active", "inactive"))
        if kind == "explicit"
        else st.sampled_from(("active", "inactive", "rejected"))
    )
    withdrawals = record(consent.Withdrawal, on=moments, by=_givers, reason=maybe(texts))
    part = st.tuples(st.sampled_from(("Task", "Goal", "CarePlan", "Consent")), logical_ids).map(
        "/".join
    )
    return consent.ConsentRecord(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        type=type_,
        kind=kind,
        status=status,
        given_by=draw(_givers),
        recorded_by=draw(staff),
        given_to=draw(some(uras, 2, 1)),
        date_time=draw(moments),
        form=draw(one_of(consent_codes.ConsentForm)),
        party=draw(_consent_parties),
        categories=draw(some(one_of(consent_codes.DataCategory))) if by_category else (),
        parts=() if by_category else draw(some(part)),
        trajectory=draw(logical_ids if kind == "explicit" else maybe(logical_ids)),
        referral=draw(maybe(logical_ids)),
        period=draw(periods() if kind == "explicit" else maybe(periods())),
        alignment=draw(maybe(lines)),
        explanation_given=draw(maybe(st.booleans())),
        withdrawal=draw(maybe(withdrawals)) if status == "inactive" else None,
        synthetic=draw(st.booleans()),
    )


# --- care plan ----------------------------------------------------------------------------------

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


# --- MDO, trajectory, closing, directory --------------------------------------------------------

_outputs = record(
    mdo.Outputs,
    shared=some(texts),
    goals=some(keys),
    priorities=some(texts),
    agreements=some(keys),
    outlook=some(texts),
)


@st.composite
def mdos(draw: st.DrawFn) -> mdo.Mdo:
    start = draw(instants)
    naaste = draw(
        maybe(
            record(
                mdo.InvitedNaaste,
                related_person=logical_ids,
                consent=maybe(identifiers),
                response=one_of(mdo.Response),
            )
        )
    )
    chair = draw(staff)
    invited = record(
        mdo.Invitee,
        party=parties,
        function=one_of(codes.Function),
        consent=maybe(identifiers),
        response=one_of(mdo.Response),
    ).filter(lambda invitee: invitee.party != chair.party())
    held_start = draw(instants)
    held = record(
        mdo.Held,
        start=st.just(held_start),
        end=st.just(held_start + timedelta(minutes=draw(st.integers(1, 300)))),
        attended=some(st.one_of(staff, st.just(chair)), 3, 1),
        patient_attended=st.booleans(),
        naaste_attended=st.booleans() if naaste is not None else st.just(False),
        repeat_reason=maybe(texts),
        outputs=_outputs,
    )
    return mdo.Mdo(
        identifier=draw(identifiers),
        trajectory=draw(logical_ids),
        patient=draw(logical_ids),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 300))),
        form=draw(one_of(plan_codes.MdoForm)),
        organiser=draw(uras),
        chair=chair,
        agenda=draw(record(mdo.PlanKey, ura=uras, identifier=identifiers)),
        invitees=draw(
            st.lists(invited, max_size=3, unique_by=lambda invitee: invitee.party).map(tuple)
        ),
        naaste=naaste,
        held=draw(maybe(held)),
        synthetic=draw(st.booleans()),
    )


_checks = record(
    trajectory.Check,
    point=one_of(codes.ClosingCheck),
    met=st.booleans(),
    remark=maybe(texts),
)


@st.composite
def trajectories(draw: st.DrawFn, *, running: bool = False) -> trajectory.Trajectory:
    started = draw(instants)
    who = st.one_of(
        parties,
        record(trajectory.ClosePerson, related_person=logical_ids),
        st.just("patient"),
    )

    def member() -> trajectory.Member:
        start = started + timedelta(days=draw(st.integers(0, 100)))
        length = None if running else draw(st.none() | st.integers(1, 100))
        return trajectory.Member(
            who=draw(who),
            role=draw(one_of(codes.TeamRole)),
            start=start,
            end=None if length is None else start + timedelta(days=length),
        )

    ends = record(
        trajectory.TrajectoryEnd,
        on=st.just(started + timedelta(days=draw(st.integers(1, 400)))),
        reason=one_of(codes.EndReason),
        decided_by=staff,
        no_successor_reason=maybe(texts),
        checklist=some(_checks),
    )
    return trajectory.Trajectory(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        referral=draw(logical_ids),
        practice=draw(uras),
        stepped_care=draw(one_of(codes.SteppedCare)),
        started=started,
        regie_holder=draw(staff),
        members=tuple(member() for _ in range(draw(st.integers(1, 4)))),
        end=None if running else draw(maybe(ends)),
        synthetic=draw(st.booleans()),
    )


@st.composite
def closings_of(draw: st.DrawFn, running: trajectory.Trajectory, id_: str) -> Closing:
    return Closing(
        trajectory=id_,
        end_reason=draw(one_of(codes.EndReason)),
        on=running.started + timedelta(days=draw(st.integers(101, 400))),
        decided_by=draw(staff),
        successor=draw(st.one_of(st.none(), parties, record(NoSuccessor, not_needed_reason=texts))),
        continuing_parties=draw(some(uras)),
        checklist=draw(some(_checks)),
        synthetic=running.synthetic,
    )


entries = st.one_of(
    record(
        directory.OrganisationEntry,
        ura=uras,
        name=lines,
        kind=one_of(codes.OrganisationKind),
        type=maybe(st.sampled_from(("Z3", "T2"))),
        phone=maybe(lines),
        synthetic=st.booleans(),
    ),
    record(
        directory.PractitionerEntry,
        uzi=uzis,
        family=lines,
        prefix=maybe(lines),
        given=some(lines),
        synthetic=st.booleans(),
    ),
    record(
        directory.StaffEntry,
        ura=uras,
        uzi=uzis,
        function=one_of(codes.Function),
        specialty=maybe(st.sampled_from(("01.015", "01.047", "30.000"))),
        phone=maybe(lines),
        period=maybe(periods()),
        active=st.booleans(),
        synthetic=st.booleans(),
    ),
)

"""The multidisciplinary meeting about an invented patient, once or rarely twice, and its reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from adapter.synthetic.cast import party
from adapter.synthetic.life.consents import consent_number
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.network import Member
from adapter.synthetic.regional import PartnerRole, book
from adapter.synthetic.themes import phrases
from mappings.mdo.mdo import encounter_id
from mappings.plan.plan_codes import MdoForm
from mappings.records.base import Identifier, Record
from mappings.records.care_plan import CarePlan
from mappings.records.mdo import (
    Attendee,
    Consultation,
    Held,
    InvitedNaaste,
    Invitee,
    Mdo,
    Outputs,
    PlanKey,
    Report,
    Response,
)
from mappings.records.mdo_report import MdoReport, MdoSection
from mappings.records.parties import Party

_PERSONAL: Final[tuple[PartnerRole, ...]] = ("cn", "cm", "welfare", "social", "night")
_SOCIAL: Final[tuple[PartnerRole, ...]] = ("welfare", "social")
_FORMS: Final[tuple[MdoForm, ...]] = ("physical", "hybrid", "hybrid", "digital")
_LASTS: Final = timedelta(minutes=45)
_GP_THERE: Final = 0.6
_OTHERS_THERE: Final = 0.85
_PATIENT_THERE: Final = 0.35
_TOLD: Final = (
    "Kan zich in het plan vinden",
    "Neemt de eigen actie op zich",
    "Heeft nog een vraag",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """Who is asked besides the chair and the coordinator, and the organisation she did not want."""

    people: tuple[Member, ...]
    refused: str | None

    def partners(self, scene: Scene) -> tuple[str, ...]:
        """URAs that need her consent (CON-3): all but her GP practice and the team."""
        own = {scene.practice.house.ura, scene.cast.meso.ura}
        return tuple(dict.fromkeys(who.ura for who in self.people if who.ura not in own))


def choose_guests(scene: Scene, rng: Random) -> Guests:
    """The GP always (R-89); first who has an action, then who may get one."""
    cast, practice = scene.cast, scene.practice
    wanted = {partner.ura for partner in scene.partners()}
    one_each = [rng.choice(cast.staff[role]) for role in _PERSONAL]
    others = [
        practice.poh,
        *cast.team["meso-so-trainee"],
        *[who for who in cast.team["meso-nurse"] if who != scene.nurse],
        *cast.staff["cn"],
    ]
    refused = None
    if scene.has("invitee-refused"):
        refused = cast.partners[rng.choice(_SOCIAL)].ura
    first = [who for who in one_each if who.ura in wanted]
    rest = [who for who in (*one_each, *others) if who not in first]
    rng.shuffle(rest)
    least, most = book().invitees
    allowed = [who for who in dict.fromkeys([*first, *rest]) if who.ura != refused]
    count = rng.randint(least, most)
    return Guests(people=(practice.gp, *allowed[: count - 1]), refused=refused)


def meetings(
    scene: Scene, plan: CarePlan, guests: Guests, rng: Random
) -> Iterator[tuple[str, Record]]:
    """Every meeting before the horizon with its reports, or the plan for the first one."""
    case, timeline = scene.case, scene.case.timeline
    if not case.reached(timeline.meeting):
        yield "mdo", _meeting(scene, plan, guests, rng, at=timeline.meeting, held=False)
        return
    yield from _held(scene, plan, guests, rng, timeline.meeting, sequence=1)
    if scene.has("repeated-mdo"):
        yield from _held(scene, plan, guests, rng, timeline.repeated, sequence=2)


def _held(
    scene: Scene, plan: CarePlan, guests: Guests, rng: Random, at: datetime, *, sequence: int
) -> Iterator[tuple[str, Record]]:
    mdo = _meeting(scene, plan, guests, rng, at=at, held=True, sequence=sequence)
    yield "mdo", mdo
    yield from (("mdo-report", report) for report in _reports(scene, plan, mdo))


def _number(scene: Scene, sequence: int) -> Identifier:
    return scene.meso_number(f"mdo-{sequence}")


def _meeting(
    scene: Scene,
    plan: CarePlan,
    guests: Guests,
    rng: Random,
    *,
    at: datetime,
    held: bool,
    sequence: int = 1,
) -> Mdo:
    there = [who for who in guests.people if chance(rng, _share_there(who))] if held else []
    with_naaste = scene.has("naaste-at-mdo") and scene.carer is not None
    invited_at = scene.case.timeline.plan + timedelta(hours=1)
    patient_there = held and chance(rng, _PATIENT_THERE)
    return Mdo(
        identifier=_number(scene, sequence),
        trajectory=scene.trajectory_id,
        referral=scene.referral_id,
        patient=scene.patient_id,
        start=at,
        end=at + _LASTS,
        form=rng.choice(_FORMS),
        sequence=sequence,
        organiser=scene.cast.meso.ura,
        chair=scene.lead,
        coordinator=scene.coordinator,
        agenda=PlanKey(ura=scene.so.ura, identifier=plan.identifier, version=sequence),
        invitees=tuple(
            _invitee(scene, who, invited_at, held=held, there=who in there) for who in guests.people
        ),
        patient_invited=patient_there or chance(rng, 0.3),
        naaste=InvitedNaaste(
            related_person=scene.carer,
            consent=consent_number(scene, "CON-4", "naaste"),
            response="accepted" if held else "needs-action",
            invited_at=invited_at,
        )
        if with_naaste and scene.carer is not None
        else None,
        indication=scene.say(rng.choice(phrases().indications)),
        consultations=tuple(_consultations(scene, guests, there, at, rng)) if held else (),
        held=_minutes(
            scene, plan, there, at, sequence, rng, patient=patient_there, naaste=with_naaste
        )
        if held
        else None,
        synthetic=True,
    )


def _share_there(who: Member) -> float:
    return _GP_THERE if who.role == "gp" else _OTHERS_THERE


def _invitee(
    scene: Scene, who: Member, invited_at: datetime, *, held: bool, there: bool
) -> Invitee:
    own = {scene.practice.house.ura, scene.cast.meso.ura}
    response: Response = "needs-action" if not held else "accepted" if there else "declined"
    known = who.ura in {partner.ura for partner in scene.partners()} | own
    return Invitee(
        party=party(who),
        function=who.role,
        consent=None if who.ura in own else consent_number(scene, "CON-3", who.ura[-3:]),
        response=response,
        involvement="involved" if known else "to-be-involved",
        invited_at=invited_at,
    )


def _consultations(
    scene: Scene, guests: Guests, there: Sequence[Member], at: datetime, rng: Random
) -> Iterator[Consultation]:
    """Who was not there was spoken to, before and after (R-102)."""
    absent = [who for who in guests.people if who not in there]
    for n, who in enumerate(absent, start=1):
        before = chance(rng, 0.5)
        yield Consultation(
            key=f"afwezig-{n}",
            who=party(who),
            when="before" if before else "after",
            on=at + timedelta(days=-1 if before else 1, hours=1),
            by=scene.coordinator,
            note=rng.choice(_TOLD),
        )


def _minutes(
    scene: Scene,
    plan: CarePlan,
    there: Sequence[Member],
    at: datetime,
    sequence: int,
    rng: Random,
    *,
    patient: bool,
    naaste: bool,
) -> Held:
    said = phrases()
    kind, why = rng.choice(said.repeats)
    again = sequence > 1
    present = [scene.so, scene.nurse, *there]
    names = [theme.title for theme in scene.themes]
    number = _report_number(scene, sequence)
    return Held(
        start=at,
        end=at + _LASTS,
        attended=tuple(
            Attendee(ura=who.ura, uzi=who.uzi, start=at, end=at + _LASTS) for who in present
        ),
        patient_attended=patient,
        naaste_attended=naaste,
        repeat_kind=kind if again else None,
        repeat_reason=scene.say(why) if again else None,
        outputs=Outputs(
            shared=(scene.say(rng.choice(said.shared)),),
            goals=tuple(goal.key for goal in plan.goals[:2]),
            priorities=(f"Eerst {names[0]}, dan {names[1]}",),
            agreements=tuple(action.key for action in plan.actions[:4]),
            outlook=(rng.choice(said.outlook),),
            scenarios=tuple(scenario.key for scenario in plan.scenarios[:1]),
            wishes=(scene.say(rng.choice(said.wishes_at_meeting)),),
        ),
        reports=(
            Report(
                audience=Party(ura=scene.cast.partners["cn"].ura),
                document=f"Composition/{scene.document_id(number)}",
            ),
        ),
    )


def _report_number(scene: Scene, sequence: int) -> Identifier:
    return scene.meso_number(f"verslag-{sequence}")


def _reports(scene: Scene, plan: CarePlan, mdo: Mdo) -> Iterator[MdoReport]:
    """For the home care only what concerns its actions; for the GP all of it."""
    nursing = scene.cast.partners["cn"].ura
    hers = [action for action in plan.actions if action.owner.ura == nursing]
    sequence = mdo.sequence or 1
    yield _report(
        scene,
        mdo,
        _report_number(scene, sequence),
        Party(ura=nursing),
        agreements=[f"{action.what} ({action.timing})" for action in hers]
        or ["Geen acties voor uw organisatie"],
    )
    yield _report(
        scene,
        mdo,
        scene.meso_number(f"verslag-ha-{sequence}"),
        scene.gp.party(),
        agreements=[action.what for action in plan.actions],
    )


def _report(
    scene: Scene, mdo: Mdo, number: Identifier, reader: Party, *, agreements: Sequence[str]
) -> MdoReport:
    assert mdo.held is not None, "a report is of a meeting that was held"
    outputs = mdo.held.outputs
    return MdoReport(
        identifier=number,
        patient=scene.patient_id,
        author=scene.lead,
        author_function="meso-so",
        written_on=mdo.held.end + timedelta(hours=2),
        recipients=(reader,),
        contact=scene.contact(),
        trajectory=scene.trajectory_id,
        meeting=encounter_id(mdo, scene.ids),
        audience="gp" if reader.uzi is not None else "community-nurse",
        sections=(
            MdoSection(topic="shared-information", text="\n".join(outputs.shared)),
            MdoSection(topic="priorities", text="\n".join(outputs.priorities)),
            MdoSection(topic="agreements", text="\n".join(agreements)),
            MdoSection(topic="outlook", text="\n".join(outputs.outlook)),
        ),
        synthetic=True,
    )

"""The assessment of an invented patient, and the conversation about her wishes."""

from datetime import timedelta
from random import Random
from typing import Final, Literal

from adapter.synthetic.life.intake import coded
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.themes import phrases
from mappings.plan.acp_codes import PreferredPlace, TreatmentGoal
from mappings.plan.acp_frame import CONVERSATION
from mappings.plan.assessment_codes import AssessmentComponent
from mappings.plan.plan_codes import Treatment
from mappings.records.advance_care_planning import (
    AdvanceCarePlanning,
    DirectiveDocument,
    GoalOfTreatment,
    NextReview,
    PalliativePhase,
    PlaceWish,
    SpecificWish,
    TreatmentLimit,
)
from mappings.records.assessment import (
    MANDATORY,
    Assessment,
    Assessor,
    Component,
    Contact,
    Finding,
    NaasteNeed,
)
from mappings.records.base import Period
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson

Decision = Literal["do", "do-not", "other"]

_ORDER: Final[tuple[AssessmentComponent, ...]] = (
    "D1", "D1a", "D1b", "D1c", "D1d", "D1e", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10",
)  # fmt: skip
_BY_NURSE: Final = frozenset({"D1", "D1b", "D1c", "D1d", "D2", "D10"})
_AT_HOME: Final = frozenset({"D1", "D1a", "D1b", "D1c", "D1d", "D1e", "D2", "D10"})
_IN_PRACTICE: Final = frozenset({"D3", "D4", "D5", "D6"})
_LEFT_OUT: Final[dict[AssessmentComponent, str]] = {
    "D3": "Kan het huis niet meer uit",
    "D5": "Geen aanwijzingen, en zij wilde het nu niet",
    "D7": "Recent gedaan door de huisarts",
}
_SOME_LEFT_OUT: Final = 0.15
_TREATMENTS: Final[tuple[Treatment, ...]] = ("305351004", "40617009", "116762002", "281789004")
_GOALS: Final[tuple[tuple[TreatmentGoal, str], ...]] = (
    ("713148004", "Liever minder klachten dan een langer leven"),
    ("385987000", "Behandelen wat te behandelen is, zonder het leven te verzwaren"),
    ("1351964001", "Alles doen wat het leven verlengt, zolang er zicht is op herstel"),
)
_PLACES: Final[tuple[PreferredPlace, ...]] = (
    "264362003",
    "264362003",
    "284546000",
    "108344006",
    "UNK",
)
_TALKED: Final = 0.85
_FINDING_AT_ALL: Final = "Geen bijzonderheden"


def assessment_id(scene: Scene) -> str:
    number = scene.meso_number("onderzoek")
    return scene.ids.of("ClinicalImpression", scene.so.ura, number.system, number.value)


def assessment(scene: Scene, rng: Random) -> Assessment:
    """SO and nurse, at home and in the practice, unless something is left out for a reason."""
    timeline, said = scene.case.timeline, phrases()
    left_out = {code: why for code, why in _LEFT_OUT.items() if chance(rng, _SOME_LEFT_OUT)}
    if scene.has("refusal"):
        left_out["D8"] = "Geen akkoord voor inzage in het huisartsdossier"
    seen: dict[AssessmentComponent, str] = {
        "D1b": rng.choice(said.social),
        "D1c": rng.choice(said.sketches),
    }
    for theme in scene.themes:
        for code, text in theme.examined.items():
            seen[code] = f"{seen[code]}. {scene.say(text)}" if code in seen else scene.say(text)
    components = [code for code in _ORDER if code in MANDATORY or code in seen]
    needs = (
        NaasteNeed(
            key="steun",
            naaste=scene.carer,
            text=rng.choice(said.needs),
            seen_by=scene.coordinator,
        )
        if scene.carer is not None and any(theme.naaste for theme in scene.themes)
        else None
    )
    return Assessment(
        identifier=scene.meso_number("onderzoek"),
        trajectory=scene.trajectory_id,
        patient=scene.patient_id,
        author=scene.lead,
        period=Period(start=timeline.home.date(), end=timeline.practice.date()),
        contacts=_contacts(scene, with_practice="D3" not in left_out),
        components=tuple(_component(scene, code, seen.get(code), left_out) for code in components),
        findings=tuple(
            Finding(text=scene.say(theme.problem[0]), code=coded(theme)) for theme in scene.themes
        ),
        conclusion=rng.choice(said.conclusions),
        prognosis=rng.choice(said.prognoses),
        naaste_needs=() if needs is None else (needs,),
        synthetic=True,
    )


def _contacts(scene: Scene, *, with_practice: bool) -> tuple[Contact, ...]:
    timeline = scene.case.timeline
    at_home = Contact(
        key="thuis",
        setting="home",
        period=Period(start=timeline.home, end=timeline.home + timedelta(minutes=90)),
        staff=(scene.coordinator,),
        naasten=scene.naaste_ids[:1],
    )
    second = Contact(
        key="praktijk" if with_practice else "thuis-arts",
        setting="practice" if with_practice else "home",
        period=Period(start=timeline.practice, end=timeline.practice + timedelta(minutes=60)),
        staff=(scene.lead, scene.coordinator) if with_practice else (scene.lead,),
    )
    return (at_home, second)


def _component(
    scene: Scene,
    code: AssessmentComponent,
    finding: str | None,
    left_out: dict[AssessmentComponent, str],
) -> Component:
    if code in left_out:
        return Component(component=code, state="left-out", reason=left_out[code])
    so = Assessor(ura=scene.so.ura, uzi=scene.so.uzi, function="meso-so")
    nurse = Assessor(ura=scene.nurse.ura, uzi=scene.nurse.uzi, function="meso-nurse")
    in_practice = "praktijk" if "D3" not in left_out else "thuis-arts"
    contact = "thuis" if code in _AT_HOME else in_practice if code in _IN_PRACTICE else None
    timeline = scene.case.timeline
    return Component(
        component=code,
        state="done",
        assessors=(nurse,) if code in _BY_NURSE else (so,),
        contact=contact,
        on=(timeline.home if code in _AT_HOME else timeline.practice).date(),
        finding=finding or _FINDING_AT_ALL,
    )


# --- wishes -----------------------------------------------------------------------------------


def has_talked(scene: Scene) -> bool:
    """Most speak about it; who did is settled by her number, so that every record agrees."""
    return Random(f"wensen {scene.number}").random() < _TALKED  # noqa: S311 - repeatable


def conversation_id(scene: Scene) -> str:
    number = scene.meso_number("gesprek")
    return scene.ids.of(CONVERSATION, scene.so.ura, number.system, number.value)


def limits(scene: Scene) -> tuple[TreatmentLimit, ...]:
    """The same each time they are asked for: conversation and plan hold the same wishes."""
    rng = Random(f"grenzen {scene.number}")  # noqa: S311 - repeatable
    wanted: list[tuple[str, Treatment, Decision, str | None]] = [
        ("reanimatie", "89666000", "do-not" if chance(rng, 0.8) else "do", None),
        ("opname", "32485007", "other", rng.choice(phrases().limits)),
    ]
    for treatment in rng.sample(_TREATMENTS, rng.randrange(0, 3)):
        answer: Decision = "do" if treatment == "281789004" else "do-not"
        wanted.append((f"grens-{treatment}", treatment, answer, None))
    id_ = scene.representative
    agreed: ClosePerson | Literal["patient"] = (
        "patient" if id_ is None else ClosePerson(related_person=id_)
    )
    return tuple(
        TreatmentLimit(key=key, treatment=treatment, decision=answer, text=text, agreed_by=agreed)
        for key, treatment, answer, text in wanted
    )


def conversation(scene: Scene, rng: Random) -> AdvanceCarePlanning:
    timeline, said = scene.case.timeline, phrases()
    goal, words = rng.choice(_GOALS)
    dying = scene.case.end in ("END-4", "END-5")
    others = tuple(id_ for id_ in scene.naaste_ids if id_ != scene.representative)
    wishes = [
        SpecificWish(key="telt", topic="matters-most", text=rng.choice(said.matters)),
        SpecificWish(key="vrees", topic="fear", text=rng.choice(said.fears)),
        SpecificWish(key="zorg", topic="care-wish", text=rng.choice(said.care_wishes)),
        SpecificWish(key="anders", topic="non-medical", text=rng.choice(said.non_medical)),
    ]
    return AdvanceCarePlanning(
        identifier=scene.meso_number("gesprek"),
        trajectory=scene.trajectory_id,
        patient=scene.patient_id,
        author=scene.lead,
        held_on=timeline.talk,
        held_by=(scene.lead, scene.coordinator) if chance(rng, 0.5) else (scene.lead,),
        patient_present=True,
        naasten=others,
        representative=scene.representative,
        limits=limits(scene),
        documents=(
            DirectiveDocument(
                key="verklaring",
                kind="NR",
                title="Verklaring niet reanimeren",
                signed_on=timeline.referred.date() - timedelta(days=rng.randrange(200, 3000)),
            ),
        )
        if chance(rng, 0.15)
        else (),
        goal=GoalOfTreatment(goal=goal, text=words),
        wishes=tuple(rng.sample(wishes, rng.randrange(1, 4))),
        places=(
            PlaceWish(key="zorgplek", about="place-of-care", place="264362003"),
            PlaceWish(key="sterfplek", about="place-of-death", place=rng.choice(_PLACES)),
        ),
        palliative_phase=PalliativePhase(since=timeline.talk.date(), marked_by=scene.lead)
        if dying
        else None,
        next_review=NextReview(
            on=timeline.talk.date() + timedelta(days=182), owner=Party(ura=scene.practice.house.ura)
        ),
        synthetic=True,
    )

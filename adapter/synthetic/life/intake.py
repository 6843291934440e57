"""A referral, what was decided about it, and the report of a consult."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final

from adapter.fhir.constants import ICPC
from adapter.synthetic.cast import Practice, numbered, party
from adapter.synthetic.citizens import address
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.themes import Theme, phrases
from adapter.synthetic.timeline import moment
from mappings.records.base import Coded, Identifier, Record
from mappings.records.consult_report import ConsultReport, ConsultSection
from mappings.records.intake_decision import Decider, IntakeDecision
from mappings.records.parties import Party
from mappings.records.progress import Note, Progress, Reason
from mappings.records.referral import Agreement, Problem, Receiver, Referral
from mappings.records.referral_context import Finance, Involved, Supplied
from mappings.toolkit.codes import RequestedService, SteppedCare

_SUPPLIED: Final = ("Medicatieoverzicht", "Episodelijst", "Laatste laboratoriumuitslagen")
_URGENT: Final = 0.12
_FINANCE: Final = ("Integraal tarief", "Per consult", "Experiment kwetsbare ouderen")


def referral(scene: Scene, rng: Random) -> Referral:
    """As her own GP sends it."""
    case, timeline = scene.case, scene.case.timeline
    refused = scene.has("refusal")
    note = f"{rng.choice(phrases().refusals)}." if refused else None
    agreement = Agreement(
        agreed=not refused,
        agreed_on=timeline.referred,
        recorded_by=scene.gp,
        explanation_given=True,
    )
    return Referral(
        identifier=scene.referral_number,
        authored_on=timeline.referred,
        requested_service=_service(rng, case.outcome),
        stepped_care=_STEPS[case.outcome],
        referrer=scene.gp,
        receiver=Receiver(ura=scene.cast.meso.ura),
        patient=scene.patient,
        question=scene.say(scene.themes[0].question),
        complexity="interfering" if _is_one_domain(scene.themes) else "multi-domain",
        home_visit=chance(rng, 0.9),
        problems=tuple(
            _problem(scene, theme, rng, n) for n, theme in enumerate(scene.themes, start=1)
        ),
        tried=tuple(scene.say(rng.choice(theme.tried)) for theme in scene.themes[:2]),
        involved=tuple(_involved(scene)),
        supplied=tuple(
            Supplied(
                what=what, document=numbered(scene.practice.house, f"{what[:3]}-{scene.number}")
            )
            for what in rng.sample(_SUPPLIED, rng.randrange(0, 3))
        ),
        finance=Finance(route=rng.choice(_FINANCE)) if chance(rng, 0.4) else None,
        notes=() if note is None else (Note(text=note, author=party(scene.practice.gp)),),
        priority="urgent" if chance(rng, _URGENT) else "routine",
        agreement=agreement,
        synthetic=True,
    )


_STEPS: Final[dict[str, SteppedCare]] = {
    "consult": "SC-3b",
    "not-taken-up": "SC-4",
    "trajectory": "SC-4",
}


def _service(rng: Random, outcome: str) -> RequestedService:
    if chance(rng, _TOGETHER):
        return "decide-together"
    return "consult" if outcome == "consult" else "trajectory"


_TOGETHER: Final = 0.2


def _is_one_domain(themes: tuple[Theme, ...]) -> bool:
    return len({theme.domain for theme in themes}) == 1


def _problem(scene: Scene, theme: Theme, rng: Random, n: int) -> Problem:
    return Problem(
        identifier=numbered(scene.practice.house, f"probleem-{scene.number}-{n}"),
        domain=theme.domain,
        text=scene.say(rng.choice(theme.referred)),
        code=coded(theme),
    )


def coded(theme: Theme) -> Coded | None:
    if theme.code is None:
        return None
    code, text = theme.code
    return Coded(system=ICPC, code=code, display=text)


def _involved(scene: Scene) -> Iterator[Involved]:
    for partner in scene.partners()[:2]:
        yield Involved(kind="formal", party=Party(ura=partner.ura), role=partner.name)
    if scene.naasten:
        yield Involved(kind="informal", name=scene.say("{naaste}"), role="Mantelzorger")


def decision(scene: Scene, rng: Random) -> IntakeDecision:
    """How it stands at the end of what is told."""
    case, timeline = scene.case, scene.case.timeline
    decided = case.reached(timeline.decided)
    said = phrases()
    progress = Progress(status="received", business_status="weighing" if chance(rng, 0.5) else None)
    if decided and case.outcome == "trajectory":
        why = Reason(text=rng.choice(said.why_trajectory))
        progress = Progress(
            status="accepted" if case.end is None else "completed",
            status_reason=why,
            business_status="trajectory",
        )
    elif decided and case.outcome == "consult":
        progress = Progress(status="completed", business_status="consult")
    elif decided:
        code, step, text = rng.choice(said.not_taken_up)
        reason = Reason(code=code, text=text, advised_step=step)
        progress = Progress(status="rejected", status_reason=reason, business_status="not-taken-up")
    deciders = (
        Decider(who=scene.lead, function="meso-so"),
        Decider(who=scene.coordinator, function="meso-nurse"),
    )
    ended = timeline.ended if case.end is not None else timeline.decided
    return IntakeDecision(
        identifier=scene.referral_number,
        referral=scene.referral_number,
        authored_on=timeline.referred,
        referrer=scene.gp,
        receiver=scene.cast.meso.ura,
        patient=scene.patient_id,
        bsn=scene.patient.bsn,
        progress=progress,
        deciders=deciders if decided else (),
        changed_on=ended if decided else timeline.referred,
        trajectory=scene.trajectory_id if decided and case.outcome == "trajectory" else None,
        report=scene.document_id(_report_number(scene))
        if decided and case.outcome == "consult"
        else None,
        synthetic=True,
    )


def _report_number(scene: Scene) -> Identifier:
    return scene.meso_number("consult")


def consult_report(scene: Scene, rng: Random) -> ConsultReport:
    theme = scene.themes[0]
    suffices = chance(rng, 0.9)
    action = theme.actions[0]
    sections = [
        ("question", scene.say(theme.question)),
        ("findings", " ".join(f"{scene.say(text)}." for text in theme.examined.values())),
        ("advice", f"{scene.say(action.what)}. {rng.choice(phrases().consult_advice)}"),
        ("policy", f"{scene.say(theme.not_.what)}: {scene.say(theme.not_.why).lower()}."),
    ]
    if not suffices:
        sections.append(("why-not-enough", rng.choice(phrases().why_trajectory)))
    return ConsultReport(
        identifier=_report_number(scene),
        patient=scene.patient_id,
        author=scene.lead,
        author_function="meso-so",
        written_on=scene.case.timeline.decided + timedelta(minutes=30),
        recipients=(scene.gp.party(),),
        contact=scene.contact(),
        referral=scene.referral_id,
        suffices=suffices,
        sections=tuple(
            ConsultSection.model_validate({"topic": topic, "text": text})
            for topic, text in sections
        ),
        synthetic=True,
    )


def moved(scene: Scene, elsewhere: Practice, rng: Random) -> Iterator[tuple[str, Record]]:
    """Another practice refers the same person, who moved: nothing opens, it is parked (R-4)."""
    at = moment(rng, scene.case.timeline.decided, rng.randrange(10, 30))
    number = f"{scene.number}-v"
    patient = scene.patient.model_copy(
        update={
            "identifier": numbered(elsewhere.house, number),
            "address": address(rng, scene.cast.data),
        }
    )
    again = Scene(
        cast=scene.cast,
        ids=scene.ids,
        case=replace(
            scene.case,
            marks=frozenset(),
            timeline=replace(scene.case.timeline, referred=at, decided=scene.case.until),
            end=None,
        ),
        number=number,
        practice=elsewhere,
        patient=patient,
        themes=scene.themes,
        naasten=(),
        so=scene.so,
        nurse=scene.nurse,
    )
    yield "referral", referral(again, rng)
    yield "intake-decision", decision(again, rng)

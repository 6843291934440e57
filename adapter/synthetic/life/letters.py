"""Letters about an invented patient: what her data are for, her plan retold, summary and transfer."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from adapter.synthetic.life.diagnosis import has_talked, limits
from adapter.synthetic.life.plan import action_id
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.themes import phrases
from mappings.letters.letter_codes import LetterVolume, ReadingLevel, TransferDestination
from mappings.plan.plan_codes import TREATMENT
from mappings.plan.plan_ids import plan_id
from mappings.records.base import Identifier, Period, Record
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing, NoSuccessor
from mappings.records.closing_summary import ClosingSection, ClosingSummary
from mappings.records.data_use_letter import DataUseLetter, DataUseSection, Folder
from mappings.records.letter import PatientSide
from mappings.records.parties import Party
from mappings.records.patient_plan_letter import PatientPlanLetter, PlanSection
from mappings.records.transfer_bundle import TransferBundle, TransferSection

_LEVELS: Final[tuple[ReadingLevel, ...]] = ("A2", "B1", "B1", "B2")
_VOLUMES: Final[tuple[LetterVolume, ...]] = ("core", "usual", "usual", "full")
_GETS_LETTER: Final = 0.8


def data_use_letter(scene: Scene, rng: Random) -> DataUseLetter:
    said = phrases()
    return DataUseLetter(
        identifier=scene.meso_number("informatiebrief"),
        patient=scene.patient_id,
        trajectory=scene.trajectory_id,
        version="2025-1",
        signatory=scene.lead,
        handed_out_by=scene.coordinator,
        handed_out_on=scene.case.timeline.home,
        location="Bij de oudere thuis",
        recipient=_reader(scene),
        explained_orally=chance(rng, 0.9),
        contact=scene.contact(),
        sections=tuple(DataUseSection(topic=topic, text=text) for topic, text in said.data_use),
        folder=Folder(
            title=said.folder, version="3", address=f"https://{scene.cast.meso.key}.example/folder"
        ),
        synthetic=True,
    )


def _reader(scene: Scene) -> PatientSide:
    return scene.close()[0] if scene.representative is not None else "patient"


def plan_letters(scene: Scene, plan: CarePlan, rng: Random) -> Iterator[PatientPlanLetter]:
    """Most get one; in plain words, as long as suits her."""
    at = scene.case.timeline.meeting + timedelta(days=3)
    if not scene.case.reached(at) or not chance(rng, _GETS_LETTER):
        return
    sections = [
        PlanSection(topic="what-matters", heading="Wat u belangrijk vindt", text=plan.voice.text),
        PlanSection(
            topic="what-we-do",
            heading="Wat wij gaan doen",
            text="\n".join(theme.letter for theme in scene.themes),
        ),
    ]
    if any(theme.naaste for theme in scene.themes):
        text = "Er komt iemand praten met wie voor u zorgt. Ook op woensdag komt er hulp."
        sections.append(
            PlanSection(topic="support-for-naasten", heading="Hulp voor wie er zorgt", text=text)
        )
    sections.append(
        PlanSection(topic="contact", heading="Vragen", text=f"Bel ons: {scene.cast.meso.phone}.")
    )
    yield PatientPlanLetter(
        identifier=scene.meso_number("patientbrief"),
        patient=scene.patient_id,
        author=scene.lead,
        author_function="meso-so",
        written_on=at,
        recipients=(_reader(scene),),
        contact=scene.contact(),
        trajectory=scene.trajectory_id,
        plan=plan_id(plan, scene.ids),
        title="Uw plan",
        language="nl",
        reading_level=rng.choice(_LEVELS),
        volume=rng.choice(_VOLUMES),
        sections=tuple(sections),
        synthetic=True,
    )


def closing_summary(scene: Scene, closing: Closing, rng: Random) -> ClosingSummary:
    """So that the GP can give care tomorrow without MESO."""
    said, timeline = phrases(), scene.case.timeline
    left = [action.what for theme in scene.themes for action in theme.actions if action.by != "so"]
    scenario = scene.themes[0].scenario
    sections = [
        ("course", scene.say(said.ends[closing.end_reason])),
        ("what-is-left", "\n".join(scene.say(text) for text in left[:3])),
        ("outlook", f"{scene.say(scenario.event)}: {scene.say(scenario.todo)}."),
        ("advice", f"{scene.say(scene.themes[0].not_.what)}."),
        ("tomorrow", rng.choice(said.tomorrow)),
    ]
    return ClosingSummary(
        identifier=scene.meso_number("afsluitbericht"),
        patient=scene.patient_id,
        author=scene.lead,
        author_function="meso-so",
        written_on=timeline.ended,
        recipients=(scene.gp.party(),),
        contact=scene.contact(),
        trajectory=scene.trajectory_id,
        period=Period(start=timeline.decided, end=timeline.ended),
        end_reason=closing.end_reason,
        successor=closing.successor or NoSuccessor(not_needed_reason="Zie beloop."),
        sections=tuple(
            ClosingSection.model_validate({"topic": topic, "text": text})
            for topic, text in sections
        ),
        synthetic=True,
    )


def transfer(
    scene: Scene, destination: TransferDestination, recipient: Party, number: Identifier
) -> tuple[str, Record]:
    """What the house that takes her in needs at once; of each part its age is told."""
    timeline = scene.case.timeline
    wishes = [
        f"{TREATMENT.texts[limit.treatment]}: {_ANSWERS[limit.decision]}"
        + ("" if limit.text is None else f" ({limit.text[0].lower()}{limit.text[1:]})")
        for limit in limits(scene)
    ]
    medicines = [
        f"{action.medication.text}: {action.medication.dosage}"
        for theme in scene.themes
        for action in theme.actions
        if action.medication is not None
    ]
    planned = scene.case.reached(timeline.plan)
    entry = f"Task/{action_id(scene, scene.themes[0], 1)}"
    known = timeline.talk if scene.case.reached(timeline.talk) else timeline.decided
    sections = (
        TransferSection(
            topic="reason", text=phrases().transfer_reasons[destination], as_of=timeline.ended
        ),
        TransferSection(
            topic="acp-wishes",
            text="\n".join(wishes) if has_talked(scene) else "Nog niet besproken.",
            as_of=known,
        ),
        TransferSection(
            topic="medication",
            text="\n".join(medicines) or "Zie het overzicht van de huisarts.",
            as_of=known,
        ),
        TransferSection(
            topic="plan-summary",
            text="\n".join(scene.say(theme.problem[0]) for theme in scene.themes),
            as_of=timeline.plan if planned else known,
            entries=(entry,) if planned else (),
        ),
        TransferSection(
            topic="contacts",
            text=f"Huisartspraktijk {scene.practice.house.phone}; MESO {scene.cast.meso.phone}",
            as_of=known,
        ),
    )
    found = TransferBundle(
        identifier=number,
        patient=scene.patient_id,
        author=scene.lead,
        author_function="meso-so",
        written_on=timeline.ended,
        recipients=(recipient,),
        contact=scene.contact(),
        trajectory=scene.trajectory_id,
        destination=destination,
        sections=sections,
        synthetic=True,
    )
    return "transfer-bundle", found


_ANSWERS: Final = {"do": "wel", "do-not": "niet", "other": "onder voorwaarde"}

"""What MESO takes from and gives to the GP's record: copies, episode, prescriptions, differences.

Nothing of it when the patient did not agree (A-45).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from adapter.fhir.constants import ICPC, LOINC, htest
from adapter.fhir.json import Json, encode
from adapter.synthetic.cast import numbered
from adapter.synthetic.life.plan import action_id
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.themes import Medication, Theme
from mappings.gp_record.gp_record_codes import DiscrepancySolution
from mappings.records.base import Coded, Record
from mappings.records.copied_item import CopiedItem, SourceItem
from mappings.records.his_episode import HisEpisode
from mappings.records.medication_discrepancy import MedicationDiscrepancy, Resolution
from mappings.records.ouderenmodule_copy import CopiedResource, OuderenmoduleCopy
from mappings.records.prescription_reference import PrescriptionReference

_ATC: Final = "http://www.whocc.no/atc"
_CLINICAL: Final = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_CLOSED_LIST: Final = "voorbeeld-1"
_DISCREPANT: Final = 0.2
_WEIGHT: Final = ("29463-7", "Lichaamsgewicht")
_LONG_AGO: Final = 2000


def record_use(scene: Scene, rng: Random) -> Iterator[tuple[str, Record]]:
    """What was copied before the plan, and what was written back after it."""
    case, timeline = scene.case, scene.case.timeline
    if scene.has("refusal"):
        return
    if case.reached(timeline.home):
        yield "ouderenmodule-copy", _copy(scene, rng)
        yield from (("copied-item", item) for item in _items(scene, rng))
    if not case.reached(timeline.plan):
        return
    yield "his-episode", _episode(scene)
    for theme in scene.themes:
        for n, action in enumerate(theme.actions, start=1):
            if action.medication is not None and case.reached(_written(scene)):
                yield from _prescribed(scene, theme, n, action.medication, rng)


def _copy(scene: Scene, rng: Random) -> OuderenmoduleCopy:
    house = scene.practice.house
    return OuderenmoduleCopy(
        identifier=scene.meso_number("kopie"),
        patient=scene.patient_id,
        practice=house.ura,
        taken_at=scene.case.timeline.home - timedelta(minutes=40),
        taken_by=scene.coordinator,
        function="meso-nurse",
        list_version=_CLOSED_LIST,
        resources=tuple(
            CopiedResource(
                address=f"https://{house.key}.example/his/Condition/{resource['id']}",
                content=encode(resource).decode(),
            )
            for resource in _at_source(scene, rng)
        ),
        synthetic=True,
    )


def _at_source(scene: Scene, rng: Random) -> Iterator[Json]:
    for theme in scene.themes:
        if theme.code is None:
            continue
        code, text = theme.code
        yield {
            "resourceType": "Condition",
            "id": f"his-{scene.number.lower()}-{theme.key}",
            "meta": {"security": [htest()]},
            "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": "active"}]},
            "code": {"coding": [{"system": ICPC, "code": code, "display": text}], "text": text},
            "subject": {"reference": f"Patient/his-{scene.number.lower()}", "type": "Patient"},
            "recordedDate": _some_day_ago(scene, rng),
        }


def _some_day_ago(scene: Scene, rng: Random) -> str:
    day = scene.case.timeline.referred.date() - timedelta(days=rng.randrange(30, _LONG_AGO))
    return day.isoformat()


def _items(scene: Scene, rng: Random) -> Iterator[CopiedItem]:
    """By hand, one at a time: a problem, and a weight."""
    code, text = _WEIGHT
    theme = next((theme for theme in scene.themes if theme.code is not None), None)
    if theme is not None and theme.code is not None:
        yield _item(scene, "1", "problem", theme.code[1], Coded(system=ICPC, code=theme.code[0]))
    if chance(rng, 0.6):
        weight = f"{rng.randrange(45, 95)} kg"
        yield _item(scene, "2", "measurement", text, Coded(system=LOINC, code=code), weight)


def _item(
    scene: Scene, n: str, kind: str, text: str, code: Coded, value: str | None = None
) -> CopiedItem:
    return CopiedItem.model_validate(
        {
            "identifier": scene.meso_number(f"overgenomen-{n}"),
            "patient": scene.patient_id,
            "kind": kind,
            "text": text,
            "code": code,
            "value": value,
            "source": SourceItem(
                practice=scene.practice.house.ura,
                identifier=numbered(scene.practice.house, f"item-{scene.number}-{n}"),
            ),
            "copied_by": scene.coordinator,
            "function": "meso-nurse",
            "copied_at": scene.case.timeline.home - timedelta(minutes=20),
            "synthetic": True,
        }
    )


def _episode(scene: Scene) -> HisEpisode:
    timeline, house = scene.case.timeline, scene.practice.house
    theme = scene.themes[0]
    return HisEpisode(
        identifier=numbered(house, f"episode-{scene.number}"),
        title="Praktijk MESO",
        patient=scene.patient_id,
        trajectory=scene.trajectory_id,
        keeper=house.ura,
        author=scene.lead,
        author_function="meso-so",
        started=timeline.decided,
        ended=timeline.ended if scene.case.end is not None else None,
        written_on=timeline.plan,
        findings=scene.say(theme.problem[0]),
        advice=scene.say(theme.actions[0].what),
        policy=scene.say(theme.not_.what),
        synthetic=True,
    )


def _written(scene: Scene) -> datetime:
    return scene.case.timeline.plan + timedelta(days=1)


def _prescribed(
    scene: Scene, theme: Theme, n: int, medication: Medication, rng: Random
) -> Iterator[tuple[str, Record]]:
    """In the HIS, as a rule; where it was forgotten, the difference and how it was mended."""
    house, on = scene.practice.house, _written(scene)
    code = Coded(system=_ATC, code=medication.atc, display=medication.text)
    number = numbered(house, f"recept-{scene.number}-{theme.key}")
    prescription = scene.ids.of("MedicationRequest", house.ura, number.system, number.value)
    how: DiscrepancySolution | None = None
    if chance(rng, _DISCREPANT):
        how = rng.choice(("prescribed", "plan-corrected", "not-carried-out"))
        resolved = scene.case.reached(on + timedelta(days=7))
        yield (
            "medication-discrepancy",
            MedicationDiscrepancy(
                identifier=scene.meso_number(f"verschil-{theme.key}"),
                patient=scene.patient_id,
                action=action_id(scene, theme, n),
                discrepancy=medication.change,
                medication=medication.text,
                code=code,
                found_on=on,
                found_by=scene.lead,
                resolution=Resolution(
                    on=on + timedelta(days=7),
                    by=scene.lead,
                    how=how,
                    prescription=prescription if how == "prescribed" else None,
                )
                if resolved
                else None,
                synthetic=True,
            ),
        )
    if how in (None, "prescribed"):
        yield (
            "prescription-reference",
            PrescriptionReference(
                identifier=number,
                practice=house.ura,
                patient=scene.patient_id,
                status="stopped" if medication.change == "stopped" else "active",
                requester=scene.lead,
                function="meso-so",
                medication=medication.text,
                code=code,
                dosage=medication.dosage,
                authored_on=on,
                actions=(action_id(scene, theme, n),),
                synthetic=True,
            ),
        )

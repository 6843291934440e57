"""The people close to an invented patient, the patient's own record, judgements of capacity."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final, Literal

from adapter.synthetic.cast import Cast, numbered
from adapter.synthetic.citizens import address
from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.names import FAMILIES, NAASTE_MEN, NAASTE_WOMEN
from adapter.synthetic.network import Member
from adapter.synthetic.themes import Theme, phrases
from adapter.synthetic.timeline import Timeline
from mappings.people.person_codes import ContactRole, FamilyRelation, RepresentationBasis
from mappings.records.base import Period
from mappings.records.capacity import Capacity
from mappings.records.parties import StaffKey
from mappings.records.patient import IdentityCheck, Patient, PatientRecord
from mappings.records.related_person import (
    Evidence,
    RelatedPerson,
    Representation,
    SupportNeed,
)

_CHILDREN: Final[tuple[FamilyRelation, ...]] = ("DAUC", "SONC", "DAUC", "SONC", "DAUINLAW", "NIECE")
_MEN: Final = frozenset({"HUSB", "SONC", "BRO"})
_PARTNER: Final = 0.25
_NOBODY: Final = 0.1
_SECOND: Final = 0.4
_APPOINTED: Final = 0.3
_CARERS: Final[tuple[ContactRole, ...]] = ("100001", "01")


def invent_naasten(
    rng: Random,
    *,
    cast: Cast,
    nurse: Member,
    patient: Patient,
    patient_id: str,
    number: str,
    themes: tuple[Theme, ...],
    timeline: Timeline,
    needed: bool,
    represents: bool,
) -> tuple[RelatedPerson, ...]:
    """None, one or two; the first cares, and represents where that is asked."""
    if not needed and chance(rng, _NOBODY):
        return ()
    is_alone = any(theme.alone for theme in themes)
    partner: FamilyRelation = "HUSB" if patient.gender == "female" else "WIFE"
    first = partner if not is_alone and chance(rng, _PARTNER) else rng.choice(_CHILDREN[:5])
    relations = [first, *([rng.choice(_CHILDREN)] if chance(rng, _SECOND) else [])]
    burdened = any(theme.naaste for theme in themes)
    return tuple(
        RelatedPerson(
            identifier=numbered(cast.meso, f"naaste-{number}-{n}"),
            author=cast.meso.ura,
            patient=patient_id,
            prefix=patient.prefix if relation in ("DAUC", "SONC") else None,
            family=patient.family if relation in ("DAUC", "SONC") else rng.choice(FAMILIES)[1],
            given=(rng.choice(NAASTE_MEN if relation in _MEN else NAASTE_WOMEN),),
            relation=relation,
            roles=_CARERS if n == 1 else ("02",),
            tasks=tuple(rng.sample(phrases().naaste_tasks, rng.randrange(1, 3))),
            phone=f"085 999 {rng.randrange(5000, 9999)}",
            address=address(rng, cast.data) if chance(rng, 0.5) else None,
            representations=_representations(rng, relation, nurse, timeline)
            if represents and n == 1
            else (),
            support_needs=_needs(rng, nurse, timeline) if burdened and n == 1 else (),
            synthetic=True,
        )
        for n, relation in enumerate(relations, start=1)
    )


def _representations(
    rng: Random, relation: FamilyRelation, nurse: Member, timeline: Timeline
) -> tuple[Representation, ...]:
    """By law, on paper, or appointed by the court."""
    since = timeline.referred.date() - timedelta(days=rng.randrange(40, 900))
    basis: RepresentationBasis
    if chance(rng, _APPOINTED):
        basis, text = "mentorship", "Beschikking van de kantonrechter"
    elif relation in ("HUSB", "WIFE"):
        basis, text = "partner", ""
    elif relation in ("DAUC", "SONC"):
        basis, text = "child", ""
    else:
        basis, text = "written-proxy", "Volmacht bij de notaris"
    evidence = Evidence(
        text=text or "Uittreksel of familieboekje",
        seen_on=timeline.home.date(),
        seen_by=StaffKey(ura=nurse.ura, uzi=nurse.uzi),
    )
    period = Period(start=since)
    return (Representation(basis=basis, rank=1, period=period, evidence=evidence),)


def _needs(rng: Random, nurse: Member, timeline: Timeline) -> tuple[SupportNeed, ...]:
    seen_by = StaffKey(ura=nurse.ura, uzi=nurse.uzi)
    return (
        SupportNeed(
            key="steun",
            text=rng.choice(phrases().needs),
            observed_on=timeline.home,
            observed_by=seen_by,
        ),
    )


def patient_record(scene: Scene, rng: Random) -> PatientRecord:
    """Her master data as they stand at the end of what is told."""
    timeline, case = scene.case.timeline, scene.case
    documents: tuple[Literal["identity-card", "passport", "driving-licence"], ...] = (
        "identity-card",
        "passport",
        "driving-licence",
    )
    seen = case.outcome == "trajectory" and case.reached(timeline.home)
    check = IdentityCheck(
        document=rng.choice(documents), on=timeline.home.date(), by=scene.coordinator
    )
    fields = {**dict(scene.patient), "identity_checks": (check,) if seen else ()}
    if case.end == "END-5":
        fields["deceased"] = timeline.ended.date()
    if case.end == "END-3":
        fields["living"] = "institution"
    return PatientRecord(practice=scene.practice.house.ura, synthetic=True, **fields)


def capacity(scene: Scene, rng: Random) -> Iterator[Capacity]:
    """She cannot decide about her data, and often not about care; who can is not asked to prove it."""
    if not scene.has("representative"):
        return
    reasons = phrases().reasoning
    about = "Delen van het plan met wie er zorgt"
    at = scene.case.timeline.practice
    yield Capacity(
        identifier=scene.meso_number("wilsbekwaamheid"),
        patient=scene.patient_id,
        matter="data-sharing",
        about=about,
        capable=False,
        assessed_on=at,
        assessed_by=scene.lead,
        reasoning=rng.choice(reasons),
        synthetic=True,
    )
    yield Capacity(
        identifier=scene.meso_number("wilsbekwaamheid-zorg"),
        patient=scene.patient_id,
        matter="care-and-housing",
        capable=chance(rng, 0.5),
        assessed_on=at,
        assessed_by=scene.lead,
        synthetic=True,
    )

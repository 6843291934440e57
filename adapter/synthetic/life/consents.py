"""What an invented patient, or who represents her, said about inviting and sharing."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from adapter.synthetic.life.scene import Scene, chance
from adapter.synthetic.network import Organisation
from adapter.synthetic.themes import phrases
from mappings.consent.consent_codes import ConsentType
from mappings.records.base import Identifier, Period
from mappings.records.consent import (
    ConsentDocument,
    ConsentException,
    ConsentParty,
    ConsentRecord,
    Giver,
    GpPermission,
    Representative,
    Withdrawal,
)

_WRITTEN: Final = 0.2
_WITH_EXCEPTION: Final = 0.1
_THIRD_PARTY: Final = 0.04
_PRESUMED: Final = 0.15


def consent_number(scene: Scene, type_: ConsentType, whose: str) -> Identifier:
    return scene.meso_number(f"{type_.lower()}-{whose}")


def consents(
    scene: Scene, invited: tuple[str, ...], refused: str | None, rng: Random
) -> Iterator[ConsentRecord]:
    """CON-5 per partner, CON-3 per invited organisation (URA), CON-4, and rarely CON-6.

    `refused` is the organisation that she does not want at the meeting.
    """
    partners = scene.partners()
    withdrawn = rng.choice(partners).ura if partners and scene.has("withdrawal") else None
    for partner in partners:
        yield _sharing(scene, partner, rng, withdrawn=partner.ura == withdrawn)
    for ura in invited:
        yield _said(scene, "CON-3", ura[-3:], ConsentParty(ura=ura))
    if refused is not None:
        party = ConsentParty(ura=refused)
        yield _said(scene, "CON-3", f"{refused[-3:]}-nee", party, refused=True)
    if scene.has("naaste-at-mdo") and scene.carer is not None:
        yield _said(scene, "CON-4", "naaste", ConsentParty(related_person=scene.carer))
    if chance(rng, _PRESUMED):
        yield _presumed(scene)
    if not scene.has("refusal") and chance(rng, _THIRD_PARTY):
        yield _third_party(scene)


def giver(scene: Scene) -> Giver:
    id_ = scene.representative
    return "patient" if id_ is None else Representative(related_person=id_)


def _said(
    scene: Scene,
    type_: ConsentType,
    whose: str,
    party: ConsentParty,
    *,
    refused: bool = False,
) -> ConsentRecord:
    at = scene.case.timeline.talk
    return ConsentRecord(
        identifier=consent_number(scene, type_, whose),
        patient=scene.patient_id,
        type=type_,
        kind="refused" if refused else "explicit",
        status="rejected" if refused else "active",
        given_by=giver(scene),
        recorded_by=scene.coordinator,
        given_to=(scene.cast.meso.ura,),
        date_time=at,
        party=party,
        trajectory=scene.trajectory_id,
        period=None if refused else Period(start=at),
        synthetic=True,
    )


def _sharing(scene: Scene, partner: Organisation, rng: Random, *, withdrawn: bool) -> ConsentRecord:
    """About one partner: orally or on paper, perhaps not for one of its people."""
    at = scene.case.timeline.talk
    written = chance(rng, _WRITTEN)
    staff = [who for who in scene.cast.members() if who.ura == partner.ura]
    exceptions: tuple[ConsentException, ...] = ()
    if len(staff) > 1 and chance(rng, _WITH_EXCEPTION):
        known = staff[-1]
        not_her = ConsentParty(ura=known.ura, uzi=known.uzi)
        exceptions = (ConsentException(effect="deny", parties=(not_her,)),)
    base = _said(scene, "CON-5", partner.ura[-3:], ConsentParty(ura=partner.ura))
    return ConsentRecord.model_validate(
        {
            **dict(base),
            "form": "written" if written else "oral",
            "document": ConsentDocument(title="Toestemming om te delen", created=at.date())
            if written
            else None,
            "exceptions": exceptions,
            "alignment": f"afstemming {at:%Y-%m-%d}",
            "status": "inactive" if withdrawn else "active",
            "withdrawal": _withdrawal(scene, rng) if withdrawn else None,
        }
    )


def _withdrawal(scene: Scene, rng: Random) -> Withdrawal:
    timeline, horizon = scene.case.timeline, scene.case.horizon
    on = timeline.meeting + (horizon - timeline.meeting) / 2
    return Withdrawal(
        on=on.replace(microsecond=0),
        by=giver(scene),
        reason=scene.say(rng.choice(phrases().withdrawals)),
        received_by=scene.coordinator,
    )


def _presumed(scene: Scene) -> ConsentRecord:
    """Part of the treatment with the home care that was there already; it opens nothing."""
    at = scene.case.timeline.decided
    return ConsentRecord(
        identifier=consent_number(scene, "CON-5", "verondersteld"),
        patient=scene.patient_id,
        type="CON-5",
        kind="presumed",
        status="proposed",
        recorded_by=scene.coordinator,
        given_to=(scene.cast.meso.ura,),
        date_time=at,
        party=ConsentParty(ura=scene.cast.partners["cn"].ura),
        trajectory=scene.trajectory_id,
        synthetic=True,
    )


def _third_party(scene: Scene) -> ConsentRecord:
    """Data of the GP's record to the hospital, with the GP's written order."""
    at = scene.case.timeline.talk
    return ConsentRecord(
        identifier=consent_number(scene, "CON-6", "ziekenhuis"),
        patient=scene.patient_id,
        type="CON-6",
        kind="explicit",
        given_by=giver(scene),
        recorded_by=scene.coordinator,
        given_to=(scene.practice.house.ura, scene.cast.meso.ura),
        date_time=at,
        form="written",
        categories=("his",),
        party=ConsentParty(ura=scene.cast.hospital),
        trajectory=scene.trajectory_id,
        period=Period(start=at, end=at.date() + timedelta(days=90)),
        gp_permission=GpPermission(
            document=f"DocumentReference/opdracht-{scene.number}",
            given_by=scene.gp,
            on=scene.case.timeline.practice,
        ),
        synthetic=True,
    )


def renewed(scene: Scene, partner: Organisation) -> ConsentRecord:
    """After closing a partner goes on for a while, by a consent of its own."""
    ended = scene.case.timeline.ended
    base = _said(scene, "CON-5", f"{partner.ura[-3:]}-vervolg", ConsentParty(ura=partner.ura))
    return ConsentRecord.model_validate(
        {
            **dict(base),
            "date_time": ended - timedelta(days=2),
            "period": Period(start=ended, end=ended.date() + timedelta(days=180)),
            "alignment": "afstemming bij afsluiten",
        }
    )

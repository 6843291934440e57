"""A sample of the invented region as FHIR: every patient with what becomes of her, by her fate.

Deterministic: the same seed gives the same resources. Some patients share a Bundle, with the
organisations and people that they name.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from adapter.synthetic import conversations, network, plans
from adapter.synthetic.directory import directory_entries
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.people import Fate, Person
from adapter.synthetic.referrals import gp_of, referral
from adapter.synthetic.region import Region, build_region
from mappings import care_plan, closing, consent, directory, mdo, trajectory
from mappings import referral as referral_mapping
from mappings.opening import open_trajectory
from mappings.patient import patient_id
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.consent import ConsentRecord
from mappings.records.mdo import Mdo
from mappings.records.parties import Party, StaffKey
from mappings.records.referral import Referral
from mappings.records.trajectory import Trajectory
from tests.mappings.builders import IDS

Json = dict[str, Any]

TODAY: Final = date(2026, 11, 24)
_START: Final = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
_TOGETHER: Final = 8
_OPENED: Final = frozenset(Fate) - {
    Fate.NOT_REFERRED,
    Fate.WEIGHING,
    Fate.CONSULT,
    Fate.NOT_TAKEN_UP,
}


def region_sets(*, seed: int, patients: int) -> Iterator[tuple[str, list[Json]]]:
    """(name, resources) of each Bundle; every reference has its target in it."""
    region = build_region(TODAY, seed=seed, patients=patients)
    register = _register(region)
    everybody = region.patients
    for start in range(0, len(everybody), _TOGETHER):
        found: list[Json] = []
        for person in everybody[start : start + _TOGETHER]:
            found += _resources(person, seed)
        yield f"region {seed}, patient {start + 1}", _with_register(found, register)


def _register(region: Region) -> dict[str, Json]:
    written = [
        resource
        for _, entry in directory_entries(region)
        for resource in directory.to_fhir(entry, IDS)
    ]
    return {f"{found['resourceType']}/{found['id']}": found for found in written}


def _with_register(found: list[Json], register: dict[str, Json]) -> list[Json]:
    """The resources, then the entries of the register that they name, and those name."""
    have = {f"{resource['resourceType']}/{resource['id']}" for resource in found}
    position = 0
    while position < len(found):
        for name in _names(found[position]):
            if name in register and name not in have:
                have.add(name)
                found.append(register[name])
        position += 1
    return found


def _names(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from _names(value)
    elif isinstance(node, list):
        for value in node:
            yield from _names(value)


def _resources(person: Person, seed: int) -> list[Json]:
    if person.fate is Fate.NOT_REFERRED:
        return []
    rng = Random(f"{seed}-{person.number}")
    at = _START + timedelta(days=rng.randrange(150), minutes=rng.randrange(400))
    record = parse_record(Referral, referral(person, at, rng))
    found = referral_mapping.to_fhir(record, IDS)
    if person.fate not in _OPENED:
        return found
    request = next(r for r in found if r["resourceType"] == "ServiceRequest")
    patient = patient_id(record.patient, record.referrer.ura, IDS)
    opened = open_trajectory(
        referral=request["id"],
        patient=patient,
        gp=_party(gp_of(person)),
        so=StaffKey(ura=network.MESO.ura, uzi=network.member("roelvink").uzi),
        nurse=StaffKey(ura=network.MESO.ura, uzi=network.member("dussel").uzi),
        accepted_on=at + timedelta(days=4),
        synthetic=True,
    )
    dossier = Dossier(
        person=person,
        patient=patient,
        referral=request["id"],
        trajectory=trajectory.trajectory_id(opened, IDS),
    )
    found += _shared(dossier, at + timedelta(days=10))
    found += _planned(dossier, at + timedelta(days=20), rng)
    return found + trajectory.to_fhir(_ended(opened, dossier, at + timedelta(days=60)), IDS)


def _party(member: network.Member) -> Party:
    return Party(ura=member.ura, uzi=member.uzi)


def _shared(dossier: Dossier, at: datetime) -> list[Json]:
    """Consents: given for two partners, withdrawn or refused where that is her fate."""
    given = conversations.consent(dossier, network.RIETKRAAG, "CON-5", at)
    if dossier.person.fate is Fate.WITHDRAWN:
        given = conversations.withdrawal(given, at + timedelta(days=30))
    invited = conversations.consent(dossier, network.RIETKRAAG, "CON-3", at)
    refused = conversations.consent(dossier, network.BUURTWERF, "CON-5", at, refused=True)
    return [
        resource
        for one in (given, invited, refused)
        for resource in consent.to_fhir(parse_record(ConsentRecord, one), IDS)
    ]


def _planned(dossier: Dossier, at: datetime, rng: Random) -> list[Json]:
    """The plan, long or short, and a meeting about it that has or has not been."""
    is_long = dossier.person.fate is Fate.STORY or rng.random() < _LONG_PLANS
    plan = plans.wolderink_plan(dossier, at) if is_long else plans.short_plan(dossier, at)
    found = care_plan.to_fhir(parse_record(CarePlan, plan), IDS)
    number = conversations.consent_number(dossier, network.RIETKRAAG, "CON-3")
    guests = [conversations.gp_guest(dossier), (network.member("ait-ouali"), number)]
    meeting = conversations.mdo(dossier, guests, at + timedelta(days=7))
    if is_long:
        attended = [network.member("roelvink"), gp_of(dossier.person)]
        outputs = conversations.wolderink_outputs()
        meeting = conversations.held(meeting, attended, outputs)
    return found + mdo.to_fhir(parse_record(Mdo, meeting), IDS)


_LONG_PLANS: Final = 0.5


def _ended(opened: Trajectory, dossier: Dossier, at: datetime) -> Trajectory:
    if dossier.person.fate is Fate.CLOSED:
        sent = conversations.closing(
            dossier, at, "END-1", successor=gp_of(dossier.person), going_on=[network.RIETKRAAG.ura]
        )
    elif dossier.person.fate is Fate.DECEASED:
        sent = conversations.closing(dossier, at, _DEATH)
    else:
        return opened
    return closing.close(opened, parse_record(Closing, sent), IDS)


_DEATH: Final = "END-5"

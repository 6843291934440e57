"""The record kinds of the mappings, as one table for the tests that hold for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from mappings import care_plan, consent, directory, mdo, referral, trajectory
from mappings.records.base import Record, parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.consent import ConsentRecord
from mappings.records.directory import StaffEntry
from mappings.records.mdo import Mdo
from mappings.records.referral import Referral
from mappings.records.trajectory import Trajectory
from tests.mappings import builders, plan_strategies, strategies, team_strategies

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Both directions of one kind, any record of it, and one example."""

    name: str
    records: st.SearchStrategy
    write: Callable[[Any], list[Json]]
    read: Callable[[Sequence[Json]], Any]
    example: Record

    def written(self) -> list[Json]:
        return self.write(self.example)


def _kind(name: str, module: Any, records: st.SearchStrategy, example: Record) -> Kind:
    return Kind(
        name=name,
        records=records,
        write=lambda record: module.to_fhir(record, builders.IDS),
        read=lambda resources: module.from_fhir(resources, builders.IDS),
        example=example,
    )


KINDS = [
    _kind(
        "referral",
        referral,
        strategies.referrals,
        parse_record(Referral, builders.referral()),
    ),
    _kind(
        "consent",
        consent,
        strategies.consents(),
        parse_record(ConsentRecord, builders.consent()),
    ),
    _kind(
        "care-plan",
        care_plan,
        plan_strategies.care_plans(),
        parse_record(CarePlan, builders.care_plan()),
    ),
    _kind("mdo", mdo, team_strategies.mdos(), parse_record(Mdo, builders.mdo())),
    _kind(
        "trajectory",
        trajectory,
        team_strategies.trajectories(),
        parse_record(Trajectory, builders.trajectory()),
    ),
    _kind(
        "directory",
        directory,
        team_strategies.entries,
        parse_record(StaffEntry, builders.staff_entry()),
    ),
]
NAMES = [kind.name for kind in KINDS]

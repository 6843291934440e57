"""The invented region Velp: its parties, its patients and their GP records, from one seed.

Deterministic: the same seed, size and day give the same region. Keys of clients are not part of
it; they are secrets and made fresh (`adapter/cli`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from adapter.fhir.json import Json
from adapter.synthetic import network
from adapter.synthetic.gp_record import gp_record
from adapter.synthetic.network import ActsFor, AgreementBetween, Member, Organisation
from adapter.synthetic.people import Fate, Person, invent_people

DEFAULT_SEED: Final = 1124
DEFAULT_PATIENTS: Final = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Everything that is registered before the first referral."""

    name: str
    seed: int
    today: date
    organisations: tuple[Organisation, ...]
    members: tuple[Member, ...]
    agreements: tuple[AgreementBetween, ...]
    acts_for: tuple[ActsFor, ...]
    authorised: tuple[tuple[str, str], ...]  # (URA of the practice, key of the member)
    aligned: tuple[tuple[str, str], ...]  # (URA of the practice, URA of the partner)
    patients: tuple[Person, ...]
    gp_records: Mapping[str, tuple[Json, ...]]  # URA of the practice → resources at its source

    def with_fate(self, *fates: Fate) -> tuple[Person, ...]:
        return tuple(person for person in self.patients if person.fate in fates)


def build_region(
    today: date, *, seed: int = DEFAULT_SEED, patients: int = DEFAULT_PATIENTS
) -> Region:
    """Velp with this many patients; mevrouw Wolderink is always the first."""
    rng = Random(seed)  # noqa: S311 - a repeatable invention, no secret
    people = tuple(invent_people(rng, patients, today))
    records: dict[str, list[Json]] = {practice.ura: [] for practice in network.PRACTICES}
    for person in people:
        records[network.PRACTICES[person.practice].ura] += gp_record(person, rng, today)
    return Region(
        name="Velp",
        seed=seed,
        today=today,
        organisations=network.ORGANISATIONS,
        members=network.MEMBERS,
        agreements=network.AGREEMENTS,
        acts_for=network.ACTS_FOR,
        authorised=tuple(
            (practice.ura, key) for practice in network.PRACTICES for key in network.AUTHORISED
        ),
        aligned=tuple(
            (practice.ura, partner.ura)
            for practice in network.PRACTICES
            for partner in network.ALIGNED
        ),
        patients=people,
        gp_records={ura: tuple(resources) for ura, resources in records.items()},
    )

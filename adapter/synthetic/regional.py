"""What is known of each region, and what was assumed where nothing is (`regions.json`).

Shares are parameters of a test set, not findings.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final, Literal, get_args

from adapter.synthetic.data import Data, content
from mappings.toolkit.codes import EndReason, OrganisationKind

RegionName = Literal["velp", "tiel", "zoetermeer", "ommoord"]
REGION_NAMES: Final[tuple[RegionName, ...]] = get_args(RegionName)
# Who in the region may own an action or is needed otherwise; key of an organisation's `roles`.
PartnerRole = Literal[
    "cn", "cm", "night", "physio", "ot", "diet", "psy", "welfare", "social", "nursing-home",
    "contracting",
]  # fmt: skip


class Shares(Data):
    """Shares of one. The first three are of referrals and make one; of the others those about a
    meeting are of the trajectories that had one, the rest of trajectories."""

    consult: float
    not_taken_up: float
    trajectory: float
    under_age: float
    refusal: float
    withdrawal: float
    invitee_refused: float
    repeated_mdo: float
    representative: float
    naaste_at_mdo: float
    parked: float


class LogShares(Data):
    """Lines per trajectory (least, most), and shares of those lines."""

    per_trajectory: tuple[int, int]
    per_abuis: float
    unexplained: float
    emergency: float


class Team(Data):
    """How many people the MESO practice has, by function."""

    so: int
    trainee: int
    nurse: int
    secretary: int


class House(Data):
    """An organisation; its key is part of its addresses."""

    key: str
    name: str
    kind: OrganisationKind = "gp-practice"
    type: str | None = None
    roles: tuple[PartnerRole, ...] = ()


class Networks(Data):
    """Names of the regional body and of the local network."""

    resv: str
    local: str


class RegionData(Data):
    """One region. `employers` and `contracting` name organisations by key."""

    number: int
    name: str
    city: str
    postal_code: str
    start: date
    referrals_per_year: int
    wlz: float
    team: Team
    employers: Mapping[str, str]
    contracting: str | None
    dual_role: Literal["community-nurse", "meso-nurse"]
    meso: House
    practices: tuple[House, ...]
    partners: tuple[House, ...]
    networks: Networks
    assumptions: tuple[str, ...]


class Book(Data):
    """All regions and what they share. `invitees` and ages are (least, most)."""

    shares: Shares
    end_reasons: Mapping[EndReason, float]
    log: LogShares
    ages: tuple[int, int]
    under_ages: tuple[int, int]
    invitees: tuple[int, int]
    sources: str
    assumptions: tuple[str, ...]
    regions: Mapping[RegionName, RegionData]


@cache
def book() -> Book:
    return Book.model_validate_json(content("regions.json"))

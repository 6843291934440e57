"""The invented parties around Velp: organisations, the people in them, and what they agreed.

No number here is issued to anybody: URA and UZI begin with 9000, clients live below `.example`.
People carry a short key (`dussel`), by which the demo and `meso token --as dussel` name them.
"""

from dataclasses import dataclass
from typing import Final, Literal

from mappings.toolkit.codes import Function, OrganisationKind

AgreementKind = Literal["his-user", "partner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A care provider or platform with its own software (`client`)."""

    key: str
    ura: str
    name: str
    kind: OrganisationKind
    client: str
    phone: str

    @property
    def numbers(self) -> str:
        """Identifier system of the numbers that this organisation gives to its own things."""
        return f"https://{self.key}.example/nummer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a role for an organisation; two jobs are two members with one `uzi`."""

    key: str
    ura: str
    uzi: str
    role: Function
    given: str
    family: str
    prefix: str | None = None

    @property
    def initials(self) -> str:
        return f"{self.given[0]}."

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given, self.prefix, self.family) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementBetween:
    """Two organisations by URA."""

    a: str
    b: str
    kind: AgreementKind
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsFor:
    """A client that may ask tokens for an organisation, and why."""

    client: str
    ura: str
    basis: str


def _organisation(
    n: int, key: str, name: str, kind: OrganisationKind, software: str
) -> Organisation:
    return Organisation(
        key=key,
        ura=f"9000{n:04d}",
        name=name,
        kind=kind,
        client=f"{key}-{software}",
        phone=f"085 999 {n:04d}",
    )


WILGENHOF: Final = _organisation(
    11, "wilgenhof", "Huisartspraktijk De Wilgenhof", "gp-practice", "his"
)
SINGELZICHT: Final = _organisation(12, "singelzicht", "Praktijk Singelzicht", "gp-practice", "his")
MESO: Final = _organisation(21, "meso", "MESO-praktijk Velperbroek", "meso", "epd")
RIETKRAAG: Final = _organisation(
    31, "rietkraag", "Wijkverpleging De Rietkraag", "community-nursing", "ecd"
)
KWARTEL: Final = _organisation(32, "kwartel", "Nachtzorg De Kwartel", "community-nursing", "ecd")
BUURTWERF: Final = _organisation(41, "buurtwerf", "Welzijn De Buurtwerf", "welfare", "crm")
# Gives physiotherapy at home; the network knows no kind of its own for allied health yet.
LOPER: Final = _organisation(51, "loper", "Beweegzorg thuis De Loper", "allied-health", "epd")
SAMENSPEL: Final = _organisation(61, "samenspel", "Regionaal platform Samenspel", "platform", "hub")

ORGANISATIONS: Final = (
    WILGENHOF,
    SINGELZICHT,
    MESO,
    RIETKRAAG,
    KWARTEL,
    BUURTWERF,
    LOPER,
    SAMENSPEL,
)
PRACTICES: Final = (WILGENHOF, SINGELZICHT)
PARTNERS: Final = (RIETKRAAG, KWARTEL, BUURTWERF, LOPER)


def _member(
    n: int,
    key: str,
    where: Organisation,
    role: Function,
    given: str,
    family: str,
    prefix: str | None = None,
) -> Member:
    return Member(
        key=key,
        ura=where.ura,
        uzi=f"9000{n:05d}",
        role=role,
        given=given,
        family=family,
        prefix=prefix,
    )


MEMBERS: Final = (
    _member(101, "haverkort", WILGENHOF, "gp", "Maarten", "Haverkort"),
    _member(102, "oosterbaan", WILGENHOF, "poh", "Lieke", "Oosterbaan"),
    _member(103, "tjalma", WILGENHOF, "gp-assistant", "Noor", "Tjalma"),
    _member(104, "brouwhuis", WILGENHOF, "log-reviewer", "Wessel", "Brouwhuis"),
    _member(111, "ottema", SINGELZICHT, "gp", "Sietske", "Ottema"),
    _member(112, "dorrepaal", SINGELZICHT, "poh", "Ruben", "Dorrepaal"),
    _member(113, "yildirak", SINGELZICHT, "gp-assistant", "Esra", "Yildirak"),
    _member(114, "wijnstra", SINGELZICHT, "log-reviewer", "Anke", "Wijnstra"),
    _member(201, "roelvink", MESO, "meso-so", "Hester", "Roelvink"),
    _member(202, "kaya", MESO, "meso-so-trainee", "Deniz", "Kaya"),
    _member(203, "dussel", MESO, "meso-nurse", "Petra", "Dussel", "van"),
    _member(204, "mulderij", MESO, "meso-secretary", "Joke", "Mulderij"),
    _member(301, "ait-ouali", RIETKRAAG, "community-nurse", "Samira", "Ait Ouali"),
    _member(302, "terwisga", RIETKRAAG, "community-nurse", "Bas", "Terwisga"),
    # The same person, her other job (RI-12).
    _member(301, "ait-ouali-kwartel", KWARTEL, "community-nurse", "Samira", "Ait Ouali"),
    _member(401, "spaanders", BUURTWERF, "social-worker", "Jorrit", "Spaanders"),
    _member(601, "samenspel", SAMENSPEL, "platform", "Dienst", "Samenspel"),
)

AGREEMENTS: Final = (
    *(
        AgreementBetween(
            a=practice.ura,
            b=MESO.ura,
            kind="his-user",
            reference=f"gebruikersovereenkomst-{practice.key}-meso",
        )
        for practice in PRACTICES
    ),
    *(
        AgreementBetween(
            a=side.ura,
            b=partner.ura,
            kind="partner",
            reference=f"samenwerking-{side.key}-{partner.key}",
        )
        for side in (*PRACTICES, MESO)
        for partner in PARTNERS
    ),
)

ACTS_FOR: Final = (
    *(ActsFor(client=party.client, ura=party.ura, basis="own") for party in ORGANISATIONS),
    ActsFor(
        client=SAMENSPEL.client,
        ura=RIETKRAAG.ura,
        basis="verwerkersovereenkomst-samenspel-rietkraag",
    ),
)

# Machtiging: at the record of both practices. The secretary needs none.
AUTHORISED: Final = ("roelvink", "kaya", "dussel")
# Standing overleg with the GP about sharing (decision 11): every partner that has a plan part.
ALIGNED: Final = (RIETKRAAG, BUURTWERF, LOPER)


def member(key: str) -> Member:
    """Member with this short key. `KeyError` when there is none."""
    return _BY_KEY[key]


def organisation(ura: str) -> Organisation:
    """Organisation with this URA. `KeyError` when there is none."""
    return _BY_URA[ura]


_BY_KEY: Final = {found.key: found for found in MEMBERS}
_BY_URA: Final = {found.ura: found for found in ORGANISATIONS}

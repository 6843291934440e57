"""The smallest worlds in which something is shown: take any one fact away and it is not.

Imports nothing of the product.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.oracle import rows
from tests.oracle.bodies import add_dossier
from tests.oracle.rows import GP, MESO, NURSES, WELFARE, World

K = "k1"
EPISODE = "e1"
# Facts that a permit rests on; the other tables are what is asked about.
FACTS = (
    *("token", "staff", "relation", "consent_rule", "alignment"),
    *("agreement", "audience", "staff_authorisation"),
)


@dataclass(frozen=True)
class Scenario:
    """One caller who sees one thing: `type` and `id`, or a part of the GP record of `id`."""

    name: str
    world: World
    token: bytes
    type: str
    id: str
    view: str

    def __str__(self) -> str:
        return self.name

    @property
    def is_gp_record(self) -> bool:
        return self.type in {"his", "ouderenmodule"}

    @property
    def facts(self) -> list[tuple[str, int]]:
        return [place for place in self.world.every() if place[0] in FACTS]


def _scenario(
    name: str,
    who: tuple[str, str],
    what: tuple[str, str],
    *facts: Callable[[World, dict[str, Any]], object],
    view: str = "full",
) -> Scenario:
    """`what` is a short name of the dossier, or `his` and a Patient."""
    ura, role = who
    world = World()
    for number, (organisation, kind) in enumerate(rows.ORGANISATIONS.items()):
        place = {"name": "HTEST", "kind": kind, "resource_id": f"o{number}"}
        source = f"https://{organisation}.example/fhir"
        world.add("organisation", ura=organisation, record_source=source, **place)
    dossier = add_dossier(world, 1)
    token = rows.add_staff(world, "somebody", ura, role)
    for fact in facts:
        fact(world, dossier)
    short, id_ = what
    if short in dossier:
        resource = dossier[short]
        return Scenario(name, world, token, resource["type"], resource["id"], view)
    return Scenario(name, world, token, short, id_, view)


def _relation(org: str, kind: str) -> Callable[[World, Any], object]:
    return lambda world, _: rows.add_relation(world, org, K, kind, trajectory=EPISODE)


def _rule(con_type: str, party: str) -> Callable[[World, Any], object]:
    return lambda world, _: rows.add_rule(world, con_type, K, party, trajectory=EPISODE)


def _agreement(a: str, b: str, kind: str) -> Callable[[World, Any], object]:
    return lambda world, _: rows.add_agreement(world, a, b, kind)


def _aligned(party: str) -> Callable[[World, Any], object]:
    return lambda world, _: rows.add_alignment(world, GP, party, K)


def _addressed(short: str, party: str) -> Callable[[World, Any], object]:
    return lambda world, dossier: rows.add_audience(world, dossier[short], party)


def _authorised() -> Callable[[World, Any], object]:
    return lambda world, _: rows.add_authorisation(world, GP, "somebody")


def _partner_sees(ura: str, role: str, short: str, view: str) -> Scenario:
    return _scenario(
        f"{role} sees {short} that is addressed to her",
        (ura, role),
        (short, ""),
        _relation(ura, "partner"),
        _rule("CON-5", ura),
        _aligned(ura),
        _agreement(ura, MESO, "partner"),
        _addressed(short, ura),
        view=view,
    )


def _consults(role: str, part: str) -> Scenario:
    return _scenario(
        f"{role} consults {part}",
        (MESO, role),
        (part, "p1"),
        _relation(MESO, "care"),
        _rule("CON-1", MESO),
        _rule("CON-2", MESO),
        _agreement(GP, MESO, "his-user"),
        _authorised(),
    )


def scenarios() -> list[Scenario]:
    """One for every class of role and every basis."""
    return [
        *(
            _scenario(
                f"{role} of her own practice sees {short}",
                (GP, role),
                (short, ""),
                _relation(GP, "source"),
            )
            for role, short in (("gp", "plan"), ("poh", "meeting"), ("gp-assistant", "request"))
        ),
        _scenario(
            "so weighs a referral",
            (MESO, "meso-so"),
            ("request", ""),
            _relation(MESO, "weighing"),
            _agreement(MESO, GP, "his-user"),
            _addressed("request", MESO),
        ),
        *(
            _scenario(
                f"{role} sees {short} that came with the referral in {kind}",
                (MESO, role),
                (short, ""),
                _relation(MESO, kind),
                _agreement(MESO, GP, "his-user"),
                _addressed(short, MESO),
            )
            for role, kind, short in (
                ("meso-so", "care", "referral-task"),
                ("meso-so-trainee", "consult", "consent"),
                ("meso-nurse", "own-record", "reported"),
            )
        ),
        *(
            _scenario(
                f"{role} sees {short} in {kind}",
                (MESO, role),
                (short, ""),
                _relation(MESO, kind),
            )
            for role, kind, short in (
                ("meso-so", "care", "plan"),
                ("meso-so-trainee", "consult", "wish"),
                ("meso-nurse", "own-record", "problem"),
                ("meso-secretary", "care", "team"),
            )
        ),
        _scenario(
            "secretary plans a meeting",
            (MESO, "meso-secretary"),
            ("meeting", ""),
            _relation(MESO, "consult"),
            view="planning",
        ),
        _partner_sees(NURSES, "community-nurse", "plan", "part"),
        _partner_sees(NURSES, "community-nurse", "action", "full"),
        _partner_sees(NURSES, "community-nurse", "other-action", "part"),
        _partner_sees(WELFARE, "social-worker", "wish", "part"),
        *(
            _scenario(
                f"{role} sees who it is about",
                (ura, role),
                ("patient", ""),
                _relation(ura, "partner"),
                _rule("CON-5", ura),
                _aligned(ura),
                _agreement(GP, ura, "partner"),
                view=view,
            )
            for ura, role, view in (
                (NURSES, "community-nurse", "part"),
                (WELFARE, "social-worker", "person-without-bsn"),
            )
        ),
        _scenario(
            "nurse is invited",
            (NURSES, "community-nurse"),
            ("meeting", ""),
            _relation(NURSES, "partner"),
            _rule("CON-3", NURSES),
            _agreement(MESO, NURSES, "partner"),
            _addressed("meeting", NURSES),
            view="invitation",
        ),
        _scenario(
            "nurse who was invited knows whom to call",
            (NURSES, "community-nurse"),
            ("team", ""),
            _relation(NURSES, "partner"),
            _rule("CON-3", f"{NURSES}|community-nurse"),
            _agreement(MESO, NURSES, "partner"),
            view="contacts",
        ),
        _scenario(
            "welfare knows whom to call",
            (WELFARE, "social-worker"),
            ("team", ""),
            _relation(WELFARE, "partner"),
            _rule("CON-5", "somebody"),
            _aligned(WELFARE),
            _agreement(MESO, WELFARE, "partner"),
            view="contacts",
        ),
        _consults("meso-so", "his"),
        _consults("meso-so-trainee", "ouderenmodule"),
        _consults("meso-nurse", "ouderenmodule"),
    ]

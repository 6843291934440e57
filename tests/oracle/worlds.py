"""Random small worlds in which things collide: three patients, few parties, short lists of moments.

Imports nothing of the product. One seed, one world. Most facts are there most of the time, so that
between a third and two thirds of what is asked is visible; every interval may also end or begin
at this very microsecond.
"""

from random import Random

from tests.oracle import rows
from tests.oracle.bodies import BESIDE, add_dossier
from tests.oracle.rows import (
    FOREVER,
    GP,
    MESO,
    NOW,
    NURSES,
    ORGANISATIONS,
    OTHER_GP,
    OTHER_MESO,
    OTHER_NURSES,
    WELFARE,
    Row,
    World,
)

ROLES_AT = {
    "gp-practice": ("gp", "poh", "gp-assistant", "gp-nurse-practitioner", "log-reviewer"),
    "meso": ("meso-so", "meso-so-trainee", "meso-nurse", "meso-secretary"),
    "community-nursing": ("community-nurse",),
    "welfare": ("social-worker",),
}
KINDS_AT = {
    "gp-practice": ("source",),
    "meso": ("care", "care", "weighing", "consult", "own-record"),
    "community-nursing": ("partner",),
    "welfare": ("partner",),
}
CON_TYPES_AT = {
    "gp-practice": ("CON-5",),
    "meso": ("CON-1", "CON-2"),
    "community-nursing": ("CON-3", "CON-5"),
    "welfare": ("CON-3", "CON-5"),
}
PARTNERS = (NURSES, OTHER_NURSES, WELFARE)
PATIENTS = (1, 2, 3)


def make_world(seed: int) -> World:
    chance = Random(seed)
    world = World()
    rows.add_parties(world)
    for ura, kind in ORGANISATIONS.items():
        for role in chance.sample(ROLES_AT[kind], k=min(2, len(ROLES_AT[kind]))):
            _add_staff(world, chance, f"{role}-{ura[-3:]}", ura, role)
    rows.add_staff(world, "platform-1", WELFARE, "platform")
    for n in PATIENTS:
        _add_patient(world, chance, Random(f"{seed}: beside {n}"), n)
    _add_agreements(world, chance)
    _address_referrals(world, Random(f"{seed}: to whom"))
    return world


def is_wrong(chance: Random, share: float = 0.05) -> bool:
    """Whether this one fact is not as it should be: a permit needs many of them at once."""
    return chance.random() < share


def some_interval(chance: Random) -> Row:
    """Most often open; else a microsecond on either side of now, or far from it."""
    if not is_wrong(chance, 0.08):
        return {"valid_from": chance.choice((0, NOW)), "valid_to": FOREVER}
    return chance.choice(
        (
            {"valid_from": 0, "valid_to": NOW},
            {"valid_from": 0, "valid_to": NOW + 1},
            {"valid_from": 0, "valid_to": NOW - 1},
            {"valid_from": NOW + 1, "valid_to": FOREVER},
            {"valid_from": NOW, "valid_to": NOW + 1},
        )
    )


def _add_staff(world: World, chance: Random, staff: str, ura: str, role: str) -> None:
    purpose = "HOPERAT" if role == "log-reviewer" or is_wrong(chance) else "TREAT"
    changes: Row = {}
    if is_wrong(chance):
        changes = chance.choice(
            (
                {"secrecy_signed_at": None},
                {"conduct_signed_at": None},
                {"suspended_at": NOW - 1},
                {"valid_to": NOW},
                {"valid_from": NOW + 1},
            )
        )
    rows.add_staff(world, staff, ura, role, purpose=purpose, **changes)
    if is_wrong(chance):
        world.rows("token")[-1].update(
            chance.choice(({"expires_at": NOW}, {"revoked_at": NOW - 5}, {"role": "gp"}))
        )
    for practice in (GP, OTHER_GP):
        if not is_wrong(chance):
            rows.add_authorisation(world, practice, staff, **some_interval(chance))


def _add_patient(world: World, chance: Random, beside: Random, n: int) -> None:
    """`beside` decides about what a dossier holds besides, so that the rest of a world stays as it is."""
    gp, meso = chance.choice((GP, GP, OTHER_GP)), chance.choice((MESO, MESO, OTHER_MESO))
    dossier = add_dossier(world, n, gp=gp, meso=meso)
    if is_wrong(chance):
        world.rows("patient")[-1]["deceased_at"] = NOW - 1
    lots = [(beside if name in BESIDE else chance, found) for name, found in dossier.items()]
    for lot, resource in lots:
        resource["hidden"] = is_wrong(lot)
        if is_wrong(lot):  # an earlier trajectory of the same person
            resource["trajectory"] = "e-before"
    for ura, kind in ORGANISATIONS.items():
        is_theirs = {"gp-practice": ura == gp, "meso": ura == meso}.get(kind, True)
        if is_wrong(chance) != is_theirs:  # at odds with how it should be: now and then
            _relate(world, chance, ura, n)
        for con_type in CON_TYPES_AT[kind]:
            _add_rules(world, chance, con_type, f"k{n}", ura)
    for ura in PARTNERS:
        for lot, resource in lots:
            if lot.random() < 0.8:
                rows.add_audience(world, resource, ura, **some_interval(lot))
        _align(world, chance, gp, ura, chance.choice((f"k{n}", "*")))


def _relate(world: World, chance: Random, ura: str, n: int) -> None:
    kind = chance.choice(KINDS_AT[ORGANISATIONS[ura]])
    trajectory = chance.choice((f"e{n}", None))
    interval = some_interval(chance)
    rows.add_relation(world, ura, f"k{n}", kind, trajectory=trajectory, **interval)


def _align(world: World, chance: Random, gp: str, ura: str, patient: str) -> None:
    key = (gp, ura, patient)
    known = any((a["practice"], a["party"], a["patient"]) == key for a in world.rows("alignment"))
    if not known and not is_wrong(chance):
        rows.add_alignment(world, *key, **some_interval(chance))


def _add_rules(world: World, chance: Random, con_type: str, patient: str, ura: str) -> None:
    episode = f"e{patient[1:]}"
    if not is_wrong(chance):
        others = (f"{ura}|community-nurse", f"{ura}|meso-so", f"{ura}|social-worker")
        rows.add_rule(
            world,
            con_type,
            patient,
            chance.choice(others) if is_wrong(chance, 0.2) else ura,
            category=chance.choice(("plan", "his", "person")) if is_wrong(chance, 0.1) else None,
            trajectory="e-before" if is_wrong(chance) else chance.choice((None, episode)),
            **some_interval(chance),
        )
    if is_wrong(chance, 0.08):
        staff = chance.choice(world.rows("staff"))["id"]
        party = chance.choice((ura, f"{ura}|community-nurse", staff, "*"))
        rows.add_rule(
            world,
            con_type,
            patient,
            party,
            effect="deny",
            category=chance.choice((None, "plan", "person", "his")),
            trajectory=chance.choice((None, "e-before")),
            **(rows.ALWAYS if chance.random() < 0.6 else some_interval(chance)),
        )


def _address_referrals(world: World, chance: Random) -> None:
    """To the practice that owns the Task; now and then to the other one, to both or to none."""
    tasks = [r for r in world.rows("resource") if r["body"]["id"].startswith("rt")]
    owner = {task["patient"]: task["owner"] for task in tasks}
    for resource in world.rows("resource"):
        if resource["category"] not in {"referral", "consent"}:
            continue
        for ura in (MESO, OTHER_MESO):
            if is_wrong(chance, 0.1) != (ura == owner[resource["patient"]]):
                rows.add_audience(world, resource, ura, **some_interval(chance))


def _add_agreements(world: World, chance: Random) -> None:
    for gp in (GP, OTHER_GP):
        for meso in (MESO, OTHER_MESO):
            _agree(world, chance, gp, meso, "his-user")
    for side in (GP, OTHER_GP, MESO, OTHER_MESO):
        for partner in PARTNERS:
            _agree(world, chance, side, partner, "partner")
    if chance.random() < 0.5:
        _agree(world, chance, MESO, OTHER_MESO, chance.choice(("partner", "his-user")))


def _agree(world: World, chance: Random, a: str, b: str, kind: str) -> None:
    if not is_wrong(chance):
        one, other = chance.choice(((a, b), (b, a)))
        kind = "partner" if is_wrong(chance) else kind
        rows.add_agreement(world, one, other, kind, **some_interval(chance))

"""What a caller sees of a world at a moment: the gates of access-control 2.2, one by one.

A specification to read and to compare with, written from the documents; imports nothing of the
product. Where the two differ, one of them is wrong.
"""

from dataclasses import dataclass
from typing import Any

from tests.oracle.matrix import READS_GP_RECORD, ROLES, Way
from tests.oracle.rows import Row, World


@dataclass(frozen=True)
class Caller:
    staff: str
    ura: str
    role: str
    purpose: str


@dataclass(frozen=True)
class Verdict:
    """What is answered: 200 with a view, or why not."""

    status: int
    view: str | None = None


def _now(row: Row, now: int) -> bool:
    return row["valid_from"] <= now < row["valid_to"]


def caller_of(world: World, token: bytes, now: int) -> Caller | None:
    """Gate 0: a token in force, of somebody who works there in that role and signed both papers."""
    for row in world.rows("token"):
        if row["hash"] != token or row["expires_at"] <= now or row.get("revoked_at") is not None:
            continue
        for staff in world.rows("staff"):
            same = all(staff[name] == row[name] for name in ("ura", "person", "role"))
            if staff["id"] == row["staff"] and same and _may_work(staff, now):
                return Caller(row["staff"], row["ura"], row["role"], row["purpose"])
    return None


def _may_work(staff: Row, now: int) -> bool:
    signed = staff.get("secrecy_signed_at") is not None and (
        staff.get("conduct_signed_at") is not None
    )
    return _now(staff, now) and signed and staff.get("suspended_at") is None


def read(world: World, token: bytes, type_: str, id_: str, now: int) -> Verdict:
    """The answer to a read, by the truth table."""
    caller = caller_of(world, token, now)
    if caller is None:
        return Verdict(401)
    if not may_ask(caller, type_):
        return Verdict(403)
    for resource in world.rows("resource"):
        if (resource["type"], resource["id"]) == (type_, id_):
            view = view_of(world, caller, resource, now)
            return Verdict(404) if view is None else Verdict(200, view)
    return Verdict(404)


def may_ask(caller: Caller, type_: str) -> bool:
    """Gate 1: the same for every patient."""
    role = ROLES[caller.role]
    return caller.purpose in role.purposes and type_ in role.asks


def view_of(world: World, caller: Caller, resource: Row, now: int) -> str | None:
    """How the caller sees a stored resource; None: not at all."""
    item = {**resource, "kind": resource["type"]}
    return _shown(world, caller, item, now)


def visible(world: World, caller: Caller, now: int) -> dict[str, str]:
    """View by "Type/id" of everything that the caller sees."""
    found = {}
    for resource in world.rows("resource"):
        view = view_of(world, caller, resource, now)
        if view is not None and may_ask(caller, resource["type"]):
            found[f"{resource['type']}/{resource['id']}"] = view
    return found


def opens_gp_record(world: World, token: bytes, patient: str, part: str, now: int) -> int:
    """Status of consulting `his` or `ouderenmodule` of this Patient, before the source is asked."""
    caller = caller_of(world, token, now)
    if caller is None:
        return 401
    if caller.role not in READS_GP_RECORD or caller.purpose != "TREAT":
        return 403
    for person in world.rows("patient"):
        if person["resource_id"] == patient:
            running = [
                row.get("trajectory")
                for row in _relations(world, caller, person["key"], now)
                if row["kind"] == "care"
            ]
            item = {
                "patient": person["key"],
                "category": part,
                "kind": part,
                "custodian": person["gp"],
                "trajectory": running[0] if running else None,
                "hidden": False,
            }
            return 404 if _shown(world, caller, item, now) is None else 200
    return 404


def _shown(world: World, caller: Caller, item: Row, now: int) -> str | None:
    ways = ROLES[caller.role].ways.get((item["category"], item["kind"]), ())
    person = next((p for p in world.rows("patient") if p["key"] == item["patient"]), None)
    if not ways or item["hidden"] or not _tenant(world, caller, item, person, now):
        return None
    if item["patient"] != "-" and not _alive_or_own(caller, person):
        return None
    if _denied(world, caller, item, now):
        return None
    for way in ways:
        if _opens(world, caller, item, person, way, now):
            return "full" if item.get("owner") == caller.ura else way.view
    return None


def _tenant(world: World, caller: Caller, item: Row, person: Row | None, now: int) -> bool:
    """Gate 2: one's own, one's own patient, or an agreement with whom it belongs to."""
    custodian = item["custodian"]
    if custodian in {"-", caller.ura} or (person is not None and person["gp"] == caller.ura):
        return True
    kinds = {
        row["kind"]
        for row in world.rows("agreement")
        if {row["a"], row["b"]} == {custodian, caller.ura} and _now(row, now)
    }
    inside = caller.role.startswith(("meso-", "gp")) or caller.role == "poh"
    if ("his-user" if inside else "partner") not in kinds:
        return False
    if item["category"] not in {"his", "ouderenmodule"}:
        return True
    return any(
        (row["practice"], row["staff"]) == (custodian, caller.staff) and _now(row, now)
        for row in world.rows("staff_authorisation")
    )


def _alive_or_own(caller: Caller, person: Row | None) -> bool:
    """Gate 7: after death the GP alone."""
    if person is None:
        return True
    return person.get("deceased_at") is None or person["gp"] == caller.ura


def _relations(world: World, caller: Caller, patient: str, now: int) -> list[Row]:
    return [
        row
        for row in world.rows("relation")
        if (row["org"], row["patient"]) == (caller.ura, patient) and _now(row, now)
    ]


def _rules(world: World, caller: Caller, item: Row, effect: str, now: int) -> list[Row]:
    parties = {caller.ura, f"{caller.ura}|{caller.role}", caller.staff, "*"}
    return [
        row
        for row in world.rows("consent_rule")
        if row["effect"] == effect
        and row["patient"] == item["patient"]
        and row["party"] in parties
        and row.get("category") in {None, item["category"]}
        and _now(row, now)
    ]


def _denied(world: World, caller: Caller, item: Row, now: int) -> bool:
    """Gate 4: any deny, of whatever consent, trajectory or date."""
    return bool(_rules(world, caller, item, "deny", now))


def _opens(world: World, caller: Caller, item: Row, person: Row | None, way: Way, now: int) -> bool:
    """Gates 3, 5 and 6 of one way in."""
    return (
        _related(world, caller, item, person, way, now)
        and all(_consented(world, caller, item, con_type, now) for con_type in way.consents)
        and (not way.aligned or _aligned(world, caller, person, now))
        and (not way.addressed or _addressed(world, caller, item, now))
    )


def _related(
    world: World, caller: Caller, item: Row, person: Row | None, way: Way, now: int
) -> bool:
    if way.relation == "-":
        return True
    kinds = {row["kind"] for row in _relations(world, caller, item["patient"], now)}
    if way.relation == "own-record":  # its own, and what the GP sent; not a next practice's
        own = {caller.ura, None if person is None else person["gp"]}
        return "own-record" in kinds and item["custodian"] in own
    return way.relation in kinds


def _consented(world: World, caller: Caller, item: Row, con_type: str, now: int) -> bool:
    """Explicit, in force, and not of another trajectory than the item's (RI-19)."""
    trajectory: Any = item.get("trajectory")
    return any(
        row["con_type"] == con_type
        and (trajectory is None or row.get("trajectory") in {None, trajectory})
        for row in _rules(world, caller, item, "permit", now)
    )


def _aligned(world: World, caller: Caller, person: Row | None, now: int) -> bool:
    return person is not None and any(
        (row["practice"], row["party"]) == (person["gp"], caller.ura)
        and row["patient"] in {"*", person["key"]}
        and _now(row, now)
        for row in world.rows("alignment")
    )


def _addressed(world: World, caller: Caller, item: Row, now: int) -> bool:
    return any(
        (row["rid"], row["party"]) == (item["rid"], caller.ura) and _now(row, now)
        for row in world.rows("audience")
    )

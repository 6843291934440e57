"""Rows of a small world as plain dicts, by table: who is who, what was agreed, what is stored.

Imports nothing of the product. Columns that a row leaves out are null; `body` is a dict until it is
stored. All people, numbers and texts are invented.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Row = dict[str, Any]

NOW = 1_795_500_000_000_000  # 2026-11-24, UTC microseconds
FOREVER = 253_402_300_799_999_999
ALWAYS: Row = {"valid_from": 0, "valid_to": FOREVER}

GP, OTHER_GP = "90000101", "90000102"
MESO, OTHER_MESO = "90000201", "90000202"
NURSES, OTHER_NURSES = "90000301", "90000302"
WELFARE = "90000401"
ORGANISATIONS = {
    GP: "gp-practice",
    OTHER_GP: "gp-practice",
    MESO: "meso",
    OTHER_MESO: "meso",
    NURSES: "community-nursing",
    OTHER_NURSES: "community-nursing",
    WELFARE: "welfare",
}
SCOPE = "system/*.crus"
BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
LOCAL = "https://wilgenhof.example/nummer"
TEAM_ROLE = "https://mesozorg.example/fhir/CodeSystem/team-role"
PROFILE = "https://mesozorg.example/fhir/StructureDefinition/meso-"
HTEST = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}
CANARY = "KANARIE"  # stands in every place that a reduced view hides


@dataclass
class World:
    """Tables with their rows."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> Row:
        self.tables.setdefault(table, []).append(values)
        return values

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def every(self) -> Iterator[tuple[str, int]]:
        """Places of all rows: (table, number)."""
        for table, rows in self.tables.items():
            yield from ((table, number) for number in range(len(rows)))

    def without(self, table: str, number: int) -> "World":
        changed = deepcopy(self)
        del changed.tables[table][number]
        return changed

    def with_(self, table: str, number: int, **values: Any) -> "World":
        changed = deepcopy(self)
        changed.tables[table][number].update(values)
        return changed


def token_of(staff: str) -> bytes:
    """Hash of the access token of this member of staff."""
    return sha256(f"token of {staff}".encode()).digest()


def add_parties(world: World) -> None:
    """Every organisation, and its resource in the directory."""
    for ura, kind in ORGANISATIONS.items():
        world.add(
            "organisation",
            ura=ura,
            name=f"HTEST {ura}",
            kind=kind,
            resource_id=f"o{ura}",
            record_source=f"https://{ura}.example/fhir" if kind == "gp-practice" else None,
        )
        body = {"resourceType": "Organization", "id": f"o{ura}", "name": f"HTEST {ura}"}
        add_resource(world, body, patient="-", category="directory", custodian="-")


def add_staff(world: World, staff: str, ura: str, role: str, **changes: Any) -> bytes:
    """Somebody who may act, with a token; the hash of it."""
    who = {"ura": ura, "person": f"9000{sum(map(ord, staff)):05d}", "role": role}
    purpose = changes.pop("purpose", "TREAT")
    world.add(
        "staff",
        **{
            **who,
            "id": staff,
            "initials": "H.T.",
            "secrecy_signed_at": 0,
            "conduct_signed_at": 0,
            **ALWAYS,
            **changes,
        },
    )
    world.add(
        "token",
        **who,
        hash=token_of(staff),
        client=f"{ura}-epd",
        staff=staff,
        purpose=purpose,
        scope=SCOPE,
        issued_at=NOW - 1,
        expires_at=NOW + 300_000_000,
    )
    return token_of(staff)


def add_resource(world: World, body: Row, **place: Any) -> Row:
    """A stored resource; `place` holds patient, category, custodian and what differs."""
    rid = len(world.rows("resource")) + 1
    status = {"version": 1, "hidden": False, "synthetic": True, "hash": "-"}
    updated = NOW - 1_000_000 * (1 + rid % 7)  # some share a moment, so that ids decide
    return world.add(
        "resource",
        **{
            "rid": rid,
            "type": body["resourceType"],
            "id": body["id"],
            "author": place["custodian"],
            "updated": updated,
            "body": body,
            **status,
            **place,
        },
    )


def add_audience(world: World, resource: Row, party: str, **interval: Any) -> Row:
    interval = {**ALWAYS, **interval}
    return world.add(
        "audience", rid=resource["rid"], party=party, patient=resource["patient"], **interval
    )


def add_relation(world: World, org: str, patient: str, kind: str, **changes: Any) -> Row:
    row = {"org": org, "patient": patient, "kind": kind, "opened_by": "Task/x"}
    return world.add("relation", **{**row, **ALWAYS, **changes})


def add_rule(
    world: World, con_type: str, patient: str, party: str, *, effect: str = "permit", **changes: Any
) -> Row:
    number = len(world.rows("consent_rule")) + 1
    row = {
        "consent": f"consent-{number}",
        "consent_version": 1,
        "con_type": con_type,
        "patient": patient,
        "party": party,
        "effect": effect,
    }
    return world.add("consent_rule", **{**row, **ALWAYS, **changes})


def add_agreement(world: World, a: str, b: str, kind: str, **interval: Any) -> Row:
    return world.add("agreement", a=a, b=b, kind=kind, reference="-", **{**ALWAYS, **interval})


def add_alignment(world: World, practice: str, party: str, patient: str, **interval: Any) -> Row:
    interval = {**ALWAYS, **interval}
    return world.add(
        "alignment", practice=practice, party=party, patient=patient, reference="-", **interval
    )


def add_authorisation(world: World, practice: str, staff: str, **interval: Any) -> Row:
    interval = {**ALWAYS, **interval}
    return world.add("staff_authorisation", practice=practice, staff=staff, **interval)

"""A store for benchmarks, filled by SQL: many dossiers, two kinds of callers, ready tokens.

6 000 patients with 10 CarePlans of about 5.5 KB and 7 smaller resources each, 102 000 in all (or
as many as asked), 200 staff members with 40 patients each; half of them MESO team (full view),
half community nurses (reduced view, with consent, alignment and audience). Requests are uniform
over permitted pairs, 2 % are denied.
"""

import random
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, insert

from adapter.fhir.json import Json, encode
from adapter.settings import Settings
from adapter.store import schema
from adapter.store.engine import open_store
from adapter.store.migrate import migrate

FOREVER = schema.FOREVER
GP, MESO = "10000001", "20000001"
ALLOWED_SHARE = 0.98
ACTIONS = 6


@dataclass(frozen=True, slots=True)
class World:
    """Requests are (path, access token, expected status)."""

    settings: Settings
    requests: list[tuple[str, str, int]]
    tokens: list[str]


def make_world(
    folder: Path, *, patients: int = 6000, plans: int = 10, staff: int = 200, seed: int = 7
) -> World:
    """Fresh SQLite installation in `folder`."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/bench.db",
        key_file=folder / "bench.key",
        log_dir=folder / "log",
    )
    migrate(settings)
    store = open_store(settings)
    chance = random.Random(seed)
    try:
        requests, tokens = store.write(lambda c: _fill(c, chance, patients, plans, staff))
    finally:
        store.close()
    return World(settings, requests, tokens)


def _fill(
    connection: Connection, chance: random.Random, patients: int, plans: int, staff: int
) -> tuple[list[tuple[str, str, int]], list[str]]:
    rows: dict[str, list[dict[str, object]]] = {}

    def add(table: str, **values: object) -> None:
        rows.setdefault(table, []).append(values)

    _parties(add, staff)
    tokens = [_staff(add, number) for number in range(staff)]
    ids = _dossiers(add, patients, plans)
    requests: list[tuple[str, str, int]] = []
    for token, ura, nurse in tokens:
        mine = chance.sample(range(patients), 40)
        for patient in mine:
            _relate(add, ura, patient, nurse=nurse, plans=plans, patients=patients)
        for patient in mine:
            for plan in range(plans):
                requests.append((f"/fhir/CarePlan/{ids[patient * plans + plan]}", token, 200))
        others = [p for p in range(patients) if p not in set(mine)]
        for _ in range(round(40 * plans * (1 - ALLOWED_SHARE) / ALLOWED_SHARE)):
            plan = chance.choice(others) * plans + chance.randrange(plans)
            requests.append((f"/fhir/CarePlan/{ids[plan]}", token, 404))
    for name, values in rows.items():
        connection.execute(insert(schema.metadata.tables[name]), values)
    chance.shuffle(requests)
    return requests, [token for token, _, _ in tokens]


def _parties(add: object, staff: int) -> None:
    add("organisation", ura=GP, name="HTEST", kind="gp-practice", resource_id="gp")  # type: ignore[operator] # closure
    for number in range(staff):
        ura = _ura(number)
        add("organisation", ura=ura, name="HTEST", kind="meso", resource_id=ura)  # type: ignore[operator] # closure
        for a in (GP, MESO):
            add(  # type: ignore[operator] # closure
                "agreement",
                a=a,
                b=ura,
                kind="partner" if number % 2 else "his-user",
                reference="-",
                valid_from=0,
                valid_to=FOREVER,
            )
        add(  # type: ignore[operator] # closure
            "alignment",
            practice=GP,
            party=ura,
            patient="*",
            reference="-",
            valid_from=0,
            valid_to=FOREVER,
        )


def _ura(number: int) -> str:
    return f"{30000000 + number}"


def _staff(add: object, number: int) -> tuple[str, str, bool]:
    nurse = number % 2 == 1
    token = secrets.token_urlsafe(32)
    role = "community-nurse" if nurse else "meso-so"
    common = {"ura": _ura(number), "person": f"{900000000 + number}", "role": role}
    add(  # type: ignore[operator] # closure
        "staff",
        id=f"s{number}",
        initials="HT",
        secrecy_signed_at=0,
        conduct_signed_at=0,
        valid_from=0,
        valid_to=FOREVER,
        **common,
    )
    add(  # type: ignore[operator] # closure
        "token",
        hash=sha256(token.encode()).digest(),
        client="bench",
        staff=f"s{number}",
        purpose="TREAT",
        scope="system/*.rs",
        issued_at=0,
        expires_at=FOREVER,
        **common,
    )
    return token, _ura(number), nurse


def _dossiers(add: object, patients: int, plans: int) -> list[str]:
    ids = []
    for patient in range(patients):
        add("patient", key=f"k{patient}", gp=GP, resource_id=f"p{patient}", name_hash="-")  # type: ignore[operator] # closure
        _targets(add, patient, patients * plans)
        for plan in range(plans):
            number = patient * plans + plan
            id_ = f"c{number:039d}"
            ids.append(id_)
            body = encode(care_plan(id_, patient))
            add(  # type: ignore[operator] # closure
                "resource",
                rid=number + 1,
                type="CarePlan",
                id=id_,
                version=1,
                patient=f"k{patient}",
                category="plan",
                custodian=MESO,
                author=MESO,
                updated=1_700_000_000_000_000 + number,
                hidden=False,
                synthetic=True,
                hash="-",
                body=body,
            )
            add(
                "reference",
                rid=number + 1,
                param="subject",
                target_type="Patient",
                target_id=f"p{patient}",
            )  # type: ignore[operator] # closure
            for action in range(ACTIONS):
                add(  # type: ignore[operator] # closure
                    "reference",
                    rid=number + 1,
                    param=".activity.reference",
                    target_type="Task",
                    target_id=f"t{patient}-{action}",
                )
    return ids


def _targets(add: object, patient: int, after: int) -> None:
    """What a plan refers to: the patient and six actions, of which two have an audience."""
    for n in range(-1, ACTIONS):
        body = {"resourceType": "Task" if n >= 0 else "Patient", "id": f"t{patient}-{n}"}
        if n < 0:
            body["id"] = f"p{patient}"
        add(  # type: ignore[operator] # closure
            "resource",
            rid=after + patient * (ACTIONS + 1) + n + 2,
            type=body["resourceType"],
            id=body["id"],
            version=1,
            patient=f"k{patient}",
            category="plan" if n >= 0 else "person",
            custodian=MESO if n >= 0 else GP,
            author=MESO,
            updated=1_700_000_000_000_000,
            hidden=False,
            synthetic=True,
            hash="-",
            body=encode(body),
        )


def _relate(add: object, ura: str, patient: int, *, nurse: bool, plans: int, patients: int) -> None:
    add(  # type: ignore[operator] # closure
        "relation",
        org=ura,
        patient=f"k{patient}",
        kind="partner" if nurse else "care",
        trajectory=f"e{patient}",
        valid_from=0,
        valid_to=FOREVER,
        opened_by="-",
    )
    if not nurse:
        return
    add(  # type: ignore[operator] # closure
        "consent_rule",
        consent=f"x{patient}",
        consent_version=1,
        con_type="CON-5",
        patient=f"k{patient}",
        party=ura,
        effect="permit",
        valid_from=0,
        valid_to=FOREVER,
    )
    first_task = patients * plans + patient * (ACTIONS + 1) + 2
    parts = [patient * plans + plan + 1 for plan in range(plans)]
    for rid in (*parts, first_task, first_task + 1):
        add(  # type: ignore[operator] # closure
            "audience",
            rid=rid,
            party=ura,
            patient=f"k{patient}",
            valid_from=0,
            valid_to=FOREVER,
        )


def care_plan(id_: str, patient: int) -> Json:
    """About 5.5 KB: six actions, text, narrative. Invented."""
    return {
        "resourceType": "CarePlan",
        "id": id_,
        "meta": {
            "versionId": "1",
            "lastUpdated": "2026-11-24T09:00:00.000Z",
            "security": [
                {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}
            ],
        },
        "text": {
            "status": "generated",
            "div": '<div xmlns="http://www.w3.org/1999/xhtml">'
            + "Verzonnen plan. " * 120
            + "</div>",
        },
        "status": "active",
        "intent": "plan",
        "title": "Verzonnen zorgbehandelplan",
        "description": "Verzonnen samenvatting. " * 40,
        "subject": {"reference": f"Patient/p{patient}", "type": "Patient"},
        "activity": [
            {
                "reference": {"reference": f"Task/t{patient}-{n}", "type": "Task"},
                "progress": [{"text": "Verzonnen voortgang. " * 12}],
            }
            for n in range(ACTIONS)
        ],
    }

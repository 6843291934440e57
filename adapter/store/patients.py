"""Who is who: the register of persons. One place decides it, at intake.

It holds keyed hashes only; names and numbers stand in the Patient resource, behind the gates.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from adapter.store.schema import patient, patient_identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A known person: the internal key and the practice that masters the data."""

    key: str
    gp: str
    resource_id: str | None
    name_hash: str
    deceased_at: int | None


def find(connection: Connection, system: str, value_hash: str, owner: str = "") -> Person | None:
    """Person with this identifier."""
    row = connection.execute(
        select(patient)
        .join(patient_identifier, patient_identifier.c.patient == patient.c.key)
        .where(
            patient_identifier.c.system == system,
            patient_identifier.c.value_hash == value_hash,
            patient_identifier.c.owner == owner,
        )
    ).one_or_none()
    return _person(row)


def by_resource(connection: Connection, resource_id: str, *, lock: bool = False) -> Person | None:
    """Person whose served Patient has this logical id; `lock` as in `lock_dossier`."""
    statement = select(patient).where(patient.c.resource_id == resource_id)
    if lock:
        statement = statement.with_for_update()
    return _person(connection.execute(statement).one_or_none())


def lock_dossier(connection: Connection, key: str) -> None:
    """From here to the commit nobody else changes this dossier: what is read next and written then
    is not overwritten in between. (SQLite has one writer; PostgreSQL locks the row.)
    """
    connection.execute(select(patient.c.key).where(patient.c.key == key).with_for_update())


def by_key(connection: Connection, key: str) -> Person | None:
    """Person with this internal key."""
    return _person(connection.execute(select(patient).where(patient.c.key == key)).one_or_none())


def add(
    connection: Connection,
    *,
    gp: str,
    resource_id: str | None,
    name_hash: str,
    identifiers: list[tuple[str, str, str]],
) -> Person:
    """New person with (system, value hash, owner) identifiers; `resource_id` names one person."""
    key = secrets.token_hex(16)
    connection.execute(
        insert(patient).values(key=key, gp=gp, resource_id=resource_id, name_hash=name_hash)
    )
    for system, value_hash, owner in identifiers:
        connection.execute(
            insert(patient_identifier).values(
                system=system, value_hash=value_hash, owner=owner, patient=key
            )
        )
    return Person(key=key, gp=gp, resource_id=resource_id, name_hash=name_hash, deceased_at=None)


def take_over(
    connection: Connection, person: Person, *, of: Person, system: str, own: tuple[str, str]
) -> None:
    """From now on the number of `system` that meant `of` means `person`, and so does `own`, a
    (system, value hash) of the practice that masters her."""
    connection.execute(
        update(patient_identifier)
        .where(patient_identifier.c.patient == of.key, patient_identifier.c.system == system)
        .values(patient=person.key)
    )
    number = {"system": own[0], "value_hash": own[1], "owner": person.gp}
    if find(connection, own[0], own[1], person.gp) is None:
        connection.execute(insert(patient_identifier).values(**number, patient=person.key))


def record_death(connection: Connection, key: str, at: int) -> None:
    """From now on only the GP reads (RI-20)."""
    connection.execute(
        update(patient)
        .where(patient.c.key == key, patient.c.deceased_at.is_(None))
        .values(deceased_at=at)
    )


def _person(row: object) -> Person | None:
    if row is None:
        return None
    return Person(
        key=row.key,  # type: ignore[attr-defined] # a row of `patient`
        gp=row.gp,  # type: ignore[attr-defined] # a row of `patient`
        resource_id=row.resource_id,  # type: ignore[attr-defined] # a row of `patient`
        name_hash=row.name_hash,  # type: ignore[attr-defined] # a row of `patient`
        deceased_at=row.deceased_at,  # type: ignore[attr-defined] # a row of `patient`
    )

"""The register of parties: organisations, staff, authorisations, agreements, peers.

Written by onboarding (`meso` commands, the region loader), read by the gates. Saying the same
again changes nothing; saying something else replaces what stood there. Clients and tokens are in
`identity.py`, alignments with the GP in `consents.align`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, Table, and_, insert, select, update

from adapter.fhir.json import Json
from adapter.store import identity
from adapter.store.schema import (
    FOREVER,
    agreement,
    client,
    organisation,
    peer,
    staff,
    staff_authorisation,
)

OrganisationKind = Literal[
    "gp-practice", "meso", "community-nursing", "allied-health", "welfare", "platform"
]
AgreementKind = Literal["his-user", "partner"]
PeerClass = Literal["own", "test"]
CreateOnly = Literal["if-match-zero", "if-none-match", "read-first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A care provider or platform. `record_source`: FHIR base of a GP practice's own record."""

    ura: str
    name: str
    kind: OrganisationKind
    resource_id: str  # of its Organization
    record_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person (UZI) in a role for an organisation. Instants are UTC microseconds.

    `employer` is a URA and given only when somebody else than `ura` employs her (decision 5).
    """

    id: str  # of the PractitionerRole
    ura: str
    person: str
    role: str
    initials: str
    employer: str | None = None
    secrecy_signed_at: int | None = None
    conduct_signed_at: int | None = None
    suspended_at: int | None = None
    valid_from: int
    valid_to: int = FOREVER


def register_organisation(connection: Connection, party: Organisation) -> None:
    """Add an organisation, or replace what is known of it."""
    _put(connection, organisation, ("ura",), asdict(party))


def register_staff(connection: Connection, member: StaffMember) -> None:
    """Add somebody who may act for an organisation, or replace what is known (R-14 … R-17)."""
    _put(connection, staff, ("id",), asdict(member))


def set_record_source(connection: Connection, ura: str, base: str) -> None:
    """Where this practice's own record is asked. `LookupError` for an unknown organisation."""
    changed = connection.execute(
        update(organisation).where(organisation.c.ura == ura).values(record_source=base)
    )
    if changed.rowcount == 0:
        raise LookupError("no such organisation")


def authorise(
    connection: Connection,
    *,
    practice: str,
    staff_id: str,
    valid_from: int,
    valid_to: int = FOREVER,
) -> None:
    """Machtiging: this GP practice lets this staff member at its record (R-14)."""
    _put(
        connection,
        staff_authorisation,
        ("practice", "staff"),
        {
            "practice": practice,
            "staff": staff_id,
            "valid_from": valid_from,
            "valid_to": valid_to,
        },
    )


def end_authorisation(connection: Connection, *, practice: str, staff_id: str, now: int) -> bool:
    """Withdraw a machtiging; false when none was in force."""
    return _end(
        connection,
        staff_authorisation,
        {"practice": practice, "staff": staff_id},
        now,
    )


def agree(
    connection: Connection,
    *,
    a: str,
    b: str,
    kind: AgreementKind,
    reference: str,
    valid_from: int,
    valid_to: int = FOREVER,
) -> None:
    """Agreement between two organisations (R-18); who is `a` and who is `b` makes no difference."""
    _put(
        connection,
        agreement,
        ("a", "b", "kind"),
        {
            "a": a,
            "b": b,
            "kind": kind,
            "reference": reference,
            "valid_from": valid_from,
            "valid_to": valid_to,
        },
    )


def end_agreement(connection: Connection, *, a: str, b: str, kind: AgreementKind, now: int) -> bool:
    """End an agreement, whichever way round it was recorded; false when none was in force."""
    ended = [
        _end(connection, agreement, {"a": one, "b": other, "kind": kind}, now)
        for one, other in ((a, b), (b, a))
    ]
    return any(ended)


def register_peer(
    connection: Connection,
    *,
    name: str,
    base: str,
    peer_class: PeerClass,
    create_only: CreateOnly | None = None,
) -> None:
    """A FHIR server that we keep in step. What is not `own` gets synthetic data only (RI-8)."""
    _put(
        connection,
        peer,
        ("name",),
        {"name": name, "base": base, "class": peer_class, "create_only": create_only},
    )


def connect_client(
    connection: Connection,
    client_id: str,
    *,
    name: str,
    uras: Sequence[str],
    jwks: Json | None,
    jwks_uri: str | None,
    basis: str,
) -> Literal["known", "organisation"] | None:
    """Register software for these organisations; what stands in the way, or None when done."""
    if is_registered(connection, client_id):
        return "known"
    if any(find_organisation(connection, ura) is None for ura in uras):
        return "organisation"
    identity.register_client(
        connection, client_id=client_id, name=name, jwks=jwks, jwks_uri=jwks_uri
    )
    for ura in uras:
        identity.allow_client(connection, client_id=client_id, ura=ura, basis=basis)
    return None


def is_registered(connection: Connection, client_id: str) -> bool:
    """Whether this name was ever given out, revoked or not."""
    return connection.scalar(select(client.c.id).where(client.c.id == client_id)) is not None


def find_organisation(connection: Connection, ura: str) -> Organisation | None:
    """Organisation with this URA."""
    row = connection.execute(select(organisation).where(organisation.c.ura == ura)).one_or_none()
    return None if row is None else Organisation(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def _put(
    connection: Connection, table: Table, key: tuple[str, ...], values: dict[str, object]
) -> None:
    here = and_(*(table.c[name] == values[name] for name in key))
    known = connection.execute(select(table).where(here).with_for_update()).one_or_none()
    if known is None:
        connection.execute(insert(table).values(values))
    elif any(known._mapping[name] != value for name, value in values.items()):  # noqa: SLF001 - as above
        connection.execute(update(table).where(here).values(values))


def _end(connection: Connection, table: Table, key: dict[str, str], now: int) -> bool:
    here = and_(*(table.c[name] == value for name, value in key.items()))
    done = connection.execute(
        update(table).where(here, table.c.valid_to > now).values(valid_to=now)
    )
    return done.rowcount == 1


def organisation_names(connection: Connection) -> dict[str, str]:
    """Name of every organisation, by URA."""
    rows = connection.execute(select(organisation.c.ura, organisation.c.name))
    return {row.ura: row.name for row in rows}


def staff_labels(connection: Connection) -> dict[str, str]:
    """Initials and role of everybody who may or might act, by staff id: enough for a log list."""
    rows = connection.execute(select(staff.c.id, staff.c.initials, staff.c.role))
    return {row.id: f"{row.initials} ({row.role})" for row in rows}

"""Who may ask: clients, the people they may act for, assertions seen once, and tokens.

A token is kept as SHA-256 only. What is written here is a fact that gate 0 reads; whether a
request is granted is decided in `workflows/issue_token.py` and, at each use, in `gates.py`.
"""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Row, delete, insert, or_, select, text, update

from adapter.fhir.json import Json, decode_own, encode
from adapter.store.schema import client, client_organisation, staff, token, used_jti

_USE_JTI = text(
    "INSERT INTO used_jti (client, jti, until) VALUES (:client, :jti, :until)"
    " ON CONFLICT (client, jti) DO NOTHING"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A registered client that was not revoked, with its key set or the address of it."""

    id: str
    jwks: Json | None
    jwks_uri: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A PractitionerRole that may act now."""

    id: str
    ura: str
    person: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFacts:
    """A token that can still be used. Instants are UTC microseconds."""

    client: str
    staff: str
    person: str
    role: str
    ura: str
    purpose: str
    issued_at: int
    expires_at: int


def find_client(connection: Connection, client_id: str) -> Client | None:
    """Registered client, unless unknown or revoked."""
    found = connection.execute(
        select(client).where(client.c.id == client_id, client.c.revoked_at.is_(None))
    ).one_or_none()
    if found is None:
        return None
    keys = None if found.jwks is None else decode_own(found.jwks.encode())
    return Client(id=found.id, jwks=keys, jwks_uri=found.jwks_uri)


def register_client(
    connection: Connection, *, client_id: str, name: str, jwks: Json | None, jwks_uri: str | None
) -> None:
    """Add a client with either its keys or where they are. `ValueError` when not exactly one."""
    if (jwks is None) == (jwks_uri is None):
        raise ValueError("a client has either a key set or the address of one")
    keys = None if jwks is None else encode(jwks).decode()
    connection.execute(insert(client).values(id=client_id, name=name, jwks=keys, jwks_uri=jwks_uri))


def allow_client(connection: Connection, *, client_id: str, ura: str, basis: str) -> None:
    """Let a client ask tokens for an organisation: `own`, or a processor-agreement reference."""
    connection.execute(insert(client_organisation).values(client=client_id, ura=ura, basis=basis))


def revoke_client(connection: Connection, client_id: str, now: int) -> None:
    """End a client and every token it holds."""
    for table, column in ((client, client.c.id), (token, token.c.client)):
        connection.execute(
            update(table)
            .where(column == client_id, table.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )


def is_allowed_for(connection: Connection, client_id: str, uras: set[str]) -> bool:
    """Whether the client may act for every one of these organisations."""
    found = connection.scalars(
        select(client_organisation.c.ura).where(
            client_organisation.c.client == client_id, client_organisation.c.ura.in_(uras)
        )
    )
    return set(found) == uras


def find_staff(
    connection: Connection, *, ura: str, person: str, role: str, now: int
) -> Staff | str:
    """Who acts in this role for this organisation now, or the rule id that forbids it.

    Somebody who is employed elsewhere comes with the employer's URA; the row then names the
    organisation that he or she acts for. More than one such organisation: refused, not guessed.
    """
    rows = connection.execute(
        select(staff).where(
            staff.c.person == person,
            staff.c.role == role,
            or_(staff.c.ura == ura, staff.c.employer == ura),
        )
    ).all()
    own = [row for row in rows if row.ura == ura] or list(rows)
    if len(own) != 1:
        return "R-14"
    return _refusing_rule(own[0], now) or Staff(
        id=own[0].id, ura=own[0].ura, person=person, role=role
    )


def use_jti(connection: Connection, *, client_id: str, jti: str, until: int, now: int) -> bool:
    """Remember `jti` until `until`; false when it is known already. Forgets what has ended."""
    connection.execute(
        delete(used_jti).where(used_jti.c.client == client_id, used_jti.c.until <= now)
    )
    values = {"client": client_id, "jti": jti, "until": until}
    return connection.execute(_USE_JTI, values).rowcount == 1


def insert_token(
    connection: Connection,
    access_token: str,
    *,
    client_id: str,
    staff_member: Staff,
    purpose: str,
    scope: str,
    issued_at: int,
    expires_at: int,
) -> None:
    """Keep the hash of a new token with whom it stands for."""
    connection.execute(
        insert(token).values(
            hash=_hash(access_token),
            client=client_id,
            staff=staff_member.id,
            person=staff_member.person,
            role=staff_member.role,
            ura=staff_member.ura,
            purpose=purpose,
            scope=scope,
            issued_at=issued_at,
            expires_at=expires_at,
        )
    )


def find_token(connection: Connection, access_token: str, now: int) -> TokenFacts | None:
    """What a usable token stands for."""
    found = connection.execute(
        select(token).where(
            token.c.hash == _hash(access_token),
            token.c.expires_at > now,
            token.c.revoked_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    return TokenFacts(**{name: getattr(found, name) for name in TokenFacts.__slots__})


def revoke_token(connection: Connection, access_token: str, client_id: str, now: int) -> bool:
    """End a token of this client at once; false when it has no such token in use."""
    done = connection.execute(
        update(token)
        .where(
            token.c.hash == _hash(access_token),
            token.c.client == client_id,
            token.c.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    return done.rowcount == 1


def purge_tokens(connection: Connection, before: int) -> int:
    """Delete tokens that ended before `before`; the access log keeps that they were issued."""
    return connection.execute(delete(token).where(token.c.expires_at < before)).rowcount


def _refusing_rule(row: Row[tuple[object, ...]], now: int) -> str | None:
    if row.valid_from > now:
        return "R-14"
    if row.valid_to <= now:
        return "R-15"
    if row.secrecy_signed_at is None or row.conduct_signed_at is None:
        return "R-16"
    if row.suspended_at is not None:
        return "R-79"
    return None


def _hash(access_token: str) -> bytes:
    return sha256(access_token.encode()).digest()

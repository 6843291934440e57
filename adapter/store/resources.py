"""Resources: bytes, versions, index and audience, written together and never changed afterwards.

https://hl7.org/fhir/R4/http.html#versions
What is not new writes nothing: the same content again keeps its version (RI-21).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from adapter.fhir.instant import instant_text
from adapter.fhir.json import Json, decode_own, encode
from adapter.store.schema import (
    FOREVER,
    audience,
    reference,
    resource,
    resource_version,
    search_date,
    search_text,
    search_token,
)
from mappings.search_values import search_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a resource belongs. `patient` is the internal key, "-" for the directory."""

    category: str
    patient: str
    custodian: str
    author: str
    owner: str | None = None
    trajectory: str | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What stands in the store after a save; `changed` is false when it already stood there."""

    rid: int
    type: str
    id: str
    version: int
    changed: bool

    @property
    def etag(self) -> str:
        return f'W/"{self.version}"'

    @property
    def location(self) -> str:
        return f"{self.type}/{self.id}/_history/{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A resource as it stands, with its placement."""

    rid: int
    version: int
    body: Json
    placement: Placement


def content_hash(document: Json) -> str:
    """Hash of a resource without what the server adds to `meta`."""
    meta = {k: v for k, v in document.get("meta", {}).items() if k not in _SERVER_META}
    return sha256(encode({**document, "meta": meta})).hexdigest()


_SERVER_META = {"versionId", "lastUpdated"}


def save(connection: Connection, document: Json, placement: Placement, now: int) -> Saved:
    """Write `document` (with id, without version) as the newest version of itself."""
    type_, id_ = document["resourceType"], document["id"]
    digest = content_hash(document)
    row = connection.execute(
        select(resource.c.rid, resource.c.version, resource.c.hash)
        .where(resource.c.type == type_, resource.c.id == id_)
        .with_for_update()
    ).one_or_none()
    if row is not None and row.hash == digest:
        return Saved(rid=row.rid, type=type_, id=id_, version=row.version, changed=False)
    version = 1 if row is None else row.version + 1
    body = encode(_stamped(document, version, now))
    values = {
        "version": version,
        "patient": placement.patient,
        "category": placement.category,
        "custodian": placement.custodian,
        "author": placement.author,
        "owner": placement.owner,
        "trajectory": placement.trajectory,
        "updated": now,
        "hidden": document.get("status") == "entered-in-error",
        "synthetic": placement.synthetic,
        "hash": digest,
        "body": body,
    }
    if row is None:
        inserted = connection.execute(
            insert(resource).values(type=type_, id=id_, **values).returning(resource.c.rid)
        )
        rid = inserted.scalar_one()
    else:
        rid = row.rid
        connection.execute(update(resource).where(resource.c.rid == rid).values(**values))
    connection.execute(
        insert(resource_version).values(
            rid=rid,
            version=version,
            patient=placement.patient,
            updated=now,
            hash=digest,
            body=body,
        )
    )
    _index(connection, rid, document)
    return Saved(rid=rid, type=type_, id=id_, version=version, changed=True)


def load(connection: Connection, type_: str, id_: str) -> Stored | None:
    """Newest version, for workflows that have decided already. Never an answer to a caller."""
    row = connection.execute(
        select(resource).where(resource.c.type == type_, resource.c.id == id_)
    ).one_or_none()
    if row is None:
        return None
    placement = Placement(
        category=row.category,
        patient=row.patient,
        custodian=row.custodian,
        author=row.author,
        owner=row.owner,
        trajectory=row.trajectory,
        synthetic=row.synthetic,
    )
    return Stored(rid=row.rid, version=row.version, body=decode_own(row.body), placement=placement)


def body_of(connection: Connection, type_: str, id_: str) -> bytes:
    """Bytes of the newest version, for an answer whose gates were passed in the same unit."""
    body = connection.scalar(
        select(resource.c.body).where(resource.c.type == type_, resource.c.id == id_)
    )
    assert body is not None, "the resource exists"
    return bytes(body)


def of_patient(connection: Connection, patient: str, type_: str) -> list[Stored]:
    """Every resource of `type_` in one dossier."""
    ids = connection.scalars(
        select(resource.c.id).where(resource.c.patient == patient, resource.c.type == type_)
    ).all()
    found = (load(connection, type_, id_) for id_ in ids)
    return [stored for stored in found if stored is not None]


def of_trajectory(connection: Connection, trajectory: str, type_: str) -> list[Stored]:
    """Every resource of `type_` that belongs to one trajectory."""
    ids = connection.scalars(
        select(resource.c.id).where(resource.c.trajectory == trajectory, resource.c.type == type_)
    ).all()
    found = (load(connection, type_, id_) for id_ in ids)
    return [stored for stored in found if stored is not None]


def address(
    connection: Connection, rid: int, patient: str, parties: Iterable[str], now: int
) -> None:
    """From `now` on, resource `rid` is meant for exactly these parties (domain decision 15)."""
    wanted = set(parties)
    rows = connection.execute(select(audience).where(audience.c.rid == rid)).all()
    known = {row.party for row in rows}
    open_ = {row.party for row in rows if row.valid_to > now}
    for party in open_ - wanted:
        _set_audience(connection, rid, party, valid_to=now)
    for party in wanted - known:
        connection.execute(
            insert(audience).values(
                rid=rid, party=party, patient=patient, valid_from=now, valid_to=FOREVER
            )
        )
    for party in (wanted & known) - open_:
        _set_audience(connection, rid, party, valid_from=now, valid_to=FOREVER)


def also_address(connection: Connection, rid: int, patient: str, party: str, now: int) -> None:
    """From `now` on, resource `rid` is meant for `party` too."""
    others = connection.scalars(
        select(audience.c.party).where(audience.c.rid == rid, audience.c.valid_to > now)
    ).all()
    address(connection, rid, patient, {*others, party}, now)


def _set_audience(connection: Connection, rid: int, party: str, **values: int) -> None:
    connection.execute(
        update(audience).where(audience.c.rid == rid, audience.c.party == party).values(**values)
    )


def _stamped(document: Json, version: int, now: int) -> Json:
    meta = {"versionId": str(version), "lastUpdated": instant_text(now)}
    meta |= {k: v for k, v in document.get("meta", {}).items() if k not in _SERVER_META}
    head = {"resourceType": document["resourceType"], "id": document["id"], "meta": meta}
    return {**head, **{k: v for k, v in document.items() if k not in head}}


def _index(connection: Connection, rid: int, document: Json) -> None:
    for table in (search_token, search_date, search_text, reference):
        connection.execute(delete(table).where(table.c.rid == rid))
    found = search_values(document)
    type_ = document["resourceType"]
    tokens = {(p, s or "", c) for p, s, c in found.tokens}
    if tokens:
        connection.execute(
            insert(search_token),
            [{"rid": rid, "param": p, "system": s, "code": c, "type": type_} for p, s, c in tokens],
        )
    if dates := set(found.dates):
        connection.execute(
            insert(search_date),
            [{"rid": rid, "param": p, "low": low, "high": high} for p, low, high in dates],
        )
    if texts := set(found.strings):
        connection.execute(
            insert(search_text), [{"rid": rid, "param": p, "value": v} for p, v in texts]
        )
    if references := set(found.references):
        connection.execute(
            insert(reference),
            [{"rid": rid, "param": p, "target_type": t, "target_id": i} for p, t, i in references],
        )

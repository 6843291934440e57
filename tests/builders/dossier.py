"""A world of rows (`tests/oracle/rows.py`) in a real store, and the doors of reading over it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event

from adapter.access.policy import load_policy
from adapter.api.http import answer_headers
from adapter.fhir.json import encode
from adapter.store.dialect import sqlite_path
from adapter.store.engine import Store
from adapter.store.schema import metadata
from adapter.store.snapshot import ConnectionSnapshot, Snapshot, SqliteReader
from adapter.workflows.consult_record import ConsultRecord, RecordRequest
from adapter.workflows.disclose import Answer, Disclose, Disclosure, ReadRequest
from adapter.workflows.search import Search, SearchRequest, offered_parameters
from mappings.search_values import search_values
from tests.oracle.rows import NOW, Row, World

BASE = "https://meso.example/fhir"
PAGE_KEY = b"p" * 32
REQUEST = "req-1"
_INDEXES = {
    "search_token": ("param", "system", "code"),
    "search_date": ("param", "low", "high"),
    "search_text": ("param", "value"),
    "reference": ("param", "target_type", "target_id"),
}


class Doors:
    """One store; each `fill` replaces what is in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._engine = create_engine(url)
        if self.is_sqlite:
            event.listen(self._engine, "connect", _without_fsync)
        with self._engine.begin() as connection:
            metadata.create_all(connection)
        self._store = None if self.is_sqlite else Store(url)
        self._reader = SqliteReader(sqlite_path(url)) if self.is_sqlite else None
        self._filled: set[str] = set()
        self.renew()

    def renew(self) -> None:
        """Use cases without anything kept."""
        policy = load_policy()
        self.disclose = Disclose(policy)
        self.searching = Search(
            policy=policy,
            disclose=self.disclose,
            base=BASE,
            page_key=PAGE_KEY,
            parameters=offered_parameters(),
        )

    def close(self) -> None:
        self._engine.dispose()
        if self._reader is not None:
            self._reader.close()
        if self._store is not None:
            self._store.close()

    def fill(self, world: World) -> None:
        tables = table_rows(world)
        with self._engine.begin() as connection:
            for name in self._filled:
                connection.exec_driver_sql(f'DELETE FROM "{name}"')
            for name, found in tables.items():
                _insert(connection, name, found)
        self._filled = set(tables)
        self.renew()

    @contextmanager
    def snapshot(self, now: int = NOW) -> Iterator[Snapshot]:
        if self._reader is not None:
            with self._reader.snapshot(now) as snapshot:
                yield snapshot
        else:
            with self._engine.connect() as connection, connection.begin():
                yield ConnectionSnapshot(now, connection)

    @staticmethod
    def sent(answer: Answer) -> tuple[int, tuple[tuple[bytes, bytes], ...], bytes]:
        """Status, headers and body as they leave."""
        return answer.status, tuple(answer_headers(answer, REQUEST)), bytes(answer.body)

    def read(
        self, token: bytes | None, type_: str, id_: str, *, now: int = NOW
    ) -> Disclosure[Answer]:
        request = ReadRequest(token=token, request_id=REQUEST, type=type_, id=id_)
        with self.snapshot(now) as snapshot:
            return self.disclose.read(snapshot, request)

    def search(
        self,
        token: bytes | None,
        type_: str,
        pairs: Sequence[tuple[str, str]],
        *,
        in_body: bool = False,
        now: int = NOW,
    ) -> Disclosure[Answer]:
        request = SearchRequest(
            token=token, request_id=REQUEST, type=type_, pairs=tuple(pairs), in_body=in_body
        )
        with self.snapshot(now) as snapshot:
            return self.searching.run(snapshot, request)

    def consult(
        self, token: bytes | None, patient: str, part: str, *, now: int = NOW
    ) -> Disclosure[Answer]:
        """`part` of the GP record, as far as the practice's own source."""
        record = _Recorded(self, now)
        consult = ConsultRecord(
            policy=load_policy(),
            releaser=record,
            source=_Source(),
            address="https://meso.example/records/gp-record",
            max_pages=1,
        )
        request = RecordRequest(
            token=token,
            request_id=REQUEST,
            patient=patient,
            part="Condition" if part == "his" else part,
        )
        return Disclosure(asyncio.run(consult.run(request)), record.entries)


def _without_fsync(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")


class _Recorded:
    """Releases at once and keeps the lines."""

    def __init__(self, doors: Doors, now: int) -> None:
        self._doors, self._now = doors, now
        self.entries: tuple[Any, ...] = ()

    async def release(self, produce: Callable[[Snapshot], Disclosure[Any]], request_id: str) -> Any:
        with self._doors.snapshot(self._now) as snapshot:
            disclosure = produce(snapshot)
        self.entries += disclosure.entries
        return disclosure.answer

    async def close(self) -> None:
        return


class _Source:
    async def find_patient(self, base: str, bsn: str) -> str | None:
        return "gp-1"

    async def search(self, base: str, type_: str, patient: str) -> bytes:
        subject = {"reference": f"Patient/{patient}"}
        resource = {
            "resourceType": type_,
            "id": f"his-{patient}",
            **dict.fromkeys(("subject", "patient"), subject),
        }
        return encode(
            {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": resource}]}
        )

    async def follow(self, base: str, url: str) -> bytes:
        raise AssertionError("there is one page")


def sqlite_doors(folder: Path) -> Doors:
    return Doors(f"sqlite:///{folder / 'world.db'}")


def table_rows(world: World) -> dict[str, list[Row]]:
    """Rows as the store holds them: bodies as bytes, with the indexes that a save writes."""
    tables = {name: [dict(row) for row in found] for name, found in world.tables.items() if found}
    for resource in tables.get("resource", []):
        values = search_values(resource["body"])
        found = {
            "search_token": values.tokens,
            "search_date": values.dates,
            "search_text": values.strings,
            "reference": values.references,
        }
        for table, columns in _INDEXES.items():
            for entry in set(found[table]):
                row = {"rid": resource["rid"], **dict(zip(columns, entry, strict=True))}
                if table == "search_token":
                    row["type"] = resource["type"]
                tables.setdefault(table, []).append(row)
        resource["body"] = encode(resource["body"])
    return tables


def _insert(connection: Connection, table: str, rows: list[Row]) -> None:
    columns = [c.name for c in metadata.tables[table].columns if any(c.name in r for r in rows)]
    names = ", ".join(f'"{name}"' for name in columns)
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    places = ", ".join(place for _ in columns)
    connection.exec_driver_sql(
        f'INSERT INTO "{table}" ({names}) VALUES ({places})',
        [tuple(row.get(name) for name in columns) for row in rows],
    )

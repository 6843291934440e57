"""The outbox on both databases: what is queued, in what order, who has the lease of it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from adapter.store import jobs, leases, links, parties, resources
from adapter.store.engine import Store
from adapter.store.leases import Leased, Settlement
from adapter.store.links import Link
from adapter.store.resources import Placement
from adapter.store.schema import job, link, metadata
from tests.builders.identity import NOW, SECOND

Json = dict[str, Any]
PEER = "regio"
DOSSIER = "pk-1"
UNTIL = NOW + 60 * SECOND


class Outbox:
    def __init__(self, store: Store) -> None:
        self.store = store

    def add_peer(self, name: str = PEER) -> None:
        self.store.write(
            lambda c: parties.register_peer(
                c, name=name, base=f"https://{name}.example/fhir", peer_class="own"
            )
        )

    def save(self, document: Json, dossier: str = DOSSIER, *, enqueue: bool = True) -> None:
        place = Placement(category="plan", patient=dossier, custodian="1", author="1")

        def unit(connection: Any) -> None:
            saved = resources.save(connection, document, place, NOW)
            if enqueue:
                jobs.enqueue_push(connection, saved, place, NOW)

        self.store.write(unit)

    def rows(self) -> list[Any]:
        return self.store.read(lambda c: c.execute(select(job).order_by(job.c.id)).all())

    def ids(self) -> list[int]:
        return [row.id for row in self.rows()]

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    def set(self, id_: int, **values: object) -> None:
        self.store.write(lambda c: c.execute(update(job).where(job.c.id == id_).values(values)))

    def needs(self) -> dict[int, frozenset[int]]:
        found = self.store.read(lambda c: jobs.open_jobs(c, PEER, DOSSIER, NOW))
        return {queued.id: queued.needs for queued in found}

    def lease(self, *ids: int, now: int = NOW, recovering: bool = False) -> list[Leased]:
        return self.store.write(lambda c: lease(c, *ids, now=now, recovering=recovering))

    def settle(self, result: Settlement) -> bool:
        return self.store.write(lambda c: leases.settle(c, PEER, result))

    def link_to(self, type_: str, id_: str) -> None:
        known = Link(remote_version="1", remote_hash="h", local_version=1)
        self.store.write(lambda c: links.save_link(c, PEER, type_, id_, known))


def lease(connection: Any, *ids: int, now: int = NOW, recovering: bool = False) -> list[Leased]:
    return leases.lease(
        connection,
        ids,
        peer_name=PEER,
        dossier=DOSSIER,
        recovering=recovering,
        now=now,
        until=UNTIL,
    )


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def outbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Outbox]:
    """With one peer."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'meso.db'}")
        store.write(metadata.create_all)
    else:
        store = Store(request.getfixturevalue("postgres"))
    outbox = Outbox(store)
    outbox.add_peer()
    yield outbox
    store.close()


def patient(**elements: Any) -> Json:
    return {"resourceType": "Patient", "id": "p1", **elements}


def task(id_: str = "t1", **elements: Any) -> Json:
    return {
        "resourceType": "Task",
        "id": id_,
        "status": "requested",
        "intent": "order",
        "for": {"reference": "Patient/p1"},
        **elements,
    }


# --- what is queued ---------------------------------------------------------------------------


def test_a_version_is_queued_once_for_every_peer(outbox: Outbox) -> None:
    outbox.add_peer("tweede")
    outbox.save(patient())
    assert [(row.peer, row.version, row.state) for row in outbox.rows()] == [
        ("regio", 1, "new"),
        ("tweede", 1, "new"),
    ]


def test_queueing_takes_one_statement_however_many_peers(outbox: Outbox) -> None:
    outbox.add_peer("tweede")
    seen: list[str] = []
    event.listen(
        outbox.store._engine, "before_cursor_execute", lambda *a: seen.append(a[2]), named=False
    )
    outbox.save(patient())
    assert len([statement for statement in seen if " job " in statement]) == 1


@pytest.mark.parametrize("type_", ["Provenance", "AuditEvent"])
def test_the_log_and_its_like_are_never_queued(outbox: Outbox, type_: str) -> None:
    outbox.save({"resourceType": type_, "id": "x1"})
    outbox.store.write(lambda c: jobs.enqueue_missing(c, PEER, NOW))
    assert outbox.rows() == []


def test_what_a_peer_was_never_meant_to_get_is_queued_once_in_its_newest_version(
    outbox: Outbox,
) -> None:
    outbox.save(patient(), enqueue=False)
    outbox.save(patient(gender="female"), enqueue=False)
    outbox.save(task())
    assert outbox.store.read(lambda c: jobs.count_missing(c, PEER)) == 1
    outbox.store.write(lambda c: jobs.enqueue_missing(c, PEER, NOW))
    outbox.store.write(lambda c: jobs.enqueue_missing(c, PEER, NOW))
    assert [(row.type, row.version) for row in outbox.rows()] == [("Task", 1), ("Patient", 2)]


# --- what is due ------------------------------------------------------------------------------


def test_dossiers_are_due_in_the_order_in_which_they_were_queued(outbox: Outbox) -> None:
    outbox.save(task("t1"), "pk-2")
    outbox.save(task("t2"), "pk-1")
    outbox.save(task("t3"), "pk-2")
    outbox.save(task("t4"), "pk-3")
    outbox.set(outbox.ids()[3], next_at=NOW + 1)
    assert outbox.store.read(lambda c: jobs.due_dossiers(c, PEER, NOW)) == ["pk-2", "pk-1"]


def test_a_job_needs_what_its_resource_refers_to(outbox: Outbox) -> None:
    outbox.save(task())
    outbox.save(patient())
    first, second = outbox.ids()
    assert outbox.needs() == {first: {second}, second: set()}


def test_a_job_does_not_need_what_the_peer_has(outbox: Outbox) -> None:
    outbox.save(task())
    outbox.save(patient())
    outbox.link_to("Patient", "p1")
    assert set(outbox.needs().values()) == {frozenset()}


def test_what_the_peer_has_of_others_makes_no_difference(outbox: Outbox) -> None:
    outbox.save(task())
    outbox.save(patient())
    outbox.link_to("Patient", "p2")
    outbox.link_to("Task", "p1")
    first, second = outbox.ids()
    assert outbox.needs()[first] == {second}


def test_a_job_needs_what_is_queued_in_another_dossier(outbox: Outbox) -> None:
    outbox.save(task(owner={"reference": "Organization/o1"}))
    outbox.save({"resourceType": "Organization", "id": "o1"}, "-")
    first, second = outbox.ids()
    assert outbox.needs() == {first: {second}}


@pytest.mark.parametrize("state", ["done", "dead", "withheld", "conflict"])
def test_a_job_does_not_wait_for_what_is_finished(outbox: Outbox, state: str) -> None:
    outbox.save(task())
    outbox.save(patient())
    first, second = outbox.ids()
    outbox.set(second, state=state)
    assert outbox.needs() == {first: set()}


def test_a_resource_that_refers_to_itself_needs_nothing(outbox: Outbox) -> None:
    outbox.save(task(partOf=[{"reference": "Task/t1"}], **{"for": {"display": "x"}}))
    assert set(outbox.needs().values()) == {frozenset()}


@pytest.mark.parametrize(
    ("state", "expected"),
    [("new", "done"), ("wait", "done"), ("leased", "leased"), ("unknown", "unknown")],
)
def test_a_version_that_was_never_sent_is_overtaken_by_a_newer_one(
    outbox: Outbox, state: str, expected: str
) -> None:
    outbox.save(patient())
    outbox.save(patient(gender="female"))
    outbox.set(outbox.ids()[0], state=state)
    outbox.store.write(lambda c: jobs.skip_superseded(c, PEER, DOSSIER))
    assert outbox.states() == [expected, "new"]


# --- leases -----------------------------------------------------------------------------------


def test_a_lease_is_numbered_and_counted(outbox: Outbox) -> None:
    outbox.save(patient())
    (found,) = outbox.lease(*outbox.ids())
    assert (found.lease_no, found.attempt, found.lease_until) == (1, 1, UNTIL)
    assert (found.type, found.resource_id, found.version, found.newest) == ("Patient", "p1", 1, 1)
    assert b'"p1"' in found.body
    assert outbox.states() == ["leased"]


def test_a_lease_is_for_all_of_a_batch_or_for_none(outbox: Outbox) -> None:
    outbox.save(patient())
    outbox.save(task())
    outbox.set(outbox.ids()[1], next_at=NOW + 1)
    assert outbox.lease(*outbox.ids()) == []
    assert outbox.states() == ["new", "new"]


@pytest.mark.parametrize("state", ["leased", "unknown"])
def test_one_batch_of_a_dossier_is_under_way_at_a_time(outbox: Outbox, state: str) -> None:
    outbox.save(patient())
    outbox.save(task())
    first, second = outbox.ids()
    outbox.set(first, state=state)
    assert outbox.lease(second) == []


def test_dossiers_do_not_wait_for_one_another(outbox: Outbox) -> None:
    outbox.save(patient(), "pk-2")
    outbox.save(task())
    first, second = outbox.ids()
    outbox.set(first, state="leased")
    assert len(outbox.lease(second)) == 1


@pytest.mark.parametrize(("state", "recovering"), [("new", True), ("unknown", False)])
def test_what_may_have_been_applied_is_not_taken_for_what_was_never_sent(
    outbox: Outbox, state: str, recovering: bool
) -> None:
    outbox.save(patient())
    outbox.set(outbox.ids()[0], state=state)
    assert outbox.lease(*outbox.ids(), recovering=recovering) == []
    assert len(outbox.lease(*outbox.ids(), recovering=not recovering)) == 1


def test_a_lease_that_ran_out_becomes_unknown_and_waits_for_the_peers_limit(
    outbox: Outbox,
) -> None:
    outbox.save(patient())
    outbox.lease(*outbox.ids())
    assert outbox.store.write(lambda c: leases.expire_leases(c, PEER, UNTIL - 1, SECOND)) == 0
    assert outbox.store.write(lambda c: leases.expire_leases(c, PEER, UNTIL, SECOND)) == 1
    (row,) = outbox.rows()
    assert (row.state, row.next_at) == ("unknown", UNTIL + SECOND)


def late(outbox: Outbox) -> Leased:
    """A lease that ran out and was taken over."""
    outbox.save(patient())
    (mine,) = outbox.lease(*outbox.ids())
    outbox.store.write(lambda c: leases.expire_leases(c, PEER, UNTIL, 0))
    outbox.lease(*outbox.ids(), now=UNTIL, recovering=True)
    return mine


def test_a_worker_that_wakes_late_changes_nothing(outbox: Outbox) -> None:
    mine = late(outbox)
    known = Link(remote_version="1", remote_hash="h", local_version=1)
    assert not outbox.settle(Settlement(job=mine, state="done", link=known))
    assert outbox.states() == ["leased"]
    assert outbox.store.read(lambda c: links.find_link(c, PEER, "Patient", "p1")) is None


def test_a_lease_that_was_lost_cannot_be_renewed(outbox: Outbox) -> None:
    mine = late(outbox)
    assert not outbox.store.write(lambda c: leases.renew(c, mine, UNTIL))


def test_settling_replaces_the_link_and_keeps_what_is_not_named(outbox: Outbox) -> None:
    outbox.save(patient())
    outbox.link_to("Patient", "p1")
    (mine,) = outbox.lease(*outbox.ids())
    found = Link(remote_version="7", remote_hash="g", local_version=2)
    assert outbox.settle(Settlement(job=mine, state="wait", reason="throttled", link=found))
    assert outbox.store.read(lambda c: links.find_link(c, PEER, "Patient", "p1")) == found
    (row,) = outbox.rows()
    assert (row.state, row.reason, row.next_at, row.attempt) == ("wait", "throttled", NOW, 1)
    assert row.lease_until is None


@pytest.mark.postgres
def test_two_workers_never_get_the_same_dossier(postgres: str) -> None:
    outbox = Outbox(Store(postgres))
    outbox.add_peer()
    outbox.save(patient())
    outbox.save(task())
    first, second = outbox.ids()
    leased, looked = threading.Event(), threading.Event()
    found: list[list[Leased]] = []

    def hold(connection: Any) -> None:
        found.append(lease(connection, first))
        leased.set()
        assert looked.wait(10)

    other = threading.Thread(target=lambda: outbox.store.write(hold))
    other.start()
    assert leased.wait(10)
    found.append(outbox.lease(second))  # the first is not committed yet
    looked.set()
    other.join()
    found.append(outbox.lease(second))  # now it is
    outbox.store.close()
    assert [len(some) for some in found] == [1, 0, 0]


# --- what can be seen -------------------------------------------------------------------------


def test_the_queue_is_counted_by_peer_and_state_with_the_age_of_the_oldest(
    outbox: Outbox,
) -> None:
    outbox.save(patient())
    outbox.save(task())
    outbox.set(outbox.ids()[0], state="conflict")
    found = outbox.store.read(jobs.queue_status)
    assert [(line.peer, line.state, line.count, line.oldest) for line in found] == [
        (PEER, "conflict", 1, NOW),
        (PEER, "new", 1, NOW),
    ]


def test_a_peer_of_a_class_that_we_do_not_know_counts_as_a_test_server(outbox: Outbox) -> None:
    row = {"name": "x", "base": "https://x.example", "class": "partner", "create_only": None}
    outbox.store.write(lambda c: c.execute(insert(links.peer).values(row)))
    found = outbox.store.read(lambda c: links.find_peer(c, "x"))
    assert found is not None
    assert found.peer_class == "test"


def test_a_peer_that_is_not_there_is_not_found(outbox: Outbox) -> None:
    assert outbox.store.read(lambda c: links.find_peer(c, "niemand")) is None
    assert outbox.store.read(links.peer_names) == [PEER]
    assert outbox.store.read(lambda c: c.execute(select(link)).all()) == []

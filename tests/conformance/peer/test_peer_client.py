"""The adapter's own client against a peer, over real HTTP."""

from collections.abc import AsyncIterator

import pytest

from adapter.clients.fhir_probe import Capabilities, probe
from adapter.clients.fhir_server import CreateOnly, FhirServer
from adapter.clients.guard_content import TEST_RUN
from adapter.clients.http import RefusedByGuardError, open_client
from adapter.clients.replies import Absent, Conflict, Done, Page, Refused
from adapter.fhir.constants import htest
from adapter.fhir.json import Json, decode_own, encode
from tests.conformance.peer.client import new_id, patient, put_entry, task

pytestmark = pytest.mark.anyio
RUN = "contract"
META = {"security": [htest()], "tag": [{"system": TEST_RUN, "code": RUN}]}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server(base: str) -> AsyncIterator[FhirServer]:
    """As towards a test server: nothing about it is known but its address."""
    async with open_client(run_tag=RUN) as client:
        yield FhirServer(client, base, create_only=CreateOnly.IF_MATCH_ZERO)


def body(resource: Json) -> bytes:
    return encode({**resource, "meta": META})


async def test_the_probe_finds_how_to_create_and_cleans_up(server: FhirServer) -> None:
    id_ = new_id()
    found = await probe(server.creating(CreateOnly.NEITHER), id_, run_tag=RUN)
    assert isinstance(found, Capabilities)
    assert found.takes_client_ids
    assert found.create_only is CreateOnly.IF_MATCH_ZERO
    assert found.guards_updates
    assert found.replaces_labels
    assert found.fhir_version == "4.0.1"
    assert await server.read("Basic", f"{id_}-if-match-zero") == Absent(was_deleted=True)


async def test_create_update_and_conflict(server: FhirServer) -> None:
    id_ = new_id()
    created = await server.create_or_update("Patient", id_, body(patient(id_)), None)
    assert isinstance(created, Done)
    assert created.created
    other = body(patient(id_, name="Anders"))
    again = await server.create_or_update("Patient", id_, other, None)
    assert again == Conflict(status=409, code="HAPI-0989")
    updated = await server.create_or_update("Patient", id_, other, created.version)
    assert isinstance(updated, Done)
    assert not updated.created
    assert updated.version != created.version
    stale = await server.create_or_update("Patient", id_, body(patient(id_)), created.version)
    assert isinstance(stale, Conflict)
    assert await server.read("Patient", id_) == Done(version=updated.version, body=updated.body)


async def test_a_lost_resource_shows_as_created_where_an_update_was_meant(
    server: FhirServer,
) -> None:
    id_ = new_id()
    reply = await server.create_or_update("Patient", id_, body(patient(id_)), "5")
    assert isinstance(reply, Done)
    assert reply.created


async def test_a_missing_target_waits_for_its_dependency(server: FhirServer) -> None:
    id_ = new_id()
    reply = await server.create_or_update("Task", id_, body(task(id_, new_id())), None)
    assert reply == Refused(status=400, code="HAPI-1094", waits_for_dependency=True)


async def test_a_label_that_is_left_out_is_gone(server: FhirServer) -> None:
    id_ = new_id()
    labelled = patient(id_) | {"meta": {**META, "tag": [*META["tag"], {"code": "extra"}]}}
    created = await server.create_or_update("Patient", id_, encode(labelled), None)
    assert isinstance(created, Done)
    reply = await server.create_or_update("Patient", id_, body(patient(id_)), created.version)
    assert isinstance(reply, Done)
    assert decode_own(reply.body)["meta"]["tag"] == META["tag"]


async def test_delete_looks_at_the_version_first(server: FhirServer) -> None:
    id_ = new_id()
    created = await server.create_or_update("Patient", id_, body(patient(id_)), None)
    assert isinstance(created, Done)
    assert await server.delete("Patient", id_, "7") == Conflict(status=412)
    assert await server.delete("Patient", id_, created.version) == Absent(was_deleted=True)
    assert await server.read("Patient", id_) == Absent(was_deleted=True)
    assert await server.read("Patient", new_id()) == Absent(was_deleted=False)


async def test_history_is_paged_to_its_end(server: FhirServer) -> None:
    names = [new_id() for _ in range(3)]
    for id_ in names:
        await server.create_or_update("Patient", id_, body(patient(id_)), None)
    page = await server.history("Patient", "1970-01-01T00:00:00Z", count=2)
    seen: list[str] = []
    while isinstance(page, Page) and page.next_url and not set(names) <= set(seen):
        seen += [e["resource"]["id"] for e in page.bundle["entry"] if "resource" in e]
        page = await server.next_page(page.next_url)
    assert isinstance(page, Page)
    seen += [e["resource"]["id"] for e in page.bundle.get("entry", []) if "resource" in e]
    assert set(names) <= set(seen)


async def test_a_search_by_tag_is_never_stale(server: FhirServer) -> None:
    id_ = new_id()
    pairs = [("_id", id_), ("_tag", f"{TEST_RUN}|{RUN}")]
    before = await server.search("Patient", pairs)
    await server.create_or_update("Patient", id_, body(patient(id_)), None)
    after = await server.search("Patient", pairs)
    assert isinstance(before, Page)
    assert isinstance(after, Page)
    assert (before.bundle["total"], after.bundle["total"]) == (0, 1)


async def test_a_transaction_is_done_or_conflicts_whole(server: FhirServer) -> None:
    id_ = new_id()
    entry = put_entry(patient(id_) | {"meta": META}, ifMatch='W/"0"')
    bundle = encode({"resourceType": "Bundle", "type": "transaction", "entry": [entry]})
    done = await server.transaction(bundle)
    assert isinstance(done, Page)
    assert [e["response"]["status"] for e in done.bundle["entry"]] == ["201 Created"]
    again = await server.transaction(bundle)
    assert again == Conflict(status=409, code="HAPI-0989")


async def test_unlabelled_data_never_reaches_the_peer(server: FhirServer) -> None:
    id_ = new_id()
    with pytest.raises(RefusedByGuardError):
        await server.create_or_update("Patient", id_, encode(patient(id_)), None)
    assert await server.read("Patient", id_) == Absent(was_deleted=False)

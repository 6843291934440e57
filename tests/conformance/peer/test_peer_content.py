"""What a peer does with content: labels, references, transactions, conditional create."""

import pytest

from adapter.fhir.constants import htest
from tests.conformance.peer.client import (
    SNAPSHOT,
    Json,
    Peer,
    diagnostics,
    identifier_of,
    new_id,
    patient,
    put_entry,
    task,
)

OLD_TAG = {"system": "https://mesozorg.example/fhir/CodeSystem/test-run", "code": "old"}
NEW_TAG = {"system": "https://mesozorg.example/fhir/CodeSystem/test-run", "code": "new"}


def codes(resource: Json, name: str) -> set[str]:
    return {coding["code"] for coding in resource["meta"].get(name, [])}


# --- labels ---------------------------------------------------------------------------------


def test_old_tags_and_labels_stay_without_the_snapshot_header(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_, meta={"tag": [OLD_TAG], "security": [htest()]}))
    stored = peer.put(patient(id_, meta={"tag": [NEW_TAG]}, gender="other")).json()
    assert codes(stored, "tag") == {"old", "new"}
    assert codes(stored, "security") == {"HTEST"}


def test_labels_stay_when_no_meta_is_sent(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_, meta={"tag": [OLD_TAG], "security": [htest()]}))
    bare = patient(id_, gender="other")
    del bare["meta"]
    assert codes(peer.put(bare).json(), "security") == {"HTEST"}


def test_profiles_are_replaced_always(peer: Peer) -> None:
    id_ = new_id()
    profile = "https://mesozorg.example/fhir/StructureDefinition/test"
    peer.put(patient(id_, meta={"profile": [profile]}))
    assert "profile" not in peer.put(patient(id_, gender="other")).json()["meta"]


def test_with_the_snapshot_header_meta_is_what_was_sent(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_, meta={"tag": [OLD_TAG], "security": [htest()]}))
    reply = peer.put(patient(id_, meta={"tag": [NEW_TAG]}), **SNAPSHOT)
    assert reply.headers["ETag"] == 'W/"2"'
    read = peer.get(f"Patient/{id_}").json()
    assert (codes(read, "tag"), codes(read, "security")) == ({"new"}, set())


def test_the_snapshot_header_works_for_a_transaction(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_, meta={"tag": [OLD_TAG]}))
    peer.bundle(put_entry(patient(id_, meta={"tag": [NEW_TAG]})), **SNAPSHOT)
    assert codes(peer.get(f"Patient/{id_}").json(), "tag") == {"new"}


# --- references -----------------------------------------------------------------------------


def test_a_missing_target_is_refused(peer: Peer) -> None:
    reply = peer.put(task(new_id(), new_id()))
    assert reply.status_code == 400
    assert diagnostics(reply).startswith("HAPI-1094: ")


def test_a_deleted_target_is_refused(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    assert peer.put(task(new_id(), id_)).status_code == 400


@pytest.mark.parametrize(
    "element",
    [
        {"reasonReference": {"reference": "Condition/mnowhere"}},
        {"owner": {"identifier": {"system": "http://example.org", "value": "x"}}},
        {
            "contained": [{"resourceType": "Organization", "id": "org", "name": "Proef"}],
            "owner": {"reference": "#org"},
        },
    ],
    ids=["element without search parameter", "identifier only", "contained"],
)
def test_some_references_are_not_looked_up(peer: Peer, element: Json) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    assert peer.put(task(new_id(), id_, **element)).status_code == 201


@pytest.mark.parametrize(
    ("reference", "code"),
    [("https://elsewhere.example/fhir/Organization/x", "HAPI-0507"), ("urn:uuid:0", "HAPI-0505")],
)
def test_absolute_references_are_refused(peer: Peer, reference: str, code: str) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.put(task(new_id(), id_, owner={"reference": reference}))
    assert reply.status_code == 400
    assert diagnostics(reply).startswith(code)


def test_even_the_servers_own_base_is_an_absolute_reference(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    own = {"reference": f"{peer.base}/Patient/{id_}"}
    assert peer.put(task(new_id(), id_, focus=own)).status_code == 400


def test_a_version_in_a_reference_is_dropped(peer: Peer) -> None:
    id_, task_id = new_id(), new_id()
    peer.put(patient(id_))
    versioned = {"reference": f"Patient/{id_}/_history/1"}
    peer.put(task(task_id, id_, focus=versioned))
    assert peer.get(f"Task/{task_id}").json()["focus"] == {"reference": f"Patient/{id_}"}


# --- transaction and batch ------------------------------------------------------------------


def test_a_transaction_answers_per_entry(peer: Peer) -> None:
    id_, task_id = new_id(), new_id()
    reply = peer.bundle(put_entry(task(task_id, id_)), put_entry(patient(id_)))
    assert (reply.status_code, reply.json()["type"]) == (200, "transaction-response")
    answers = [entry["response"] for entry in reply.json()["entry"]]
    assert [answer["status"] for answer in answers] == ["201 Created", "201 Created"]
    assert answers[0]["location"] == f"Task/{task_id}/_history/1"
    assert answers[0]["etag"] == "1"


def test_a_transaction_creates_only_with_if_match_zero(peer: Peer) -> None:
    id_ = new_id()
    assert peer.bundle(put_entry(patient(id_), ifMatch='W/"0"')).status_code == 200
    reply = peer.bundle(put_entry(patient(id_, name="Anders"), ifMatch='W/"0"'))
    assert reply.status_code == 409


@pytest.mark.parametrize("bad", ["stale version", "missing target"])
def test_a_transaction_is_all_or_nothing(peer: Peer, bad: str) -> None:
    old, new = new_id(), new_id()
    peer.put(patient(old))
    second = (
        put_entry(patient(old, name="Anders"), ifMatch='W/"7"')
        if bad == "stale version"
        else put_entry(task(new_id(), new_id()))
    )
    reply = peer.bundle(put_entry(patient(new)), second)
    assert reply.status_code == (409 if bad == "stale version" else 400)
    assert peer.get(f"Patient/{new}").status_code == 404


def test_a_batch_stores_what_it_can(peer: Peer) -> None:
    old, new = new_id(), new_id()
    peer.put(patient(old))
    stale = put_entry(patient(old, name="Anders"), ifMatch='W/"7"')
    reply = peer.bundle(put_entry(patient(new)), stale, kind="batch")
    statuses = [entry["response"]["status"] for entry in reply.json()["entry"]]
    assert statuses == ["201 Created", "409 Conflict"]
    assert peer.get(f"Patient/{new}").status_code == 200


def test_a_repeated_transaction_changes_nothing(peer: Peer) -> None:
    id_ = new_id()
    peer.bundle(put_entry(patient(id_)))
    answer = peer.bundle(put_entry(patient(id_))).json()["entry"][0]["response"]
    assert (answer["status"], answer["etag"]) == ("200 OK", "1")


def test_the_same_id_twice_in_a_transaction_is_refused(peer: Peer) -> None:
    id_ = new_id()
    reply = peer.bundle(put_entry(patient(id_)), put_entry(patient(id_, name="Anders")))
    assert reply.status_code == 400
    assert diagnostics(reply).startswith("HAPI-0535")


def test_a_transaction_resolves_references_to_its_own_entries(peer: Peer) -> None:
    urn, task_id = "urn:uuid:6b3f6f3c-8a5f-4a5e-9a34-0f1f1d8f2a01", new_id()
    created = patient(new_id())
    post = {
        "fullUrl": urn,
        "resource": {name: value for name, value in created.items() if name != "id"},
        "request": {"method": "POST", "url": "Patient"},
    }
    reply = peer.bundle(post, put_entry(task(task_id, "x", **{"for": {"reference": urn}})))
    location = reply.json()["entry"][0]["response"]["location"]
    stored = peer.get(f"Task/{task_id}").json()
    assert location.startswith(f"{stored['for']['reference']}/_history/")


def test_an_unresolved_urn_in_a_transaction_is_refused(peer: Peer) -> None:
    lost = {"reference": "urn:uuid:6b3f6f3c-8a5f-4a5e-9a34-0f1f1d8f2a02"}
    reply = peer.bundle(put_entry(task(new_id(), "x", **{"for": lost})))
    assert reply.status_code == 400
    assert diagnostics(reply).startswith("HAPI-0541")


# --- conditional create ---------------------------------------------------------------------


def create(peer: Peer, resource: Json) -> tuple[int, str]:
    """(status, Location without base) of a POST under its identifier."""
    body = {name: value for name, value in resource.items() if name != "id"}
    condition = {"If_None_Exist": f"identifier={identifier_of(resource)}"}
    reply = peer.send("POST", "Patient", body, **condition)
    return reply.status_code, reply.headers.get("Location", "").removeprefix(f"{peer.base}/")


def test_a_conditional_create_finds_what_it_made_before(peer: Peer) -> None:
    sent = patient(new_id())
    status, place = create(peer, sent)
    assert status == 201
    assert create(peer, sent | {"gender": "other"}) == (200, place)
    assert "gender" not in peer.get(place.partition("/_history")[0]).json()


def test_a_conditional_create_with_two_matches_is_refused(peer: Peer) -> None:
    one, two = patient(new_id()), patient(new_id())
    two["identifier"] = one["identifier"]
    peer.put(one)
    peer.put(two)
    assert create(peer, one)[0] == 412

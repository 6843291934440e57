"""Writing at a peer: ids, preconditions, versions, deletion. Every line of the stand-in that sync
relies on is held to what a real HAPI answers."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conformance.peer.client import Peer, diagnostics, new_id, patient, task

CREATE_ONLY = {"If_Match": 'W/"0"'}


def test_put_with_a_new_client_id_creates_version_one(peer: Peer) -> None:
    id_ = new_id()
    reply = peer.put(patient(id_))
    assert (reply.status_code, reply.headers["ETag"]) == (201, 'W/"1"')
    assert reply.headers["Content-Location"] == f"{peer.base}/Patient/{id_}/_history/1"
    assert "Location" not in reply.headers


def test_if_match_zero_creates_where_the_id_is_free(peer: Peer) -> None:
    assert peer.put(patient(new_id()), **CREATE_ONLY).status_code == 201


def test_if_match_zero_never_overwrites(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.put(patient(id_, name="Anders"), **CREATE_ONLY)
    assert reply.status_code == 409
    assert "HAPI-0989" in diagnostics(reply)
    assert peer.get(f"Patient/{id_}").headers["ETag"] == 'W/"1"'


def test_if_match_zero_is_refused_for_identical_content(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    assert peer.put(patient(id_), **CREATE_ONLY).status_code == 409


def test_if_match_zero_does_not_revive_a_deleted_resource(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    assert peer.put(patient(id_), **CREATE_ONLY).status_code == 409


def test_of_parallel_creates_exactly_one_succeeds(peer: Peer) -> None:
    id_ = new_id()
    with ThreadPoolExecutor(8) as pool:
        replies = list(
            pool.map(lambda n: peer.put(patient(id_, name=f"Nr {n}"), **CREATE_ONLY), range(8))
        )
    assert sorted(reply.status_code for reply in replies) == [201, *[409] * 7]


def test_if_none_match_star_is_ignored(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.put(patient(id_, name="Anders"), If_None_Match="*")
    assert (reply.status_code, reply.headers["ETag"]) == (200, 'W/"2"')


@pytest.mark.parametrize("etag", ['W/"1"', '"1"', "1"])
def test_the_current_version_may_be_updated(peer: Peer, etag: str) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.put(patient(id_, name="Anders"), If_Match=etag)
    assert (reply.status_code, reply.headers["ETag"]) == (200, 'W/"2"')


@pytest.mark.parametrize("version", ["1", "9"], ids=["stale", "future"])
def test_another_version_is_a_conflict(peer: Peer, version: str) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.put(patient(id_, name="Anders"))
    reply = peer.put(patient(id_, name="Derde"), If_Match=f'W/"{version}"')
    assert reply.status_code == 409
    assert diagnostics(reply).startswith("HAPI-0550: HAPI-0989: ")


def test_a_stale_version_is_a_conflict_for_identical_content(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.put(patient(id_, name="Anders"))
    assert peer.put(patient(id_, name="Anders"), If_Match='W/"1"').status_code == 409


@pytest.mark.parametrize("etag", ["*", 'W/"abc"'])
def test_a_version_that_is_no_number_is_a_server_error(peer: Peer, etag: str) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.put(patient(id_, name="Anders"), If_Match=etag)
    assert reply.status_code == 500
    assert diagnostics(reply).startswith("HAPI-2223: ")


def test_a_version_of_an_id_that_never_was_creates_it_silently(peer: Peer) -> None:
    reply = peer.put(patient(new_id()), If_Match='W/"5"')
    assert (reply.status_code, reply.headers["ETag"]) == (201, 'W/"1"')


def test_identical_content_makes_no_version(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reordered = dict(reversed(patient(id_).items()))
    for headers in ({}, {"If_Match": 'W/"1"'}):
        reply = peer.put(reordered, **headers)
        assert (reply.status_code, reply.headers["ETag"]) == (200, 'W/"1"')


def test_the_clients_version_and_time_are_ignored(peer: Peer) -> None:
    id_ = new_id()
    sent = patient(id_)
    sent["meta"] |= {"versionId": "7", "lastUpdated": "2001-01-01T00:00:00Z"}
    meta = peer.put(sent).json()["meta"]
    assert meta["versionId"] == "1"
    assert not meta["lastUpdated"].startswith("2001")


@pytest.mark.parametrize(
    ("id_", "code"),
    [("123456", "HAPI-0960"), ("m" * 65, "HAPI-0521"), ("m_1", "HAPI-0521")],
    ids=["numeric", "too long", "underscore"],
)
def test_an_id_that_clients_may_not_choose_is_refused(peer: Peer, id_: str, code: str) -> None:
    reply = peer.put(patient(id_))
    assert reply.status_code == 400
    assert diagnostics(reply).startswith(code)


@pytest.mark.parametrize(("inner", "code"), [("mother", "HAPI-0420"), (None, "HAPI-0419")])
def test_the_id_in_the_body_must_be_that_of_the_url(
    peer: Peer, inner: str | None, code: str
) -> None:
    body = patient("x") | {"id": inner}
    if inner is None:
        del body["id"]
    reply = peer.send("PUT", f"Patient/{new_id()}", body)
    assert reply.status_code == 400
    assert diagnostics(reply).startswith(code)


def test_a_minimal_answer_has_the_version_in_its_etag_alone(peer: Peer) -> None:
    reply = peer.put(patient(new_id()), Prefer="return=minimal")
    assert (reply.status_code, reply.headers["ETag"], reply.content) == (201, 'W/"1"', b"")


def test_an_outcome_answer_says_what_was_done(peer: Peer) -> None:
    outcome = peer.put(patient(new_id()), Prefer="return=OperationOutcome").json()
    coding = outcome["issue"][0]["details"]["coding"][0]
    assert coding["code"] == "SUCCESSFUL_UPDATE_AS_CREATE"


def test_broken_json_is_refused(peer: Peer) -> None:
    url = f"{peer.base}/Patient/{new_id()}"
    headers = {"Content-Type": "application/fhir+json"}
    reply = peer._client.put(url, content=b'{"resourceType":', headers=headers)
    assert reply.status_code == 400
    assert diagnostics(reply).startswith("HAPI-0450")


def test_a_deleted_resource_is_gone_and_says_where_it_ended(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    assert peer.delete(f"Patient/{id_}").status_code == 200
    reply = peer.get(f"Patient/{id_}")
    assert reply.status_code == 410
    assert reply.headers["Location"] == f"{peer.base}/Patient/{id_}/_history/2"
    assert peer.get(f"Patient/{id_}/_history/2").status_code == 410
    assert peer.get(f"Patient/{id_}/_history/1").status_code == 200


def test_deleting_again_and_deleting_nothing_both_succeed(peer: Peer) -> None:
    id_ = new_id()
    assert peer.delete(f"Patient/{id_}").status_code == 200
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    assert peer.delete(f"Patient/{id_}").status_code == 200


def test_a_delete_ignores_its_precondition(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.put(patient(id_, name="Anders"))
    assert peer.delete(f"Patient/{id_}", If_Match='W/"1"').status_code == 200
    assert peer.get(f"Patient/{id_}").status_code == 410


@pytest.mark.parametrize("headers", [{}, {"If_Match": 'W/"2"'}], ids=["plain", "its version"])
def test_a_put_revives_what_was_deleted(peer: Peer, headers: dict[str, str]) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    reply = peer.put(patient(id_), **headers)
    assert (reply.status_code, reply.headers["ETag"]) == (201, 'W/"3"')


def test_an_older_version_does_not_revive_what_was_deleted(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    assert peer.put(patient(id_), If_Match='W/"1"').status_code == 409


def test_what_is_referred_to_cannot_be_deleted(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.put(task(new_id(), id_))
    assert peer.delete(f"Patient/{id_}").status_code == 409
    assert peer.get(f"Patient/{id_}").status_code == 200

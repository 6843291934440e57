"""Reading from a peer: read and vread, search with its cache, history with and without `_since`."""

import pytest

from adapter.fhir.constants import ACT_REASON, htest
from tests.conformance.peer.client import (
    FROM_THE_START,
    Peer,
    diagnostics,
    identifier_of,
    ids,
    new_id,
    patient,
)

FRESH = {"Cache_Control": "no-cache"}
TAGS = "https://mesozorg.example/fhir/CodeSystem/test-run"


def tagged(peer: Peer, count: int) -> str:
    """The tag of so many new patients."""
    tag = new_id()
    meta = {"tag": [{"system": TAGS, "code": tag}], "security": [htest()]}
    for _ in range(count):
        peer.put(patient(new_id(), meta=meta))
    return tag


def test_metadata_names_the_fhir_version(peer: Peer) -> None:
    statement = peer.get("metadata").json()
    assert statement["resourceType"] == "CapabilityStatement"
    assert statement["fhirVersion"] == "4.0.1"
    assert statement["software"]["name"]


def test_a_read_has_the_version_in_etag_and_meta(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.get(f"Patient/{id_}")
    assert reply.headers["ETag"] == 'W/"1"'
    assert reply.headers["Content-Type"].startswith("application/fhir+json")
    assert reply.json()["meta"]["versionId"] == "1"


def test_a_read_of_what_never_was_is_404(peer: Peer) -> None:
    assert peer.get(f"Patient/{new_id()}").status_code == 404


def test_an_older_version_can_be_read(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.put(patient(id_, name="Anders"))
    assert peer.get(f"Patient/{id_}/_history/1").json()["name"] == [{"text": "Testpersoon"}]
    assert peer.get(f"Patient/{id_}/_history/9").status_code == 404


def test_a_known_version_is_not_sent_again(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    assert peer.get(f"Patient/{id_}", If_None_Match='W/"1"').status_code == 304
    assert peer.get(f"Patient/{id_}", If_None_Match='W/"9"').status_code == 200


def test_head_gives_the_version_without_a_body(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.send("HEAD", f"Patient/{id_}", None)
    assert (reply.status_code, reply.headers["ETag"], reply.content) == (200, 'W/"1"', b"")


def test_decimals_keep_their_digits(peer: Peer) -> None:
    id_ = new_id()
    body = (
        b'{"resourceType":"Observation","id":"%s","status":"final","code":{"text":"proef"},'
        b'"valueQuantity":{"value":1.10}}' % id_.encode()
    )
    url = f"{peer.base}/Observation/{id_}"
    peer._client.put(url, content=body, headers={"Content-Type": "application/fhir+json"})
    compact = peer.get(f"Observation/{id_}").text.replace(" ", "")
    assert '"value":1.10' in compact


# --- search ---------------------------------------------------------------------------------


def test_a_search_finds_at_once_what_was_written(peer: Peer) -> None:
    sent = patient(new_id())
    peer.put(sent)
    for query in (f"_id={sent['id']}", f"identifier={identifier_of(sent)}"):
        reply = peer.get(f"Patient?{query}")
        assert (ids(reply), reply.json()["total"]) == ([sent["id"]], 1)


def test_an_identifier_is_found_without_its_system(peer: Peer) -> None:
    sent = patient(new_id())
    peer.put(sent)
    assert ids(peer.get(f"Patient?identifier={sent['id']}")) == [sent["id"]]


def test_a_search_by_form_is_the_same_search(peer: Peer) -> None:
    sent = patient(new_id())
    peer.put(sent)
    assert ids(peer.post_search("Patient", identifier=identifier_of(sent))) == [sent["id"]]


def test_tags_and_labels_are_found(peer: Peer) -> None:
    tag = tagged(peer, 2)
    query = f"_tag={TAGS}|{tag}&_security={ACT_REASON}|HTEST"
    assert peer.get(f"Patient?{query}&_total=accurate").json()["total"] == 2


def test_a_deleted_resource_is_not_found(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    assert peer.get(f"Patient?_id={id_}").json()["total"] == 0


def test_the_same_search_is_answered_from_cache(peer: Peer) -> None:
    id_ = new_id()
    search = f"Patient?_id={id_}"
    assert peer.get(search).json()["total"] == 0
    peer.put(patient(id_))
    stale = peer.get(search)
    assert (stale.json()["total"], stale.headers["X-Cache"].split()[0]) == (0, "HIT")
    assert peer.get(search, **FRESH).json()["total"] == 1


def test_last_updated_bounds_and_orders_a_search(peer: Peer) -> None:
    meta = {"tag": [{"system": TAGS, "code": (tag := new_id())}]}
    moments = []
    for _ in range(3):
        stored = peer.put(patient(new_id(), meta=meta)).json()
        moments.append((stored["id"], stored["meta"]["lastUpdated"].replace("+00:00", "Z")))
    since = f"Patient?_tag={TAGS}|{tag}&_lastUpdated=ge{moments[1][1]}"
    oldest_first = ids(peer.get(f"{since}&_sort=_lastUpdated"))
    assert oldest_first[-2:] == [id_ for id_, _ in moments[1:]]
    assert ids(peer.get(f"{since}&_sort=-_lastUpdated")) == oldest_first[::-1]


def test_a_profile_is_found(peer: Peer) -> None:
    profile = f"https://mesozorg.example/fhir/StructureDefinition/{new_id()}"
    id_ = new_id()
    peer.put(patient(id_, meta={"profile": [profile]}))
    assert ids(peer.get(f"Patient?_profile={profile}")) == [id_]


def test_an_unknown_parameter_is_refused(peer: Peer) -> None:
    reply = peer.get("Patient?nonsense=1")
    assert reply.status_code == 400
    assert diagnostics(reply).startswith("HAPI-0524")


def test_search_pages_give_each_match_once(peer: Peer) -> None:
    tag = tagged(peer, 5)
    reply = peer.get(f"Patient?_tag={TAGS}|{tag}&_count=2")
    found = ids(reply)
    while links := [x["url"] for x in reply.json()["link"] if x["relation"] == "next"]:
        reply = peer.get(links[0])
        found += ids(reply)
    assert len(found) == len(set(found)) == 5


def test_a_total_is_given_on_request(peer: Peer) -> None:
    tag = tagged(peer, 3)
    query = f"Patient?_tag={TAGS}|{tag}&_count=2"
    assert peer.get(f"{query}&_total=accurate").json()["total"] == 3
    assert peer.get(f"Patient?_tag={TAGS}|{tag}&_summary=count").json()["total"] == 3


def test_a_page_that_is_no_longer_kept_is_410(peer: Peer) -> None:
    reply = peer.get("?_getpages=gone")
    assert reply.status_code == 410
    assert diagnostics(reply).startswith("HAPI-0417")


# --- history --------------------------------------------------------------------------------


def test_history_since_is_newest_first_and_ends_with_the_first_version(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.put(patient(id_, name="Anders"))
    peer.delete(f"Patient/{id_}")
    bundle = peer.get(f"Patient/{id_}/_history?{FROM_THE_START}").json()
    requests = [(e["request"]["method"], e["response"]["etag"]) for e in bundle["entry"]]
    assert requests == [("DELETE", 'W/"3"'), ("PUT", 'W/"2"'), ("POST", 'W/"1"')]
    assert "total" not in bundle
    assert bundle["meta"]["lastUpdated"]


def test_a_deletion_in_history_has_neither_content_nor_time(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.delete(f"Patient/{id_}")
    newest = peer.get(f"Patient/{id_}/_history?{FROM_THE_START}").json()["entry"][0]
    assert "resource" not in newest
    assert set(newest["response"]) == {"status", "etag"}


def test_since_includes_its_own_moment(peer: Peer) -> None:
    id_ = new_id()
    moment = peer.put(patient(id_)).json()["meta"]["lastUpdated"]
    reply = peer.get(f"Patient/{id_}/_history?_since={moment.replace('+00:00', 'Z')}")
    assert ids(reply) == [id_]


def test_since_needs_a_full_instant(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    reply = peer.get(f"Patient/{id_}/_history?_since=2026-01-01")
    assert reply.status_code == 400
    assert diagnostics(reply).startswith("HAPI-1885")


def test_without_since_a_history_may_miss_versions(peer: Peer) -> None:
    id_ = new_id()
    peer.put(patient(id_))
    peer.get(f"Patient/{id_}/_history")
    peer.put(patient(id_, name="Anders"))
    assert len(ids(peer.get(f"Patient/{id_}/_history", **FRESH))) == 1
    assert len(ids(peer.get(f"Patient/{id_}/_history?{FROM_THE_START}"))) == 2


@pytest.mark.parametrize("size", [1, 2])
def test_history_pages_are_linked_to_their_end(peer: Peer, size: int) -> None:
    id_ = new_id()
    for number in range(3):
        peer.put(patient(id_, name=f"Nr {number}"))
    reply = peer.get(f"Patient/{id_}/_history?{FROM_THE_START}&_count={size}")
    versions = [e["response"]["etag"] for e in reply.json()["entry"]]
    while links := [x["url"] for x in reply.json()["link"] if x["relation"] == "next"]:
        reply = peer.get(links[0])
        versions += [e["response"]["etag"] for e in reply.json().get("entry", [])]
    assert versions == ['W/"3"', 'W/"2"', 'W/"1"']


def test_a_types_history_holds_every_resource_of_the_type(peer: Peer) -> None:
    first, second = new_id(), new_id()
    moment = peer.put(patient(first)).json()["meta"]["lastUpdated"]
    peer.put(patient(second))
    since = moment.replace("+00:00", "Z")
    found = ids(peer.get(f"Patient/_history?_since={since}&_count=100"))
    assert found.index(second) < found.index(first)


def test_the_servers_history_holds_every_type(peer: Peer) -> None:
    id_ = new_id()
    moment = peer.put(patient(id_)).json()["meta"]["lastUpdated"]
    since = moment.replace("+00:00", "Z")
    assert id_ in ids(peer.get(f"_history?_since={since}&_count=200"))


def test_the_history_of_what_never_was_is_404(peer: Peer) -> None:
    assert peer.get(f"Patient/{new_id()}/_history?{FROM_THE_START}").status_code == 404

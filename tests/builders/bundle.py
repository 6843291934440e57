"""A referral record as the transaction Bundle that a GP's system would send for it."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx

from adapter.fhir.constants import URA, UZI, htest
from mappings.records.base import parse_record
from mappings.records.referral import Referral
from mappings.referral import referral as mapping
from mappings.toolkit.identity import Ids

Json = dict[str, Any]


def referral_bundle(record: Json, ids: Ids, *, directory: bool = False) -> Json:
    """The same referral over FHIR; with `directory` also the sender's register entries."""
    documents = mapping.to_fhir(parse_record(Referral, record), ids)
    entries = [_entry(document) for document in documents]
    if directory:
        entries += [_entry(document) for document in directory_entries(record["referrer"])]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    return _renamed(bundle, documents)


def directory_entries(sender: Json) -> list[Json]:
    """Organization, Practitioner and the PractitionerRole that joins them, as suppliers send it."""
    return [
        {
            "resourceType": "Organization",
            "meta": {"security": [htest()]},
            "identifier": [{"system": URA, "value": sender["ura"]}],
            "name": "Naam die een verwijzing niet wijzigt",
        },
        {
            "resourceType": "Practitioner",
            "meta": {"security": [htest()]},
            "identifier": [{"system": UZI, "value": sender["uzi"]}],
        },
        {
            "resourceType": "PractitionerRole",
            "meta": {"security": [htest()]},
            "practitioner": {"identifier": {"system": UZI, "value": sender["uzi"]}},
            "organization": {"identifier": {"system": URA, "value": sender["ura"]}},
        },
    ]


def resource_in(bundle: Json, type_: str) -> Json:
    """The first resource of this type, to be changed in place."""
    return next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == type_)


def index_of(bundle: Json, type_: str) -> int:
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    return kinds.index(type_)


def locations(answer: httpx.Response) -> list[str]:
    """Type/id of every entry of a transaction-response."""
    return [e["response"]["location"].split("/_history/")[0] for e in answer.json()["entry"]]


def _entry(document: Json) -> Json:
    name = uuid5(NAMESPACE_URL, json.dumps(document, default=str))
    return {
        "fullUrl": f"urn:uuid:{name}",
        "resource": document,
        "request": {"method": "POST", "url": document["resourceType"]},
    }


def _renamed(bundle: Json, documents: list[Json]) -> Json:
    """References by the names of the Bundle; the ids are the receiver's to give."""
    text = json.dumps(bundle)
    for entry, document in zip(bundle["entry"], documents, strict=False):
        old = f"{document['resourceType']}/{document['id']}"
        text = text.replace(f'"{old}"', f'"{entry["fullUrl"]}"')
    renamed: Json = json.loads(text)
    for entry in renamed["entry"]:
        entry["resource"].pop("id", None)
    return renamed

"""Either direction, for any kind: JSON of a record becomes a collection of resources, and back.

What has a `resourceType` is FHIR; everything else is a record, and then somebody has to say which
kind. The kind of resources is that of the profile that the main one claims: a hint, which the
mapping then checks.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.fhir.validation import validate
from mappings.kinds import KINDS, Kind
from mappings.records.base import Record, parse_record
from mappings.toolkit.entries import Entries
from mappings.toolkit.envelope import collection, open_collection, open_transaction
from mappings.toolkit.identity import Ids
from mappings.toolkit.writing import profile_url

_BY_PROFILE: Final = {
    profile_url(name): kind
    for kind in KINDS.values()
    for name in (kind.profile, *kind.more_profiles)
    if name
}


def is_fhir(sent: Json) -> bool:
    return "resourceType" in sent


def to_fhir(sent: Json, kind: Kind, ids: Ids) -> Json:
    """Bundle of the resources of this record. FhirError 422 with the path below the record."""
    return collection(kind.to_fhir(parse_record(kind.record, sent), ids))


def to_record(sent: Json, kind: Kind | None, ids: Ids) -> Json:
    """JSON of the record in this Bundle or resource. FhirError 422 with the path of every fault."""
    return record_json(read(sent, kind, ids))


def read(sent: Json, kind: Kind | None, ids: Ids) -> Record:
    """The record in this Bundle or resource. FhirError 422 with the path of every fault."""
    entries = _entries(sent)
    faults = _faults(entries)
    if faults:
        raise FhirError(422, *faults)
    known = kind or _kind_of(sent, entries)
    if known is None:
        at = entries.paths[0] if entries.paths else "Bundle"
        text = "Geen resource noemt een profiel waaraan de soort bericht te zien is."
        raise FhirError(422, Issue(code="not-supported", expression=at, text=text))
    return known.from_fhir(entries, ids)


def record_json(record: Record) -> Json:
    """A record as its JSON; what it does not say is left out."""
    return _said(record.model_dump(mode="json", by_alias=True))


def issues(sent: Json, kind: Kind | None, ids: Ids) -> list[Issue]:
    """Everything that is wrong with a record, a Bundle or a resource; nothing when all is well.

    A resource that claims no profile of a kind is only held to R4.
    """
    try:
        if not is_fhir(sent):
            parse_record(_named(kind).record, sent)
            return []
        entries = _entries(sent)
        found = _faults(entries)
        known = kind or _kind_of(sent, entries)
        if not found and known is not None:
            known.from_fhir(entries, ids)
    except FhirError as error:
        return list(error.issues)
    return found


def _entries(sent: Json) -> Entries:
    return open_transaction(sent) if sent.get("type") == "transaction" else open_collection(sent)


def _faults(entries: Entries) -> list[Issue]:
    """What keeps these from being R4."""
    return [
        issue
        for resource, at in zip(entries.resources, entries.paths, strict=True)
        for issue in validate(resource, at=at)
    ]


def _named(kind: Kind | None) -> Kind:
    if kind is None:
        raise FhirError(
            422, Issue(code="not-supported", text="Bij een bericht hoort de naam van zijn soort.")
        )
    return kind


def _kind_of(sent: Json, entries: Sequence[Json]) -> Kind | None:
    """The kind whose main resource is among these; the first in the table wins. Only a referral is
    sent as a transaction, by systems that need not know our profiles."""
    if sent.get("type") == "transaction":
        return KINDS["referral"]
    claims = {claim for resource in entries for claim in _profiles(resource)}
    return next((kind for url, kind in _BY_PROFILE.items() if url in claims), None)


def _profiles(resource: Json) -> Iterator[str]:
    meta = resource.get("meta")
    claims = meta.get("profile") if isinstance(meta, dict) else None
    yield from (claim for claim in claims or () if isinstance(claim, str))


def _said(value: Json) -> Json:
    return {name: _deep(item) for name, item in value.items() if item not in (None, [])}


def _deep(value: object) -> object:
    if isinstance(value, dict):
        return _said(value)
    return [_deep(item) for item in value] if isinstance(value, list) else value

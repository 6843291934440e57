"""Resources of the stand-in FHIR server: versions in memory, with HAPI's rules for writing.

https://hl7.org/fhir/R4/http.html#concurrency
Statuses and messages are those observed on HAPI 8.8.0; `tests/conformance/peer/` holds both to
the same tests. No HTTP here, and no search.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from adapter.clock import Clock
from adapter.fhir.json import Json, decode_own, encode
from adapter.fhir.reference import references
from adapter.standin.resource_content import (
    RELATIVE,
    canonical,
    merge_labels,
    stamped,
    without_reference_versions,
)

ALL_LABELS: Final = frozenset({"TAG", "PROFILE", "SECURITY_LABEL"})
_ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_ETAG: Final = re.compile(r'(?:W/)?"?(?P<version>[^"]*)"?')
_UNSEARCHED: Final = ("Task.reasonReference",)  # no search parameter: HAPI does not check these

Outcome = Literal["created", "updated", "unchanged"]


class Key(NamedTuple):
    type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version. `body` is None for a deletion; `at` is UTC microseconds, whole milliseconds."""

    key: Key
    number: int
    order: int
    at: int
    body: bytes | None


class RefusedError(Exception):
    """A request that the server does not carry out: HTTP status, `diagnostics`, more headers."""

    def __init__(
        self, status: int, diagnostics: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, diagnostics)
        self.status = status
        self.diagnostics = diagnostics
        self.headers = headers or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """In what servers differ; the defaults are HAPI's.

    `create_only`: which header protects an existing resource from a create. `stale_status`:
    answer to a stale If-Match. `keeps_labels`: an update without snapshot header keeps old tags
    and labels.
    """

    create_only: Literal["if-match-0", "if-none-match", "none"] = "if-match-0"
    stale_status: Literal[409, 412] = 409
    keeps_labels: bool = True
    checks_references: bool = True


@dataclass(slots=True)
class ResourceStore:
    clock: Clock
    habits: Habits = field(default_factory=Habits)
    _versions: dict[Key, tuple[Version, ...]] = field(default_factory=dict)
    _writes: int = 0
    _ids: int = 0

    def history(self, key: Key) -> tuple[Version, ...]:
        """Oldest first; empty when the id was never used."""
        return self._versions.get(key, ())

    def current(self, key: Key) -> Version | None:
        """Newest version, a deletion included."""
        return self.history(key)[-1] if key in self._versions else None

    def all_versions(self) -> Iterator[Version]:
        """Every version there is, in no promised order."""
        for versions in self._versions.values():
            yield from versions

    def live(self, type_: str | None = None) -> Iterator[Version]:
        """Newest versions that are no deletion, in the order in which ids were first used."""
        for key, versions in self._versions.items():
            if type_ in (None, key.type) and versions[-1].body is not None:
                yield versions[-1]

    def checkpoint(self) -> dict[Key, tuple[Version, ...]]:
        """For `restore`: a transaction's way back, or a backup."""
        return dict(self._versions)

    def restore(self, checkpoint: dict[Key, tuple[Version, ...]]) -> None:
        self._versions = dict(checkpoint)

    def new_id(self) -> str:
        """Server-chosen ids are numbers, which clients may not choose."""
        self._ids += 1
        return str(self._ids)

    def create(
        self,
        type_: str,
        resource: Json,
        *,
        new_id: str | None = None,
        pending: frozenset[Key] = frozenset(),
    ) -> Version:
        """POST: the server gives the id."""
        key = Key(type_, new_id or self.new_id())
        resource = without_reference_versions(resource)
        self._check_references(resource, pending)
        return self._append(key, {**resource, "id": key.id})

    def put(
        self,
        key: Key,
        resource: Json,
        *,
        if_match: str | None = None,
        if_none_match: str | None = None,
        replaced: frozenset[str] = frozenset(),
        pending: frozenset[Key] = frozenset(),
    ) -> tuple[Version, Outcome]:
        """PUT by id. `replaced` names the parts of meta that are not merged with the old ones;
        `pending` are targets that the same transaction brings."""
        _check_id(key, resource)
        old = self.current(key)
        self._check_preconditions(key, old, if_match, if_none_match)
        resource = without_reference_versions(resource)
        self._check_references(resource, pending)
        if old is None or old.body is None:
            return self._append(key, resource), "created"
        before = decode_own(old.body)
        if self.habits.keeps_labels:
            resource = merge_labels(before, resource, replaced)
        if canonical(before) == canonical(resource):
            return old, "unchanged"
        return self._append(key, resource), "updated"

    def delete(self, key: Key) -> Version | None:
        """The deletion, or the earlier one; None when the id was never used. No precondition."""
        old = self.current(key)
        if old is None or old.body is None:
            return old
        if self.habits.checks_references and self._is_referenced(key):
            raise RefusedError(409, "Unable to delete: at least one resource has a reference to it")
        return self._append(key, None)

    def _append(self, key: Key, resource: Json | None) -> Version:
        versions = self.history(key)
        self._writes += 1
        at = self.clock() // 1000 * 1000
        number = len(versions) + 1
        body = None if resource is None else encode(stamped(key.type, key.id, resource, number, at))
        version = Version(key=key, number=number, order=self._writes, at=at, body=body)
        self._versions[key] = (*versions, version)
        return version

    def _check_preconditions(
        self, key: Key, old: Version | None, if_match: str | None, if_none_match: str | None
    ) -> None:
        form = self.habits.create_only
        exists = old is not None and old.body is not None
        if form == "if-none-match" and if_none_match == "*" and exists:
            raise RefusedError(412, "If-None-Match: the resource exists")
        if if_match is None:
            return
        expected = _version_number(if_match)
        if form == "none" and expected == 0:
            return
        # HAPI looks at If-Match only where the id has been used before.
        if old is not None and old.number != expected:
            raise RefusedError(
                self.habits.stale_status,
                f"HAPI-0550: HAPI-0989: Trying to update {key.type}/{key.id}/_history/{expected}"
                " but this is not the current version",
            )
        if old is None and form == "if-none-match":
            raise RefusedError(self.habits.stale_status, "If-Match: there is no such resource")

    def _check_references(self, resource: Json, pending: frozenset[Key]) -> None:
        for path, reference in references(resource):
            text: str = reference["reference"]
            if text.startswith("#"):
                continue
            if text.startswith("urn:"):
                raise RefusedError(400, "HAPI-0505: Does not contain a resource type")
            found = RELATIVE.fullmatch(text)
            if found is None:
                raise RefusedError(400, "HAPI-0507: Resource contains external reference to URL")
            if not self.habits.checks_references or path.startswith(_UNSEARCHED):
                continue
            target = Key(found["type"], found["id"])
            version = self.current(target)
            if target not in pending and (version is None or version.body is None):
                raise RefusedError(400, f"HAPI-1094: Resource {target.type}/{target.id} not found")

    def _is_referenced(self, key: Key) -> bool:
        text = f"{key.type}/{key.id}"
        needle = encode(text)
        return any(
            needle in version.body
            and any(
                element["reference"] == text for _, element in references(decode_own(version.body))
            )
            for version in self.live()
            if version.body is not None and version.key != key
        )


def _version_number(if_match: str) -> int:
    found = _ETAG.fullmatch(if_match)
    text = found["version"] if found else if_match
    if not re.fullmatch(r"-?[0-9]+", text):
        raise RefusedError(500, f'HAPI-2223: For input string: "{text}"')
    return int(text)


def _check_id(key: Key, resource: Json) -> None:
    if not _ID.fullmatch(key.id):
        raise RefusedError(400, "HAPI-0521: Invalid resource ID")
    if key.id.isdigit():
        raise RefusedError(
            400, "HAPI-0960: clients may only assign IDs with a non-numeric character"
        )
    if "id" not in resource:
        raise RefusedError(400, "HAPI-0419: the resource body must contain an ID element")
    if resource["id"] != key.id:
        raise RefusedError(400, "HAPI-0420: the ID in the body must match the URL")

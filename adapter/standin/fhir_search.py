"""Search and history of the stand-in FHIR server, with HAPI's caches and page links.

https://hl7.org/fhir/R4/search.html
https://hl7.org/fhir/R4/http.html#history

Two habits of HAPI that lose data silently are modelled, because the client's rules exist for
them: a search is answered from a list kept for a minute, and a history without `_since` is cut to
a count kept for a minute.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from adapter.clock import Clock
from adapter.fhir.instant import BEGINNING, FOREVER, Precision, instant_text, parse_moment
from adapter.fhir.json import Json, decode_own, encode
from adapter.standin.resource_store import Key, RefusedError, ResourceStore, Version

CACHE_US: Final = 60_000_000
_CONTROL: Final = {"_count", "_total", "_sort", "_summary", "_format", "_pretty"}
_TOKENS: Final[dict[str, Callable[[Json], list[Json]]]] = {
    "_tag": lambda r: r["meta"].get("tag", []),
    "_security": lambda r: r["meta"].get("security", []),
    "identifier": lambda r: r.get("identifier", []),
}
Pairs = Sequence[tuple[str, str]]


@dataclass(slots=True)
class Reader:
    """Answers searches and histories of one store. `page_size` is what no `_count` means."""

    store: ResourceStore
    clock: Clock
    page_size: int = 20
    _results: dict[str, list[Key]] = field(default_factory=dict)
    _recent: dict[str, tuple[int, str]] = field(default_factory=dict)
    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def search(self, base: str, type_: str, pairs: Pairs, *, fresh: bool) -> tuple[bytes, bool]:
        """(searchset, answered from cache). `fresh` bypasses the cache without refreshing it."""
        asked = f"{type_}?{urlencode(sorted(pairs))}"
        kept_at, name = self._recent.get(asked, (0, ""))
        hit = not fresh and name != "" and self.clock() - kept_at < CACHE_US
        if not hit:
            name = f"s{len(self._results) + 1}"
            self._results[name] = self.find(type_, pairs)
            if not fresh:
                self._recent[asked] = (self.clock(), name)
        options = dict(pairs)
        count = _count(options, self.page_size)
        found = self._results[name]
        exact = options.get("_total") == "accurate" or len(found) <= count
        total = len(found) if exact or options.get("_summary") == "count" else None
        if options.get("_summary") == "count":
            count = 0
        return self._result_page(base, name, 0, count, total), hit

    def result_page(self, base: str, pairs: Pairs) -> bytes:
        """A further page of a search. 410 when the result is no longer kept."""
        options = dict(pairs)
        name = options["_getpages"]
        if name not in self._results:
            raise RefusedError(
                410, f'HAPI-0417: Search ID "{name}" does not exist and may have expired'
            )
        start = int(options.get("_getpagesoffset", "0"))
        return self._result_page(base, name, start, _count(options, self.page_size), None)

    def forget_results(self) -> None:
        """As if the time for which results are kept had passed."""
        self._results.clear()
        self._recent.clear()

    def history(self, base: str, scope: str, pairs: Pairs) -> bytes:
        """History of `Type/id`, `Type` or "" (all), newest first."""
        options = dict(pairs)
        since = _since(options.get("_since"))
        versions = sorted(
            (v for v in self.store.all_versions() if _in_scope(v.key, scope) and v.at >= since),
            key=lambda v: (v.at, v.order),
            reverse=True,
        )
        total = None
        if "_since" not in options:
            total = self._counted(scope, len(versions))
            versions = versions[:total]
        start, count = int(options.get("_offset", "0")), _count(options, self.page_size)
        path = "/".join(part for part in (base, scope, "_history") if part)
        rest = [(n, v) for n, v in pairs if n != "_offset"]
        following = f"{path}?{urlencode([*rest, ('_offset', str(start + count))])}"
        return _bundle(
            "history",
            [_history_entry(base, version) for version in versions[start : start + count]],
            total=total,
            at=self.clock(),
            self_url=f"{path}?{urlencode(pairs)}",
            next_url=following if start + count < len(versions) else None,
        )

    def _counted(self, scope: str, count: int) -> int:
        kept_at, kept = self._counts.get(scope, (0, 0))
        if kept_at and self.clock() - kept_at < CACHE_US:
            return min(kept, count)
        self._counts[scope] = (self.clock(), count)
        return count

    def find(self, type_: str, pairs: Pairs) -> list[Key]:
        """Ids of what fits now, past every cache."""
        tests = [_test(name, value) for name, value in pairs if name not in _CONTROL]
        found = [
            version
            for version in self.store.live(type_)
            if version.body is not None and _fits(tests, version, decode_own(version.body))
        ]
        order = dict(pairs).get("_sort")
        if order is not None:
            found.sort(key=lambda v: (v.at, v.order), reverse=order == "-_lastUpdated")
        return [version.key for version in found]

    def _result_page(
        self, base: str, name: str, start: int, count: int, total: int | None
    ) -> bytes:
        keys = self._results[name]
        entries = []
        for key in keys[start : start + count]:
            version = self.store.current(key)
            if version is not None and version.body is not None:  # deleted in the meantime
                entries.append(_search_entry(base, version))
        query = {"_getpages": name, "_getpagesoffset": str(start + count), "_count": str(count)}
        has_next = count > 0 and start + count < len(keys)
        return _bundle(
            "searchset",
            entries,
            total=total,
            at=self.clock(),
            self_url=base,
            next_url=f"{base}?{urlencode(query)}" if has_next else None,
        )


Test = Callable[[Version, Json], bool]


def _fits(tests: Sequence[Test], version: Version, resource: Json) -> bool:
    return all(test(version, resource) for test in tests)


def _test(name: str, value: str) -> Test:
    if name == "_id":
        wanted = value.split(",")
        return lambda version, _: version.key.id in wanted
    if name == "_lastUpdated":
        return _last_updated(value)
    if name == "_profile":
        return lambda _, resource: value in resource["meta"].get("profile", [])
    if name in _TOKENS:
        elements = _TOKENS[name]
        return lambda _, resource: any(
            _token(element, one) for element in elements(resource) for one in value.split(",")
        )
    raise RefusedError(400, f'HAPI-0524: Unknown search parameter "{name}"')


def _token(element: Json, wanted: str) -> bool:
    system, bar, value = wanted.rpartition("|")
    code = element.get("code", element.get("value"))
    if bar and system != element.get("system", ""):
        return False
    return not value or value == code


def _last_updated(value: str) -> Test:
    found = re.fullmatch(r"(ge|gt|le|lt|)(.+)", value)
    moment = parse_moment(found[2]) if found else None
    if found is None or moment is None:
        raise RefusedError(400, "HAPI-1882: Invalid date/time format")
    low, high = {
        "ge": (moment.low, FOREVER),
        "gt": (moment.high, FOREVER),
        "le": (BEGINNING, moment.high),
        "lt": (BEGINNING, moment.low),
        "": (moment.low, moment.high),
    }[found[1]]
    return lambda version, _: low <= version.at < high


def _since(text: str | None) -> int:
    if text is None:
        return 0
    moment = parse_moment(text)
    if moment is None or moment.precision < Precision.SECOND or not moment.is_zoned:
        raise RefusedError(400, "HAPI-1885: Invalid date/time string (invalid length)")
    return moment.low


def _count(options: dict[str, str], otherwise: int) -> int:
    return int(options.get("_count", otherwise))


def _in_scope(key: Key, scope: str) -> bool:
    return scope in ("", key.type, f"{key.type}/{key.id}")


def _search_entry(base: str, version: Version) -> Json:
    name = f"{version.key.type}/{version.key.id}"
    assert version.body is not None
    return {
        "fullUrl": f"{base}/{name}",
        "resource": decode_own(version.body),
        "search": {"mode": "match"},
    }


def _history_entry(base: str, version: Version) -> Json:
    """HAPI: version 1 is a POST even after a PUT; a deletion has neither resource nor time."""
    name = f"{version.key.type}/{version.key.id}"
    method, status = ("POST", "201 Created") if version.number == 1 else ("PUT", "200 OK")
    resource: Json = {}
    if version.body is None:
        method, status = "DELETE", "200 OK"
    else:
        resource = {"resource": decode_own(version.body)}
    return {
        "fullUrl": f"{base}/{name}",
        **resource,
        "request": {"method": method, "url": f"{name}/_history/{version.number}"},
        "response": {"status": status, "etag": f'W/"{version.number}"'},
    }


def _bundle(
    kind: str,
    entries: list[Json],
    *,
    total: int | None,
    at: int,
    self_url: str,
    next_url: str | None,
) -> bytes:
    bundle: Json = {
        "resourceType": "Bundle",
        "meta": {"lastUpdated": instant_text(at)},
        "type": kind,
    }
    if total is not None:
        bundle["total"] = total
    bundle["link"] = [{"relation": "self", "url": self_url}]
    if next_url is not None:
        bundle["link"].append({"relation": "next", "url": next_url})
    if entries:
        bundle["entry"] = entries
    return encode(bundle)

"""Reduced views that were made before, by everything that went into them.

Nothing is decided here and nothing can be stale: another version, view or set of visible targets
is another key (technical decision 5).
"""

from collections import OrderedDict

Key = tuple[int, int, str, bytes]  # resource, version, view and its version, visible targets
View = tuple[bytes, str]  # body, validator
_BESIDE = 400  # bytes that Python needs for an entry besides the body


class KeptViews:
    """At most so many bytes of them; the oldest goes first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._views: OrderedDict[Key, View] = OrderedDict()

    def __len__(self) -> int:
        return len(self._views)

    def get(self, key: Key) -> View | None:
        return self._views.get(key)

    def keep(self, key: Key, view: View) -> None:
        """Adds a view that is not there yet."""
        self._views[key] = view
        self._size += len(view[0]) + _BESIDE
        while self._size > self._limit:
            _, (body, _) = self._views.popitem(last=False)
            self._size -= len(body) + _BESIDE

"""SMART v2 scopes of a backend client: a ceiling, written as `system/Type.cruds`.

https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html

Strict grammar: no v1 words, no query part, no mixed contexts. What a caller really gets is decided
per request by role, relation and consent; a scope opens nothing by itself.
"""

import re
from functools import lru_cache
from typing import Final

SCOPES_SUPPORTED: Final = ("system/*.crus", "system/*.rs")
_SCOPE: Final = re.compile(r"system/(\*|[A-Z][A-Za-z]{1,39})\.(c?r?u?d?s?)")
_IGNORED: Final = frozenset({"launch/patient"})  # one widespread client adds it to every request
_MOST: Final = 50


FULL: Final = "system/*.crus"
_LETTERS: Final = {"read": "r", "search": "s", "update": "u", "transaction": "c", "create": "c"}


@lru_cache(maxsize=256)
def permits(scope: str, resource_type: str, interaction: str) -> bool:
    """Whether the ceiling of this token leaves room for an interaction on a type.

    A transaction holds many types, so it needs a scope for all of them.
    """
    letter = _LETTERS[interaction]
    wanted = (
        {"system/*"} if interaction == "transaction" else {"system/*", f"system/{resource_type}"}
    )
    return any(
        name in wanted and letter in letters
        for name, _, letters in (word.partition(".") for word in scope.split(" "))
    )


def grant_scope(requested: str | None) -> str | None:
    """Scope text to answer, or None when the request cannot be granted as scopes.

    Deletion is never offered, so `d` is left out of what is granted.
    """
    granted: dict[str, None] = {}
    words = [word for word in (requested or "").split(" ") if word not in _IGNORED]
    if len(words) > _MOST:
        return None
    for word in words:
        found = _SCOPE.fullmatch(word)
        letters = found.group(2).replace("d", "") if found else ""
        if found is None or not letters:
            return None
        granted[f"system/{found.group(1)}.{letters}"] = None
    return " ".join(granted) or None

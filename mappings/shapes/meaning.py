"""What may not be kept unread, because it changes what stands around it.

https://hl7.org/fhir/R4/conformance-rules.html#isModifier

Whoever ignores such an element says something else than its sender: "do not" becomes "do", what
was refuted becomes true, who was left out comes in.
"""

import re
from collections.abc import Iterator
from typing import Final

from adapter.fhir import path
from adapter.fhir.issues import Issue
from adapter.fhir.json import Json

# Anywhere, also in what is kept as a whole.
_ANYWHERE: Final = frozenset({"modifierExtension", "implicitRules"})

# Modifier elements of R4, and elements that say that something is over or not so.
_MODIFIERS: Final = frozenset(
    {
        *("status", "intent", "doNotPerform", "scope", "provision", "policyRule", "verification"),
        *("clinicalStatus", "verificationStatus", "abatementDateTime", "abatementAge"),
        *("abatementPeriod", "abatementRange", "abatementString", "asNeededBoolean"),
        *("asNeededCodeableConcept", "active", "link", "deceasedBoolean", "deceasedDateTime"),
        *("use", "comparator", "mode", "exclude", "isSubject", "security", "statusReason"),
    }
)

# Resources that ask or permit something by themselves: one that nobody read is not a detail.
SPEAK_FOR_THEMSELVES: Final = frozenset({"Consent", "ServiceRequest", "Task"})

_ELEMENT: Final = re.compile(r"_?[a-z][A-Za-z]{0,63}[0-9]{0,2}[A-Za-z]{0,64}")


def may_be_kept(name: str, at: str) -> bool:
    """Whether an element of this name, at this path, says nothing about what stands around it.

    Of a rule in a consent nothing may: whatever stands there narrows or widens it.
    """
    if ".provision." in at or name.removeprefix("_") in _MODIFIERS:
        return False
    return _ELEMENT.fullmatch(name) is not None


def refusal(at: str) -> Issue:
    text = "Dit element verandert de betekenis van wat eromheen staat en heeft hier geen plaats."
    return Issue(code="structure", expression=at, text=text)


def modifiers(value: object, at: str) -> Iterator[Issue]:
    """Every modifier extension and implicit rule in a resource, however deep."""
    if isinstance(value, dict):
        yield from _of(value, at)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from modifiers(item, f"{at}[{n}]")


def _of(value: Json, at: str) -> Iterator[Issue]:
    for name, item in value.items():
        below = path.child(at, name)
        if name.removeprefix("_") in _ANYWHERE:
            yield refusal(below)
        else:
            yield from modifiers(item, below)

"""FHIR JSON in and out, exactly: what was sent is what is kept.

https://hl7.org/fhir/R4/json.html
https://hl7.org/fhir/R4/datatypes.html#decimal (precision is significant)

No decoder is strict enough alone. msgspec refuses bad grammar, bad UTF-8, byte order marks, lone
surrogates and NaN, yet takes a repeated name; the standard decoder reports a repeated name, yet
takes the rest. What comes from outside passes both and then one walk over the tree; our own
stored bytes pass msgspec alone.

Deliberately not here: size limits (the door counts bytes while it reads) and anything that needs
to know an element: kinds, cardinality and codes are `validation.py`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.path import child, joined

Json = dict[str, Any]

MAX_DEPTH: Final = 64  # a CarePlan in a Bundle with contained resources and extensions needs 20
MAX_DIGITS: Final = 18  # R4 decimal: implementations have to keep 18 digits
MAX_EXPONENT: Final = 18
_INT64: Final = 1 << 63
_INT_CHARACTERS: Final = 20  # a sign and the 19 digits of a 64-bit number

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

_encoder: Final = msgspec.json.Encoder(decimal_format="number")
_own: Final = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
_grammar: Final = msgspec.json.Decoder(float_hook=str)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Stands in the tree where a value cannot be; the walk finds its path."""

    code: str
    text: str


# Way to a node, from the node up: read only when a fault is reported. A plain tuple, since one is
# made for most nodes of every message.
_Trail = tuple["_Trail | None", str | int]


def encode(value: object) -> bytes:
    """Compact UTF-8. Names keep their order, a Decimal keeps its digits."""
    return _encoder.encode(value)


def decode_own(data: bytes) -> Json:
    """Bytes that `encode` or `decode_untrusted` has already accepted."""
    return _own.decode(data)


def decode_untrusted(data: bytes, *, is_fhir: bool = True) -> Json:
    """One JSON object from outside, or FhirError 400 that names the path where it can be known.

    What is no FHIR may hold an empty list: it says what a list that is left out says, and is left
    out here; an object with nothing else in it too.
    """
    try:
        _grammar.decode(data)
        tree = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
        root = _root(tree)
        if not is_fhir:
            tree = _without_empty_lists(tree)
        _check_object(tree, root, 1)
    except _RefusedError as refused:
        raise FhirError(400, refused.issue) from None
    except RecursionError:
        raise FhirError(400, Issue(code="structure", text=_TOO_DEEP)) from None
    except ValueError:  # grammar, encoding and surrogates: both libraries derive from it
        raise FhirError(400, Issue(code="structure", text=_NOT_JSON)) from None
    return tree  # type: ignore[no-any-return] # the walk has shown that it is an object


_NOT_JSON: Final = "De inhoud is geen geldige JSON in UTF-8."
_TOO_DEEP: Final = f"De inhoud is dieper genest dan {MAX_DEPTH} niveaus."


class _RefusedError(Exception):
    def __init__(self, code: str, text: str, at: _Trail) -> None:
        super().__init__(code)
        self.issue = Issue(code=code, text=text, expression=_expression(at))


# --- hooks of the standard decoder ------------------------------------------------------------


def _object(pairs: list[tuple[str, Any]]) -> Json | _Fault:
    found = dict(pairs)
    if len(found) != len(pairs):
        return _Fault("structure", "Een naam komt meer dan eens voor in hetzelfde object.")
    return found


_NUMBER: Final = _Fault(
    "value", f"Een getal heeft ten hoogste {MAX_DIGITS} cijfers en een exponent tot {MAX_EXPONENT}."
)


def _decimal(text: str) -> Decimal | _Fault:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond what the library can hold
        return _NUMBER
    _, digits, exponent = number.as_tuple()
    if len(digits) > MAX_DIGITS or not isinstance(exponent, int) or abs(exponent) > MAX_EXPONENT:
        return _NUMBER
    return number


def _integer(text: str) -> int | _Fault:
    if len(text) > _INT_CHARACTERS or not -_INT64 <= int(text) < _INT64:
        return _Fault("value", "Een geheel getal past in 64 bits.")
    return int(text)


def _constant(_: str) -> _Fault:
    return _Fault("value", "NaN en Infinity zijn geen getallen in JSON.")


# --- the walk ---------------------------------------------------------------------------------


def _root(tree: object) -> _Trail:
    if isinstance(tree, dict):
        name = tree.get("resourceType")
        return (None, name if isinstance(name, str) else "")
    root: _Trail = (None, "")
    if isinstance(tree, _Fault):
        raise _RefusedError(tree.code, tree.text, root)
    raise _RefusedError("structure", "De inhoud is geen JSON-object.", root)


def _without_empty_lists(node: Any) -> Any:  # a node of JSON is of any type
    if isinstance(node, list):
        return [_without_empty_lists(value) for value in node]
    if not isinstance(node, dict):
        return node
    kept = {name: (value, _without_empty_lists(value)) for name, value in node.items()}
    return {n: new for n, (old, new) in kept.items() if new not in ([], {}) or old == {}}


def _check_object(node: Json, at: _Trail, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _RefusedError("structure", _TOO_DEEP, at)
    if not node:
        raise _RefusedError("structure", "Een leeg object is niet toegestaan.", at)
    for name, value in node.items():
        if not name.isidentifier() and (not name or _CONTROL.search(name)):
            raise _RefusedError("structure", "Een naam is leeg of bevat een stuurteken.", at)
        if type(value) is str and value and not _CONTROL.search(value):  # by far most nodes
            continue
        here = (at, name)
        if type(value) is list:
            partner = node.get(name[1:] if name.startswith("_") else f"_{name}")
            _check_array(value, partner, here, depth + 1)
        else:
            _check_value(value, here, depth)


def _check_array(node: list[Any], partner: object, at: _Trail, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _RefusedError("structure", _TOO_DEEP, at)
    if not node:
        raise _RefusedError("structure", "Een lege lijst is niet toegestaan.", at)
    for index, value in enumerate(node):
        here = (at, index)
        if value is None:
            # ["A", null] beside [null, {"extension": …}]: a place is filled on one side at least
            if type(partner) is list and len(partner) == len(node) and partner[index] is not None:
                continue
            raise _RefusedError("structure", _NULL, here)
        if type(value) is list:
            raise _RefusedError("structure", "Een lijst in een lijst bestaat niet in FHIR.", here)
        _check_value(value, here, depth)


_NULL: Final = "null mag alleen staan waar een element in een lijst zelf geen waarde heeft."


def _check_value(value: object, at: _Trail, depth: int) -> None:
    if isinstance(value, dict):
        _check_object(value, at, depth + 1)
    elif isinstance(value, str):
        if not value:
            raise _RefusedError("structure", "Een lege tekst is niet toegestaan.", at)
        if _CONTROL.search(value):
            raise _RefusedError("value", "De tekst bevat een stuurteken.", at)
    elif value is None:
        raise _RefusedError("structure", _NULL, at)
    elif isinstance(value, _Fault):
        raise _RefusedError(value.code, value.text, at)


def _expression(at: _Trail) -> str:
    root, *steps = reversed(list(_steps(at)))
    return joined(child("", str(root)), steps)


def _steps(at: _Trail | None) -> Iterator[str | int]:
    while at is not None:
        yield at[1]
        at = at[0]

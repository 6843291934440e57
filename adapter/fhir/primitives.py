"""Values of the primitive data types: the kind in JSON and the notation.

https://hl7.org/fhir/R4/datatypes.html#primitive

The model library turns "true" into true and 5 into a date; the answer here is on what was sent.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from adapter.fhir.instant import is_date, is_datetime, is_instant, is_time
from adapter.fhir.narrative import narrative_fault

Fault = tuple[str, str]  # issue code and text

_INT32: Final = 1 << 31

_ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_CODE: Final = re.compile(r"\S+(?:\s\S+)*")
_URI: Final = re.compile(r"\S+")
_OID: Final = re.compile(r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+")
_UUID: Final = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]*={0,2}")


def primitive_fault(kind: str, value: object) -> Fault | None:
    """Issue code and text when `value` is no `kind`; None when it is."""
    return _KINDS[kind](value)


def _boolean(value: object) -> Fault | None:
    return None if isinstance(value, bool) else ("structure", "Verwacht is true of false.")


def _decimal(value: object) -> Fault | None:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return None
    return "structure", "Verwacht is een getal, zonder aanhalingstekens."


def _whole(low: int) -> Callable[[object], Fault | None]:
    def check(value: object) -> Fault | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return "structure", "Verwacht is een geheel getal, zonder aanhalingstekens."
        if low <= value < _INT32:
            return None
        return "value", f"Verwacht is een geheel getal van {low} tot en met {_INT32 - 1}."

    return check


def _written(is_right: Callable[[str], object], expected: str) -> Callable[[object], Fault | None]:
    def check(value: object) -> Fault | None:
        if not isinstance(value, str):
            return "structure", "Verwacht is een tekst tussen aanhalingstekens."
        return None if is_right(value) else ("value", f"Verwacht is {expected}.")

    return check


def _is_base64(text: str) -> bool:
    packed = "".join(text.split())
    return bool(packed) and len(packed) % 4 == 0 and bool(_BASE64.fullmatch(packed))


def _narrative(value: object) -> Fault | None:
    if not isinstance(value, str):
        return "structure", "Verwacht is een tekst tussen aanhalingstekens."
    text = narrative_fault(value)
    return None if text is None else ("invariant", text)


_text: Final = _written(bool, "een tekst die niet leeg is")
_uri: Final = _written(_URI.fullmatch, "een URI zonder witruimte")

_KINDS: Final[Mapping[str, Callable[[object], Fault | None]]] = {
    "base64Binary": _written(_is_base64, "base64"),
    "boolean": _boolean,
    "canonical": _uri,
    "code": _written(_CODE.fullmatch, "een code zonder witruimte aan de randen"),
    "date": _written(is_date, "een datum: JJJJ, JJJJ-MM of JJJJ-MM-DD"),
    "dateTime": _written(is_datetime, "een datum, of een tijdstip met seconden en tijdzone"),
    "decimal": _decimal,
    "id": _written(
        _ID.fullmatch, "een id van ten hoogste 64 letters, cijfers, punten en streepjes"
    ),
    "instant": _written(is_instant, "een tijdstip met seconden en tijdzone"),
    "integer": _whole(-_INT32),
    "markdown": _text,
    "oid": _written(_OID.fullmatch, "urn:oid: met een geldige OID"),
    "positiveInt": _whole(1),
    "string": _text,
    "time": _written(is_time, "een tijd: UU:MM:SS"),
    "unsignedInt": _whole(0),
    "uri": _uri,
    "url": _uri,
    "uuid": _written(_UUID.fullmatch, "urn:uuid: met een UUID in kleine letters"),
    "xhtml": _narrative,
}

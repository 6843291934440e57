"""What belongs at a path in a record, in words for whoever fills it in.

Read from the models themselves, so that it cannot say something else than they do.
"""

import builtins
import re
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic.fields import FieldInfo

from mappings.records import base
from mappings.records.base import Record

_STEP: Final = re.compile(r"[^.\[\]]+")
_MANY: Final = 12
_WORDS: Final[Mapping[object, str]] = {
    base.Text: "tekst",
    base.Line: "tekst van één regel, tot 250 tekens",
    base.Uri: "een adres, zoals https://praktijk.example/nummer",
    base.Ura: "URA-nummer: 8 cijfers",
    base.Uzi: "UZI-nummer: 9 cijfers",
    base.Bsn: "burgerservicenummer dat aan de elfproef voldoet",
    base.LogicalId: "id van een resource, zoals de adapter het gaf",
    base.PartKey: "sleutel van een onderdeel: letters, cijfers en streepjes",
    base.Code: "een code",
    base.Day: "datum: JJJJ-MM-DD",
    base.Instant: "tijdstip met zone: JJJJ-MM-DDTUU:MM:SS+01:00",
    base.Moment: "datum, of tijdstip met zone",
    base.Flag: "true of false",
    bool: "true of false",
    int: "een geheel getal",
    str: "tekst",
}


def expected(model: type[Record], expression: str) -> str | None:
    """What stands at this path of an issue, such as `Referral.patient.birthDate`; None when the
    path leads to no field."""
    steps = [step for step in _STEP.findall(expression) if not step.isdigit()]
    found: object = model
    for step in steps[1:]:
        field = _field(found, step)
        if field is None:
            return None
        found = _annotation(field)
    return None if found is model else _words(found)


def _annotation(field: FieldInfo) -> object:
    """The type as it was written: pydantic keeps what `Annotated` added apart from it."""
    if not field.metadata:
        return field.annotation
    return Annotated[(field.annotation, *field.metadata)]


def _field(holder: object, name: str) -> FieldInfo | None:
    for model in _models(holder):
        for field_name, field in model.model_fields.items():
            if name in (field_name, field.alias):
                return field
    return None


def _models(type_: object) -> list[type[Record]]:
    if isinstance(type_, type) and issubclass(type_, Record):
        return [type_]
    return [model for part in get_args(type_) for model in _models(part)]


def _words(type_: object) -> str:
    for known, words in _WORDS.items():
        if _same(type_, known):
            return words
    if isinstance(type_, type) and issubclass(type_, Record):
        return _object(type_)
    parts = get_args(type_)
    match get_origin(type_):
        case typing.Annotated:
            words = _words(parts[0])
        case typing.Literal:
            words = _one_of(parts)
        case typing.Union | types.UnionType:
            known_parts = (part for part in parts if part is not types.NoneType)
            words = " of ".join(dict.fromkeys(_words(part) for part in known_parts))
        case builtins.tuple:
            words = f"een lijst van: {_words(parts[0])}"
        case _:
            words = "een andere waarde"
    return words


def _object(model: type[Record]) -> str:
    fields = model.model_fields.items()
    needed = [field.alias or name for name, field in fields if field.is_required()]
    return f"een object met {', '.join(needed)}" if needed else "een object"


def _same(type_: object, known: object) -> bool:
    """Equal, also when pydantic has taken the annotation apart."""
    if get_origin(known) is not Annotated:
        return type_ == known
    if get_origin(type_) is not Annotated:
        return False
    ours, theirs = _parts(type_), _parts(known)
    return ours[0] == theirs[0] and all(any(part is mark for mark in ours[1]) for part in theirs[1])


def _parts(type_: object) -> tuple[object, Sequence[Any]]:
    first, *marks = get_args(type_)
    return first, marks


def _one_of(codes: Sequence[object]) -> str:
    shown = [str(code).lower() if isinstance(code, bool) else str(code) for code in codes]
    more = f" en {len(shown) - _MANY} andere" if len(shown) > _MANY else ""
    return f"een van: {', '.join(shown[:_MANY])}{more}" if len(shown) > 1 else shown[0]

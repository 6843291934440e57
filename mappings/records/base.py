"""What all MESO records share: closed models with camelCase JSON, and their scalar types.

A record is a wire form: JSON that a system without FHIR can send and read. Models are frozen and
refuse unknown members; their JSON Schema is made from these classes. Scalars are exact: a date is
a date, an instant has a zone, a text holds what FHIR can carry.

https://hl7.org/fhir/R4/datatypes.html (primitive types and their patterns)
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from adapter.fhir import path
from adapter.fhir.bsn import is_valid_bsn
from adapter.fhir.constants import BSN
from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, encode

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)"
)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ELEVEN: Final = "eleven_test"
_ROOT_LENGTH: Final = 200
_WIDEST_OFFSET: Final = timedelta(hours=14)


def _carried_by_fhir(text: str) -> str:
    if not text.strip() or _UNPRINTABLE.search(text):
        raise ValueError("text")
    return text


def _eleven_test(number: str) -> str:
    if not is_valid_bsn(number):
        raise PydanticCustomError(_ELEVEN, "eleven test")
    return number


def _is_day(value: object) -> object:
    """Only the text form or a date: an instant that happens to be midnight is no date."""
    if type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("date")


def _is_instant(value: object) -> object:
    """Only the text form with seconds and zone, or a datetime: no Unix times."""
    if isinstance(value, datetime) or (isinstance(value, str) and _INSTANT.fullmatch(value)):
        return value
    raise ValueError("instant")


def _whole_minute_offset(value: datetime) -> datetime:
    offset = value.utcoffset() or timedelta()
    if offset % timedelta(minutes=1) or abs(offset) > _WIDEST_OFFSET:
        raise ValueError("offset")
    return value


Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_carried_by_fhir)]
Line = Annotated[
    str,
    StringConstraints(max_length=250, pattern=r"^[^\r\n\t]+$"),
    AfterValidator(_carried_by_fhir),
]
Uri = Annotated[
    str, StringConstraints(max_length=400, pattern=r"^[A-Za-z][A-Za-z0-9+.\-]*:[!-{}~]+$")
]
Ura = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
Uzi = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]
Bsn = Annotated[str, AfterValidator(_eleven_test)]
LogicalId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63}$")]
PartKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9\-]{0,39}$")]
Code = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\s]+( [^\s]+)*$")]
Day = Annotated[date, BeforeValidator(_is_day)]
Instant = Annotated[
    AwareDatetime, BeforeValidator(_is_instant), AfterValidator(_whole_minute_offset)
]
Moment = Annotated[Day | Instant, Field(union_mode="left_to_right")]
Flag = StrictBool


class Record(BaseModel):
    """Base of every record and every part of one."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    def canonical(self) -> bytes:
        """Bytes that are equal for equal content, whichever door or zone it came through."""
        return encode(_canonical(self))


class Identifier(Record):
    """Name that an author gave to a thing. A citizen number is no such name."""

    system: Uri
    value: Line


class Coded(Record):
    """Code of a published code system, with its text as the author saw it."""

    system: Uri
    code: Code
    display: Line | None = None


class Period(Record):
    """From `start`; without an end it is open, for a consent until closing."""

    start: Moment
    end: Moment | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None:
            first = parse_moment(self.start.isoformat())
            last = parse_moment(self.end.isoformat())
            if first is None or last is None or first.low >= last.high:
                raise ValueError("period")
        return self


def _canonical(value: object) -> object:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        found = {name: _canonical(getattr(value, name)) for name in sorted(fields)}
        return {name: item for name, item in found.items() if item is not None}
    if isinstance(value, tuple):
        return [_canonical(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


R = TypeVar("R", bound=Record)

_FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("required", "Dit veld is verplicht."),
    "extra_forbidden": ("structure", "Dit veld is hier niet bekend."),
    "literal_error": ("code-invalid", "Deze waarde staat niet in de lijst."),
    _ELEVEN: ("value", "Dit nummer voldoet niet aan de elfproef."),
}
# Rules that a field keeps by itself, by the kind of fault or by where it is.
_RULES: Final[Mapping[str, str]] = {_ELEVEN: "BSN-11", "Closing.endReason": "R-85"}
_OTHER: Final = ("value", "De waarde past niet bij dit veld.")


def parse_record(kind: type[R], sent: Json) -> R:
    """The record in this JSON, or FhirError 422 with a path below the record for every fault."""
    try:
        return kind.model_validate(sent)
    except ValidationError as error:
        raise FhirError(422, *record_issues(error, kind.__name__)) from None


def record_issues(error: ValidationError, at: str) -> list[Issue]:
    """Faults of a model as issues: never the library's message, never the value that was sent."""
    issues = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        code, text = _FAULTS.get(fault["type"], _OTHER)
        if fault["type"] == "value_error" and not fault["loc"]:
            code, text = "business-rule", "De gegevens spreken elkaar tegen."
        expression = path.joined(at, fault["loc"])
        rule = _RULES.get(fault["type"]) or _RULES.get(expression)
        issues.append(Issue(code=code, text=text, expression=expression, rule=rule))
    return issues


def _refuse_citizen_number(identifier: Identifier) -> Identifier:
    """A local number stays local: the citizen number has a field of its own."""
    if identifier.system == BSN:
        raise ValueError("citizen number")
    return identifier


def _leaves_room(identifier: Identifier) -> Identifier:
    """Numbers of parts are made of this one, and fit in a line too."""
    if len(identifier.value) > _ROOT_LENGTH:
        raise ValueError("too long")
    return identifier


AuthorIdentifier = Annotated[Identifier, AfterValidator(_refuse_citizen_number)]
RootIdentifier = Annotated[AuthorIdentifier, AfterValidator(_leaves_room)]

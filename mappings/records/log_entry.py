"""Log entry: one line of an access log, ours or one taken over from a HIS.

The adapter's own lines are rendered as AuditEvent when somebody looks; this is the same line as a
record. Times are in milliseconds, as the log shows them. A patient is named by id or by internal
key, never by name or number.
"""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from mappings.log.log_codes import AuditSubtype, RestfulInteraction
from mappings.records.base import (
    AuthorIdentifier,
    Code,
    Flag,
    Instant,
    Line,
    LogicalId,
    Record,
    Text,
    Ura,
    Uri,
    Uzi,
)
from mappings.toolkit.codes import Function

_MILLISECOND = 1000
_EMERGENCY = 3  # position in the controls


def _in_milliseconds(at: datetime) -> datetime:
    if at.microsecond % _MILLISECOND:
        raise ValueError("milliseconds")
    return at


LogInstant = Annotated[Instant, AfterValidator(_in_milliseconds)]
Stream = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.\-]{0,38}[A-Za-z0-9])?$")
]
Controls = Annotated[str, StringConstraints(pattern=r"^[TF]{4}$")]
Initials = Annotated[str, StringConstraints(max_length=10, pattern=r"^[^\W\d_]+$")]
ConsentVersion = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63}(/_history/[1-9][0-9]{0,9})?$"),
]
Version = Annotated[int, Field(strict=True, ge=1, le=10**9)]
Sequence = Annotated[int, Field(strict=True, ge=1, lt=10**19)]
HttpStatus = Annotated[int, Field(strict=True, ge=100, le=599)]


class LogUser(Record):
    """Who asked. `code` is the letter code of the employee; `policy` the rule set that decided."""

    uzi: Uzi
    staff: LogicalId | None = None
    function: Function | None = None
    name: Line | None = None
    code: Initials | None = None
    policy: Code | None = None


class Responsible(Record):
    """The physician who answers for what the user did."""

    uzi: Uzi | None = None
    name: Line | None = None
    code: Initials | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if self.uzi is None and self.name is None and self.code is None:
            raise ValueError("nobody")
        return self


class Shown(Record):
    """The resource that was shown or written, in this version."""

    type: Code
    id: LogicalId
    version: Version | None = None


class Emergency(Record):
    """The emergency button was used; R-66 wants the reason."""

    reason: Text | None = None


class HisLine(Record):
    """What the log of a HIS says besides: the action in its own word, how it was opened, where."""

    access: Literal["own-practice", "outside"]
    channel: Literal["own", "other-practice", "lsp"]
    action: Line | None = None
    screen: Line | None = None


class LogEntry(Record):
    """`stream` and `seq` name the line. `server` is the address of the system that logged.

    `controls` are the four NEN 7513 positions: authorisation, treatment relation, consent,
    emergency. `shown` for what was given, `target` for what was asked and not given. `added` are
    the numbers of journal lines that came with a paper print: their text stays in the record.
    """

    stream: Stream
    seq: Sequence
    at: LogInstant
    request: Line
    client: Line
    server: Uri
    interaction: RestfulInteraction | AuditSubtype
    outcome: Literal["0", "4", "8", "12"]
    status: HttpStatus | None = None
    controls: Controls | None = None
    rule: Code | None = None
    purpose: Code | None = None
    emergency: Emergency | None = None
    user: LogUser | None = None
    organisation: Ura | None = None
    custodian: Ura | None = None
    responsible: Responsible | None = None
    patient: LogicalId | None = None
    patient_key: Line | None = None
    shown: Shown | None = None
    target: Text | None = None
    query: Text | None = None
    relation: Line | None = None
    consent: ConsentVersion | None = None
    detail: Text | None = None
    his: HisLine | None = None
    added: tuple[AuthorIdentifier, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.patient is not None and self.patient_key is not None:
            raise ValueError("one patient")
        if self.shown is not None and self.target is not None:
            raise ValueError("shown or not")
        if self.shown is not None and self.outcome != "0":
            raise ValueError("shown without permission")
        if self.purpose == "BTG":
            raise ValueError("an emergency is no purpose of its own")
        if self.controls is not None:
            pressed = self.controls[_EMERGENCY] == "T"
            if pressed != (self.emergency is not None):
                raise ValueError("emergency")
        return self

"""Pull notification (notified pull): somebody has data ready for us, and says how to fetch them.

The notification is no permission and no care record: it tells who may fetch what from whom, and
until when. What authorises the fetching is handed back to the sender as it came.

The patient may be named by citizen number in what is received; it is never sent.
"""

from typing import Annotated, Final, Literal, Self
from urllib.parse import unquote

from pydantic import AfterValidator, StringConstraints, model_validator

from adapter.fhir.constants import BSN, IDENTIFIER_ALIASES
from mappings.records.base import (
    AuthorIdentifier,
    Bsn,
    Coded,
    Flag,
    Identifier,
    Instant,
    Line,
    Record,
    Ura,
)
from mappings.records.parties import Party

_CITIZEN_NUMBERS: Final = (BSN, *(old for old, now in IDENTIFIER_ALIASES.items() if now == BSN))


def _stays_below(path: str) -> str:
    """No way out of the sender's address, and no citizen number in an address."""
    plain = unquote(path)
    if ".." in plain.partition("?")[0] or any(system in plain for system in _CITIZEN_NUMBERS):
        raise ValueError("path")
    return path


# A path below the sender's own address, never an address: where he is, the register says.
FetchPath = Annotated[
    str,
    StringConstraints(max_length=1000, pattern=r"^/?[A-Z][A-Za-z]{1,40}([/?][!-~]*)?$"),
    AfterValidator(_stays_below),
]
# Opaque to us: carried, never looked into.
Hint = Annotated[str, StringConstraints(min_length=1, max_length=8000, pattern=r"^[!-~]+$")]


class Fetch(Record):
    """One thing to fetch: `read` a resource, or `search`. `about` says what it holds."""

    way: Literal["read", "search"]
    path: FetchPath
    about: tuple[Coded, ...] = ()
    title: Line | None = None


class PullNotification(Record):
    """`system` is the software that sends; `group` binds what belongs together, so more about the
    same is a new notification in its group.

    With `fetch_workflow_task` the workflow Task at the sender says what to fetch.
    """

    identifier: AuthorIdentifier
    group: AuthorIdentifier
    authored_on: Instant | None = None
    until: Instant
    sender: Ura
    system: Identifier | None = None
    receiver: Party
    bsn: Bsn | None = None
    authorization: Hint | None = None
    workflow_task: FetchPath | None = None
    fetch_workflow_task: Flag = False
    fetch: tuple[Fetch, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _says_what_to_fetch(self) -> Self:
        if not self.fetch and self.workflow_task is None:
            raise ValueError("nothing to fetch")
        if self.fetch_workflow_task and self.workflow_task is None:
            raise ValueError("which workflow task")
        if self.authored_on is not None and self.until <= self.authored_on:
            raise ValueError("over before it began")
        return self

"""What one rule of a consent is about: to whom, what may be done, with which data, when, what for.

A consent is a tree of such rules: its own, and exceptions to it, each with exceptions of its own
as deep as they were said. An exception holds within the rule it stands in.
"""

from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from mappings.consent.consent_codes import ConsentAction, DataCategory, Purpose
from mappings.records.base import LogicalId, Period, Record, Ura, Uzi
from mappings.records.parties import Party
from mappings.toolkit.codes import Function, OrganisationKind

PartReference = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Za-z]{1,40}/[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63}$")
]


class ConsentParty(Record):
    """Who may see: an organisation, only a person or a function in it, every organisation of a
    kind, or a close person.
    """

    ura: Ura | None = None
    uzi: Uzi | None = None
    role: Function | None = None
    kind: OrganisationKind | None = None
    related_person: LogicalId | None = None

    @model_validator(mode="after")
    def _is_one_party(self) -> Self:
        if [self.ura, self.kind, self.related_person].count(None) != 2:  # noqa: PLR2004 # all but one
            raise ValueError("one party")
        if (self.role is not None or self.uzi is not None) and self.ura is None:
            raise ValueError("a role or person needs an organisation")
        if self.role is not None and self.uzi is not None:
            raise ValueError("a person or a role")
        return self


class Scope(Record):
    """What narrows a rule; what is empty narrows nothing.

    `parts` are resources one by one, `authors` whoever wrote the data, `data_period` when they are
    of; `period` is when the rule holds.
    """

    actions: tuple[ConsentAction, ...] = ()
    categories: tuple[DataCategory, ...] = ()
    parts: tuple[PartReference, ...] = ()
    authors: tuple[Party, ...] = ()
    data_period: Period | None = None
    purposes: tuple[Purpose, ...] = ()
    period: Period | None = None
    exceptions: tuple["ConsentException", ...] = ()


class ConsentException(Scope):
    """A rule inside a rule, in the order said. `parties` empty means whoever the rule around it
    names.
    """

    effect: Literal["permit", "deny"]
    parties: tuple[ConsentParty, ...] = ()

    @model_validator(mode="after")
    def _narrows(self) -> Self:
        if not (
            self.parties
            or self.actions
            or self.categories
            or self.parts
            or self.authors
            or self.data_period
            or self.purposes
            or self.period
        ):
            raise ValueError("an exception says for whom, what or when")
        return self


def levels(scope: Scope) -> list[Scope]:
    """A rule and every exception below it."""
    return [scope, *(level for item in scope.exceptions for level in levels(item))]

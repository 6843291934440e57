"""Anonymous aggregate: figures that can be led back to no patient and to no GP (R-58).

Made only with the GPs' permission for this very run, by an agreed protocol (R-59), for reporting
and measuring effect. Every publication of it is kept (R-60). There is no field for a practice of a
GP, and a count below ten cannot be written down.
"""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from mappings.anonymous.aggregate_codes import Indicator
from mappings.records.base import AuthorIdentifier, Day, Flag, Line, Record, Ura

SMALLEST: Final = 10  # smaller counts are suppressed
FEWEST_GPS: Final = 2  # figures of one GP are figures about that GP

Count = Annotated[int, Field(strict=True, ge=SMALLEST, le=10**9)]
Gps = Annotated[int, Field(strict=True, ge=FEWEST_GPS, le=10**6)]


class Cell(Record):
    """One figure. `count` is absent when it is suppressed, `of` when there is no whole."""

    label: Line
    count: Count | None = None
    of: Count | None = None

    @model_validator(mode="after")
    def _shows_no_small_rest(self) -> Self:
        if self.count is not None and self.of is not None:
            rest = self.of - self.count
            if rest < 0 or 0 < rest < SMALLEST:
                raise ValueError("rest")
        return self


class Publication(Record):
    """Who got these figures, and when."""

    on: Day
    recipient: Line


class AnonymousAggregate(Record):
    """`practice` is the MESO practice that counted. `gps` is how many GPs the figures cover.

    `permissions` are the references of the GPs' permission for this run; they name no GP here.
    """

    identifier: AuthorIdentifier
    practice: Ura
    indicator: Indicator
    start: Day
    end: Day
    made_on: Day
    gps: Gps
    permissions: tuple[Line, ...] = Field(min_length=1)
    protocol_version: Line
    cells: tuple[Cell, ...] = Field(min_length=1)
    publications: tuple[Publication, ...] = ()
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.end < self.start or self.made_on < self.end:
            raise ValueError("order")
        if len({cell.label for cell in self.cells}) != len(self.cells):
            raise ValueError("label")
        if _earliest(self.publications) < self.made_on:
            raise ValueError("published before it was made")
        return self


def _earliest(publications: tuple[Publication, ...]) -> date:
    return min((found.on for found in publications), default=date.max)

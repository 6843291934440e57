"""Anonymous case: a question to a hospital specialist, with the medical data that it needs.

There is no field for a patient, and the free texts are checked (`mappings/anonymous/anonymity.py`). The
specialist answers for the advice, on the facts that were supplied (R-96); no bill comes of it (R-97).
"""

from typing import Self

from pydantic import Field, model_validator

from mappings.anonymous.case_codes import CaseMedium, FactTopic
from mappings.records.base import AuthorIdentifier, Day, Flag, Moment, Record, Text, Uri
from mappings.records.parties import StaffKey


class Fact(Record):
    """One part of the template, in words."""

    topic: FactTopic
    text: Text


class Advice(Record):
    """What the specialist advised, and when."""

    text: Text
    given_on: Moment


class AnonymousCase(Record):
    """`identifier` is the case number; `format` the address of the template that was agreed.

    `sent_on` is absent as long as the case is being prepared. `session` is the day on which it is
    discussed.
    """

    identifier: AuthorIdentifier
    asked_by: StaffKey
    advisor: StaffKey
    question: Text
    facts: tuple[Fact, ...] = Field(min_length=1)
    format: Uri
    medium: CaseMedium
    sent_on: Moment | None = None
    session: Day
    advice: Advice | None = None
    synthetic: Flag = False

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        topics = [fact.topic for fact in self.facts]
        if len(set(topics)) != len(topics):
            raise ValueError("every part of the template once")
        if self.advice is not None and self.sent_on is None:
            raise ValueError("advice on what was not sent")
        return self

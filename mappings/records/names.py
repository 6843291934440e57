"""The name of a person as a record holds it, in the parts that nl-core knows.

http://nictiz.nl/fhir/StructureDefinition/nl-core-NameInformation
"""

from typing import Literal, Self

from pydantic import model_validator

from mappings.records.base import Line, Record

NameUse = Literal["official", "usual"]
NameOrder = Literal["NL1", "NL2", "NL3", "NL4"]


class PersonName(Record):
    """Family name with its prefix, and given names.

    `given` are first names (voornamen) as on a passport. With `name_use` usual the sender does not
    say what they are: first names, initials or a call name. `call_name` is what she is called.
    `name_order` says which family names she uses: NL1 her own, NL2 her partner's, NL3 her
    partner's before her own, NL4 her own before her partner's.
    """

    name_use: NameUse = "official"
    family: Line
    prefix: Line | None = None
    partner_family: Line | None = None
    partner_prefix: Line | None = None
    name_order: NameOrder | None = None
    given: tuple[Line, ...] = ()
    initials: tuple[Line, ...] = ()
    call_name: Line | None = None

    @model_validator(mode="after")
    def _is_one_name(self) -> Self:
        if self.partner_prefix is not None and self.partner_family is None:
            raise ValueError("a prefix without a name")
        if (self.partner_family is None) != (self.name_order is None):
            raise ValueError("with two family names it is told which she uses")
        if self.name_use == "usual" and (not self.given or self.initials):
            raise ValueError("names of which nobody says what they are")
        return self

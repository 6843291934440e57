"""Resources that one record made: its number with a key behind it, one patient, one author.

https://hl7.org/fhir/R4/datatypes.html#Identifier

The same way of numbering as the parts of a plan (`plan_ids.py`). Whoever writes asks for ids and
identifiers; whoever reads takes them and gets the key back.
"""

from dataclasses import dataclass

from adapter.fhir.json import Json
from mappings.plan.plan_ids import part_id_of, part_number
from mappings.records.base import Identifier
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, parsed, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """`ura` is the practice that gave the number; `patient` a logical id."""

    number: Identifier
    ura: str
    patient: str
    ids: Ids

    def id_of(self, kind: str, key: str) -> str:
        return part_id_of(kind, key, self.number, self.ura, self.ids)

    def identifier(self, key: str) -> Json:
        return identifier(self.number.system, part_number(self.number.value, key), self.ura)

    def read_key(self, root: Element) -> str:
        """The key of a resource of this record. FhirError 422 when it is none."""
        number, _ = read_identifier(root.only("identifier"), self.ura)
        prefix = part_number(self.number.value, "")
        if number.system != self.number.system or not number.value.startswith(prefix):
            refuse(
                root.at("identifier"),
                "value",
                "Het nummer van een deel begint met dat van het geheel.",
            )
        return parsed(number.value.removeprefix(prefix), reader.PART_KEY, root.at("identifier"))

    def read_about(self, root: Element, member: str, message: Message) -> None:
        """Every resource of the record is about the same patient."""
        if message.id_of(root.child(member), "Patient") != self.patient:
            refuse(root.at(member), "business-rule", "Alles gaat over één patiënt.")

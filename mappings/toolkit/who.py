"""Somebody of a plan or a conversation: a party, a close person or the patient <-> Reference.

https://hl7.org/fhir/R4/references.html
"""

from typing import Final, Literal

from adapter.fhir.json import Json
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson
from mappings.toolkit.identity import Ids, party_reference, reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, refuse

Who = Party | ClosePerson | Literal["patient"]
_NAASTE: Final = "RelatedPerson"


def who_reference(who: Who, patient: str, ids: Ids) -> Json:
    """`patient` is her logical id."""
    if isinstance(who, Party):
        return party_reference(ids, who)
    if isinstance(who, ClosePerson):
        return naaste_reference(who.related_person)
    return reference("Patient", patient)


def read_who(link: Element, patient: str, message: Message) -> Who:
    literal = str(link.peek("reference"))
    if literal.startswith(f"{_NAASTE}/"):
        return ClosePerson(related_person=read_naaste(link, message))
    if literal.startswith("Patient/"):
        read_patient(link, patient, message)
        return "patient"
    return message.party(link)


def naaste_reference(related_person: str) -> Json:
    return reference(_NAASTE, related_person)


def read_naaste(link: Element, message: Message) -> str:
    """Logical id of a naaste or representative."""
    return message.id_of(link, _NAASTE)


def read_patient(link: Element, patient: str, message: Message) -> None:
    if message.id_of(link, "Patient") != patient:
        refuse(link.path, "value", "Dit is niet de patiënt om wie het gaat.")

"""A conversation with somebody who was not at the meeting <-> Communication (R-102).

https://hl7.org/fhir/R4/communication.html

It says that somebody was spoken to, about which meeting and when; what was agreed stands in the
plan. No national code is confirmed for before and after.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.mdo.mdo_codes import CONSULTED_WHEN
from mappings.records.mdo import Consultation, Mdo
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, parsed, read_code, refuse
from mappings.toolkit.who import read_who, who_reference
from mappings.toolkit.writing import resource

_APART: Final = "/"


def consultations_to_fhir(mdo: Mdo, appointment: str, ids: Ids) -> list[Json]:
    """`appointment` is the logical id of the meeting."""
    return [_communication(item, mdo, appointment, ids) for item in mdo.consultations]


def read_consultations(mdo: Mdo, appointment: str, message: Message) -> tuple[Consultation, ...]:
    return tuple(_read(root, mdo, appointment, message) for root in message.all("Communication"))


def _communication(item: Consultation, mdo: Mdo, appointment: str, ids: Ids) -> Json:
    system, value = mdo.identifier.system, f"{mdo.identifier.value}{_APART}{item.key}"
    return resource(
        "Communication",
        ids.of("Communication", mdo.organiser, system, value),
        "mdo-consultation",
        synthetic=mdo.synthetic,
        identifier=[identifier(system, value, mdo.organiser)],
        status="completed",
        category=[CONSULTED_WHEN.concept(item.when)],
        subject=reference("Patient", mdo.patient),
        about=[reference("Appointment", appointment)],
        sent=item.on.isoformat(),
        recipient=[who_reference(item.who, mdo.patient, ids)],
        sender=staff_reference(ids, item.by),
        note=[] if item.note is None else [{"text": item.note}],
    )


def _read(root: Element, mdo: Mdo, appointment: str, message: Message) -> Consultation:
    number, _ = read_identifier(root.only("identifier"), mdo.organiser)
    prefix = f"{mdo.identifier.value}{_APART}"
    if number.system != mdo.identifier.system or not number.value.startswith(prefix):
        refuse(root.at("identifier"), "value", "Het nummer hoort bij dat van het overleg.")
    root.fixed("status", "completed")
    if message.id_of(root.child("subject"), "Patient") != mdo.patient:
        refuse(root.at("subject"), "business-rule", "Dit gaat over een andere oudere.")
    if message.id_of(root.only("about"), "Appointment") != appointment:
        refuse(root.at("about"), "business-rule", "Dit gaat over een ander overleg.")
    note = root.only_or_none("note")
    return build(
        Consultation,
        root.path,
        key=parsed(number.value.removeprefix(prefix), reader.PART_KEY, root.at("identifier")),
        who=read_who(root.only("recipient"), mdo.patient, message),
        when=read_code(root.only("category"), CONSULTED_WHEN),
        on=root.value("sent", reader.INSTANT),
        by=message.staff(root.child("sender")),
        note=None if note is None else note.value("text", reader.TEXT),
    )

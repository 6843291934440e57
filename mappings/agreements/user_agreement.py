"""User agreement <-> Contract.

https://hl7.org/fhir/R4/contract.html

`authority` is the partnership that gives access to its records, `subject` the practice that gets
it. R4's `signer` wants the instant of a digital signature; what is known here is the day and where
the signed text lies. Status says whether the whole has been ended, not whether it holds today: that
depends on a clock (`agreement_terms.py`).
"""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.constants import UCUM
from adapter.fhir.json import Json
from mappings.agreements.agreement_codes import AGREEMENT_TYPE
from mappings.records.parties import StaffKey
from mappings.records.user_agreement import (
    Default,
    ImmediateEnd,
    Months,
    Notice,
    Signatory,
    UserAgreement,
)
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.writing import extension, extension_url, present, resource

_TERMS: Final = extension_url("agreement-terms")
_NOTICE: Final = extension_url("agreement-notice")
_DEFAULT: Final = extension_url("agreement-default")
_END: Final = extension_url("agreement-end")
_MONTHS: Final = TypeAdapter[int](Months)


def to_fhir(agreement: UserAgreement, ids: Ids) -> list[Json]:
    number, owner = agreement.identifier, agreement.gp_partnership
    contract = resource(
        "Contract",
        ids.of("Contract", owner, number.system, number.value),
        "user-agreement",
        synthetic=agreement.synthetic,
        extension=[
            _terms(agreement),
            *_notice(agreement, ids),
            *_default(agreement, ids),
            *(_end(end, agreement, ids) for end in agreement.ends),
        ],
        identifier=[identifier(number.system, number.value, owner)],
        status=_status(agreement),
        issued=agreement.signed_on.isoformat(),
        applies=present(
            {
                "start": agreement.start.isoformat(),
                "end": None if agreement.expires is None else agreement.expires.isoformat(),
            }
        ),
        subject=[organisation_reference(ids, agreement.meso_practice)],
        authority=[organisation_reference(ids, owner)],
        type=AGREEMENT_TYPE.concept("user-agreement"),
        legallyBindingAttachment={"language": "nl", "title": agreement.document},
    )
    return [contract]


def from_fhir(resources: Sequence[Json], ids: Ids) -> UserAgreement:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Contract")
    take_fixed_code(root.child("type"), AGREEMENT_TYPE.url, "user-agreement")
    owner = message.organisation(root.only("authority"))
    practice = message.organisation(root.only("subject"))
    number, _ = read_identifier(root.only("identifier"), owner)
    sides = _Sides({owner: "gp-partnership", practice: "meso-practice"}, message)
    signed = root.child("legallyBindingAttachment")
    signed.fixed("language", "nl")
    applies = root.child("applies")
    terms = root.extension(_TERMS)
    if terms is None:
        refuse(root.at("extension"), "required", "De duur en de opzegtermijn ontbreken.")
    agreement = build(
        UserAgreement,
        root.path,
        identifier=number,
        gp_partnership=owner,
        meso_practice=practice,
        document=signed.value("title", reader.LINE),
        signed_on=root.value("issued", reader.DAY),
        start=applies.value("start", reader.DAY),
        expires=applies.optional("end", reader.DAY),
        duration_months=_read_months(_part(terms, "duration")),
        tacit_renewal=_part(terms, "tacitRenewal").value("valueBoolean", reader.FLAG),
        notice_months=_read_months(_part(terms, "notice")),
        notice=_read_notice(root.extension(_NOTICE), sides),
        default=_read_default(root.extension(_DEFAULT), sides),
        ends=tuple(_read_end(end, sides) for end in root.extensions(_END)),
    )
    root.fixed("status", _status(agreement))
    return agreement.model_copy(update={"synthetic": message.finish()})


def _status(agreement: UserAgreement) -> str:
    ended = any(not isinstance(end.by, StaffKey) for end in agreement.ends)
    return "terminated" if ended else "executed"


def _terms(agreement: UserAgreement) -> Json:
    parts = [
        extension("duration", valueDuration=_months(agreement.duration_months)),
        extension("tacitRenewal", valueBoolean=agreement.tacit_renewal),
        extension("notice", valueDuration=_months(agreement.notice_months)),
    ]
    return extension(_TERMS, extension=parts)


def _notice(agreement: UserAgreement, ids: Ids) -> list[Json]:
    notice = agreement.notice
    if notice is None:
        return []
    parts = [
        extension("on", valueDate=notice.on.isoformat()),
        extension("by", valueReference=_side(notice.by, agreement, ids)),
    ]
    return [extension(_NOTICE, extension=parts)]


def _read_notice(found: Element | None, sides: "_Sides") -> Notice | None:
    if found is None:
        return None
    return build(
        Notice,
        found.path,
        on=_part(found, "on").value("valueDate", reader.DAY),
        by=sides.read(_part(found, "by").child("valueReference")),
    )


def _default(agreement: UserAgreement, ids: Ids) -> list[Json]:
    default = agreement.default
    if default is None:
        return []
    parts = [
        extension("notified", valueDate=default.notified_on.isoformat()),
        extension("of", valueReference=_side(default.of, agreement, ids)),
    ]
    if default.repaired_on is not None:
        parts.append(extension("repaired", valueDate=default.repaired_on.isoformat()))
    return [extension(_DEFAULT, extension=parts)]


def _read_default(found: Element | None, sides: "_Sides") -> Default | None:
    if found is None:
        return None
    repaired = found.extension("repaired")
    return build(
        Default,
        found.path,
        notified_on=_part(found, "notified").value("valueDate", reader.DAY),
        of=sides.read(_part(found, "of").child("valueReference")),
        repaired_on=None if repaired is None else repaired.value("valueDate", reader.DAY),
    )


def _end(end: ImmediateEnd, agreement: UserAgreement, ids: Ids) -> Json:
    by = (
        staff_reference(ids, end.by)
        if isinstance(end.by, StaffKey)
        else _side(end.by, agreement, ids)
    )
    parts = [
        extension("on", valueInstant=end.on.isoformat()),
        extension("by", valueReference=by),
    ]
    return extension(_END, extension=parts)


def _read_end(found: Element, sides: "_Sides") -> ImmediateEnd:
    return build(
        ImmediateEnd,
        found.path,
        on=_part(found, "on").value("valueInstant", reader.INSTANT),
        by=sides.read_with_gp(_part(found, "by").child("valueReference")),
    )


class _Sides:
    """Who is who in a Contract: its two organisations, by URA."""

    def __init__(self, names: dict[str, Signatory], message: Message) -> None:
        self._names, self._message = names, message

    def read(self, link: Element) -> Signatory:
        found = self._names.get(self._message.organisation(link))
        if found is None:
            refuse(link.path, "value", "Dit is geen partij bij deze overeenkomst.")
        return found

    def read_with_gp(self, link: Element) -> Signatory | StaffKey:
        party = self._message.party(link)
        if party.uzi is not None:
            return StaffKey(ura=party.ura, uzi=party.uzi)
        if party.ura not in self._names:
            refuse(link.path, "value", "Dit is geen partij bij deze overeenkomst.")
        return self._names[party.ura]


def _side(side: Signatory, agreement: UserAgreement, ids: Ids) -> Json:
    is_gp = side == "gp-partnership"
    return organisation_reference(
        ids, agreement.gp_partnership if is_gp else agreement.meso_practice
    )


def _part(found: Element, name: str) -> Element:
    part = found.extension(name)
    if part is None:
        refuse(found.at("extension"), "required", f"Hier ontbreekt {name}.")
    return part


def _months(count: int) -> Json:
    return {"value": count, "unit": "maand", "system": UCUM, "code": "mo"}


def _read_months(part: Element) -> int:
    found = part.child("valueDuration")
    found.fixed("unit", "maand")
    found.fixed("system", UCUM)
    found.fixed("code", "mo")
    return found.value("value", _MONTHS)

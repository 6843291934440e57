"""Authorisation of a staff member <-> Contract.

https://hl7.org/fhir/R4/contract.html

`subject` is the person in the role; every practice that authorised has a `term` of its own. What
was signed when stands in extensions: R4's `signer` wants the instant of a digital signature.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import MESO_FUNCTION
from adapter.fhir.json import Json
from mappings.agreements.agreement_codes import AGREEMENT_TYPE
from mappings.records.staff_authorisation import (
    Authorisation,
    CodeOfConduct,
    StaffAuthorisation,
    Suspension,
)
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.identity import Ids, identifier, organisation_reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.writing import extension, extension_url, present, resource

_SECRECY: Final = extension_url("secrecy-statement")
_CONDUCT: Final = extension_url("code-of-conduct")
_EVALUATION: Final = extension_url("secrecy-evaluation")
_SUSPENSION: Final = extension_url("suspension")
_OPERATION: Final = extension_url("authorised-operation")


def to_fhir(record: StaffAuthorisation, ids: Ids) -> list[Json]:
    number, owner = record.identifier, record.staff.ura
    contract = resource(
        "Contract",
        ids.of("Contract", owner, number.system, number.value),
        "staff-authorisation",
        synthetic=record.synthetic,
        extension=[
            *_day(_SECRECY, record.secrecy_statement),
            *_conduct(record.code_of_conduct, ids),
            *(extension(_EVALUATION, valueDate=day.isoformat()) for day in record.evaluations),
            *(_suspension(suspension, ids) for suspension in record.suspensions),
        ],
        identifier=[identifier(number.system, number.value, owner)],
        status="executed",
        subject=[staff_reference(ids, record.staff)],
        type=AGREEMENT_TYPE.concept("staff-authorisation"),
        term=[_term(found, ids) for found in record.authorisations],
    )
    return [contract]


def from_fhir(resources: Sequence[Json], ids: Ids) -> StaffAuthorisation:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Contract")
    take_fixed_code(root.child("type"), AGREEMENT_TYPE.url, "staff-authorisation")
    root.fixed("status", "executed")
    staff = message.staff(root.only("subject"))
    number, _ = read_identifier(root.only("identifier"), staff.ura)
    secrecy = root.extension(_SECRECY)
    record = build(
        StaffAuthorisation,
        root.path,
        identifier=number,
        staff=staff,
        secrecy_statement=None if secrecy is None else secrecy.value("valueDate", reader.DAY),
        code_of_conduct=_read_conduct(root.extension(_CONDUCT), message),
        evaluations=tuple(
            found.value("valueDate", reader.DAY) for found in root.extensions(_EVALUATION)
        ),
        authorisations=tuple(_read_term(term, message) for term in root.children("term")),
        suspensions=tuple(
            _read_suspension(found, message) for found in root.extensions(_SUSPENSION)
        ),
    )
    return record.model_copy(update={"synthetic": message.finish()})


def _term(found: Authorisation, ids: Ids) -> Json:
    gp = {"reference": [staff_reference(ids, found.by)], "role": FUNCTION.concept("gp")}
    return present(
        {
            "extension": [
                extension(_OPERATION, valueCode=operation) for operation in found.operations
            ],
            "applies": period_to_fhir(found.period),
            "text": found.written_addition,
            "offer": {"party": [gp]},
        }
    )


def _read_term(term: Element, message: Message) -> Authorisation:
    party = term.child("offer").only("party")
    take_fixed_code(party.child("role"), MESO_FUNCTION, "gp")
    return build(
        Authorisation,
        term.path,
        by=message.staff(party.only("reference")),
        period=read_period(term.child("applies")),
        operations=tuple(
            found.value("valueCode", reader.CODE) for found in term.extensions(_OPERATION)
        ),
        written_addition=term.optional("text", reader.LINE),
    )


def _conduct(found: CodeOfConduct | None, ids: Ids) -> list[Json]:
    if found is None:
        return []
    parts = [
        extension("name", valueString=found.name),
        extension("practice", valueString=found.practice),
        extension("employer", valueReference=organisation_reference(ids, found.employer)),
        *_day("signedByEmployee", found.signed_by_employee),
        *_day("signedByEmployer", found.signed_by_employer),
    ]
    return [extension(_CONDUCT, extension=parts)]


def _read_conduct(found: Element | None, message: Message) -> CodeOfConduct | None:
    if found is None:
        return None

    def day(name: str) -> object:
        part = found.extension(name)
        return None if part is None else part.value("valueDate", reader.DAY)

    return build(
        CodeOfConduct,
        found.path,
        name=_part(found, "name").value("valueString", reader.LINE),
        practice=_part(found, "practice").value("valueString", reader.LINE),
        employer=message.organisation(_part(found, "employer").child("valueReference")),
        signed_by_employee=day("signedByEmployee"),
        signed_by_employer=day("signedByEmployer"),
    )


def _suspension(found: Suspension, ids: Ids) -> Json:
    parts = [
        extension("start", valueInstant=found.start.isoformat()),
        *([] if found.end is None else [extension("end", valueInstant=found.end.isoformat())]),
        *(
            extension("decidedBy", valueReference=staff_reference(ids, who))
            for who in found.decided_by
        ),
        *([] if found.reason is None else [extension("reason", valueString=found.reason)]),
    ]
    return extension(_SUSPENSION, extension=parts)


def _read_suspension(found: Element, message: Message) -> Suspension:
    end, reason = found.extension("end"), found.extension("reason")
    return build(
        Suspension,
        found.path,
        start=_part(found, "start").value("valueInstant", reader.INSTANT),
        end=None if end is None else end.value("valueInstant", reader.INSTANT),
        decided_by=tuple(
            message.staff(who.child("valueReference")) for who in found.extensions("decidedBy")
        ),
        reason=None if reason is None else reason.value("valueString", reader.TEXT),
    )


def _part(found: Element, name: str) -> Element:
    part = found.extension(name)
    if part is None:
        refuse(found.at("extension"), "required", f"Hier ontbreekt {name}.")
    return part


def _day(url: str, day: object) -> list[Json]:
    return [] if day is None else [extension(url, valueDate=str(day))]

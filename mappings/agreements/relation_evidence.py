"""Evidence of a treatment relation <-> Contract.

https://hl7.org/fhir/R4/contract.html

R4 has no treatment relation. The Contract says on what it rests: `author` and `issued` are the
referral of the GP, `applies` begins with taking it up and ends with closing.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.json import Json
from mappings.agreements.agreement_codes import AGREEMENT_TYPE
from mappings.records.relation_evidence import Acceptance, RelationEnd, RelationEvidence
from mappings.toolkit import reader
from mappings.toolkit.codes import END_REASON
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.moments import first
from mappings.toolkit.reader import Element, build, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import extension, extension_url, present, resource

_TAKEN_UP_BY: Final = extension_url("taken-up-by")


def to_fhir(evidence: RelationEvidence, ids: Ids) -> list[Json]:
    number, taken_up, end = evidence.identifier, evidence.acceptance, evidence.end
    basis = [reference("ServiceRequest", evidence.referral)]
    if taken_up is not None:
        basis.append(reference("EpisodeOfCare", taken_up.trajectory))
    contract = resource(
        "Contract",
        ids.of("Contract", evidence.practice, number.system, number.value),
        "treatment-relation",
        synthetic=evidence.synthetic,
        extension=[]
        if taken_up is None
        else [extension(_TAKEN_UP_BY, valueReference=staff_reference(ids, taken_up.by))],
        identifier=[identifier(number.system, number.value, evidence.practice)],
        status=_status(evidence),
        issued=evidence.referred_on.isoformat(),
        applies=present(
            {
                "start": None if taken_up is None else taken_up.on.isoformat(),
                "end": None if end is None else end.on.isoformat(),
            }
        ),
        expirationType=None if end is None else END_REASON.concept(end.reason),
        subject=[reference("Patient", evidence.patient)],
        authority=[organisation_reference(ids, evidence.practice)],
        author=staff_reference(ids, evidence.referred_by),
        type=AGREEMENT_TYPE.concept("treatment-relation"),
        supportingInfo=basis,
    )
    return [contract]


def from_fhir(resources: Sequence[Json], ids: Ids) -> RelationEvidence:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Contract")
    take_fixed_code(root.child("type"), AGREEMENT_TYPE.url, "treatment-relation")
    practice = message.organisation(root.only("authority"))
    number, _ = read_identifier(root.only("identifier"), practice)
    basis = root.children("supportingInfo")
    applies = root.child_or_none("applies")
    if not basis or len(basis) != (1 if applies is None else 2):
        refuse(
            root.at("supportingInfo"),
            "business-rule",
            "Een behandelrelatie rust op een verwijzing, en daarna op het traject.",
            "R-2",
        )
    evidence = build(
        RelationEvidence,
        root.path,
        identifier=number,
        patient=message.id_of(root.only("subject"), "Patient"),
        practice=practice,
        referral=message.id_of(basis[0], "ServiceRequest"),
        referred_by=message.staff(root.child("author")),
        referred_on=root.value("issued", reader.INSTANT),
        acceptance=None if applies is None else _read_acceptance(root, applies, basis[1], message),
        end=_read_end(root, applies),
    )
    root.fixed("status", _status(evidence))
    return evidence.model_copy(update={"synthetic": message.finish()})


def in_force(evidence: RelationEvidence, moment: int) -> bool:
    """Whether the patient is under treatment at this moment, in UTC microseconds (R-1, R-2, R-7).

    A referral that was not taken up opens nothing; closing ends it at that very moment.
    """
    if evidence.acceptance is None or moment < first(evidence.acceptance.on):
        return False
    return evidence.end is None or moment < first(evidence.end.on)


def _status(evidence: RelationEvidence) -> str:
    if evidence.acceptance is None:
        return "offered"
    return "executed" if evidence.end is None else "terminated"


def _read_acceptance(
    root: Element, applies: Element, trajectory: Element, message: Message
) -> Acceptance:
    by = root.extension(_TAKEN_UP_BY)
    if by is None:
        refuse(root.at("extension"), "required", "Wie de verwijzing aannam ontbreekt.")
    return build(
        Acceptance,
        applies.path,
        on=applies.value("start", reader.INSTANT),
        by=message.staff(by.child("valueReference")),
        trajectory=message.id_of(trajectory, "EpisodeOfCare"),
    )


def _read_end(root: Element, applies: Element | None) -> RelationEnd | None:
    reason = root.child_or_none("expirationType")
    if applies is None or (reason is None and not applies.has("end")):
        return None
    if reason is None:
        refuse(root.at("expirationType"), "required", "Waarom het eindigde ontbreekt.", "R-85")
    return build(
        RelationEnd,
        root.path,
        on=applies.value("end", reader.INSTANT),
        reason=read_code(reason, END_REASON),
    )

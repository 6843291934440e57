"""Consent record <-> Consent with scope patient-privacy.

https://hl7.org/fhir/R4/consent.html, shaped after IHE PCF
(https://profiles.ihe.net/ITI/PCF/) and the Dutch national consent shape.

What it permits stands in `consent_provision.py`, what shows it in `consent_evidence.py`; whether it
opens anything is not decided here.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import LOINC
from adapter.fhir.json import Json
from mappings.consent.consent_codes import (
    CONSENT_KIND,
    CONSENT_TYPE,
    LEGAL_BASIS,
    POLICY,
    ConsentType,
)
from mappings.consent.consent_evidence import (
    giver_reference,
    permission_to_fhir,
    read_giver,
    read_permission,
    read_source,
    read_verifications,
    read_withdrawal,
    required_extension,
    source_to_fhir,
    verifications_to_fhir,
    withdrawal_to_fhir,
)
from mappings.consent.consent_provision import provision_to_fhir, read_provision
from mappings.records.consent import ConsentRecord
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.writing import concept, extension, extension_url, resource

SCOPE: Final = "http://terminology.hl7.org/CodeSystem/consentscope"
PRIVACY: Final = "patient-privacy"

_KIND: Final = extension_url("consent-kind")
_OBTAINED_BY: Final = extension_url("consent-obtained-by")
_TRAJECTORY: Final = extension_url("consent-trajectory")
_REFERRAL: Final = extension_url("consent-referral")
_ALIGNMENT: Final = extension_url("gp-alignment")
_EXPLANATION: Final = extension_url("consent-explanation-given")
_STATUSES: Final = ("active", "inactive", "rejected", "proposed")


def consent_id(record: ConsentRecord, ids: Ids) -> str:
    number = record.identifier
    return ids.of("Consent", record.recorded_by.ura, number.system, number.value)


def to_fhir(record: ConsentRecord, ids: Ids) -> list[Json]:
    author = record.recorded_by.ura
    giver = record.given_by
    basis = record.legal_basis
    return [
        resource(
            "Consent",
            consent_id(record, ids),
            "consent",
            synthetic=record.synthetic,
            extension=_extensions(record, ids),
            identifier=[identifier(record.identifier.system, record.identifier.value, author)],
            status=record.status,
            scope=concept(SCOPE, PRIVACY),
            category=[concept(LOINC, "59284-0"), CONSENT_TYPE.concept(record.type)],
            patient=reference("Patient", record.patient),
            dateTime=record.date_time.isoformat(),
            performer=[] if giver is None else [giver_reference(giver, record.patient)],
            organization=[organisation_reference(ids, ura) for ura in record.given_to],
            **source_to_fhir(record),
            policy=[{"uri": uri} for uri in (POLICY, *record.policies)],
            policyRule=None if basis is None else LEGAL_BASIS.concept(basis),
            verification=verifications_to_fhir(record),
            provision=provision_to_fhir(record, ids),
        )
    ]


def from_fhir(resources: Sequence[Json], ids: Ids) -> ConsentRecord:
    """The one Consent among these. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    record = read_consent(message.one("Consent"), message)
    return record.model_copy(update={"synthetic": message.finish()})


def is_privacy_consent(root: Element) -> bool:
    """Whether it is about sharing data: any other scope is clinical data, never a permission."""
    scope = root.peek("scope")
    return isinstance(scope, dict) and reader.is_coded(Element(scope, root.path), SCOPE, PRIVACY)


def read_consent(root: Element, message: Message) -> ConsentRecord:
    type_ = _read_type(root)
    take_fixed_code(root.child("scope"), SCOPE, PRIVACY)
    patient = message.id_of(root.child("patient"), "Patient")
    recorded_by = message.staff(required_extension(root, _OBTAINED_BY).child("valueReference"))
    kind = required_extension(root, _KIND).fixed("valueCode", *CONSENT_KIND.texts)
    trajectory = _linked(root, _TRAJECTORY, "EpisodeOfCare", message)
    provided = read_provision(root.child("provision"), type_, kind, trajectory, message)
    giver, basis = root.only_or_none("performer"), root.child_or_none("policyRule")
    alignment = root.extension(_ALIGNMENT)
    explanation = root.extension(_EXPLANATION)
    return build(
        ConsentRecord,
        root.path,
        identifier=read_identifier(root.only("identifier"), recorded_by.ura)[0],
        patient=patient,
        type=type_,
        kind=kind,
        status=root.fixed("status", *_STATUSES),
        given_by=None if giver is None else read_giver(giver, patient, message),
        recorded_by=recorded_by,
        given_to=tuple(message.organisation(item) for item in root.children("organization")),
        date_time=root.value("dateTime", reader.MOMENT),
        **read_source(root),
        **provided,
        trajectory=trajectory,
        referral=_linked(root, _REFERRAL, "ServiceRequest", message),
        alignment=None if alignment is None else alignment.value("valueString", reader.LINE),
        explanation_given=(
            None if explanation is None else explanation.value("valueBoolean", reader.FLAG)
        ),
        legal_basis=None if basis is None else reader.read_code(basis, LEGAL_BASIS),
        policies=_read_policies(root),
        gp_permission=read_permission(root, message),
        verifications=read_verifications(root, patient, message),
        withdrawal=read_withdrawal(root, patient, message),
    )


def _extensions(record: ConsentRecord, ids: Ids) -> list[Json]:
    found = [
        extension(_KIND, valueCode=record.kind),
        extension(_OBTAINED_BY, valueReference=staff_reference(ids, record.recorded_by)),
    ]
    if record.trajectory is not None:
        episode = reference("EpisodeOfCare", record.trajectory)
        found.append(extension(_TRAJECTORY, valueReference=episode))
    if record.referral is not None:
        request = reference("ServiceRequest", record.referral)
        found.append(extension(_REFERRAL, valueReference=request))
    if record.alignment is not None:
        found.append(extension(_ALIGNMENT, valueString=record.alignment))
    if record.explanation_given is not None:
        found.append(extension(_EXPLANATION, valueBoolean=record.explanation_given))
    if record.gp_permission is not None:
        found.append(permission_to_fhir(record.gp_permission, ids))
    if record.withdrawal is not None:
        found.append(withdrawal_to_fhir(record.withdrawal, record.patient, ids))
    return found


def _linked(root: Element, url: str, kind: str, message: Message) -> str | None:
    found = root.extension(url)
    return None if found is None else message.id_of(found.child("valueReference"), kind)


def _read_type(root: Element) -> ConsentType:
    found: list[ConsentType] = []
    for item in root.children("category"):
        if reader.is_coded(item, LOINC):
            take_fixed_code(item, LOINC, "59284-0")
        else:
            found.append(reader.read_code(item, CONSENT_TYPE))
    if len(found) != 1:
        refuse(root.at("category"), "required", "Eén soort toestemming, CON-1 tot en met CON-6.")
    return found[0]


def _read_policies(root: Element) -> tuple[str, ...]:
    """Policies beside our own, which has to be one of them."""
    found = [item.value("uri", reader.URI) for item in root.children("policy")]
    if found.count(POLICY) != 1:
        refuse(
            root.at("policy"), "required", f"Het toestemmingsbeleid {POLICY} hoort hier te staan."
        )
    return tuple(uri for uri in found if uri != POLICY)

"""Consent record <-> Consent with scope patient-privacy.

https://hl7.org/fhir/R4/consent.html, shaped after IHE PCF
(https://profiles.ihe.net/ITI/PCF/) and the Dutch national consent shape.

What it permits stands in `consent_provision.py`; whether that opens anything is not decided here.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import CANONICAL, LOINC
from adapter.fhir.json import Json
from mappings import reader
from mappings.consent_codes import (
    CONSENT_FORM,
    CONSENT_TYPE,
    ConsentType,
)
from mappings.consent_provision import provision_to_fhir, read_provision
from mappings.identity import Ids, identifier, organisation_reference, reference, staff_reference
from mappings.message import Message, read_identifier
from mappings.reader import Element, build, refuse, take_fixed_code
from mappings.records.consent import ConsentRecord, Representative, Withdrawal
from mappings.writing import concept, extension, extension_url, resource

POLICY: Final = f"{CANONICAL}/policy/consent/1"
SCOPE: Final = "http://terminology.hl7.org/CodeSystem/consentscope"
PRIVACY: Final = "patient-privacy"

_KIND: Final = extension_url("consent-kind")
_OBTAINED_BY: Final = extension_url("consent-obtained-by")
_TRAJECTORY: Final = extension_url("consent-trajectory")
_REFERRAL: Final = extension_url("consent-referral")
_ALIGNMENT: Final = extension_url("gp-alignment")
_EXPLANATION: Final = extension_url("consent-explanation-given")
_FORM: Final = extension_url("consent-form")
_WITHDRAWAL: Final = extension_url("consent-withdrawal")


def consent_id(record: ConsentRecord, ids: Ids) -> str:
    number = record.identifier
    return ids.of("Consent", record.recorded_by.ura, number.system, number.value)


def to_fhir(record: ConsentRecord, ids: Ids) -> list[Json]:
    author = record.recorded_by.ura
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
            performer=[_giver(record.given_by, record.patient)],
            organization=[organisation_reference(ids, ura) for ura in record.given_to],
            sourceAttachment={
                "extension": [extension(_FORM, valueCode=record.form)],
                "title": CONSENT_FORM.texts[record.form],
            },
            policy=[{"uri": POLICY}],
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
    root.only("policy").fixed("uri", POLICY)
    patient = message.id_of(root.child("patient"), "Patient")
    recorded_by = message.staff(_required_extension(root, _OBTAINED_BY).child("valueReference"))
    kind = _required_extension(root, _KIND).fixed("valueCode", "explicit", "refused")
    trajectory = _linked(root, _TRAJECTORY, "EpisodeOfCare", message)
    permitted = read_provision(root.child("provision"), type_, kind, trajectory, message)
    alignment = root.extension(_ALIGNMENT)
    explanation = root.extension(_EXPLANATION)
    return build(
        ConsentRecord,
        root.path,
        identifier=read_identifier(root.only("identifier"), recorded_by.ura)[0],
        patient=patient,
        type=type_,
        kind=kind,
        status=root.fixed("status", "active", "inactive", "rejected"),
        given_by=_read_giver(root.only("performer"), patient, message),
        recorded_by=recorded_by,
        given_to=tuple(message.organisation(item) for item in root.children("organization")),
        date_time=root.value("dateTime", reader.MOMENT),
        form=_read_form(root.child("sourceAttachment")),
        **permitted,
        trajectory=trajectory,
        referral=_linked(root, _REFERRAL, "ServiceRequest", message),
        alignment=None if alignment is None else alignment.value("valueString", reader.LINE),
        explanation_given=(
            None if explanation is None else explanation.value("valueBoolean", reader.FLAG)
        ),
        withdrawal=_read_withdrawal(root.extension(_WITHDRAWAL), patient, message),
    )


# --- writing ----------------------------------------------------------------------------------


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
    if record.withdrawal is not None:
        found.append(_withdrawal(record.withdrawal, record.patient))
    return found


def _withdrawal(withdrawal: Withdrawal, patient: str) -> Json:
    parts = [
        extension("on", valueDateTime=withdrawal.on.isoformat()),
        extension("by", valueReference=_giver(withdrawal.by, patient)),
    ]
    if withdrawal.reason is not None:
        parts.append(extension("reason", valueString=withdrawal.reason))
    return extension(_WITHDRAWAL, extension=parts)


def _giver(giver: str | Representative, patient: str) -> Json:
    if isinstance(giver, Representative):
        return reference("RelatedPerson", giver.related_person)
    return reference("Patient", patient)


# --- reading ----------------------------------------------------------------------------------


def _required_extension(root: Element, url: str) -> Element:
    found = root.extension(url)
    if found is None:
        refuse(
            root.at("extension"), "required", f"De toevoeging {url.rpartition('/')[2]} ontbreekt."
        )
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


def _read_giver(giver: Element, patient: str, message: Message) -> str | Representative:
    if str(giver.peek("reference")).startswith("RelatedPerson/"):
        return Representative(related_person=message.id_of(giver, "RelatedPerson"))
    if message.id_of(giver, "Patient") != patient:
        refuse(giver.path, "business-rule", "Toestemming geeft de patiënt zelf.", "R-54")
    return "patient"


def _read_form(source: Element) -> str:
    source.ignore("title")
    return _required_extension(source, _FORM).fixed("valueCode", *CONSENT_FORM.texts)


def _read_withdrawal(found: Element | None, patient: str, message: Message) -> Withdrawal | None:
    if found is None:
        return None
    reason = found.extension("reason")
    return build(
        Withdrawal,
        found.path,
        on=_required_extension(found, "on").value("valueDateTime", reader.MOMENT),
        by=_read_giver(_required_extension(found, "by").child("valueReference"), patient, message),
        reason=None if reason is None else reason.value("valueString", reader.TEXT),
    )

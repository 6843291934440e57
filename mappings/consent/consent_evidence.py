"""What shows that a consent was given, checked, permitted by the GP or withdrawn.

https://hl7.org/fhir/R4/consent-definitions.html#Consent.source_x_ and #Consent.verification
"""

from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.json import Json
from mappings.consent.consent_codes import CONSENT_FORM, ConsentForm
from mappings.records import consent as records
from mappings.records.consent import (
    ConsentDocument,
    ConsentRecord,
    Giver,
    GpPermission,
    Representative,
    Verification,
    Withdrawal,
)
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, reference, staff_reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, build, refuse
from mappings.toolkit.writing import extension, extension_url, present

_FORM: Final = extension_url("consent-form")
_WITHDRAWAL: Final = extension_url("consent-withdrawal")
_PERMISSION: Final = extension_url("gp-permission")
_DOCUMENT: Final = TypeAdapter[str](records.DocumentReference)
_SIZE: Final = TypeAdapter[int](records.AttachmentSize)
_HASH: Final = TypeAdapter[str](records.Sha1)


# --- who --------------------------------------------------------------------------------------


def giver_reference(giver: Giver, patient: str) -> Json:
    if isinstance(giver, Representative):
        return reference("RelatedPerson", giver.related_person)
    return reference("Patient", patient)


def read_giver(giver: Element, patient: str, message: Message) -> Giver:
    if str(giver.peek("reference")).startswith("RelatedPerson/"):
        return Representative(related_person=message.id_of(giver, "RelatedPerson"))
    if message.id_of(giver, "Patient") != patient:
        refuse(giver.path, "business-rule", "Toestemming geeft de patiënt zelf.", "R-54")
    return "patient"


def required_extension(root: Element, url: str) -> Element:
    found = root.extension(url)
    if found is None:
        name = url.rpartition("/")[2]
        refuse(root.at("extension"), "required", f"De toevoeging {name} ontbreekt.")
    return found


# --- source[x] --------------------------------------------------------------------------------


def source_to_fhir(record: ConsentRecord) -> Json:
    """`sourceAttachment` or `sourceReference`, with the form; nothing when nothing was said."""
    if record.form is None:
        return {}
    form = {"extension": [extension(_FORM, valueCode=record.form)]}
    if isinstance(record.document, str):
        kind, _, id_ = record.document.partition("/")
        return {"sourceReference": {**form, **reference(kind, id_)}}
    document = record.document
    if document is None:
        return {"sourceAttachment": {**form, "title": CONSENT_FORM.texts[record.form]}}
    created = None if document.created is None else document.created.isoformat()
    return {
        "sourceAttachment": present(
            {
                **form,
                "contentType": document.content_type,
                "url": document.url,
                "size": document.size,
                "hash": document.hash,
                "title": document.title,
                "creation": created,
            }
        )
    }


def read_source(root: Element) -> dict[str, object]:
    """The form and the document. A title that only names the form says nothing about one."""
    link = root.child_or_none("sourceReference")
    if link is not None:
        link.ignore("type", "display")
        return {"document": link.value("reference", _DOCUMENT), "form": _read_form(link)}
    source = root.child_or_none("sourceAttachment")
    if source is None:
        return {"form": None}
    form = _read_form(source)
    if source.peek("title") == CONSENT_FORM.texts[form]:
        source.ignore("title")
        title = None
    else:
        title = source.optional("title", reader.LINE)
    fields = {
        "title": title,
        "content_type": source.optional("contentType", reader.CODE),
        "url": source.optional("url", reader.URI),
        "size": source.optional("size", _SIZE),
        "hash": source.optional("hash", _HASH),
        "created": source.optional("creation", reader.MOMENT),
    }
    if all(value is None for value in fields.values()):
        return {"form": form}
    return {"form": form, "document": build(ConsentDocument, source.path, **fields)}


def _read_form(source: Element) -> ConsentForm:
    found = required_extension(source, _FORM).fixed("valueCode", *CONSENT_FORM.texts)
    return next(form for form in CONSENT_FORM.texts if form == found)


# --- what came after --------------------------------------------------------------------------


def verifications_to_fhir(record: ConsentRecord) -> list[Json]:
    return [_verification(item, record.patient) for item in record.verifications]


def read_verifications(root: Element, patient: str, message: Message) -> tuple[Verification, ...]:
    return tuple(
        _read_verification(item, patient, message) for item in root.children("verification")
    )


def permission_to_fhir(permission: GpPermission, ids: Ids) -> Json:
    kind, _, id_ = permission.document.partition("/")
    return extension(
        _PERMISSION,
        extension=[
            extension("document", valueReference=reference(kind, id_)),
            extension("by", valueReference=staff_reference(ids, permission.given_by)),
            extension("on", valueDateTime=permission.on.isoformat()),
        ],
    )


def read_permission(root: Element, message: Message) -> GpPermission | None:
    found = root.extension(_PERMISSION)
    if found is None:
        return None
    document = required_extension(found, "document").child("valueReference")
    document.ignore("type", "display")
    return build(
        GpPermission,
        found.path,
        document=document.value("reference", _DOCUMENT),
        given_by=message.staff(required_extension(found, "by").child("valueReference")),
        on=required_extension(found, "on").value("valueDateTime", reader.MOMENT),
    )


def withdrawal_to_fhir(withdrawal: Withdrawal, patient: str, ids: Ids) -> Json:
    parts = [
        extension("on", valueDateTime=withdrawal.on.isoformat()),
        extension("by", valueReference=giver_reference(withdrawal.by, patient)),
    ]
    if withdrawal.reason is not None:
        parts.append(extension("reason", valueString=withdrawal.reason))
    if withdrawal.received_by is not None:
        heard = staff_reference(ids, withdrawal.received_by)
        parts.append(extension("receivedBy", valueReference=heard))
    return extension(_WITHDRAWAL, extension=parts)


def read_withdrawal(root: Element, patient: str, message: Message) -> Withdrawal | None:
    found = root.extension(_WITHDRAWAL)
    if found is None:
        return None
    reason, heard = found.extension("reason"), found.extension("receivedBy")
    return build(
        Withdrawal,
        found.path,
        on=required_extension(found, "on").value("valueDateTime", reader.MOMENT),
        by=read_giver(required_extension(found, "by").child("valueReference"), patient, message),
        reason=None if reason is None else reason.value("valueString", reader.TEXT),
        received_by=None if heard is None else message.staff(heard.child("valueReference")),
    )


def _verification(item: Verification, patient: str) -> Json:
    other = item.verified_with
    return present(
        {
            "verified": item.verified,
            "verifiedWith": None if other is None else giver_reference(other, patient),
            "verificationDate": None if item.on is None else item.on.isoformat(),
        }
    )


def _read_verification(item: Element, patient: str, message: Message) -> Verification:
    other = item.child_or_none("verifiedWith")
    return build(
        Verification,
        item.path,
        verified=item.value("verified", reader.FLAG),
        verified_with=None if other is None else read_giver(other, patient, message),
        on=item.optional("verificationDate", reader.MOMENT),
    )

"""Treatment limits and directives of a conversation <-> Consent, with the document it names.

https://hl7.org/fhir/R4/consent.html, https://hl7.org/fhir/R4/documentreference.html and the zib
profiles nl-core-TreatmentDirective2 and nl-core-AdvanceDirective

Neither says who may see data. The document itself stays where it lies.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.consent.consent import SCOPE
from mappings.plan.acp_codes import DIRECTIVE_KIND
from mappings.plan.acp_frame import Conversation
from mappings.plan.treatment_wish import (
    COMMENT,
    NO_POLICY,
    Directive,
    directive_to_fhir,
    read_directive,
)
from mappings.records.advance_care_planning import DirectiveDocument, TreatmentLimit
from mappings.records.parties import Party
from mappings.toolkit import reader
from mappings.toolkit.identity import reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, build, read_code, refuse, take_fixed_code
from mappings.toolkit.who import naaste_reference, read_naaste, read_who, who_reference
from mappings.toolkit.writing import concept, extension, present, resource

ADVANCE: Final = "adr"
_CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/consentcategorycodes"
_DIRECTIVE: Final = "acd"
_ROLE: Final = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
_REPRESENTATIVE: Final = "RESPRSN"
_DOCUMENT: Final = "DocumentReference"


def is_directive(root: Element) -> bool:
    """Whether a Consent is about a directive (wilsverklaring). Takes nothing."""
    scope = root.peek("scope")
    return isinstance(scope, dict) and reader.is_coded(
        Element(scope, root.at("scope")), SCOPE, ADVANCE
    )


def limit_part(item: TreatmentLimit, talk: Conversation) -> Json:
    sheaf = talk.sheaf
    return directive_to_fhir(
        Directive(treatment=item.treatment, decision=item.decision, text=item.text),
        id_=sheaf.id_of("Consent", item.key),
        number=sheaf.identifier(item.key),
        patient=sheaf.patient,
        said_by=who_reference(item.agreed_by, sheaf.patient, sheaf.ids),
        on=talk.held(),
        synthetic=talk.synthetic,
    )


def read_limit(root: Element, talk: Conversation, message: Message) -> TreatmentLimit:
    key = talk.sheaf.read_key(root)
    talk.sheaf.read_about(root, "patient", message)
    talk.read_held(root, "dateTime")
    performer = root.only("performer")
    agreed_by = read_who(performer, talk.sheaf.patient, message)
    if isinstance(agreed_by, Party):
        refuse(performer.path, "value", "Een wens komt van de patiënt of haar vertegenwoordiger.")
    said = read_directive(root)
    return build(
        TreatmentLimit,
        root.path,
        key=key,
        treatment=said.treatment,
        decision=said.decision,
        text=said.text,
        agreed_by=agreed_by,
    )


def document_parts(item: DirectiveDocument, talk: Conversation) -> list[Json]:
    """Consent, and the DocumentReference that it names."""
    sheaf = talk.sheaf
    document = sheaf.id_of(_DOCUMENT, item.key)
    actors = [] if item.representative is None else [naaste_reference(item.representative)]
    directive = resource(
        "Consent",
        sheaf.id_of("Consent", item.key),
        "advance-directive",
        synthetic=talk.synthetic,
        extension=[] if item.text is None else [extension(COMMENT, valueString=item.text)],
        identifier=[sheaf.identifier(item.key)],
        status="active",
        scope=concept(SCOPE, ADVANCE),
        category=[concept(_CATEGORY, _DIRECTIVE)],
        patient=reference("Patient", sheaf.patient),
        dateTime=None if item.signed_on is None else item.signed_on.isoformat(),
        sourceReference=reference(_DOCUMENT, document),
        policy=[{"uri": NO_POLICY}],
        provision=present(
            {
                "actor": [
                    {"role": concept(_ROLE, _REPRESENTATIVE), "reference": who} for who in actors
                ],
                "code": [DIRECTIVE_KIND.concept(item.kind)],
            }
        ),
    )
    file = resource(
        _DOCUMENT,
        document,
        "directive-document",
        synthetic=talk.synthetic,
        identifier=[sheaf.identifier(item.key)],
        status="current",
        subject=reference("Patient", sheaf.patient),
        content=[{"attachment": present({"url": item.location, "title": item.title})}],
    )
    return [directive, file]


def read_document(root: Element, talk: Conversation, message: Message) -> DirectiveDocument:
    key = talk.sheaf.read_key(root)
    talk.sheaf.read_about(root, "patient", message)
    root.fixed("status", "active")
    take_fixed_code(root.child("scope"), SCOPE, ADVANCE)
    take_fixed_code(root.only("category"), _CATEGORY, _DIRECTIVE)
    root.only("policy").fixed("uri", NO_POLICY)
    comment, provision = root.extension(COMMENT), root.child("provision")
    actor = provision.only_or_none("actor")
    if actor is not None:
        take_fixed_code(actor.child("role"), _ROLE, _REPRESENTATIVE)
    file = message.target(root.child("sourceReference"), _DOCUMENT)
    if talk.sheaf.read_key(file) != key:
        refuse(file.at("identifier"), "value", "Het document hoort bij een andere verklaring.")
    talk.sheaf.read_about(file, "subject", message)
    file.fixed("status", "current")
    attachment = file.only("content").child("attachment")
    return build(
        DirectiveDocument,
        root.path,
        key=key,
        kind=read_code(provision.only("code"), DIRECTIVE_KIND),
        title=attachment.value("title", reader.LINE),
        signed_on=root.optional("dateTime", reader.DAY),
        location=attachment.optional("url", reader.URI_OR_PATH),
        text=None if comment is None else comment.value("valueString", reader.TEXT),
        representative=(None if actor is None else read_naaste(actor.child("reference"), message)),
    )

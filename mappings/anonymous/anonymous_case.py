"""A case put to a specialist without saying whose it is <-> Communication, and the advice another.

https://hl7.org/fhir/R4/communication.html

Neither has a `subject`; one that has is refused, because the record has no place for a patient
(R-55). The advice answers the case and has the specialist as sender (R-96).
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json
from mappings.anonymous.anonymity import identifying
from mappings.anonymous.case_codes import CASE_MEDIUM, CASE_TOPIC, CaseTopic
from mappings.records.anonymous_case import Advice, AnonymousCase, Fact
from mappings.records.base import parse_record
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.writing import extension, extension_url, resource

_TOPIC: Final = extension_url("case-topic")
_SESSION: Final = extension_url("case-session")
_ADVICE: Final = "advies"


def parse(sent: Json) -> AnonymousCase:
    """The case in this JSON. FhirError 422, with R-55 for every text that says whom it is about."""
    case = parse_record(AnonymousCase, sent)
    if found := identifying(case):
        raise FhirError(422, *found)
    return case


def to_fhir(case: AnonymousCase, ids: Ids) -> list[Json]:
    number, owner = case.identifier, case.asked_by.ura
    id_ = ids.of("Communication", owner, number.system, number.value)
    asked = resource(
        "Communication",
        id_,
        "anonymous-case",
        synthetic=case.synthetic,
        extension=[extension(_SESSION, valueDate=case.session.isoformat())],
        identifier=[identifier(number.system, number.value, owner)],
        instantiatesUri=[case.format],
        status=_status(case),
        medium=[CASE_MEDIUM.concept(case.medium)],
        sent=None if case.sent_on is None else case.sent_on.isoformat(),
        recipient=[staff_reference(ids, case.advisor)],
        sender=staff_reference(ids, case.asked_by),
        payload=[
            _payload("question", case.question),
            *(_payload(fact.topic, fact.text) for fact in case.facts),
        ],
    )
    return [asked] if case.advice is None else [asked, _advice(case, case.advice, id_, ids)]


def _advice(case: AnonymousCase, advice: Advice, case_id: str, ids: Ids) -> Json:
    number, owner = case.identifier, case.asked_by.ura
    own = _advice_number(number.value)
    return resource(
        "Communication",
        ids.of("Communication", owner, number.system, own),
        "case-advice",
        synthetic=case.synthetic,
        identifier=[identifier(number.system, own, owner)],
        inResponseTo=[reference("Communication", case_id)],
        status="completed",
        sent=advice.given_on.isoformat(),
        recipient=[staff_reference(ids, case.asked_by)],
        sender=staff_reference(ids, case.advisor),
        payload=[_payload("advice", advice.text)],
    )


def from_fhir(resources: Sequence[Json], ids: Ids) -> AnonymousCase:
    """FhirError 422 with a path for everything that has no place, a patient before all."""
    message = Message(resources, ids)
    root = message.one("Communication", lambda found: not found.has("inResponseTo"))
    asked_by = message.staff(root.child("sender"))
    number, _ = read_identifier(root.only("identifier"), asked_by.ura)
    message.identify(root, ids.of("Communication", asked_by.ura, number.system, number.value))
    advisor = message.staff(root.only("recipient"))
    question, facts = _read_payload(root)
    session = root.extension(_SESSION)
    formats = root.values("instantiatesUri", reader.URI)
    if len(formats) != 1 or session is None:
        refuse(root.path, "required", "Afgesproken vorm en datum van de bespreking horen erbij.")
    case = build(
        AnonymousCase,
        root.path,
        identifier=number,
        asked_by=asked_by,
        advisor=advisor,
        question=question,
        facts=facts,
        format=formats[0],
        medium=read_code(root.only("medium"), CASE_MEDIUM),
        sent_on=root.optional("sent", reader.MOMENT),
        session=session.value("valueDate", reader.DAY),
    )
    root.fixed("status", _status(case))
    advice = _read_advice(case, message)
    synthetic = message.finish()
    fields = {**dict(case), "advice": advice, "synthetic": synthetic}
    return build(AnonymousCase, root.path, **fields)


def _status(case: AnonymousCase) -> str:
    return "preparation" if case.sent_on is None else "completed"


def _read_advice(case: AnonymousCase, message: Message) -> Advice | None:
    found = message.all("Communication", lambda root: root.has("inResponseTo"))
    if not found:
        return None
    root = found[0]
    if len(found) > 1:
        refuse(found[1].path, "structure", "Hier is plaats voor één advies.")
    root.fixed("status", "completed")
    number, owner = case.identifier, case.asked_by.ura
    own, _ = read_identifier(root.only("identifier"), owner)
    asked = message.ids.of("Communication", owner, number.system, number.value)
    repeated = {
        "identifier": (own.system, own.value) == (number.system, _advice_number(number.value)),
        "inResponseTo": message.id_of(root.only("inResponseTo"), "Communication") == asked,
        "sender": message.staff(root.child("sender")) == case.advisor,
        "recipient": message.staff(root.only("recipient")) == case.asked_by,
    }
    for name, agrees in repeated.items():
        if not agrees:
            refuse(root.at(name), "business-rule", "Advies en casus spreken elkaar tegen.")
    payload = root.only("payload")
    if _topic_of(payload) != "advice":
        refuse(payload.path, "value", "Hier hoort het advies te staan.")
    return build(
        Advice,
        root.path,
        text=payload.value("contentString", reader.TEXT),
        given_on=root.value("sent", reader.MOMENT),
    )


def _payload(topic: CaseTopic, text: str) -> Json:
    return {
        "extension": [extension(_TOPIC, valueCodeableConcept=CASE_TOPIC.concept(topic))],
        "contentString": text,
    }


def _read_payload(root: Element) -> tuple[str, tuple[Fact, ...]]:
    """The question first, then the parts of the template."""
    payload = root.children("payload")
    if not payload or _topic_of(payload[0]) != "question":
        refuse(root.at("payload"), "required", "Een casus begint met de vraag.")
    facts = tuple(
        build(
            Fact,
            item.path,
            topic=_topic_of(item),
            text=item.value("contentString", reader.TEXT),
        )
        for item in payload[1:]
    )
    return payload[0].value("contentString", reader.TEXT), facts


def _topic_of(item: Element) -> CaseTopic:
    found = item.extension(_TOPIC)
    if found is None:
        refuse(item.at("extension"), "required", "Welk onderdeel van de casus dit is ontbreekt.")
    return read_code(found.child("valueCodeableConcept"), CASE_TOPIC)


def _advice_number(number: str) -> str:
    return f"{number}|{_ADVICE}"

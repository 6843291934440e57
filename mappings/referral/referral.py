"""Referral record <-> ServiceRequest, Task (fulfil), Patient, Conditions and two Consents.

https://hl7.org/fhir/R4/servicerequest.html, https://hl7.org/fhir/R4/task.html, in the shape that
Dutch referrals share: SNOMED 3457005 as a category, one performer, the order's Task with the same
number as group.

The Task is read as it is when the referral arrives: `requested`. What becomes of it is
`intake_decision.py`, which also reads a referral later in its life. Organisations and persons that
come along are matched by number, never taken over.
"""

from collections.abc import Sequence

from adapter.fhir.json import Json
from mappings.consent import consent
from mappings.consent.consent_codes import ConsentType
from mappings.people.patient import patient_id, patient_to_fhir, read_patient
from mappings.records.base import Identifier, Period
from mappings.records.consent import ConsentParty, ConsentRecord
from mappings.records.parties import StaffKey
from mappings.records.referral import Agreement, Patient, Problem, Referral
from mappings.referral.problem import problem_to_fhir, read_code_and_text, read_domain
from mappings.referral.referral_context import read_supporting
from mappings.referral.referral_request import read_request, request_to_fhir
from mappings.referral.referral_task import read_task, task_to_fhir
from mappings.toolkit.envelope import open_transaction
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import Message, read_identifier, read_subject
from mappings.toolkit.reader import Element, build, refuse


def referral_id(referral: Referral, ids: Ids) -> str:
    """Logical id of the ServiceRequest."""
    return _id("ServiceRequest", referral.identifier, referral, ids)


def referral_task_id(referral: Referral, ids: Ids) -> str:
    return _id("Task", referral.task_identifier or referral.identifier, referral, ids)


def to_fhir(referral: Referral, ids: Ids) -> list[Json]:
    """ServiceRequest, Task, Patient, then a Condition per problem and the agreement's Consents."""
    subject = patient_id(referral.patient, referral.referrer.ura, ids)
    problems = [problem_resource(problem, referral, subject, ids) for problem in referral.problems]
    consents = [consent.to_fhir(record, ids)[0] for record in agreement_consents(referral, ids)]
    request = referral_id(referral, ids)
    return [
        request_to_fhir(
            referral,
            ids,
            id_=request,
            patient=subject,
            problems=[problem["id"] for problem in problems],
            consents=[given["id"] for given in consents],
        ),
        task_to_fhir(referral, ids, request=request, patient=subject),
        patient_to_fhir(referral.patient, referral.referrer, ids, synthetic=referral.synthetic),
        *problems,
        *consents,
    ]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Referral:
    """The referral in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    referral = read_referral(message, ids)
    return referral.model_copy(update={"synthetic": message.finish()})


def read_referral(message: Message, ids: Ids) -> Referral:
    """The referral in this message, which is not finished yet."""
    request, task = message.one("ServiceRequest"), message.one("Task")
    referrer = message.staff(request.child("requester"))
    number, _ = read_identifier(request.only("identifier"), referrer.ura)
    subject = request.child("subject")
    patient_root = message.target(subject, "Patient")
    patient = read_patient(patient_root, referrer, message)
    message.identify(patient_root, patient_id(patient, referrer.ura, ids))
    message.identify(request, ids.of("ServiceRequest", referrer.ura, number.system, number.value))
    read_subject(subject, patient_root, patient.bsn, message)
    problems = tuple(
        read_problem(message.target(item, "Condition"), referrer, patient_root, patient, message)
        for item in request.children("reasonReference")
    )
    supporting = read_supporting(request, message, referrer.ura)
    given = read_given(supporting.consents, message)
    referral = build(
        Referral,
        request.path,
        identifier=number,
        referrer=referrer,
        patient=patient,
        problems=problems,
        agreement=read_agreement(given, number, request.at("supportingInfo")),
        involved=supporting.involved,
        supplied=supporting.supplied,
        **read_request(request, message),
    )
    task_number = read_task(task, referral, request, patient_root, message)
    if task_number is not None:
        referral = referral.model_copy(update={"task_identifier": task_number})
    message.identify(task, referral_task_id(referral, ids))
    check_given(given, referral, ids, request.at("supportingInfo"))
    return referral


def from_bundle(bundle: Json, ids: Ids) -> Referral:
    """The referral in a transaction Bundle, whatever names its entries give each other."""
    return from_fhir(open_transaction(bundle), ids)


def agreement_consents(referral: Referral, ids: Ids) -> tuple[ConsentRecord, ...]:
    """CON-1 and CON-2 that follow from the agreement in one line; none when nothing was asked.

    Given to the GP practice, for the MESO practice, open until closing. A refusal is recorded as
    such: it denies.
    """
    agreement = referral.agreement
    if agreement is None:
        return ()
    numbers: tuple[tuple[ConsentType, Identifier | None], ...] = (
        ("CON-1", agreement.access_identifier),
        ("CON-2", agreement.actions_identifier),
    )
    return tuple(
        ConsentRecord(
            identifier=number or _derived(referral.identifier, type_),
            patient=patient_id(referral.patient, referral.referrer.ura, ids),
            type=type_,
            kind="explicit" if agreement.agreed else "refused",
            status="active" if agreement.agreed else "rejected",
            recorded_by=agreement.recorded_by,
            given_to=(referral.referrer.ura,),
            date_time=agreement.agreed_on,
            party=ConsentParty(ura=referral.receiver.ura),
            categories=("his", "ouderenmodule"),
            referral=referral_id(referral, ids),
            period=Period(start=agreement.agreed_on) if agreement.agreed else None,
            explanation_given=agreement.explanation_given if type_ == "CON-1" else None,
            synthetic=referral.synthetic,
        )
        for type_, number in numbers
    )


def read_given(links: Sequence[Element], message: Message) -> list[ConsentRecord]:
    """The consents that these references point at."""
    found = []
    for link in links:
        root = message.target(link, "Consent")
        record = consent.read_consent(root, message)
        message.identify(root, consent.consent_id(record, message.ids))
        found.append(record)
    return found


def check_given(given: Sequence[ConsentRecord], referral: Referral, ids: Ids, at: str) -> None:
    """The consents say what the one line of the record says, and nothing else."""
    if list(agreement_consents(referral, ids)) != list(given):
        refuse(
            at,
            "business-rule",
            "De toestemming zegt meer of minder dan het akkoord bij deze verwijzing.",
        )


def read_agreement(given: Sequence[ConsentRecord], number: Identifier, at: str) -> Agreement | None:
    """The line behind CON-1 and CON-2; the caller checks that nothing more was said."""
    if not given:
        return None
    by_type = {record.type: record for record in given}
    access, actions = by_type.get("CON-1"), by_type.get("CON-2")
    if access is None or actions is None:
        refuse(at, "business-rule", "Bij een akkoord horen CON-1 en CON-2.", "R-8")
    return Agreement(
        agreed=access.kind == "explicit",
        agreed_on=access.date_time,
        recorded_by=access.recorded_by,
        explanation_given=access.explanation_given,
        access_identifier=_unless_derived(access.identifier, number, "CON-1"),
        actions_identifier=_unless_derived(actions.identifier, number, "CON-2"),
    )


def _unless_derived(found: Identifier, number: Identifier, type_: ConsentType) -> Identifier | None:
    return None if found == _derived(number, type_) else found


def problem_resource(problem: Problem, referral: Referral, subject: str, ids: Ids) -> Json:
    """Condition of the referrer; `subject` is the patient's logical id."""
    return problem_to_fhir(
        id_=_id("Condition", problem.identifier, referral, ids),
        profile="referral-problem",
        number=problem.identifier,
        author=referral.referrer.ura,
        patient=subject,
        domain=problem.domain,
        text=problem.text,
        code=problem.code,
        synthetic=referral.synthetic,
    )


def read_problem(
    root: Element, referrer: StaffKey, patient_root: Element, patient: Patient, message: Message
) -> Problem:
    read_subject(root.child("subject"), patient_root, patient.bsn, message)
    code, text = read_code_and_text(root)
    number, _ = read_identifier(root.only("identifier"), referrer.ura)
    message.identify(root, message.ids.of("Condition", referrer.ura, number.system, number.value))
    return build(
        Problem,
        root.path,
        identifier=number,
        domain=read_domain(root.only("category")),
        text=text,
        code=code,
    )


def _derived(number: Identifier, type_: ConsentType) -> Identifier:
    return Identifier(system=number.system, value=f"{number.value}.{type_}")


def _id(kind: str, number: Identifier, referral: Referral, ids: Ids) -> str:
    return ids.of(kind, referral.referrer.ura, number.system, number.value)

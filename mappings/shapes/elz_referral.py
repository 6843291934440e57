"""A referral as Nictiz describes it for primary care (ELZ) -> Referral.

http://nictiz.nl/fhir/StructureDefinition/hg-ReferralServiceRequest, hg-ReferralTask,
hg-ReferralComposition

What is asked stands in a letter (`elz_letter.py`), to which the ServiceRequest points. The type of
message is a category of the ServiceRequest; that this is a referral, SNOMED 3457005, is the Task's
only code. The ServiceRequest is `completed` as soon as it was sent.

ELZ has no element for the service asked of a MESO practice, the step of care, the complexity and
the home visit: these stand where our own referral has them, and are refused when they are missing.
So are a date without a time and a problem without a domain: none of it is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapter.fhir.constants import LOINC, SNOMED
from adapter.fhir.json import Json
from mappings.people.patient import patient_id, read_patient
from mappings.records.base import Identifier
from mappings.records.parties import StaffKey
from mappings.records.referral import Receiver, Referral
from mappings.referral import referral
from mappings.referral.referral_context import read_finance, read_supporting
from mappings.referral.referral_task import TASK_CODE
from mappings.shapes.elz_letter import (
    TYPE,
    letter_to_fhir,
    notes_in_letter,
    read_letter,
    supplied_in_letter,
)
from mappings.shapes.foreign import ForeignMessage
from mappings.shapes.kept import Foreign, write_back
from mappings.shapes.shape import Shape, finished, has_code, of_type, unclaimed
from mappings.task.progress import read_note
from mappings.toolkit import reader
from mappings.toolkit.codes import (
    COMPLEXITY,
    HOME_VISIT,
    REQUESTED_SERVICE,
    STEPPED_CARE,
    Complexity,
    SteppedCare,
)
from mappings.toolkit.identity import Ids
from mappings.toolkit.message import read_identifier, read_subject
from mappings.toolkit.reader import (
    Element,
    build,
    read_code,
    refuse,
    take_fixed_code,
    take_fixed_coding,
)
from mappings.toolkit.writing import concept, snomed

MESSAGE_TYPE: Final = "urn:oid:2.16.840.1.113883.2.4.4.30.69"
_LETTER: Final = "1"
_REFERRAL_CODE: Final = "3457005"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the parts of a message refer to."""

    referrer: StaffKey
    number: Identifier
    request: Element
    patient: Element
    bsn: str | None


def read(resources: Sequence[Json], ids: Ids) -> Foreign[Referral]:
    message = ForeignMessage(resources, ids)
    return finished(message, _read(message, ids), _written)


def write(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(_written(foreign.record, ids), foreign.kept)


def recognises(resources: Sequence[Json]) -> bool:
    letters = of_type(resources, "Composition")
    return bool(of_type(resources, "ServiceRequest")) and any(
        has_code(letter.get("type"), LOINC, TYPE) for letter in letters
    )


# --- reading ----------------------------------------------------------------------------------


def _read(message: ForeignMessage, ids: Ids) -> Referral:
    request, task = message.one("ServiceRequest"), message.one("Task")
    referrer = message.staff(request.child("requester"))
    number, _ = read_identifier(request.only("identifier"), referrer.ura)
    subject = request.child("subject")
    root = message.target(subject, "Patient")
    patient = read_patient(root, referrer, message)
    message.identify(root, patient_id(patient, referrer.ura, ids))
    message.identify(request, ids.of("ServiceRequest", referrer.ura, number.system, number.value))
    known = _Known(referrer=referrer, number=number, request=request, patient=root, bsn=patient.bsn)
    read_subject(subject, root, patient.bsn, message)
    supporting = read_supporting(request, message, referrer.ura)
    letters, consents = _sorted(supporting.consents, message)
    if len(letters) != 1:
        refuse(request.at("supportingInfo"), "required", "Naar één verwijsbrief hoort verwezen.")
    letter = read_letter(letters[0])
    _check_letter(letters[0], known, message, ids)
    given = referral.read_given(consents, message)
    problems = tuple(
        referral.read_problem(message.target(x, "Condition"), referrer, root, patient, message)
        for x in letter.problems
    )
    said = tuple(read_note(item, message) for item in request.children("note"))
    found = build(
        Referral,
        request.path,
        identifier=number,
        referrer=referrer,
        patient=patient,
        question=letter.question,
        problems=problems,
        tried=letter.tried,
        notes=(*said, *letter.notes),
        involved=supporting.involved,
        supplied=(*supporting.supplied, *letter.supplied),
        agreement=referral.read_agreement(given, number, request.at("supportingInfo")),
        **_read_request(request, message),
    )
    own = _read_task(task, found, known, message)
    found = found.model_copy(update={"task_identifier": own})
    message.identify(task, referral.referral_task_id(found, ids))
    referral.check_given(given, found, ids, request.at("supportingInfo"))
    return found


def _sorted(
    links: Sequence[Element], message: ForeignMessage
) -> tuple[list[Element], list[Element]]:
    """The letter, and references to consents."""
    letters, consents = [], []
    for link in links:
        root = message.target(link, "Composition", "Consent")
        if message.kind_of(root) == "Composition":
            letters.append(root)
        else:
            consents.append(link)
    return letters, consents


def _read_request(root: Element, message: ForeignMessage) -> dict[str, object]:
    root.fixed("status", "completed", "active")
    root.fixed("intent", "order")
    complexity, home_visit = _read_details(root)
    return {
        "authored_on": root.value("authoredOn", reader.INSTANT),
        "requested_service": read_code(root.child("code"), REQUESTED_SERVICE),
        "stepped_care": _read_step(root),
        "receiver": Receiver(ura=message.party(root.only("performer")).ura),
        "complexity": complexity,
        "home_visit": home_visit,
        "finance": read_finance(root.only_or_none("insurance")),
        "priority": (
            root.fixed("priority", "routine", "urgent", "asap", "stat")
            if root.has("priority")
            else None
        ),
    }


def _read_step(root: Element) -> SteppedCare:
    """The step of care; beside it stands what kind of message this is."""
    steps: list[SteppedCare] = []
    is_letter = False
    for item in root.children("category"):
        if reader.is_coded(item, MESSAGE_TYPE):
            take_fixed_code(item, MESSAGE_TYPE, _LETTER)
            is_letter = True
        elif reader.is_coded(item, SNOMED):
            take_fixed_code(item, SNOMED, _REFERRAL_CODE)
        else:
            steps.append(read_code(item, STEPPED_CARE))
    if not is_letter or len(steps) != 1:
        text = "Hier horen de soort bericht (verwijsbrief) en één trede van zorg."
        refuse(root.at("category"), "required", text)
    return steps[0]


def _read_details(root: Element) -> tuple[Complexity, bool]:
    complexity: list[Complexity] = []
    visits: list[str] = []
    for item in root.children("orderDetail"):
        if reader.is_coded(item, HOME_VISIT.url):
            visits.append(read_code(item, HOME_VISIT))
        else:
            complexity.append(read_code(item, COMPLEXITY))
    if len(complexity) != 1 or len(visits) != 1:
        text = "Hier horen één soort complexiteit en of een huisbezoek nodig is."
        refuse(root.at("orderDetail"), "required", text)
    return complexity[0], visits[0] == "needed"


def _check_letter(letter: Element, known: _Known, message: ForeignMessage, ids: Ids) -> None:
    """The letter is about the same patient and by the same author."""
    number = known.number
    message.identify(letter, ids.of("Composition", known.referrer.ura, number.system, number.value))
    read_subject(letter.child("subject"), known.patient, known.bsn, message)
    author = letter.only("author")
    if message.staff(author) != known.referrer:
        refuse(author.path, "business-rule", "De verwijsbrief is van de verwijzer.", "R-3")


def _read_task(
    root: Element, found: Referral, known: _Known, message: ForeignMessage
) -> Identifier | None:
    """The Task's own number, if it has one. What repeats the referral must agree."""
    root.fixed("status", "requested")
    root.fixed("intent", "order")
    root.ignore("lastModified")
    for coding in root.child("code").children("coding"):
        if coding.peek("system") == TASK_CODE:
            take_fixed_coding(coding, TASK_CODE, "fulfill", "fullfill")
        else:
            take_fixed_coding(coding, SNOMED, _REFERRAL_CODE)
    ura = known.referrer.ura
    numbers = [read_identifier(x, ura)[0] for x in root.children("identifier")]
    group = root.child_or_none("groupIdentifier")
    focus = root.child("focus")
    read_subject(root.child("for"), known.patient, known.bsn, message)
    authored = root.optional("authoredOn", reader.MOMENT)
    priority = root.optional("priority", reader.CODE)
    disagreeing = {
        "identifier": len(numbers) > 1,
        "groupIdentifier": group is not None and read_identifier(group, ura)[0] != known.number,
        "focus": message.target(focus, "ServiceRequest") is not known.request,
        "authoredOn": authored not in (None, found.authored_on, found.authored_on.date()),
        "priority": priority not in (None, found.priority),
        "requester": message.staff(root.child("requester")) != known.referrer,
        "owner": message.party(root.child("owner")).ura != found.receiver.ura,
    }
    for name, differs in disagreeing.items():
        if differs:
            refuse(root.at(name), "business-rule", "De taak en de verwijzing spreken elkaar tegen.")
    return next((number for number in numbers if number != known.number), None)


# --- writing ----------------------------------------------------------------------------------


def _written(record: Referral, ids: Ids) -> list[Json]:
    """Our own resources, with the letter between request and question."""
    ours = {(x["resourceType"], x["id"]): x for x in unclaimed(referral.to_fhir(record, ids))}
    request_id = referral.referral_id(record, ids)
    number, ura = record.identifier, record.referrer.ura
    letter = letter_to_fhir(
        record,
        ids,
        id_=ids.of("Composition", ura, number.system, number.value),
        patient=patient_id(record.patient, ura, ids),
        problems=[id_ for kind, id_ in ours if kind == "Condition"],
    )
    if record.synthetic:
        letter["meta"] = ours["ServiceRequest", request_id]["meta"]
    request = _request(ours.pop(("ServiceRequest", request_id)), record, letter["id"])
    task = ours.pop(("Task", referral.referral_task_id(record, ids)))
    coded = {**task, "code": snomed(_REFERRAL_CODE, "Verwijzen van patiënt")}
    return [request, coded, letter, *ours.values()]


def _request(own: Json, record: Referral, letter: str) -> Json:
    """The ServiceRequest without what the letter says, and as it is once it was sent."""
    request = {
        **own,
        "status": "completed",
        "category": [
            concept(MESSAGE_TYPE, _LETTER, "Verwijsbrief"),
            STEPPED_CARE.concept(record.stepped_care),
        ],
        "supportingInfo": [
            {"reference": f"Composition/{letter}", "type": "Composition"},
            *_supporting(own, record),
        ],
    }
    for told in ("reasonCode", "reasonReference", "extension"):
        request.pop(told, None)
    if notes_in_letter(record):
        request.pop("note", None)
    return request


def _supporting(own: Json, record: Referral) -> list[Json]:
    """`supportingInfo` of ours, but for what the letter names."""
    told = len(supplied_in_letter(record))
    found: list[Json] = own.get("supportingInfo", [])
    return found[: len(found) - told]


SHAPE: Final = Shape(
    name="elz-referral",
    title="Verwijsbrief uit de eerstelijnszorg (Nictiz ELZ)",
    kind="referral",
    record=Referral,
    recognises=recognises,
    read=read,
    write=write,
)

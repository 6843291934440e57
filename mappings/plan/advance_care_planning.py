"""Advance care planning record <-> Procedure (the conversation) and one resource per thing said.

https://hl7.org/fhir/R4/procedure.html

The shape follows the Dutch guide for proactive care planning without claiming it: the conversation
is a Procedure with SNOMED 713603004. R4 gives it no list of results: an extension names them, and
what it does not name is no part of the conversation.
"""

from collections.abc import Sequence
from typing import Any, Final

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.plan.acp_directive import (
    document_parts,
    is_directive,
    limit_part,
    read_document,
    read_limit,
)
from mappings.plan.acp_frame import CONVERSATION, Conversation
from mappings.plan.acp_said import (
    goal_part,
    palliative_part,
    place_part,
    read_goal,
    read_palliative,
    read_review,
    read_said,
    review_part,
    wish_part,
)
from mappings.plan.plan_frame import version_of
from mappings.records.advance_care_planning import AdvanceCarePlanning, PlaceWish
from mappings.records.parties import StaffKey
from mappings.toolkit import reader
from mappings.toolkit.codes import TEAM_ROLE, TeamRole
from mappings.toolkit.identity import Ids, identifier, reference, staff_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse, take_fixed_code
from mappings.toolkit.sheaf import Sheaf
from mappings.toolkit.who import naaste_reference, read_naaste, read_patient
from mappings.toolkit.writing import concept, extension, extension_url, resource

_CODE: Final = "713603004"
_PART: Final = extension_url("acp-part")
_TRAJECTORY: Final = extension_url("acp-trajectory")
_NAASTE: Final = "naaste"
_REPRESENTATIVE: Final = "vertegenwoordiger"
_SINGLE: Final = {"Goal": "goal", "Flag": "palliative_phase", "Task": "next_review"}
_READ: Final = {"Goal": read_goal, "Flag": read_palliative, "Task": read_review}


def to_fhir(record: AdvanceCarePlanning, ids: Ids) -> list[Json]:
    """Procedure, then what was said in the order of the record."""
    number, ura = record.identifier, record.author.ura
    talk = Conversation(
        sheaf=Sheaf(number=number, ura=ura, patient=record.patient, ids=ids),
        id=ids.of(CONVERSATION, ura, number.system, number.value),
        author=record.author,
        held_on=record.held_on,
        synthetic=record.synthetic,
    )
    goal, phase, review = record.goal, record.palliative_phase, record.next_review
    parts = [
        *(limit_part(item, talk) for item in record.limits),
        *(part for item in record.documents for part in document_parts(item, talk)),
        *([] if goal is None else [goal_part(goal, talk)]),
        *(wish_part(item, talk) for item in record.wishes),
        *(place_part(item, talk) for item in record.places),
        *([] if phase is None else [palliative_part(phase, talk)]),
        *([] if review is None else [review_part(review, talk)]),
    ]
    return [_procedure(record, parts, talk), *parts]


def from_fhir(resources: Sequence[Json], ids: Ids) -> AdvanceCarePlanning:
    """The conversation in these resources. FhirError 422 for what has no place in it."""
    message = Message(resources, ids)
    root = message.one(CONVERSATION)
    author = message.staff(root.child("recorder"))
    number, _ = read_identifier(root.only("identifier"), author.ura)
    talk = Conversation(
        sheaf=Sheaf(
            number=number,
            ura=author.ura,
            patient=message.id_of(root.child("subject"), "Patient"),
            ids=ids,
        ),
        id=ids.of(CONVERSATION, author.ura, number.system, number.value),
        author=author,
        held_on=root.value("performedDateTime", reader.MOMENT),
        synthetic=False,
    )
    message.identify(root, talk.id)
    root.fixed("status", "completed")
    take_fixed_code(root.child("code"), SNOMED, _CODE)
    trajectory = root.extension(_TRAJECTORY)
    record = build(
        AdvanceCarePlanning,
        root.path,
        identifier=number,
        version=version_of(root),
        trajectory=(
            None
            if trajectory is None
            else message.id_of(trajectory.child("valueReference"), "EpisodeOfCare")
        ),
        patient=talk.sheaf.patient,
        author=author,
        held_on=talk.held_on,
        **_read_speakers(root, talk, message),
        **_read_parts(root, talk, message),
    )
    return record.model_copy(update={"synthetic": message.finish()})


def _procedure(record: AdvanceCarePlanning, parts: Sequence[Json], talk: Conversation) -> Json:
    number, ids = record.identifier, talk.sheaf.ids
    trajectory = [] if record.trajectory is None else [record.trajectory]
    representative = [] if record.representative is None else [record.representative]
    named = [part for part in parts if part["resourceType"] != "DocumentReference"]
    return resource(
        CONVERSATION,
        talk.id,
        "acp-conversation",
        synthetic=record.synthetic,
        extension=[
            *(
                extension(_TRAJECTORY, valueReference=reference("EpisodeOfCare", id_))
                for id_ in trajectory
            ),
            *(
                extension(_PART, valueReference=reference(part["resourceType"], part["id"]))
                for part in named
            ),
        ],
        identifier=[identifier(number.system, number.value, record.author.ura)],
        status="completed",
        code=concept(SNOMED, _CODE, "Gesprek over toekomstige zorg"),
        subject=reference("Patient", record.patient),
        performedDateTime=talk.held(),
        recorder=staff_reference(ids, record.author),
        performer=[
            *({"actor": staff_reference(ids, who)} for who in record.held_by),
            *([{"actor": reference("Patient", record.patient)}] if record.patient_present else []),
            *(_close_person(_NAASTE, id_) for id_ in record.naasten),
            *(_close_person(_REPRESENTATIVE, id_) for id_ in representative),
        ],
    )


def _close_person(role: TeamRole, related_person: str) -> Json:
    return {"function": TEAM_ROLE.concept(role), "actor": naaste_reference(related_person)}


def _read_speakers(root: Element, talk: Conversation, message: Message) -> dict[str, Any]:
    """Who led the conversation, and who was there."""
    staff: list[StaffKey] = []
    people: dict[TeamRole, list[str]] = {_NAASTE: [], _REPRESENTATIVE: []}
    patients = 0
    for item in root.children("performer"):
        who = item.child("actor")
        literal = str(who.peek("reference"))
        if literal.startswith("RelatedPerson/"):
            role = read_code(item.child("function"), TEAM_ROLE)
            if role not in people:
                refuse(
                    item.at("function"), "value", "Iemand is er als naaste of vertegenwoordiger."
                )
            people[role].append(read_naaste(who, message))
        elif literal.startswith("Patient/"):
            read_patient(who, talk.sheaf.patient, message)
            patients += 1
        else:
            staff.append(message.staff(who))
    if patients > 1 or len(people[_REPRESENTATIVE]) > 1:
        refuse(
            root.at("performer"), "structure", "Eén patiënt, en hoogstens één vertegenwoordiger."
        )
    return {
        "held_by": tuple(staff),
        "patient_present": bool(patients),
        "naasten": tuple(people[_NAASTE]),
        "representative": next(iter(people[_REPRESENTATIVE]), None),
    }


def _read_parts(root: Element, talk: Conversation, message: Message) -> dict[str, Any]:
    """What was said, by field of the record."""
    found: dict[str, Any] = {"limits": (), "documents": (), "wishes": (), "places": ()}
    entered: set[Element] = set()
    for item in root.extensions(_PART):
        target = message.target(item.child("valueReference"), "Consent", "Observation", *_SINGLE)
        if target in entered:
            refuse(item.path, "duplicate", "Dit deel wordt twee keer genoemd.")
        entered.add(target)
        kind = message.kind_of(target)
        if kind == "Consent" and is_directive(target):
            found["documents"] += (read_document(target, talk, message),)
        elif kind == "Consent":
            found["limits"] += (read_limit(target, talk, message),)
        elif kind == "Observation":
            said = read_said(target, talk, message)
            found["places" if isinstance(said, PlaceWish) else "wishes"] += (said,)
        elif _SINGLE[kind] in found:
            refuse(item.path, "structure", "Hier is plaats voor één waarde.")
        else:
            found[_SINGLE[kind]] = _READ[kind](target, talk, message)
    return found

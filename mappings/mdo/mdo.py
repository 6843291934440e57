"""MDO record <-> Appointment (planned), Encounter (held) and Communications (who was not there).

https://hl7.org/fhir/R4/appointment.html, https://hl7.org/fhir/R4/encounter.html, with the type
code of the Nictiz draft for a multidisciplinary meeting; the draft itself is not claimed.

The agenda is the plan in the version that was used, which a later version does not change.
"""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.json import Json
from mappings.mdo.mdo_consulted import consultations_to_fhir, read_consultations
from mappings.mdo.mdo_held import encounter_to_fhir, read_held
from mappings.mdo.mdo_invited import participants_to_fhir, read_participants
from mappings.plan.plan_codes import MDO_FORM
from mappings.records import mdo as records
from mappings.records.mdo import Mdo, PlanKey
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, parsed, read_code, refuse
from mappings.toolkit.writing import extension, extension_url, resource

_ORGANISER: Final = extension_url("mdo-organiser")
_SEQUENCE: Final = extension_url("mdo-sequence")
_INDICATION: Final = extension_url("mdo-indication")
_HISTORY: Final = "/_history/"
_STATUSES: Final = ("proposed", "pending", "booked", "cancelled", "fulfilled")
_COUNT: Final = TypeAdapter[int](records.Count)


def appointment_id(mdo: Mdo, ids: Ids) -> str:
    return ids.of("Appointment", mdo.organiser, mdo.identifier.system, mdo.identifier.value)


def encounter_id(mdo: Mdo, ids: Ids) -> str:
    return ids.of("Encounter", mdo.organiser, mdo.identifier.system, mdo.identifier.value)


def to_fhir(mdo: Mdo, ids: Ids) -> list[Json]:
    """The Appointment, the Encounter when the meeting was held, a Communication per conversation."""
    appointment = appointment_id(mdo, ids)
    found = [_appointment(mdo, appointment, ids)]
    if mdo.held is not None:
        found.append(encounter_to_fhir(mdo, mdo.held, encounter_id(mdo, ids), appointment, ids))
    return [*found, *consultations_to_fhir(mdo, appointment, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> Mdo:
    """The meeting in these resources. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Appointment")
    organiser = _required(root, _ORGANISER)
    ura = message.organisation(organiser.child("valueReference"))
    number, _ = read_identifier(root.only("identifier"), ura)
    own = ids.of("Appointment", ura, number.system, number.value)
    message.identify(root, own)
    encounters = message.all("Encounter")
    status = root.fixed("status", *_STATUSES)
    if (status == "fulfilled") != (len(encounters) == 1):
        refuse(root.at("status"), "business-rule", "Bij een gehouden MDO hoort één Encounter.")
    fields = _read_planning(root, message)
    fields |= {
        "identifier": number,
        "organiser": ura,
        "status": "booked" if status == "fulfilled" else status,
    }
    mdo = build(Mdo, root.path, **fields)
    fields["consultations"] = read_consultations(mdo, own, message)
    if encounters:
        fields["held"] = read_held(encounters[0], mdo, message)
    mdo = build(Mdo, root.path, **fields)
    return mdo.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _appointment(mdo: Mdo, id_: str, ids: Ids) -> Json:
    start = None if mdo.start is None else mdo.start.isoformat()
    end = None if mdo.end is None else mdo.end.isoformat()
    because = mdo.cancelled_because
    return resource(
        "Appointment",
        id_,
        "mdo-appointment",
        synthetic=mdo.synthetic,
        extension=_extensions(mdo, ids),
        identifier=[identifier(mdo.identifier.system, mdo.identifier.value, mdo.organiser)],
        status=mdo.status if mdo.held is None else "fulfilled",
        cancelationReason=None if because is None else {"text": because},
        appointmentType=MDO_FORM.concept(mdo.form),
        start=start,
        end=end,
        supportingInformation=[
            reference("EpisodeOfCare", mdo.trajectory),
            _agenda(mdo.agenda, ids),
        ],
        basedOn=[] if mdo.referral is None else [reference("ServiceRequest", mdo.referral)],
        participant=participants_to_fhir(mdo, ids),
    )


def _extensions(mdo: Mdo, ids: Ids) -> list[Json]:
    found = [extension(_ORGANISER, valueReference=organisation_reference(ids, mdo.organiser))]
    if mdo.sequence is not None:
        found.append(extension(_SEQUENCE, valuePositiveInt=mdo.sequence))
    if mdo.indication is not None:
        found.append(extension(_INDICATION, valueString=mdo.indication))
    return found


def _agenda(plan: PlanKey, ids: Ids) -> Json:
    number = plan.identifier
    id_ = ids.of("CarePlan", plan.ura, number.system, number.value)
    version = "" if plan.version is None else f"{_HISTORY}{plan.version}"
    return {
        **reference("CarePlan", id_, identifier(number.system, number.value, plan.ura)),
        "reference": f"CarePlan/{id_}{version}",
    }


# --- reading ----------------------------------------------------------------------------------


def _required(root: Element, url: str) -> Element:
    found = root.extension(url)
    if found is None:
        refuse(root.at("extension"), "required", "De organisator van het overleg ontbreekt.")
    return found


def _read_planning(root: Element, message: Message) -> dict[str, object]:
    trajectory, agenda = _read_information(root, message)
    based_on, because = root.only_or_none("basedOn"), root.child_or_none("cancelationReason")
    sequence, indication = root.extension(_SEQUENCE), root.extension(_INDICATION)
    invited = read_participants(root, message)
    return {
        "trajectory": trajectory,
        "agenda": agenda,
        "referral": None if based_on is None else message.id_of(based_on, "ServiceRequest"),
        "start": root.optional("start", reader.INSTANT),
        "end": root.optional("end", reader.INSTANT),
        "form": read_code(root.child("appointmentType"), MDO_FORM),
        "sequence": None if sequence is None else sequence.value("valuePositiveInt", _COUNT),
        "indication": (
            None if indication is None else indication.value("valueString", reader.TEXT)
        ),
        "cancelled_because": None if because is None else because.value("text", reader.TEXT),
        "patient": invited.patient,
        "patient_invited": invited.patient_invited,
        "chair": invited.chair,
        "coordinator": invited.coordinator,
        "invitees": invited.invitees,
        "naaste": invited.naaste,
    }


def _read_information(root: Element, message: Message) -> tuple[str, PlanKey]:
    links = root.children("supportingInformation")
    episodes = [i for i in links if str(i.peek("reference")).startswith("EpisodeOfCare/")]
    plans = [item for item in links if item not in episodes]
    if len(episodes) != 1 or len(plans) != 1:
        refuse(root.at("supportingInformation"), "required", "Eén traject en één plan als agenda.")
    return message.id_of(episodes[0], "EpisodeOfCare"), _read_agenda(plans[0], message)


def _read_agenda(link: Element, message: Message) -> PlanKey:
    link.ignore("type", "display")
    literal = link.value("reference", reader.URI_OR_PATH)
    plan, versioned, version = literal.partition(_HISTORY)
    found = message.id_of(Element({"reference": plan}, link.path), "CarePlan")
    number, ura = read_identifier(link.child("identifier"))
    if found != message.ids.of("CarePlan", ura, number.system, number.value):
        refuse(link.path, "value", "De verwijzing en het nummer spreken elkaar tegen.")
    return build(
        PlanKey,
        link.path,
        ura=ura,
        identifier=number,
        version=_read_version(version, link.at("reference")) if versioned else None,
    )


def _read_version(version: str, at: str) -> int:
    digits = version if version.isascii() and version.isdigit() and version[0] != "0" else None
    return parsed(int(digits[:11]) if digits else None, _COUNT, at)

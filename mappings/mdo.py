"""MDO record <-> Appointment (planned) and Encounter (held).

https://hl7.org/fhir/R4/appointment.html, https://hl7.org/fhir/R4/encounter.html, with the type
code of the Nictiz draft for a multidisciplinary meeting; the draft itself is not claimed.

An Appointment knows no Organization: an organisation without a named person is invited through its
HealthcareService, by URA. An Encounter has no patient among its participants, so whether she was
there stands in an extension.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import URA
from adapter.fhir.json import Json
from mappings import reader
from mappings.codes import FUNCTION
from mappings.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.mdo_held import encounter_to_fhir, read_held
from mappings.message import Message, read_identifier
from mappings.plan_codes import MDO_FORM, MEETING_ROLE
from mappings.reader import Element, build, is_coded, read_code, refuse
from mappings.records.base import Identifier
from mappings.records.mdo import InvitedNaaste, Invitee, Mdo, PlanKey
from mappings.records.parties import Party, StaffKey
from mappings.writing import extension, extension_url, present, resource

_CONSENT: Final = extension_url("invitation-consent")
_ORGANISER: Final = extension_url("mdo-organiser")
_RESPONSES: Final = ("needs-action", "accepted", "declined", "tentative")


def appointment_id(mdo: Mdo, ids: Ids) -> str:
    return ids.of("Appointment", mdo.organiser, mdo.identifier.system, mdo.identifier.value)


def encounter_id(mdo: Mdo, ids: Ids) -> str:
    return ids.of("Encounter", mdo.organiser, mdo.identifier.system, mdo.identifier.value)


def to_fhir(mdo: Mdo, ids: Ids) -> list[Json]:
    """The Appointment, and the Encounter when the meeting was held."""
    appointment = appointment_id(mdo, ids)
    found = [_appointment(mdo, appointment, ids)]
    if mdo.held is not None:
        found.append(encounter_to_fhir(mdo, mdo.held, encounter_id(mdo, ids), appointment, ids))
    return found


def from_fhir(resources: Sequence[Json], ids: Ids) -> Mdo:
    """The meeting in these resources. FhirError 422 for what has no place in the record."""
    message = Message(resources, ids)
    root = message.one("Appointment")
    organiser = _required(root, _ORGANISER)
    ura = message.organisation(organiser.child("valueReference"))
    number, _ = read_identifier(root.only("identifier"), ura)
    message.identify(root, ids.of("Appointment", ura, number.system, number.value))
    trajectory, agenda = _read_information(root, message)
    patient, chair, invitees, naaste = _read_participants(root, message)
    encounters = message.all("Encounter")
    is_held = root.fixed("status", "booked", "fulfilled") == "fulfilled"
    if is_held != (len(encounters) == 1):
        refuse(root.at("status"), "business-rule", "Bij een gehouden MDO hoort één Encounter.")
    mdo = build(
        Mdo,
        root.path,
        identifier=number,
        trajectory=trajectory,
        patient=patient,
        start=root.value("start", reader.INSTANT),
        end=root.value("end", reader.INSTANT),
        form=read_code(root.child("appointmentType"), MDO_FORM),
        organiser=ura,
        chair=chair,
        agenda=agenda,
        invitees=invitees,
        naaste=naaste,
    )
    if is_held:
        held = read_held(encounters[0], mdo, message)
        mdo = build(Mdo, root.path, **{**dict(mdo), "held": held})
    return mdo.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _appointment(mdo: Mdo, id_: str, ids: Ids) -> Json:
    plan = mdo.agenda
    care_plan = ids.of("CarePlan", plan.ura, plan.identifier.system, plan.identifier.value)
    return resource(
        "Appointment",
        id_,
        "mdo-appointment",
        synthetic=mdo.synthetic,
        extension=[
            extension(_ORGANISER, valueReference=organisation_reference(ids, mdo.organiser))
        ],
        identifier=[identifier(mdo.identifier.system, mdo.identifier.value, mdo.organiser)],
        status="booked" if mdo.held is None else "fulfilled",
        appointmentType=MDO_FORM.concept(mdo.form),
        start=mdo.start.isoformat(),
        end=mdo.end.isoformat(),
        supportingInformation=[
            reference("EpisodeOfCare", mdo.trajectory),
            reference(
                "CarePlan",
                care_plan,
                identifier(plan.identifier.system, plan.identifier.value, plan.ura),
            ),
        ],
        participant=[
            {
                "actor": reference("Patient", mdo.patient),
                "required": "information-only",
                "status": "accepted",
            },
            {
                "type": [MEETING_ROLE.concept("VOORZ")],
                "actor": staff_reference(ids, mdo.chair),
                "required": "required",
                "status": "accepted",
            },
            *(_invitee(invitee, ids) for invitee in mdo.invitees),
            *([] if mdo.naaste is None else [_naaste(mdo.naaste)]),
        ],
    )


def _invitee(invitee: Invitee, ids: Ids) -> Json:
    party = invitee.party
    if party.uzi is None:
        actor: Json = {
            "type": "HealthcareService",
            "identifier": {"system": URA, "value": party.ura},
        }
    else:
        actor = staff_reference(ids, StaffKey(ura=party.ura, uzi=party.uzi))
    return present(
        {
            "extension": _on_consent(invitee.consent),
            "type": [FUNCTION.concept(invitee.function)],
            "actor": actor,
            "required": "optional",
            "status": invitee.response,
        }
    )


def _naaste(naaste: InvitedNaaste) -> Json:
    return present(
        {
            "extension": _on_consent(naaste.consent),
            "actor": reference("RelatedPerson", naaste.related_person),
            "required": "optional",
            "status": naaste.response,
        }
    )


def _on_consent(number: Identifier | None) -> list[Json]:
    return [] if number is None else [extension(_CONSENT, valueIdentifier=number.model_dump())]


# --- reading ----------------------------------------------------------------------------------


def _required(root: Element, url: str) -> Element:
    found = root.extension(url)
    if found is None:
        refuse(root.at("extension"), "required", "De organisator van het overleg ontbreekt.")
    return found


def _read_information(root: Element, message: Message) -> tuple[str, PlanKey]:
    links = root.children("supportingInformation")
    episodes = [i for i in links if str(i.peek("reference")).startswith("EpisodeOfCare/")]
    plans = [item for item in links if item not in episodes]
    if len(episodes) != 1 or len(plans) != 1:
        refuse(root.at("supportingInformation"), "required", "Eén traject en één plan als agenda.")
    trajectory = message.id_of(episodes[0], "EpisodeOfCare")
    found = message.id_of(plans[0], "CarePlan")
    number, ura = read_identifier(plans[0].child("identifier"))
    if found != message.ids.of("CarePlan", ura, number.system, number.value):
        refuse(plans[0].path, "value", "De verwijzing en het nummer spreken elkaar tegen.")
    return trajectory, build(PlanKey, plans[0].path, ura=ura, identifier=number)


def _read_participants(
    root: Element, message: Message
) -> tuple[str, StaffKey, tuple[Invitee, ...], InvitedNaaste | None]:
    patients, chairs, invitees, naasten = [], [], [], []
    for item in root.children("participant"):
        literal = str(_peek_actor(item).get("reference"))
        if literal.startswith("Patient/"):
            item.fixed("required", "information-only")
            item.fixed("status", "accepted")
            patients.append(message.id_of(item.child("actor"), "Patient"))
        elif literal.startswith("RelatedPerson/"):
            naasten.append(_read_naaste(item, message))
        elif _is_chair(item):
            read_code(item.only("type"), MEETING_ROLE)
            item.fixed("required", "required")
            item.fixed("status", "accepted")
            chairs.append(message.staff(item.child("actor")))
        else:
            invitees.append(_read_invitee(item, message))
    if len(patients) != 1 or len(chairs) != 1 or len(naasten) > 1:
        refuse(
            root.at("participant"),
            "business-rule",
            "Eén patiënt, één voorzitter en hooguit één naaste.",
        )
    return patients[0], chairs[0], tuple(invitees), (naasten[0] if naasten else None)


def _peek_actor(item: Element) -> Json:
    actor = item.peek("actor")
    return actor if isinstance(actor, dict) else {}


def _is_chair(item: Element) -> bool:
    types = item.peek("type")
    return isinstance(types, list) and any(
        isinstance(found, dict) and is_coded(Element(found, item.path), MEETING_ROLE.url, "VOORZ")
        for found in types
    )


def _read_invitee(item: Element, message: Message) -> Invitee:
    actor = item.child("actor")
    item.fixed("required", "optional")
    if actor.peek("type") == "HealthcareService" and not actor.has("reference"):
        actor.ignore("type", "display")
        number = actor.child("identifier")
        number.fixed("system", URA)
        party = Party(ura=number.value("value", reader.URA))
    else:
        party = message.staff(actor).party()
    return build(
        Invitee,
        item.path,
        party=party,
        function=read_code(item.only("type"), FUNCTION),
        consent=_read_consent(item),
        response=item.fixed("status", *_RESPONSES),
    )


def _read_naaste(item: Element, message: Message) -> InvitedNaaste:
    item.fixed("required", "optional")
    return build(
        InvitedNaaste,
        item.path,
        related_person=message.id_of(item.child("actor"), "RelatedPerson"),
        consent=_read_consent(item),
        response=item.fixed("status", *_RESPONSES),
    )


def _read_consent(item: Element) -> Identifier | None:
    found = item.extension(_CONSENT)
    if found is None:
        return None
    number = found.child("valueIdentifier")
    return build(
        Identifier,
        number.path,
        system=number.value("system", reader.URI),
        value=number.value("value", reader.LINE),
    )

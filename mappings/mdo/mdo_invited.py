"""Who is invited to the meeting <-> Appointment.participant.

https://hl7.org/fhir/R4/appointment.html

An Appointment knows no Organization: an organisation without a named person is invited through its
HealthcareService, by URA. The patient is always listed, as `information-only` when the meeting is
about her without her.
"""

from dataclasses import dataclass
from typing import Final

from adapter.fhir.constants import URA
from adapter.fhir.json import Json
from mappings.mdo.mdo_codes import INVITEE_INVOLVEMENT
from mappings.plan.plan_codes import MEETING_ROLE
from mappings.records.base import Identifier
from mappings.records.mdo import InvitedNaaste, Invitee, Mdo
from mappings.records.parties import Party, StaffKey
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION, TEAM_ROLE
from mappings.toolkit.identity import Ids, reference, staff_reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, build, is_coded, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import extension, extension_url, present

_CONSENT: Final = extension_url("invitation-consent")
_INVOLVEMENT: Final = extension_url("invitee-involvement")
_INVITED_AT: Final = extension_url("invited-at")
_RESPONSES: Final = ("needs-action", "accepted", "declined", "tentative")
_COORDINATOR: Final = "coordinator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Everybody in the Appointment; the patient by logical id."""

    patient: str
    patient_invited: bool
    chair: StaffKey
    coordinator: StaffKey | None
    invitees: tuple[Invitee, ...]
    naaste: InvitedNaaste | None


def participants_to_fhir(mdo: Mdo, ids: Ids) -> list[Json]:
    return [
        {
            "actor": reference("Patient", mdo.patient),
            "required": "optional" if mdo.patient_invited else "information-only",
            "status": "accepted",
        },
        _leader(MEETING_ROLE.concept("VOORZ"), mdo.chair, ids),
        *(
            []
            if mdo.coordinator is None
            else [_leader(TEAM_ROLE.concept(_COORDINATOR), mdo.coordinator, ids)]
        ),
        *(_invitee(invitee, ids) for invitee in mdo.invitees),
        *([] if mdo.naaste is None else [_naaste(mdo.naaste)]),
    ]


def read_participants(root: Element, message: Message) -> Invited:
    patients, chairs, coordinators, invitees, naasten = [], [], [], [], []
    for item in root.children("participant"):
        literal = str(_peek_actor(item).get("reference"))
        if literal.startswith("Patient/"):
            is_invited = item.fixed("required", "information-only", "optional") == "optional"
            item.fixed("status", "accepted")
            patients.append((message.id_of(item.child("actor"), "Patient"), is_invited))
        elif literal.startswith("RelatedPerson/"):
            naasten.append(_read_naaste(item, message))
        elif _has_type(item, MEETING_ROLE.url, "VOORZ"):
            chairs.append(_read_leader(item, MEETING_ROLE.url, "VOORZ", message))
        elif _has_type(item, TEAM_ROLE.url, _COORDINATOR):
            coordinators.append(_read_leader(item, TEAM_ROLE.url, _COORDINATOR, message))
        else:
            invitees.append(_read_invitee(item, message))
    if len(patients) != 1 or len(chairs) != 1 or len(coordinators) > 1 or len(naasten) > 1:
        refuse(
            root.at("participant"),
            "business-rule",
            "Eén patiënt, één voorzitter en hooguit één coördinator en één naaste.",
        )
    patient, is_invited = patients[0]
    return Invited(
        patient=patient,
        patient_invited=is_invited,
        chair=chairs[0],
        coordinator=coordinators[0] if coordinators else None,
        invitees=tuple(invitees),
        naaste=naasten[0] if naasten else None,
    )


# --- writing ----------------------------------------------------------------------------------


def _leader(role: Json, who: StaffKey, ids: Ids) -> Json:
    return {
        "type": [role],
        "actor": staff_reference(ids, who),
        "required": "required",
        "status": "accepted",
    }


def _invitee(invitee: Invitee, ids: Ids) -> Json:
    party = invitee.party
    if party.uzi is None:
        actor: Json = {
            "type": "HealthcareService",
            "identifier": {"system": URA, "value": party.ura},
        }
    else:
        actor = staff_reference(ids, StaffKey(ura=party.ura, uzi=party.uzi))
    involvement = (
        []
        if invitee.involvement is None
        else [extension(_INVOLVEMENT, valueCode=invitee.involvement)]
    )
    return present(
        {
            "extension": [*_invitation(invitee), *involvement],
            "type": [FUNCTION.concept(invitee.function)],
            "actor": actor,
            "required": "optional",
            "status": invitee.response,
        }
    )


def _naaste(naaste: InvitedNaaste) -> Json:
    return present(
        {
            "extension": _invitation(naaste),
            "actor": reference("RelatedPerson", naaste.related_person),
            "required": "optional",
            "status": naaste.response,
        }
    )


def _invitation(invited: Invitee | InvitedNaaste) -> list[Json]:
    number, at = invited.consent, invited.invited_at
    found = [] if number is None else [extension(_CONSENT, valueIdentifier=number.model_dump())]
    return found if at is None else [*found, extension(_INVITED_AT, valueDateTime=at.isoformat())]


# --- reading ----------------------------------------------------------------------------------


def _peek_actor(item: Element) -> Json:
    actor = item.peek("actor")
    return actor if isinstance(actor, dict) else {}


def _has_type(item: Element, system: str, code: str) -> bool:
    types = item.peek("type")
    return isinstance(types, list) and any(
        isinstance(found, dict) and is_coded(Element(found, item.path), system, code)
        for found in types
    )


def _read_leader(item: Element, system: str, code: str, message: Message) -> StaffKey:
    take_fixed_code(item.only("type"), system, code)
    item.fixed("required", "required")
    item.fixed("status", "accepted")
    return message.staff(item.child("actor"))


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
    involvement = item.extension(_INVOLVEMENT)
    return build(
        Invitee,
        item.path,
        party=party,
        function=read_code(item.only("type"), FUNCTION),
        response=item.fixed("status", *_RESPONSES),
        involvement=(
            None
            if involvement is None
            else involvement.fixed("valueCode", *INVITEE_INVOLVEMENT.texts)
        ),
        **_read_invitation(item),
    )


def _read_naaste(item: Element, message: Message) -> InvitedNaaste:
    item.fixed("required", "optional")
    return build(
        InvitedNaaste,
        item.path,
        related_person=message.id_of(item.child("actor"), "RelatedPerson"),
        response=item.fixed("status", *_RESPONSES),
        **_read_invitation(item),
    )


def _read_invitation(item: Element) -> dict[str, object]:
    """On which consent, and when."""
    at = item.extension(_INVITED_AT)
    return {
        "consent": _read_number(item.extension(_CONSENT)),
        "invited_at": None if at is None else at.value("valueDateTime", reader.INSTANT),
    }


def _read_number(found: Element | None) -> Identifier | None:
    if found is None:
        return None
    number = found.child("valueIdentifier")
    return build(
        Identifier,
        number.path,
        system=number.value("system", reader.URI),
        value=number.value("value", reader.LINE),
    )

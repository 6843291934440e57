"""What is talked about with an invented patient, as MESO records: consents, the MDO, the closing.

Wire JSON for `/records/consents`, `/records/mdos` and `/records/closings`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from adapter.fhir.json import Json
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, Member, Organisation, member
from adapter.synthetic.referrals import gp_of, instant
from mappings.toolkit.codes import EndReason

PartnerConsent = Literal["CON-3", "CON-5"]


def consent(
    dossier: Dossier,
    party: Organisation,
    con_type: PartnerConsent,
    at: datetime,
    *,
    refused: bool = False,
    until: datetime | None = None,
) -> Json:
    """One answer about one party. With `until` it lasts to that day, else until closing."""
    nurse = member("dussel")
    found: Json = {
        "identifier": consent_number(dossier, party, con_type, renewed=until is not None),
        "patient": dossier.patient,
        "type": con_type,
        "kind": "refused" if refused else "explicit",
        "status": "rejected" if refused else "active",
        "recordedBy": {"ura": nurse.ura, "uzi": nurse.uzi},
        "givenTo": [MESO.ura],
        "dateTime": instant(at),
        "party": {"ura": party.ura},
        "trajectory": dossier.trajectory,
        "synthetic": True,
    }
    if refused:
        return found
    period = {"start": instant(at)}
    if until is not None:
        period["end"] = until.date().isoformat()
    return {**found, "period": period}


def withdrawal(given: Json, at: datetime) -> Json:
    """The same consent, withdrawn by the patient."""
    return {**given, "status": "inactive", "withdrawal": {"on": instant(at)}}


def consent_number(
    dossier: Dossier, party: Organisation, con_type: str, *, renewed: bool = False
) -> Json:
    """The number of a consent at the MESO practice."""
    again = "-vervolg" if renewed else ""
    value = f"{con_type.lower()}-{dossier.person.number}-{party.key}{again}"
    return {"system": MESO.numbers, "value": value}


def mdo(
    dossier: Dossier, guests: Sequence[tuple[Member, Json | None]], start: datetime, *, n: int = 1
) -> Json:
    """A planned meeting; each guest with the number of the consent it rests on."""
    chair = member("roelvink")
    return {
        "identifier": {"system": MESO.numbers, "value": f"mdo-{dossier.person.number}-{n}"},
        "trajectory": dossier.trajectory,
        "patient": dossier.patient,
        "start": instant(start),
        "end": instant(start + timedelta(minutes=45)),
        "form": "hybrid",
        "organiser": MESO.ura,
        "chair": {"ura": chair.ura, "uzi": chair.uzi},
        "agenda": {
            "ura": MESO.ura,
            "identifier": {"system": MESO.numbers, "value": f"plan-{dossier.person.number}"},
        },
        "invitees": [_invitee(guest, number) for guest, number in guests],
        "synthetic": True,
    }


def held(planned: Json, attended: Sequence[Member], outputs: Json) -> Json:
    """The same meeting after it was held, with its five outputs."""
    return {
        **planned,
        "held": {
            "start": planned["start"],
            "end": planned["end"],
            "attended": [{"ura": who.ura, "uzi": who.uzi} for who in attended],
            "patientAttended": True,
            "outputs": outputs,
        },
    }


def wolderink_outputs() -> Json:
    """What the meeting about mevrouw Wolderink brought."""
    return {
        "shared": ["Benauwdheid komt van vocht, niet van de longen"],
        "goals": ["adem", "staan"],
        "priorities": ["Eerst het vocht, dan de benen"],
        "agreements": ["wegen", "beweegplan", "nieren"],
        "outlook": ["Als het thuis niet meer gaat: eerst de regiehouder bellen"],
    }


def closing(
    dossier: Dossier,
    at: datetime,
    reason: EndReason,
    *,
    successor: Member | None = None,
    going_on: Sequence[str] = (),
) -> Json:
    """The end of a trajectory, decided by the SO; `going_on` are URAs."""
    so = member("roelvink")
    found: Json = {
        "trajectory": dossier.trajectory,
        "endReason": reason,
        "on": instant(at),
        "decidedBy": {"ura": so.ura, "uzi": so.uzi},
        "synthetic": True,
    }
    if going_on:
        found["continuingParties"] = list(going_on)
    if successor is not None:
        found["successor"] = {"ura": successor.ura, "uzi": successor.uzi}
    return found


def gp_guest(dossier: Dossier) -> tuple[Member, None]:
    """The GP, who needs no consent to be invited (R-89)."""
    return gp_of(dossier.person), None


def _invitee(guest: Member, number: Json | None) -> Json:
    found: Json = {"party": {"ura": guest.ura, "uzi": guest.uzi}, "function": guest.role}
    return found if number is None else {**found, "consent": number}

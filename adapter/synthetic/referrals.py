"""Referral records of invented patients, as the GP's system sends them (`POST /records/referrals`).

Wire JSON, not a model: what goes through the door is judged there, not here.
"""

from datetime import datetime
from random import Random
from typing import Final

from adapter.fhir.constants import ICPC
from adapter.fhir.json import Json
from adapter.synthetic.network import MESO, PRACTICES, Member, member
from adapter.synthetic.people import Fate, Person

_GP: Final = ("haverkort", "ottema")  # who refers, by index in PRACTICES
_QUESTIONS: Final = (
    "Wilt u meekijken? De problemen stapelen zich op en wij verliezen het overzicht.",
    "Graag een gezamenlijk plan: thuis wonen lukt nog net, de mantelzorg raakt op.",
    "Wat kan er van de medicatie af, en wat is haalbaar thuis?",
)
_PROBLEMS: Final = (
    ("medical", "Hartfalen met wisselend gewicht", "K77"),
    ("functional", "Valt vaker, durft niet meer alleen naar buiten", None),
    ("psychological", "Vergeetachtig, vooral sinds de zomer", None),
    ("social", "Dochter kan de zorg niet meer alleen aan", None),
    ("nursing", "Neemt medicijnen onregelmatig in", None),
    ("housing", "Slaapkamer boven, trap gaat niet meer veilig", None),
)
_TRIED: Final = (
    "POH-ouderenzorg kwam elke maand langs",
    "Medicatiebeoordeling met de apotheek",
    "Fysiotherapie aan huis, gestopt na zes keer",
)


def gp_of(person: Person) -> Member:
    """The GP of this person's practice."""
    return member(_GP[person.practice])


def referral(person: Person, authored: datetime, rng: Random, *, by: Member | None = None) -> Json:
    """Referral to the MESO practice; by her own GP unless somebody else sends it (`by`)."""
    sender = by or gp_of(person)
    practice = next(party for party in PRACTICES if party.ura == sender.ura)
    number = f"verwijzing-{person.number}"
    refused = person.fate is Fate.NO_ACCESS
    service = "consult" if person.fate is Fate.CONSULT else "trajectory"
    return {
        "identifier": {"system": practice.numbers, "value": number},
        "authoredOn": instant(authored),
        "requestedService": service,
        "steppedCare": "SC-3b" if service == "consult" else "SC-4",
        "referrer": {"ura": sender.ura, "uzi": sender.uzi},
        "receiver": {"ura": MESO.ura},
        "patient": _patient(person, practice.numbers),
        "question": rng.choice(_QUESTIONS),
        "complexity": rng.choice(("multi-domain", "interfering")),
        "homeVisit": True,
        "problems": [
            _problem(f"{number}-p{n}", practice.numbers, found)
            for n, found in enumerate(rng.sample(_PROBLEMS, rng.randrange(2, 5)), start=1)
        ],
        "tried": rng.sample(_TRIED, rng.randrange(1, 3)),
        "priority": "routine",
        "agreement": {
            "agreed": not refused,
            "agreedOn": instant(authored),
            "recordedBy": {"ura": sender.ura, "uzi": sender.uzi},
            "explanationGiven": True,
        },
        "synthetic": True,
    }


def _patient(person: Person, system: str) -> Json:
    found: Json = {
        "identifier": {"system": system, "value": person.number},
        "bsn": person.bsn,
        "family": person.family,
        "given": [person.given],
        "birthDate": person.birth_date.isoformat(),
        "gender": person.gender,
        "address": {
            "street": person.street,
            "houseNumber": person.house_number,
            "postalCode": person.postal_code,
            "city": "Velp",
        },
        "phone": person.phone,
    }
    return found if person.prefix is None else {**found, "prefix": person.prefix}


def _problem(number: str, system: str, problem: tuple[str, str, str | None]) -> Json:
    domain, text, icpc = problem
    found: Json = {
        "identifier": {"system": system, "value": number},
        "domain": domain,
        "text": text,
    }
    return found if icpc is None else {**found, "code": {"system": ICPC, "code": icpc}}


def instant(moment: datetime) -> str:
    """As a record carries it: with its zone, in whole seconds."""
    return moment.isoformat(timespec="seconds")

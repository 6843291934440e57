"""Care plans of invented patients, as the MESO practice's system sends them (`POST /records/plans`).

Wire JSON, not a model: what goes through the door is judged there.
"""

from datetime import datetime, timedelta
from typing import Final

from adapter.fhir.json import Json
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import BUURTWERF, LOPER, MESO, RIETKRAAG, member
from adapter.synthetic.referrals import gp_of, instant

_ACUTE: Final = "32485007"  # ziekenhuisopname
_RESUSCITATION: Final = "89666000"


def wolderink_plan(dossier: Dossier, created: datetime) -> Json:
    """Six actions, one deliberate "not", one scenario, her own voice and two treatment wishes."""
    so, gp = member("roelvink"), gp_of(dossier.person)
    return {
        **_head(dossier, created),
        "title": "Zorgbehandelplan",
        "summary": "Thuis blijven met minder benauwdheid, minder pillen en een rustiger dochter.",
        "problems": [
            {
                "key": "hart",
                "domain": "medical",
                "kind": "action",
                "text": "Hartfalen met wisselend gewicht",
                "rank": 1,
            },
            {
                "key": "vallen",
                "domain": "functional",
                "kind": "action",
                "text": "Valt vaker sinds de zomer",
                "rank": 2,
            },
            {
                "key": "alleen",
                "domain": "social",
                "kind": "action",
                "text": "Komt de deur niet meer uit",
                "rank": 3,
            },
        ],
        "goals": [
            {
                "key": "adem",
                "text": "De trap naar de tuin halen zonder buiten adem te raken",
                "expressedBy": "patient",
                "qualityOfLife": "Zelf de rozen water geven",
                "problems": ["hart"],
                "priority": "high-priority",
            },
            {
                "key": "staan",
                "text": "Niet meer vallen bij het opstaan",
                "expressedBy": "patient",
                "qualityOfLife": "Zelf koffie zetten",
                "problems": ["vallen"],
            },
            {
                "key": "mensen",
                "text": "Weer ergens bij horen",
                "expressedBy": "patient",
                "qualityOfLife": "Een keer in de week aanspraak",
                "problems": ["alleen"],
            },
        ],
        "actions": [
            _action(
                "wegen",
                "Elke ochtend wegen; bellen bij meer dan 2 kilo erbij in drie dagen",
                "Vocht op tijd zien",
                {"ura": RIETKRAAG.ura},
                "adem",
            ),
            _action(
                "medicijnrol",
                "Medicijnen aanreiken uit de rol",
                "Inname gaat nu onregelmatig",
                {"ura": RIETKRAAG.ura},
                "adem",
            ),
            _action(
                "beweegplan",
                "Oefenen met opstaan, lopen met de rollator",
                "Kracht in de benen",
                {"ura": LOPER.ura},
                "staan",
            ),
            _action(
                "pillen",
                "Slaapmiddel afbouwen in vier weken",
                "Slaapmiddel geeft vallen",
                {"ura": so.ura, "uzi": so.uzi},
                "staan",
            ),
            _action(
                "nieren",
                "Elke vier weken bloeddruk en nierfunctie",
                "Plaspil bijstellen",
                {"ura": gp.ura, "uzi": gp.uzi},
                "adem",
            ),
            _action(
                "wandelmaatje",
                "Wandelmaatje zoeken voor de woensdag",
                "Aanspraak en beweging",
                {"ura": BUURTWERF.ura},
                "mensen",
            ),
        ],
        "nots": [
            {
                "key": "geen-poli",
                "what": "Niet opnieuw naar de geheugenpoli",
                "why": "Zij wil het niet en het verandert de zorg niet",
                "concerns": [RIETKRAAG.ura],
            }
        ],
        "scenarios": [
            {
                "key": "dochter",
                "event": "De dochter valt uit",
                "whatToDo": "De Rietkraag komt twee keer per dag; regie belt dezelfde dag",
                "who": [RIETKRAAG.ura],
                "kind": "carer-unavailable",
            }
        ],
        "voice": {
            "key": "voice",
            "text": "Ik wil in mijn eigen huis blijven. Laat mij zelf mijn koffie zetten.",
        },
        "wishes": [
            {"key": "reanimatie", "treatment": _RESUSCITATION, "decision": "do-not"},
            {
                "key": "opname",
                "treatment": _ACUTE,
                "decision": "other",
                "text": "Alleen als het thuis echt niet lukt",
            },
        ],
    }


def short_plan(dossier: Dossier, created: datetime) -> Json:
    """A plan of two actions, one of them for community nursing."""
    so = member("roelvink")
    return {
        **_head(dossier, created),
        "title": "Zorgbehandelplan",
        "summary": "Overzicht terug, één aanspreekpunt, medicatie op orde.",
        "problems": [
            {
                "key": "p1",
                "domain": "nursing",
                "kind": "action",
                "text": "Neemt medicijnen onregelmatig in",
            }
        ],
        "goals": [
            {
                "key": "g1",
                "text": "Medicijnen op tijd, zonder zorgen erover",
                "expressedBy": "patient",
                "qualityOfLife": "Niet meer hoeven twijfelen",
                "problems": ["p1"],
            }
        ],
        "actions": [
            _action("a1", "Medicijnen aanreiken", "Inname bewaken", {"ura": RIETKRAAG.ura}, "g1"),
            _action(
                "a2",
                "Medicatie nalopen met de apotheek",
                "Minder is beter",
                {"ura": so.ura, "uzi": so.uzi},
                "g1",
            ),
        ],
        "voice": {"key": "voice", "text": "Als het maar rustig blijft in huis."},
    }


def _head(dossier: Dossier, created: datetime) -> Json:
    so = member("roelvink")
    return {
        "identifier": {"system": MESO.numbers, "value": f"plan-{dossier.person.number}"},
        "trajectory": dossier.trajectory,
        "referral": dossier.referral,
        "patient": dossier.patient,
        "author": {"ura": so.ura, "uzi": so.uzi},
        "created": instant(created),
        "period": {
            "start": created.date().isoformat(),
            "end": (created + timedelta(days=180)).date().isoformat(),
        },
        "synthetic": True,
    }


def _action(key: str, what: str, why: str, owner: Json, goal: str) -> Json:
    return {"key": key, "what": what, "why": why, "owner": owner, "goals": [goal]}

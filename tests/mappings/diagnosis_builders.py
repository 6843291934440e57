"""Examples of the diagnostic phase: an assessment, and a conversation about wishes."""

from typing import Any

from tests.mappings.builders import DUSSEL, MESO, ROELVINK

Json = dict[str, Any]

SO = {**ROELVINK, "function": "meso-so"}
NURSE = {**DUSSEL, "function": "meso-nurse"}


def component(code: str, **overrides: object) -> Json:
    return {"component": code, "state": "done", "assessors": [SO], **overrides}


def left_out(code: str, reason: str) -> Json:
    return {"component": code, "state": "left-out", "reason": reason}


def assessment(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/onderzoek", "value": "o-12"},
        "trajectory": "e-1",
        "patient": "p-1",
        "author": ROELVINK,
        "period": {"start": "2026-05-18", "end": "2026-05-29"},
        "contacts": [
            {
                "key": "thuis",
                "setting": "home",
                "period": {
                    "start": "2026-05-18T10:00:00+02:00",
                    "end": "2026-05-18T11:30:00+02:00",
                },
                "staff": [DUSSEL],
                "naasten": ["rp-1"],
            },
            {
                "key": "praktijk",
                "setting": "practice",
                "period": {"start": "2026-05-26", "end": "2026-05-26"},
                "staff": [ROELVINK, DUSSEL],
            },
        ],
        "components": [
            component(
                "D1",
                assessors=[NURSE, SO],
                contact="thuis",
                on="2026-05-18",
                finding="Vertelt helder, dochter vult aan over de nachten",
            ),
            component("D1c", assessors=[NURSE], contact="thuis", finding="Tuinierde veertig jaar"),
            component("D2", assessors=[NURSE], contact="thuis", finding="Drempels, losse kleden"),
            component("D3", contact="praktijk", finding="Onzeker bij opstaan"),
            component("D4", contact="praktijk", on="2026-05-26T14:00:00+02:00", finding="Oedeem"),
            left_out("D5", "Geen aanwijzingen, zij wil het nu niet"),
            component("D6", contact="praktijk", sources=["QuestionnaireResponse/qr-1"]),
            component("D7", sources=["Observation/lab-1", "DocumentReference/d-1"]),
            component("D8"),
            component("D9", finding="Slaapmiddel geeft kans op vallen"),
            component("D10", assessors=[NURSE], contact="thuis"),
        ],
        "problems": ["c-1"],
        "findings": [
            {
                "text": "Hartfalen met wisselend gewicht",
                "code": {"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "K77"},
            },
            {"text": "Valt door slaapmiddel en zwakke benen"},
        ],
        "conclusion": "Benauwdheid en vallen hangen samen; winst is thuis te halen.",
        "prognosis": "Langzame achteruitgang, met pieken in de winter",
        "naasteNeeds": [
            {
                "key": "dochter",
                "naaste": "rp-1",
                "text": "Slaapt slecht, wil twee avonden vrij",
                "seenBy": DUSSEL,
            }
        ],
        "synthetic": True,
        **overrides,
    }


def conversation(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/gesprek", "value": "g-4"},
        "trajectory": "e-1",
        "patient": "p-1",
        "author": ROELVINK,
        "heldOn": "2026-05-20T14:00:00+02:00",
        "heldBy": [ROELVINK, DUSSEL],
        "patientPresent": True,
        "naasten": ["rp-1"],
        "representative": "rp-2",
        "limits": [
            {"key": "reanimatie", "treatment": "89666000", "decision": "do-not"},
            {
                "key": "ziekenhuis",
                "treatment": "32485007",
                "decision": "other",
                "text": "Alleen als het thuis echt niet gaat",
            },
            {
                "key": "antibiotica",
                "treatment": "281789004",
                "decision": "do",
                "text": "Als tablet",
                "agreedBy": {"relatedPerson": "rp-2"},
            },
        ],
        "documents": [
            {
                "key": "verklaring",
                "kind": "NR",
                "title": "Verklaring niet reanimeren",
                "signedOn": "2024-03-01",
                "location": "https://wilgenhof.example/documenten/17",
                "text": "Ligt ook in de la van het dressoir",
            },
            {
                "key": "volmacht",
                "kind": "VOL",
                "title": "Volmacht bij de notaris",
                "representative": "rp-2",
            },
        ],
        "goal": {"goal": "713148004", "text": "Minder benauwd zijn, liever dan langer leven"},
        "wishes": [
            {"key": "rozen", "topic": "matters-most", "text": "De rozen zien bloeien"},
            {"key": "zuster", "topic": "care-wish", "text": "Liefst dezelfde gezichten"},
            {"key": "kist", "topic": "non-medical", "text": "De piano gaat naar de kleindochter"},
        ],
        "places": [
            {"key": "zorg", "about": "place-of-care", "place": "264362003"},
            {
                "key": "sterven",
                "about": "place-of-death",
                "place": "284546000",
                "text": "Als de dochter het niet meer redt",
            },
        ],
        "palliativePhase": {"since": "2026-05-20", "markedBy": ROELVINK},
        "nextReview": {"on": "2026-11-20", "owner": {"ura": MESO}},
        "synthetic": True,
        **overrides,
    }

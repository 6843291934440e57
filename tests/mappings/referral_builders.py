"""Example records around a referral and what becomes of it, as the JSON that a sender writes.

All persons are invented; numbers come from the test ranges; everything carries HTEST.
"""

from typing import Any

from tests.mappings.builders import (
    DUSSEL,
    GP,
    HAVERKORT,
    HIS,
    MESO,
    NURSING,
    ROELVINK,
    referral,
)

Json = dict[str, Any]


def full_referral(**overrides: object) -> Json:
    """A referral in which every field says something."""
    return referral(
        **{
            "involved": [
                {"kind": "formal", "party": {"ura": NURSING}, "role": "Wijkverpleging, dagelijks"},
                {"kind": "formal", "name": "Fysiotherapie De Brug"},
                {"kind": "informal", "name": "T. Wolderink", "role": "Dochter, doet boodschappen"},
            ],
            "supplied": [
                {"what": "Medicatieoverzicht van 8 mei 2026"},
                {
                    "what": "Brief van de cardioloog",
                    "document": {"system": f"{HIS}/document", "value": "d-88"},
                },
            ],
            "finance": {
                "insurer": "9991",
                "insurerName": "Zorgverzekeraar Vossendaal",
                "route": "Zorgtraject kwetsbare patiënten",
            },
            "notes": [
                {
                    "text": "Kan op dinsdag niet: dagbesteding.",
                    "author": HAVERKORT,
                    "time": "2026-05-11T09:25:00+02:00",
                }
            ],
            **overrides,
        }
    )


def intake_decision(**overrides: object) -> Json:
    """Taken up as a trajectory by SO and nurse together."""
    return {
        "identifier": {"system": f"{HIS}/opdracht", "value": "o-417"},
        "referral": {"system": f"{HIS}/verwijzing", "value": "2026-0417"},
        "authoredOn": "2026-05-11T09:20:00+02:00",
        "priority": "routine",
        "referrer": HAVERKORT,
        "receiver": MESO,
        "patient": "p-1",
        "bsn": "999900006",
        "progress": {
            "status": "accepted",
            "businessStatus": "trajectory",
            "statusReason": {"text": "Drie domeinen die elkaar beïnvloeden"},
            "executionPeriod": {"start": "2026-05-20"},
            "notes": [
                {
                    "text": "Samen gewogen; huisbezoek eerst door de verpleegkundige.",
                    "author": DUSSEL,
                    "time": "2026-05-14T16:00:00+02:00",
                }
            ],
        },
        "deciders": [
            {"who": ROELVINK, "function": "meso-so"},
            {"who": DUSSEL, "function": "meso-nurse"},
        ],
        "changedOn": "2026-05-15T10:00:00+02:00",
        "trajectory": "e-1",
        "synthetic": True,
        **overrides,
    }


def consult_decision(**overrides: object) -> Json:
    """A one-off consult that ended with its report."""
    return intake_decision(
        **{
            "progress": {"status": "completed", "businessStatus": "consult"},
            "deciders": [{"who": ROELVINK, "function": "meso-so"}],
            "trajectory": None,
            "report": "c-1",
            **overrides,
        }
    )


def rejection(**overrides: object) -> Json:
    """Not taken up, with the step of care that is advised instead."""
    return intake_decision(
        **{
            "progress": {
                "status": "rejected",
                "businessStatus": "not-taken-up",
                "statusReason": {
                    "code": "lighter-help-suffices",
                    "text": "POH en wijkverpleging kunnen dit samen aan",
                    "advisedStep": "SC-2",
                },
            },
            "trajectory": None,
            **overrides,
        }
    )


def coordination_request(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://spoedpost.example/aanvraag", "value": "a-31"},
        "authoredOn": "2026-07-04T22:10:00+02:00",
        "requester": {"ura": "90000006", "uzi": "900000061"},
        "requesterKind": "gp-post",
        "receiver": "90000007",
        "patient": "p-1",
        "care": "short-stay-high",
        "urgency": "urgent",
        "indication": {
            "text": "Heupkneuzing, kan niet staan; dochter is op vakantie",
            "code": {"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "L14"},
        },
        "triage": {
            "outcome": "Geen breuk, geen reden voor het ziekenhuis",
            "by": {"ura": "90000006", "uzi": "900000062"},
            "on": "2026-07-04T21:40:00+02:00",
        },
        "progress": {
            "status": "on-hold",
            "statusReason": {"code": "no-capacity", "text": "Morgen komt een bed vrij"},
            "executionPeriod": {"start": "2026-07-05"},
            "notes": [{"text": "Eén nacht extra wijkverpleging geregeld"}],
        },
        "changedOn": "2026-07-04T23:00:00+02:00",
        "synthetic": True,
        **overrides,
    }


def his_episode(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/his-episode", "value": "h-3"},
        "title": "Praktijk MESO",
        "patient": "p-1",
        "trajectory": "e-1",
        "keeper": GP,
        "author": ROELVINK,
        "authorFunction": "meso-so",
        "started": "2026-05-15T10:00:00+02:00",
        "ended": "2026-11-20T16:00:00+01:00",
        "writtenOn": "2026-06-10T15:00:00+02:00",
        "findings": "Hartfalen NYHA III, ondervoeding.\nDochter overbelast.",
        "advice": "Gewicht & vocht < 1,5 liter per dag volgen.",
        "policy": "Furosemide verhoogd, diëtist ingeschakeld.",
        "synthetic": True,
        **overrides,
    }

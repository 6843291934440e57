"""Example agreements, evidence and log lines, as JSON. Persons and numbers are invented."""

from typing import Any

from tests.mappings.builders import DUSSEL, GP, HAVERKORT, HIS, MESO, NURSING, ROELVINK

Json = dict[str, Any]

OTHER_GP = {"ura": GP, "uzi": "900000012"}
_MESO_NUMBERS = "https://singel.example"


def user_agreement(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{HIS}/overeenkomst", "value": "go-3"},
        "gpPartnership": GP,
        "mesoPractice": MESO,
        "document": "Gebruikersovereenkomst Wilgenhof en MESO, getekend exemplaar",
        "signedOn": "2025-12-15",
        "start": "2026-01-01",
        "synthetic": True,
        **overrides,
    }


def ended_agreement() -> Json:
    return user_agreement(
        expires="2028-12-31",
        durationMonths=6,
        tacitRenewal=False,
        noticeMonths=2,
        notice={"on": "2027-03-01", "by": "gp-partnership"},
        default={"notifiedOn": "2026-03-01", "of": "meso-practice", "repairedOn": "2026-03-20"},
        ends=[
            {"on": "2026-06-01T09:00:00+02:00", "by": "gp-partnership"},
            {"on": "2026-05-01T09:00:00+02:00", "by": HAVERKORT},
        ],
    )


def staff_authorisation(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_MESO_NUMBERS}/machtiging", "value": "ma-21"},
        "staff": ROELVINK,
        "secrecyStatement": "2025-12-01",
        "codeOfConduct": {
            "name": "H. van Roelvink",
            "practice": "MESO-praktijk Singelwaard",
            "employer": NURSING,
            "signedByEmployee": "2025-12-01",
            "signedByEmployer": "2025-12-03",
        },
        "evaluations": ["2026-11-20"],
        "authorisations": [
            {
                "by": HAVERKORT,
                "period": {"start": "2026-01-01", "end": "2026-12-31"},
                "operations": ["consult", "copy", "create-episode", "prescribe"],
                "writtenAddition": "aanvulling 2026-02",
            }
        ],
        "suspensions": [
            {
                "start": "2026-07-01T09:00:00+02:00",
                "end": "2026-07-08T09:00:00+02:00",
                "decidedBy": [HAVERKORT, DUSSEL],
                "reason": "Onderzoek naar een inzage",
            }
        ],
        "synthetic": True,
        **overrides,
    }


def relation(**overrides: object) -> Json:
    return {
        "identifier": {
            "system": "https://mesozorg.example/fhir/NamingSystem/treatment-relation",
            "value": "sr-1",
        },
        "patient": "p-1",
        "practice": MESO,
        "referral": "sr-1",
        "referredBy": HAVERKORT,
        "referredOn": "2026-05-11T09:20:00+02:00",
        "acceptance": {"on": "2026-05-15T10:00:00+02:00", "by": ROELVINK, "trajectory": "e-1"},
        "end": {"on": "2026-11-20T16:00:00+01:00", "reason": "END-1"},
        "synthetic": True,
        **overrides,
    }


def log_entry(**overrides: object) -> Json:
    """A refused search with everything in it; see `his_line` for the rest."""
    return {
        "stream": "read-0",
        "seq": 7,
        "at": "2026-11-24T06:00:00.250Z",
        "request": "req-1",
        "client": "singelwaard-epd",
        "server": "https://meso.example",
        "interaction": "search-type",
        "outcome": "8",
        "status": 404,
        "controls": "TTFF",
        "rule": "R-5",
        "purpose": "TREAT",
        "user": {
            "uzi": ROELVINK["uzi"],
            "staff": "role-so-1",
            "function": "meso-so",
            "name": "H. van Roelvink",
            "code": "HR",
            "policy": "2026-11-24",
        },
        "organisation": MESO,
        "custodian": GP,
        "responsible": {"uzi": ROELVINK["uzi"], "name": "H. van Roelvink", "code": "HR"},
        "patient": "p-1",
        "target": "CarePlan",
        "query": "patient status",
        "relation": "12",
        "consent": "mconsent1/_history/2",
        "detail": "geen toestemming",
        "synthetic": True,
        **overrides,
    }


def his_line(**overrides: object) -> Json:
    """A line of the log of a HIS, opened with the emergency button by a stand-in."""
    return {
        "stream": "his-wilgenhof",
        "seq": 3,
        "at": "2026-11-24T06:00:00.000Z",
        "request": "regel-3",
        "client": "unknown",
        "server": "https://wilgenhof.example/his",
        "interaction": "emergency-open",
        "outcome": "0",
        "emergency": {"reason": "Benauwd, eigen huisarts niet bereikbaar"},
        "user": {"uzi": "900000041", "name": "S. Ottema", "code": "SO"},
        "organisation": "90000008",
        "responsible": {"code": "MH"},
        "patientKey": "pk-7",
        "shown": {"type": "Patient", "id": "p-1", "version": 2},
        "his": {
            "access": "outside",
            "channel": "other-practice",
            "action": "ingezien",
            "screen": "W114",
        },
        "added": [{"system": f"{HIS}/journaal", "value": "j-88"}],
        "synthetic": True,
        **overrides,
    }


def per_abuis_note(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_MESO_NUMBERS}/per-abuis", "value": "pa-2"},
        "patient": "p-9",
        "line": "aread-0-7",
        "by": ROELVINK,
        "initials": "HR",
        "date": "2026-11-24",
        "notedAt": "2026-11-24T06:05:00.000Z",
        "synthetic": True,
        **overrides,
    }

"""What the team records beside plan and meeting, as JSON for the record doors."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, member
from tests.builders.care import NURSE, SO, Care, names

Json = dict[str, Any]
COMPONENTS = ("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10")


def key_of(who: str) -> Json:
    found = member(who)
    return {"ura": found.ura, "uzi": found.uzi}


def number(dossier: Dossier, what: str) -> Json:
    return {"system": MESO.numbers, "value": f"{what}-{dossier.person.number}"}


def related_person(dossier: Dossier, what: str = "dochter", **changes: Any) -> Json:
    """A daughter; nobody's representative unless `representations` says so."""
    return {
        "identifier": number(dossier, what),
        "author": MESO.ura,
        "patient": dossier.patient,
        "family": "Verzonnen",
        "given": ["Janna"],
        "relation": "DAUC",
        "synthetic": True,
        **changes,
    }


def represents(basis: str, start: datetime, end: datetime | None = None) -> Json:
    period = {"start": start.date().isoformat()}
    if end is not None:
        period["end"] = end.date().isoformat()
    return {"basis": basis, "period": period}


def capacity(dossier: Dossier, on: datetime, *, capable: bool = False, **changes: Any) -> Json:
    return {
        "identifier": number(dossier, "wilsbekwaam"),
        "patient": dossier.patient,
        "matter": "data-sharing",
        "capable": capable,
        "assessedOn": on.isoformat(timespec="seconds"),
        "assessedBy": key_of(SO),
        "synthetic": True,
        **changes,
    }


def assessment(dossier: Dossier, on: datetime, **changes: Any) -> Json:
    """By SO and nurse, at home and in the practice."""
    day = on.date().isoformat()
    so, nurse = {**key_of(SO), "function": "meso-so"}, {**key_of(NURSE), "function": "meso-nurse"}
    return {
        "identifier": number(dossier, "onderzoek"),
        "trajectory": dossier.trajectory,
        "patient": dossier.patient,
        "author": key_of(SO),
        "period": {"start": (on - timedelta(days=7)).date().isoformat(), "end": day},
        "contacts": [
            _visit("thuis", "home", day, NURSE),
            _visit("praktijk", "practice", day, SO),
        ],
        "components": [
            {"component": code, "state": "done", "assessors": [nurse if n % 2 else so]}
            for n, code in enumerate(COMPONENTS)
        ],
        "synthetic": True,
        **changes,
    }


def _visit(key: str, setting: str, day: str, who: str) -> Json:
    period = {"start": day, "end": day}
    return {"key": key, "setting": setting, "period": period, "staff": [key_of(who)]}


def conversation(dossier: Dossier, on: datetime, **changes: Any) -> Json:
    return {
        "identifier": number(dossier, "gesprek"),
        "trajectory": dossier.trajectory,
        "patient": dossier.patient,
        "author": key_of(SO),
        "heldOn": on.isoformat(timespec="seconds"),
        "heldBy": [key_of(SO)],
        "patientPresent": True,
        "limits": [{"key": "reanimatie", "treatment": "89666000", "decision": "do-not"}],
        "wishes": [{"key": "rozen", "topic": "matters-most", "text": "De rozen zien bloeien"}],
        "synthetic": True,
        **changes,
    }


def keep_person(care: Care, dossier: Dossier, what: str = "dochter", **changes: Any) -> str:
    """Somebody close, recorded by the nurse; the id of the RelatedPerson."""
    sent = related_person(dossier, what, **changes)
    return _kept(care.doors.post(NURSE, "/records/related-persons", sent), "RelatedPerson")


def keep_capacity(care: Care, dossier: Dossier, **changes: Any) -> str:
    sent = capacity(dossier, care.doors.now(), **changes)
    return _kept(care.doors.post(SO, "/records/capacities", sent), "Observation")


def keep_assessment(care: Care, dossier: Dossier, **changes: Any) -> str:
    sent = assessment(dossier, care.doors.now(), **changes)
    return _kept(care.doors.post(SO, "/records/assessments", sent), "ClinicalImpression")


def keep_conversation(care: Care, dossier: Dossier, **changes: Any) -> str:
    sent = conversation(dossier, care.doors.now(), **changes)
    return _kept(care.doors.post(SO, "/records/advance-care-planning", sent), "Procedure")


def _kept(answer: httpx.Response, type_: str) -> str:
    assert answer.status_code in {200, 201}, answer.text
    return names(answer, type_)[0]


def worklist(care: Care, who: str) -> list[Json]:
    answer = care.doors.get(who, "/records/worklist")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


def warned(answer: httpx.Response) -> set[tuple[str, str]]:
    """(rule, path) of what was worth a look in a 2xx answer."""
    issues = answer.json().get("outcome", {"issue": []})["issue"]
    assert {issue["severity"] for issue in issues} <= {"warning"}
    return {(i["details"]["coding"][0]["code"], i["expression"][0]) for i in issues}

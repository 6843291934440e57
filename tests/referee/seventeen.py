"""Seventeen ways to spoil a CarePlan, by which validators are compared.

A plan as R4 allows it, with actions in place: our own profile forbids those, so it is not claimed.
"""

import copy
from collections.abc import Callable
from typing import Any, Final

from adapter.fhir.constants import htest

Json = dict[str, Any]


def care_plan() -> Json:
    """Valid R4, with the kinds of values that the spoilers need."""
    return {
        "resourceType": "CarePlan",
        "id": "plan",
        "meta": {"security": [htest()]},
        "identifier": [{"system": "https://singel.example/plan", "value": "zbp-31"}],
        "status": "active",
        "intent": "plan",
        "category": [{"coding": [{"system": "http://snomed.info/sct", "code": "734163000"}]}],
        "title": "Zorgbehandelplan",
        "subject": {"reference": "Patient/p-1", "type": "Patient"},
        "period": {"start": "2026-06-01", "end": "2026-12-01"},
        "created": "2026-06-01T15:00:00+02:00",
        "activity": [
            {
                "detail": {
                    "kind": "Task",
                    "status": "in-progress",
                    "doNotPerform": False,
                    "scheduledTiming": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
                    "description": "Elke ochtend wegen",
                }
            }
        ],
        "note": [{"text": "Besproken met de dochter"}],
    }


def _detail(plan: Json) -> Json:
    found: Json = plan["activity"][0]["detail"]
    return found


def _without(node: Json, name: str) -> None:
    del node[name]


SPOILERS: Final[dict[str, Callable[[Json], object]]] = {
    "status buiten de lijst": lambda p: p.update(status="lopend"),
    "status van een actie buiten de lijst": lambda p: _detail(p).update(status="bezig"),
    "geen intent": lambda p: _without(p, "intent"),
    "geen status van een actie": lambda p: _without(_detail(p), "status"),
    "geen subject": lambda p: _without(p, "subject"),
    "datum die niet bestaat": lambda p: p["period"].update(start="2026-02-31"),
    "id met een verboden teken": lambda p: p.update(id="plan_31"),
    "getal als tekst": lambda p: _detail(p)["scheduledTiming"]["repeat"].update(frequency="1"),
    "ja/nee als tekst": lambda p: _detail(p).update(doNotPerform="false"),
    "getal waar tekst hoort": lambda p: p.update(title=7),
    "onbekend element": lambda p: p.update(opmerking="zie dossier"),
    "onbekend element in een actie": lambda p: _detail(p).update(why="kracht"),
    "object waar een lijst hoort": lambda p: p.update(category=p["category"][0]),
    "leeg object": lambda p: p.update(period={}),
    "twee keer scheduled[x]": lambda p: _detail(p).update(scheduledString="elke dag"),
    "verwijzing naar een verkeerd type": lambda p: p.update(
        subject={"reference": "Practitioner/z-1"}
    ),
    "actie met reference en detail (cpl-3)": lambda p: p["activity"][0].update(
        reference={"reference": "Task/t-1"}
    ),
}


def spoiled() -> dict[str, Json]:
    """The mutants by name."""
    found = {}
    for name, spoil in SPOILERS.items():
        plan = copy.deepcopy(care_plan())
        spoil(plan)
        found[name] = plan
    return found

"""Examples of meetings with everything that can be told about them."""

from typing import Any

from tests.mappings import builders
from tests.mappings.builders import DUSSEL, HAVERKORT, NURSING, PHYSIO, ROELVINK

Json = dict[str, Any]


def mdo(**overrides: object) -> Json:
    """The meeting of `builders.mdo()`, held a second time, with who was not there."""
    short = builders.mdo()
    gp, nurse = short["invitees"]
    held = short["held"]
    return {
        **short,
        "referral": "sr-1",
        "sequence": 2,
        "coordinator": DUSSEL,
        "agenda": {**short["agenda"], "version": 3},
        "invitees": [
            {**gp, "involvement": "involved", "invitedAt": "2026-06-03T09:00:00+02:00"},
            {**nurse, "involvement": "to-be-involved"},
            {"party": {"ura": PHYSIO}, "function": "community-nurse", "response": "declined"},
        ],
        "patientInvited": True,
        "naaste": {**short["naaste"], "invitedAt": "2026-06-03T09:05:00+02:00"},
        "indication": "Zij wil zelf vertellen wat zij niet meer wil",
        "consultations": [
            {
                "key": "fysio",
                "who": {"ura": PHYSIO},
                "when": "before",
                "on": "2026-06-09T16:00:00+02:00",
                "by": DUSSEL,
                "note": "Ziet geen bezwaar tegen lopen",
            },
            {
                "key": "zoon",
                "who": {"relatedPerson": "rp-2"},
                "when": "after",
                "on": "2026-06-11T11:00:00+02:00",
                "by": ROELVINK,
            },
        ],
        "held": {
            **held,
            "attended": [
                {
                    **ROELVINK,
                    "start": "2026-06-10T13:05:00+02:00",
                    "end": "2026-06-10T13:50:00+02:00",
                },
                {**HAVERKORT, "start": "2026-06-10T13:20:00+02:00"},
            ],
            "repeatKind": "moral-dilemma",
            "repeatReason": "Insturen of niet bij benauwdheid",
            "outputs": {
                **held["outputs"],
                "scenarios": ["crisis"],
                "wishes": ["Niet meer naar het ziekenhuis"],
            },
            "reports": [
                {"audience": {"ura": NURSING}, "document": "Composition/c-1"},
                {"audience": "patient", "document": "DocumentReference/d-2"},
            ],
        },
        **overrides,
    }


def cancelled(**overrides: object) -> Json:
    """A meeting that was put off before it had a time."""
    return builders.mdo(
        **{
            "status": "cancelled",
            "start": None,
            "end": None,
            "held": None,
            "cancelledBecause": "Opgenomen in het ziekenhuis",
            **overrides,
        }
    )

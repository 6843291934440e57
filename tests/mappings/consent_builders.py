"""Examples of consents beside `builders.consent()`, for what excludes each other."""

from typing import Any

from tests.mappings.builders import GP, HAVERKORT, MESO, NURSING, ROELVINK, WELFARE, consent

Json = dict[str, Any]


def third_party(**overrides: object) -> Json:
    """CON-6, written, with exceptions in exceptions, confirmed with the daughter."""
    return consent(
        **{
            "type": "CON-6",
            "givenTo": [GP, MESO],
            "form": "written",
            "document": {
                "title": "Toestemmingsformulier, blad 2",
                "contentType": "application/pdf",
                "url": "https://singel.example/documenten/77",
                "size": 48213,
                "hash": "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
                "created": "2026-06-02",
            },
            "givenBy": {"relatedPerson": "rp-1"},
            "party": {"ura": NURSING, "uzi": "900000031"},
            "alsoFor": [
                {"kind": "allied-health"},
                {"ura": WELFARE, "uzi": "900000041"},
                {"relatedPerson": "rp-3"},
            ],
            "categories": ["his", "ouderenmodule"],
            "authors": [HAVERKORT],
            "parts": ["Condition/c-9"],
            "dataPeriod": {"start": "2024-01-01"},
            "purposes": ["TREAT", "COC"],
            "exceptions": [
                {
                    "effect": "deny",
                    "categories": ["his"],
                    "dataPeriod": {"start": "2024-01-01", "end": "2024-12-31"},
                    "exceptions": [
                        {
                            "effect": "permit",
                            "parties": [{"ura": NURSING, "role": "community-nurse"}],
                            "actions": ["disclose"],
                            "parts": ["Observation/o-3"],
                            "authors": [{"ura": GP}],
                            "purposes": ["TREAT"],
                            "period": {"start": "2026-06-02", "end": "2026-07-02"},
                        }
                    ],
                },
                {"effect": "deny", "parties": [{"ura": WELFARE}, {"ura": GP, "uzi": "900000012"}]},
                {"effect": "deny", "parties": [{"kind": "welfare"}, {"relatedPerson": "rp-2"}]},
            ],
            "legalBasis": "his-agreement",
            "policies": ["https://wilgenhof.example/privacybeleid"],
            "gpPermission": {
                "document": "DocumentReference/d-7",
                "givenBy": HAVERKORT,
                "on": "2026-06-01",
            },
            "verifications": [
                {
                    "verified": True,
                    "verifiedWith": {"relatedPerson": "rp-1"},
                    "on": "2026-06-05T10:00:00+02:00",
                },
                {"verified": False},
            ],
            **overrides,
        }
    )


def record_actions(**overrides: object) -> Json:
    """CON-2 without prescribing, of a referral, withdrawn later."""
    return consent(
        **{
            "type": "CON-2",
            "status": "inactive",
            "recordedBy": HAVERKORT,
            "givenTo": [GP],
            "form": "written",
            "document": "DocumentReference/d-3",
            "party": {"ura": MESO},
            "actions": ["consult", "copy"],
            "trajectory": None,
            "referral": "sr-1",
            "alignment": None,
            "explanationGiven": True,
            "withdrawal": {
                "on": "2026-07-01",
                "by": {"relatedPerson": "rp-1"},
                "reason": "Wil rust",
                "receivedBy": ROELVINK,
            },
            **overrides,
        }
    )


def not_asked(**overrides: object) -> Json:
    """CON-4 that nobody has asked yet."""
    return consent(
        **{
            "type": "CON-4",
            "kind": "not-asked",
            "status": "proposed",
            "givenBy": None,
            "form": None,
            "party": {"relatedPerson": "rp-1"},
            "period": None,
            "alignment": None,
            **overrides,
        }
    )


def withdrawn(**overrides: object) -> Json:
    """CON-5, withdrawn by the patient herself."""
    return consent(**{"status": "inactive", "withdrawal": {"on": "2026-07-01"}, **overrides})

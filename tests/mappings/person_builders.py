"""Examples of a patient, a naaste and a judgement of capacity, as the JSON that a sender writes."""

from typing import Any

from tests.mappings.builders import DUSSEL, GP, HAVERKORT, MESO, ROELVINK
from tests.mappings.builders import patient as short_patient

Json = dict[str, Any]


def patient(**overrides: object) -> Json:
    """Everything that a GP practice may tell about her."""
    return {
        **short_patient(),
        "prefix": "van",
        "partnerFamily": "Hengel",
        "partnerPrefix": "ter",
        "nameOrder": "NL3",
        "initials": ["J."],
        "callName": "Geesje",
        "practice": GP,
        "generalPractitioner": HAVERKORT,
        "pharmacy": "02009999",
        "identityChecks": [{"document": "identity-card", "on": "2026-05-20", "by": DUSSEL}],
        "living": "private-residence",
        "wlzIndication": True,
        "languages": [{"language": "nl", "preferred": True}, {"language": "ar"}],
        "interpreter": False,
        "communicationNeeds": ["Slechthorend links: ga rechts zitten"],
        "synthetic": True,
        **overrides,
    }


def unqualified(**overrides: object) -> Json:
    """A patient of whose names the sender does not say what they are; she died."""
    return {
        **short_patient(),
        "nameUse": "usual",
        "practice": GP,
        "deceased": "2026-09-30",
        "synthetic": True,
        **overrides,
    }


def daughter(**overrides: object) -> Json:
    """A daughter who cares, represents and needs something herself."""
    return {
        "identifier": {"system": "https://singel.example/naaste", "value": "n-4"},
        "author": MESO,
        "patient": "p-1",
        "family": "Wolderink",
        "given": ["Janna"],
        "relation": "DAUC",
        "roles": ["100001", "01"],
        "tasks": ["Doet de boodschappen", "Gaat mee naar de poli"],
        "phone": "0555-060708",
        "email": "janna@wolderink.example",
        "address": {
            "street": "Bleekweg",
            "houseNumber": "3",
            "postalCode": "6999 ZY",
            "city": "Vossendaal",
        },
        "period": {"start": "2020-02-01"},
        "representations": [
            {
                "basis": "mentorship",
                "rank": 1,
                "period": {"start": "2026-01-15"},
                "evidence": {
                    "text": "Beschikking van de kantonrechter, 15 januari 2026",
                    "seenOn": "2026-05-20",
                    "seenBy": DUSSEL,
                },
            },
            {"basis": "child", "rank": 3, "period": {"start": "1969-07-01"}},
        ],
        "supportNeeds": [
            {
                "key": "nachten",
                "text": "Slaapt slecht sinds zij 's nachts gebeld wordt",
                "observedOn": "2026-05-22",
                "observedBy": DUSSEL,
            }
        ],
        "synthetic": True,
        **overrides,
    }


def capacity(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://singel.example/wilsbekwaamheid", "value": "w-2"},
        "patient": "p-1",
        "matter": "data-sharing",
        "about": "Delen van het plan met de wijkverpleging",
        "capable": False,
        "assessedOn": "2026-05-22T10:30:00+02:00",
        "assessedBy": ROELVINK,
        "reasoning": "Kan niet navertellen wat delen betekent, ook niet na herhalen",
        "synthetic": True,
        **overrides,
    }

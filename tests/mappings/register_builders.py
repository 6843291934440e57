"""Example entries of the register, as the operator writes them. All of it is invented."""

from typing import Any

from tests.mappings.builders import GP, MESO, NURSING, PHYSIO, ROELVINK

Json = dict[str, Any]

FOUNDATION = "90000006"
COOPERATION = "90000007"


def organisation(**overrides: object) -> Json:
    return {
        "ura": MESO,
        "agb": "75000021",
        "name": "MESO-praktijk Singelwaard",
        "kind": "meso",
        "type": "Z3",
        "phone": "0555-040500",
        "email": "praktijk@singelwaard.example",
        "address": {
            "street": "Singel",
            "houseNumber": "8",
            "houseNumberSuffix": "a",
            "postalCode": "6999 ZX",
            "city": "Vossendaal",
        },
        "contact": {
            "family": "Mulderij",
            "prefix": "van",
            "given": ["Joke"],
            "phone": "0555-040501",
            "email": "jvmulderij@singelwaard.example",
        },
        "controller": FOUNDATION,
        "contractingParty": COOPERATION,
        "synthetic": True,
        **overrides,
    }


def practitioner(**overrides: object) -> Json:
    return {
        "uzi": ROELVINK["uzi"],
        "family": "Roelvink",
        "prefix": "van",
        "given": ["Hester"],
        "synthetic": True,
        **overrides,
    }


def network(**overrides: object) -> Json:
    return {
        "identifier": {"system": "https://vossendaal.example/netwerk", "value": "resv-1"},
        "keeper": COOPERATION,
        "name": "Eerstelijnsverband Vossendaal",
        "kind": "resv",
        "scope": "Ouderenzorg in Vossendaal en omliggende dorpen",
        "contact": {"family": "Dorrepaal", "given": ["Ruben"], "phone": "0555-070700"},
        "members": [
            {"ura": GP, "period": {"start": "2024-01-01"}},
            {"ura": NURSING, "period": {"start": "2024-01-01", "end": "2026-12-31"}},
            {"ura": PHYSIO},
        ],
        "synthetic": True,
        **overrides,
    }

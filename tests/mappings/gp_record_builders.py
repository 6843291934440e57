"""Example copies, prescriptions, cases and figures, as JSON. All of it is invented."""

from typing import Any

from adapter.fhir.json import encode
from tests.mappings.builders import DUSSEL, GP, HIS, MESO, ROELVINK

Json = dict[str, Any]

SPECIALIST = {"ura": "90000009", "uzi": "900000091"}
_OWN = "https://singel.example"
_HTEST = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}


def his_condition() -> Json:
    """A Condition as a HIS gives it."""
    clinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    return {
        "resourceType": "Condition",
        "id": "his-con1",
        "meta": {"security": [_HTEST]},
        "clinicalStatus": {"coding": [{"system": clinical, "code": "active"}]},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "K77"}]},
        "subject": {"reference": "Patient/his-1"},
        "recordedDate": "2024-03-01",
    }


def ouderenmodule_copy(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/kopie", "value": "k-5"},
        "patient": "p-1",
        "practice": GP,
        "takenAt": "2026-05-16T08:30:00+02:00",
        "takenBy": DUSSEL,
        "function": "meso-nurse",
        "listVersion": "voorbeeld-1",
        "resources": [
            {
                "address": "https://wilgenhof.example/his/Condition/his-con1",
                "content": encode(his_condition()).decode(),
            }
        ],
        "synthetic": True,
        **overrides,
    }


def copied_item(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/overgenomen", "value": "o-11"},
        "patient": "p-1",
        "kind": "problem",
        "text": "Hartfalen sinds 2024",
        "code": {
            "system": "http://hl7.org/fhir/sid/icpc-1-nl",
            "code": "K77",
            "display": "Hartfalen",
        },
        "source": {
            "practice": GP,
            "identifier": {"system": f"{HIS}/episode", "value": "e-204"},
            "recordedOn": "2024-03-01",
        },
        "copiedBy": DUSSEL,
        "function": "meso-nurse",
        "copiedAt": "2026-05-18T14:00:00+02:00",
        "synthetic": True,
        **overrides,
    }


def copied_measurement() -> Json:
    code = {"system": "http://loinc.org", "code": "29463-7"}
    return copied_item(kind="measurement", text="Lichaamsgewicht", code=code, value="61 kg")


def copied_medication() -> Json:
    code = {"system": "http://www.whocc.no/atc", "code": "C03CA01", "display": "Furosemide"}
    return copied_item(kind="medication", text="Furosemide 40 mg", code=code)


def copied_allergy() -> Json:
    return copied_item(kind="allergy", text="Overgevoelig voor penicilline", code=None)


def prescription(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{HIS}/recept", "value": "rx-77"},
        "practice": GP,
        "patient": "p-1",
        "status": "active",
        "requester": ROELVINK,
        "function": "meso-so",
        "medication": "Furosemide 40 mg",
        "code": {"system": "http://www.whocc.no/atc", "code": "C03CA01", "display": "Furosemide"},
        "dosage": "1 maal per dag 1 tablet",
        "authoredOn": "2026-06-02",
        "actions": ["t-plaspil"],
        "synthetic": True,
        **overrides,
    }


def discrepancy(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/verschil", "value": "v-3"},
        "patient": "p-1",
        "action": "t-plaspil",
        "discrepancy": "started",
        "medication": "Furosemide 40 mg",
        "code": {"system": "http://www.whocc.no/atc", "code": "C03CA01", "display": "Furosemide"},
        "foundOn": "2026-06-03",
        "foundBy": ROELVINK,
        "remark": "In het plan gestart op 1 juni",
        "resolution": {
            "on": "2026-06-04",
            "by": ROELVINK,
            "how": "prescribed",
            "prescription": "mr-77",
        },
        "synthetic": True,
        **overrides,
    }


def anonymous_case(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/casus", "value": "2026-12"},
        "askedBy": ROELVINK,
        "advisor": SPECIALIST,
        "question": "Is afbouwen van de bètablokker verantwoord bij vallen en lage bloeddruk?",
        "facts": [
            {"topic": "age-group", "text": "Vrouw, 80 tot 85 jaar"},
            {"topic": "history", "text": "Hartfalen, M. Parkinson, TIA in 2019"},
            {"topic": "medication", "text": "Metoprolol 50 mg, vitamine D. Daarnaast paracetamol."},
        ],
        "format": "https://singel.example/casusformulier/2",
        "medium": "EMAILWRIT",
        "sentOn": "2026-06-01",
        "session": "2026-06-10",
        "advice": {"text": "In twee stappen afbouwen, pols volgen.", "givenOn": "2026-06-10"},
        "synthetic": True,
        **overrides,
    }


def aggregate(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/cijfers", "value": "2026-1"},
        "practice": MESO,
        "indicator": "end-reasons",
        "start": "2026-01-01",
        "end": "2026-12-31",
        "madeOn": "2027-01-15",
        "gps": 12,
        "permissions": ["toestemming 2026-11 van de maatschap"],
        "protocolVersion": "1.2",
        "cells": [
            {"label": "Plan afgerond, nieuw evenwicht", "count": 61, "of": 88},
            {"label": "Overlijden"},
        ],
        "publications": [{"on": "2027-02-01", "recipient": "Zorgverzekeraar"}],
        "synthetic": True,
        **overrides,
    }

"""The invented record of one patient in her GP's own system, as that system's FHIR source gives it.

https://hl7.org/fhir/R4/condition.html, medicationstatement, allergyintolerance, observation

Every resource carries the HTEST label. Logical ids are the source's own and mean nothing here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from adapter.fhir.constants import BSN, ICPC, LOINC, UCUM, htest
from adapter.fhir.json import Json
from adapter.synthetic.network import PRACTICES
from adapter.synthetic.people import Person

_CLINICAL: Final = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_ALLERGY_CLINICAL: Final = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
_ATC: Final = "http://www.whocc.no/atc"

_EPISODES: Final = (
    ("K77", "Hartfalen"),
    ("K86", "Hypertensie zonder orgaanbeschadiging"),
    ("P70", "Dementie"),
    ("R95", "COPD"),
    ("T90", "Diabetes mellitus type 2"),
    ("L90", "Gonartrose"),
    ("U99", "Nierfunctiestoornis"),
    ("A87", "Vallen"),
    ("P76", "Depressie"),
    ("F92", "Cataract"),
)
_MEDICINES: Final = (
    ("C03CA01", "Furosemide 40 mg", "1 maal per dag 1 tablet"),
    ("C07AB02", "Metoprolol 50 mg met gereguleerde afgifte", "1 maal per dag 1 tablet"),
    ("A10BA02", "Metformine 500 mg", "2 maal per dag 1 tablet"),
    ("N02BE01", "Paracetamol 500 mg", "zo nodig 2 tabletten, hoogstens 3 maal per dag"),
    ("A02BC01", "Omeprazol 20 mg", "1 maal per dag 1 capsule"),
    ("N05CD07", "Temazepam 10 mg", "zo nodig 1 tablet voor de nacht"),
    ("B01AF02", "Apixaban 2,5 mg", "2 maal per dag 1 tablet"),
)
_WITH_ALLERGY: Final = 0.4
_SUBSTANCES: Final = ("Penicilline", "Jodiumhoudend contrastmiddel", "Pleisters")
_MEASUREMENTS: Final = (
    ("29463-7", "Lichaamsgewicht", "kg", 48, 92),
    ("8480-6", "Systolische bloeddruk", "mm[Hg]", 105, 175),
    ("8867-4", "Hartfrequentie", "/min", 55, 98),
)


@dataclass(frozen=True, slots=True)
class _Source:
    """Ids and dates of one record."""

    rng: Random
    today: date
    patient: str

    def head(self, kind: str, n: int) -> Json:
        return {
            "resourceType": kind,
            "id": f"{self.patient}-{kind[:3].lower()}{n}",
            "meta": {"security": [htest()]},
        }

    def day(self, most_days_ago: int) -> str:
        return (self.today - timedelta(days=self.rng.randrange(1, most_days_ago))).isoformat()

    @property
    def subject(self) -> Json:
        return {"reference": f"Patient/{self.patient}", "type": "Patient"}


def gp_record(person: Person, rng: Random, today: date) -> list[Json]:
    """Patient first, then what her GP wrote down."""
    source = _Source(rng, today, f"his-{person.number.lower()}")
    return [
        _patient(person, source),
        *_conditions(source),
        *_medication(source),
        *_allergies(source),
        *_measurements(source),
    ]


def _patient(person: Person, source: _Source) -> Json:
    practice = PRACTICES[person.practice]
    family = " ".join(part for part in (person.prefix, person.family) if part)
    return {
        **source.head("Patient", 0),
        "id": source.patient,
        "identifier": [
            {"system": practice.numbers, "value": person.number},
            {"system": BSN, "value": person.bsn},
        ],
        "name": [{"use": "official", "family": family, "given": [person.given]}],
        "gender": person.gender,
        "birthDate": person.birth_date.isoformat(),
    }


def _conditions(source: _Source) -> Iterator[Json]:
    for n, (code, text) in enumerate(source.rng.sample(_EPISODES, source.rng.randrange(2, 6))):
        yield {
            **source.head("Condition", n),
            "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": "active"}]},
            "code": {"coding": [{"system": ICPC, "code": code, "display": text}], "text": text},
            "subject": source.subject,
            "recordedDate": source.day(3000),
        }


def _medication(source: _Source) -> Iterator[Json]:
    chosen = source.rng.sample(_MEDICINES, source.rng.randrange(2, 7))
    for n, (code, text, dosage) in enumerate(chosen):
        yield {
            **source.head("MedicationStatement", n),
            "status": "active",
            "medicationCodeableConcept": {
                "coding": [{"system": _ATC, "code": code}],
                "text": text,
            },
            "subject": source.subject,
            "effectivePeriod": {"start": source.day(900)},
            "dosage": [{"text": dosage}],
        }


def _allergies(source: _Source) -> Iterator[Json]:
    if source.rng.random() < _WITH_ALLERGY:
        yield {
            **source.head("AllergyIntolerance", 0),
            "clinicalStatus": {"coding": [{"system": _ALLERGY_CLINICAL, "code": "active"}]},
            "code": {"text": source.rng.choice(_SUBSTANCES)},
            "patient": source.subject,
            "recordedDate": source.day(5000),
        }


def _measurements(source: _Source) -> Iterator[Json]:
    for n, (code, text, unit, low, high) in enumerate(_MEASUREMENTS):
        yield {
            **source.head("Observation", n),
            "status": "final",
            "code": {"coding": [{"system": LOINC, "code": code}], "text": text},
            "subject": source.subject,
            "effectiveDateTime": source.day(400),
            "valueQuantity": {
                "value": source.rng.randrange(low, high),
                "unit": unit,
                "system": UCUM,
                "code": unit,
            },
        }

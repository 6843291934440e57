"""The meeting: who is in it, on which consent, and what it brought."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings import mdo as mapping
from mappings import plan_ids
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.mdo import Mdo
from tests.mappings import builders
from tests.mappings.builders import IDS, NURSING, ROELVINK

Json = dict[str, Any]


def record(**overrides: object) -> Mdo:
    return parse_record(Mdo, builders.mdo(**overrides))


def test_a_planned_meeting_is_an_appointment_alone() -> None:
    (appointment,) = mapping.to_fhir(record(held=None), IDS)
    assert appointment["status"] == "booked"


def test_the_patient_is_always_in_the_appointment() -> None:
    appointment = mapping.to_fhir(record(held=None), IDS)[0]
    assert appointment["participant"][0] == {
        "actor": {"reference": "Patient/p-1", "type": "Patient"},
        "required": "information-only",
        "status": "accepted",
    }


def test_an_organisation_is_invited_by_its_service_and_number() -> None:
    appointment = mapping.to_fhir(record(), IDS)[0]
    invited = [p for p in appointment["participant"] if p["actor"]["type"] == "HealthcareService"]
    assert [p["actor"]["identifier"]["value"] for p in invited] == [NURSING]
    assert [p["extension"][0]["valueIdentifier"]["value"] for p in invited] == ["t-6"]


def test_goals_and_agreements_are_those_of_the_plan() -> None:
    plan = parse_record(CarePlan, builders.care_plan())
    names = plan_ids.part_names(plan, IDS)
    encounter = mapping.to_fhir(record(), IDS)[1]
    outputs = encounter["extension"][1]["extension"]
    found = [o["valueReference"]["reference"] for o in outputs if "valueReference" in o]
    assert found == [names["tuin"], names["wegen"], names["bezoek"]]


def test_the_agenda_is_the_plan() -> None:
    plan = parse_record(CarePlan, builders.care_plan())
    appointment = mapping.to_fhir(record(), IDS)[0]
    literal = appointment["supportingInformation"][1]["reference"]
    assert literal == f"CarePlan/{plan_ids.plan_id(plan, IDS)}"


HELD: Json = builders.mdo()["held"]


@pytest.mark.parametrize(
    "overrides",
    [
        {"end": "2026-06-10T13:00:00+02:00"},
        {"invitees": [{"party": ROELVINK, "function": "meso-so"}]},
        {"invitees": [{"party": {"ura": NURSING}, "function": "community-nurse"}] * 2},
        {"naaste": None},
        {"held": {**HELD, "end": HELD["start"]}},
        {"held": {**HELD, "attended": []}},
    ],
)
def test_a_meeting_that_contradicts_itself_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        record(**overrides)


Change = Callable[[Json, Json], Any]
REFUSED: dict[str, tuple[Change, str]] = {
    "no organiser": (lambda a, _: a.pop("extension"), "Appointment.extension"),
    "no agenda": (
        lambda a, _: a["supportingInformation"].pop(),
        "Appointment.supportingInformation",
    ),
    "an agenda of another number": (
        lambda a, _: a["supportingInformation"][1]["identifier"].update(value="zbp-32"),
        "Appointment.supportingInformation[1]",
    ),
    "no patient": (lambda a, _: a["participant"].pop(0), "Appointment.participant"),
    "two people in the chair": (
        lambda a, _: a["participant"].append(a["participant"][1]),
        "Appointment.participant",
    ),
    "booked and held": (lambda a, _: a.update(status="booked"), "Appointment.status"),
    "a participant that is no object": (
        lambda a, _: a["participant"][2].update(actor="x", type=["y"]),
        "Appointment.participant[2].actor",
    ),
    "another number": (
        lambda _, e: e["identifier"][0].update(value="m-8"),
        "Encounter.identifier",
    ),
    "another patient": (
        lambda _, e: e.update(subject={"reference": "Patient/p-2"}),
        "Encounter.subject",
    ),
    "another trajectory": (
        lambda _, e: e.update(episodeOfCare=[{"reference": "EpisodeOfCare/e-2"}]),
        "Encounter.episodeOfCare",
    ),
    "another appointment": (
        lambda _, e: e.update(appointment=[{"reference": "Appointment/a-2"}]),
        "Encounter.appointment",
    ),
    "another organiser": (
        lambda _, e: e.update(
            serviceProvider={"identifier": {"system": builders.URA, "value": NURSING}}
        ),
        "Encounter.serviceProvider",
    ),
    "another way to meet": (lambda _, e: e["class"].update(code="VR"), "Encounter.class.code"),
    "a naaste who was not invited": (
        lambda _, e: e["participant"][2].update(individual={"reference": "RelatedPerson/rp-2"}),
        "Encounter.participant[2].individual",
    ),
    "an expert in the chair": (
        lambda _, e: e["participant"][1].update(type=e["participant"][0]["type"]),
        "Encounter.participant[1].type",
    ),
    "an agreement of another plan": (
        lambda _, e: e["extension"][1]["extension"][3]["valueReference"]["identifier"].update(
            system="https://x.example/y"
        ),
        "Encounter.extension[1].extension[3].valueReference",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused_with_its_path(change: Change, path: str) -> None:
    appointment, encounter = mapping.to_fhir(record(), IDS)
    change(appointment, encounter)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([appointment, encounter], IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


def test_a_second_meeting_keeps_its_reason() -> None:
    again = record(held={**HELD, "repeatReason": "Moreel dilemma", "outputs": {}})
    assert mapping.from_fhir(mapping.to_fhir(again, IDS), IDS) == again

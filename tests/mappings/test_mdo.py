"""The meeting: who is in it, on which consent, and what it brought."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.mdo import mdo as mapping
from mappings.plan import plan_ids
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.mdo import Mdo
from tests.mappings import builders, meeting_builders
from tests.mappings.builders import HAVERKORT, IDS, NURSING, ROELVINK

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


# --- a second time, and who was not there -----------------------------------------------------


def full(**overrides: object) -> Mdo:
    return parse_record(Mdo, meeting_builders.mdo(**overrides))


FULL: Json = meeting_builders.mdo()


def test_the_agenda_names_the_version_that_was_used() -> None:
    appointment = mapping.to_fhir(full(), IDS)[0]
    plan = parse_record(CarePlan, builders.care_plan())
    literal = appointment["supportingInformation"][1]["reference"]
    assert literal == f"CarePlan/{plan_ids.plan_id(plan, IDS)}/_history/3"


@pytest.mark.parametrize(
    ("attended", "profiles"),
    [(True, ["mdo-encounter", "nl-core-Encounter"]), (False, ["mdo-encounter"])],
)
def test_it_is_a_contact_only_when_the_patient_was_there(
    attended: bool, profiles: list[str]
) -> None:
    """Domain decision 20."""
    held = {**FULL["held"], "patientAttended": attended}
    encounter = mapping.to_fhir(full(held=held), IDS)[1]
    claimed = [url.rpartition("/")[2].removeprefix("meso-") for url in encounter["meta"]["profile"]]
    assert claimed == profiles


def test_who_was_not_there_was_spoken_to() -> None:
    """R-102."""
    resources = mapping.to_fhir(full(), IDS)
    assert [r["resourceType"] for r in resources[2:]] == ["Communication", "Communication"]
    assert [r["category"][0]["coding"][0]["code"] for r in resources[2:]] == ["before", "after"]


def test_who_was_neither_there_nor_spoken_to_is_unheard() -> None:
    assert [invitee.party.ura for invitee in full().unheard()] == [NURSING]
    assert full(held=None, sequence=None).unheard() == ()


def test_the_time_that_somebody_was_there_stands_with_her() -> None:
    encounter = mapping.to_fhir(full(), IDS)[1]
    periods = [participant.get("period") for participant in encounter["participant"]]
    assert periods == [
        {"start": "2026-06-10T13:05:00+02:00", "end": "2026-06-10T13:50:00+02:00"},
        {"start": "2026-06-10T13:20:00+02:00"},
        None,
    ]


def test_that_the_gp_is_invited_follows_from_the_invitations() -> None:
    """R-89."""
    assert full().gp_invited
    assert not full(invitees=FULL["invitees"][1:]).gp_invited


def test_a_meeting_without_a_time_is_a_proposal() -> None:
    proposed = record(status="proposed", start=None, end=None, held=None)
    (appointment,) = mapping.to_fhir(proposed, IDS)
    assert appointment["status"] == "proposed"
    assert not {"start", "end"} & appointment.keys()
    assert mapping.from_fhir([appointment], IDS) == proposed


@pytest.mark.parametrize(
    "overrides",
    [
        {"status": "booked", "start": None, "end": None, "held": None},
        {"status": "proposed", "start": None, "held": None},
        {"status": "pending"},
        {"status": "fulfilled"},
        {"status": "booked", "held": None, "cancelledBecause": "Ziek"},
        {"sequence": 0},
        {"sequence": True},
        {"held": {**FULL["held"], "repeatKind": None, "repeatReason": None}},
        {"sequence": None, "held": {**FULL["held"], "repeatReason": None}},
        {"coordinator": HAVERKORT},
        {"consultations": FULL["consultations"][:1] * 2},
        {"agenda": {**FULL["agenda"], "version": 0}},
        {"held": {**FULL["held"], "attended": [{**ROELVINK, "end": HELD["end"]}]}},
        {
            "held": {
                **FULL["held"],
                "attended": [{**ROELVINK, "start": HELD["end"], "end": HELD["start"]}],
            }
        },
    ],
)
def test_a_full_meeting_that_contradicts_itself_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        full(**overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        {"status": "pending", "held": None},
        {"status": "cancelled", "held": None, "cancelledBecause": "Ziek"},
        {"sequence": 1, "held": {**FULL["held"], "repeatKind": None, "repeatReason": None}},
        {"held": {**FULL["held"], "repeatKind": None}},
        {"coordinator": ROELVINK},
        {"agenda": {**FULL["agenda"], "version": None}},
        {"patientInvited": False, "consultations": []},
    ],
)
def test_its_allowed_neighbour_comes_back(overrides: Json) -> None:
    found = full(**overrides)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


FullChange = Callable[[list[Json]], Any]
FULL_REFUSED: dict[str, tuple[FullChange, str]] = {
    "held by status, without a meeting": (lambda r: r.pop(1), "Appointment.status"),
    "two coordinators": (
        lambda r: r[0]["participant"].append(r[0]["participant"][2]),
        "Appointment.participant",
    ),
    "a version that is none": (
        lambda r: r[0]["supportingInformation"][1].update(
            reference=r[0]["supportingInformation"][1]["reference"] + "a"
        ),
        "Appointment.supportingInformation[1].reference",
    ),
    "a sequence in words": (
        lambda r: r[0]["extension"][1].update(valuePositiveInt="2"),
        "Appointment.extension[1].valuePositiveInt",
    ),
    "a status of no meeting": (
        lambda r: r[0].update(status="noshow"),
        "Appointment.status",
    ),
    "another referral": (
        lambda r: r[1].update(basedOn=[{"reference": "ServiceRequest/sr-2"}]),
        "Encounter.basedOn",
    ),
    "a referral that only the planning names": (lambda r: r[1].pop("basedOn"), "Encounter.basedOn"),
    "a reason of no list": (
        lambda r: r[1]["reasonCode"][0]["coding"][0].update(code="gezellig"),
        "Encounter.reasonCode[0].coding[0].code",
    ),
    "a report for nobody": (
        lambda r: r[1]["extension"][2]["extension"].pop(0),
        "Encounter.extension[2].extension",
    ),
    "a conversation about another meeting": (
        lambda r: r[2].update(about=[{"reference": "Appointment/a-2"}]),
        "Communication.about",
    ),
    "a conversation about another patient": (
        lambda r: r[2].update(subject={"reference": "Patient/p-2"}),
        "Communication.subject",
    ),
    "a conversation with a number of its own": (
        lambda r: r[2]["identifier"][0].update(value="c-1"),
        "Communication.identifier",
    ),
    "a conversation that was not held": (
        lambda r: r[2].update(status="not-done"),
        "Communication.status",
    ),
    "a conversation with its content": (
        lambda r: r[2].update(payload=[{"contentString": "alles"}]),
        "Communication.payload",
    ),
    "a conversation during the meeting": (
        lambda r: r[2]["category"][0]["coding"][0].update(code="during"),
        "Communication.category[0].coding[0].code",
    ),
}


@pytest.mark.parametrize(("change", "path"), FULL_REFUSED.values(), ids=FULL_REFUSED.keys())
def test_what_does_not_fit_a_full_meeting_is_refused(change: FullChange, path: str) -> None:
    resources = mapping.to_fhir(full(), IDS)
    change(resources)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(resources, IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]

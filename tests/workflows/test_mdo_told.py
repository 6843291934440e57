"""A meeting with everything that can be told about it, through the door."""

from typing import Any

import pytest

from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import RIETKRAAG, member
from tests.builders.care import SO, Care
from tests.builders.region import places
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("mdo_told")

Json = dict[str, Any]


@pytest.fixture(scope="module")
def care(service: Service) -> Care:
    return service.care


@pytest.fixture
def dossier(care: Care) -> Dossier:
    found = care.taken_up()
    assert care.publish(found).status_code == 201
    return found


def key_of(who: str) -> Json:
    found = member(who)
    return {"ura": found.ura, "uzi": found.uzi}


def told(care: Care, dossier: Dossier) -> Json:
    """Held, with who coordinated and who was spoken to before it."""
    meeting = care.held(dossier)
    spoken = {
        "key": "fysio",
        "who": {"ura": RIETKRAAG.ura},
        "when": "before",
        "on": meeting["start"],
        "by": key_of("dussel"),
    }
    return {**meeting, "coordinator": key_of("dussel"), "consultations": [spoken], "sequence": 1}


def test_who_was_spoken_to_is_kept_beside_the_meeting(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """R-102."""
    answer = service.doors.post(SO, "/records/mdos", told(care, dossier))
    assert answer.status_code == 201, answer.text
    kinds = [name.partition("/")[0] for name in answer.json()["resources"]]
    assert kinds == ["Appointment", "Encounter", "Communication"]


def test_who_coordinates_is_of_the_meso_or_the_gp_practice(
    service: Service, care: Care, dossier: Dossier
) -> None:
    """R-52: nobody else comes without the patient's consent."""
    meeting = {**told(care, dossier), "coordinator": key_of("ait-ouali")}
    answer = service.doors.post(SO, "/records/mdos", meeting)
    assert (answer.status_code, places(answer)) == (422, ["Mdo.coordinator"])


def test_a_meeting_without_a_time_is_kept_as_a_proposal(
    service: Service, care: Care, dossier: Dossier
) -> None:
    planned = care.mdo(dossier) | {"status": "proposed"}
    proposed = {name: value for name, value in planned.items() if name not in {"start", "end"}}
    answer = service.doors.post(SO, "/records/mdos", proposed)
    assert answer.status_code == 201, answer.text

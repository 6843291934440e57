"""Conversations about future care: limits, directives, wishes, and nothing that opens data."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.consent import consent
from mappings.plan import advance_care_planning as mapping
from mappings.records.advance_care_planning import AdvanceCarePlanning
from mappings.records.base import parse_record
from tests.mappings.builders import IDS, NURSING, UZI
from tests.mappings.diagnosis_builders import conversation
from tests.mappings.supplier import own_number

Json = dict[str, Any]
Change = Callable[[dict[str, Json]], object]


def record(**overrides: object) -> AdvanceCarePlanning:
    return parse_record(AdvanceCarePlanning, conversation(**overrides))


def parts() -> dict[str, Json]:
    """The resources, by key; "" is the conversation, "Type key" where a key has two."""
    found: dict[str, Json] = {}
    for resource in mapping.to_fhir(record(), IDS):
        key = resource["identifier"][0]["value"].partition("/")[2]
        found[key if key not in found else f"{resource['resourceType']} {key}"] = resource
    return found


def _changed(group: str, n: int, **values: object) -> Json:
    items = conversation()[group]
    return {group: [{**item, **values} if m == n else item for m, item in enumerate(items)]}


LIMITS = conversation()["limits"]
ALONE = {"naasten": [], "representative": None, "limits": LIMITS[:2]}

REFUSED_RECORDS: dict[str, tuple[Json, Json]] = {
    "another wish without words": (
        _changed("limits", 1, text=None),
        _changed("limits", 1, decision="do", text=None),
    ),
    "two answers about one treatment": (
        _changed("limits", 1, treatment="89666000"),
        _changed("limits", 1, treatment="40617009"),
    ),
    "a limit agreed by a naaste": (
        _changed("limits", 2, agreedBy={"relatedPerson": "rp-1"}),
        _changed("limits", 2, agreedBy="patient"),
    ),
    "a limit agreed by a representative who is not named": (
        {"representative": None},
        {"representative": None, "limits": LIMITS[:2]},
    ),
    "a representative named as naaste too": (
        {"naasten": ["rp-2"]},
        {"naasten": ["rp-3"]},
    ),
    "a conversation with nobody": (
        {**ALONE, "patientPresent": False},
        {**ALONE, "naasten": ["rp-1"], "patientPresent": False},
    ),
    "a conversation by nobody": (
        {"heldBy": []},
        {"heldBy": conversation()["heldBy"][:1]},
    ),
    "two parts with one key": (
        _changed("wishes", 0, key="reanimatie"),
        _changed("wishes", 0, key="reanimatie-2"),
    ),
    "two places to die": (
        _changed("places", 0, about="place-of-death"),
        {"places": conversation()["places"][1:]},
    ),
    "a place as a wish in words": (
        _changed("wishes", 0, topic="place-of-death"),
        _changed("wishes", 0, topic="fear"),
    ),
    "a document at an address that is not safe": (
        _changed("documents", 0, location="http://wilgenhof.example/17"),
        _changed("documents", 0, location=None),
    ),
    "a version that is no number": ({"version": "1"}, {"version": 1}),
}


@pytest.mark.parametrize(("refused", "_"), REFUSED_RECORDS.values(), ids=REFUSED_RECORDS.keys())
def test_a_conversation_that_does_not_hang_together_is_refused(refused: Json, _: Json) -> None:
    with pytest.raises(FhirError):
        record(**refused)


@pytest.mark.parametrize(("_", "allowed"), REFUSED_RECORDS.values(), ids=REFUSED_RECORDS.keys())
def test_its_neighbour_is_taken_and_comes_back(_: Json, allowed: Json) -> None:
    found = record(**allowed)
    again = mapping.from_fhir(mapping.to_fhir(found, IDS), IDS)
    assert again.model_copy(update={"version": found.version}) == found


def test_a_wish_opens_no_data() -> None:
    consents = [r for r in mapping.to_fhir(record(), IDS) if r["resourceType"] == "Consent"]
    assert len(consents) == 5
    for found in consents:
        assert found["scope"]["coding"][0]["code"] in {"treatment", "adr"}
        with pytest.raises(FhirError):
            consent.from_fhir([found], IDS)


def test_admission_to_hospital_is_a_limit_like_another() -> None:
    found = parts()["ziekenhuis"]
    assert found["provision"]["code"][0]["coding"][0]["code"] == "32485007"


def test_a_published_code_stands_beside_our_own() -> None:
    assert [c["code"] for c in parts()["sterven"]["code"]["coding"]] == [
        "place-of-death",
        "395091006",
    ]


def test_our_code_alone_is_enough() -> None:
    found = parts()
    found["sterven"]["code"]["coding"].pop()
    assert mapping.from_fhir(list(found.values()), IDS) == record()


def test_what_is_said_in_one_list_may_come_in_another_order() -> None:
    found = parts()
    links = found[""]["extension"]
    links[1:] = [*links[6:], *links[1:6]]
    assert mapping.from_fhir(list(found.values()), IDS) == record()


def test_a_conversation_may_be_held_outside_a_trajectory() -> None:
    found = record(trajectory=None)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


def _link(kind: str, id_: str) -> Json:
    return {"reference": f"{kind}/{id_}"}


STRANGER = {"identifier": own_number(UZI, "900000031", NURSING)}

REFUSED: dict[str, tuple[Change, str]] = {
    "a part that the conversation does not name": (
        lambda found: found[""]["extension"].pop(),
        "Task",
    ),
    "a part named twice": (
        lambda found: found[""]["extension"].append(found[""]["extension"][1]),
        "Procedure.extension[14]",
    ),
    "a part of another conversation": (
        lambda found: found["rozen"].update(partOf=[_link("Procedure", "x")]),
        "Observation.partOf",
    ),
    "a part about another patient": (
        lambda found: found["reanimatie"].update(patient=_link("Patient", "p-2")),
        "Consent.patient",
    ),
    "a part with a number of another conversation": (
        lambda found: found["reanimatie"]["identifier"][0].update(value="g-5/reanimatie"),
        "Consent.identifier",
    ),
    "a wish of another day": (
        lambda found: found["reanimatie"].update(dateTime="2026-05-21"),
        "Consent.dateTime",
    ),
    "a wish of a professional": (
        lambda found: found["reanimatie"].update(performer=[STRANGER]),
        "Consent.performer[0]",
    ),
    "a wish that is both": (
        lambda found: found["ziekenhuis"]["provision"].update(type="deny"),
        "Consent.provision.type",
    ),
    "a wish that is neither": (
        lambda found: found["reanimatie"]["provision"].pop("type"),
        "Consent.provision.type",
    ),
    "words that are not hers": (
        lambda found: found["rozen"].update(performer=[_link("Patient", "p-2")]),
        "Observation.performer[0]",
    ),
    "a topic of no list": (
        lambda found: found["rozen"]["code"]["coding"].pop(),
        "Observation.code.coding",
    ),
    "a published code that says something else": (
        lambda found: found["sterven"]["code"]["coding"][1].update(code="340171000146104"),
        "Observation.code.coding[1].code",
    ),
    "a place in words alone": (
        lambda found: found["zorg"]["valueCodeableConcept"].pop("coding"),
        "Observation.valueCodeableConcept.coding",
    ),
    "a directive without its document": (
        lambda found: found["volmacht"].pop("sourceReference"),
        "Consent.sourceReference",
    ),
    "a directive with the document of another": (
        lambda found: found["volmacht"].update(
            sourceReference=found["verklaring"]["sourceReference"]
        ),
        "DocumentReference.identifier",
    ),
    "a proxy in another role": (
        lambda found: found["volmacht"]["provision"]["actor"][0]["role"]["coding"][0].update(
            code="CONSENTER"
        ),
        "Consent.provision.actor[0].role.coding[0].code",
    ),
    "a task about another conversation": (
        lambda found: found["next-review"].update(focus=_link("Procedure", "x")),
        "Task.focus",
    ),
    "a task that another asks": (
        lambda found: found["next-review"].update(requester=STRANGER),
        "Task.requester",
    ),
    "two goals": (
        lambda found: (
            found.update(
                second={
                    **found["treatment-goal"],
                    "id": "second",
                    "identifier": [{**found["treatment-goal"]["identifier"][0], "value": "g-4/g2"}],
                }
            ),
            found[""]["extension"].append(
                {**found[""]["extension"][1], "valueReference": _link("Goal", "second")}
            ),
        ),
        "Procedure.extension[14]",
    ),
    "a close person in another role": (
        lambda found: found[""]["performer"][3]["function"]["coding"][0].update(code="coordinator"),
        "Procedure.performer[3].function",
    ),
    "two patients": (
        lambda found: found[""]["performer"].append(found[""]["performer"][2]),
        "Procedure.performer",
    ),
    "another patient": (
        lambda found: found[""]["performer"][2].update(actor=_link("Patient", "p-2")),
        "Procedure.performer[2].actor",
    ),
    "another procedure": (
        lambda found: found[""]["code"]["coding"][0].update(code="71388002"),
        "Procedure.code.coding[0].code",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_a_conversation_in_fhir_that_does_not_fit_is_refused_with_its_path(
    change: Change, path: str
) -> None:
    found = parts()
    change(found)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(list(found.values()), IDS)
    assert caught.value.status == 422
    assert caught.value.issues[0].expression == path

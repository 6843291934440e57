"""The plan: parts as resources of their own, versions, and for whom each part is."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.plan import care_plan as mapping
from mappings.plan import plan_ids
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.toolkit.audience import about_naasten, derive_audience
from tests.mappings import builders, supplier
from tests.mappings.builders import IDS, MESO, NURSING, PHYSIO, WELFARE

Json = dict[str, Any]
CARE = frozenset({MESO, NURSING, PHYSIO})


def record(**overrides: object) -> CarePlan:
    return parse_record(CarePlan, builders.care_plan(**overrides))


def audience(**overrides: object) -> dict[str, set[str]]:
    """By key of the part, "plan" for the frame."""
    plan = record(**overrides)
    names = {name: key for key, name in plan_ids.part_names(plan, IDS).items()}
    found = derive_audience(plan, IDS, CARE)
    return {names.get(name, "plan"): parties for name, parties in found.items()}


def test_the_frame_names_its_parts_and_tells_nothing_of_them() -> None:
    frame, *parts = mapping.to_fhir(record(), IDS)
    assert len(parts) == 14
    assert all(set(activity) == {"reference"} for activity in frame["activity"])
    named = {link["reference"] for link in frame["addresses"] + frame["goal"]}
    named |= {activity["reference"]["reference"] for activity in frame["activity"]}
    named |= {link["reference"] for link in frame["supportingInfo"]}
    base = {"ServiceRequest/sr-1", "ClinicalImpression/ci-1", "Procedure/pr-1"}
    assert {f"{part['resourceType']}/{part['id']}" for part in parts} == named - base


def test_the_number_of_a_part_is_that_of_the_plan_with_its_key() -> None:
    task = next(r for r in mapping.to_fhir(record(), IDS) if r["resourceType"] == "Task")
    assert task["identifier"][0]["value"] == "zbp-31/wegen"
    assert task["id"] == plan_ids.part_id(record(), record().actions[0], IDS)


def test_versions_that_were_seen_are_told_by_resource() -> None:
    raw = builders.care_plan(version=3)
    raw["goals"][0]["version"] = 2
    plan = parse_record(CarePlan, raw)
    assert plan_ids.expected_versions(plan, IDS) == {
        f"CarePlan/{plan_ids.plan_id(plan, IDS)}": 3,
        plan_ids.part_names(plan, IDS)["tuin"]: 2,
    }


def test_versions_of_a_server_come_back_with_the_parts() -> None:
    written = mapping.to_fhir(record(), IDS)
    for n, resource in enumerate(written):
        resource["meta"]["versionId"] = str(n + 1)
    plan = mapping.from_fhir(written, IDS)
    assert plan.version == 1
    assert [part.version for part in plan.parts()] == list(range(2, 16))


def test_a_resource_is_a_part_of_the_plan_whose_number_it_carries() -> None:
    frame, *parts = mapping.to_fhir(record(), IDS)
    assert all(plan_ids.is_part_of(record(), part) for part in parts)
    assert not plan_ids.is_part_of(record(), frame)
    other = {**builders.care_plan()["identifier"], "value": "zbp-3"}
    assert not any(plan_ids.is_part_of(record(identifier=other), part) for part in parts)


def test_a_foreign_version_is_no_version_of_ours() -> None:
    written = mapping.to_fhir(record(), IDS)
    written[0]["meta"]["versionId"] = "abc"
    assert mapping.from_fhir(written, IDS).version is None


def test_an_owner_gets_the_action_with_its_goal_and_problem() -> None:
    found = audience(adjustments=[], nots=[], scenarios=[])
    assert found["wegen"] == {NURSING}
    assert found["tuin"] == found["hartfalen"] == {NURSING, PHYSIO}
    assert found["bezoek"] == found["rust"] == found["mantelzorg"] == {WELFARE}
    assert found["plan"] == {NURSING, PHYSIO, WELFARE}


def test_treatment_wishes_go_to_addressed_care_providers_only() -> None:
    assert audience()["reanimatie"] == {NURSING, PHYSIO}


def test_scenarios_and_nots_go_to_whom_they_name() -> None:
    found = audience()
    assert found["crisis"] == found["geen-opname"] == {NURSING}


def test_a_scenario_that_names_the_social_domain_is_added_by_hand_only() -> None:
    scenario = {"key": "val", "event": "Val", "whatToDo": "Bellen", "who": [WELFARE]}
    assert audience(scenarios=[scenario])["val"] == set()
    adjusted = [{"part": "val", "party": WELFARE, "change": "add"}]
    assert audience(scenarios=[scenario], adjustments=adjusted)["val"] == {WELFARE}


def test_the_voice_is_for_nobody_unless_added() -> None:
    assert audience()["voice"] == set()


def test_a_problem_of_a_naaste_is_for_nobody_whoever_has_the_goal_above_it() -> None:
    found = audience()
    assert found["dochter"] == set()
    assert found["mantelzorg"] == {WELFARE}


def test_a_problem_of_a_naaste_is_given_by_hand_only() -> None:
    adjusted = [{"part": "dochter", "party": WELFARE, "change": "add"}]
    assert audience(adjustments=adjusted)["dochter"] == {WELFARE}


def test_what_tells_of_a_naaste_is_left_out_of_the_copy_of_the_patient() -> None:
    assert about_naasten(record()) == {"dochter"}


def test_what_was_weighed_is_for_nobody_unless_added() -> None:
    assert audience()["plaspil"] == set()


def test_the_so_takes_a_part_away() -> None:
    adjusted = [{"part": "wegen", "party": NURSING, "change": "remove"}]
    found = audience(adjustments=adjusted)
    assert found["wegen"] == set()
    assert NURSING in found["tuin"]


def test_the_frame_is_for_whoever_has_a_part() -> None:
    adjusted = [{"part": "voice", "party": "90000009", "change": "add"}]
    assert "90000009" in audience(adjustments=adjusted)["plan"]


def test_the_authors_own_practice_needs_no_audience() -> None:
    action = {"key": "x", "what": "Bellen", "why": "Vinger aan de pols", "owner": {"ura": MESO}}
    assert audience(actions=[action], tradeOffs=[])["x"] == set()


def _changed(group: str, n: int, **values: object) -> Json:
    """The parts of a group with one of them changed."""
    parts = builders.care_plan()[group]
    return {group: [{**part, **values} if m == n else part for m, part in enumerate(parts)]}


@pytest.mark.parametrize(
    "overrides",
    [
        {"voice": {"key": "tuin", "text": "x"}},
        {"goals": [{**builders.care_plan()["goals"][0], "problems": ["onbekend"]}]},
        {"actions": [{**builders.care_plan()["actions"][0], "goals": ["onbekend"]}]},
        {"adjustments": [{"part": "onbekend", "party": NURSING, "change": "add"}]},
        {"wishes": [{"key": "w", "treatment": "89666000", "decision": "other"}]},
        {"goals": [{**builders.care_plan()["goals"][0], "naaste": "rp-1"}]},
        {"problems": []},
        {"version": True},
        {"version": "1"},
        {"replaces": builders.care_plan()["identifier"]},
        {"wishes": []},
        {"tradeOffs": [{**builders.care_plan()["tradeOffs"][0], "about": ["onbekend"]}]},
        _changed("problems", 0, rank=True),
        _changed("problems", 0, version=True),
        _changed("problems", 1, links=[{"kind": "related", "problem": "mantelzorg"}]),
        _changed("problems", 1, links=[{"kind": "related", "problem": "onbekend"}]),
        _changed("problems", 1, links=[{"kind": "related", "problem": "hartfalen"}] * 2),
        _changed("goals", 0, start="2026-09-02"),
        _changed("actions", 2, purpose="network"),
        _changed("actions", 0, bestFit={"reasons": []}),
        _changed("actions", 0, bestFit={"reasons": ["click", "click"]}),
        {"identifier": {"system": "https://x.example/y", "value": "z" * 201}},
    ],
)
def test_a_plan_that_does_not_hang_together_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        record(**overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        {"version": 1},
        {"replaces": {"system": "https://x.example/y", "value": "1"}},
        _changed("problems", 0, rank=1, version=7),
        _changed("problems", 1, links=[{"kind": "related", "problem": "hartfalen"}]),
        _changed("goals", 0, start="2026-09-01"),
        _changed("goals", 0, target={"measure": "Gewicht"}),
        _changed("actions", 2, purpose="naaste-support"),
        _changed("actions", 0, bestFit={"reasons": ["network"]}),
    ],
)
def test_its_neighbour_that_does_is_taken_and_comes_back(overrides: Json) -> None:
    plan = record(**overrides)
    written = mapping.to_fhir(plan, IDS)
    again = mapping.from_fhir(written, IDS)
    parts = {part.key: part.version for part in plan.parts()}
    assert {part.key for part in again.parts()} == set(parts)
    assert mapping.to_fhir(again, IDS) == written


Change = Callable[[dict[str, Json]], None]


def _link(kind: str, id_: str) -> Json:
    return {"reference": f"{kind}/{id_}"}


REFUSED: dict[str, tuple[Change, str]] = {
    "a part that the frame does not name": (
        lambda parts: parts["plan"]["supportingInfo"].pop(),
        "Observation",
    ),
    "a part named twice": (
        lambda parts: parts["plan"]["goal"].append(parts["plan"]["goal"][0]),
        "Goal",
    ),
    "a part with a number of another plan": (
        lambda parts: parts["tuin"]["identifier"][0].update(value="zbp-32/tuin"),
        "Goal.identifier",
    ),
    "a part about another patient": (
        lambda parts: parts["tuin"].update(subject=_link("Patient", "p-2")),
        "Goal.subject",
    ),
    "a part of another trajectory": (
        lambda parts: parts["voice"]["extension"][0].update(
            valueReference=_link("EpisodeOfCare", "e-2")
        ),
        "Observation.extension[0].valueReference",
    ),
    "a part without its trajectory": (
        lambda parts: parts["voice"].pop("extension"),
        "Observation.extension",
    ),
    "a plan without its trajectory": (
        lambda parts: parts["plan"].pop("extension"),
        "CarePlan.extension",
    ),
    "another team": (
        lambda parts: parts["plan"].update(careTeam=[_link("CareTeam", "other")]),
        "CarePlan.careTeam",
    ),
    "no voice": (
        lambda parts: parts["plan"]["supportingInfo"].pop(4),
        "CarePlan.supportingInfo",
    ),
    "two referrals": (
        lambda parts: parts["plan"]["supportingInfo"].append(_link("ServiceRequest", "sr-2")),
        "CarePlan.supportingInfo[8]",
    ),
    "no category": (lambda parts: parts["plan"].pop("category"), "CarePlan.category"),
    "a goal that addresses no problem of the plan": (
        lambda parts: parts["tuin"].update(addresses=[_link("Condition", "x")]),
        "Goal.addresses[0].reference",
    ),
    "a goal that pertains to a goal that is not in the plan": (
        lambda parts: parts["wegen"]["extension"][0].update(
            valueReference=_link("CarePlan", parts["plan"]["id"])
        ),
        "Task.extension[0].valueReference.reference",
    ),
    "a goal of somebody else": (
        lambda parts: parts["tuin"].update(
            expressedBy={"identifier": supplier.own_number(builders.UZI, "900000031", NURSING)}
        ),
        "Goal.expressedBy",
    ),
    "an action of another plan": (
        lambda parts: parts["wegen"].update(basedOn=[_link("CarePlan", "x")]),
        "Task.basedOn",
    ),
    "an action of another moment": (
        lambda parts: parts["wegen"].update(authoredOn="2026-06-02T15:00:00+02:00"),
        "Task.authoredOn",
    ),
    "an action that another asks": (
        lambda parts: parts["wegen"].update(
            requester={"identifier": supplier.own_number(builders.UZI, "900000031", NURSING)}
        ),
        "Task.requester",
    ),
    "a not that is to be done": (
        lambda parts: parts["geen-opname"].update(doNotPerform=False),
        "ServiceRequest.doNotPerform",
    ),
    "a problem of no domain": (
        lambda parts: parts["hartfalen"]["category"].pop(0),
        "Condition.category",
    ),
    "a wish of somebody else": (
        lambda parts: parts["reanimatie"].update(performer=[_link("Patient", "p-2")]),
        "Consent.performer[0]",
    ),
    "a wish that is both": (
        lambda parts: parts["ziekenhuis"]["provision"].update(type="deny"),
        "Consent.provision.type",
    ),
    "a wish that is neither": (
        lambda parts: parts["reanimatie"]["provision"].pop("type"),
        "Consent.provision.type",
    ),
    "another wish with two texts": (
        lambda parts: parts["ziekenhuis"].update(
            extension=[
                {
                    "url": "http://nictiz.nl/fhir/StructureDefinition/ext-Comment",
                    "valueString": "nog iets",
                }
            ]
        ),
        "Consent.extension[0]",
    ),
    "a plan before it of another practice": (
        lambda parts: parts["plan"]["replaces"][0]["identifier"]["assigner"].update(
            identifier={"system": builders.URA, "value": NURSING}
        ),
        "CarePlan.replaces[0].identifier.assigner",
    ),
    "a plan before it that is not the one of its number": (
        lambda parts: parts["plan"]["replaces"][0]["identifier"].update(value="zbp-13"),
        "CarePlan.replaces[0]",
    ),
    "two plans before it": (
        lambda parts: parts["plan"]["replaces"].append(parts["plan"]["replaces"][0]),
        "CarePlan.replaces[1]",
    ),
    "a rank in words": (
        lambda parts: parts["hartfalen"]["extension"][1].update(valuePositiveInt=True),
        "Condition.extension[1].valuePositiveInt",
    ),
    "a link to a problem that is not in the plan": (
        lambda parts: parts["mantelzorg"]["extension"][2].update(
            valueReference=_link("Condition", "x")
        ),
        "Condition.extension[2].valueReference.reference",
    ),
    "a goal with a value and no measure": (
        lambda parts: [parts["tuin"]["target"][0].pop(x) for x in ("measure", "dueDate")],
        "Goal.target[0].measure",
    ),
    "a goal under a wish that is none": (
        lambda parts: parts["tuin"]["extension"][0].update(
            valueReference=_link("Goal", parts["rust"]["id"])
        ),
        "Goal.extension[0].valueReference.reference",
    ),
    "an action of another kind": (
        lambda parts: parts["wegen"]["code"]["coding"][0].update(code="handover"),
        "Task.code.coding[0].code",
    ),
    "an action that a stranger does": (
        lambda parts: parts["wegen"]["extension"][2].update(
            valueReference=_link("Practitioner", "x")
        ),
        "Task.extension[2].valueReference",
    ),
    "an action about something else than a naaste": (
        lambda parts: parts["bezoek"].update(focus=_link("Device", "x")),
        "Task.focus.reference",
    ),
    "a fit without a reason": (
        lambda parts: [parts["wegen"]["extension"][5]["extension"].pop(0) for _ in range(2)],
        "Task.extension[5].reasons",
    ),
    "a trade-off of somebody else": (
        lambda parts: parts["plaspil"].update(
            performer=[{"identifier": supplier.own_number(builders.UZI, "900000031", NURSING)}]
        ),
        "Observation.performer[0]",
    ),
    "a trade-off without what was decided": (
        lambda parts: parts["plaspil"]["component"].pop(),
        "Observation.component",
    ),
    "a trade-off the other way round": (
        lambda parts: parts["plaspil"]["component"].reverse(),
        "Observation.component[0].code.coding[0].code",
    ),
    "words that are not of the patient": (
        lambda parts: parts["voice"].update(performer=[_link("Patient", "p-2")]),
        "Observation.performer[0]",
    ),
    "an observation of no known part": (
        lambda parts: parts["plaspil"]["code"]["coding"][0].update(code="weighed"),
        "CarePlan.supportingInfo",
    ),
    "half an adjustment": (
        lambda parts: parts["plan"]["extension"][1]["extension"].pop(),
        "CarePlan.extension[1]",
    ),
    "an adjustment of the frame": (
        lambda parts: parts["plan"]["extension"][1]["extension"][0].update(
            valueReference=_link("CarePlan", parts["plan"]["id"])
        ),
        "CarePlan.extension[1].extension[0].valueReference.reference",
    ),
    "two reasons": (
        lambda parts: parts["oefenen"]["statusReason"]["coding"].append(
            parts["oefenen"]["statusReason"]["coding"][0]
        ),
        "Task.statusReason.coding[1]",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_a_plan_in_fhir_that_does_not_fit_is_refused_with_its_path(
    change: Change, path: str
) -> None:
    written = mapping.to_fhir(record(), IDS)
    parts = {r["identifier"][0]["value"].partition("/")[2] or "plan": r for r in written}
    change(parts)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(written, IDS)
    assert caught.value.issues[0].expression == path


def test_a_naaste_who_is_not_recorded_may_voice_a_goal() -> None:
    goal = {**builders.care_plan()["goals"][1], "naaste": None}
    plan = record(goals=[goal], actions=[], adjustments=[], tradeOffs=[])
    assert mapping.from_fhir(mapping.to_fhir(plan, IDS), IDS) == plan


def test_a_category_of_the_field_alone_is_enough_beside_ours() -> None:
    written = mapping.to_fhir(record(), IDS)
    written[0]["category"].pop()
    assert mapping.from_fhir(written, IDS) == record()

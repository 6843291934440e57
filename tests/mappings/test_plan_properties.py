"""Warnings about a plan: each property fires where it is missing, and not on its neighbour."""

from collections.abc import Callable
from typing import Any

import pytest

from mappings.mdo.mdo_warnings import mdo_warnings
from mappings.plan.plan_open import open_actions
from mappings.plan.plan_properties import CONCISE, PROPERTIES, plan_warnings
from mappings.records.assessment import Assessment
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.mdo import Mdo
from tests.mappings import builders, diagnosis_builders
from tests.mappings.builders import NURSING, ROELVINK

Json = dict[str, Any]
Change = Callable[[Json], object]


def good() -> Json:
    """A plan about which nothing is to be said."""
    plan = builders.care_plan()
    for goal in plan["goals"]:
        goal.update(due="2026-09-01", target={"measure": "Hoe vaak het lukt"})
    for action in plan["actions"]:
        action.update(when={"start": "2026-06-02"}, bestFit={"reasons": ["network"]})
    plan["problems"][0]["kind"] = "action"
    plan["actions"].append(
        {
            "key": "pillen",
            "what": "Slaapmiddel afbouwen",
            "why": "Minder vallen",
            "owner": ROELVINK,
            "timing": "In vier weken",
            "goals": ["tuin"],
        }
    )
    return plan


def record(change: Change = lambda plan: None) -> CarePlan:
    plan = good()
    change(plan)
    return parse_record(CarePlan, plan)


def warned(plan: CarePlan, **beside: Any) -> list[tuple[str | None, str]]:
    found = plan_warnings(plan, **beside)
    assert {issue.severity for issue in found} <= {"warning"}
    return [(issue.rule, issue.expression) for issue in found]


def _set(path: str, value: object) -> Change:
    """`goals.0.due` is `plan["goals"][0]["due"]`; None takes it away."""

    def change(plan: Json) -> None:
        node: Any = plan
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in steps:
            node = node[step]
        if value is None:
            del node[last]
        else:
            node[last] = value

    return change


def _all(*changes: Change) -> Change:
    return lambda plan: [change(plan) for change in changes]


def _goals_by(who: str) -> Change:
    return _all(
        *(_set(f"goals.{n}.expressedBy", who) for n in range(2)),
        _set("goals.1.naaste", None),
    )


ALONE = {"key": "x", "what": "Bellen", "why": "Zorg", "owner": ROELVINK, "goals": ["tuin", "rust"]}

# Property, what is changed, where it fires; then the neighbour about which nothing is said.
FIRES: dict[str, tuple[Change, list[tuple[str, str]], Change]] = {
    "P1 no assessment": (
        _set("assessments", []),
        [("P1", "CarePlan.assessments")],
        _set("assessments", ["ci-1", "ci-2"]),
    ),
    "P1 made without her": (
        _set("contributors", [builders.HAVERKORT]),
        [("P1", "CarePlan.contributors")],
        _set("contributors", ["patient"]),
    ),
    "P2 long": (
        _set("summary", "a" * (CONCISE + 1)),
        [("P2", "CarePlan.summary")],
        _set("summary", "a" * CONCISE),
    ),
    "P3 no scenario": (
        _set("scenarios", []),
        [("R-92", "CarePlan.scenarios")],
        _set("scenarios.0.kind", "other"),
    ),
    "P4 a problem under no goal": (
        _all(_set("problems.2.kind", "action"), _set("goals.1.problems", ["mantelzorg"])),
        [("R-92", "CarePlan.problems[2]")],
        _set("goals.1.problems", ["mantelzorg"]),
    ),
    "P5 no links": (
        _all(_set("problems.1.links", []), _set("problems.2.links", [])),
        [("P5", "CarePlan.problems")],
        _set("problems.1.links", []),
    ),
    "P6 no rank": (
        _set("problems.1.rank", None),
        [("R-92", "CarePlan.problems[1].rank")],
        _set("problems.1.rank", 9),
    ),
    "P7 no wishes at all": (
        _all(_set("wishes", []), _set("goals.0.wishes", []), _set("conversations", [])),
        [("R-92", "CarePlan.wishes")],
        _all(_set("wishes", []), _set("goals.0.wishes", [])),
    ),
    "P7 wishes under no goal": (
        _set("goals.0.wishes", []),
        [("R-92", "CarePlan.goals")],
        _set("goals.0.wishes", ["reanimatie"]),
    ),
    "P8 no goal in her words": (
        _goals_by("naaste"),
        [("R-92", "CarePlan.goals")],
        _goals_by("patient"),
    ),
    "P9 no reason": (
        _set("actions.1.why", None),
        [("R-92", "CarePlan.actions[1].why")],
        _set("actions.1.why", "Kracht"),
    ),
    "P9 no goal": (
        _set("actions.1.goals", []),
        [("R-92", "CarePlan.actions[1].goals")],
        _set("actions.1.goals", ["rust"]),
    ),
    "P10 not now, no reason": (
        _set("actions.1.progress", {"status": "on-hold"}),
        [("R-92", "CarePlan.actions[1].progress.statusReason")],
        _set("actions.1.progress", {"status": "ready"}),
    ),
    "P11 no fit": (
        _set("actions.0.bestFit", None),
        [("R-92", "CarePlan.actions[0].bestFit")],
        _all(_set("actions.0.bestFit", None), _set("actions.0.owner", ROELVINK)),
    ),
    "P12 no support": (
        _all(_set("actions.2.naaste", None), _set("actions.2.purpose", "network")),
        [("P12", "CarePlan.problems[2]")],
        _set("actions.2.naaste", None),
    ),
    "P13 a scenario of nobody": (
        _all(_set("scenarios.0.who", []), _set("scenarios.0.naasten", [])),
        [("P13", "CarePlan.scenarios[0].who")],
        _set("scenarios.0.who", []),
    ),
    "P14 a goal without a measure": (
        _set("goals.0.target", None),
        [("R-92", "CarePlan.goals[0].target")],
        _set("goals.0.target", {"measure": "Of het lukt"}),
    ),
    "P14 a goal without a date": (
        _set("goals.1.due", None),
        [("R-92", "CarePlan.goals[1].due")],
        _set("goals.1.due", "2027-01-01"),
    ),
    "P14 an action without a moment": (
        _set("actions.1.when", None),
        [("R-92", "CarePlan.actions[1].when")],
        _all(_set("actions.1.when", None), _set("actions.1.timing", "Wekelijks")),
    ),
    "P15 goals of professionals": (
        _goals_by("professional"),
        [("R-92", "CarePlan.goals"), ("P15", "CarePlan.goals")],
        _set("goals.0.expressedBy", "patient"),
    ),
    "P16 nothing is left": (
        _set("nots", []),
        [("P16", "CarePlan.nots")],
        _set("nots.0.concerns", []),
    ),
    "P17 nobody else": (
        _all(
            _set("actions", [{**ALONE, "timing": "Nu", "purpose": "naaste-support"}]),
            _set("tradeOffs.0.about", []),
        ),
        [("P17", "CarePlan.actions")],
        _all(
            _set(
                "actions",
                [
                    {
                        **ALONE,
                        "timing": "Nu",
                        "purpose": "naaste-support",
                        "performers": [{"name": "De buren"}],
                    }
                ],
            ),
            _set("tradeOffs.0.about", []),
        ),
    ),
    "P18 no trade-off": (
        _set("tradeOffs", []),
        [("P18", "CarePlan.tradeOffs")],
        _set("tradeOffs.0.about", []),
    ),
    "P21 kept from its owner": (
        _set("adjustments", [{"part": "wegen", "party": NURSING, "change": "remove"}]),
        [("P21", "CarePlan.adjustments[0]")],
        _set("adjustments", [{"part": "tuin", "party": NURSING, "change": "remove"}]),
    ),
}


def test_about_a_good_plan_nothing_is_said() -> None:
    assert warned(record()) == []


@pytest.mark.parametrize(("change", "expected", "_"), FIRES.values(), ids=FIRES.keys())
def test_what_is_missing_is_told_with_its_place(
    change: Change, expected: list[tuple[str, str]], _: Change
) -> None:
    assert warned(record(change)) == expected


@pytest.mark.parametrize(("_", "__", "neighbour"), FIRES.values(), ids=FIRES.keys())
def test_its_neighbour_is_left_in_peace(_: Change, __: object, neighbour: Change) -> None:
    assert warned(record(neighbour)) == []


def test_every_property_of_the_table_has_a_case() -> None:
    assert {item.number for item in PROPERTIES} == {name.partition(" ")[0] for name in FIRES}


def test_a_text_begins_with_the_number_of_the_property() -> None:
    found = plan_warnings(record(_all(_set("nots", []), _set("scenarios", []))))
    assert [issue.text.partition(":")[0] for issue in found] == ["P3", "P16"]


# --- R-95 ---------------------------------------------------------------------------------------


def _assessed(**overrides: object) -> Assessment:
    return parse_record(Assessment, diagnosis_builders.assessment(**overrides))


def _components(*, without: str = "", leaving: str = "") -> list[Json]:
    """Components of the example, with one person taken out of it and one component left out."""
    found = []
    for item in diagnosis_builders.assessment()["components"]:
        changed = dict(item)
        if item.get("assessors"):
            kept = [who for who in item["assessors"] if who["function"] != without]
            changed["assessors"] = kept or [
                {**who, "function": "meso-so-trainee"} for who in item["assessors"]
            ]
        if item["component"] == leaving:
            changed = diagnosis_builders.left_out(leaving, "Zij ligt in bed")
        found.append(changed)
    return found


def test_an_assessment_by_both_in_both_places_is_left_in_peace() -> None:
    assert warned(record(), assessments=[_assessed()]) == []


@pytest.mark.parametrize("without", ["meso-so", "meso-nurse"])
def test_an_assessment_by_one_of_the_two_is_told(without: str) -> None:
    found = _assessed(components=_components(without=without))
    assert warned(record(), assessments=[found]) == [("R-95", "CarePlan.assessments")]


def test_an_assessment_in_one_place_is_told_unless_a_reason_is_given() -> None:
    home = diagnosis_builders.assessment()["contacts"][:1]
    components = [
        {name: value for name, value in item.items() if value != "praktijk"}
        for item in _components()
    ]
    found = _assessed(contacts=home, components=components)
    assert warned(record(), assessments=[found]) == [("R-95", "CarePlan.assessments")]
    left = [
        diagnosis_builders.left_out("D3", "Zij ligt in bed") if item["component"] == "D3" else item
        for item in components
    ]
    assert warned(record(), assessments=[_assessed(contacts=home, components=left)]) == []


def test_two_assessments_may_complete_each_other() -> None:
    one = _assessed(components=_components(without="meso-so"))
    other = _assessed(components=_components(without="meso-nurse"))
    assert warned(record(), assessments=[one, other]) == []


def test_a_draft_may_wait_for_the_rest_of_the_assessment() -> None:
    found = _assessed(components=_components(without="meso-so"))
    assert warned(record(_set("status", "draft")), assessments=[found]) == []


# --- R-87 ---------------------------------------------------------------------------------------


def _done(status: str) -> Change:
    return _set("actions.3.progress", {"status": status})


@pytest.mark.parametrize("status", ["completed", "cancelled", "rejected", "failed"])
def test_a_plan_without_open_action_of_the_team_invites_to_close(status: str) -> None:
    assert warned(record(_done(status))) == [("R-87", "CarePlan.actions")]


def test_a_plan_that_is_completed_already_invites_to_nothing() -> None:
    plan = record(_all(_done("completed"), _set("status", "completed")))
    assert warned(plan) == []


@pytest.mark.parametrize(
    ("reason", "status", "expected"),
    [
        ("END-1", "requested", [("R-87", "CarePlan.actions[3]")]),
        ("END-1", "completed", []),
        ("END-5", "requested", []),
    ],
)
def test_closing_as_planned_with_open_actions_of_the_team_is_told(
    reason: str, status: str, expected: list[tuple[str, str]]
) -> None:
    closing = parse_record(Closing, builders.closing("e-1", endReason=reason))
    assert warned(record(_done(status)), closing=closing) == expected


def test_open_actions_are_those_of_everybody_or_of_one() -> None:
    plan = record(_done("completed"))
    assert open_actions(plan) == ("wegen", "oefenen", "bezoek")
    assert open_actions(plan, NURSING) == ("wegen",)
    assert open_actions(plan, plan.author.ura) == ()


# --- R-90, R-91 ---------------------------------------------------------------------------------


def _met(**outputs: object) -> list[tuple[str | None, str]]:
    mdo = builders.mdo()
    mdo["held"]["outputs"].update(outputs)
    found = mdo_warnings(parse_record(Mdo, mdo), record())
    assert {issue.severity for issue in found} <= {"warning"}
    return [(issue.rule, issue.expression) for issue in found]


def test_a_meeting_with_five_outputs_is_left_in_peace() -> None:
    assert _met() == []


@pytest.mark.parametrize("name", ["shared", "goals", "priorities", "agreements", "outlook"])
def test_each_output_that_is_missing_is_told(name: str) -> None:
    assert _met(**{name: []}) == [("R-91", f"Mdo.held.outputs.{name}")]


def test_an_outlook_may_be_a_scenario() -> None:
    assert _met(outlook=[], scenarios=["crisis"]) == []


def test_a_meeting_to_come_has_no_outputs_yet() -> None:
    mdo = parse_record(Mdo, {**builders.mdo(), "held": None})
    assert mdo_warnings(mdo, record()) == []


def test_an_agreement_without_a_moment_is_told() -> None:
    mdo = parse_record(Mdo, builders.mdo())
    found = mdo_warnings(mdo, record(_set("actions.2.when", None)))
    assert [(issue.rule, issue.expression) for issue in found] == [
        ("R-91", "Mdo.held.outputs.agreements[1]")
    ]


def test_a_meeting_about_another_plan_is_told() -> None:
    mdo = builders.mdo()
    mdo["agenda"]["identifier"] = {**mdo["agenda"]["identifier"], "value": "zbp-99"}
    found = mdo_warnings(parse_record(Mdo, mdo), record())
    assert [(issue.rule, issue.expression) for issue in found] == [("R-90", "Mdo.agenda")]

"""The decision against the truth table of access-control 2.3, for all 256 combinations."""

import itertools

import pytest

from adapter.access.decision import Gates, controls, decide

NAMES = ("token", "interaction", "tenant", "role", "deny", "relation", "permit", "break_glass")
# Rows in the order of NAMES: T, F or x (any). The first that matches decides.
TABLE = (
    ("F xxx xxx x", 401, "token"),
    ("T Fxx xxx x", 403, "interaction"),
    ("T TFx xxx x", 404, "tenant"),
    ("T TTF xxx x", 404, "role"),
    ("T TTT Txx F", 404, "deny"),
    ("T TTT Txx T", 404, "deny"),  # by setting; the default is that a deny stays (Q1)
    ("T TTT FTT F", 200, None),
    ("T TTT FTT T", 200, None),
    ("T TTT Fxx T", 200, None),
    ("T TTT FFx F", 404, "relation"),
    ("T TTT FTF F", 404, "permit"),
)
EVERY = list(itertools.product((True, False), repeat=len(NAMES)))


def row_for(facts: tuple[bool, ...]) -> tuple[int, str | None]:
    for pattern, status, failing in TABLE:
        wanted = pattern.replace(" ", "")
        if all(
            want in {"x", "T" if fact else "F"} for want, fact in zip(wanted, facts, strict=True)
        ):
            return status, failing
    raise AssertionError("the table is complete")


def gates(facts: tuple[bool, ...]) -> Gates:
    return Gates(**dict(zip(NAMES, facts, strict=True)))


def test_there_are_256_combinations():
    assert len(set(EVERY)) == 256


@pytest.mark.parametrize("partner", [False, True])
@pytest.mark.parametrize("category", ["", "plan", "his"])
def test_every_combination_is_decided_by_the_first_matching_row(category, partner):
    for facts in EVERY:
        decision = decide(gates(facts), category=category, partner=partner)
        assert (decision.status, decision.failing) == row_for(facts), facts
        assert decision.permits == (decision.status == 200)


@pytest.mark.parametrize("partner", [False, True])
@pytest.mark.parametrize("category", ["", "plan", "his", "ouderenmodule"])
def test_every_refusal_names_a_rule_and_no_permit_does(category, partner):
    for facts in EVERY:
        decision = decide(gates(facts), category=category, partner=partner)
        assert (decision.rule is None) == decision.permits, facts
        assert decision.rule is None or decision.rule.startswith("R"), facts


def test_controls_are_the_four_positions_of_nen_7513():
    for facts in EVERY:
        named = dict(zip(NAMES, facts, strict=True))
        authorised = all(named[name] for name in ("token", "interaction", "tenant", "role"))
        wanted = [
            authorised,
            named["relation"],
            named["permit"] and not named["deny"],
            named["break_glass"],
        ]
        text = "".join("T" if fact else "F" for fact in wanted)
        assert controls(gates(facts)) == text
        assert decide(gates(facts)).controls == text


@pytest.mark.parametrize(
    ("missing", "category", "partner", "rule"),
    [
        ("token", "plan", False, "R-14"),
        ("interaction", "plan", False, "R-12"),
        ("tenant", "plan", False, "R-18"),
        ("role", "plan", False, "R-23"),
        ("role", "plan", True, "R-50"),
        ("relation", "plan", True, "R-1"),
        ("permit", "plan", False, "RI-1"),
        ("permit", "plan", True, "RI-5"),
        ("permit", "his", False, "R-5"),
        ("permit", "ouderenmodule", False, "R-5"),
    ],
)
def test_refusal_names_the_rule_of_its_gate(missing, category, partner, rule):
    facts = {name: name not in {missing, "deny", "break_glass"} for name in NAMES}
    assert decide(Gates(**facts), category=category, partner=partner).rule == rule


def test_deny_names_the_rule_of_refusals():
    facts = {name: name != "break_glass" for name in NAMES}
    assert decide(Gates(**facts)).rule == "R-6"


def test_no_fact_that_is_taken_away_turns_a_refusal_into_a_permit():
    """Every gate but `deny` only ever adds (MON-1 on the combination itself)."""
    for facts in EVERY:
        if decide(gates(facts)).permits:
            continue
        for number, name in enumerate(NAMES):
            less = list(facts)
            less[number] = name == "deny"
            assert not decide(gates(tuple(less))).permits, (facts, name)

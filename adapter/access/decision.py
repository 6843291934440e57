"""The decision: eight yes/no facts in, one answer out.

The facts are read by one statement in the snapshot of the data (`store/gates.py`); this module
only combines them, so that the truth table of access-control 2.3 is the code and `explain` says
what was enforced. A refusal names the rule for the log; the caller hears nothing of it.
"""

from dataclasses import dataclass
from typing import Literal

Gate = Literal["token", "interaction", "tenant", "role", "deny", "relation", "permit"]

# What the log says about a refusal at each gate. Where the data class decides, `_PERMIT_RULES`.
_RULES: dict[Gate, str] = {
    "token": "R-14",
    "interaction": "R-12",
    "tenant": "R-18",
    "role": "R-23",
    "deny": "R-6",
    "relation": "R-1",
    "permit": "RI-1",
}
_PERMIT_RULES = {"his": "R-5", "ouderenmodule": "R-5"}
_PARTNER_RULES: dict[Gate, str] = {"role": "R-50", "permit": "RI-5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """What the database and the request say. `deny` is true when an effective deny matches;
    `role` joins gates 6 (role scope, audience) and 7 (guards); `break_glass` is a valid grant.
    """

    token: bool
    interaction: bool
    tenant: bool
    role: bool
    deny: bool
    relation: bool
    permit: bool
    break_glass: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`status` 200 permits; 401 and 403 are the same for every patient; 404 hides."""

    status: int
    failing: Gate | None
    rule: str | None
    controls: str  # NEN 7513: authorisation, treatment relation, consent, emergency; T or F each

    @property
    def permits(self) -> bool:
        return self.status == 200  # noqa: PLR2004 # HTTP OK


def decide(gates: Gates, *, category: str = "", partner: bool = False) -> Decision:
    """First failing gate decides (access-control 2.3). An explicit deny beats break-glass (Q1)."""
    failing = _first_failing(gates)
    status = {None: 200, "token": 401, "interaction": 403}.get(failing, 404)
    return Decision(
        status=status,
        failing=failing,
        rule=_rule(failing, category, partner) if failing else None,
        controls=controls(gates),
    )


def controls(gates: Gates) -> str:
    """The four positions of the NEN 7513 field `controles`."""
    authorised = gates.token and gates.interaction and gates.tenant and gates.role
    consented = gates.permit and not gates.deny
    return (
        f"{_LETTER[authorised]}{_LETTER[gates.relation]}"
        f"{_LETTER[consented]}{_LETTER[gates.break_glass]}"
    )


_LETTER = {True: "T", False: "F"}


def _first_failing(gates: Gates) -> Gate | None:
    checks: tuple[tuple[Gate, bool], ...] = (
        ("token", gates.token),
        ("interaction", gates.interaction),
        ("tenant", gates.tenant),
        ("role", gates.role),
        ("deny", not gates.deny),
        ("relation", gates.relation or gates.break_glass),
        ("permit", gates.permit or gates.break_glass),
    )
    return next((gate for gate, passes in checks if not passes), None)


def _rule(failing: Gate, category: str, partner: bool) -> str:
    if partner and failing in _PARTNER_RULES:
        return _PARTNER_RULES[failing]
    if failing == "permit" and category in _PERMIT_RULES:
        return _PERMIT_RULES[category]
    return _RULES[failing]

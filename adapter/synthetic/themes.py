"""What care for older people is about: themes with matching problems, goals, actions and scenarios
(`themes.json`), and what people say (`phrases.json`).

Texts hold `{zij}`, `{haar}`, `{hem}` and `{naaste}` for whoever it is about; with a capital where a
sentence begins.
"""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final, Literal

from pydantic import Field

from adapter.synthetic.data import Data, content
from mappings.gp_record.gp_record_codes import Discrepancy
from mappings.letters.letter_codes import DataUseTopic, TransferDestination
from mappings.mdo.mdo_codes import RepeatReason
from mappings.plan.assessment_codes import AssessmentComponent
from mappings.plan.plan_codes import ActionPurpose, FitReason, ScenarioKind
from mappings.referral.coordination_codes import CoordinatedCare
from mappings.toolkit.codes import EndReason, ProblemDomain, StatusReason, SteppedCare

Owner = Literal[
    "so", "nurse", "gp", "poh", "cn", "cm", "physio", "ot", "diet", "psy", "welfare", "social"
]


class Medication(Data):
    """A medicine that an action starts, stops or changes."""

    atc: str
    text: str
    dosage: str
    change: Discrepancy


class ThemeAction(Data):
    """What is done, and which kind of provider does it."""

    what: str
    why: str
    by: Owner
    timing: str
    fit: FitReason
    purpose: ActionPurpose | None = None
    medication: Medication | None = None


class ThemeGoal(Data):
    """A goal in her own words; `why` is what it does for her."""

    text: str
    why: str
    measure: str
    detail: str
    weeks: int
    by: Literal["patient", "naaste"] = "patient"


class ThemeNot(Data):
    """What is deliberately not done."""

    what: str
    why: str


class ThemeScenario(Data):
    """What may come, and who then does what."""

    event: str
    todo: str
    by: tuple[Owner, ...]
    kind: ScenarioKind


class Theme(Data):
    """One theme. `naaste`: the problem is a naaste's. `alone`: she has no partner any more.

    `related` are themes that often lie under it; `code` is ICPC-1-NL with its text.
    """

    key: str
    title: str
    domain: ProblemDomain
    naaste: bool
    alone: bool
    code: tuple[str, str] | None
    related: tuple[str, ...]
    referred: tuple[str, ...]
    question: str
    tried: tuple[str, ...]
    problem: tuple[str, ...]
    examined: Mapping[AssessmentComponent, str]
    goals: tuple[ThemeGoal, ...]
    actions: tuple[ThemeAction, ...]
    not_: ThemeNot = Field(alias="not")
    scenario: ThemeScenario
    weighed: str
    decided: str
    letter: str


class Phrases(Data):
    """What is said that belongs to no theme."""

    voices: tuple[str, ...]
    sketches: tuple[str, ...]
    social: tuple[str, ...]
    conclusions: tuple[str, ...]
    prognoses: tuple[str, ...]
    summaries: tuple[str, ...]
    matters: tuple[str, ...]
    fears: tuple[str, ...]
    care_wishes: tuple[str, ...]
    non_medical: tuple[str, ...]
    limits: tuple[str, ...]
    indications: tuple[str, ...]
    shared: tuple[str, ...]
    outlook: tuple[str, ...]
    wishes_at_meeting: tuple[str, ...]
    repeats: tuple[tuple[RepeatReason, str], ...]
    not_taken_up: tuple[tuple[StatusReason, SteppedCare, str], ...]
    why_trajectory: tuple[str, ...]
    consult_advice: tuple[str, ...]
    refusals: tuple[str, ...]
    withdrawals: tuple[str, ...]
    reasoning: tuple[str, ...]
    needs: tuple[str, ...]
    naaste_tasks: tuple[str, ...]
    communication: tuple[str, ...]
    ends: Mapping[EndReason, str]
    unmet: tuple[str, ...]
    tomorrow: tuple[str, ...]
    transfer_reasons: Mapping[TransferDestination, str]
    emergencies: tuple[str, ...]
    coordination: tuple[tuple[CoordinatedCare, str, str], ...]
    cases: tuple[tuple[str, str, str], ...]
    folder: str
    data_use: tuple[tuple[DataUseTopic, str], ...]


class _Themes(Data):
    themes: tuple[Theme, ...]


@cache
def themes() -> tuple[Theme, ...]:
    return _Themes.model_validate_json(b'{"themes":' + content("themes.json") + b"}").themes


@cache
def phrases() -> Phrases:
    return Phrases.model_validate_json(content("phrases.json"))


def choose_themes(rng: Random, count: int) -> tuple[Theme, ...]:
    """Different themes that hang together where they can: each next one is related to one before
    it more often than not."""
    known = {theme.key: theme for theme in themes()}
    chosen = [rng.choice(themes())]
    while len(chosen) < count:
        near = [known[key] for theme in chosen for key in theme.related]
        pool = near if near and rng.random() < _RELATED else list(themes())
        found = rng.choice(pool)
        if found not in chosen:
            chosen.append(found)
    return tuple(chosen)


_RELATED: Final = 0.7

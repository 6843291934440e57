"""The steps in their order; a step that is not there yet is not in this list."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from adapter.cli.demo import ending, numbers, partners, plan, referral, sync
from adapter.cli.demo.tale import Tale


@dataclass(frozen=True, slots=True)
class Step:
    """Number and title as the story has them."""

    number: str
    title: str
    tell: Callable[[Tale], Awaitable[None]]


STEPS: Final = (
    Step("1", "Verwijzing", referral.refer),
    Step("2", "Weging", referral.weigh),
    Step("3", "Geaccepteerd", referral.accept),
    Step("4", "Wie niet verwezen is", referral.look_around),
    Step("5", "Zorgbehandelplan", plan.publish),
    Step("6", "Toestemmingsgesprek", plan.talk),
    Step("7", "Multidisciplinair overleg (MDO)", plan.meet),
    Step("8", "De wijkverpleging", partners.share),
    Step("9", "Samenspel, het regionale platform", partners.deliver),
    Step("•", "De regio eromheen, in getallen", numbers.live),
    Step("12", "Sync", sync.keep_in_step),
    Step("13", "Afsluiten", ending.close),
    Step("14", "Logcontrole", ending.review),
)


async def tell(tale: Tale, pause: Callable[[], Awaitable[None]]) -> None:
    """Every step; `DemoFailedError` at the first fact that does not hold."""
    for step in STEPS:
        tale.narrator.step(step.number, step.title)
        await step.tell(tale)
        await pause()

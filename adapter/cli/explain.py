"""`meso explain`: would this person see this resource then, and which gate decided?

For the privacy officer and the operator. Shows no clinical data; asking is a line in the log.
"""

from typing import Final

from adapter.access.caller import Caller
from adapter.cli.opening import NotMigratedError, opened
from adapter.cli.output import NOT_IN_ORDER, OK, fail, print_json, say
from adapter.fhir.instant import parse_moment
from adapter.fhir.json import Json
from adapter.fhir.reference import parse_reference
from adapter.settings import Settings
from adapter.store import identity
from adapter.workflows.explain import Question, explain
from adapter.workflows.installation import Installation

_GATES: Final = {
    "interaction": "rol mag deze vraag stellen",
    "tenant": "overeenkomst en machtiging",
    "relation": "behandelrelatie open",
    "permit": "toestemming en afstemming",
    "role": "soort gegeven, geadresseerd",
}


def run(
    resource: str, *, ura: str, uzi: str, role: str, purpose: str, at: str | None, as_json: bool
) -> int:
    """Exit code: 0 = would be shown, 1 = would not."""
    target = parse_reference(resource, "")
    if target is None:
        fail("Noem de resource als Type/id.")
    moment = None if at is None else parse_moment(at)
    if at is not None and moment is None:
        fail("Noem het moment zoals 2026-11-24T12:00:00+01:00.")
    try:
        with opened(Settings()) as installation:
            when = installation.clock() if moment is None else moment.low
            caller = _caller(installation, ura=ura, uzi=uzi, role=role, purpose=purpose, at=when)
            if isinstance(caller, str):
                answer: Json = {"decision": "deny", "firstFailing": "staff", "rule": caller}
            else:
                question = Question(caller=caller, type=target.type, id=target.id, at=when)
                answer = explain(installation, question)
    except NotMigratedError:
        fail("Hier is nog geen installatie. Draai eerst `meso migrate`.")
    if as_json:
        print_json(answer)
    else:
        _show(answer)
    return OK if answer["decision"] == "permit" else NOT_IN_ORDER


def _caller(
    installation: Installation, *, ura: str, uzi: str, role: str, purpose: str, at: int
) -> Caller | str:
    """Who that is, or the rule by which she may not act at all."""
    found = installation.store.read(
        lambda connection: identity.find_staff(connection, ura=ura, person=uzi, role=role, now=at)
    )
    if isinstance(found, str):
        return found
    return Caller(client="-", ura=found.ura, staff=found.id, person=uzi, role=role, purpose=purpose)


def _show(answer: Json) -> None:
    verdict = "wordt getoond" if answer["decision"] == "permit" else "wordt niet getoond"
    rule = f", regel {answer['rule']}" if answer.get("rule") else ""
    say(f"[bold]{answer.get('resource', 'Resource')} {verdict}[/bold]{rule}")
    gates = answer.get("gates")
    if gates is None:
        say("  Deze persoon mag op dat moment niet handelen voor deze organisatie.")
        return
    for name, text in _GATES.items():
        say(f"  {'[green]✓[/green]' if gates[name] else '[red]✗[/red]'} {text}")
    say(f"  {'[red]✗[/red]' if gates['deny'] else '[green]✓[/green]'} niets sluit het uit")

"""`meso demo`: set the stage, tell the story, say what to try next."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import anyio
from rich.console import Console

from adapter.cli.demo.afterwards import leave_examples
from adapter.cli.demo.narrator import DemoFailedError, Narrator
from adapter.cli.demo.peer import PeerToCome, fhir_peer
from adapter.cli.demo.people import assemble
from adapter.cli.demo.proof import prove
from adapter.cli.demo.stage import Server, build_stage
from adapter.cli.demo.story import tell
from adapter.cli.demo.tale import Names, Tale
from adapter.cli.folder import NotOursError, RegionFolder
from adapter.cli.output import NOT_IN_ORDER, OK, busy, fail
from adapter.clients.caller import TokenRefusedError
from adapter.clients.http import NotSentError, OutcomeUnknownError, open_client
from adapter.synthetic.region import DEFAULT_PATIENTS, Region, build_region

_FAST_PATIENTS: Final = 12
_PAUSE_S: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """Everything that is there before the first line is told."""

    narrator: Narrator
    region: Region
    home: RegionFolder
    server: Server
    peer: PeerToCome


def run(folder: Path, *, fast: bool) -> int:
    """Exit code: 0 when every fact held, 1 when one did not."""
    narrator = Narrator(Console())
    today = datetime.now(UTC).date()
    region = build_region(today, patients=_FAST_PATIENTS if fast else DEFAULT_PATIENTS)
    home = RegionFolder(folder)
    started = time.monotonic()
    narrator.open(
        f"MESO-adapter: het verhaal van mevrouw Wolderink (regio {region.name})",
        [
            "Alles hierin is verzonnen (HTEST). De adapter draait als echt proces; elke regel is een",
            "echt verzoek met een echte handtekening, en is nagekeken voordat zij hier staat.",
        ],
    )
    try:
        with build_stage(home, region) as server, fhir_peer(real=not fast) as peer:
            stage = _Stage(narrator=narrator, region=region, home=home, server=server, peer=peer)
            names = anyio.run(_perform, stage, fast)
        prove(narrator, home, region, names)
    except NotOursError:
        fail(f"{folder} bevat iets dat niet door `meso demo` is gemaakt. Kies een andere map.")
    except DemoFailedError as failed:
        return _failed(narrator, failed.where, failed.seen)
    except (TokenRefusedError, NotSentError, OutcomeUnknownError) as error:
        return _failed(narrator, "Geen bruikbaar antwoord van de adapter", type(error).__name__)
    seconds = time.monotonic() - started
    narrator.console.print()
    narrator.console.print(
        f"[bold]{narrator.facts} feiten nagekeken in {seconds:.0f} seconden.[/bold]",
        highlight=False,
    )
    leave_examples(narrator, folder, names, region.today.isoformat())
    return OK


def _failed(narrator: Narrator, where: str, seen: str) -> int:
    narrator.console.print()
    narrator.console.print(f"[red]Anders gelopen dan het verhaal.[/red] {where}", highlight=False)
    narrator.console.print(f"  {seen}", highlight=False, soft_wrap=True)
    return NOT_IN_ORDER


async def _perform(stage: _Stage, fast: bool) -> Names:
    narrator, server = stage.narrator, stage.server
    async with open_client(own_origins=(server.base,)) as http:
        with busy("De adapter start"):
            await server.ready(http)
        tale = Tale(
            narrator=narrator,
            cast=assemble(http, server.base, stage.home),
            region=stage.region,
            server=server,
            peer=stage.peer,
        )
        wait = _PAUSE_S if narrator.console.is_terminal and not fast else 0.0
        await tell(tale, lambda: anyio.sleep(wait))
    return tale.names

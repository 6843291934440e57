"""After the story: the access log adds up, and a line that somebody changed does not."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from adapter.access.caller import Caller
from adapter.cli.demo.narrator import Narrator
from adapter.cli.demo.stage import SERVER_LOG
from adapter.cli.demo.tale import Names
from adapter.cli.folder import RegionFolder
from adapter.cli.opening import opened
from adapter.store import audit_log, audit_proof
from adapter.store.audit_log import LogFilter
from adapter.store.audit_proof import Verification
from adapter.synthetic import network
from adapter.synthetic.region import Region
from adapter.workflows.explain import Question, explain

# A forger's edit: a refusal of the SO's becomes somebody else's, in the file itself.
_BEFORE: Final = b"meso-so-trainee"
_AFTER: Final = b"meso-so-xrainee"


def prove(narrator: Narrator, home: RegionFolder, region: Region, names: Names) -> None:
    """Verify the whole log, then a copy of it with one changed line. The server has stopped."""
    narrator.step("", "Het log nagerekend")
    whole = _verify(home)
    narrator.fact(
        f"Alle {whole.lines} regels van het log sluiten op elkaar aan.",
        "R-70 RI-10",
        holds=whole.lines > 0 and not whole.findings,
        seen=f"{len(whole.findings)} bevindingen",
    )
    _conduit(narrator, home)
    _silence(narrator, home, region)
    _explanation(narrator, home, names)
    with tempfile.TemporaryDirectory() as scratch:
        copy = RegionFolder(Path(scratch) / "kopie")
        shutil.copytree(home.path, copy.path)
        forged = any(_forge(path) for path in sorted((copy.path / "log").glob("*.db")))
        found = _verify(copy)
    narrator.fact(
        "In een kopie verandert iemand achteraf één regel: dat wordt gevonden, met de plaats erbij.",
        "RI-10",
        holds=forged and [finding.first > 0 for finding in found.findings] == [True],
        seen=f"{len(found.findings)} bevindingen",
    )


def _conduit(narrator: Narrator, home: RegionFolder) -> None:
    nurse = network.member("ait-ouali")
    settings = home.settings(base="http://127.0.0.1")
    with opened(settings) as installation:
        wanted = LogFilter(ura=nurse.ura)
        rows = audit_log.read_rows(installation.store, settings.log_dir, wanted)
    through = [row.entry for row in rows if row.entry.client == network.SAMENSPEL.client]
    narrator.fact(
        f"Wat Samenspel doorgaf ({len(through)} regels) staat er met Ait Ouali als persoon,"
        " De Rietkraag als organisatie en Samenspel als software.",
        "RI-7 R-81",
        holds=bool(through) and all(entry.person == nurse.uzi for entry in through),
        seen=f"{len(through)} regels",
    )


def _explanation(narrator: Narrator, home: RegionFolder, names: Names) -> None:
    nurse = network.member("ait-ouali")
    with opened(home.settings(base="http://127.0.0.1")) as installation:
        caller = Caller(
            client=network.RIETKRAAG.client,
            ura=nurse.ura,
            staff=installation.ids.staff(nurse.ura, nurse.uzi),
            person=nurse.uzi,
            role=nurse.role,
            purpose="TREAT",
        )
        why = [
            explain(
                installation, Question(caller=caller, type="Task", id=task, at=installation.clock())
            )
            for task in (names.actions[network.RIETKRAAG.ura], names.actions[network.LOPER.ura])
        ]
    narrator.fact(
        "Waarom zag Ait Ouali haar eigen actie wel en die van de fysiotherapeut niet?"
        f" De uitleg wijst de poort aan ({why[1]['firstFailing']}) en is zelf een regel in het log.",
        "R-81 RI-1",
        holds=[item["decision"] for item in why] == ["permit", "deny"],
        seen=str([item["decision"] for item in why]),
    )


def _silence(narrator: Narrator, home: RegionFolder, region: Region) -> None:
    said = (home.path / SERVER_LOG).read_text(encoding="utf-8")
    named = [one for one in region.patients if one.bsn in said or one.family in said]
    narrator.fact(
        "Het technische log van de server noemt geen enkele naam en geen enkel BSN.",
        "R-37",
        holds=bool(said) and not named,
        seen=f"{len(named)} mensen",
    )


def _verify(home: RegionFolder) -> Verification:
    settings = home.settings(base="http://127.0.0.1")
    with opened(settings) as installation:
        return audit_proof.verify_all(
            installation.store, settings.log_dir, installation.keys.anchors
        )


def _forge(path: Path) -> bool:
    data = path.read_bytes()
    changed = data.replace(_BEFORE, _AFTER, 1)
    path.write_bytes(changed)
    return changed != data

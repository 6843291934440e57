"""What to try next: a script with three calls that work on the region that is left behind."""

import shlex
import sys
from pathlib import Path
from typing import Final

from adapter.cli.demo.narrator import Narrator
from adapter.cli.demo.tale import Names

_SCRIPT: Final = """\
#!/usr/bin/env bash
# Drie vragen aan de adapter, met echte tokens. Start hem eerst in een ander venster:
#   {serve}
# Alles is verzonnen (HTEST).
set -euo pipefail
base="${{MESO_BASE:-http://127.0.0.1:8000}}"
as() {{ {token} --as "$1" --dir {folder} --base "$base" "${{@:2}}"; }}
ask() {{ curl --silent --show-error --fail-with-body "$@"; echo; echo; }}

echo "1. Ait Ouali (wijkverpleging): haar acties in het plan van mevrouw Wolderink"
ask -H "Authorization: Bearer $(as ait-ouali)" \\
    "$base/fhir/Task?patient=Patient/{patient}"

echo "2. Dussel (verpleegkundige MESO): de gedateerde ouderenmodule van wie nog in traject is"
ask -H "Authorization: Bearer $(as dussel)" \\
    "$base/records/gp-record/{open_patient}/ouderenmodule"

echo "3. Brouwhuis (logbeoordelaar): wie wat deed met patienten van De Wilgenhof"
ask -H "Authorization: Bearer $(as brouwhuis --purpose HOPERAT)" \\
    "$base/fhir/AuditEvent?date=ge{today}"
"""


def leave_examples(narrator: Narrator, folder: Path, names: Names, today: str) -> None:
    """Write `curl.sh` into the folder and say how to use it."""
    home = folder.resolve()
    meso = f"{shlex.quote(sys.executable)} -m adapter.cli"
    script = home / "curl.sh"
    text = _SCRIPT.format(
        serve=f"{meso} serve --region {shlex.quote(str(home))}",
        token=f"{meso} token",
        folder=shlex.quote(str(home)),
        patient=names.patient,
        open_patient=names.open_patient,
        today=today,
    )
    script.write_text(text, encoding="utf-8")
    script.chmod(0o700)
    narrator.open(
        "Verder proberen",
        [
            f"meso serve --region {folder}     de adapter en de twee HIS-bronnen, op poort 8000",
            f"bash {folder}/curl.sh             drie vragen met curl, als drie mensen",
            f"meso token --as dussel --dir {folder}   een token om zelf mee te vragen",
        ],
    )

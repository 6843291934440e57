"""The JSON that SUSHI makes of the sources, as it is committed: without snapshots.

A snapshot repeats the parent, which is the same for everybody; with them the JSON is six times as
large. The archive that is installed has them, since tools ask for them.
"""

from pathlib import Path
from typing import Final

from profiles.renew.files import ROOT, Made

FOLDER: Final = Path("profiles/package")
BUILT: Final = Path(".build/profiles/committed")


def committed() -> Made:
    """What the last build made."""
    return {FOLDER / path.name: path.read_bytes() for path in (ROOT / BUILT).glob("*.json")}

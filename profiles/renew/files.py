"""Files that are made: their bytes, and how they get into the working copy."""

import json
from collections.abc import Mapping
from pathlib import Path

from adapter.fhir.json import Json

ROOT = Path(__file__).parents[2]
MARK = "<!-- Made by `make profiles`. Changes here are overwritten. -->"

Made = Mapping[Path, bytes]  # path below the root of the repository


def as_json(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def differences(made: Made, present: Made) -> list[str]:
    """What would change, one line per file."""
    lost = [f"no longer made: {path}" for path in present.keys() - made.keys()]
    new = [f"missing: {path}" for path in made.keys() - present.keys()]
    both = made.keys() & present.keys()
    return sorted([*lost, *new, *(f"differs: {p}" for p in both if made[p] != present[p])])


def tree(folder: Path) -> dict[Path, bytes]:
    """Everything below a folder of ours."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT): path.read_bytes() for path in files}


def marked_pages(folder: Path) -> dict[Path, bytes]:
    """The pages of a folder that we made; others may stand beside them."""
    return {
        path: body
        for path, body in tree(folder).items()
        if path.suffix == ".md" and body.startswith(MARK.encode())
    }


def replace(made: Made, present: Made) -> list[str]:
    """Write what differs and remove what is not made any more; what was done, one line each."""
    done = differences(made, present)
    for path in present.keys() - made.keys():
        (ROOT / path).unlink()
    for path, body in made.items():
        if present.get(path) != body:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_bytes(body)
    return done

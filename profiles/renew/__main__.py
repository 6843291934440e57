"""`python -m profiles.renew [--check]`: derived files, the package's JSON, the pages.

Exit codes: 0 up to date or written; 1 something differs (`--check`); else those of `build.mjs`.
"""

import subprocess
import sys

from profiles.renew import derived, package, pages
from profiles.renew.files import ROOT, Made, differences, marked_pages, replace, tree


def main(*, check: bool) -> int:
    found = _settle(derived.derived(), tree(derived.FOLDER), check=check)
    built = subprocess.run(["node", str(ROOT / "profiles" / "build.mjs")], check=False)  # noqa: S603, S607 # our own script, by the node of the path
    if built.returncode != 0:
        return built.returncode
    found += _settle(package.committed(), tree(package.FOLDER), check=check)
    found += _settle(pages.pages(), marked_pages(pages.FOLDER), check=check)
    if check:
        print(*found, sep="\n")  # noqa: T201 # a command prints
        print(f"profiles: {len(found)} files to renew: run `make profiles`.")  # noqa: T201
    else:
        print(f"profiles: {len(found)} files renewed in profiles/ and docs/profiles/")  # noqa: T201
    return 1 if check and found else 0


def _settle(made: Made, present: Made, *, check: bool) -> list[str]:
    """What differs; without `check` it does not any more."""
    return differences(made, present) if check else replace(made, present)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))

"""Load from a process of its own: wrk where it is installed (`make bench` installs it), pinned to
the other core. The requests are written to a Lua file; wrk counts what was not expected.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
_WRONG = re.compile(r"WRONG (\d+)")
_P50 = re.compile(r"50%\s+([0-9.]+)(us|ms|s)")
_UNIT = {"us": 1.0, "ms": 1000.0, "s": 1_000_000.0}
CLIENT_CORE = "1"
SERVER_CORE = "0"


@dataclass(frozen=True, slots=True)
class Load:
    """Requests per second, median latency in microseconds, answers that were not expected."""

    rate: float
    p50_us: float
    wrong: int


def require_wrk() -> str:
    """Path of wrk; installed from the system's packages when it is missing and we may."""
    if shutil.which("wrk") is None and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "wrk"], check=False, stdout=subprocess.DEVNULL
        )
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("make bench needs wrk (Debian package wrk)")
    return found


def write_script(path: Path, requests: list[tuple[str, str, int]]) -> Path:
    """Lua that walks through (path, token, expected status) from a random place."""
    data = path.with_suffix(".txt")
    data.write_text("".join(f"{p} {t} {s}\n" for p, t, s in requests))
    path.write_text(
        "local threads = {}\n"
        "function setup(thread) table.insert(threads, thread) end\n"
        "function init(args)\n"
        "  all = {}\n"
        f'  for line in io.lines("{data}") do\n'
        '    local p, t = line:match("(%S+) (%S+)")\n'
        '    all[#all + 1] = wrk.format("GET", p, {["Authorization"] = "Bearer " .. t})\n'
        "  end\n"
        "  wrong = 0; math.randomseed(os.time()); at = math.random(#all)\n"
        "end\n"
        "function request()\n"
        "  at = at % #all + 1\n"
        "  return all[at]\n"
        "end\n"
        "function response(status, headers, body)\n"
        "  if status ~= 200 and status ~= 404 then wrong = wrong + 1 end\n"
        "end\n"
        "function done(summary, latency, requests)\n"
        "  local n = 0\n"
        '  for _, t in ipairs(threads) do n = n + (t:get("wrong") or 0) end\n'
        '  print("WRONG " .. n)\n'
        "end\n"
    )
    return path


def drive(base: str, script: Path | None, *, connections: int, seconds: int) -> Load:
    """One round of load against `base`."""
    command = ["taskset", "-c", CLIENT_CORE, require_wrk(), "-t1", f"-c{connections}"]
    command += [f"-d{seconds}s", "--latency"]
    if script is not None:
        command += ["-s", str(script)]
    out = subprocess.run(
        [*command, base], check=True, capture_output=True, text=True, timeout=seconds + 60
    ).stdout
    rate, p50 = _RATE.search(out), _P50.search(out)
    assert rate is not None, out
    assert p50 is not None, out
    wrong = _WRONG.search(out)
    return Load(
        rate=float(rate[1]),
        p50_us=float(p50[1]) * _UNIT[p50[2]],
        wrong=int(wrong[1]) if wrong else 0,
    )

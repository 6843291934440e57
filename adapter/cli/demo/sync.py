"""Step 12: the FHIR server kept in step, also when the sending is killed half-way."""

import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Final

import anyio
import anyio.to_thread

from adapter.cli.demo.narrator import DemoFailedError
from adapter.cli.demo.peer import FhirPeer
from adapter.cli.demo.replies import without
from adapter.cli.demo.tale import Tale
from adapter.cli.opening import opened
from adapter.cli.output import busy
from adapter.clients.guard_content import TEST_RUN
from adapter.clients.http import RefusedByGuardError, open_client
from adapter.fhir.constants import BSN, FHIR_JSON
from adapter.fhir.json import Json, decode_own, encode
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve
from adapter.store import jobs, parties
from adapter.sync.normal_form import content_hash

_NAME: Final = "kopie"
_LEASE_S: Final = 6
_LIMIT_S: Final = 180.0
_LOOK_S: Final = 0.01
_BETWEEN_RUNS_S: Final = 0.5
_BEFORE_THE_KILL: Final = 20  # settled jobs
_RUN_TAG: Final = "demo-ronde"
# What the GP sees of her dossier is what a copy of it must hold.
_TYPES: Final = (
    *("ServiceRequest", "Task", "Condition", "Consent", "CarePlan", "Goal"),
    *("RiskAssessment", "Observation", "Appointment", "Encounter", "CareTeam", "EpisodeOfCare"),
)
_COUNTED: Final = ("Patient", "CarePlan", "EpisodeOfCare")


async def keep_in_step(tale: Tale) -> None:
    """12 Sync: killed half-way and started again; and what never goes to a test server."""
    with busy("De FHIR-server start"):
        peer = await anyio.to_thread.run_sync(tale.peer.ready)
    tale.narrator.note(f"De kopie is {peer.software}.")
    _register(tale, peer)
    await _kill_half_way(tale)
    await _finish(tale)
    await _compare(tale, peer)
    await _test_server(tale)


def _register(tale: Tale, peer: FhirPeer) -> None:
    with opened(tale.server.settings) as installation:
        installation.store.write(
            lambda connection: parties.register_peer(
                connection, name=_NAME, base=peer.base, peer_class="own"
            )
        )


async def _kill_half_way(tale: Tale) -> None:
    process = _sync(tale)
    queue = _Queue()
    try:
        with anyio.move_on_after(_LIMIT_S):
            while process.poll() is None and not queue.is_half_way:
                await anyio.sleep(_LOOK_S)
                queue = await anyio.to_thread.run_sync(_queue, tale)
    finally:
        process.kill()
        process.wait()
    queue = _queue(tale)
    tale.narrator.fact(
        f"Het versturen wordt halverwege hard afgebroken: {queue.done} over, {queue.open} nog niet,"
        f" waarvan {queue.under_way} onderweg was.",
        "RI-21",
        holds=queue.done > 0 and queue.open > 0,
        seen=f"{queue.done} klaar, {queue.open} open",
    )


async def _finish(tale: Tale) -> None:
    until = time.monotonic() + _LIMIT_S
    with busy("Opnieuw gestart; wat onzeker is, wordt eerst nagelezen"):
        while (queue := _queue(tale)).open and time.monotonic() < until:
            process = _sync(tale)
            await anyio.to_thread.run_sync(process.wait)
            await anyio.sleep(_BETWEEN_RUNS_S)
    tale.narrator.fact(
        f"Opnieuw gestart: de rij is leeg, alle {queue.done} gegevens staan er.",
        "RI-21",
        holds=queue.open == 0,
        seen=f"{queue.done} klaar, {queue.open} open",
    )


async def _compare(tale: Tale, peer: FhirPeer) -> None:
    say, gp = tale.narrator, tale.cast["haverkort"]
    mine = [say.require(await gp.read(f"Patient/{tale.names.patient}"), 200).body]
    for type_ in _TYPES:
        found = say.require(await gp.about(type_, tale.names.patient), 200)
        mine += found.resources
    async with open_client(own_origins=(peer.base,)) as http:

        async def ask(path: str) -> Json:
            headers = {"accept": FHIR_JSON, "cache-control": "no-cache"}
            answer = await http.send("GET", f"{peer.base}/{path}", headers=headers)
            return decode_own(answer.body)

        lost = [
            item
            for item in mine
            if content_hash(await ask(f"{item['resourceType']}/{item['id']}")) != content_hash(item)
        ]
        counts = [(await ask(f"{type_}?_summary=count"))["total"] for type_ in _COUNTED]
    say.fact(
        f"Haar dossier is nagelezen bij de kopie: {len(mine)} gegevens, 0 kwijt, alle gelijk.",
        "RI-21",
        holds=bool(mine) and not lost,
        seen=f"{len(lost)} anders",
    )
    expected = _expected(tale)
    say.fact(
        f"En niets dubbel: {counts[0]} patiënten, {counts[1]} plannen, {counts[2]} trajecten.",
        "RI-21",
        holds=counts == expected,
        seen=f"{counts} in plaats van {expected}",
    )


def _expected(tale: Tale) -> list[int]:
    """How many of `_COUNTED` this region has; the parked referral brought a patient of its own."""
    referred = tale.names.referred
    taken_up = tale.names.taken_up
    return [referred + 1, taken_up, taken_up]


async def _test_server(tale: Tale) -> None:
    """Through the same transport that every request leaves by."""
    say = tale.narrator
    read = say.require(await tale.cast["haverkort"].read(f"Patient/{tale.names.patient}"), 200)
    person = without(read.body, "generalPractitioner", "managingOrganization")
    number = [item for item in person["identifier"] if item["system"] != BSN]
    tagged = {**person["meta"], "tag": [{"system": TEST_RUN, "code": _RUN_TAG}]}
    without_bsn = {**person, "identifier": number}
    server = StandinFhirServer()
    with serve(server) as address:
        with_bsn = await _offer(address, {**person, "meta": tagged})
        untagged = await _offer(address, without(without_bsn, "meta"))
        reached = len(server.requests)
        allowed = await _offer(address, {**without_bsn, "meta": tagged})
        arrived = len(server.requests)
    say.fact(
        "Voor een openbare testserver: met een BSN geweigerd, en zonder testkenmerk ook;"
        " de server heeft er niets van gezien.",
        "RI-8",
        holds=with_bsn == untagged == "RI-8" and reached == 0,
        seen=f"{with_bsn}, {untagged}, {reached} verzoeken",
    )
    say.fact(
        "Verzonnen, gemerkt en zonder BSN mag wel.",
        "RI-8",
        holds=allowed == "sent" and arrived == 1,
        seen=f"{allowed}, {arrived} verzoeken",
    )


async def _offer(address: str, document: Json) -> str:
    """`sent`, or the rule by which it stayed here."""
    url = f"{address}/fhir/Patient/{document['id']}"
    async with open_client(run_tag=_RUN_TAG) as http:
        try:
            await http.send("PUT", url, headers={"content-type": FHIR_JSON}, body=encode(document))
        except RefusedByGuardError as refused:
            return str(refused.issues[0].rule)
    return "sent"


def _sync(tale: Tale) -> subprocess.Popen[bytes]:
    words = ["sync", "push", "--peer", _NAME, "--lease", str(_LEASE_S), "--unknown-wait", "1"]
    with tale.server.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "adapter.cli", *words],
            env=tale.server.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Queue:
    """Jobs for the copy: finished, not finished, and of those the ones with a sender."""

    done: int = 0
    open: int = 0
    under_way: int = 0

    @property
    def is_half_way(self) -> bool:
        return self.done > _BEFORE_THE_KILL and self.done >= self.open


def _queue(tale: Tale) -> _Queue:
    with opened(tale.server.settings) as installation:
        lines = installation.store.read(jobs.queue_status)
    counts = {line.state: line.count for line in lines}
    if wrong := sorted({"dead", "conflict", "withheld"} & counts.keys()):
        raise DemoFailedError("12 Sync", f"er staat iets in de rij als {', '.join(wrong)}")
    done = counts.pop("done", 0)
    return _Queue(done=done, open=sum(counts.values()), under_way=counts.get("leased", 0))

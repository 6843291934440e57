"""Killed in the middle of it and started again: nothing answered is lost, nothing is there twice.

F1, F2, F5, I1, I3, I6, I8. A request without an answer is unknown, never failed; sending it again
is always safe.
"""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx
import pytest

from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.standin.asgi import Receive, Scope, Send
from adapter.standin.fhir_server import StandinFhirServer
from adapter.standin.serving import serve
from tests.builders.care import SO
from tests.fixtures.service import Served

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e-killed")]
Json = dict[str, Any]
GP = "haverkort"
AT_ONCE = 4


class LastStraw(StandinFhirServer):
    """A peer at whose n-th request the caller dies, before it hears the answer."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self._n = n
        self.caller: subprocess.Popen[bytes] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.caller is not None and len(self.requests) + 1 == self._n:
            self.caller.kill()
            self.caller.wait(20)
        await super().__call__(scope, receive, send)


class Storm:
    """Requests by several threads, until the process is gone; counts what was answered."""

    def __init__(self, served: Served, kill_after: int) -> None:
        self.served = served
        self.answers: dict[str, httpx.Response] = {}
        self._enough = threading.Semaphore(0)
        self._kill_after = kill_after
        self._token = served.doors.token(GP)

    def blow(self, requests: Iterator[tuple[str, str, bytes]]) -> None:
        """`requests` are (method, path, body); each has its place in the stream as its number."""
        lock = threading.Lock()
        numbered = enumerate(requests)

        def work() -> None:
            with httpx.Client(base_url=self.served.base, timeout=20, trust_env=False) as client:
                while True:
                    with lock:
                        found = next(numbered, None)
                    if found is None or not self._one(client, *found):
                        return

        with ThreadPoolExecutor(AT_ONCE) as pool:
            done = [pool.submit(work) for _ in range(AT_ONCE)]
            for _ in range(self._kill_after):
                assert self._enough.acquire(timeout=30)
            self.served.kill()
            for one in done:
                one.result(30)

    def _one(self, client: httpx.Client, number: int, request: tuple[str, str, bytes]) -> bool:
        method, path, body = request
        name = f"storm-{number}"
        headers = {"authorization": f"Bearer {self._token}", "x-request-id": name}
        if body:
            headers["content-type"] = PLAIN_JSON
        with suppress(httpx.TransportError):
            self.answers[name] = client.request(method, path, headers=headers, content=body)
            self._enough.release()
            return True
        return False


def assert_log_in_order(served: Served) -> None:
    verified = served.meso("audit", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["findings"] == []


def test_killed_while_referrals_come_in(served: Served) -> None:
    records = [served.care.referral() for _ in range(60)]
    storm = Storm(served, kill_after=12)
    storm.blow(("POST", "/records/referrals", json.dumps(r).encode()) for r in records)
    answered = {name: answer for name, answer in storm.answers.items() if answer.is_success}
    assert 12 <= len(answered) < len(records)

    served.start()
    again = [served.doors.post(GP, "/records/referrals", record) for record in records]
    assert {answer.status_code for answer in again} == {200, 201}
    for name, first in answered.items():
        second = again[int(name.removeprefix("storm-"))]
        assert (second.status_code, second.json()) == (200, first.json())
        logged = served.query("SELECT type FROM audit WHERE request_id = ?", name)
        assert {kind for (kind,) in logged} >= {"ServiceRequest", "Task", "Patient"}
    assert served.query("SELECT count(*) FROM inbox") == [(len(records),)]
    tasks = served.query("SELECT count(*), max(version) FROM resource WHERE type = 'Task'")
    assert tasks == [(len(records), 1)]
    named = {name for answer in again for name in answer.json()["resources"]}
    held = {f"{type_}/{id_}" for type_, id_ in served.query(
        "SELECT type, id FROM resource WHERE category NOT IN ('directory', 'provenance')"
    )}  # fmt: skip
    assert held == named
    assert_log_in_order(served)


def test_killed_while_somebody_reads(served: Served) -> None:
    """I6: every answer that arrived has its line, whoever was killed when."""
    patient = served.care.refer().patient
    storm = Storm(served, kill_after=400)
    storm.blow(("GET", f"/fhir/Patient/{patient}", b"") for _ in range(100_000))
    read = {name for name, answer in storm.answers.items() if answer.status_code == 200}
    assert len(read) >= 400
    logged = served.log_lines(
        "SELECT request_id FROM audit WHERE interaction = 'read' AND status = 200"
    )
    assert read <= {name for (name,) in logged}

    served.start()
    assert served.doors.read(GP, f"Patient/{patient}").status_code == 200
    assert_log_in_order(served)


def test_killed_while_decisions_are_made(served: Served) -> None:
    """Relation, episode and Task are one transaction: all of it or none."""
    referred = [served.care.refer() for _ in range(12)]
    done: list[str] = []
    enough = threading.Event()

    def decide() -> None:
        for one in referred:
            with suppress(httpx.TransportError):
                served.care.decide(one.task, "accepted", "trajectory", why="Domeinen")
                done.append(one.task)
                if len(done) == 3:
                    enough.set()
                continue
            return

    deciding = threading.Thread(target=decide)
    deciding.start()
    assert enough.wait(30)
    served.kill()
    deciding.join(30)
    served.start()
    opened = served.query("SELECT count(*) FROM relation WHERE kind = 'care'")
    episodes = served.query("SELECT count(*) FROM resource WHERE type = 'EpisodeOfCare'")
    accepted = [t for t in referred
                if served.doors.read(SO, f"Task/{t.task}").json()["status"] == "accepted"]  # fmt: skip
    assert opened == episodes == [(len(accepted),)]
    assert {one.task for one in accepted} >= set(done)
    assert_log_in_order(served)


def test_killed_while_pushing(served: Served) -> None:
    """F5: what was under way is found out; each resource is at the peer as it is here."""
    peer = LastStraw(56)  # past the probes and the directory, in a dossier
    with serve(peer) as base:
        added = served.meso("sync", "add", "velp", f"{base}/fhir", "--own")
        assert added.returncode == 0, added.stderr
        for _ in range(3):
            served.care.taken_up()
        push = ("sync", "push", "--lease", "1", "--unknown-wait", "0.2")
        peer.caller = subprocess.Popen(
            [sys.executable, "-m", "adapter.cli", *push],
            env=served.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert peer.caller.wait(60) == -signal.SIGKILL
        peer.caller = None
        wait_until(lambda: served.meso(*push).returncode == 0)
        held = {(v.key.type, v.key.id): v.number for v in peer.store.live()}
    here = {(t, i): v for t, i, v in served.query(
        "SELECT type, id, version FROM resource WHERE type NOT IN ('AuditEvent', 'Provenance')"
    )}  # fmt: skip
    assert held.keys() == here.keys()
    assert all(number <= here[name] for name, number in held.items())
    assert served.query("SELECT count(*) FROM job WHERE state <> 'done'") == [(0,)]
    assert_log_in_order(served)


def wait_until(condition: Callable[[], bool], tries: int = 200) -> None:
    pause = threading.Event()
    for _ in range(tries):
        if condition():
            return
        pause.wait(0.02)
    raise AssertionError("it did not come to that")

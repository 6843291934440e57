"""An installation with an outbox, and invented resources to put into it."""

import itertools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from adapter.clients.guard_content import TEST_RUN
from adapter.clients.http import Limits, open_client
from adapter.fhir.constants import CANONICAL, htest
from adapter.fhir.json import decode_own, encode
from adapter.standin.asgi import Request
from adapter.standin.fhir_server import StandinFhirServer
from adapter.store import jobs, links, parties, resources
from adapter.store.links import Peer
from adapter.store.resources import Placement, Saved
from adapter.store.schema import audit, job, link
from adapter.sync.normal_form import content_hash
from adapter.sync.options import SECOND, PushOptions, Timing
from adapter.sync.points import Hook, no_hook
from adapter.sync.push import PushReport, push
from tests.builders.installation import World, make_world

Json = dict[str, Any]
PEER = "regio"
PATIENT = "pk-1"
GP = "90000101"
RUN = "run-1"
TIMING = Timing(unknown_wait_s=1.0, lease_s=60.0)
FAST = PushOptions(timing=TIMING)

_numbers = itertools.count(1)
_run = os.urandom(3).hex()


def new_id(name: str = "m") -> str:
    """An id that no other test uses: a real server is shared and never emptied."""
    return f"{name}{_run}x{next(_numbers):04x}"


def resource(type_: str, id_: str | None = None, **elements: Any) -> Json:
    return {
        "resourceType": type_,
        "id": id_ or new_id(),
        "meta": {"security": [htest()]},
        **elements,
    }


def patient(id_: str | None = None, **elements: Any) -> Json:
    id_ = id_ or new_id("p")
    number = {"system": f"{CANONICAL}/test/{_run}", "value": id_}
    return resource("Patient", id_, **{"identifier": [number], **elements})


def task(about: str, id_: str | None = None, **elements: Any) -> Json:
    known = {"status": "requested", "intent": "order", "for": ref("Patient", about)}
    return resource("Task", id_, **{**known, **elements})


def ref(type_: str, id_: str) -> Json:
    return {"reference": f"{type_}/{id_}"}


def plan_ring(about: str, actions: int = 2) -> list[Json]:
    """A care plan and its actions, which refer to each other."""
    plan = new_id("cp")
    tasks = [task(about, new_id("t"), basedOn=[ref("CarePlan", plan)]) for _ in range(actions)]
    frame = resource(
        "CarePlan",
        plan,
        status="active",
        intent="plan",
        subject=ref("Patient", about),
        activity=[{"reference": ref("Task", one["id"])} for one in tasks],
    )
    return [frame, *tasks]


@dataclass
class Outbox:
    """A world with one peer. `base` is where that peer is reached."""

    world: World
    base: str
    peer_class: parties.PeerClass = "own"

    @property
    def store(self):
        return self.world.store

    def register(self, create_only: parties.CreateOnly | None = "if-match-zero") -> None:
        self.store.write(
            lambda c: parties.register_peer(
                c,
                name=PEER,
                base=self.base,
                peer_class=self.peer_class,
                create_only=create_only,
            )
        )

    def save(
        self,
        *documents: Json,
        dossier: str = PATIENT,
        synthetic: bool = True,
        enqueue: bool = True,
    ) -> list[Saved]:
        """Newest versions of these resources, in one transaction, with their jobs."""
        place = Placement(
            category="plan",
            patient=dossier,
            custodian=GP,
            author=GP,
            synthetic=synthetic,
        )

        def unit(connection: Connection) -> list[Saved]:
            found = []
            for document in documents:
                saved = resources.save(connection, document, place, self.world.time.now)
                if saved.changed and enqueue:
                    jobs.enqueue_push(connection, saved, place, self.world.time.now)
                found.append(saved)
            return found

        return self.store.write(unit)

    @property
    def peer(self) -> Peer:
        found = self.store.read(lambda c: links.find_peer(c, PEER))
        assert found is not None
        return found

    async def push(
        self, options: PushOptions = FAST, hook: Hook = no_hook, **limits: float
    ) -> PushReport:
        own = [self.base] if self.peer_class == "own" else []
        async with open_client(
            own_origins=own, run_tag=options.run_tag, limits=Limits(**limits)
        ) as client:
            return await push(
                self.world.installation,
                self.peer,
                client,
                options=options,
                hook=hook,
                chance=lambda: 1.0,
            )

    def pass_time(self, seconds: float) -> None:
        self.world.time.now += round(seconds * SECOND)

    # --- what there is afterwards -------------------------------------------------------------

    def states(self) -> list[tuple[str, int, str, str | None]]:
        """(type, version, state, reason) of every job, oldest first."""
        rows = self.store.read(
            lambda c: c.execute(
                select(job.c.type, job.c.version, job.c.state, job.c.reason).order_by(job.c.id)
            ).all()
        )
        return [tuple(row) for row in rows]

    def jobs(self) -> list[Any]:
        return self.store.read(lambda c: c.execute(select(job).order_by(job.c.id)).all())

    def links(self) -> list[Any]:
        return self.store.read(lambda c: c.execute(select(link).order_by(link.c.local_id)).all())

    def log(self) -> list[Any]:
        return self.store.read(
            lambda c: c.execute(select(audit).where(audit.c.interaction == "push")).all()
        )

    def expected(self) -> dict[str, str]:
        """Hash of the newest version of everything that is pushed, by address."""
        rows = self.store.read(
            lambda c: c.execute(
                select(
                    resources.resource.c.type, resources.resource.c.id, resources.resource.c.body
                )
            ).all()
        )
        return {
            f"{row.type}/{row.id}": content_hash(decode_own(row.body))
            for row in rows
            if row.type not in jobs.NEVER_PUSHED
        }


def make_outbox(folder: Path, base: str, url: str | None = None, **options: Any) -> Outbox:
    outbox = Outbox(make_world(folder, url), base, **options)
    outbox.register()
    return outbox


def held_by(peer: StandinFhirServer) -> dict[str, str]:
    """Hash of everything that the stand-in holds, by address."""
    return {
        f"{version.key.type}/{version.key.id}": content_hash(decode_own(version.body))
        for version in peer.store.live()
    }


def versions_at(peer: StandinFhirServer) -> dict[str, int]:
    """How many versions the stand-in has of each resource."""
    return {f"{version.key.type}/{version.key.id}": version.number for version in peer.store.live()}


def second_writer(peer: StandinFhirServer, document: Json) -> int:
    """Somebody else writes at the peer; the status."""
    path = f"/fhir/{document['resourceType']}/{document['id']}"
    request = Request(method="PUT", base="http://x", path=path, body=encode(document))
    return peer.answer(request).status


def writes_to(peer: StandinFhirServer) -> list[Request]:
    return [one for one in peer.requests if one.method in ("PUT", "POST")]


def bodies(peer: StandinFhirServer) -> list[Json]:
    """Resources in the order in which they arrived, those of transactions included."""
    found: list[Json] = []
    for request in writes_to(peer):
        body = decode_own(request.body)
        inner = [entry["resource"] for entry in body.get("entry", [])]
        found += inner if body["resourceType"] == "Bundle" else [body]
    return found


def run_tags(document: Json) -> list[str]:
    return [t["code"] for t in document["meta"].get("tag", []) if t["system"] == TEST_RUN]


def assert_once(outbox: Outbox, peer: StandinFhirServer) -> None:
    """What the peer holds is what we hold, written one time, and nothing waits."""
    assert held_by(peer) == outbox.expected()
    assert set(versions_at(peer).values()) == {1}
    assert {state for _, _, state, _ in outbox.states()} == {"done"}

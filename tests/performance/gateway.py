"""B7: p50 of a consultation of the GP record ÷ the same search asked directly at the source.
B7own: p50 of an authorised read ÷ a direct GET of the same resource at a real HAPI server.

One connection, closed loop, candidate and baseline in turns: latency, not throughput.
"""

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode, urlsplit

from adapter.fhir.constants import BSN, FORM
from adapter.fhir.json import Json, decode_own, encode
from adapter.standin.gp_source import StandinGpSource
from adapter.standin.serving import serve
from adapter.store import parties, schema
from adapter.store.engine import Connection, open_store
from adapter.synthetic.region import build_region
from tests.performance.ratio import Result, paired
from tests.performance.reads import served
from tests.performance.world import FOREVER, GP, World, make_world

SERVICE_TIME_S = 0.025
ROUNDS, CALLS = 12, 30
TODAY = date(2026, 11, 24)


def run(folder: Path) -> Iterator[Result]:
    """B7, and B7own where Java and Maven are."""
    own = folder / "gateway"
    own.mkdir()
    world = make_world(own, patients=50, plans=2, staff=4)
    yield from _through_consult_record(own, world)
    yield from _against_hapi(own, world)


def _through_consult_record(folder: Path, world: World) -> Iterator[Result]:
    region = build_region(TODAY, patients=2)
    records = next(iter(region.gp_records.values()))
    patient = next(r for r in records if r["resourceType"] == "Patient")
    with serve(StandinGpSource(records, service_time_s=SERVICE_TIME_S)) as source:
        token = _prepare(world, patient, source)
        with served("durable", folder) as adapter:
            through, direct = _client(adapter), _client(source)
            path = f"/records/gp-record/{_patient_id(world)}/Condition"
            ask = _getter(through, path, {"Authorization": f"Bearer {token}"})
            # what any client of the source does: find the patient, then search
            baseline = _direct(direct, patient)
            wrong = sum(not _is_bundle(call()) for call in (ask, baseline))
            yield paired(
                "B7",
                _rounds(ask, baseline),
                wrong=wrong,
                baseline="the same two calls asked directly of a source with 25 ms service time",
            )


def _direct(connection: HTTPConnection, patient: Json) -> Callable[[], bytes]:
    bsn = next(i["value"] for i in patient["identifier"] if i["system"] == BSN)
    form = urlencode({"identifier": f"{BSN}|{bsn}"})
    search = _getter(connection, f"/Condition?patient=Patient/{patient['id']}", {})

    def call() -> bytes:
        connection.request("POST", "/Patient/_search", form, {"Content-Type": FORM})
        connection.getresponse().read()
        return search()

    return call


def _against_hapi(folder: Path, world: World) -> Iterator[Result]:
    launcher = _launcher()
    try:
        launcher.require_tools()
    except launcher.HapiUnavailableError as error:
        print(f"B7own not measured: {error}", file=sys.stderr)
        return
    path, token, _ = next(r for r in world.requests if r[2] == 200)
    with launcher.running_hapi() as hapi, served("durable", folder) as adapter:
        connection = _client(hapi)
        plan = _plan(world, path.rsplit("/", 1)[1])
        base = urlsplit(hapi).path
        for resource in ({"resourceType": "Patient", "id": "p-bench"}, plan):
            where = f"{base}/{resource['resourceType']}/{resource['id']}"
            headers = {"Content-Type": "application/fhir+json"}
            connection.request("PUT", where, encode(resource), headers)
            reply = connection.getresponse()
            reply.read()
            assert reply.status in {200, 201}, reply.status
        ask = _getter(_client(adapter), path, {"Authorization": f"Bearer {token}"})
        direct = _getter(connection, f"{base}/CarePlan/{plan['id']}", {})
        wrong = sum(not call().startswith(b"{") for call in (ask, direct))
        yield paired(
            "B7own",
            _rounds(ask, direct),
            wrong=wrong,
            baseline="GET of the same CarePlan at a real HAPI 8.8.0 (H2 in memory), no authorisation",
        )


def _rounds(
    candidate: Callable[[], bytes], baseline: Callable[[], bytes]
) -> list[tuple[float, float]]:
    for call in (candidate, baseline) * 20:  # warm
        call()
    return [(_p50(candidate), _p50(baseline)) for _ in range(ROUNDS)]


def _p50(call: Callable[[], bytes]) -> float:
    times = []
    for _ in range(CALLS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _prepare(world: World, patient: Json, source: str) -> str:
    """Make the first patient of the world hers: BSN, consents, authorisation, source."""
    store = open_store(world.settings)

    def unit(connection: Connection) -> None:
        parties.set_record_source(connection, GP, source)
        key = "k0"
        body = encode({**patient, "id": _patient_id(world)})
        connection.execute(
            schema.resource.update()
            .where(schema.resource.c.id == _patient_id(world))
            .values(body=body)
        )
        connection.execute(
            schema.relation.insert().values(
                org="30000000", patient=key, kind="care", trajectory="e0", valid_from=0,
                valid_to=FOREVER, opened_by="-bench",
            ) if not _has_relation(connection) else schema.relation.update()
            .where(schema.relation.c.patient == key, schema.relation.c.org == "30000000")
            .values(kind="care")
        )  # fmt: skip
        for con_type in ("CON-1", "CON-2"):
            connection.execute(
                schema.consent_rule.insert().values(
                    consent=con_type, consent_version=1, con_type=con_type, patient=key,
                    party="30000000", effect="permit", valid_from=0, valid_to=FOREVER,
                )
            )  # fmt: skip
        connection.execute(
            schema.staff_authorisation.insert().values(
                practice=GP, staff="s0", valid_from=0, valid_to=FOREVER
            )
        )

    try:
        store.write(unit)
    finally:
        store.close()
    return world.tokens[0]


def _has_relation(connection: Connection) -> bool:
    found = connection.execute(
        schema.relation.select().where(
            schema.relation.c.patient == "k0", schema.relation.c.org == "30000000"
        )
    )
    return found.first() is not None


def _patient_id(_world: World) -> str:
    return "p0"


def _plan(world: World, id_: str) -> Json:
    store = open_store(world.settings)
    try:
        body = store.read(
            lambda c: (
                c.execute(schema.resource.select().where(schema.resource.c.id == id_)).one().body
            )
        )
    finally:
        store.close()
    plan = decode_own(body)
    plan["subject"] = {"reference": "Patient/p-bench"}
    for activity in plan["activity"]:
        activity["reference"] = {"display": "Verzonnen actie"}
    return plan


def _client(base: str) -> HTTPConnection:
    parts = urlsplit(base)
    return HTTPConnection(parts.hostname or "", parts.port, timeout=60)


def _getter(connection: HTTPConnection, path: str, headers: dict[str, str]) -> Callable[[], bytes]:
    def call() -> bytes:
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        body = reply.read()
        assert reply.status == 200, (reply.status, body[:300])
        return body

    return call


def _is_bundle(body: bytes) -> bool:
    return decode_own(body).get("resourceType") == "Bundle"


def _launcher() -> ModuleType:
    """The HAPI launcher of the tests, which needs nothing but the standard library."""
    path = Path(__file__).parent.parent / "hapi" / "launcher.py"
    spec = importlib.util.spec_from_file_location("hapi_launcher", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hapi_launcher"] = module
    spec.loader.exec_module(module)
    return module

"""The application: puts the parts together and holds what has a lifetime.

The only place that knows all rooms. Outside in: the read path (plain ASGI), then FastAPI for
everything where its comfort is worth more than its cost.
"""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from adapter.api import errors
from adapter.api.context import Context
from adapter.api.fhir import routes as fhir_routes
from adapter.api.fhir.reads import FhirReads
from adapter.api.oauth import routes as oauth_routes
from adapter.api.records import routes as record_routes
from adapter.clients.gp_sources import GpSources
from adapter.clients.jwks import fetch_jwks
from adapter.clock import Clock, system_clock
from adapter.settings import Settings
from adapter.store.dialect import sqlite_path
from adapter.store.engine import Store, open_store
from adapter.store.log_file import LogFile
from adapter.store.snapshot import SqliteReader
from adapter.telemetry.events import configure, log_event
from adapter.workflows.disclose import Disclose
from adapter.workflows.installation import open_installation
from adapter.workflows.release import GroupedRelease, PooledRelease, Releaser
from adapter.workflows.search import Search, offered_parameters

Asgi = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]


# A read makes hundreds of objects and no cycle: look for cycles one thirtieth as often.
_COLLECT = (20_000, 20, 50)


def build(settings: Settings, *, clock: Clock = system_clock) -> Asgi:
    """ASGI application of one process. The installation was made by `meso migrate`."""
    store = open_store(settings)
    installation = open_installation(settings, store, clock)
    releaser = _releaser(settings, store, clock)
    gp_source = GpSources(timeout_s=settings.gp_source_timeout_s)
    context = Context(
        settings=settings,
        installation=installation,
        disclose=(disclose := Disclose(installation.policy)),
        search=Search(
            policy=installation.policy,
            disclose=disclose,
            base=settings.fhir_base,
            page_key=installation.keys.pages,
            parameters=offered_parameters(),
        ),
        releaser=releaser,
        jwks=fetch_jwks,
        gp_source=gp_source,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        configure()
        gc.collect()
        gc.freeze()  # what is loaded by now stays: the collector need not walk it at every turn
        gc.set_threshold(*_COLLECT)
        log_event("service.started", dialect=store.dialect)
        yield
        await releaser.close()
        await gp_source.close()
        store.close()
        log_event("service.stopped")

    app = FastAPI(
        title="MESO FHIR adapter",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        # its log option records validation failures and exception texts: patient data
        telemetry={"logs": False, "operation_spans": False, "tracing": False, "metrics": False},
    )
    errors.install(app)
    app.include_router(fhir_routes.router(context))
    app.include_router(record_routes.router(context))
    app.include_router(oauth_routes.router(context))
    return FhirReads(context, app)


def _releaser(settings: Settings, store: Store, clock: Clock) -> Releaser:
    if store.dialect == "sqlite":
        return GroupedRelease(
            SqliteReader(sqlite_path(settings.database_url)),
            LogFile(settings.log_dir),
            clock,
            group_limit=settings.read_group_limit,
        )
    return PooledRelease(store, clock, size=settings.postgres_pool)

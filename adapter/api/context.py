"""What the doors need, put together once in `app.py`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapter.fhir.json import Json
from adapter.settings import Settings
from adapter.workflows.consult_record import GpSource
from adapter.workflows.disclose import Disclose
from adapter.workflows.installation import Installation
from adapter.workflows.release import Releaser
from adapter.workflows.search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything with a lifetime stands in the application's lifespan, not here."""

    settings: Settings
    installation: Installation
    disclose: Disclose
    search: Search
    releaser: Releaser
    jwks: Callable[[str], Awaitable[Json]]  # key set behind a client's `jwks_uri`
    gp_source: GpSource  # FHIR source of a GP practice

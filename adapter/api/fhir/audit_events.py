"""Read and search of AuditEvent, for the log reviewer of a GP practice only.

https://hl7.org/fhir/R4/auditevent.html
"""

import anyio.to_thread
from fastapi import Request

from adapter.api.context import Context
from adapter.api.http import request_id, token_hash
from adapter.fhir.issues import FhirError
from adapter.fhir.search import Kind, Parameter, SearchQuery, parse_search
from adapter.fhir.search_values import Interval, Prefix, Target
from adapter.workflows.disclose import Answer
from adapter.workflows.review_log import LogQuery, ReviewLog
from adapter.workflows.unit import Ask, authenticate, perform, refuse

_PARAMETERS = {
    "date": Parameter(kind=Kind.DATE),
    "patient": Parameter(kind=Kind.REFERENCE, targets=frozenset({"Patient"})),
}


class AuditEvents:
    """The two interactions over one installation."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        self._installation = context.installation
        self._review = ReviewLog(log_dir=settings.log_dir, base=settings.fhir_base)

    async def search(self, request: Request) -> Answer:
        """Newest lines of the caller's practice, by `date` and `patient`."""
        ask = self._ask(request, "search")
        pairs = list(request.query_params.multi_items())

        def work() -> Answer:
            caller = authenticate(self._installation, ask)
            found = parse_search("AuditEvent", pairs, _PARAMETERS)
            if isinstance(found, list):
                error = FhirError(400, *found)
                refuse(self._installation, ask, caller, error)
                raise error
            return perform(
                self._installation, ask, lambda unit: self._review.search(unit, _log_query(found))
            )

        return await anyio.to_thread.run_sync(work)

    async def read(self, request: Request, event_id: str) -> Answer:
        """One line."""
        ask = self._ask(request, "read")
        return await anyio.to_thread.run_sync(
            lambda: perform(self._installation, ask, lambda unit: self._review.read(unit, event_id))
        )

    @staticmethod
    def _ask(request: Request, interaction: str) -> Ask:
        return Ask(
            token=token_hash(request.scope["headers"]),
            request_id=request_id(request.scope["headers"]),
            interaction=interaction,
            type="AuditEvent",
            allowed=lambda policy, caller: policy.allows(caller, "AuditEvent", interaction),
        )


def _log_query(query: SearchQuery) -> LogQuery:
    since: int | None = None
    until: int | None = None
    patient: str | None = None
    for criterion in query.criteria:
        for value in criterion.values:
            if isinstance(value, Target):
                patient = value.id
            elif isinstance(value, Interval):
                if value.prefix in {Prefix.EQ, Prefix.GE, Prefix.GT, Prefix.SA}:
                    since = value.low if value.prefix in {Prefix.EQ, Prefix.GE} else value.high
                if value.prefix in {Prefix.EQ, Prefix.LE, Prefix.LT, Prefix.EB}:
                    until = value.high if value.prefix in {Prefix.EQ, Prefix.LE} else value.low
    return LogQuery(since=since, until=until, patient=patient)

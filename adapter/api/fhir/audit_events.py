"""Read and search of AuditEvent, for the log reviewer of a GP practice only.

https://hl7.org/fhir/R4/auditevent.html

One period and one patient per search; anything else that a search can say is refused, since what
is left out would widen the answer.
"""

import anyio.to_thread
from fastapi import Request

from adapter.api.context import Context
from adapter.api.http import accepts_json, request_id, token_hash
from adapter.api.writes import deny, deny_somebody, has_parameters
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.search import Kind, Parameter, SearchQuery, parse_search
from adapter.fhir.search_values import Interval, Prefix, Target
from adapter.workflows.disclose import Answer
from adapter.workflows.review_log import LogQuery, ReviewLog
from adapter.workflows.unit import Ask, guarded, perform

_PARAMETERS = {
    "date": Parameter(kind=Kind.DATE),
    "patient": Parameter(kind=Kind.REFERENCE, targets=frozenset({"Patient"})),
}
_FROM_ITS_START, _AFTER_IT = frozenset({Prefix.EQ, Prefix.GE}), frozenset({Prefix.GT, Prefix.SA})
_TO_ITS_END, _BEFORE_IT = frozenset({Prefix.EQ, Prefix.LE}), frozenset({Prefix.LT, Prefix.EB})
_NOT_ACCEPTABLE = Issue(code="not-supported", text="Alleen application/fhir+json wordt gegeven.")
_NO_PARAMETERS = Issue(code="invalid", text="Bij het lezen zijn geen parameters mogelijk.")


class AuditEvents:
    """The two interactions over one installation."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        self._context = context
        self._installation = context.installation
        self._review = ReviewLog(log_dir=settings.log_dir, base=settings.fhir_base)

    async def search(self, request: Request) -> Answer:
        """Newest lines of the caller's practice, by `date` and `patient`."""
        ask = self._ask(request, "search")
        await self._check_accept(request, ask)
        try:
            query = _log_query(list(request.query_params.multi_items()), self._review.base)
        except FhirError as error:
            await deny_somebody(self._context, ask, error)

        def work() -> Answer:
            return perform(self._installation, ask, lambda unit: self._review.search(unit, query))

        return await anyio.to_thread.run_sync(lambda: guarded(self._installation, ask, work))

    async def read(self, request: Request, event_id: str) -> Answer:
        """One line."""
        ask = self._ask(request, "read")
        await self._check_accept(request, ask)
        if has_parameters(request):
            await deny_somebody(self._context, ask, FhirError(400, _NO_PARAMETERS))

        def work() -> Answer:
            return perform(self._installation, ask, lambda unit: self._review.read(unit, event_id))

        return await anyio.to_thread.run_sync(lambda: guarded(self._installation, ask, work))

    async def _check_accept(self, request: Request, ask: Ask) -> None:
        if not accepts_json(request.scope["headers"]):
            await deny(self._context, ask, FhirError(406, _NOT_ACCEPTABLE))

    @staticmethod
    def _ask(request: Request, interaction: str) -> Ask:
        return Ask(
            token=token_hash(request.scope["headers"]),
            request_id=request_id(request.scope["headers"]),
            interaction=interaction,
            type="AuditEvent",
            allowed=lambda policy, caller: policy.allows(caller, "AuditEvent", interaction),
        )


def _log_query(pairs: list[tuple[str, str]], base: str) -> LogQuery:
    """FhirError 400 for everything but one patient, and dates that bound one period."""
    query = parse_search("AuditEvent", pairs, _PARAMETERS, base=base)
    if isinstance(query, list):
        raise FhirError(400, *query)
    if issues := _not_offered(query):
        raise FhirError(400, *issues)
    since: list[int] = []
    until: list[int] = []
    patient: str | None = None
    for criterion in query.criteria:
        value = criterion.values[0]
        if isinstance(value, Target):
            patient = value.id
        elif isinstance(value, Interval):
            since += _bound(value, _FROM_ITS_START, _AFTER_IT)
            until += _bound(value, _BEFORE_IT, _TO_ITS_END)
    return LogQuery(since=max(since, default=None), until=min(until, default=None), patient=patient)


def _bound(value: Interval, low: frozenset[Prefix], high: frozenset[Prefix]) -> list[int]:
    if value.prefix in low:
        return [value.low]
    return [value.high] if value.prefix in high else []


def _not_offered(query: SearchQuery) -> list[Issue]:
    asked = {
        "_count": query.count is not None,
        "_sort": bool(query.sort),
        "_summary": query.summary not in {None, "false"},
        "_elements": bool(query.elements),
        "_include": bool(query.include),
        "_revinclude": bool(query.revinclude),
        "_page": query.page is not None,
        "patient": _is_ambiguous(query, "patient", most=1),
        "date": _is_ambiguous(query, "date", most=2) or not all(map(_is_bound, _values(query))),
    }
    text = "Deze parameter wordt hier zo niet aangeboden."
    return [
        Issue(code="not-supported", text=text, expression=f"http.{name}")
        for name, present in asked.items()
        if present
    ]


def _is_ambiguous(query: SearchQuery, name: str, *, most: int) -> bool:
    """Named too often, or with a list of values of which one is enough."""
    named = [criterion for criterion in query.criteria if criterion.name == name]
    return len(named) > most or any(len(criterion.values) > 1 for criterion in named)


def _values(query: SearchQuery) -> list[object]:
    return [value for criterion in query.criteria for value in criterion.values]


def _is_bound(value: object) -> bool:
    """`ne` and the like bound no period."""
    bounds = _FROM_ITS_START | _AFTER_IT | _TO_ITS_END | _BEFORE_IT
    return not isinstance(value, Interval) or value.prefix in bounds

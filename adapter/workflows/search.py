"""Searching: the same gates inside the statement, before LIMIT and before COUNT.

https://hl7.org/fhir/R4/search.html

One parse; what is judged is what is executed. A partner names exactly one patient; a number of a
person travels in the body of a POST only (conventions 3.1, R-37). No match, no relation, no
consent and nobody of that number are the same empty answer, and each is one line in the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from adapter.access.caller import Caller
from adapter.access.page_token import page_place, page_token
from adapter.access.policy import Policy
from adapter.audit.entry import AuditEntry
from adapter.fhir.bundle import searchset
from adapter.fhir.constants import BSN, IDENTIFIER_ALIASES
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.search import Kind, Parameter, SearchQuery, parse_search
from adapter.fhir.search_values import Interval, Target, Text, Token, Value
from adapter.store import search_statement
from adapter.store.search_statement import Criterion
from adapter.store.snapshot import Snapshot
from adapter.workflows.disclose import (
    BEFORE_LOGIN,
    Answer,
    Disclose,
    Disclosure,
    caller_values,
    faulted,
    found,
    identify,
    is_partner,
    refusal,
    unauthenticated,
)
from adapter.workflows.log_lines import REFUSED, SUCCESS, line
from mappings.search_values import SEARCH_PARAMETERS

_PAGE, _MOST = 50, 200
_PATIENT_PARAMETERS = ("patient", "subject")
_DIRECTORY = frozenset({"Organization", "Practitioner", "PractitionerRole"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search as it came in, decoded; `in_body` for `POST _search`."""

    token: bytes | None
    request_id: str
    type: str
    pairs: tuple[tuple[str, str], ...]
    in_body: bool
    fault: FhirError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The search use case. `base` is the FHIR base that stands in links."""

    policy: Policy
    disclose: Disclose
    base: str
    page_key: bytes
    parameters: dict[str, dict[str, Parameter]]

    def run(self, snapshot: Snapshot, request: SearchRequest) -> Disclosure[Answer]:
        """Searchset of what this caller may see, with one log line per patient in it."""
        now, type_ = snapshot.now, request.type
        if request.fault is not None and request.fault.status in BEFORE_LOGIN:
            return faulted(now, request.request_id, "search-type", type_, request.fault)
        caller, active = identify(snapshot, request.token)
        if caller is None or not active:
            return unauthenticated(now, request.request_id, "search-type", type_)
        if not self.policy.allows(caller.role, caller.purpose, type_, "search"):
            entry = self._entry(now, request, caller, outcome=REFUSED, status=403, gates="FFFF")
            return Disclosure(refusal(403, request.request_id), (entry,))
        try:
            if request.fault is not None:
                raise request.fault
            query = self._parse(request, caller)
            return self._page(snapshot, request, caller, query)
        except FhirError as fault:
            return faulted(now, request.request_id, "search-type", type_, fault, caller)

    def _parse(self, request: SearchRequest, caller: Caller) -> SearchQuery:
        query = parse_search(
            request.type, request.pairs, self.parameters[request.type], base=self.base
        )
        if isinstance(query, list):
            raise FhirError(400, *query)
        if issues := [*_not_offered(query), *_patient_rules(query, request, caller)]:
            raise FhirError(400, *issues)
        return query

    def _page(
        self, snapshot: Snapshot, request: SearchRequest, caller: Caller, query: SearchQuery
    ) -> Disclosure[Answer]:
        shape = urlencode(sorted(p for p in request.pairs if p[0] not in {"_page", "_count"}))
        after = None
        if query.page is not None:
            after = page_place(self.page_key, caller, shape, query.page)
            if after is None:
                text = "Deze bladzijde hoort niet bij deze zoekvraag en deze aanvrager."
                raise FhirError(400, Issue(code="invalid", text=text, expression="http._page"))
        limit = 0 if query.summary == "count" else min(query.count or _PAGE, _MOST)
        statement, values = search_statement.search(
            snapshot.dialect, caller.role, request.type, _criteria(query), after=after
        )
        rows = snapshot.rows(statement, {**values, **caller_values(caller), "limit": limit + 1})
        total = rows[0]["total"]
        hits = [row for row in rows if row["id"] is not None]
        shown = hits[:limit]
        bodies = [
            (
                f"{request.type}/{row['id']}",
                self.disclose.view(snapshot, row, caller),
            )
            for row in shown
        ]
        next_url = None
        if len(hits) > limit > 0:
            last = shown[-1]
            token = page_token(self.page_key, caller, shape, last["updated"], last["id"])
            next_url = self._link(request, [("_page", token)])
        body = searchset(
            bodies,
            total=total,
            self_url=self._link(request, []),
            next_url=next_url,
            base=self.base,
        )
        answer = Answer(status=200, body=body)
        return Disclosure(answer, self._entries(snapshot.now, request, caller, shown))

    def _link(self, request: SearchRequest, more: list[tuple[str, str]]) -> str:
        """What the caller sent, and nothing that we added; no numbers of persons (R-37)."""
        kept = [
            pair
            for pair in request.pairs
            if pair[0] != "_page" and not (request.in_body and pair[0].startswith("identifier"))
        ]
        query = urlencode(kept + more)
        return f"{self.base}/{request.type}" + (f"?{query}" if query else "")

    def _entries(
        self, now: int, request: SearchRequest, caller: Caller, shown: Sequence[Any]
    ) -> tuple[AuditEntry, ...]:
        """One line per patient (BALP); an empty answer has one line without a patient."""
        first = {row["patient"]: row for row in reversed(shown)}
        if not first:
            return (self._entry(now, request, caller, outcome=SUCCESS, status=200, gates="TFFF"),)
        return tuple(
            self._entry(now, request, caller, outcome=SUCCESS, status=200, gates="TTTF", row=row)
            for row in first.values()
        )

    def _entry(
        self,
        now: int,
        request: SearchRequest,
        caller: Caller,
        *,
        outcome: int,
        status: int,
        gates: str,
        row: Any = None,
    ) -> AuditEntry:
        names = " ".join(sorted({name for name, _ in request.pairs}))
        return line(
            caller,
            at=now,
            request_id=request.request_id,
            interaction="search-type",
            outcome=outcome,
            what={
                "type": request.type,
                "status": status,
                "gates": gates,
                "rule": "R-12" if outcome == REFUSED else None,  # gate 1
                "policy": self.policy.version,
                "query": names[:200] or None,  # names of parameters only: values are persons
                **found(row),
            },
        )


def offered_parameters() -> dict[str, dict[str, Parameter]]:
    """Search parameters by type, as the grammar reads them."""
    return {
        type_: {
            name: Parameter(
                kind=Kind(parameter.kind), targets=frozenset(getattr(parameter, "targets", ()))
            )
            for name, parameter in parameters.items()
        }
        for type_, parameters in SEARCH_PARAMETERS.items()
    }


def _not_offered(query: SearchQuery) -> list[Issue]:
    asked = {
        "_sort": bool(query.sort),
        "_include": bool(query.include),
        "_revinclude": bool(query.revinclude),
        "_elements": bool(query.elements),
        "_summary": query.summary not in {None, "count", "false"},
    }
    text = "Deze parameter wordt hier niet aangeboden."
    return [
        Issue(code="not-supported", text=text, expression=f"http.{name}")
        for name, present in asked.items()
        if present
    ]


def _patient_rules(query: SearchQuery, request: SearchRequest, caller: Caller) -> list[Issue]:
    """One derivable patient for partners; a BSN in no URL (conventions 3.1 and 3.2)."""
    issues = []
    identifiers = [c for c in query.criteria if c.name == "identifier"]
    if not request.in_body and any(_names_bsn(value) for c in identifiers for value in c.values):
        text = "Een BSN hoort in de inhoud van POST _search, nooit in een URL."
        issues.append(Issue(code="invalid", text=text, expression="http.identifier", rule="R-37"))
    named = [c for c in query.criteria if c.name in _PATIENT_PARAMETERS]
    if request.type == "Patient":
        named = identifiers + [c for c in query.criteria if c.name == "_id"]
    one = len(named) == 1 and len(named[0].values) == 1
    if is_partner(caller.role) and request.type not in _DIRECTORY and not one:
        text = "Noem precies één patiënt."
        issues.append(Issue(code="required", text=text, expression="http.patient"))
    return issues


def _names_bsn(value: Value) -> bool:
    """A BSN, or a number without a system, which may be one."""
    if not isinstance(value, Token):
        return False
    return value.system is None or IDENTIFIER_ALIASES.get(value.system, value.system) == BSN


def _criteria(query: SearchQuery) -> list[Criterion]:
    return [
        Criterion(
            param=c.name,
            kind=_SPECIAL.get(c.name, str(c.kind)),
            values=tuple(_value(c.name, value) for value in c.values),
        )
        for c in query.criteria
    ]


_SPECIAL = {"_id": "id", "_lastUpdated": "updated", "patient": "patient", "subject": "patient"}


def _value(name: str, value: Value) -> tuple[object, ...]:
    match value:
        case Token(system=system, code=code):
            if name == "_id":
                return (code,)
            return (IDENTIFIER_ALIASES.get(system or "", system), code)
        case Target(type=type_, id=id_):
            return (type_, id_)
        case Interval(prefix=prefix, low=low, high=high):
            return (str(prefix), low, high)
        case Text(text=text):
            return (text.lower(),)
        case _:
            raise FhirError(400, Issue(code="invalid", text="Deze waarde wordt niet begrepen."))

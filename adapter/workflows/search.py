"""Searching: the same gates inside the statement, before LIMIT and before COUNT.

https://hl7.org/fhir/R4/search.html

One parse; what is judged is what is executed. A partner names exactly one patient; a number of a
person travels in the body of a POST only (conventions 3.1, R-37). No match, no relation, no
consent and nobody of that number are the same empty answer, and each is one line in the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from adapter.access.caller import Caller
from adapter.access.page_token import Page, page_token, read_page
from adapter.access.policy import Policy
from adapter.access.views import keeps
from adapter.audit.entry import AuditEntry, clean_text
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
_LONGEST = 5_000  # characters of what is asked: a link holds it, and is an address
_PATIENT_PARAMETERS = ("patient", "subject")
_DIRECTORY = frozenset({"Organization", "Practitioner", "PractitionerRole"})
_CONTROLS = frozenset({"_count", "_page", "_summary", "_total", "_format", "_sort", "_elements"})
_BESIDE_A_PAGE = frozenset({"_page", "_count", "_format", "_pretty"})
_WITHOUT_BSN = "person-without-bsn"


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
class _Asked:
    """What is searched: as it came in, or as the token of a page says."""

    query: SearchQuery
    pairs: tuple[tuple[str, str], ...]
    after: tuple[int, str] | None = None  # where to go on
    itself: tuple[tuple[str, str], ...]  # what its own link says


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
            return unauthenticated(now, request.request_id, "search-type", type_, caller)
        if not self.policy.allows(caller, type_, "search"):
            entry = self._entry(now, request, caller, outcome=REFUSED, status=403, gates="FFFF")
            return Disclosure(refusal(403, request.request_id), (entry,))
        try:
            if request.fault is not None:
                raise request.fault
            asked = self._asked(request, caller)
            return self._answer(snapshot, replace(request, pairs=asked.pairs), caller, asked)
        except FhirError as fault:
            return faulted(now, request.request_id, "search-type", type_, fault, caller)

    def _asked(self, request: SearchRequest, caller: Caller) -> _Asked:
        tokens = [value for name, value in request.pairs if name == "_page"]
        if not tokens:
            query = self._parse(request, caller)
            return _Asked(query=query, pairs=request.pairs, itself=_harmless(request))
        page = read_page(self.page_key, caller, tokens[0])
        alone = len(tokens) == 1 and all(name in _BESIDE_A_PAGE for name, _ in request.pairs)
        if page is None or page.type != request.type or not alone:
            text = "Deze bladzijde hoort niet bij deze zoekvraag en deze aanvrager."
            raise FhirError(400, Issue(code="invalid", text=text, expression="http._page"))
        more = tuple(pair for pair in request.pairs if pair[0] == "_count")
        kept = page.pairs if not more else tuple(p for p in page.pairs if p[0] != "_count")
        restored = replace(request, pairs=(*kept, *more), in_body=True)
        return _Asked(
            query=self._parse(restored, caller),
            pairs=restored.pairs,
            after=(page.place, page.id),
            itself=(("_page", tokens[0]), *more),
        )

    def _parse(self, request: SearchRequest, caller: Caller) -> SearchQuery:
        views = {scope.view for scope in self.policy.scopes_of(caller.role, request.type)}
        parameters = _searchable(request.type, self.parameters[request.type], views - {"full"})
        if any("\x00" in name + value for name, value in request.pairs):  # no text of FHIR has it
            raise FhirError(400, Issue(code="invalid", text="De zoekvraag is geen tekst."))
        if sum(len(name) + len(value) for name, value in request.pairs) > _LONGEST:
            raise FhirError(400, Issue(code="too-long", text="De zoekvraag is te lang."))
        query = parse_search(request.type, request.pairs, parameters, base=self.base)
        if isinstance(query, list):
            raise FhirError(400, *query)
        issues = [*_not_offered(query), *_patient_rules(query, request, caller)]
        if _WITHOUT_BSN in views:
            issues += _no_bsn(query)
        if issues:
            raise FhirError(400, *issues)
        return query

    def _answer(
        self, snapshot: Snapshot, request: SearchRequest, caller: Caller, asked: _Asked
    ) -> Disclosure[Answer]:
        query = asked.query
        limit = min(_PAGE if query.count is None else query.count, _MOST)
        if query.summary == "count":
            limit = 0
        statement, values = search_statement.search(
            snapshot.dialect, caller.role, request.type, _criteria(query), after=asked.after
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
            page = Page(type=request.type, pairs=asked.pairs, place=last["place"], id=last["id"])
            next_url = self._link(
                request.type, [("_page", page_token(self.page_key, caller, page))]
            )
        body = searchset(
            bodies,
            total=total,
            self_url=self._link(request.type, asked.itself),
            next_url=next_url,
            base=self.base,
        )
        counted = hits if limit == 0 and _names_one_patient(query) else shown
        return Disclosure(
            Answer(status=200, body=body),
            self._entries(snapshot.now, request, caller, counted),
        )

    def _link(self, type_: str, pairs: Sequence[tuple[str, str]]) -> str:
        query = urlencode(pairs)
        return f"{self.base}/{type_}" + (f"?{query}" if query else "")

    def _entries(
        self, now: int, request: SearchRequest, caller: Caller, shown: Sequence[Any]
    ) -> tuple[AuditEntry, ...]:
        """One line per patient (BALP), also when only her number of resources was told; an empty
        answer has one line without a patient.
        """
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
        known = self.parameters.get(request.type, {}).keys() | _CONTROLS
        names = sorted({name for name, _ in request.pairs if name.partition(":")[0] in known})
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
                # names of our own parameters only: values, and what else was sent, are persons
                "query": clean_text(" ".join(names), 200) or None,
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


def _searchable(
    type_: str, parameters: dict[str, Parameter], reduced: set[str]
) -> dict[str, Parameter]:
    """Parameters that touch only what every view shows; the others do not exist for this role
    (access-control 2.8). A reference is searched where its target is hidden from nobody.
    """
    if not reduced:
        return parameters

    def is_shown(name: str, parameter: Parameter) -> bool:
        if name in _PATIENT_PARAMETERS:
            return True
        if parameter.kind is Kind.REFERENCE and not (
            parameter.targets and parameter.targets <= _DIRECTORY
        ):
            return False
        paths = SEARCH_PARAMETERS[type_][name].paths
        return all(keeps(view, type_, path) for view in reduced for path in paths)

    return {name: found for name, found in parameters.items() if is_shown(name, found)}


def _no_bsn(query: SearchQuery) -> list[Issue]:
    """Who gets no BSN cannot ask by it either: the answer would confirm it (decision 13)."""
    values = [v for c in query.criteria if c.name == "identifier" for v in c.values]
    text = "Zoek hier met een nummer dat geen BSN is, met zijn systeem."
    issue = Issue(code="invalid", text=text, expression="http.identifier")
    return [issue] if any(_names_bsn(value) for value in values) else []


def _names_one_patient(query: SearchQuery) -> bool:
    names = {"_id", "identifier"} if query.type == "Patient" else set(_PATIENT_PARAMETERS)
    return any(c.name in names and len(c.values) == 1 for c in query.criteria)


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


def _harmless(request: SearchRequest) -> tuple[tuple[str, str], ...]:
    """What a link may say of a search: of one in a body nothing that names a person (R-37)."""
    offered = SEARCH_PARAMETERS[request.type]

    def names_a_person(name: str) -> bool:
        if name.startswith("_"):
            return False
        is_text = name not in offered or offered[name].kind == "string"
        return is_text or name == "identifier" or request.type == "Patient"

    return tuple(p for p in request.pairs if not (request.in_body and names_a_person(p[0])))


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
    if one and named[0].name == "identifier":
        one = _is_whole(named[0].values[0])
    if is_partner(caller.role) and request.type not in _DIRECTORY and not one:
        text = "Noem precies één patiënt."
        issues.append(Issue(code="required", text=text, expression="http.patient"))
    return issues


def _is_whole(value: Value) -> bool:
    """A number with its system; a system alone would list everybody."""
    return isinstance(value, Token) and bool(value.system) and value.code is not None


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
                if system is not None or code is None:
                    text = "Verwacht is een logische id."
                    raise FhirError(400, Issue(code="value", text=text, expression="http._id"))
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

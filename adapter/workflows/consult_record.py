"""Consulting the GP record (dossierinzage): read-through to the practice's own FHIR source.

The record stays at the GP practice. Relation, CON-1 and CON-2, this practice's authorisation of
this person and the role are judged here; the line is in the log before the source is asked;
nothing is kept (domain decision 1; R-1, R-5 … R-8, R-21, R-22, R-70). What the source answers is
judged too (`source_answers.py`). The nurse gets the dated copy of the ouderenmodule and nothing
else (RI-15).
"""

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from adapter.access.caller import Caller
from adapter.access.decision import Decision, decide
from adapter.access.policy import Policy
from adapter.audit.entry import AuditEntry
from adapter.fhir.constants import BSN, CANONICAL
from adapter.fhir.instant import instant_text
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json, decode_own, encode
from adapter.fhir.outcome import outcome
from adapter.store import relations, statements
from adapter.store.gates import NO_PARTY
from adapter.store.snapshot import Snapshot
from adapter.workflows.disclose import (
    ABSENT,
    NOTHING,
    Answer,
    Disclosure,
    caller_values,
    found,
    gates_of,
    identify,
    refusal,
    unauthenticated,
)
from adapter.workflows.log_lines import FAILED, REFUSED, SUCCESS, line
from adapter.workflows.release import Releaser
from adapter.workflows.source_answers import TOO_MANY, Asked, read_page, searchset_of

OUDERENMODULE = "ouderenmodule"
PARTS = frozenset({"Condition", "MedicationStatement", "AllergyIntolerance", "Observation"})
_NOT_SHOWN = 502  # the source answered, and not what it was asked
_NOT_ANY_MORE = "R-7"


class GpSource(Protocol):
    """FHIR source of a GP practice. Each call raises FhirError 503 when it cannot answer."""

    async def find_patient(self, base: str, bsn: str) -> str | None:
        """Logical id at the source."""
        ...

    async def search(self, base: str, type_: str, patient: str) -> bytes:
        """Searchset Bundle of `type_` for this patient."""
        ...

    async def follow(self, base: str, url: str) -> bytes:
        """A next page of such a Bundle, at the same source."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRequest:
    """`patient` is the logical id of the Patient, `part` a FHIR type or `ouderenmodule`."""

    token: bytes | None
    request_id: str
    patient: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grant:
    """The log line is durable: this may now be fetched."""

    source: str
    bsn: str
    entry: AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultRecord:
    """The use case over one installation. `address` is that of this door; of one answer of the
    source no more than `max_pages` pages are fetched.
    """

    policy: Policy
    releaser: Releaser
    source: GpSource
    address: str
    max_pages: int

    async def run(self, request: RecordRequest) -> Answer:
        """Searchset of one type, or a collection that is the copy of the ouderenmodule."""
        decided: Answer | _Grant = await self.releaser.release(
            lambda snapshot: self._decide(snapshot, request), request.request_id
        )
        if isinstance(decided, Answer):
            return decided
        try:
            body = await self._fetch(decided, request)
        except FhirError as error:
            if error.status != _NOT_SHOWN:
                raise
            return await self._refuse(decided, request, error.issues[0])
        return refusal(404, request.request_id) if body is None else Answer(status=200, body=body)

    async def _fetch(self, grant: _Grant, request: RecordRequest) -> bytes | None:
        """What the source says; None when it knows no one patient by this number."""
        patient = await self.source.find_patient(grant.source, grant.bsn)
        if patient is None:
            return None
        if request.part == OUDERENMODULE:
            return await self._copy(grant, patient)
        found = await self._pages(grant, request.part, patient)
        return searchset_of(found, f"{self.address}/{request.patient}")

    async def _pages(self, grant: _Grant, type_: str, patient: str) -> list[Json]:
        """All pages, or FhirError: a part of a record looks like the whole of it."""
        asked = Asked(base=grant.source, type=type_, patient=patient, bsn=grant.bsn)
        body = await self.source.search(grant.source, type_, patient)
        found: list[Json] = []
        for _ in range(self.max_pages):
            page = read_page(body, asked)
            found += page.resources
            if page.onward is None:
                return found
            body = await self.source.follow(grant.source, page.onward)
        raise FhirError(_NOT_SHOWN, TOO_MANY)

    async def _copy(self, grant: _Grant, patient: str) -> bytes:
        entries: list[Json] = []
        for type_ in ouderenmodule_parts():
            found = await self._pages(grant, type_, patient)
            entries += [{"resource": resource} for resource in found]
        copy: Json = {
            "resourceType": "Bundle",
            "meta": {"profile": [f"{CANONICAL}/StructureDefinition/meso-ouderenmodule-copy"]},
            "type": "collection",
            "timestamp": instant_text(grant.entry.at),  # a dated copy, never a live view (RI-15)
        }
        return encode({**copy, "entry": entries} if entries else copy)

    async def _refuse(self, grant: _Grant, request: RecordRequest, issue: Issue) -> Answer:
        """Nothing of it is passed on; that it was not stands in the log beside the line that it was
        asked. The caller does not hear about whom it was.
        """
        body = outcome([replace(issue, rule=None)], request.request_id)
        answer = Answer(status=_NOT_SHOWN, body=body)

        def logged(snapshot: Snapshot) -> Disclosure[Answer]:
            line = grant.entry._replace(
                at=snapshot.now, outcome=FAILED, status=_NOT_SHOWN, rule=issue.rule
            )
            return Disclosure(answer, (line,))

        return await self.releaser.release(logged, request.request_id)

    def _decide(self, snapshot: Snapshot, request: RecordRequest) -> Disclosure[Answer | _Grant]:
        category = OUDERENMODULE if request.part == OUDERENMODULE else "his"
        caller, active = identify(snapshot, request.token)
        if caller is None or not active:
            return unauthenticated(snapshot.now, request.request_id, "consult", None, caller)
        row: Any = None
        if self.policy.allows_record(caller, "gp-record"):
            rows = snapshot.rows(
                statements.gp_record(snapshot.dialect, caller.role, category),
                {**caller_values(caller), "id": request.patient},
            )
            row = rows[0] if rows else None
            decision = decide(gates_of(row), category=category)
            # asked of whom nobody knows too: what is hidden costs what is not there costs (RI-13)
            treated = not decision.permits and _treated(snapshot, caller, row)
            if row is None:
                decision = replace(decision, rule=ABSENT)
            elif treated and decision.failing == "relation":
                decision = replace(decision, rule=_NOT_ANY_MORE)
        else:
            decision = decide(replace(NOTHING, token=True))
        place = _place(row, request) if decision.permits else None
        if decision.permits and place is None:
            # nothing to fetch: as if it were not there
            decision = replace(decision, status=404, rule=ABSENT)
        entry = _entry(snapshot.now, request, row, caller, decision, self.policy.version)
        if place is None:
            return Disclosure(refusal(decision.status, request.request_id), (entry,))
        source, bsn = place
        return Disclosure(_Grant(source=source, bsn=bsn, entry=entry), (entry,))


def _place(row: Any, request: RecordRequest) -> tuple[str, str] | None:
    """Where to ask, and by which number."""
    bsn = _bsn(row["patient_body"])
    offered = request.part in PARTS or request.part == OUDERENMODULE
    if bsn is None or row["record_source"] is None or not offered:
        return None
    return row["record_source"], bsn


def _treated(snapshot: Snapshot, caller: Caller, row: Any) -> bool:
    """Whether this practice treated the patient before: the log tells "not any more" (R-7) from
    "never" (R-1); who asks hears the same.
    """
    patient = NO_PARTY if row is None else row["patient"]
    values: dict[str, object] = {"ura": caller.ura, "patient": patient}
    return bool(snapshot.rows(relations.ended_treatment(snapshot.dialect), values))


@cache
def ouderenmodule_parts() -> tuple[str, ...]:
    """FHIR types of the copy: an example list that the practice signs (domain decision 7)."""
    text = files("adapter.access").joinpath("ouderenmodule.json").read_bytes()
    return tuple(decode_own(text)["types"])


def _bsn(body: bytes | None) -> str | None:
    if body is None:
        return None
    for identifier in decode_own(body).get("identifier", []):
        if identifier.get("system") == BSN:
            return str(identifier["value"])
    return None


def _entry(
    now: int,
    request: RecordRequest,
    row: Any,
    caller: Caller,
    decision: Decision,
    policy: str,
) -> AuditEntry:
    return line(
        caller,
        at=now,
        request_id=request.request_id,
        interaction="consult",
        outcome=SUCCESS if decision.permits else REFUSED,
        what={
            "type": request.part if request.part in {*PARTS, OUDERENMODULE} else None,
            "status": decision.status,
            "gates": decision.controls,
            "rule": decision.rule,
            "policy": policy,
            **found(row),
        },
    )

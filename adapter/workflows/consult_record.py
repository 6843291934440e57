"""Consulting the GP record (dossierinzage): read-through to the practice's own FHIR source.

The record stays at the GP practice. Relation, CON-1 and CON-2, this practice's authorisation of
this person and the role are judged here; the line is in the log before the source is asked;
nothing is kept (domain decision 1; R-1, R-5 … R-8, R-21, R-22, R-70). The nurse gets the dated
copy of the ouderenmodule and nothing else (RI-15).
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
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_own, decode_untrusted, encode
from adapter.store import statements
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
from adapter.workflows.log_lines import REFUSED, SUCCESS, line
from adapter.workflows.release import UNAVAILABLE, Releaser

OUDERENMODULE = "ouderenmodule"
PARTS = frozenset({"Condition", "MedicationStatement", "AllergyIntolerance", "Observation"})


class GpSource(Protocol):
    """FHIR source of a GP practice. Each call raises FhirError 503 when it cannot answer."""

    async def find_patient(self, base: str, bsn: str) -> str | None:
        """Logical id at the source."""
        ...

    async def search(self, base: str, type_: str, patient: str) -> bytes:
        """Searchset Bundle of `type_` for this patient."""
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
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultRecord:
    """The use case over one installation."""

    policy: Policy
    releaser: Releaser
    source: GpSource

    async def run(self, request: RecordRequest) -> Answer:
        """Searchset of one type, or a collection that is the copy of the ouderenmodule."""
        decided: Answer | _Grant = await self.releaser.release(
            lambda snapshot: self._decide(snapshot, request), request.request_id
        )
        if isinstance(decided, Answer):
            return decided
        patient = await self.source.find_patient(decided.source, decided.bsn)
        if patient is None:
            return refusal(404, request.request_id)
        if request.part != OUDERENMODULE:
            body = await self.source.search(decided.source, request.part, patient)
            return Answer(status=200, body=_checked(body, request.part))
        return Answer(status=200, body=await self._copy(decided, patient))

    async def _copy(self, grant: _Grant, patient: str) -> bytes:
        entries: list[Json] = []
        for type_ in ouderenmodule_parts():
            bundle = decode_own(
                _checked(await self.source.search(grant.source, type_, patient), type_)
            )
            entries += [{"resource": entry["resource"]} for entry in bundle.get("entry", [])]
        copy: Json = {
            "resourceType": "Bundle",
            "meta": {"profile": [f"{CANONICAL}/StructureDefinition/meso-ouderenmodule-copy"]},
            "type": "collection",
            "timestamp": instant_text(grant.now),  # a dated copy, never a live view (RI-15)
        }
        return encode({**copy, "entry": entries} if entries else copy)

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
            if row is None:
                decision = replace(decision, rule=ABSENT)
        else:
            decision = decide(replace(NOTHING, token=True))
        grant = _grant(row, request, snapshot.now) if decision.permits else None
        if decision.permits and grant is None:
            # nothing to fetch: as if it were not there
            decision = replace(decision, status=404, rule=ABSENT)
        entry = _entry(snapshot.now, request, row, caller, decision, self.policy.version)
        if grant is None:
            return Disclosure(refusal(decision.status, request.request_id), (entry,))
        return Disclosure(grant, (entry,))


def _grant(row: Any, request: RecordRequest, now: int) -> _Grant | None:
    bsn = _bsn(row["patient_body"])
    offered = request.part in PARTS or request.part == OUDERENMODULE
    if bsn is None or row["record_source"] is None or not offered:
        return None
    return _Grant(source=row["record_source"], bsn=bsn, now=now)


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


def _checked(body: bytes, type_: str) -> bytes:
    """What the source sent, if it is what was asked for; its own errors go no further."""
    try:
        bundle = decode_untrusted(body)
    except FhirError:
        raise FhirError(503, UNAVAILABLE) from None
    matches = [e.get("resource", {}).get("resourceType") for e in bundle.get("entry", [])]
    if bundle.get("resourceType") != "Bundle" or any(m != type_ for m in matches):
        raise FhirError(503, UNAVAILABLE)
    return body


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

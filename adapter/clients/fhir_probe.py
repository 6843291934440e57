"""What a FHIR server really does, found out with a throw-away resource before the first write.

https://hl7.org/fhir/R4/capabilitystatement.html

A CapabilityStatement is not enough: HAPI 8.8.0 ignores `If-None-Match: *`, honours
`If-Match: W/"0"` as create-only, and declares neither. Other servers do the reverse.
"""

from dataclasses import dataclass, replace
from typing import Final, TypeGuard

from adapter.clients.fhir_server import CreateOnly, FhirServer
from adapter.clients.guard_content import TEST_RUN
from adapter.clients.replies import Conflict, Done, Refused, RetryLater, Unknown, WriteReply
from adapter.fhir.constants import CANONICAL, htest
from adapter.fhir.json import Json, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a server was seen to do. `create_only` is what `FhirServer` is opened with.

    `takes_client_ids`: PUT creates. `guards_updates`: a stale If-Match is refused.
    `replaces_labels`: a tag left out of an update is gone.
    """

    software: str
    fhir_version: str
    takes_client_ids: bool
    create_only: CreateOnly = CreateOnly.NEITHER
    guards_updates: bool = False
    replaces_labels: bool = False


async def probe(
    server: FhirServer, probe_id: str, *, run_tag: str | None = None
) -> Capabilities | Refused | RetryLater | Unknown:
    """Try the server with `Basic/{probe_id}-…`, ids never used before, and delete them again.

    RetryLater and Unknown mean that the server could not be judged now: nothing was concluded.
    """
    statement = await server.metadata()
    if not isinstance(statement, dict):
        return statement
    found = Capabilities(
        software=_software(statement),
        fhir_version=str(statement.get("fhirVersion", "")),
        takes_client_ids=False,
    )
    for form in CreateOnly:
        trial = _Trial(server.creating(form), f"{probe_id}-{form}", run_tag)
        created = await trial.create()
        if isinstance(created, Done):
            found = replace(found, takes_client_ids=True)
            if form is CreateOnly.NEITHER or isinstance(await trial.create_again(), Conflict):
                result = await _judge_updates(replace(found, create_only=form), trial)
                await trial.clean()
                return result
            await trial.clean()
        elif _is_cut_off(created):
            return created
    return found


@dataclass(frozen=True, slots=True)
class _Trial:
    """One throw-away resource; its first version has a tag that the later ones lack."""

    server: FhirServer
    id: str
    run_tag: str | None

    async def create(self) -> WriteReply:
        return await self._put(1, None)

    async def create_again(self) -> WriteReply:
        return await self._put(2, None)

    async def update(self, step: int, base_version: str) -> WriteReply:
        return await self._put(step, base_version)

    async def clean(self) -> None:
        """Best effort."""
        left = await self.server.read("Basic", self.id)
        if isinstance(left, Done):
            await self.server.delete("Basic", self.id, left.version)

    async def _put(self, step: int, base_version: str | None) -> WriteReply:
        body = encode(_basic(self.id, step, self.run_tag))
        return await self.server.create_or_update("Basic", self.id, body, base_version)


async def _judge_updates(found: Capabilities, trial: _Trial) -> Capabilities | RetryLater | Unknown:
    """Update twice over the same version: the second time must be refused."""
    first = await trial.server.read("Basic", trial.id)
    if not isinstance(first, Done):
        return RetryLater()
    second = await trial.update(3, first.version)
    if not isinstance(second, Done):
        return second if _is_cut_off(second) else found
    stale = await trial.update(4, first.version)
    if _is_cut_off(stale):
        return stale
    return replace(
        found,
        guards_updates=isinstance(stale, Conflict),
        replaces_labels=_PASSING_TAG.encode() not in second.body,
    )


def _is_cut_off(reply: WriteReply) -> TypeGuard[RetryLater | Unknown]:
    """The server was not reached, so the trial says nothing. A 5xx is an answer of a kind."""
    return isinstance(reply, RetryLater) or (isinstance(reply, Unknown) and reply.status is None)


_PASSING_TAG: Final = "probe-passing"


def _basic(id_: str, step: int, run_tag: str | None) -> Json:
    tags = [] if run_tag is None else [{"system": TEST_RUN, "code": run_tag}]
    if step == 1:
        tags.append({"system": TEST_RUN, "code": _PASSING_TAG})
    meta: Json = {"security": [htest()]}
    if tags:
        meta["tag"] = tags
    return {
        "resourceType": "Basic",
        "id": id_,
        "meta": meta,
        "code": {"coding": [{"system": f"{CANONICAL}/CodeSystem/basic", "code": "probe"}]},
        "identifier": [{"system": f"{CANONICAL}/probe-step", "value": str(step)}],
    }


def _software(statement: Json) -> str:
    software = statement.get("software")
    if not isinstance(software, dict):
        return ""
    return f"{software.get('name', '')} {software.get('version', '')}".strip()

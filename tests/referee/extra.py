"""Valid resources that no kind's one example shows: rare records, and what only workflows write.

What a workflow writes is repeated here by hand; the demo's region, which the referee judges too,
holds the real ones.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any, Final

from adapter.access.views import reduce
from adapter.audit.event import CONTROLS_URL
from adapter.fhir.constants import CANONICAL, htest
from adapter.fhir.json import encode
from adapter.synthetic.directory import directory_entries
from adapter.synthetic.gp_record import gp_record
from adapter.synthetic.people import WOLDERINK
from adapter.synthetic.region import build_region
from mappings.consent import consent
from mappings.directory import directory
from mappings.gp_record import copied_item
from mappings.plan import care_plan
from mappings.records.base import parse_record
from mappings.records.care_plan import CarePlan
from mappings.records.closing import Closing
from mappings.records.consent import ConsentRecord
from mappings.records.copied_item import CopiedItem
from mappings.records.parties import StaffKey
from mappings.records.trajectory import Trajectory
from mappings.referral import parked_task
from mappings.referral.parked_task import ParkedTask
from mappings.toolkit.identity import organisation_reference, staff_reference
from mappings.trajectory import closing, trajectory
from tests.mappings import builders, gp_record_builders
from tests.mappings.builders import IDS
from tests.mappings.partner_view_builders import partner_view_sets

Json = dict[str, Any]

_REFERRAL: Final = "sr-1"


def extra_sets() -> Iterator[tuple[str, str | None, list[Json]]]:
    """(name, kind that reads it, resources)."""
    for name, overrides in _CONSENTS.items():
        record = parse_record(ConsentRecord, builders.consent(**overrides))
        yield f"consent/{name}", "consent", consent.to_fhir(record, IDS)
    for ura, entry in directory_entries(build_region(date(2026, 6, 1), patients=1)):
        yield f"directory/{ura}", "directory", directory.to_fhir(entry, IDS)
    for name, sent in _COPIES.items():
        copied = parse_record(CopiedItem, sent)
        yield f"copied-item/{name}", "copied-item", copied_item.to_fhir(copied, IDS)
    yield "closing/no-successor", "trajectory", _closed_without_successor()
    yield "view/care-plan", None, [_partner_frame()]
    for name, made in partner_view_sets():
        yield name, None, made
    yield "workflow/parked-referral", None, [parked_task.to_fhir(_PARKED, IDS)]
    yield "workflow/handover", None, [_handover()]
    yield "workflow/provenance", None, [_provenance()]
    yield "workflow/ouderenmodule", None, [_ouderenmodule()]
    yield "log/event", None, [_event()]


_CONSENTS: Final[dict[str, Json]] = {
    "withdrawn": {
        "status": "inactive",
        "withdrawal": {"on": "2026-07-01T09:00:00+02:00", "by": "patient", "reason": "Liever niet"},
    },
    "refused": {"kind": "refused", "status": "rejected", "period": None},
    "function": {"party": {"ura": builders.NURSING, "role": "community-nurse"}},
    "by-reference": {"form": "written", "document": "DocumentReference/d-1"},
    "gp-record": {"type": "CON-2", "givenTo": [builders.GP], "categories": ["his"]},
}


_COPIES: Final[dict[str, Json]] = {
    "measurement": gp_record_builders.copied_measurement(),
    "medication": gp_record_builders.copied_medication(),
    "allergy": gp_record_builders.copied_allergy(),
}


_PARKED: Final = ParkedTask(
    id="parked",
    patient="p-1",
    requester=builders.GP,
    owner=builders.MESO,
    text="Is deze patiënt overgestapt?",
    at=datetime(2026, 6, 1, 9, tzinfo=UTC),
    synthetic=True,
)


def _closed_without_successor() -> list[Json]:
    running = parse_record(Trajectory, builders.trajectory())
    number = trajectory.trajectory_id(running, IDS)
    nobody = {"notNeededReason": "De zorg gaat over op de huisarts alleen"}
    record = parse_record(Closing, builders.closing(number, successor=nobody))
    return trajectory.to_fhir(closing.close(running, record, IDS), IDS)


def _partner_frame() -> Json:
    """The frame as a partner sees it who may see all that it names."""
    plan = care_plan.to_fhir(parse_record(CarePlan, builders.care_plan()), IDS)
    frame = next(r for r in plan if r["resourceType"] == "CarePlan")
    found: Json = json.loads(reduce(encode(frame), "part", frozenset(_references(frame))))
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _profile(name: str) -> Json:
    return {"profile": [f"{CANONICAL}/StructureDefinition/{name}"], "security": [htest()]}


def _handover() -> Json:
    staff = staff_reference(IDS, StaffKey(**builders.ROELVINK))
    return {
        "resourceType": "Task",
        "id": "handover",
        "meta": _profile("meso-handover-task"),
        "identifier": [{"system": "https://singel.example/overdracht", "value": "o-1"}],
        "status": "requested",
        "intent": "order",
        "code": {"coding": [{"system": f"{CANONICAL}/CodeSystem/task-code", "code": "handover"}]},
        "for": {"reference": "Patient/p-1", "type": "Patient"},
        "requester": staff,
        "owner": organisation_reference(IDS, builders.GP),
    }


def _provenance() -> Json:
    return {
        "resourceType": "Provenance",
        "id": "provenance",
        "meta": _profile("meso-provenance"),
        "target": [{"reference": "EpisodeOfCare/e-1/_history/1", "type": "EpisodeOfCare"}],
        "recorded": "2026-06-01T15:00:00.000000Z",
        "activity": {
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation",
                    "code": "CREATE",
                }
            ]
        },
        "agent": [
            {
                "who": staff_reference(IDS, StaffKey(**builders.ROELVINK)),
                "onBehalfOf": organisation_reference(IDS, builders.MESO),
            }
        ],
    }


def _ouderenmodule() -> Json:
    parts = gp_record(WOLDERINK, Random(1), date(2026, 6, 1))
    return {
        "resourceType": "Bundle",
        "id": "ouderenmodule",
        "meta": _profile("meso-ouderenmodule-copy"),
        "type": "collection",
        "timestamp": "2026-06-01T15:00:00.000000Z",
        "entry": [
            {"fullUrl": f"https://his.example/fhir/{r['resourceType']}/{r['id']}", "resource": r}
            for r in parts
        ],
    }


def _event() -> Json:
    """An AuditEvent with the four controls, as small as R4 allows."""
    return {
        "resourceType": "AuditEvent",
        "id": "event",
        "extension": [{"url": CONTROLS_URL, "valueString": "TTTF"}],
        "type": {
            "system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
            "code": "rest",
        },
        "recorded": "2026-06-01T15:00:00.000Z",
        "agent": [{"requestor": True}],
        "source": {"observer": {"display": "Adapter"}},
    }

"""Records of the MESO practice that are not right: the place of the fault is named, nothing is kept."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import RIETKRAAG
from adapter.synthetic.plans import wolderink_plan
from tests.builders.care import NURSE, SO, Care
from tests.builders.refusals import MARKER, Sent, refused
from tests.fixtures.service import Service

pytestmark = pytest.mark.xdist_group("bad_records")

Json = dict[str, Any]
Change = Callable[[Json], object]
PLAIN = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def dossier(service: Service) -> Dossier:
    return service.care.taken_up()


def plan(care: Care, dossier: Dossier) -> Json:
    return wolderink_plan(dossier, care.created)


def consent(care: Care, dossier: Dossier) -> Json:
    return care.consent(dossier, RIETKRAAG, "CON-5")


def mdo(care: Care, dossier: Dossier) -> Json:
    return care.held(dossier)


def closing(care: Care, dossier: Dossier) -> Json:
    return care.closing(dossier)


Make = Callable[[Care, Dossier], Json]
DOORS: dict[Make, tuple[str, str, str]] = {
    plan: ("/records/plans", "CarePlan", SO),
    consent: ("/records/consents", "ConsentRecord", NURSE),
    mdo: ("/records/mdos", "Mdo", SO),
    closing: ("/records/closings", "Closing", SO),
}


def having(**values: object) -> Change:
    return lambda record: record.update(values)


def inside(*path: Any, **values: object) -> Change:
    def change(record: Any) -> None:
        for step in path:
            record = record[step]
        record.update(values)

    return change


def lacking(name: str) -> Change:
    return lambda record: record.pop(name)


BAD: list[tuple[Make, Change, str]] = [
    *((make, having(zilver=MARKER), "zilver") for make in DOORS),
    *((make, having(synthetic="true"), "synthetic") for make in DOORS),
    *((make, having(trajectory=f"../{MARKER}"), "trajectory") for make in DOORS),
    *((make, having(trajectory="x" * 65), "trajectory") for make in DOORS),
    (plan, lacking("voice"), "voice"),
    (plan, lacking("goals"), "goals"),
    (plan, having(status=MARKER), "status"),
    (plan, having(version=0), "version"),
    (plan, having(version=True), "version"),
    (plan, having(version="1"), "version"),
    (plan, having(version=1.0), "version"),
    (plan, inside("goals", 0, version=True), "goals[0].version"),
    (plan, having(created="2026-11-24T09:00:00"), "created"),
    (plan, inside("actions", 0, zilver=MARKER), "actions[0].zilver"),
    (plan, inside("actions", 0, owner={"ura": "9000002"}), "actions[0].owner.ura"),
    (plan, inside("problems", 0, domain=MARKER), "problems[0].domain"),
    (plan, inside("goals", 0, problems=["onbekend"]), ""),
    (plan, inside("actions", 1, key="wegen"), ""),
    (plan, having(period={"start": "2026-12-01", "end": "2026-11-01"}), "period"),
    (plan, inside("wishes", 0, decision="other"), "wishes[0]"),
    (consent, having(type="CON-9"), "type"),
    (consent, having(kind=MARKER), "kind"),
    (consent, having(kind="presumed"), ""),
    (consent, having(status="active-ish"), "status"),
    (consent, having(party={}), "party"),
    (consent, having(party={"ura": RIETKRAAG.ura, "relatedPerson": "rp"}), "party"),
    (consent, having(categories=["his"]), ""),
    (consent, having(withdrawal={"on": "2026-11-24"}), ""),
    (consent, having(status="rejected"), ""),
    (consent, lacking("period"), ""),
    (consent, having(period={"start": "2026-13-01"}), "period.start"),
    (mdo, having(form=MARKER), "form"),
    (mdo, having(start="2026-11-24"), "start"),
    (mdo, inside("invitees", 0, function=MARKER), "invitees[0].function"),
    (mdo, inside("held", attended=[]), "held.attended"),
    (mdo, inside("held", end="2020-01-01T09:00:00Z"), "held"),
    (mdo, having(chair={"ura": "90000021", "uzi": "1"}), "chair.uzi"),
    (closing, having(endReason=MARKER), "endReason"),
    (closing, having(on=MARKER), "on"),
    (closing, having(successor={"zilver": MARKER}), "successor"),
    (closing, having(continuingParties=[MARKER]), "continuingParties[0]"),
    (closing, having(checklist=[{"point": MARKER, "met": True}]), "checklist[0].point"),
]


IDS = [f"{make.__name__}-{n}-{at}" for n, (make, _, at) in enumerate(BAD)]


@pytest.mark.parametrize(("make", "change", "at"), BAD, ids=IDS)
def test_a_record_that_is_not_right_names_the_place(
    service: Service, dossier: Dossier, make: Make, change: Change, at: str
) -> None:
    path, name, who = DOORS[make]
    record = deepcopy(make(service.care, dossier))
    change(record)
    status = 400 if "{}" in json.dumps(record) else 422
    answer = refused(service, Sent("POST", path, json.dumps(record).encode(), PLAIN, who), status)
    told = [place for issue in answer.json()["issue"] for place in issue.get("expression", [])]
    assert told
    if status == 422:  # HTTP
        assert any(place.startswith(f"{name}.{at}" if at else name) for place in told), told

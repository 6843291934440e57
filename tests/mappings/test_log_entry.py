"""Lines of the access log as records: what the adapter renders is read whole and comes back equal."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from adapter.audit import event, patterns
from adapter.audit.event import audit_event
from adapter.fhir.issues import FhirError
from mappings.log import log_codes
from mappings.log import log_entry as mapping
from mappings.log import per_abuis_note as note_mapping
from mappings.records.base import parse_record
from mappings.records.log_entry import LogEntry
from mappings.records.per_abuis_note import PerAbuisNote
from tests.builders.log import entry, row
from tests.mappings import evidence_builders
from tests.mappings.builders import IDS
from tests.mappings.kinds import KINDS

Json = dict[str, Any]

RENDERED = sorted((Path(__file__).parents[1] / "audit" / "golden").glob("*.json"))
PROFILE = ["https://mesozorg.example/fhir/StructureDefinition/meso-log-entry"]


def log_entry(**overrides: object) -> LogEntry:
    return parse_record(LogEntry, evidence_builders.log_entry(**overrides))


def his_line() -> LogEntry:
    return parse_record(LogEntry, evidence_builders.his_line())


def written(record: LogEntry) -> Json:
    return mapping.to_fhir(record, IDS)[0]


def with_claim(rendered: Json) -> Json:
    """The log renders events without claiming a profile; a record's resource always claims one."""
    return {**rendered, "meta": {"profile": PROFILE}}


# --- what the adapter renders -----------------------------------------------------------------


@pytest.mark.parametrize("path", RENDERED, ids=lambda path: path.stem)
def test_an_event_that_the_log_renders_comes_back_equal(path: Path) -> None:
    rendered = json.loads(path.read_text("utf-8"))
    again = written(mapping.from_fhir([rendered], IDS))
    assert again == with_claim(rendered)
    assert [name for name in again if name != "meta"] == list(rendered)


@pytest.mark.parametrize("interaction", sorted({*patterns.RESTFUL, *patterns._OWN_WORDS}))
def test_every_kind_of_access_is_told_as_the_log_tells_it(interaction: str) -> None:
    known = patterns.pattern_of(interaction)
    ours = log_codes.pattern_of(interaction)
    assert (ours.action, ours.client, ours.server, ours.user) == (
        known.action,
        known.client,
        known.server,
        known.user,
    )
    line = row(entry(interaction=interaction))
    rendered = audit_event(line, base="https://meso.example", patient_id=None, with_query=True)
    assert written(mapping.from_fhir([rendered], IDS)) == with_claim(rendered)


def test_both_rooms_know_the_same_interactions_and_systems() -> None:
    assert patterns.RESTFUL.keys() == log_codes.RESTFUL
    assert set(get_args(log_codes.AuditSubtype)) >= patterns._OWN_WORDS.keys()
    assert (event.CLIENT_SYSTEM, event.REQUEST_SYSTEM, event.PATIENT_KEY_SYSTEM) == (
        log_codes.CLIENT_SYSTEM,
        log_codes.REQUEST_SYSTEM,
        log_codes.PATIENT_KEY_SYSTEM,
    )
    assert event.RELATION_SYSTEM == log_codes.RELATION_KEY_SYSTEM


def test_a_line_of_a_his_keeps_what_the_reviewer_needs() -> None:
    event_ = written(his_line())
    user, responsible = event_["agent"][2], event_["agent"][-1]
    assert (user["name"], user["altId"], responsible["altId"]) == ("S. Ottema", "SO", "MH")
    (emergency,) = event_["purposeOfEvent"]
    assert emergency["coding"][0]["code"] == "BTG"
    assert emergency["text"].startswith("Benauwd")
    details = {item["type"]: item["valueString"] for item in event_["entity"][0]["detail"]}
    assert details == {
        "access": "outside",
        "channel": "other-practice",
        "action": "ingezien",
        "screen": "W114",
    }


# --- what does not fit ------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[Json], Any], str]] = {
    "an id that names no line": (lambda e: e.update(id="x"), "AuditEvent.id"),
    "an unknown kind of access": (
        lambda e: e["subtype"][0].update(code="peek"),
        "AuditEvent.subtype[0].code",
    ),
    "an action that does not belong to it": (
        lambda e: e.update(action="C"),
        "AuditEvent.action",
    ),
    "an outcome that the text contradicts": (
        lambda e: e.update(outcomeDesc="permit TTFF relation=T permit=F rule=R-5"),
        "AuditEvent.outcomeDesc",
    ),
    "two rules": (
        lambda e: e["agent"][2]["policy"].append(e["agent"][2]["policy"][1].replace("5", "6")),
        "AuditEvent.agent[2].policy",
    ),
    "no client": (lambda e: e.update(agent=e["agent"][:1]), "AuditEvent.agent"),
    "two users": (lambda e: e["agent"].append(e["agent"][2]), "AuditEvent.agent[6]"),
    "a client that asked itself": (
        lambda e: e["agent"][0].update(requestor=True),
        "AuditEvent.agent[0].requestor",
    ),
    "a user who is an organisation": (
        lambda e: e["agent"][2]["who"].update(reference="Organization/x"),
        "AuditEvent.agent[2].who.reference",
    ),
    "another purpose": (
        lambda e: e["agent"][2].pop("purposeOfUse"),
        "AuditEvent.agent[2].purposeOfUse",
    ),
    "another server": (
        lambda e: e["source"]["observer"]["identifier"].update(value="https://other.example"),
        "AuditEvent.source.observer.identifier.value",
    ),
    "no request": (lambda e: e["entity"].pop(0), "AuditEvent.entity"),
    "two patients": (
        lambda e: e["entity"].append(e["entity"][1]),
        "AuditEvent.entity[5]",
    ),
    "an entity of an unknown kind": (
        lambda e: e["entity"][1]["role"].update(code="7"),
        "AuditEvent.entity[1]",
    ),
    "a query that is no base64": (
        lambda e: e["entity"][2].update(query="%%%"),
        "AuditEvent.entity[2].query",
    ),
    "a status that is no number": (
        lambda e: e["entity"][0]["detail"][0].update(valueString="ja"),
        "AuditEvent.entity[0].detail[0].valueString",
    ),
    "a name in the patient": (
        lambda e: e["entity"][1].update(name="Geesje"),
        "AuditEvent.entity[1].name",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_an_event_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], Any], path: str
) -> None:
    found = written(log_entry())
    change(found)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([found], IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]


IMPOSSIBLE: dict[str, Json] = {
    "controls that deny the emergency": {"emergency": {}},
    "shown without permission": {"shown": {"type": "Task", "id": "t-1"}, "target": None},
    "patient twice": {"patientKey": "pk-1"},
    "emergency as purpose": {"purpose": "BTG"},
    "finer than the log shows": {"at": "2026-11-24T06:00:00.000250Z"},
    "nobody is responsible": {"responsible": {}},
}


@pytest.mark.parametrize("change", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_a_line_that_contradicts_itself_is_no_record(change: Json) -> None:
    with pytest.raises(FhirError):
        log_entry(**change)


def test_a_line_under_emergency_is_a_record() -> None:
    assert log_entry(controls="TTFT", emergency={"reason": "Val"}).emergency is not None


# --- per abuis: R-63, R-65 --------------------------------------------------------------------


def note(**overrides: object) -> PerAbuisNote:
    return parse_record(PerAbuisNote, evidence_builders.per_abuis_note(**overrides))


NOTE_PARTS: dict[str, tuple[Callable[[Json], Any], str]] = {
    "mark": (lambda e: e.pop("outcomeDesc"), "AuditEvent.outcomeDesc"),
    "initials": (lambda e: e["agent"][0].pop("altId"), "AuditEvent.agent[0].altId"),
    "date": (lambda e: e.pop("period"), "AuditEvent.period"),
    "line": (lambda e: e["entity"].pop(), "AuditEvent.entity"),
}


@pytest.mark.parametrize(("change", "path"), NOTE_PARTS.values(), ids=NOTE_PARTS.keys())
def test_a_note_without_one_of_its_parts_is_refused(
    change: Callable[[Json], Any], path: str
) -> None:
    (found,) = note_mapping.to_fhir(note(), IDS)
    assert note_mapping.from_fhir([found], IDS) == note()
    change(found)
    with pytest.raises(FhirError) as caught:
        note_mapping.from_fhir([found], IDS)
    assert [(i.expression, i.rule) for i in caught.value.issues] == [(path, "R-63")]


def test_the_journal_gets_mark_initials_and_date() -> None:
    assert note_mapping.journal_line(note()) == "pa HR 24-11-2026"


def test_a_note_explains_an_opening_of_that_patient_by_that_person_on_that_day() -> None:
    asked = {"patient": "p-9", "initials": "hr", "day": date(2026, 11, 24)}
    assert note_mapping.explains(note(), **asked)
    assert not note_mapping.explains(note(), **{**asked, "patient": "p-8"})
    assert not note_mapping.explains(note(), **{**asked, "initials": "HS"})
    assert not note_mapping.explains(note(), **{**asked, "day": date(2026, 11, 25)})


def test_a_note_is_of_the_own_organisation_and_one_day() -> None:
    for path, change in {
        "AuditEvent.source.observer": lambda e: e["source"].update(
            observer={
                "identifier": {
                    "system": "http://fhir.nl/fhir/NamingSystem/ura",
                    "value": "90000001",
                }
            }
        ),
        "AuditEvent.period": lambda e: e["period"].update(end="2026-11-25"),
    }.items():
        (found,) = note_mapping.to_fhir(note(), IDS)
        change(found)
        with pytest.raises(FhirError) as caught:
            note_mapping.from_fhir([found], IDS)
        assert [issue.expression for issue in caught.value.issues] == [path]


def test_the_second_example_shows_every_field_that_the_first_cannot() -> None:
    (kind,) = [kind for kind in KINDS if kind.name == "log-entry"]
    said = {name for example in kind.examples for name in example.model_fields_set}
    assert said == set(LogEntry.model_fields)

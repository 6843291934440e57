"""AuditEvents: BALP shapes with NEN 7513 beside them, compared with files that a person has read.

Renew the files with `MESO_GOLDEN=write pytest tests/audit/test_event.py` and read the difference.
"""

import json
import os
from base64 import b64decode
from pathlib import Path

import pytest
from fhir.resources.R4B.auditevent import AuditEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.audit.entry import AuditEntry
from adapter.audit.event import CONTROLS_URL, audit_event, event_id, parse_event_id
from adapter.fhir.json import encode
from adapter.fhir.validation import validate
from tests.builders.log import GP, denial, entry, row

STEADY = settings(deadline=None)  # the machine may be busy

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://meso.example"

CASES = {
    "patient-read": entry(),
    "patient-read-under-emergency": entry(gates="TFFT", relation=None, consent=None),
    "read-of-the-directory": entry(
        type="Organization", resource_id="morg1", patient="-", custodian="-", relation=None,
        consent=None, gates="TTTF",
    ),
    "patient-query": entry(
        interaction="search-type", resource_id=None, version=None, query="patient status"
    ),
    "empty-query": entry(
        interaction="search-type", resource_id=None, version=None, patient=None, custodian=None,
        relation=None, consent=None, query="code patient",
    ),
    "patient-create": entry(interaction="create", version=1),
    "patient-update": entry(interaction="update", type="Task", resource_id="mtask1", version=4),
    "record-consulted": entry(
        interaction="consult", type="medication", resource_id=None, version=None
    ),
    "token-issued": AuditEntry(
        at=entry().at, request_id="req-1", client="meso-velp-epd", ura=entry().ura,
        staff="role-so-1", person=entry().person, role="meso-so", purpose="TREAT",
        interaction="token", outcome=0, status=200, policy="2026-11-24",
    ),
    "token-refused": AuditEntry(
        at=entry().at, request_id="req-1", interaction="token", outcome=8, status=401,
        gates="FFFF", rule="RFC7523", policy="2026-11-24", detail="signature client=somebody",
    ),
    "read-refused": denial(),
    "read-of-nothing": denial(patient=None, custodian=None, relation=None, rule="absent"),
    "read-failed": entry(outcome=12, status=503, gates=None, rule=None, version=None),
}  # fmt: skip


def event(found, *, patient_id="mpatient1", with_query=False):
    return audit_event(row(found), base=BASE, patient_id=patient_id, with_query=with_query)


def agents(found):
    return {a["type"]["coding"][0]["code"]: a for a in found["agent"]}


def entities(found):
    return {e["type"]["code"]: e for e in found["entity"]}


@pytest.mark.parametrize("name", CASES)
def test_an_event_is_what_the_golden_file_says(name):
    path = GOLDEN / f"{name}.json"
    text = json.dumps(event(CASES[name], with_query=True), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("MESO_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_case():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(CASES)


@pytest.mark.parametrize("with_query", [True, False])
@pytest.mark.parametrize("name", CASES)
def test_an_event_is_valid_r4(name, with_query):
    found = event(CASES[name], with_query=with_query)
    assert validate(found) == []
    AuditEvent.model_validate(json.loads(encode(found)))


OPTIONAL = [
    f for f in AuditEntry._fields if f not in {"at", "request_id", "interaction", "outcome"}
]


@STEADY
@given(st.sets(st.sampled_from(OPTIONAL)), st.booleans(), st.sampled_from([0, 4, 8, 12]))
def test_an_event_is_valid_whatever_the_line_leaves_out(absent, known, outcome):
    full = {"outcome": outcome, "rule": "R-1", "query": "q", "detail": "d"}
    found = entry(**{**full, **dict.fromkeys(absent)})
    patient = "mpatient1" if known else None
    assert validate(event(found, patient_id=patient, with_query=True)) == []


# --- shapes -----------------------------------------------------------------------------------


def test_client_and_server_change_places_between_read_and_query():
    read, query = event(CASES["patient-read"]), event(CASES["patient-query"])
    client = "meso-velp-epd"
    assert agents(read)["110152"]["who"]["identifier"]["value"] == client
    assert agents(query)["110153"]["who"]["identifier"]["value"] == client


def test_the_user_asks_and_nobody_else():
    asking = [a["type"]["coding"][0]["code"] for a in event(entry())["agent"] if a["requestor"]]
    assert asking == ["IRCP"]


def test_without_a_user_the_client_asks():
    asking = [a for a in event(CASES["token-refused"])["agent"] if a["requestor"]]
    assert [a["type"]["coding"][0]["code"] for a in asking] == ["110150"]


def test_organisation_and_custodian_are_agents_with_their_ura():
    found = agents(event(entry()))
    assert found["PROV"]["who"]["identifier"]["value"] == entry().ura
    assert found["custodian"]["who"]["identifier"]["value"] == GP


@pytest.mark.parametrize("patient", [None, "-"])
def test_an_event_about_nobody_has_no_patient_entity(patient):
    assert "1" not in entities(event(entry(patient=patient)))


def test_the_internal_patient_key_is_shown_only_when_there_is_no_patient_to_refer_to():
    assert "pk1" not in json.dumps(event(entry()))
    assert "pk1" in json.dumps(event(entry(), patient_id=None))


def test_a_refusal_has_no_data_entity_and_says_which_position_failed():
    found = event(denial())
    assert "2" not in entities(found)
    assert found["outcome"] == "8"
    assert found["outcomeDesc"] == "deny TTFF relation=T permit=F rule=R-5"
    assert {"type": "target", "valueString": "CarePlan/mplan1"} in entities(found)["XrequestId"][
        "detail"
    ]


def test_a_success_names_the_version_that_was_shown():
    assert entities(event(entry()))["2"]["what"]["reference"] == "CarePlan/mplan1/_history/3"


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_profile_of_others_is_claimed(name: str) -> None:
    assert "meta" not in event(CASES[name])


def test_no_profile_is_claimed_when_the_patient_cannot_be_referred_to():
    assert "meta" not in event(entry(), patient_id=None)


def test_what_was_searched_by_is_for_the_privacy_officer_only():
    asked = CASES["patient-query"]
    found = event(asked, with_query=True)
    query = next(e["query"] for e in found["entity"] if "query" in e)
    assert b64decode(query) == b"patient status"
    assert "query" not in json.dumps(event(asked, with_query=False)["entity"])


def test_the_controls_stand_in_their_extension():
    assert event(entry())["extension"] == [{"url": CONTROLS_URL, "valueString": "TTTF"}]


@pytest.mark.parametrize("gates", [None, "", "TTT", "TTTFF", "ttff", "TT\nF"])
def test_controls_that_are_none_are_left_out(gates):
    found = event(entry(gates=gates))
    assert "extension" not in found
    assert validate(found) == []


def test_an_emergency_opening_has_its_purpose_beside_the_users():
    purposes = event(CASES["patient-read-under-emergency"])["purposeOfEvent"]
    assert [p["coding"][0]["code"] for p in purposes] == ["TREAT", "BTG"]


def test_an_unknown_interaction_is_told_as_a_word_of_our_own():
    found = event(entry(interaction="per-abuis"))
    assert found["subtype"][0]["code"] == "per-abuis"
    assert found["subtype"][0]["system"].endswith("/CodeSystem/audit-subtype")


# --- ids --------------------------------------------------------------------------------------


@STEADY
@given(
    st.from_regex(r"\A[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?\Z"),
    st.integers(min_value=1, max_value=2**63 - 1),
)
def test_an_id_leads_back_to_its_line_and_fits_in_r4(stream, seq):
    text = event_id(stream, seq)
    assert parse_event_id(text) == (stream, seq)
    assert len(text) <= 64
    assert validate({**event(entry()), "id": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "read-0-1",
        "aread-0-0",
        "aread-0-01",
        "aread-0-",
        "a-1",
        "aread_0-1",
        "a" * 70 + "-1",
        "ax-1\n",
        "ax-\u0661",
    ],
)
def test_another_text_is_no_id_of_ours(text):
    assert parse_event_id(text) is None

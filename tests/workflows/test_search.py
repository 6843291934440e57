"""Searching: what may be asked, what the answer tells, pages and their tokens, and the log."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.builders.dossier import BASE, Doors, sqlite_doors
from tests.oracle import rows
from tests.oracle.bodies import add_dossier
from tests.oracle.rows import BSN, GP, LOCAL, MESO, NOW, NURSES, WELFARE, World, add_staff

BSN_OF_1 = f"{BSN}|999900001"
NURSE, WORKER, SO, SECRETARY, GP_TOKEN = (
    rows.token_of(name) for name in ("nurse", "worker", "so", "secretary", "gp")
)


def make_world() -> World:
    """Two open dossiers of everybody, one that is nobody's, all consents given."""
    world = World()
    rows.add_parties(world)
    add_staff(world, "nurse", NURSES, "community-nurse")
    add_staff(world, "colleague", NURSES, "community-nurse")
    add_staff(world, "worker", WELFARE, "social-worker")
    add_staff(world, "so", MESO, "meso-so")
    add_staff(world, "secretary", MESO, "meso-secretary")
    add_staff(world, "gp", GP, "gp")
    rows.add_agreement(world, GP, MESO, "his-user")
    for ura in (NURSES, WELFARE):
        for side in (GP, MESO):
            rows.add_agreement(world, side, ura, "partner")
        rows.add_alignment(world, GP, ura, "*")
    for n in (1, 2, 3):
        dossier = add_dossier(world, n)
        if n == 3:
            continue
        rows.add_relation(world, GP, f"k{n}", "source")
        rows.add_relation(world, MESO, f"k{n}", "care", trajectory=f"e{n}")
        for name in ("request", "referral-task", "reported", "consent"):
            rows.add_audience(world, dossier[name], MESO)
        for ura in (NURSES, WELFARE):
            rows.add_relation(world, ura, f"k{n}", "partner", trajectory=f"e{n}")
            for con_type in ("CON-3", "CON-5"):
                rows.add_rule(world, con_type, f"k{n}", ura)
            for name in ("plan", "goal", "action", "other-action", "meeting", "problem"):
                rows.add_audience(world, dossier[name], ura)
    return world


WORLD = make_world()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    opened = sqlite_doors(Path(tmp_path_factory.mktemp("search")))
    opened.fill(WORLD)
    yield opened
    opened.close()


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    """A store of one's own, to change."""
    opened = sqlite_doors(tmp_path)
    yield opened
    opened.close()


def status(doors: Doors, token: bytes | None, type_: str, *pairs: tuple[str, str], **how) -> int:
    return doors.search(token, type_, pairs, **how).answer.status


def bundle(doors: Doors, token: bytes, type_: str, *pairs: tuple[str, str], **how) -> dict:
    found = doors.search(token, type_, pairs, **how).answer
    assert found.status == 200, found.body
    return json.loads(found.body)


def ids(found: dict) -> list[str]:
    return [entry["resource"]["id"] for entry in found.get("entry", [])]


def link(found: dict, relation: str) -> str | None:
    return next((x["url"] for x in found["link"] if x["relation"] == relation), None)


# --- one derivable patient for partners (conventions 3.1, 3.2) --------------------------------


@pytest.mark.parametrize(
    "pairs",
    [
        (),
        (("status", "active"),),
        (("subject", "Patient/p1,Patient/p2"),),
        (("subject", "Patient/p1"), ("patient", "Patient/p1")),
        (("patient", "Patient/p1"), ("patient", "Patient/p2")),
        (("_id", "c1"),),
        (("identifier", "https://meso.example/nummer|c1"),),
    ],
    ids=str,
)
def test_partner_who_does_not_name_exactly_one_patient_is_refused(filled, pairs):
    assert status(filled, NURSE, "CarePlan", *pairs) == 400
    assert status(filled, NURSE, "CarePlan", ("patient", "Patient/p1")) == 200


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ((("_id", "p1"),), 200),
        ((("identifier", f"{LOCAL}|local-1"),), 200),
        ((), 400),
        ((("identifier", f"{LOCAL}|"),), 400),
        ((("identifier", "local-1"),), 400),
        ((("identifier", "|local-1"),), 400),
        ((("identifier", f"{LOCAL}|local-1,{LOCAL}|local-2"),), 400),
        ((("_id", "p1,p2"),), 400),
        ((("_id", "p1"), ("identifier", f"{LOCAL}|local-1")), 400),
        ((("family", "Verzonnen1"),), 400),
    ],
    ids=str,
)
def test_partner_finds_a_person_by_one_whole_number_or_id(filled, pairs, wanted):
    assert status(filled, NURSE, "Patient", *pairs, in_body=True) == wanted


def test_meso_team_may_ask_for_everybody_of_its_own(filled):
    assert sorted(ids(bundle(filled, SO, "CarePlan"))) == ["c1", "c2"]


@pytest.mark.parametrize("number", [BSN_OF_1, "urn:oid:2.16.840.1.113883.2.4.6.3|999900001"])
def test_bsn_is_asked_for_in_a_body_only(filled, number):
    for token in (SO, NURSE):
        refused = filled.search(token, "Patient", (("identifier", number),)).answer
        assert refused.status == 400
        assert b"999900001" not in refused.body
        found = bundle(filled, token, "Patient", ("identifier", number), in_body=True)
        assert ids(found) == ["p1"]
        assert "999900001" not in json.dumps(found["link"])


def test_unknown_person_and_person_of_others_are_the_same_empty_answer(filled):
    answers = [
        filled.search(SO, "Patient", (("identifier", f"{BSN}|{n}"),), in_body=True).answer
        for n in ("999900003", "999999990")
    ]
    assert answers[0] == answers[1]
    assert json.loads(answers[0].body)["total"] == 0


# --- what a view hides cannot be searched (access-control 2.8) --------------------------------


@pytest.mark.parametrize(
    ("token", "type_", "pair"),
    [
        (NURSE, "CarePlan", ("_lastUpdated", "ge2020-01-01")),
        (NURSE, "CarePlan", ("goal", "Goal/h1")),
        (NURSE, "CarePlan", ("condition", "Condition/pc1")),
        (NURSE, "Task", ("focus", "ServiceRequest/r1")),
        (NURSE, "Task", ("based-on", "CarePlan/c1")),
        (NURSE, "Task", ("_lastUpdated", "ge2020-01-01")),
        (NURSE, "Appointment", ("actor", "RelatedPerson/x")),
        (SECRETARY, "Appointment", ("actor", "RelatedPerson/x")),
        (SECRETARY, "Appointment", ("_lastUpdated", "ge2020-01-01")),
    ],
    ids=str,
)
def test_parameter_that_touches_what_is_hidden_does_not_exist(filled, token, type_, pair):
    patient = ("patient", "Patient/p1")
    found = filled.search(token, type_, (patient, pair)).answer
    unheard_of = filled.search(token, type_, (patient, ("unheard-of", "x"))).answer
    assert found.status == 400
    assert found.body == unheard_of.body


@pytest.mark.parametrize(
    ("token", "type_", "pair"),
    [
        (SO, "CarePlan", ("_lastUpdated", "ge2020-01-01")),
        (SO, "CarePlan", ("goal", "Goal/h1")),
        (GP_TOKEN, "Task", ("focus", "ServiceRequest/r1")),
        (NURSE, "Task", ("owner", f"Organization/o{NURSES}")),
        (NURSE, "CarePlan", ("status", "active")),
        (SECRETARY, "Appointment", ("date", "ge2020-01-01")),
    ],
    ids=str,
)
def test_parameter_of_what_is_shown_to_this_role_is_offered(filled, token, type_, pair):
    assert ids(bundle(filled, token, type_, ("patient", "Patient/p1"), pair))


@pytest.mark.parametrize("number", [BSN_OF_1, "urn:oid:2.16.840.1.113883.2.4.6.3|999900001"])
def test_social_domain_cannot_find_out_a_bsn_by_asking_for_it(filled, number):
    assert status(filled, WORKER, "Patient", ("identifier", number), in_body=True) == 400
    own = bundle(filled, WORKER, "Patient", ("identifier", f"{LOCAL}|local-1"), in_body=True)
    assert ids(own) == ["p1"]
    assert BSN not in json.dumps(own)


@pytest.mark.parametrize(
    "pair",
    [
        ("_sort", "status"),
        ("_include", "CarePlan:goal"),
        ("_revinclude", "Task:based-on"),
        ("_elements", "title"),
        ("_summary", "text"),
        ("subject:identifier", f"{BSN}|999900001"),
        ("subject.name", "x"),
        ("_has:Task:based-on:status", "x"),
        ("status:not", "active"),
        ("status:missing", "true"),
        ("_filter", "x"),
        ("_text", "x"),
        ("subject", "https://evil.example/fhir/Patient/p1"),
        ("subject", "Patient/p1/_history/2?x"),
        ("code", "a\x00b"),
        ("_id", "x|y"),
        ("_id", "x|"),
        ("_page", "AAAA"),
        ("_page", "."),
    ],
    ids=str,
)
def test_what_is_not_offered_is_400_whatever_is_stored(filled, pair):
    assert status(filled, SO, "CarePlan", pair) == 400


def test_words_of_a_like_pattern_match_nothing_but_themselves(filled):
    assert bundle(filled, SO, "Patient", ("family", "%"))["total"] == 0
    assert bundle(filled, SO, "Patient", ("family", "_erzonnen"))["total"] == 0
    assert bundle(filled, SO, "Patient", ("family", "verzonnen"))["total"] == 2


# --- order of checks --------------------------------------------------------------------------


def test_without_a_token_or_a_role_for_it_nothing_is_said_about_the_query(filled):
    bad = ("unheard-of", "x")
    assert status(filled, None, "CarePlan", bad) == 401
    assert status(filled, NURSE, "Observation", bad) == 403
    assert status(filled, NURSE, "CarePlan", bad) == 400


# --- totals, pages and links ------------------------------------------------------------------


def test_total_counts_what_is_seen_whatever_the_page(filled):
    for count in ("0", "1", "200", "999999"):
        assert bundle(filled, SO, "Task", ("_count", count))["total"] == 6
    nothing = bundle(filled, SO, "Task", ("_count", "0"))
    assert "entry" not in nothing
    assert link(nothing, "next") is None


def test_self_link_says_what_was_asked_and_nothing_that_was_added(filled):
    found = bundle(filled, NURSE, "Task", ("patient", "Patient/p1"), ("status", "requested"))
    assert link(found, "self") == f"{BASE}/Task?patient=Patient%2Fp1&status=requested"


def next_pairs(found: dict) -> tuple[tuple[str, str], ...]:
    url = link(found, "next")
    assert url is not None
    return tuple(parse_qsl(urlsplit(url).query))


def test_page_goes_on_for_this_caller_and_this_query_only(filled):
    asked = (("patient", "Patient/p1"), ("_count", "1"))
    onward = next_pairs(bundle(filled, NURSE, "Task", *asked))
    assert status(filled, NURSE, "Task", *onward) == 200
    page = onward[-1]
    for token, type_, pairs in (
        (rows.token_of("colleague"), "Task", onward),
        (SO, "Task", onward),
        (NURSE, "Goal", onward),
        (NURSE, "Task", (("patient", "Patient/p2"), page)),
        (NURSE, "Task", (("patient", "Patient/p1"), ("status", "requested"), page)),
        (NURSE, "Task", (("patient", "Patient/p1"), ("_page", page[1][:-2] + "AA"))),
    ):
        assert status(filled, token, type_, *pairs) == 400, (type_, pairs)


def test_page_size_may_change_on_the_way(filled):
    first = bundle(filled, SO, "Task", ("_count", "2"))
    rest = bundle(filled, SO, "Task", *next_pairs(first), ("_count", "50"))
    assert len(ids(first)) + len(ids(rest)) == 6


@pytest.mark.parametrize(
    ("token", "pairs"),
    [
        (SO, (("family", "Verzonnen"), ("_count", "1"))),
        (SO, (("birthdate", "ge1900-01-01"), ("family", "Verzonnen"), ("_count", "1"))),
        (SO, (("identifier", f"{BSN_OF_1},{BSN}|999900002"), ("_count", "1"))),
        (GP_TOKEN, (("identifier", f"{LOCAL}|local-1,{LOCAL}|local-2"), ("_count", "1"))),
    ],
    ids=str,
)
def test_links_of_a_search_in_a_body_name_nobody_and_go_on_with_all_that_was_asked(
    filled, token, pairs
):
    first = bundle(filled, token, "Patient", *pairs, in_body=True)
    onward = next_pairs(first)
    assert [name for name, _ in onward] == ["_page"]
    links = json.dumps(first["link"])
    for name, value in pairs[:-1]:
        assert f"{name}=" not in links
        assert not any(part in links for part in value.replace(",", "|").split("|"))
    second = bundle(filled, token, "Patient", *onward)
    assert first["total"] == second["total"] == 2
    assert sorted(ids(first) + ids(second)) == ["p1", "p2"]
    assert link(second, "next") is None
    assert bundle(filled, token, "Patient", *onward, in_body=True)["total"] == 2
    assert link(second, "self") == f"{BASE}/Patient?_page={onward[0][1]}"


def test_self_link_of_a_search_in_a_body_keeps_what_names_nobody(filled):
    asked = (("patient", "Patient/p1"), ("status", "requested"), ("identifier", "x|y"))
    found = bundle(filled, SO, "Task", *asked, in_body=True)
    assert link(found, "self") == f"{BASE}/Task?patient=Patient%2Fp1&status=requested"


def test_page_of_a_search_in_a_body_is_the_callers_own(filled):
    asked = (("family", "Verzonnen"), ("_count", "1"))
    onward = next_pairs(bundle(filled, SO, "Patient", *asked, in_body=True))
    assert status(filled, GP_TOKEN, "Patient", *onward) == 400
    assert status(filled, SO, "Patient", *onward, ("family", "Verzonnen")) == 400
    assert status(filled, SO, "Patient", *onward, *onward) == 400


def test_search_that_would_not_fit_into_a_link_is_refused(filled):
    many = ",".join(f"{'m' * 60}{n:02}" for n in range(80))
    assert status(filled, SO, "Patient", ("_id", many), in_body=True) == 400
    assert status(filled, SO, "Patient", ("_id", many[:4000]), in_body=True) == 200


def test_log_of_a_page_names_what_is_asked_by_it(filled):
    asked = (("family", "Verzonnen"), ("_count", "1"))
    onward = next_pairs(bundle(filled, SO, "Patient", *asked, in_body=True))
    (line,) = filled.search(SO, "Patient", onward).entries
    assert line.query == "_count family"


def test_page_is_decided_anew(doors):
    doors.fill(WORLD)
    onward = next_pairs(bundle(doors, NURSE, "Task", ("patient", "Patient/p1"), ("_count", "1")))
    world = deepcopy(WORLD)
    for rule in world.rows("consent_rule"):
        rule["valid_to"] = NOW
    doors.fill(world)
    found = bundle(doors, NURSE, "Task", *onward)
    assert (found["total"], ids(found)) == (0, [])


def test_page_token_of_reduced_rows_tells_no_time(doors):
    """Q4: when a part changed is not shown, so neither is it readable from a link."""
    patient = ("patient", "Patient/p1")
    tokens = []
    for moved in (0, 5_000_000):
        world = deepcopy(WORLD)
        for resource in world.rows("resource"):
            resource["updated"] -= moved * resource["rid"]
        doors.fill(world)
        found = bundle(doors, WORKER, "Goal", patient, ("_count", "1"))
        tokens.append((ids(found), link(found, "next")))
    assert tokens[0] == tokens[1]


# --- the log ----------------------------------------------------------------------------------


def test_one_line_for_each_patient_in_the_answer(filled):
    lines = filled.search(SO, "Task", ()).entries
    assert sorted(line.patient for line in lines) == ["k1", "k2"]
    assert {line.request_id for line in lines} == {"req-1"}
    assert {(line.outcome, line.status, line.gates) for line in lines} == {(0, 200, "TTTF")}
    assert all(line.relation is not None for line in lines)


def test_only_who_is_on_the_page_is_logged(filled):
    lines = filled.search(SO, "Patient", (("_count", "1"),)).entries
    assert len(lines) == 1


def test_empty_answer_is_one_line_without_a_patient(filled):
    (line,) = filled.search(SO, "Patient", (("family", "niemand"),)).entries
    assert (line.patient, line.status, line.outcome, line.gates) == (None, 200, 0, "TFFF")


def test_patient_whose_number_of_resources_was_told_is_logged(filled):
    for more in (("_summary", "count"), ("_count", "0")):
        (line,) = filled.search(NURSE, "Task", (("patient", "Patient/p1"), more)).entries
        assert line.patient == "k1"


def test_refused_role_is_logged_with_its_rule(filled):
    (line,) = filled.search(NURSE, "Observation", ()).entries
    assert (line.outcome, line.status, line.rule, line.gates) == (8, 403, "R-12", "FFFF")


def test_log_holds_names_of_our_parameters_and_nothing_that_was_sent(filled):
    secret = ("geheim 999900001\r\n", "x")
    for token, type_, pairs in (
        (NURSE, "Observation", (secret, ("patient", "Patient/p1"))),
        (SO, "Patient", (("family", "Verzonnen1"), ("_count", "1"))),
        (NURSE, "CarePlan", (secret,)),
    ):
        for line in filled.search(token, type_, pairs).entries:
            assert "999900001" not in repr(line)
            assert "Verzonnen1" not in repr(line)
            assert line.query is None or "\n" not in line.query
    (line,) = filled.search(SO, "Patient", (("family", "Verzonnen1"),)).entries
    assert line.query == "family"

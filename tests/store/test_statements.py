"""Every statement of the read path, as text: one table per sub-select, rows only through the gates.

SQLAlchemy adds a table anew where it does not correlate; the statement then still runs and means
something else. So the text itself is walked, for every role, type, criterion and dialect. The files
in `golden/` are for people: renew them with `MESO_GOLDEN=write pytest tests/store/test_statements.py`
and read the difference.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapter.access.policy import load_policy
from adapter.store import statements
from adapter.store.gates import fixed
from adapter.store.search_statement import Criterion, search
from adapter.store.statements import Compiled
from tests.oracle.seeds import Seed, planted

GOLDEN = Path(__file__).parent / "golden"
DIALECTS = ("sqlite", "postgresql")
POLICY = load_policy()
STORED = sorted({(s.role, s.type) for s in POLICY.scopes if s.type[0].isupper()})
GP_RECORD = sorted({(s.role, s.type) for s in POLICY.scopes if s.type[0].islower()})
CRITERIA = {
    "id": Criterion(param="_id", kind="id", values=(("p1",),)),
    "patient": Criterion(param="patient", kind="patient", values=(("Patient", "p1"),)),
    "updated": Criterion(param="_lastUpdated", kind="updated", values=(("ge", 1, 2),)),
    "token": Criterion(param="status", kind="token", values=(("s", "c"), (None, "c"), ("s", None))),
    "reference": Criterion(
        param="owner", kind="reference", values=(("Organization", "o"), (None, "o"))
    ),
    "date": Criterion(
        param="date",
        kind="date",
        values=tuple((p, 1, 2) for p in ("eq", "ne", "lt", "gt", "le", "ge", "sa", "eb")),
    ),
    "string": Criterion(param="family", kind="string", values=(("ja",),)),
}
# Joins that are meant: what stands together in one FROM.
JOINS = {
    ("token", "staff"),
    ("resource", "patient"),
    ("reference", "resource"),
    ("patient", "organisation", "resource"),
    ("hits", "resource"),
    ("anon_1", "anon_2"),
}
FACTS = {
    *("relation", "consent_rule", "agreement", "staff_authorisation", "alignment", "audience"),
    *("search_token", "search_date", "search_text"),
}


@dataclass(frozen=True)
class Block:
    """One SELECT: its text, without those inside it, its FROM and the tables in that."""

    text: str
    source: str
    tables: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """Every SELECT of a statement, the innermost first; `§` stands where one was inside."""
    open_: list[str] = [""]
    quoted = False
    for character in re.sub(r"\s+", " ", text):
        quoted ^= character == "'"
        if character == "(" and not quoted:
            open_.append("")
        elif character == ")" and not quoted:
            inner = open_.pop()
            if inner.startswith("SELECT "):
                yield _block(inner)
                open_[-1] += "§"
            else:
                open_[-1] += f"({inner})"
        else:
            open_[-1] += character
    yield _block(open_[0][open_[0].index("SELECT ") :])


def _block(text: str) -> Block:
    found = re.search(r" FROM (.*?)(?: WHERE | ORDER BY | LIMIT | GROUP BY |$)", text)
    assert found is not None, text
    source = found[1]
    assert "SELECT" not in source
    joined = re.split(r" LEFT OUTER JOIN | JOIN |, ", source)
    names = [re.sub(r" ON .*", "", part).strip() for part in joined]
    return Block(text, source, tuple(n.replace("§ AS ", "").replace('"', "") for n in names))


def every_statement(dialect: str) -> Iterator[tuple[str, Compiled]]:
    yield "identity", statements.identity(dialect)
    for role, type_ in STORED:
        yield f"read {role} {type_}", statements.read(dialect, role, type_)
        for after in (None, (1, "x")):
            compiled, _ = search(dialect, role, type_, list(CRITERIA.values()), after=after)
            yield f"search {role} {type_} {after}", compiled
    for name, criterion in CRITERIA.items():
        for role in ("community-nurse", "gp"):
            compiled, _ = search(dialect, role, "Task", [criterion], after=None)
            yield f"search {role} Task {name}", compiled
    for role in POLICY.roles:
        if POLICY.scopes_of_role(role):
            yield f"targets {role}", statements.targets(dialect, role)
    for role, part in GP_RECORD:
        yield f"gp record {role} {part}", statements.gp_record(dialect, role, part)


@pytest.fixture(scope="module", params=DIALECTS)
def walked(request: pytest.FixtureRequest) -> list[tuple[str, Compiled, list[Block]]]:
    return [
        (name, compiled, list(blocks(compiled.text)))
        for name, compiled in every_statement(request.param)
    ]


def test_the_walk_sees_every_select(walked):
    for name, compiled, found in walked:
        assert len(found) == compiled.text.count("SELECT"), name


def test_every_sub_select_has_one_table_unless_the_join_is_meant(walked):
    for name, _, found in walked:
        for block in found:
            assert len(block.tables) == 1 or block.tables in JOINS, (name, block.tables)
            assert ", " not in block.source, f"{name}: every row with every row"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_walk_finds_a_table_that_was_added_anew(dialect):
    """One level down SQLAlchemy correlates by itself; two levels down only when it is told to."""
    untold = Seed(
        "no correlation",
        "adapter.store.gates",
        "        .correlate_except(relation)\n    )\n    return Item",
        "    )\n    return Item",
    )
    with planted(untold):
        found = list(blocks(statements.gp_record(dialect, "meso-so", "his").text))
    assert ("relation", "patient") in [block.tables for block in found]
    assert ("relation", "patient") not in JOINS


def test_every_fact_is_looked_up_for_the_enclosing_row(walked):
    """A fact table stands alone in its sub-select and is bound to what is asked about."""
    for name, _, found in walked:
        for block in found:
            (table, *others) = block.tables
            if table not in FACTS:
                continue
            assert not others, name
            outer = re.findall(r"= (?:resource|patient|hits)\.|= [?%]", block.text)
            assert outer, (name, block.text)


def test_search_names_stored_resources_in_the_gated_select_and_by_its_rows_only(walked):
    for name, compiled, found in walked:
        if not name.startswith("search "):
            continue
        sources = [block for block in found if "resource" in block.tables]
        gated = [block for block in sources if block.tables == ("resource", "patient")]
        page = [block for block in sources if block.tables == ("hits", "resource")]
        assert len(gated) == len(page) == 1, name
        assert len(sources) == 2, name
        assert "JOIN resource ON resource.rid = hits.rid" in page[0].text, name
        assert compiled.text.count("LIMIT") == 1, name
        assert "LIMIT" in page[0].text, f"{name}: the limit comes after the gates"
        counts = [block for block in found if "count(*)" in block.text]
        assert [block.tables for block in counts] == [("hits",)], name


def test_every_gated_select_asks_every_gate(walked):
    """Relation, deny and death in each; consent, alignment and audience where the role needs it."""
    for name, compiled, _ in walked:
        kind, role, what = (*name.split(" "), "", "")[:3]
        if kind not in {"read", "search"}:
            continue
        scopes = POLICY.scopes_of(role, what)
        text = compiled.text
        for table, needed in {
            "consent_rule": True,
            "agreement": True,
            "relation": any(s.relation != "-" for s in scopes),
            "alignment": any(s.needs_alignment for s in scopes),
            "audience": any(s.needs_audience for s in scopes),
        }.items():
            assert (f"FROM {table}" in re.sub(r"\s+", " ", text)) == needed, (name, table)
        assert "patient.deceased_at IS NULL" in text, name
        assert "hidden" in text, name
        assert "'deny'" in text, name
        for con_type in {s.consent for s in scopes if s.consent}:
            assert f"'{con_type}'" in text, (name, con_type)


def test_statements_of_the_gp_record_ask_for_both_consents_and_the_authorisation(walked):
    for name, compiled, _ in walked:
        if not name.startswith("gp record meso"):
            continue
        for needed in ("'CON-1'", "'CON-2'", "'his-user'", "staff_authorisation", "'care'"):
            assert needed in compiled.text, (name, needed)


def test_every_interval_is_asked_from_both_sides(walked):
    """A fact with an interval never counts without both of its ends."""
    dated = FACTS - {"search_token", "search_date", "search_text"}
    for name, _, found in walked:
        for block in found:
            table = block.tables[0]
            if table in dated:
                assert f"{table}.valid_from <= " in block.text, (name, block.text)
                assert f"{table}.valid_to > " in block.text, (name, block.text)


def test_nothing_that_a_caller_sends_is_in_the_text_of_a_statement():
    nasty = "x' OR '1'='1"
    criteria = [
        Criterion(param="status", kind="token", values=((nasty, nasty),)),
        Criterion(param="family", kind="string", values=((nasty,),)),
        Criterion(param="patient", kind="patient", values=(("Patient", nasty),)),
    ]
    for dialect in DIALECTS:
        compiled, values = search(dialect, "gp", "Patient", criteria, after=(1, nasty))
        assert nasty not in compiled.text
        assert list(values.values()).count(nasty) == 5


def test_constant_with_anything_but_plain_words_is_refused():

    for text in ("x'y", "a b", "", "é'"):
        with pytest.raises(ValueError, match="plain words"):
            fixed(text)


def golden_cases(dialect: str) -> dict[str, Compiled]:
    page, _ = search(
        dialect,
        "community-nurse",
        "Task",
        [CRITERIA["patient"], CRITERIA["token"]],
        after=(1, "x"),
    )
    return {
        "identity": statements.identity(dialect),
        "read-meso-so-CarePlan": statements.read(dialect, "meso-so", "CarePlan"),
        "read-community-nurse-CarePlan": statements.read(dialect, "community-nurse", "CarePlan"),
        "targets-community-nurse": statements.targets(dialect, "community-nurse"),
        "gp-record-meso-so-his": statements.gp_record(dialect, "meso-so", "his"),
        "search-community-nurse-Task": page,
    }


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", sorted(golden_cases("sqlite")))
def test_statement_is_the_text_that_was_reviewed(dialect, name):
    path = GOLDEN / f"{name}.{dialect}.sql"
    compiled = golden_cases(dialect)[name]
    text = re.sub(r" +$", "", compiled.text, flags=re.MULTILINE) + "\n"
    if os.environ.get("MESO_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text

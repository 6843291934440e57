"""Verification finds every changed, missing and moved line, and claims no more than that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.audit.anchor import Anchor, Head
from adapter.audit.entry import GENESIS, AuditEntry, link, parse_row
from adapter.audit.verify import Kind, verify_stream
from tests.builders.log import entry, stream

STEADY = settings(deadline=None)  # the machine may be busy

NAME = "read-0"
LENGTHS = st.integers(min_value=1, max_value=25)


def head_of(rows):
    return Head(stream=NAME, seq=rows[-1].seq, hash=rows[-1].hash) if rows else None


def check(rows, head, anchors=()):
    return verify_stream(NAME, rows, head, anchors)


def places(findings, *kinds):
    return {
        seq
        for finding in findings
        if finding.kind in kinds
        for seq in range(finding.first, finding.last + 1)
    }


def anchor(row, day="2026-11-24", **changes):
    values = {"day": day, "stream": NAME, "seq": row.seq, "hash": row.hash, "mac": b""}
    return Anchor(**{**values, **changes})


def changed(row):
    return row._replace(entry=row.entry._replace(patient="pk-other"))


def recompute(rows, first):
    """What somebody with write access does: everything from place `first` on is chained anew."""
    before = rows[first - 2].hash if first > 1 else GENESIS
    entries = [row.entry for row in rows[first - 1 :]]
    return rows[: first - 1] + [parse_row(r) for r in link(before, first - 1, NAME, entries)[0]]


# --- nothing wrong ----------------------------------------------------------------------------


@STEADY
@given(LENGTHS)
def test_an_untouched_stream_has_no_findings(count):
    rows = stream(count)
    assert check(rows, head_of(rows), [anchor(row) for row in rows]) == []


def test_an_empty_stream_has_no_findings():
    assert check([], None) == []
    assert check([], Head(stream=NAME, seq=0, hash=GENESIS)) == []
    nothing = Anchor(day="2026-11-24", stream=NAME, seq=0, hash=GENESIS, mac=b"")
    assert check([], None, [nothing]) == []


# --- random tampering -------------------------------------------------------------------------


@STEADY
@given(LENGTHS, st.data())
def test_exactly_the_changed_lines_are_found(count, data):
    rows = stream(count)
    touched = data.draw(st.sets(st.integers(1, count), min_size=1))
    spoilt = [changed(row) if row.seq in touched else row for row in rows]
    findings = check(spoilt, head_of(rows))
    assert places(findings, Kind.CHANGED, Kind.MOVED, Kind.MISSING, Kind.HEAD) == touched


@STEADY
@given(LENGTHS, st.sampled_from(AuditEntry._fields), st.data())
def test_a_change_of_any_field_is_found(count, name, data):
    rows = stream(count)
    place = data.draw(st.integers(0, count - 1))
    value = data.draw(st.one_of(st.none(), st.integers(0, 99), st.text(max_size=3)))
    if value == getattr(rows[place].entry, name):
        return
    rows[place] = rows[place]._replace(entry=rows[place].entry._replace(**{name: value}))
    assert places(check(rows, head_of(rows)), Kind.CHANGED) == {place + 1}


@STEADY
@given(LENGTHS, st.data())
def test_a_changed_hash_is_found_at_the_line_or_behind_it(count, data):
    rows = stream(count)
    place = data.draw(st.integers(0, count - 1))
    head = head_of(rows)
    rows[place] = rows[place]._replace(hash=data.draw(st.binary(max_size=33)))
    assert place + 1 in places(check(rows, head), Kind.CHANGED)


@STEADY
@given(LENGTHS, st.data())
def test_every_missing_line_is_found(count, data):
    rows = stream(count)
    gone = data.draw(st.sets(st.integers(1, count), min_size=1))
    left = [row for row in rows if row.seq not in gone]
    assert places(check(left, head_of(rows)), Kind.MISSING) == gone


@STEADY
@given(st.integers(2, 25), st.data())
def test_every_line_that_stands_in_anothers_place_is_found(count, data):
    rows = stream(count)
    order = data.draw(st.permutations(range(count)))
    moved = [rows[order[n]]._replace(seq=n + 1) for n in range(count)]
    expected = {n + 1 for n in range(count) if order[n] != n}
    assert expected <= places(check(moved, head_of(rows)), Kind.MOVED, Kind.CHANGED)


@STEADY
@given(st.integers(2, 25), st.data())
def test_lines_that_come_in_another_order_are_found(count, data):
    rows = stream(count)
    order = data.draw(st.permutations(rows))
    assert bool(check(order, head_of(rows))) == (order != rows)


@STEADY
@given(LENGTHS, st.data())
def test_changing_and_leaving_out_together_is_found(count, data):
    rows = stream(count)
    gone = data.draw(st.sets(st.integers(1, count)))
    touched = data.draw(st.sets(st.integers(1, count), min_size=1))
    left = [changed(r) if r.seq in touched else r for r in rows if r.seq not in gone]
    findings = check(left, head_of(rows))
    unchecked = {seq for seq in touched - gone if seq - 1 in gone}  # said so in the finding
    found = places(findings, Kind.CHANGED, Kind.MISSING, Kind.MOVED)
    assert gone | (touched - unchecked) <= found


# --- single cases -----------------------------------------------------------------------------


def test_a_line_that_was_moved_is_told_where_it_belongs():
    rows = stream(9)
    moved = [*rows]
    moved[2], moved[6] = rows[6]._replace(seq=3), rows[2]._replace(seq=7)
    texts = {f.first: f.text for f in check(moved, head_of(rows)) if f.kind is Kind.MOVED}
    assert texts == {3: "Regel 3 hoort op plaats 7.", 7: "Regel 7 hoort op plaats 3."}


def test_a_line_that_stands_twice_is_found():
    rows = stream(3)
    assert places(check([rows[0], rows[1], rows[1], rows[2]], head_of(rows)), Kind.MOVED) == {2}


def test_the_line_behind_a_gap_is_named_as_unchecked():
    rows = stream(5)
    (finding,) = check([rows[0], *rows[3:]], head_of(rows))
    assert (finding.first, finding.last) == (2, 3)
    assert "regel 4 is niet te controleren" in finding.text


def test_a_cut_tail_is_found_by_the_head():
    rows = stream(5)
    assert places(check(rows[:3], head_of(rows)), Kind.MISSING) == {4, 5}


def test_a_head_of_another_line_is_found():
    rows = stream(3)
    for head in (
        Head(stream=NAME, seq=3, hash=rows[1].hash),
        Head(stream=NAME, seq=2, hash=rows[1].hash),
        Head(stream=NAME, seq="3", hash=rows[2].hash),
        None,
    ):
        assert [finding.kind for finding in check(rows, head)] == [Kind.HEAD]


def test_lines_under_another_streams_name_do_not_fit():
    rows = stream(3)
    assert places(verify_stream("read-1", rows, None), Kind.CHANGED) == {1, 2, 3}


@pytest.mark.parametrize(
    "value",
    [b"req-1", True, 1.0, ["req-1"], {"a": 1}, "\ud800"],
    ids=["bytes", "bool", "real", "list", "object", "surrogate"],
)
def test_a_value_of_a_kind_that_we_never_write_is_found_and_no_crash(value):
    rows = stream(3)
    rows[1] = rows[1]._replace(entry=rows[1].entry._replace(request_id=value))
    assert places(check(rows, head_of(rows)), Kind.CHANGED) == {2}


def test_bytes_that_encode_to_the_same_text_are_found():
    (row,) = [parse_row(r) for r in link(GENESIS, 0, NAME, [entry(detail="YWJj")])[0]]
    spoilt = row._replace(entry=row.entry._replace(detail=b"abc"))
    assert places(check([spoilt], head_of([row])), Kind.CHANGED) == {1}


@pytest.mark.parametrize("seq", ["2", None, 2.5])
def test_a_place_that_is_no_number_is_found_and_no_crash(seq):
    rows = stream(3)
    spoilt = [rows[0], rows[1]._replace(seq=seq), rows[2]]
    assert {Kind.MOVED, Kind.MISSING} <= {f.kind for f in check(spoilt, head_of(rows))}


# --- anchors: what they add, and what nobody can find -----------------------------------------


@STEADY
@given(st.integers(2, 20), st.data())
def test_a_stream_computed_anew_is_found_up_to_the_last_anchor_held_elsewhere(count, data):
    rows = stream(count)
    held = data.draw(st.integers(1, count))
    first = data.draw(st.integers(1, count))
    forged = [*rows]
    forged[first - 1] = changed(forged[first - 1])
    forged = recompute(forged, first)
    findings = check(forged, head_of(forged), [anchor(rows[held - 1])])
    assert (Kind.ANCHOR in {f.kind for f in findings}) == (first <= held)


def test_after_the_last_anchor_a_stream_computed_anew_is_not_found():
    rows = stream(6)
    forged = recompute([*rows[:4], changed(rows[4]), rows[5]], 5)
    assert check(forged, head_of(forged), [anchor(rows[3])]) == []


def test_a_stream_that_was_cut_with_its_head_is_found_by_the_anchor():
    rows = stream(6)
    findings = check(rows[:3], head_of(rows[:3]), [anchor(rows[4])])
    assert places(findings, Kind.ANCHOR) == {5}


def test_two_anchors_that_disagree_are_found():
    rows = stream(3)
    twice = [anchor(rows[1]), anchor(rows[1], day="2026-11-25", hash=b"x" * 32)]
    assert places(check(rows, head_of(rows), twice), Kind.ANCHOR) == {2}


def test_an_anchor_before_the_first_line_that_is_no_beginning_is_found():
    rows = stream(2)
    assert places(check(rows, head_of(rows), [anchor(rows[0], seq=0)]), Kind.ANCHOR) == {0}

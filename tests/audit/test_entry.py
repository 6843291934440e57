"""A line and its place in the chain."""

import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.audit.entry import (
    COLUMNS,
    GENESIS,
    AuditEntry,
    canonical,
    chain,
    check_stream,
    clean_text,
    link,
    parse_row,
)
from adapter.store.schema import AUDIT_FIELDS, audit
from tests.builders.log import entry

STEADY = settings(deadline=None)  # the machine may be busy


def test_an_entry_has_exactly_the_fields_of_the_table():
    assert AuditEntry._fields == AUDIT_FIELDS
    assert tuple(column.name for column in audit.columns) == COLUMNS


def test_an_entry_of_which_nothing_is_said_is_a_failure():
    assert AuditEntry(at=1, request_id="r").outcome == 12


def test_canonical_bytes_are_a_json_array_in_the_order_of_the_columns():
    assert (
        canonical("read-0", 1, AuditEntry(at=5, request_id="r", interaction="read", detail="é"))
        == (
            '["read-0",1,5,"r",'
            + "null," * 6
            + '"read",null,null,null,null,null,12,'
            + "null," * 7
            + '"é"]'
        ).encode()
    )


def test_the_hash_is_over_the_hash_before_and_the_canonical_bytes():
    expected = sha256(b"p" * 32 + canonical("s", 4, entry())).digest()
    assert chain(b"p" * 32, "s", 4, entry()) == expected


@STEADY
@given(
    st.sampled_from(AuditEntry._fields),
    st.one_of(st.none(), st.integers(0, 2**62), st.text(max_size=20)),
)
def test_every_field_moves_the_hash(name, value):
    if value == getattr(entry(), name):
        return
    other = entry()._replace(**{name: value})
    assert chain(GENESIS, "s", 1, other) != chain(GENESIS, "s", 1, entry())


@pytest.mark.parametrize(
    ("stream", "seq", "before"), [("t", 1, GENESIS), ("s", 2, GENESIS), ("s", 1, b"x" * 32)]
)
def test_stream_place_and_predecessor_move_the_hash(stream, seq, before):
    assert chain(before, stream, seq, entry()) != chain(GENESIS, "s", 1, entry())


def test_two_neighbouring_texts_cannot_change_their_border():
    left = entry(client="a", ura="bc")
    right = entry(client="ab", ura="c")
    assert canonical("s", 1, left) != canonical("s", 1, right)


def test_linking_in_two_steps_gives_the_same_chain():
    entries = [entry(at=n) for n in range(5)]
    rows, seq, head = link(GENESIS, 0, "s", entries)
    first, seq1, head1 = link(GENESIS, 0, "s", entries[:2])
    second, seq2, head2 = link(head1, seq1, "s", entries[2:])
    assert (first + second, seq2, head2) == (rows, seq, head)


def test_a_row_read_back_is_the_entry_that_was_written():
    (row,), _, head = link(GENESIS, 0, "s", [entry(detail="ü € 😀")])
    assert parse_row(row).entry == entry(detail="ü € 😀")
    assert parse_row(row).hash == head
    assert json.loads(canonical("s", 1, parse_row(row).entry))[-1] == "ü € 😀"


@pytest.mark.parametrize("stored", [None, "text", 32, ""])
def test_what_is_no_hash_is_read_as_none(stored):
    (row,), _, _ = link(GENESIS, 0, "s", [entry()])
    assert parse_row((*row[:-1], stored)).hash == b""


@pytest.mark.parametrize("name", ["read-0", "data", "read-1a2b3c4d-12", "w.1", "a" * 40])
def test_a_stream_name_fits_into_an_event_id(name):
    assert check_stream(name) == name


@pytest.mark.parametrize("name", ["", "-a", "a-", "a_b", "a b", "a" * 41, "ä", "a\n"])
def test_another_stream_name_is_refused(name):
    with pytest.raises(ValueError, match="stream"):
        check_stream(name)


@STEADY
@given(st.text())
def test_cleaned_text_is_one_line_that_can_always_be_stored(text):
    cleaned = clean_text(text)
    assert len(cleaned) <= 500
    assert all(c == " " or c.isprintable() or ord(c) > 0x9F for c in cleaned)
    cleaned.encode()


def test_cleaning_removes_what_turns_a_line_around():
    assert clean_text("a\u202eb\x00c\nd\ud800e") == "ab c de"

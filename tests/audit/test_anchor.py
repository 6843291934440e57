"""Anchors: signed over all streams of a day, and readable when they come back."""

import pytest

from adapter.audit.anchor import Head, read_document, sign_heads, unsigned_days, write_document

KEY = b"a" * 32
HEADS = [Head(stream="read-1", seq=9, hash=b"1" * 32), Head(stream="data", seq=4, hash=b"d" * 32)]


def anchors(day="2026-11-24", heads=HEADS):
    return sign_heads(KEY, day, heads)


def test_every_anchor_of_a_day_bears_one_signature_over_all_heads():
    found = anchors()
    assert [a.stream for a in found] == ["data", "read-1"]
    assert len({a.mac for a in found}) == 1
    assert unsigned_days(KEY, found) == []


def test_the_order_of_the_heads_does_not_matter():
    assert anchors(heads=HEADS[::-1]) == anchors()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found[:1],
        lambda found: [*found, sign_heads(KEY, "2026-11-24", [HEADS[0]])[0]],
        lambda found: [_changed(found[0], seq=5), found[1]],
        lambda found: [_changed(found[0], hash=b"x" * 32), found[1]],
        lambda found: [_changed(found[0], mac=b""), found[1]],
        lambda found: sign_heads(b"b" * 32, "2026-11-24", HEADS),
        lambda found: [_changed(a, day="2026-11-23") for a in found],
    ],
    ids=["one left out", "one added", "place", "hash", "signature", "other key", "other day"],
)
def test_a_day_that_was_tampered_with_is_named(spoil):
    good = sign_heads(KEY, "2026-11-25", HEADS)
    assert unsigned_days(KEY, [*spoil(anchors()), *good]) in (["2026-11-24"], ["2026-11-23"])


def _changed(anchor, **changes):
    values = {name: getattr(anchor, name) for name in ("day", "stream", "seq", "hash", "mac")}
    return type(anchor)(**{**values, **changes})


def test_a_document_reads_back_as_the_anchors():
    assert read_document(write_document(anchors())) == anchors()


def test_a_document_is_of_one_day():
    with pytest.raises(ValueError, match="one day"):
        write_document([*anchors(), *anchors("2026-11-25")])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"day":"x"}',
        b'{"day":"x","mac":"zz","heads":[{"stream":"s","seq":1,"hash":""}]}',
        b"\xff",
    ],
)
def test_what_is_no_document_is_refused(data):
    with pytest.raises(ValueError, match="no anchor document"):
        read_document(data)

"""Daily anchors: where every stream of the access log stood, signed, to be kept elsewhere.

An anchor that stays in the same database proves little: who can rewrite the log can rewrite it
too. One that a practice keeps in its own files fixes everything up to its lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hmac import compare_digest, digest
from itertools import groupby

from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Last line of a stream."""

    stream: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A head as it was on `day` (YYYY-MM-DD); `mac` is over all heads of that day together."""

    day: str
    stream: str
    seq: int
    hash: bytes
    mac: bytes


def sign_heads(key: bytes, day: str, heads: Iterable[Head]) -> list[Anchor]:
    """Anchors of one day, by stream. HMAC-SHA256, so a stream cannot be left out unnoticed."""
    listed = sorted(heads, key=lambda head: head.stream)
    mac = _mac(key, day, listed)
    return [
        Anchor(day=day, stream=head.stream, seq=head.seq, hash=head.hash, mac=mac)
        for head in listed
    ]


def unsigned_days(key: bytes, anchors: Iterable[Anchor]) -> list[str]:
    """Days whose anchors do not bear our signature."""
    found: list[str] = []
    listed = sorted(anchors, key=lambda anchor: (anchor.day, anchor.stream))
    for day, group in groupby(listed, key=lambda anchor: anchor.day):
        of_day = list(group)
        mac = _mac(key, day, [Head(stream=a.stream, seq=a.seq, hash=a.hash) for a in of_day])
        if not all(compare_digest(anchor.mac, mac) for anchor in of_day):
            found.append(day)
    return found


def write_document(anchors: Sequence[Anchor]) -> bytes:
    """One JSON line of one day, to be kept outside this installation."""
    days = {anchor.day for anchor in anchors}
    if len(days) != 1:
        raise ValueError("a document is of one day")
    heads = [{"stream": a.stream, "seq": a.seq, "hash": a.hash.hex()} for a in anchors]
    return encode({"day": days.pop(), "heads": heads, "mac": anchors[0].mac.hex()}) + b"\n"


def read_document(data: bytes) -> list[Anchor]:
    """Anchors of a document that was kept elsewhere. `ValueError` when it is none."""
    try:
        document: Json = decode_untrusted(data)
        return [
            Anchor(
                day=str(document["day"]),
                stream=str(head["stream"]),
                seq=int(head["seq"]),
                hash=bytes.fromhex(head["hash"]),
                mac=bytes.fromhex(document["mac"]),
            )
            for head in document["heads"]
        ]
    except (FhirError, KeyError, TypeError, ValueError):
        raise ValueError("this is no anchor document") from None


def _mac(key: bytes, day: str, heads: Sequence[Head]) -> bytes:
    listed = [[head.stream, head.seq, head.hash.hex()] for head in heads]
    return digest(key, encode([day, listed]), "sha256")

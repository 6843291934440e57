"""Broken, strange and half-right input, made from good examples by a seeded chance.

The same seed gives the same inputs, so a fault that was found once is found again.
"""

import copy
import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

Json = dict[str, Any]
Holder = dict[str, Any] | list[Any]

_STRANGE: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "\u0000", "x" * 300, "2026-13-45", "Patient/",
    "urn:uuid:x", [], {}, [[]], [None], {"extension": []}, {"url": "https://x.example/e"},
    {"reference": "#"}, {"coding": [{}]}, {"resourceType": "Patient"}, "\ud800", "é\u202e",
]  # fmt: skip
_NAMES = [
    "extension", "modifierExtension", "_status", "contained", "id", "text", "meta", "resourceType",
    "implicitRules", "comment", "identifier", "value[x]", "999900006", "",
]  # fmt: skip


def mutants(seeds: Sequence[Json], count: int, seed: int) -> Iterator[bytes]:
    """`count` byte strings, each some changes away from one of the seeds."""
    chance = Random(seed)
    parts = [part for document in seeds for part in _holders(document)]
    for _ in range(count):
        document = copy.deepcopy(chance.choice(seeds))
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            _change(document, parts, chance)
        yield _bytes(document, chance)


def _change(document: Json, parts: Sequence[Holder], chance: Random) -> None:
    """One change at a place that chance chooses."""
    holder = chance.choice(list(_holders(document)))
    if isinstance(holder, list):
        _change_list(holder, parts, chance)
        return
    names = list(holder)
    way = chance.randrange(6)
    if way == 0 or not names:
        holder[chance.choice(_NAMES)] = _anything(parts, chance)
        return
    name = chance.choice(names)
    if way == 1:
        del holder[name]
    elif way == 2:
        holder[chance.choice(_NAMES)] = holder.pop(name)
    elif way == 3:
        holder[name] = [holder[name]] if chance.random() < 0.5 else {"value": holder[name]}
    elif way == 4 and isinstance(holder[name], str) and holder[name]:
        at = chance.randrange(len(holder[name]))
        holder[name] = holder[name][:at] + chance.choice("0Zé \n|/") + holder[name][at + 1 :]
    else:
        holder[name] = _anything(parts, chance)


def _change_list(items: list[Any], parts: Sequence[Holder], chance: Random) -> None:
    way = chance.randrange(4)
    if way == 0 or not items:
        items.insert(chance.randint(0, len(items)), _anything(parts, chance))
    elif way == 1:
        items.append(copy.deepcopy(chance.choice(items)))
    elif way == 2:
        items.pop(chance.randrange(len(items)))
    else:
        items[chance.randrange(len(items))] = _anything(parts, chance)


def _anything(parts: Sequence[Holder], chance: Random) -> Any:
    return copy.deepcopy(chance.choice(parts) if chance.random() < 0.3 else chance.choice(_STRANGE))


def _holders(node: Any) -> Iterator[Holder]:
    if isinstance(node, dict | list):
        yield node
        for item in node.values() if isinstance(node, dict) else node:
            yield from _holders(item)


def _bytes(document: Json, chance: Random) -> bytes:
    """The JSON, and one time in ten not quite."""
    data = json.dumps(document).encode()
    if chance.random() < 0.9:
        return data
    at = chance.randrange(len(data))
    return chance.choice(
        [
            data[:at],
            data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
            data[:at] + b"\xff" + data[at:],
            data + data,
            b"[" * chance.choice((1, 60, 5000)) + data,
        ]
    )

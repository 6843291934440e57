"""General laws: record → FHIR → record, valid R4, same bytes, and nothing lost without a word."""

import copy
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapter.fhir.issues import FhirError
from adapter.fhir.json import decode_untrusted, encode
from adapter.fhir.validation import validate
from tests.mappings.builders import URA, UZI
from tests.mappings.kinds import KINDS, NAMES, Kind

GOLDEN = Path(__file__).parent / "golden"
LAWS = settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=NAMES)

# Members that only repeat what stands elsewhere, or that belong to a server.
DERIVED = {"display", "title", "profile", "lastModified"}
# R4 gives these no identifier; what they are about has one.
UNNUMBERED = {"AuditEvent", "Provenance"}
# Entries of the register are known by the number that the nation gave, not by one of the author.
NATIONAL = {URA, UZI}


@each_kind
@LAWS
@given(data=st.data())
def test_a_record_comes_back_from_fhir_as_it_was(kind: Kind, data: st.DataObject) -> None:
    record = data.draw(kind.records)
    assert kind.read(kind.write(record)) == record


@each_kind
@LAWS
@given(data=st.data())
def test_what_is_written_is_valid_and_survives_the_strict_decoder(
    kind: Kind, data: st.DataObject
) -> None:
    written = kind.write(data.draw(kind.records))
    assert [issue for resource in written for issue in validate(resource)] == []
    assert [decode_untrusted(encode(resource)) for resource in written] == written


@each_kind
@LAWS
@given(data=st.data())
def test_json_of_a_record_is_a_record_and_the_same_bytes(kind: Kind, data: st.DataObject) -> None:
    record = data.draw(kind.records)
    again = type(record).model_validate_json(record.model_dump_json(by_alias=True))
    assert again == record
    assert encode(kind.write(again)) == encode(kind.write(record))
    assert again.canonical() == record.canonical()


@each_kind
def test_every_resource_names_its_author_profile_and_label(kind: Kind) -> None:
    for resource in kind.written():
        if resource["resourceType"] not in UNNUMBERED:
            named = resource["identifier"]  # a Composition has one, no list
            numbers = named if isinstance(named, list) else [named]
            own = [i for i in numbers if "assigner" in i]
            if own or numbers[0]["system"] not in NATIONAL:
                (number,) = own
                assert number["assigner"]["identifier"]["system"].endswith("/ura")
        assert resource["meta"]["profile"][0].startswith(
            "https://mesozorg.example/fhir/StructureDefinition/meso-"
        )
        assert [label["code"] for label in resource["meta"]["security"]] == ["HTEST"]
        assert len(resource["id"]) == 41 or kind.name == "log-entry"  # its id names the line


@each_kind
def test_what_is_written_shares_nothing_that_could_be_changed(kind: Kind) -> None:
    first, second = kind.written(), kind.written()
    nodes = [id(node) for written in (first, second) for node in _nodes(written)]
    assert len(set(nodes)) == len(nodes)


@each_kind
def test_an_element_without_a_place_is_named_by_its_path(kind: Kind) -> None:
    written = kind.written()
    for n, resource in enumerate(written):
        for path, steps in _objects(resource, resource["resourceType"], ()):
            if _is_foreign(steps):
                continue
            changed = copy.deepcopy(written)
            node: Any = changed[n]
            for step in steps:
                node = node[step]
            node["comment"] = "past nergens"
            with pytest.raises(FhirError) as refused:
                kind.read(changed)
            assert refused.value.status == 422
            assert [i.expression for i in refused.value.issues] == [f"{path}.comment"]


@each_kind
def test_every_value_that_is_changed_changes_the_record_or_is_refused(kind: Kind) -> None:
    written = kind.written()
    for n, resource in enumerate(written):
        for steps in _leaves(resource, ()):
            if DERIVED & set(steps) or steps == ("id",) or steps[-1:] == ("type",):
                continue
            changed = copy.deepcopy(written)
            node: Any = changed[n]
            for step in steps[:-1]:
                node = node[step]
            value = node[steps[-1]]
            node[steps[-1]] = (not value) if isinstance(value, bool) else f"{value}9"
            try:
                record = kind.read(changed)
            except FhirError:
                continue
            assert record != kind.example, steps


@each_kind
def test_every_element_that_is_removed_changes_the_record_or_is_refused(kind: Kind) -> None:
    written = kind.written()
    for n, resource in enumerate(written):
        for steps in _leaves(resource, ()):
            if DERIVED & set(steps) or steps[-1] in _OPTIONAL or not isinstance(steps[-1], str):
                continue
            changed = copy.deepcopy(written)
            node: Any = changed[n]
            for step in steps[:-1]:
                node = node[step]
            del node[steps[-1]]
            try:
                record = kind.read(changed)
            except FhirError:
                continue
            assert record != kind.example, steps


# What a sender may leave out because the rest says it already.
_OPTIONAL = {"id", "type", "use", "active", "reference", "text", "authoredOn", "priority"}


@each_kind
def test_the_mapping_is_the_one_on_file(kind: Kind) -> None:
    """MESO_GOLDEN=1 writes the files anew; the difference is reviewed like code."""
    file = GOLDEN / f"{kind.name}.json"
    text = json.dumps(kind.written(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("MESO_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def _is_foreign(steps: tuple[str | int, ...]) -> bool:
    """In a resource of somebody else inside a Bundle: kept as it is, so anything has a place."""
    return steps[:1] == ("entry",) and "resource" in steps


def _nodes(node: Any) -> Iterator[Any]:
    """Every object and list in a JSON tree."""
    if isinstance(node, dict | list):
        yield node
        for item in node.values() if isinstance(node, dict) else node:
            yield from _nodes(item)


def _objects(node: Any, path: str, steps: tuple[str | int, ...]) -> Iterator[tuple[str, Any]]:
    """(path in an issue, steps) of every object below a resource."""
    if isinstance(node, dict):
        yield path, steps
        for name, value in node.items():
            yield from _objects(value, f"{path}.{name.removeprefix('_')}", (*steps, name))
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from _objects(value, f"{path}[{n}]", (*steps, n))


def _leaves(node: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _leaves(value, (*steps, name))
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from _leaves(value, (*steps, n))
    else:
        yield steps

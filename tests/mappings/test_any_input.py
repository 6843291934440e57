"""Whatever comes in: a whole record, or a list of faults with paths. Never an exception.

`MESO_PROVE_INPUTS` sets how many inputs are tried; a long run is `make prove`.
"""

import os
from random import Random

import pytest

from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted
from mappings import translate
from mappings.kinds import KINDS as TABLE
from mappings.kinds import Kind as Known
from mappings.records.base import Record, parse_record
from mappings.toolkit.envelope import collection
from tests.mappings import builders
from tests.mappings.kinds import KINDS
from tests.mappings.mutator import mutants

INPUTS = int(os.environ.get("MESO_PROVE_INPUTS", "6000"))
PARTS = 4
BUNDLES = [collection(kind.written()) for kind in KINDS]
SEEDS = [
    *BUNDLES,
    *(resource for kind in KINDS for resource in kind.written()),
    *(translate.record_json(kind.example) for kind in KINDS),
]
NAMES = list(TABLE)


@pytest.mark.parametrize("part", range(PARTS))
def test_any_input_is_read_whole_or_refused_with_its_faults(part: int) -> None:
    chance = Random(part)
    outcomes = {True: 0, False: 0}
    for data in mutants(SEEDS, INPUTS // PARTS, seed=part):
        kind = TABLE[chance.choice(NAMES)] if chance.random() < 0.5 else None
        outcomes[_is_read(data, kind)] += 1
    assert min(outcomes.values()) > 0


def _is_read(data: bytes, kind: Known | None) -> bool:
    """Whether it was read. What was read is written, and then read as the same."""
    try:
        sent = decode_untrusted(data)
        record = _record(sent, kind)
    except FhirError as refused:
        _tells_what_is_wrong(refused)
        return False
    if translate.is_fhir(sent):
        known = next(k for k in TABLE.values() if k.record is type(record))
        assert known.from_fhir(known.to_fhir(record, builders.IDS), builders.IDS) == record
    return True


def _record(sent: Json, kind: Known | None) -> Record:
    if translate.is_fhir(sent):
        return translate.read(sent, kind, builders.IDS)
    return parse_record((kind or TABLE["referral"]).record, sent)


def _tells_what_is_wrong(refused: FhirError) -> None:
    assert refused.issues
    assert all(issue.text and issue.code for issue in refused.issues)

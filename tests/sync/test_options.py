"""Waiting: jitter within bounds, and never earlier than the peer asked."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.store.links import Peer
from adapter.sync.options import SECOND, Timing, options_for

TIMING = Timing()


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_delay_stays_within_its_ceiling(attempt: int, chance: float) -> None:
    delay = TIMING.back_off(attempt, lambda: chance)
    ceiling = min(300.0, 2.0 ** min(attempt - 1, 20))
    assert 0 < delay <= max(ceiling, TIMING.shortest_delay_s) * SECOND


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 1), (2, 2), (5, 16), (9, 256), (10, 300)])
def test_the_ceiling_doubles_up_to_five_minutes(attempt: int, seconds: int) -> None:
    assert TIMING.back_off(attempt, lambda: 1.0) == seconds * SECOND


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 900))
def test_a_peer_that_asks_for_time_gets_it(chance: float, asked: int) -> None:
    delay = TIMING.back_off(1, lambda: chance, timedelta(seconds=asked))
    assert delay >= asked * SECOND


def test_an_unknown_outcome_waits_for_the_peers_own_limit_at_least() -> None:
    assert TIMING.unknown() == 60 * SECOND
    assert TIMING.unknown(timedelta(seconds=90)) == 90 * SECOND


def test_a_test_server_is_asked_one_thing_a_second() -> None:
    peer = Peer(name="openbaar", base="https://x.example/fhir", peer_class="test")
    options = options_for(peer, "run-1")
    assert (options.parallel, options.pace_s, options.most_writes) == (1, 1.0, 200)
    assert options.run_tag == "run-1"


def test_a_server_of_our_own_gets_no_tag() -> None:
    peer = Peer(name="eigen", base="https://x.example/fhir", peer_class="own")
    assert options_for(peer, "run-1").run_tag is None

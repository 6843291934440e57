"""What is referred to goes first; what refers to each other goes together (I12)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.store.jobs import Queued, State
from adapter.sync.order import Batch, plan


def queued(id_: int, *needs: int, state: State = "new", due: bool = True) -> Queued:
    return Queued(id=id_, state=state, due=due, needs=frozenset(needs))


def ids(batches: list[Batch]) -> list[tuple[int, ...]]:
    return [batch.ids for batch in batches]


def test_without_references_the_order_is_that_of_saving() -> None:
    assert ids(plan([queued(1), queued(2), queued(3)])) == [(1,), (2,), (3,)]


def test_what_is_referred_to_goes_before_what_refers() -> None:
    assert ids(plan([queued(1, 2), queued(2, 3), queued(3)])) == [(3,), (2,), (1,)]


def test_a_ring_is_one_batch_after_what_it_needs() -> None:
    jobs = [queued(1, 2, 3, 9), queued(2, 1), queued(3, 1), queued(9), queued(10, 2)]
    assert ids(plan(jobs)) == [(9,), (1, 2, 3), (10,)]


def test_a_batch_names_what_has_to_be_done_before_also_in_other_dossiers() -> None:
    (first, second) = plan([queued(1, 2, 77), queued(2)])
    assert (first.ids, first.needs) == ((2,), frozenset())
    assert (second.ids, second.needs) == ((1,), {2, 77})


def test_what_is_not_due_yet_keeps_its_ring_waiting() -> None:
    assert ids(plan([queued(1, 2), queued(2, 1, due=False), queued(3)])) == [(3,)]


def test_nothing_goes_while_a_job_is_under_way() -> None:
    assert plan([queued(1, state="leased", due=False), queued(2)]) == []


def test_nothing_goes_while_an_outcome_is_awaited() -> None:
    assert plan([queued(1, state="unknown", due=False), queued(2)]) == []


def test_unknown_outcomes_are_resolved_before_anything_is_sent() -> None:
    jobs = [queued(1), queued(2, 1, 3, state="unknown"), queued(3, 2, state="unknown")]
    (batch,) = plan(jobs)
    assert (batch.ids, batch.needs, batch.recovering) == ((2, 3), frozenset(), True)


@st.composite
def graphs(draw: st.DrawFn) -> list[Queued]:
    size = draw(st.integers(1, 12))
    nodes = list(range(1, size + 1))
    edges = draw(
        st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=3 * size)
    )
    return [queued(n, *(b for a, b in edges if a == n and b != n)) for n in nodes]


@given(graphs())
def test_any_dossier_is_sent_whole_and_in_order(jobs: list[Queued]) -> None:
    batches = plan(jobs)
    sent = [id_ for batch in batches for id_ in batch.ids]
    assert sorted(sent) == [job.id for job in jobs]
    needs = {job.id: job.needs for job in jobs}
    done: set[int] = set()
    for batch in batches:
        together = set(batch.ids)
        for id_ in batch.ids:
            assert needs[id_] <= done | together
        assert batch.needs <= done
        done |= together


@given(graphs())
def test_only_what_needs_each_other_goes_together(jobs: list[Queued]) -> None:
    needs = {job.id: job.needs for job in jobs}

    def reach(start: int) -> set[int]:
        seen, work = set(), [start]
        while work:
            for following in needs[work.pop()] - seen:
                seen.add(following)
                work.append(following)
        return seen

    for batch in plan(jobs):
        for one in batch.ids:
            assert set(batch.ids) - {one} <= reach(one)


@pytest.mark.parametrize("size", [3000])
def test_a_long_chain_is_no_problem(size: int) -> None:
    jobs = [queued(n, *([n + 1] if n < size else [])) for n in range(1, size + 1)]
    random.Random(1).shuffle(jobs)
    assert len(plan(jobs)) == size

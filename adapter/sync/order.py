"""In what order the open jobs of a dossier go: what is referred to first (I12).

A plan and its tasks refer to each other, so neither can go first: what forms such a ring is one
batch and goes as one transaction. What may have been applied already is resolved before anything
else is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adapter.store.jobs import Queued


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Jobs that are sent together. `needs`: open jobs that have to be done before."""

    ids: tuple[int, ...]
    needs: frozenset[int]
    recovering: bool


def plan(queued: Sequence[Queued]) -> list[Batch]:
    """Batches that are due, in order; none while a job is under way or its outcome is awaited."""
    if any(job.state == "leased" for job in queued):
        return []
    unknown = [job for job in queued if job.state == "unknown"]
    if any(not job.due for job in unknown):
        return []
    by_id = {job.id: job for job in unknown or queued}
    found = []
    for ring in _rings(by_id):
        jobs = [by_id[id_] for id_ in sorted(ring)]
        needs = frozenset[int]().union(*(job.needs for job in jobs)) - ring
        if unknown:
            needs &= by_id.keys()  # it was sent once, so what it needs was there
        if all(job.due for job in jobs):
            ids = tuple(job.id for job in jobs)
            found.append(Batch(ids=ids, needs=needs, recovering=bool(unknown)))
    return found


def _rings(jobs: dict[int, Queued]) -> list[frozenset[int]]:
    """Strongly connected parts, a part after those that it needs (Tarjan, without recursion)."""
    ahead = {id_: sorted(job.needs & jobs.keys()) for id_, job in jobs.items()}
    found: list[frozenset[int]] = []
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    path: list[int] = []  # visited and in no ring yet
    for root, needs in ahead.items():
        if root in index:
            continue
        index[root] = low[root] = len(index)
        path.append(root)
        work = [(root, iter(needs))]
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    start = path.index(node)
                    found.append(frozenset(path[start:]))
                    del path[start:]
            elif following not in index:
                index[following] = low[following] = len(index)
                path.append(following)
                work.append((following, iter(ahead[following])))
            elif following in path:
                low[node] = min(low[node], index[following])
    return found

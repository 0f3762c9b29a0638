"""The people of a nation in batches, made in processes of their own, which know no database and no model."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from portal.nation.citizens import lives
from portal.nation.plan import Plan
from portal.nation.tables import Written, prepared

BATCH = 5000
AHEAD = 2  # batches that a process may be ahead of the database


def batches(plan: Plan, processes: int, *, encodes: bool) -> Iterator[tuple[int, Written]]:
    """(how many people, their rows) in their order; no more than a few batches are held."""
    firsts = range(0, plan.people, BATCH)
    if processes < 2:
        for first in firsts:
            yield _size(plan, first), prepared(lives(plan, first, BATCH), encodes=encodes)
        return
    context = get_context("spawn")  # a fork would take the connection to the database with it
    with ProcessPoolExecutor(processes, context, initializer=_remember, initargs=(plan,)) as pool:
        waiting: deque[tuple[int, Future[Written]]] = deque()
        for first in firsts:
            waiting.append((first, pool.submit(_made, first, encodes=encodes)))
            if len(waiting) > processes * AHEAD:
                yield _ready(plan, *waiting.popleft())
        while waiting:
            yield _ready(plan, *waiting.popleft())


def _ready(plan: Plan, first: int, batch: Future[Written]) -> tuple[int, Written]:
    return _size(plan, first), batch.result()


def _size(plan: Plan, first: int) -> int:
    return min(BATCH, plan.people - first)


_plans: list[Plan] = []  # in another process, the one that it was started with


def _remember(plan: Plan) -> None:
    _plans.append(plan)


def _made(first: int, *, encodes: bool) -> Written:
    return prepared(lives(_plans[0], first, BATCH), encodes=encodes)

"""Answers saved by many at once, on both databases, beside a bare one-row write in the same server."""

import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import urlencode

from tests.bench.forms import an_answer, begin_final, fields_of, first_with_options
from tests.bench.wire import Connection, Reply
from tests.server import PortalServer, ThrowawayPostgres, find_postgres_binaries

CROWDS = (1, 8, 32)
WRITES = 480  # of each sort and crowd, in `TURNS` turns
TURNS = 4
WARM = 40


@dataclass
class Taken:
    """What a crowd's writes took: milliseconds each, and seconds of the clock for all of them."""

    times: list[float]
    wall: float

    @property
    def rate(self) -> float:
        return len(self.times) / self.wall

    def at(self, share: int) -> float:
        return sorted(self.times)[min(len(self.times) - 1, len(self.times) * share // 100)]


Write = Callable[[], Reply]


def main() -> None:
    print(
        "Answers saved by many at once; every writer has a connection and an attempt of their own. Ratio: ours / bare."
    )
    for name, database in databases():
        with tempfile.TemporaryDirectory() as folder:
            server = PortalServer(Path(folder), DJANGO_SETTINGS_MODULE="tests.bench.settings", **database)
            server.furnish()
            server.start()
            try:
                print(f"\n{name}")
                for crowd in CROWDS:
                    measure(server, crowd)
            finally:
                server.stop()


def databases() -> Iterator[tuple[str, dict[str, str]]]:
    """Both, the second where its server is installed."""
    yield "SQLite", {}
    if not find_postgres_binaries():
        print("\nPostgreSQL: not installed, not measured")
        return
    with postgres() as url:
        yield "PostgreSQL", {"DATABASE_URL": url}


@contextmanager
def postgres() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="portal-postgres-", ignore_cleanup_errors=True) as folder:
        running = ThrowawayPostgres(Path(folder))
        running.start()
        try:
            yield running.url
        finally:
            running.stop()


def measure(server: PortalServer, crowd: int) -> None:
    """Prints how a crowd of that size fares, ours and bare in turns."""
    ours = [an_answerer(server) for _writer in range(crowd)]
    bare = [a_bare_writer(server) for _writer in range(crowd)]
    for writers in (ours, bare):
        write_all(writers, max(1, WARM // crowd))
    each = WRITES // TURNS // crowd
    turns = [(write_all(ours, each), write_all(bare, each)) for _turn in range(TURNS)]
    mine, theirs = (join([turn[which] for turn in turns]) for which in (0, 1))
    ratio = statistics.median(one.rate / two.rate for one, two in turns)
    print(f"  {crowd:2d} writers: ratio {ratio:.2f} ({', '.join(f'{a.rate / b.rate:.2f}' for a, b in turns)})")
    for name, taken in (("ours", mine), ("bare", theirs)):
        spread = taken.at(95) / taken.at(50)
        print(
            f"     {name}: {taken.rate:6.1f} a second, p50 {taken.at(50):.1f} ms, p95 {taken.at(95):.1f} ms, ", end=""
        )
        print(f"p95 / p50 {spread:.2f} ({len(taken.times)} writes)")


def join(parts: list[Taken]) -> Taken:
    return Taken([time for part in parts for time in part.times], sum(part.wall for part in parts))


def an_answerer(server: PortalServer) -> Write:
    """Saves one more answer to a question of an attempt of its own."""
    browser = Connection(server.port)
    question = first_with_options(browser, begin_final(browser))
    page = browser.ask(question)
    fields = fields_of(page) | {"answer": an_answer(page)}
    return lambda: browser.ask(question, urlencode(fields | {"submission_id": str(uuid.uuid4())}))


def a_bare_writer(server: PortalServer) -> Write:
    browser = Connection(server.port)
    return lambda: browser.ask("/bare/write/", "")


def write_all(writers: list[Write], each: int) -> Taken:
    """All writers at once, each `each` times; every write must succeed."""
    times: list[float] = []
    begin = Barrier(len(writers) + 1)

    def work(write: Write) -> None:
        begin.wait()
        for _time in range(each):
            reply = write()
            assert reply.status < 400, reply.body[:500]
            times.append(reply.seconds * 1000)

    threads = [Thread(target=work, args=(write,)) for write in writers]
    for thread in threads:
        thread.start()
    begin.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    assert len(times) == each * len(writers), "a writer failed"
    return Taken(times, time.perf_counter() - begun)

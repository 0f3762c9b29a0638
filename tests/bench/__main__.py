"""`make bench`: each figure beside a bare Django view's, taken in turn in the same server; medians and raw samples.

ARGS names parts: pages, answers, weight, paint; or search or writers, each measured apart on databases of its own.
"""

import re
import statistics
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.bench import search, writers
from tests.bench.forms import an_answer, begin_final, fields_of, first_with_options, text_of
from tests.bench.paint import largest_paint
from tests.bench.wire import Connection, Reply
from tests.server import DEMO_PASSWORD, PortalServer

LESSON = "/en/courses/life-saving/adult-cpr/"
ROUNDS = 300
WRITES = 200


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = PortalServer(Path(folder), DJANGO_SETTINGS_MODULE="tests.bench.settings")
        server.furnish()
        server.start()
        try:
            measure(server, sys.argv[1:] or [*PARTS])
        finally:
            server.stop()


def measure(server: PortalServer, names: list[str]) -> None:
    """The parts named."""
    print("Times are milliseconds on one kept-open connection, the two asked in turn. Ratio: bare / ours.\n")
    for name in names:
        for part in PARTS[name]:
            part(server)


def compare(name: str, ours: Callable[[], Reply], bare: Callable[[], Reply], rounds: int, budget: str) -> None:
    """Prints medians, the ratio and the raw samples of two requests made in turn."""
    pairs = [(ours(), bare()) for _round in range(rounds + 30)][30:]
    assert all(one.status < 400 and two.status < 400 for one, two in pairs), {one.status for one, _two in pairs}
    mine, theirs = [one.seconds * 1000 for one, _ in pairs], [two.seconds * 1000 for _, two in pairs]
    ratio = statistics.median(theirs) / statistics.median(mine)
    sizes = " and ".join(f"{reply.size} bytes ({len(text_of(reply))} characters)" for reply in pairs[-1])
    print(f"{name}: ours {statistics.median(mine):.3f}, bare {statistics.median(theirs):.3f}, ", end="")
    print(f"ratio {ratio:.2f} (budget {budget}; {sizes}; {rounds} rounds)")
    print(f"  p95: ours {percentile(mine, 95):.3f}, bare {percentile(theirs, 95):.3f}")
    print("  samples, ours:", " ".join(f"{value:.2f}" for value in mine[:40]))
    print("  samples, bare:", " ".join(f"{value:.2f}" for value in theirs[:40]), "\n")


def percentile(values: list[float], share: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


def guest_page(server: PortalServer) -> None:
    ours, bare = Connection(server.port), Connection(server.port)
    compare("Lesson, guest", lambda: ours.ask(LESSON), lambda: bare.ask("/bare/template/"), ROUNDS, ">= 0.8")


def signed_in_page(server: PortalServer) -> None:
    ours, bare = Connection(server.port), Connection(server.port)
    log_in(ours)
    finish_a_check(ours)
    compare("Lesson, signed in", lambda: ours.ask(LESSON), lambda: bare.ask("/bare/query/"), ROUNDS, ">= 0.5")


def answers(server: PortalServer) -> None:
    ours, bare = Connection(server.port), Connection(server.port)
    question = first_with_options(ours, begin_final(ours))
    fields = fields_of(ours.ask(question)) | {"answer": an_answer(ours.ask(question))}

    def answer() -> Reply:
        return ours.ask(question, urlencode(fields | {"submission_id": str(uuid.uuid4())}))

    compare("One durable answer", answer, lambda: bare.ask("/bare/write/", ""), WRITES, ">= 0.6")


def log_in(browser: Connection) -> None:
    page = browser.ask("/en/account/login/")
    fields = fields_of(page) | {"login": "citizen@demo.example", "password": DEMO_PASSWORD}
    reply = browser.ask("/en/account/login/", urlencode(fields))
    assert reply.status == 302, reply.body[:2000]


def finish_a_check(browser: Connection) -> None:
    """So that there is some progress to show."""
    page = browser.ask(LESSON + "quiz/")
    if page.status == 200:
        reply = browser.ask(LESSON + "quiz/", urlencode(fields_of(page) | {"answer": an_answer(page)}))
        assert reply.status == 302, reply.body[:2000]


def first_visit(server: PortalServer) -> None:
    """The page and everything it names that a browser fetches at once, pictures and fonts apart."""
    browser = Connection(server.port)
    page = browser.ask(LESSON)
    named = re.findall(r'(?:href|src)="(/static/[^"#]+\.(?:css|js|svg))', text_of(page))
    parts = {quote(name): browser.ask(quote(name)) for name in dict.fromkeys(named)}
    fetched = {LESSON: page} | {name: part for name, part in parts.items() if "favicon" not in name}
    total = sum(part.size for part in fetched.values())
    print(f"First visit to a lesson: {total} bytes, {len(fetched)} requests (budget 30 KB, 6 requests)")
    for name, part in fetched.items():
        print(f"  {part.size:6d}  {name}")


PARTS: dict[str, tuple[Callable[[PortalServer], None], ...]] = {
    "pages": (guest_page, signed_in_page),
    "answers": (answers,),
    "weight": (first_visit,),
    "paint": (largest_paint,),
}

# Each brings up databases of its own.
APART: dict[str, Callable[[], None]] = {"search": search.main, "writers": writers.main}

if __name__ == "__main__":
    apart = [part for part in APART if part in sys.argv[1:]]
    for measured in apart:
        APART[measured]()
    if not apart:
        main()

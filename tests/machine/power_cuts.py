"""The server killed at random while answers are being saved: what it had acknowledged is there, and nothing twice.

`python -m tests.machine.power_cuts [ANSWERS] [CUTS] [SEED]` is the long form, with 500 answers and 12 cuts where
nothing else is said; the suite runs a short one.
"""

import json
import random
import sys
import tempfile
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Condition, Thread
from urllib.parse import urlencode

from tests.bench.forms import begin_final, fields_of, first_with_options, options_of
from tests.bench.wire import Connection
from tests.server import PATIENCE, PortalServer

WRITERS = 4
SAVED = """
import json
from quizzes.models import Response
finals = Response.objects.filter(item__attempt__quiz__purpose="final")  # the demo has answered checks only
rows = finals.order_by("item", "sequence").values_list("submission_id", "answer", "item", "sequence")
print(json.dumps([[str(row[0]), *row[1:]] for row in rows]))
"""


@dataclass
class Tally:
    """How many answers are still to be sent, what was acknowledged by submission id, and what went wrong."""

    waiting: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    faults: list[str] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)
    begun: Barrier = field(default_factory=lambda: Barrier(WRITERS + 1))
    serving: bool = True

    def take(self) -> bool:
        """Whether there is one more to send."""
        with self.changed:
            self.waiting -= 1
            return self.waiting >= 0

    def acknowledge(self, submission: str, value: str) -> None:
        with self.changed:
            self.acknowledged[submission] = value
            self.changed.notify_all()

    def blame(self, fault: str) -> None:
        with self.changed:
            self.faults.append(fault)
            self.changed.notify_all()
        self.begun.abort()

    def wait_until_begun(self) -> None:
        """Comes back once every writer has a question to answer, or one of them has failed."""
        try:
            self.begun.wait(PATIENCE)
        except BrokenBarrierError:
            self.blame("not every writer could begin")

    def serve(self, serving: bool) -> None:
        with self.changed:
            self.serving = serving
            self.changed.notify_all()

    def wait_until_served(self) -> None:
        with self.changed:
            self.repeated += 1
            assert self.changed.wait_for(lambda: self.serving, PATIENCE), "the server did not come back"

    def wait_for(self, acknowledged: int) -> bool:
        """Comes back once that many are acknowledged; False when the writers have stopped for a fault."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.acknowledged) >= acknowledged or self.faults, PATIENCE * 4)
            return not self.faults


def save_answers(server: PortalServer, tally: Tally, seed: int) -> None:
    """One learner who sends one answer after the other to a final, and each again until the server has said yes."""
    try:
        browser = Connection(server.port)
        question = first_with_options(browser, begin_final(browser))
        page = browser.ask(question)
        options, fields = options_of(page), fields_of(page)
        chance = random.Random(seed)
        tally.wait_until_begun()
        while not tally.faults and tally.take():
            value, submission = chance.choice(options), str(uuid.uuid4())
            form = urlencode(fields | {"answer": value, "submission_id": submission})
            if _send(browser, question, form, tally):
                tally.acknowledge(submission, value)
    except Exception as fault:  # noqa: BLE001 - told by the main thread
        tally.blame(repr(fault))


def _send(browser: Connection, question: str, form: str, tally: Tally) -> bool:
    """Sends until there is an answer; False, and the fault is told, when that is not yes."""
    while True:
        try:
            reply = browser.ask(question, form)
        except OSError:
            tally.wait_until_served()
            continue
        if reply.status == 302:
            return True
        tally.blame(f"{reply.status} {reply.body[:300]!r}")
        return False


def cut_power(server: PortalServer, answers: int, cuts: int, seed: int) -> Tally:
    """Saves `answers` from several learners and kills the server `cuts` times at random moments between them."""
    chance = random.Random(seed)
    tally = Tally(answers)
    writers = [Thread(target=save_answers, args=(server, tally, seed + n), daemon=True) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    tally.wait_until_begun()
    for moment in sorted(chance.sample(range(1, answers - WRITERS), cuts)):
        if not tally.wait_for(moment):
            break
        tally.serve(False)
        server.kill()
        server.start()
        tally.serve(True)
    for writer in writers:
        writer.join(PATIENCE)
    assert not tally.faults, tally.faults
    return tally


def compare(server: PortalServer, tally: Tally) -> None:
    """Fails unless the database holds what was acknowledged, once each, and nothing else, in unbroken order."""
    rows = json.loads(server.manage("shell", "--no-imports", "-c", SAVED))
    saved = {submission: answer for submission, answer, _item, _sequence in rows}
    assert len(saved) == len(rows), "an answer is there twice"
    lost = tally.acknowledged.keys() - saved.keys()
    assert not lost, f"{len(lost)} acknowledged answers are lost"
    assert saved == tally.acknowledged, "an answer differs from what was sent, or was never acknowledged"
    for item, count in Counter(item for _submission, _answer, item, _sequence in rows).items():
        assert [row[3] for row in rows if row[2] == item] == list(range(1, count + 1)), f"item {item} has a hole"


def main() -> None:
    given = [int(argument) for argument in sys.argv[1:]]
    answers, cuts, seed = given + [500, 12, random.randrange(10**6)][len(given) :]
    with tempfile.TemporaryDirectory() as folder:
        server = PortalServer(Path(folder))
        server.furnish()
        server.start()
        try:
            tally = cut_power(server, answers, cuts, seed)
            compare(server, tally)
        finally:
            server.stop()
    print(
        f"{len(tally.acknowledged)} answers acknowledged and there, none twice; killed {cuts} times, "
        f"{tally.repeated} sent again (seed {seed})."
    )


if __name__ == "__main__":
    main()

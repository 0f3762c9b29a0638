"""Who has to be counted anew since the last run.

Moves and merges are noted by the database (`watching.py`). Events, completions and withdrawals are only ever added to,
so the number of the last row read is enough, but for what was written in a transaction that ended later than one with
higher numbers: rows are read again until they were there, or could have been, for `LATE`.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from portal.reports.models import PlaceChange
from quizzes.models import Completion, CompletionWithdrawal, Learner, ProgressEvent

LATE = timedelta(minutes=10)  # longer than any transaction lasts
UNDER_WAY = 100_000  # rows; the first time, the last so many are read twice
BATCH = 5000
Marks = dict[str, Any]


def _sources() -> dict[str, tuple[QuerySet[Any], str]]:
    return {
        "event": (ProgressEvent.objects.order_by(), "learner"),
        "completion": (Completion.objects.order_by(), "learner"),
        "withdrawal": (CompletionWithdrawal.objects.order_by(), "completion__learner"),
    }


@dataclass
class Changed:
    """Learners and users of whom something changed."""

    learners: set[uuid.UUID] = field(default_factory=set)
    users: set[int] = field(default_factory=set)

    def look_around(self) -> None:
        """Adds those into whom learners were merged, whose user they are, and who learns for a user; two queries."""
        for batch in batches(self.learners):
            rows = (
                Learner.objects.filter(pk__in=batch).order_by().values_list("merged_into", "merged_into__user", "user")
            )
            for into, *users in rows:
                self.learners |= {into} if into else set()
                self.users |= set(users) - {None}
        for batch in batches(self.users):
            self.learners.update(Learner.objects.filter(user__in=batch).order_by().values_list("pk", flat=True))


def marks_now(former: Marks, now: datetime) -> Marks:
    """How far the rows go: `safe` is after which row the next run begins, `seen` the last row there was `at` that time.

    To be asked before rows are read.
    """
    if former and now - datetime.fromisoformat(former["at"]) < LATE:
        return former
    seen = {name: rows.aggregate(last=Max("pk"))["last"] or 0 for name, (rows, _whose) in _sources().items()}
    safe = former["seen"] if former else {name: max(last - UNDER_WAY, 0) for name, last in seen.items()}
    return {"safe": safe, "seen": seen, "at": now.isoformat()}


def is_little(marks: Marks, most: int) -> bool:
    """Whether the next run reads no more than so many rows; they are not counted further than that."""
    safe = marks.get("safe", {})
    waiting = [rows.filter(pk__gt=safe.get(name, 0)) for name, (rows, _whose) in _sources().items()]
    waiting.append(PlaceChange.objects.order_by() if safe else Learner.objects.order_by())
    return sum(rows.values("pk")[: most + 1].count() for rows in waiting) <= most


def changed_since(marks: Marks) -> Changed:
    """Of whom there are rows after those marks, and whose places changed; the notes of these are taken away."""
    changed = Changed()
    notes = list(PlaceChange.objects.order_by("pk").values_list("pk", "learner", "user"))
    for batch in batches([pk for pk, _learner, _user in notes]):
        PlaceChange.objects.filter(pk__in=batch).delete()
    changed.learners.update(learner for _pk, learner, _user in notes if learner)
    changed.users.update(user for _pk, _learner, user in notes if user)
    for name, (rows, whose) in _sources().items():
        since = rows.filter(Q(pk__gt=marks["safe"].get(name, 0)))
        changed.learners.update(since.values_list(whose, flat=True).distinct())
    changed.look_around()
    return changed


def forget_changes() -> None:
    """All that is noted: everybody is about to be read. What is written meanwhile is noted anew."""
    PlaceChange.objects.all().delete()


def batches(of: Iterable[Any]) -> Iterator[list[Any]]:
    """The same in order, some thousand at a time."""
    rows = sorted(of)
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))

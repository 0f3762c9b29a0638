"""Completions month by month of people in whose history one was withdrawn: the one before it counts again from then on.

They are few, so each of their courses is told by itself: what counted on every day on which something changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from quizzes.models import Completion, CompletionWithdrawal
from quizzes.validity import has_run_out

Change = tuple[int, int, int, int]


class Span(NamedTuple):
    completed_on: date
    expires_on: date | None
    withdrawn_on: date | None


def touched_by_withdrawal() -> Q:
    """All completions, of whichever course, of people in whose history one was withdrawn on any day."""
    rows = CompletionWithdrawal.objects.order_by()
    person = rows.values(person=Coalesce("completion__learner__merged_into", "completion__learner"))
    return Q(learner__in=person) | Q(learner__merged_into__isnull=False, learner__merged_into__in=person)


def changes_of_withdrawn(earned: QuerySet[Completion], until: date) -> Iterator[tuple[date, Change]]:
    """By day: courses completed (once a month), and how many more have been completed ever, are valid, have run out.

    On the day of a withdrawal these may be fewer. Of a month only what counts at its end was completed in it.
    """
    rows = earned.filter(touched_by_withdrawal()).annotate(person=Coalesce("learner__merged_into", "learner"))
    told = rows.order_by("person", "course", "completed_on", "pk").values_list(
        "person", "course", "completed_on", "expires_on", "withdrawal__withdrawn_on"
    )
    for _whose, group in groupby(told.iterator(chunk_size=2000), key=lambda row: row[:2]):
        yield from _changes([Span(row[2], row[3], row[4]) for row in group], until)


def _changes(spans: Sequence[Span], until: date) -> Iterator[tuple[date, Change]]:
    """The difference that each day made on which something changed, then the months in which the course was completed.

    `spans` are the completions of one person and course, in their order.
    """
    days = sorted({day for span in spans for day in span if day is not None and day <= until})
    was = (0, 0, 0)
    for day in days:
        now = _standing(spans, day)
        first, held, expired = (after - before for before, after in zip(was, now, strict=True))
        yield day, (0, first, held, expired)
        was = now
    for month in {day.replace(day=1) for day in days}:
        latest = _latest(spans, min(until, _last_of(month)))
        if latest is not None and latest.completed_on >= month:
            yield latest.completed_on, (1, 0, 0, 0)


def _last_of(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _latest(spans: Iterable[Span], day: date) -> Span | None:
    """The completion that counts at the end of the day; `spans` are in their order."""
    counted = [span for span in spans if span.completed_on <= day and not _is_withdrawn(span, day)]
    return counted[-1] if counted else None


def _is_withdrawn(span: Span, day: date) -> bool:
    return span.withdrawn_on is not None and span.withdrawn_on <= day


def _standing(spans: Sequence[Span], day: date) -> tuple[int, int, int]:
    """(completed, valid, run out) at the end of the day, each 0 or 1."""
    latest = _latest(spans, day)
    if latest is None:
        return 0, 0, 0
    out = has_run_out(latest.expires_on, day)
    return 1, int(not out), int(out)

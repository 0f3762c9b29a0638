"""The same figures at the end of each month, counted in courses taken: who takes two courses is in both.

Every change has a day: a course begun, a first completion, a completion that is followed by another or runs out. The
database adds the changes up by day, and what stands at the end of a month is the sum of all until then. People in
whose history a completion was withdrawn are few, and told course by course (`withdrawn.py`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Coalesce, Lag, Lead

from portal.reports.completion import Asked, Figures, Period, at_the_end
from portal.reports.withdrawn import changes_of_withdrawn, touched_by_withdrawal
from quizzes.models import Completion

CHANGES = """
WITH spans AS ({spans})
SELECT day, SUM(earned), SUM(first), SUM(held), SUM(expired) FROM (
    SELECT completed_on AS day,
        CASE WHEN SUBSTR(CAST(next_on AS text), 1, 7) = SUBSTR(CAST(completed_on AS text), 1, 7)
            THEN 0 ELSE 1 END AS earned,
        CASE WHEN former_on IS NULL THEN 1 ELSE 0 END AS first, 1 AS held, 0 AS expired
    FROM spans
    UNION ALL
    SELECT next_on, 0, 0, -1, 0 FROM spans WHERE next_on IS NOT NULL AND (expires_on IS NULL OR next_on <= expires_on)
    UNION ALL
    SELECT expires_on, 0, 0, -1, 1 FROM spans WHERE expires_on IS NOT NULL AND (next_on IS NULL OR expires_on < next_on)
    UNION ALL
    SELECT next_on, 0, 0, 0, -1 FROM spans WHERE next_on > expires_on
) changes WHERE day <= %s GROUP BY day
"""


@dataclass(frozen=True)
class Month:
    """A month, or the part of it that lies in the period; `held` is how many completions were valid at its end."""

    period: Period
    figures: Figures
    held: int


def figures_by_month(asked: Asked) -> list[Month]:
    """Every month of the period in order; three queries."""
    begun, changes = _begun_by_day(asked), _changes_by_day(asked)
    sums: Counter[str] = Counter()
    told = []
    for month in months_of(asked.period):
        within = {"started": 0, "earned": 0}
        for day in [day for day in changes if day <= month.until]:
            earned, first, held, expired = changes.pop(day)
            sums.update(first=first, held=held, expired=expired)
            within["earned"] += earned if day >= month.since else 0
        for day in [day for day in begun if day <= month.until]:
            count = begun.pop(day)
            sums.update(begun=count)
            within["started"] += count if day >= month.since else 0
        ever = sums["first"]
        begun_by = sums["begun"]
        figures = Figures(within["started"], begun_by - ever, within["earned"], sums["expired"], ever, begun_by)
        told.append(Month(month, figures, sums["held"]))
    return told


def months_of(period: Period) -> Iterator[Period]:
    """The period cut at the first day of each month."""
    since = period.since
    while since <= period.until:
        after = (since.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield Period(since, min(after - timedelta(days=1), period.until))
        since = after


def _begun_by_day(asked: Asked) -> dict[date, int]:
    return dict(at_the_end(asked).values_list("started_on").annotate(Count("pk")))


def _changes_by_day(asked: Asked) -> dict[date, tuple[int, int, int, int]]:
    """By day: courses completed (once a month), and how many more have been completed ever, are valid, have run out."""
    spans, given = _spans(asked).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(CHANGES.replace("{spans}", spans), (*given, asked.period.until.isoformat()))
        rows = cursor.fetchall()
    told = {_day(day): (int(earned), int(first), int(held), int(out)) for day, earned, first, held, out in rows}
    for day, change in changes_of_withdrawn(asked_for(asked), asked.period.until):
        told[day] = tuple(map(sum, zip(told.get(day, (0, 0, 0, 0)), change, strict=True)))  # type: ignore[assignment]
    return told


def asked_for(asked: Asked) -> QuerySet[Completion]:
    """The completions of the people and courses asked about until the end of the period."""
    earned = Completion.objects.filter(completed_on__lte=asked.period.until)
    if asked.course is not None:
        earned = earned.filter(course=asked.course)
    if asked.people is not None:
        earned = earned.annotate(user=Coalesce("learner__merged_into__user", "learner__user"))
        earned = earned.filter(user__in=asked.people)
    return earned


def _spans(asked: Asked) -> QuerySet[Completion, Any]:
    """Each completion with the days of the ones before and after it, of the same person and course.

    Those of people in whose history one was withdrawn are left out.
    """
    earned = asked_for(asked).exclude(touched_by_withdrawal())
    own: dict[str, Any] = {
        "partition_by": [Coalesce("learner__merged_into", "learner"), F("course")],
        "order_by": [F("completed_on").asc(), F("pk").asc()],
    }
    return earned.order_by().values(
        "completed_on",
        "expires_on",
        next_on=Window(Lead("completed_on"), **own),
        former_on=Window(Lag("completed_on"), **own),
    )


def _day(value: date | str) -> date:
    """SQLite has no dates, only their text."""
    return date.fromisoformat(value) if isinstance(value, str) else value

"""The completion report: who has started, is in, has completed and has let run out which course.

Everything is told as of the end of the period. A person has one row a course in `CourseProgress`, which holds what the
guests merged into them did too, so whoever is counted is counted once. That row knows the latest completion of today;
only where this came after the period is the one before it looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from lessons.models import PUBLIC, Course, EditionText, State
from lessons.words import preferring
from portal.reports.scope import Scope
from quizzes.models import Completion, CourseProgress, Learner

FEWEST = 30  # people; a share of fewer says more about one of them than about all


class Period(NamedTuple):
    """From the first day to the last, both included."""

    since: date
    until: date


@dataclass(frozen=True)
class Figures:
    """Numbers of people. `ever` have completed by the end of the period, whatever ran out since."""

    started: int = 0
    in_progress: int = 0
    completed: int = 0
    expired: int = 0
    ever: int = 0

    @property
    def share(self) -> float | None:
        """Of all who had started by the end of the period, the part (0 to 1) who had completed; None: too few."""
        begun = self.in_progress + self.ever
        return self.ever / begun if begun >= FEWEST else None


FIGURES = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True)
class CourseLine:
    key: str
    title: str
    figures: Figures


@dataclass(frozen=True)
class Report:
    """`total` counts people, so someone who takes two courses is one there."""

    lines: tuple[CourseLine, ...]
    total: Figures


def completion_report(scope: Scope, period: Period, language: str) -> Report:
    """The report over the people in scope, three queries however many people and courses there are."""
    rows = _at_the_end(scope, period)
    by_course = rows.values("course").annotate(**_counts("pk", period)).values_list("course", *FIGURES)
    figures = {course: Figures(*numbers) for course, *numbers in by_course}
    lines = tuple(
        CourseLine(course.key, course.title, figures.get(course.pk, Figures()))
        for course in _courses(language, figures)
    )
    return Report(lines, Figures(**rows.aggregate(**_counts("learner", period, distinct=True))))


def _at_the_end(scope: Scope, period: Period) -> QuerySet[CourseProgress, Any]:
    """One row a person and course begun, with the completion that was the latest at the end of the period."""
    rows = CourseProgress.objects.filter(started_on__lte=period.until)
    if scope.people is not None:
        rows = rows.filter(learner__user__in=scope.people)
    before = _completions_of_the_row(period.until)
    return rows.annotate(
        earned_on=_latest(period, "completed_on", before), ran_out_on=_latest(period, "expires_on", before)
    ).order_by()


def _completions_of_the_row(until: date) -> QuerySet[Completion]:
    person = OuterRef(OuterRef("learner"))
    learners = Learner.objects.filter(Q(pk=person) | Q(merged_into=person))
    earned = Completion.objects.filter(course=OuterRef("course"), completed_on__lte=until, learner__in=learners)
    return earned.order_by("-completed_on", "-pk")


def _latest(period: Period, field: str, before: QuerySet[Completion]) -> Case:
    return Case(
        When(completed_on__lte=period.until, then=F(field)),
        When(completed_on__gt=period.until, then=Subquery(before.values(field)[:1])),
    )


def _counts(what: str, period: Period, *, distinct: bool = False) -> dict[str, Count]:
    conditions = {
        "started": Q(started_on__gte=period.since),
        "in_progress": Q(earned_on=None),
        "completed": Q(earned_on__gte=period.since),
        "expired": Q(ran_out_on__lte=period.until),
        "ever": Q(earned_on__isnull=False),
    }
    return {name: Count(what, filter=condition, distinct=distinct) for name, condition in conditions.items()}


def _courses(language: str, counted: Mapping[int, Figures]) -> QuerySet[Course, Any]:
    """The courses that can be taken now, and those no longer offered that figures tell of."""
    texts = EditionText.objects.filter(edition__course=OuterRef("pk"), edition__state__in=PUBLIC)
    latest = texts.order_by(preferring(language), "-edition__number", "pk")
    offered = Q(editions__state=State.PUBLISHED, archived_at=None)
    return (
        Course.objects.filter(offered | Q(pk__in=counted))
        .annotate(title=Coalesce(Subquery(latest.values("title")[:1]), "key"))
        .order_by("position", "pk")
        .distinct()
    )

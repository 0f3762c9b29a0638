"""Who has started, is in, has completed and has let run out which course, counted at the end of a period.

A person has one row a course in `CourseProgress`, which holds what the guests merged into them did too, so whoever is
counted is counted once. That row knows the latest completion of today; only where this came after the period, or one
was withdrawn since, is the one of then looked up. Who belongs where is told as of the end of the period as well.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from portal.accounts.models import User
from quizzes.models import Completion, CompletionWithdrawal, CourseProgress, Learner
from quizzes.validity import LATEST, completions_as_of, run_out_by

FEWEST = 30  # people; a share of fewer says more about one of them than about all


class Period(NamedTuple):
    """From the first day to the last, both included."""

    since: date
    until: date


@dataclass(frozen=True)
class Asked:
    """What is counted: `people` None is everyone, guests without an account too; `course` None is every course."""

    period: Period
    people: QuerySet[User] | None = None
    course: int | None = None


@dataclass(frozen=True)
class Figures:
    """Numbers of people. By the end of the period `begun` had begun, and `ever` of these had completed, expired or not.

    Over several courses somebody may be in one and have completed another, so these two do not follow from the others.
    """

    started: int = 0
    in_progress: int = 0
    completed: int = 0
    expired: int = 0
    ever: int = 0
    begun: int = 0

    @property
    def share(self) -> float | None:
        """Of all who had started by the end of the period, the part (0 to 1) who had completed; None: too few."""
        return self.ever / self.begun if self.begun >= FEWEST else None


FIGURES = tuple(field.name for field in fields(Figures))


def total_figures(asked: Asked) -> Figures:
    """Over all courses that are asked about, each person once; one query."""
    each = {
        name: Max(Case(When(condition, then=1), default=0)) for name, condition in _conditions(asked.period).items()
    }
    people = at_the_end(asked).values("learner").annotate(**each)
    told = people.aggregate(**{f"{name}_together": Sum(name) for name in each})
    return Figures(*(told[f"{name}_together"] or 0 for name in FIGURES))


def figures_by_course(asked: Asked) -> dict[int, Figures]:
    """By the id of each course that somebody had begun; one query."""
    rows = at_the_end(asked).values("course").annotate(**_counts("pk", asked.period))
    return {course: Figures(*numbers) for course, *numbers in rows.values_list("course", *FIGURES)}


def at_the_end(asked: Asked) -> QuerySet[CourseProgress, Any]:
    """One row a person and course begun, with the completion that was the latest at the end of the period."""
    until = asked.period.until
    rows = CourseProgress.objects.filter(started_on__lte=until)
    if asked.people is not None:
        rows = rows.filter(learner__user__in=asked.people)
    if asked.course is not None:
        rows = rows.filter(course=asked.course)
    before = _completions_of_the_row(until)
    return rows.annotate(
        earned_on=_latest(until, "completed_on", before), ran_out_on=_latest(until, "expires_on", before)
    ).order_by()


def _completions_of_the_row(until: date) -> QuerySet[Completion]:
    person = OuterRef(OuterRef("learner"))
    learners = Learner.objects.filter(Q(pk=person) | Q(merged_into=person))
    return completions_as_of(until).filter(course=OuterRef("course"), learner__in=learners).order_by(*LATEST)


def _withdrawn_since(until: date) -> QuerySet[CompletionWithdrawal, Any]:
    """Whose completions were withdrawn after that day: hardly anybody's, so the database looks them up once."""
    rows = CompletionWithdrawal.objects.filter(withdrawn_on__gt=until).order_by()
    return rows.values(person=Coalesce("completion__learner__merged_into", "completion__learner"))


def _latest(until: date, field: str, before: QuerySet[Completion]) -> Case:
    return Case(
        When(learner__in=_withdrawn_since(until), then=Subquery(before.values(field)[:1])),
        When(completed_on__lte=until, then=F(field)),
        When(completed_on__gt=until, then=Subquery(before.values(field)[:1])),
    )


def _counts(what: str, period: Period) -> dict[str, Count]:
    return {name: Count(what, filter=condition) for name, condition in _conditions(period).items()}


def _conditions(period: Period) -> dict[str, Q]:
    return {
        "started": Q(started_on__gte=period.since),
        "in_progress": Q(earned_on=None),
        "completed": Q(earned_on__gte=period.since),
        "expired": run_out_by(period.until, "ran_out_on"),
        "ever": Q(earned_on__isnull=False),
        "begun": Q(started_on__lte=period.until),
    }

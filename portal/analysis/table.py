"""The questions of a course with their figures, a page of them at a time, or all of them as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Min, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import CourseEdition, State
from portal.analysis.advice import names_of
from portal.analysis.counting import quizzes_of
from portal.analysis.words import (
    correlation_words,
    in_steps,
    people_words,
    rounded,
    seconds_words,
    share_error,
    share_with_error,
)
from quizzes.analysis.flags import FEW, MANY
from quizzes.models import ItemStatistic, Quiz
from quizzes.texts import words_of
from quizzes.usage import figures_of_now


@dataclass(frozen=True)
class Line:
    """One question as the table shows it."""

    key: str
    stem: str
    kind: str
    critical: bool
    is_final: bool
    people: str
    share: str
    discrimination: str
    median: str
    told: bool
    flags: list[tuple[str, str, bool]]


def rows_of(edition: CourseEdition) -> QuerySet[ItemStatistic]:
    """The figures of every question that is asked now, in every quiz of the edition."""
    placed = Min("quiz__lesson__placements__position", filter=Q(quiz__lesson__placements__edition=edition))
    last = Case(When(quiz__purpose=Quiz.Purpose.FINAL, then=Value(1)), default=Value(0))
    live = figures_of_now().filter(
        quiz__in=quizzes_of(edition).order_by().values("pk"),
        version__state=State.PUBLISHED,
        version__question__archived_at=None,
    )
    return live.annotate(placed=placed, last=last).select_related("version__question", "quiz")


def lines_of(rows: Sequence[ItemStatistic], language: str) -> list[Line]:
    """One query for the words of them all."""
    stems = stems_of(rows, language)
    return [_line(row, stems.get(row.version_id, "")) for row in rows]


def stems_of(rows: Sequence[ItemStatistic], language: str) -> dict[int, str]:
    words = words_of({row.version_id for row in rows}, language, timezone.now())
    return {version: str(each.get("stem", "")) for version, each in words.items()}


def _line(row: ItemStatistic, stem: str) -> Line:
    return Line(
        row.version.question.key,
        stem or row.version.question.key,
        row.version.get_kind_display(),
        row.version.critical,
        row.quiz.purpose == Quiz.Purpose.FINAL,
        people_words(row.people),
        share_with_error(row.facility, row.people),
        correlation_words(row.discrimination, row.people),
        seconds_words(row.median_seconds),
        row.people >= FEW,
        names_of(row),
    )


def file_rows(rows: Sequence[ItemStatistic], language: str) -> Iterator[tuple[object, ...]]:
    """Headings, then one row a question; figures as coarse as on the page."""
    yield (
        *(_("Key"), _("Version"), _("Question"), _("Kind"), _("Asked in"), _("Answers"), _("Share right")),
        *(_("Standard error"), _("Discrimination"), _("Upper less lower part"), _("Left out")),
        *(_("Median time (seconds)"), _("Warnings")),
    )
    stems = stems_of(rows, language)
    for row in rows:
        yield (
            *(row.version.question.key, row.version.number, stems.get(row.version_id, "")),
            *(row.version.get_kind_display(), row.quiz.get_purpose_display()),
            row.people if row.people >= MANY else people_words(row.people),
            *_figures(row),
            " · ".join(name for _flag, name, _grave in names_of(row)),
        )


def _figures(row: ItemStatistic) -> tuple[Any, ...]:
    share = row.facility
    return (
        None if share is None else rounded(share, row.people),
        None if share is None else round(share_error(share, row.people), 2),
        None if row.discrimination is None else round(row.discrimination, 2),
        None if row.upper_lower is None else in_steps(row.upper_lower, row.people),
        None if row.omitted is None else rounded(row.omitted, row.people),
        None if row.median_seconds is None else round(row.median_seconds),
    )

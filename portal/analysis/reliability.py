"""How well the checks and the final of a course measure: reliability, error, scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lessons.models import CourseEdition
from portal.analysis.counting import quizzes_of
from portal.analysis.words import COARSE, rounded, score_words, share_words, too_few
from portal.language.formats import coefficient, number
from portal.language.people import people_words
from portal.reports.charts import Chart, Point, draw
from portal.studio.languages import language_name
from portal.studio.overview import lesson_titles
from quizzes.analysis.flags import FEW, MANY
from quizzes.models import Quiz, QuizStatistic

GOOD_CHECK, GOOD_FINAL = 0.70, 0.80  # what a lesson's test and a certificate should reach (Nunnally 1978)
BAND = 1.96


@dataclass(frozen=True)
class QuizLine:
    """A quiz in one language, everything in words."""

    language: str
    people: str
    alpha: str
    verdict: str
    error: str
    mean: str
    spread: str
    passed: str


@dataclass(frozen=True)
class QuizBox:
    """A quiz: its figures by language, all together first; `missing` says why there are none."""

    pk: int
    title: str
    is_final: bool
    questions: int
    missing: str
    lines: list[QuizLine]
    apart: list[tuple[str, str]]
    chart: Chart | None
    tenths: list[tuple[str, str]]


def boxes(edition: CourseEdition, language: str, *, rtl: bool) -> list[QuizBox]:
    """Every quiz of the edition that was counted. Four queries."""
    quizzes = list(quizzes_of(edition))
    titles = lesson_titles([quiz.lesson_id for quiz in quizzes if quiz.lesson_id], language)
    counted: dict[int, list[QuizStatistic]] = {}
    for row in QuizStatistic.objects.filter(quiz__in=quizzes).order_by("language"):
        counted.setdefault(row.quiz_id, []).append(row)
    return [_box(quiz, counted[quiz.pk], titles, rtl=rtl) for quiz in quizzes if quiz.pk in counted]


def _box(quiz: Quiz, rows: Sequence[QuizStatistic], titles: dict[int, str], *, rtl: bool) -> QuizBox:
    whole = rows[0]
    told = whole.people >= FEW
    is_final = quiz.purpose == Quiz.Purpose.FINAL
    return QuizBox(
        quiz.pk,
        _("Final") if is_final else titles.get(quiz.lesson_id or 0, "") or str(quiz.lesson),
        is_final,
        whole.questions,
        "" if told else too_few(whole.people),
        [_line(row, is_final=is_final) for row in rows] if told else [],
        _apart(whole),
        _chart(whole, rtl=rtl) if told else None,
        [(_tenth(at), share_words(share, whole.people)) for at, share in enumerate(whole.histogram)],
    )


def _apart(row: QuizStatistic) -> list[tuple[str, str]]:
    found = [
        (_("second and later sittings"), row.later),
        (_("first sittings that are not finished"), row.unfinished),
        (_("sittings of the portal’s own people"), row.staff),
    ]
    return [(why, people_words(count)) for why, count in found if count]


def _line(row: QuizStatistic, *, is_final: bool) -> QuizLine:
    return QuizLine(
        language_name(row.language) if row.language else _("All languages together"),
        people_words(row.people),
        _alpha(row),
        verdict(row.alpha, row.people, is_final=is_final),
        _error(row),
        share_words(row.mean, row.people),
        "–" if row.spread is None else number(round(rounded(row.spread, row.people) * 100)),
        share_words(row.passed, row.people),
    )


def _alpha(row: QuizStatistic) -> str:
    if row.people < MANY:
        return too_few(row.people, MANY)
    return "–" if row.alpha is None else coefficient(row.alpha)


def verdict(alpha: float | None, people: int, *, is_final: bool) -> str:
    """What the reliability allows; empty where it cannot be told yet."""
    if people < MANY:
        return ""
    if alpha is None or alpha < 0:
        return _("not reliable")
    if alpha >= (GOOD_FINAL if is_final else GOOD_CHECK):
        return _("reliable enough for a certificate") if is_final else _("reliable enough for a lesson’s check")
    return _("not reliable enough for a certificate") if is_final else _("fit for practice, not for decisions")


def _error(row: QuizStatistic) -> str:
    """A score in the middle with its band of 95 %, as `74 ± 9`."""
    if row.error is None or row.mean is None:
        return "–"
    return score_words(row.mean, BAND * row.error, row.people)


def _tenth(at: int) -> str:
    return f"{number(at * 10)}–{number(at * 10 + 10)}"


def _chart(row: QuizStatistic, *, rtl: bool) -> Chart | None:
    """What is told as under five percent is drawn alike, whether anybody is there or not."""
    if not any(row.histogram):
        return None
    shares = (rounded(share, row.people) if share >= COARSE else COARSE / 2 for share in row.histogram)
    return draw(list(_points(shares)), rtl=rtl)


def _points(shares: Iterable[float]) -> Iterable[Point]:
    for at, share in enumerate(shares):
        yield Point(round(share * 100), number(at * 10))

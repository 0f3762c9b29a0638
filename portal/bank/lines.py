"""Questions as the bank lists them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from portal.bank.words import answered_words, quizzes_words, right_words, warnings
from portal.studio.languages import language_name, written_languages
from portal.studio.overview import lesson_titles
from portal.studio.question_standing import QuestionStanding, question_standings
from quizzes.bank import RETIRED
from quizzes.models import Question
from quizzes.usage import Usage, usage_of


@dataclass(frozen=True)
class Line:
    """One question; `edit_url` is empty where it cannot be written on, `missing` names languages without words."""

    question: Question
    id: int
    key: str
    stem: str
    kind: str
    critical: bool
    states: tuple[str, ...]
    lesson: str
    missing: list[str]
    used: list[str]
    flags: list[tuple[str, str, bool]]
    url: str
    edit_url: str


def lines_of(questions: Iterable[Question], language: str) -> list[Line]:
    """The lines of these questions, in their order; eight queries however many there are."""
    standings = question_standings(questions)
    found = [standing.question for standing in standings]
    titles = lesson_titles([question.lesson_id for question in found if question.lesson_id], language)
    usages = usage_of(found)
    return [_line(each, titles, usages[each.question.pk], language) for each in standings]


def _line(standing: QuestionStanding, titles: dict[int, str], usage: Usage, language: str) -> Line:
    question, version = standing.question, standing.current
    lesson = question.lesson
    return Line(
        question,
        question.pk,
        question.key,
        standing.stem(language),
        version.get_kind_display() if version else "",
        version.critical if version else False,
        states_of(standing),
        (titles.get(lesson.pk) or lesson.key) if lesson else "",
        missing_in(standing),
        used_words(usage),
        warnings(usage),
        url_of(question),
        edit_url_of(question),
    )


def states_of(standing: QuestionStanding) -> tuple[str, ...]:
    """Any of published, draft, in_review; of a retired question only that."""
    return (RETIRED,) if standing.question.archived_at else standing.states


def missing_in(standing: QuestionStanding) -> list[str]:
    return [language_name(code) for code in written_languages() if code not in standing.words]


def used_words(usage: Usage) -> list[str]:
    """In how many quizzes, how often answered, how many were right: what can be told of it."""
    said: Sequence[str] = (quizzes_words(usage.quizzes), answered_words(usage.answered), right_words(usage))
    return [each for each in said if each]


def url_of(question: Question) -> str:
    return reverse("bank:question", args=[question.authority, question.key])


def edit_url_of(question: Question) -> str:
    """The studio's form; "" of a question that is retired or in no lesson, or whose lesson is archived."""
    lesson = question.lesson
    if lesson is None or lesson.archived_at or question.archived_at:
        return ""
    return reverse("studio:question", kwargs={"lesson": lesson.slug, "key": question.key})

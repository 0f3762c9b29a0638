"""Everything about one question on one page: its words with their key, where it is asked, its versions."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lessons.models import EditionText, Placement, State
from lessons.words import in_language
from portal.bank.lines import edit_url_of, missing_in, states_of, url_of, used_words
from portal.bank.words import warnings
from portal.studio.overview import lesson_titles
from portal.studio.question_standing import QuestionStanding, question_standings
from portal.studio.shown import shown_in_each
from quizzes.models import Question, QuestionVersion, Quiz
from quizzes.usage import quizzes_with, usage_of


@dataclass(frozen=True)
class Asked:
    """A quiz that may ask the question; `edition` is the label of the edition whose final it is."""

    title: str
    edition: str
    taken: bool


def find(authority: str, key: str) -> QuestionStanding | None:
    """The question of that key, retired or not; None where there is none, or nothing of it is left to show."""
    rows = Question.objects.filter(authority=authority, key=key).select_related("lesson", "made_from")
    found = question_standings(rows)
    return found[0] if found and found[0].current else None


def page_of(standing: QuestionStanding, language: str) -> dict[str, Any]:
    """What the template shows."""
    question, version = standing.question, standing.current
    lesson, usage = question.lesson, usage_of([question])[question.pk]
    titles = lesson_titles([lesson.pk], language) if lesson else {}
    return {
        "question": question,
        "stem": standing.stem(language),
        "kind": version.get_kind_display() if version else "",
        "critical": version.critical if version else False,
        "states": states_of(standing),
        "missing": missing_in(standing),
        "shown": shown_in_each(standing),
        "lesson": lesson,
        "lesson_title": (titles.get(lesson.pk) or lesson.key) if lesson else "",
        "used": used_words(usage),
        "flags": warnings(usage),
        "asked": asked_in(question, language),
        "versions": versions_of(question),
        "analysis_url": analysis_url(question),
        "made_from": related(question.made_from),
        "copies": [related(copy) for copy in question.copies.order_by("pk")[:20]],
        "edit_url": edit_url_of(question),
        "preview_url": reverse("bank:preview", args=[question.authority, question.key]),
    }


def related(question: Question | None) -> tuple[str, str] | None:
    """(key, address) of a question that it was made from, or that was made from it."""
    return (question.key, url_of(question)) if question else None


def asked_in(question: Question, language: str) -> list[Asked]:
    """The checks and finals that may ask it. Two queries."""
    title = in_language(EditionText.objects.all(), "edition", "title", language, "edition")
    quizzes: list[Any] = list(quizzes_with(question).annotate(course_title=title))
    titles = lesson_titles([quiz.lesson_id for quiz in quizzes if quiz.lesson_id], language)
    return [_asked(quiz, titles) for quiz in quizzes]


def _asked(quiz: Any, titles: dict[int, str]) -> Asked:
    if quiz.purpose == Quiz.Purpose.CHECK:
        lesson = titles.get(quiz.lesson_id) or quiz.lesson.key
        return Asked(_("Check of “%(lesson)s”") % {"lesson": lesson}, "", taken=True)
    course = quiz.course_title or quiz.edition.course.key
    taken = quiz.edition.state == State.PUBLISHED
    return Asked(_("Final of “%(course)s”") % {"course": course}, quiz.edition.label, taken)


def versions_of(question: Question) -> list[QuestionVersion]:
    """All of them, the newest first, each with the texts of it as `worded`."""
    versions: Any = question.versions.prefetch_related("texts").order_by("-number")
    for version in versions:
        texts = sorted(version.texts.all(), key=lambda text: (text.language, text.number))
        version.worded = texts
    return list(versions)


def analysis_url(question: Question) -> str:
    """The figures of it in the course that is taken now; "" where there is no such course or nothing was published."""
    placed = Placement.objects.filter(edition__state=State.PUBLISHED, lesson=question.lesson_id)
    course = placed.order_by("edition__course__position", "pk").values_list("edition__course__slug", flat=True).first()
    public = question.versions.filter(published_at__isnull=False).exists() if course else False
    return reverse("analysis:question", kwargs={"course": course, "key": question.key}) if course and public else ""

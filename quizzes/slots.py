"""A person's own state in public pages: marks, progress, where to go on."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lessons.prepared import Prepared
from lessons.slots import fragment, register
from lessons.words import reader_language
from quizzes.learners import learner_of, whose
from quizzes.models import LessonProgress
from quizzes.standing import Standing, standings


def register_all() -> None:
    register("continue", go_on)
    register("course-progress", course_progress)
    register("course-state", course_state)
    register("lesson-mark", lesson_mark)
    register("lesson-state", lesson_state)


_marks_of_user = Prepared(lambda user: _readable(Q(learner__user=user)))


def _readable(whose_rows: Q) -> QuerySet[LessonProgress]:
    return LessonProgress.objects.filter(whose_rows).only("lesson_id", "read_on", "passed_on")


def _marks(request: HttpRequest) -> dict[int, LessonProgress]:
    """The learner's lessons by id, one query a request."""
    if not hasattr(request, "lesson_marks"):
        user = request.user
        rows = _marks_of_user(user.pk) if user.is_authenticated else _readable(whose(request))
        request.lesson_marks = {row.lesson_id: row for row in rows}  # type: ignore[attr-defined]
    marks: dict[int, LessonProgress] = request.lesson_marks  # type: ignore[attr-defined]
    return marks


def _standings(request: HttpRequest) -> dict[int, Standing]:
    if not hasattr(request, "course_standings"):
        learner = learner_of(request)
        found = standings(learner, reader_language()) if learner else []
        request.course_standings = {standing.course_id: standing for standing in found}  # type: ignore[attr-defined]
    result: dict[int, Standing] = request.course_standings  # type: ignore[attr-defined]
    return result


def _render(request: HttpRequest, name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"quizzes/slots/{name}.html", context, request)


def go_on(request: HttpRequest, argument: str) -> str:
    """Continue where you stopped: the course of the latest day that is not complete."""
    waiting = next((s for s in _standings(request).values() if not s.complete), None)
    return _render(request, "continue", {"standing": waiting}) if waiting else ""


def course_progress(request: HttpRequest, argument: str) -> str:
    standing = _standings(request).get(int(argument))
    return _render(request, "course_progress", {"standing": standing}) if standing else ""


def course_state(request: HttpRequest, argument: str) -> str:
    """The state of the course; `argument` is the course's id, a colon, and the address of its first lesson."""
    course_id, _colon, first_url = argument.partition(":")
    context = {"standing": _standings(request).get(int(course_id)), "first_url": first_url}
    return _render(request, "course_state", context)


def lesson_mark(request: HttpRequest, argument: str) -> str:
    """A lesson's mark in a list; `argument` is the lesson's id, a colon, and its number."""
    lesson_id, _colon, number = argument.partition(":")
    mark = _marks(request).get(int(lesson_id))
    if mark and mark.passed_on:
        return format_html('<span class="mark mark-passed"><span class="visually-hidden">{}</span></span>', _("Passed"))
    if mark and mark.read_on:
        return format_html('<span class="mark mark-read"><span class="visually-hidden">{}</span></span>', _("Read"))
    return format_html('<span class="mark">{}</span>', number)


def lesson_state(request: HttpRequest, argument: str) -> str:
    """Read, passed, or the form to say "I have read this"; `argument` is the lesson's id, a colon, and its address."""
    lesson_id, _colon, url = argument.partition(":")
    mark = _marks(request).get(int(lesson_id))
    return fragment(
        request,
        "quizzes/slots/lesson_state.html",
        passed=bool(mark and mark.passed_on),
        read=bool(mark and mark.read_on),
        read_url=f"{url}read/",
    )

"""HTTP for what a lesson and a question have been, and for going back to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.models import Lesson, Revision
from lessons.readiness import NotReady
from lessons.suspending import open_suspensions
from lessons.words import reader_language
from portal.accounts.rights import may, may_everywhere, permission_required
from portal.studio.history.lines import compare_two, revisions_of, versions_of
from portal.studio.history.rollback import CannotGoBack, back_in_one_release, begin_from, begin_version_from
from portal.studio.languages import direction, language_name
from portal.studio.lesson_page import languages_of
from portal.studio.overview import lesson_titles
from portal.studio.views_lesson import find_lesson
from quizzes.models import Question, QuestionVersion

A_PAGE = 20
MOST_VERSIONS = 30


@permission_required("studio.open")
@require_safe
def history(request: HttpRequest, lesson: str) -> HttpResponse:
    """Every saved state of a lesson in one language."""
    found = find_lesson(lesson)
    languages = languages_of(found)
    asked = request.GET.get("language", "")
    language = asked if asked in languages else reader_language()
    page = Paginator(revisions_of(found, language), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "language": language,
        "direction": direction(language),
        "languages": [(code, language_name(code)) for code in languages],
        "page": page,
        "writes": may(request.user, "studio.write"),
        "suspends": may_everywhere(request.user, "lessons.suspend"),
        "suspensions": open_suspensions(found).prefetch_related("texts"),
    }
    return render(request, "studio/history/history.html", _about(found) | context)


def _about(lesson: Lesson) -> dict[str, Any]:
    title = lesson_titles([lesson.pk], reader_language()).get(lesson.pk) or lesson.key
    return {"lesson": lesson, "lesson_title": title}


@permission_required("studio.open")
@require_safe
def compare(request: HttpRequest, lesson: str) -> HttpResponse:
    """Two of them as readers see them, with what is different marked."""
    found = find_lesson(lesson)
    one, other = (request.GET.get(name, "") for name in ("old", "new"))
    both = compare_two(found, int(one), int(other)) if one.isdecimal() and other.isdecimal() else None
    if both is None:
        messages.error(request, _("Choose two different texts of one language to compare."))
        return redirect("studio:history", lesson=found.slug)
    language = both.new.text.language
    context = {"both": both, "language": language, "direction": direction(language)}
    context["writes"] = may(request.user, "studio.write")
    return render(request, "studio/history/compare.html", _about(found) | context)


@permission_required("studio.open")
@require_POST
def begin(request: HttpRequest, lesson: str, revision: int) -> HttpResponse:
    """Make it the draft; with `deed=release` it goes to review at once."""
    found = find_lesson(lesson)
    former = get_object_or_404(Revision.objects.select_related("text__lesson"), pk=revision, text__lesson=found)
    person: Any = request.user
    at_once = request.POST.get("deed") == "release" or not may(person, "studio.write")
    try:
        if at_once:
            release = back_in_one_release(former, person)
            messages.success(request, _("Sent to review as it was then. Somebody else publishes it."))
            return redirect("studio:release", release=release.pk)
        begin_from(former, person)
    except (CannotGoBack, NotReady) as refusal:
        messages.error(request, str(refusal))
        return redirect("studio:history", lesson=found.slug)
    messages.success(request, _("The draft has these words now. Send it to review when it is right."))
    return redirect("studio:lesson", lesson=found.slug)


@permission_required("studio.open")
@require_safe
def question(request: HttpRequest, lesson: str, key: str) -> HttpResponse:
    """Every version of a question with its last words."""
    found = find_lesson(lesson)
    asked = get_object_or_404(Question, lesson=found, key=key)
    context = {
        "question": asked,
        "lines": versions_of(asked, MOST_VERSIONS),
        "writes": may(request.user, "studio.write") and asked.archived_at is None,
    }
    return render(request, "studio/history/question.html", _about(found) | context)


@permission_required("studio.write")
@require_POST
def begin_question(request: HttpRequest, lesson: str, key: str, version: int) -> HttpResponse:
    """Make that version the draft of the question."""
    former = QuestionVersion.objects.select_related("question").filter(
        pk=version, question__key=key, question__lesson__slug=lesson, question__archived_at=None
    )
    found, person = former.first(), _person(request)
    if found is None:
        raise Http404
    try:
        begin_version_from(found, person)
    except CannotGoBack as refusal:
        messages.error(request, str(refusal))
        return redirect("studio:question_history", lesson=lesson, key=key)
    messages.success(request, _("The draft has these words now. Send it to review when it is right."))
    return redirect("studio:question", lesson=lesson, key=key)


def _person(request: HttpRequest) -> Any:
    return request.user

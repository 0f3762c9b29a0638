"""HTTP for how far each language is, and for sending all drafts of one to review."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.models import Lesson
from lessons.readiness import NotReady
from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.studio.languages import language_name, written_languages
from portal.studio.reasons import places_of
from portal.studio.refusals import ReleaseError
from portal.studio.translating import sending
from portal.studio.translating.board import board, lesson_lines


@permission_required("studio.open")
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """Every language, course by course."""
    context = {
        "languages": board(reader_language()),
        "translates_words": may(request.user, "words.translate"),
        "administers": may(request.user, "admin.open"),
    }
    return render(request, "studio/translating/languages.html", context)


@permission_required("studio.open")
@require_safe
def language_course(request: HttpRequest, language: str, course: str) -> HttpResponse:
    """A course in one language, lesson by lesson, with what can be sent to review."""
    return _show(request, language, course)


def _show(request: HttpRequest, language: str, course: str, status: int = 200, **more: Any) -> HttpResponse:
    found = lesson_lines(course, language, reader_language()) if language in written_languages() else None
    if found is None:
        raise Http404
    title, lines = found
    context = {
        "course": course,
        "title": title,
        "lines": lines,
        "language": language,
        "name": language_name(language),
        "writes": may(request.user, "studio.write"),
        "drafts": any({"draft"} & set(line.states) or line.questions.draft for line in lines),
        "others": [(code, language_name(code)) for code in written_languages() if code != language],
    }
    return render(request, "studio/translating/language_course.html", context | more, status=status)


@permission_required("studio.write")
@require_POST
def send(request: HttpRequest, language: str, course: str) -> HttpResponse:
    """One release of every draft in this language, of the course or of the one lesson that was named."""
    found = lesson_lines(course, language, reader_language()) if language in written_languages() else None
    if found is None:
        raise Http404
    title, lines = found
    lesson = request.POST.get("lesson", "")
    chosen = [line for line in lines if lesson in ("", line.slug)]
    named = f"{chosen[0].title if lesson and chosen else title}: {language_name(language)}"
    lessons = Lesson.objects.filter(slug__in=[line.slug for line in chosen]).order_by("key")
    person: Any = request.user
    try:
        release = sending.send(list(lessons), language, person, named)
    except NotReady as refusal:
        return _show(request, language, course, 422, reasons=places_of(refusal.reasons))
    except ReleaseError as refusal:
        return _show(request, language, course, 409, refusal=str(refusal) or _("There is nothing to send."))
    return redirect("studio:release", release=release.pk)

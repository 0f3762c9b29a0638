"""HTTP for looking at drafts as a citizen would: the lesson, and each question with its feedback."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from lessons import slots
from lessons.models import Lesson
from lessons.pages import render_page
from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.studio.overview import lesson_titles
from portal.studio.previews import preview_of, surroundings
from portal.studio.question_standing import question_standings
from portal.studio.shown import facts_for, shown_in_each
from portal.studio.trials import feedback, order_of, words_in
from portal.studio.views_lesson import find_lesson
from portal.studio.views_question import find_question
from quizzes.asked import Measure
from quizzes.models import Question
from quizzes.results import typed
from quizzes.sitting import NOW, question_view


@permission_required("studio.open")
@require_safe
def preview(request: HttpRequest, lesson: str) -> HttpResponse:
    """The lesson with its drafts, in the language asked for or else in the page's; never cached, never indexed."""
    found = find_lesson(lesson)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else reader_language()
    shown = preview_of(found, language)
    if shown is None:
        raise Http404
    with override(language):
        context = {"lesson": shown.page, **surroundings(found, shown.page.title, language)}
        context |= {"faults": shown.faults, "revision": shown.revision, "questions": _questions(found, language)}
        context |= {"slug": found.slug, "writes": may(request.user, "studio.write"), "languages": settings.LANGUAGES}
        html = _as_guests_see_it(request, render_page(request, "studio/preview.html", context))
    return HttpResponse(html, headers={"X-Robots-Tag": "noindex"})


def _as_guests_see_it(request: HttpRequest, html: str) -> str:
    """The page with nobody's progress in it; only the menu is the reader's own."""
    own, parts = "account", slots.split(html)
    others = [part.default if isinstance(part, slots.Slot) and part.name != own else part for part in parts]
    return slots.for_person(tuple(others), request)


def _questions(found: Lesson, language: str) -> list[dict[str, Any]]:
    """The lesson's questions with their key, in that language where they have words in it."""
    standings = question_standings(Question.objects.filter(lesson=found, archived_at=None))
    facts = facts_for(text for standing in standings for text in standing.words.values())
    lines = []
    for standing in standings:
        each = shown_in_each(standing, facts)
        shown = next((one for one in each if one.language == language), each[0] if each else None)
        if shown and standing.current:
            url = reverse("studio:try_question", kwargs={"lesson": found.slug, "key": standing.question.key})
            lines.append(
                {
                    "key": standing.question.key,
                    "shown": shown,
                    "critical": standing.current.critical,
                    "drafts": standing.drafts,
                    "url": url,
                }
            )
    return lines


@permission_required("studio.open")
@require_http_methods(["GET", "HEAD", "POST"])
def try_question(request: HttpRequest, lesson: str, key: str) -> HttpResponse:
    """The question as it is asked, and after an answer its feedback; nothing of it is kept."""
    found = find_lesson(lesson)
    standing = find_question(found, key)
    version: Any = standing.current
    words = words_in(standing, reader_language())
    if words is None:
        raise Http404
    preview_url = reverse("studio:preview", kwargs={"lesson": found.slug})
    writes = may(request.user, "studio.write")
    context = {
        "quiz": {
            "title": lesson_titles([found.pk], reader_language()).get(found.pk) or found.key,
            "back_url": preview_url,
            "is_final": False,
        },
        "step": 1,
        "total": 1,
        "dots": [NOW],
        "writes": writes,
        "next_url": reverse("studio:question", args=[found.slug, key]) if writes else f"{preview_url}#questions",
    }
    sent, errors = None, []
    if request.method == "POST":
        try:
            answer = Measure.of(version).read(request.POST)
        except ValidationError as fault:
            sent, errors = typed(version, request.POST), fault.messages
        else:
            return render(request, "studio/try_feedback.html", context | feedback(version, words, answer))
    context |= {
        "question": question_view(version, words, order_of(version), sent),
        "field_errors": errors,
        "form_action": request.path,
        "submission_id": uuid.uuid4(),
    }
    return render(request, "studio/try_question.html", context, status=422 if errors else 200)

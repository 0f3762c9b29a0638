"""HTTP for the preview of a question that is being written: as a citizen would be asked it, nothing of it kept."""

from collections.abc import Iterator
from random import Random

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from lessons import slots
from lessons.models import Lesson
from lessons.pages import render_page
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.linting import advice_for_form
from portal.studio.overview import lesson_titles
from portal.studio.questions import form_of
from portal.studio.questions.base import QuestionForm
from portal.studio.rendering import facts_by_language
from portal.studio.shown import with_dots
from portal.studio.views_lesson import find_lesson
from portal.studio.views_question import about_question, find_question, kind_of
from quizzes.facts import filled
from quizzes.kinds import KINDS, kind_named
from quizzes.models import QuestionVersion
from quizzes.sitting import NOW, QuestionView, question_view


@permission_required("studio.write")
@require_POST
def live_question(request: HttpRequest, lesson: str, key: str) -> HttpResponse:
    """JSON as `live_preview` gives it, for the fields of a question's own form in the `language` asked for."""
    found = find_lesson(lesson)
    standing = find_question(found, key)
    return _answer(
        request,
        found,
        form_of(kind_of(standing))(request.POST, about=about_question(found, kind_of(standing), standing)),
    )


@permission_required("studio.write")
@require_POST
def live_new_question(request: HttpRequest, lesson: str, kind: str) -> HttpResponse:
    """The same for a question that is not there yet."""
    found = find_lesson(lesson)
    if kind not in KINDS:
        raise Http404
    return _answer(request, found, form_of(kind)(request.POST, about=about_question(found, kind)))


def _answer(request: HttpRequest, found: Lesson, form: QuestionForm) -> JsonResponse:
    language = request.POST.get("language", "")
    if language not in form.languages:
        raise Http404
    form.is_valid()
    view = _as_asked(form, language)
    wrong = {"errors": [list(_faults(form))]} if form.errors else {}
    page = _page(request, found, view, language) if view else None
    if page is None and language not in form.words:
        wrong.setdefault("errors", []).insert(0, [_("Nothing is written in this language yet.")])
    faults = render_to_string("studio/faults.html", wrong, request)
    faults += render_to_string("studio/advice.html", {"advice": advice_for_form(form)}, request)
    return JsonResponse({"page": page, "stale": page is None, "faults": faults})


def _faults(form: QuestionForm) -> Iterator[str]:
    """Each with the name of its field."""
    yield from map(str, form.non_field_errors())
    for field in form:
        names = [getattr(field.field, "row_title", ""), str(field.label)]
        yield from (f"{' · '.join(filter(None, names))}: {error}" for error in field.errors)


def _as_asked(form: QuestionForm, language: str) -> QuestionView | None:
    """The question with dots for the words that are missing; None where it cannot be asked like this."""
    words = form.words.get(language)
    if words is None:
        return None
    facts = facts_by_language([(language, str(words))])
    told = with_dots(filled(words, facts.get(language, {})))
    structure, answer_key = form.parts
    version = QuestionVersion(
        kind=form.kind,
        structure=structure,
        answer_key=answer_key,
        critical=form.cleaned_data.get("critical", False),
    )
    kind = kind_named(form.kind)
    try:
        order = kind.option_order(*kind.parse(structure, answer_key), Random(0))  # noqa: S311 - only an order
        return question_view(version, told, order)
    except ValueError:
        return None


def _page(request: HttpRequest, found: Lesson, view: QuestionView, language: str) -> str:
    """The whole page without its scripts, as a citizen would get it."""
    with override(language if language in dict(settings.LANGUAGES) else reader_language()):
        title = lesson_titles([found.pk], language).get(found.pk) or found.key
        context = {
            "quiz": {"title": title, "back_url": "#main", "is_final": False},
            "step": 1,
            "total": 1,
            "dots": [NOW],
            "question": view,
            "form_action": "",
        }
        return slots.for_everybody(slots.split(render_page(request, "studio/live_question.html", context)))

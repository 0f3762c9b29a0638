"""HTTP for the preview that follows the writing: what is in the fields now, nothing of it kept."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.decorators.http import require_POST

from lessons import slots
from lessons.measuring import measure
from lessons.models import Lesson
from lessons.pages import render_page
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.drafts import Written
from portal.studio.forms import LessonTextForm
from portal.studio.lesson_page import fault_lines, text_forms
from portal.studio.previews import Preview, preview_of_typed, surroundings
from portal.studio.views_lesson import find_lesson


@permission_required("studio.write")
@require_POST
def live_preview(request: HttpRequest, lesson: str) -> HttpResponse:
    """JSON: `page`, the page that readers would get, or null while there are faults; `faults` and `measure`, HTML that
    says what is to be mended and what is counted.

    The field `language` says which language's fields are meant, those of the lesson's own form; `blank` that no page is
    shown yet, so that while there are faults the published one is sent, and `stale` is true; `closed` that nobody looks
    at the page, so that none is sent.
    """
    found = find_lesson(lesson)
    form = text_forms(found, request.POST).get(request.POST.get("language", ""))
    if form is None:
        raise Http404
    form.is_valid()
    published = form.standing.published if request.POST.get("blank") else None
    instead = Written.of(published) if published else None
    shown = preview_of_typed(found, form.standing, form.written, instead)
    wrong = {"faults": fault_lines(form.written.markdown, shown.faults), "errors": form.errors.values()}
    stale = bool(shown.faults)
    is_unseen = (stale and not instead) or request.POST.get("closed")
    page = None if is_unseen else _page(request, found, shown)
    faults = render_to_string("studio/faults.html", wrong, request)
    return JsonResponse({"page": page, "stale": stale, "faults": faults, "measure": _measured(request, found, form)})


def _measured(request: HttpRequest, found: Lesson, form: LessonTextForm) -> str:
    """The words under the text: what is counted of it, and its outline."""
    language = form.standing.language
    counted = measure(form.written.markdown, language, found.minutes)
    return render_to_string("studio/writing/measure.html", {"measure": counted, "language": language}, request)


def _page(request: HttpRequest, found: Lesson, shown: Preview) -> str:
    """The whole page without its scripts, as a guest would get it."""
    language = shown.page.language if shown.page.language in dict(settings.LANGUAGES) else reader_language()
    with override(language):
        context = {"lesson": shown.page, **surroundings(found, shown.page.title, language)}
        return slots.for_everybody(slots.split(render_page(request, "studio/live.html", context)))

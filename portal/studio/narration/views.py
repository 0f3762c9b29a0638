"""HTTP for giving a lesson's text a recorded voice."""

from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.markdown.figures import shown_in
from lessons.models import Lesson
from lessons.narrations import has_moved_on, narration_of
from portal.accounts.rights import permission_required
from portal.studio import drafts
from portal.studio.languages import direction, language_name
from portal.studio.lesson_page import languages_of, release_holding
from portal.studio.narration import keeping
from portal.studio.narration.forms import NarrationForm
from portal.studio.narration.shown import changes_since, shown
from portal.studio.rendering import facts_by_language, filled_html, rendered
from portal.studio.standing import Standing, standings_of
from portal.studio.views_lesson import find_lesson

MICROPHONE = "camera=(), geolocation=(), microphone=(self)"


@csp_update({"media-src": ["blob:"]})  # so that what was just recorded can be heard before it is sent
@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def narration(request: HttpRequest, lesson: str, language: str) -> HttpResponse:
    """The words to read aloud, beside the recording of them, in one language."""
    found = find_lesson(lesson)
    standing = _standing(found, language)
    if request.method == "POST":
        return _keep(request, found, standing)
    return _show(request, found, standing, _form(standing))


def _standing(found: Lesson, language: str) -> Standing:
    """Where the text stands; raises Http404 for a language in which nothing is written."""
    standing = standings_of(found, languages_of(found)).get(language)
    if standing is None or standing.current is None:
        raise Http404
    return standing


def _form(standing: Standing, request: HttpRequest | None = None) -> NarrationForm:
    kept = narration_of(standing.current)
    moved_on = bool(kept and standing.current and has_moved_on(kept, standing.current))
    sent = (request.POST, request.FILES) if request else (None, None)
    return NarrationForm(*sent, language=standing.language, narration=kept, moved_on=moved_on)


def _keep(request: HttpRequest, found: Lesson, standing: Standing) -> HttpResponse:
    form = _form(standing, request)
    if not form.is_valid():
        return _show(request, found, standing, form, 422)
    writer: Any = request.user
    try:
        keeping.keep(found, standing.language, form.said, form.cleaned_data["id"], writer)
    except drafts.UnderReview:
        form.add_error(None, _("The text is in review, so its recording cannot be changed. Withdraw it first."))
    except drafts.ChangedMeanwhile:
        form.add_error(None, _("Somebody changed the recording meanwhile. Listen to it below, then save yours again."))
        return _show(request, found, _standing(found, standing.language), form, 409, changed=True)
    else:
        messages.success(request, _("The recording is kept with the draft. Readers hear it once it is published."))
        return redirect("studio:narration", lesson=found.slug, language=standing.language)
    return _show(request, found, standing, form, 409)


def _show(
    request: HttpRequest, found: Lesson, standing: Standing, form: NarrationForm, status: int = 200, **more: Any
) -> HttpResponse:
    """`changed`: what the draft has now is another recording than the form began from."""
    revision: Any = standing.current
    kept = narration_of(revision)
    html, faults = rendered(revision, shown_in([revision])[revision.pk])
    facts = facts_by_language([(standing.language, html)]).get(standing.language, {})
    context = {
        "lesson": found,
        "revision": revision,
        "language": standing.language,
        "name": language_name(standing.language),
        "direction": direction(standing.language),
        "text": filled_html(html, facts),
        "faults": faults,
        "narration": shown(kept, revision),
        "mark": keeping.mark_of(kept),
        "changes": changes_since(kept, revision),
        "form": form,
        "fresh": form.fresh if form.is_bound else None,
        "release": release_holding([revision]) if standing.in_review else None,
        "other_languages": [
            (language_name(code), reverse("studio:narration", kwargs={"lesson": found.slug, "language": code}))
            for code, other in standings_of(found, languages_of(found)).items()
            if other.current and code != standing.language
        ],
    }
    response = render(request, "studio/narration/page.html", context | more, status=status)
    response["Permissions-Policy"] = MICROPHONE
    return response


@permission_required("studio.write")
@require_POST
def remove(request: HttpRequest, lesson: str, language: str) -> HttpResponse:
    """Take the voice of the draft away; what is published stays."""
    found = find_lesson(lesson)
    writer: Any = request.user
    _standing(found, language)
    try:
        if keeping.remove(found, language, request.POST.get("id", ""), writer):
            messages.success(
                request, _("The recording is taken out of the draft. Readers hear it until that goes out.")
            )
    except drafts.UnderReview:
        messages.error(request, _("The text is in review, so its recording cannot be changed. Withdraw it first."))
    except drafts.ChangedMeanwhile:
        messages.error(request, _("Somebody changed the recording meanwhile. Listen to it before you take it away."))
    return redirect("studio:narration", lesson=found.slug, language=language)

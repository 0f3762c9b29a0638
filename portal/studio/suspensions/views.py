"""HTTP for taking a lesson out of public view, and for bringing it back: reviewers of the nation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.models import Suspension
from lessons.suspending import NothingToSuspend, open_suspensions, resume, suspend
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.rights import needed_everywhere
from portal.studio.lesson_page import languages_of
from portal.studio.overview import lesson_titles
from portal.studio.suspensions.forms import SuspensionForm
from portal.studio.views_lesson import find_lesson

RIGHT = "lessons.suspend"


@needed_everywhere(RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def suspend_lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """Ask what and why; then readers get the reason in its place."""
    found = find_lesson(lesson)
    form = SuspensionForm(request.POST if request.method == "POST" else None, languages=languages_of(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _suspend(request, form, found)
            except NothingToSuspend as refusal:
                form.add_error("language", str(refusal))
                status = 409
    title = lesson_titles([found.pk], reader_language()).get(found.pk) or found.key
    context = {"lesson": found, "lesson_title": title, "form": form, "suspensions": open_suspensions(found)}
    return render(request, "studio/suspensions/suspend.html", context, status=status)


def _suspend(request: HttpRequest, form: SuspensionForm, found: Any) -> HttpResponse:
    language = form.cleaned_data["language"]
    made = suspend(found, language, form.reasons, request.user, timezone.now())
    record(request, "lesson.suspended", found, lesson=found.pk, language=language, suspension=made.pk)
    messages.success(request, _("Out of view now. Readers who come to its address are told why."))
    return redirect("studio:history", lesson=found.slug)


@needed_everywhere(RIGHT)
@require_POST
def resume_lesson(request: HttpRequest, lesson: str, suspension: int) -> HttpResponse:
    """Readers get it again, as it was."""
    found = get_object_or_404(Suspension.objects.select_related("lesson"), pk=suspension, lesson__slug=lesson)
    if resume(found, request.user, timezone.now()):
        record(request, "lesson.resumed", found.lesson, lesson=found.lesson_id, suspension=found.pk)
        messages.success(request, _("Readers get it again."))
    else:
        messages.info(request, _("It was back in view already."))
    return redirect("studio:history", lesson=lesson)

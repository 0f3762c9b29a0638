"""HTTP for reading a file of questions into a lesson: choose it, see what it would do, agree."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.models import Lesson
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.exchange.questions.asked import FileRefused
from portal.exchange.questions.forms import QuestionFileForm
from portal.exchange.questions.keeping import ChangedMeanwhile, Report, keep
from portal.exchange.questions.reading import questions_in
from portal.studio.languages import direction, language_name, written_languages
from portal.studio.overview import lesson_titles
from portal.studio.views_lesson import find_lesson

KEPT_SECONDS = 60 * 60
LONGEST_TOKEN = 60


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def read_questions(request: HttpRequest, lesson: str) -> HttpResponse:
    """Nothing is written before a person has seen what would be and agreed to it."""
    found = find_lesson(lesson)
    if request.method == "POST":
        return _agreed(request, found) if "token" in request.POST else _chosen(request, found)
    return _ask(request, found, _form(found))


def _form(found: Lesson, *sent: Any) -> QuestionFileForm:
    languages = written_languages()
    source = found.source_language if found.source_language in languages else languages[0]
    return QuestionFileForm(*sent, languages=languages, initial={"language": source})


def _ask(request: HttpRequest, found: Lesson, form: QuestionFileForm, status: int = 200) -> HttpResponse:
    return render(request, "studio/read_questions.html", _about(found) | {"form": form}, status=status)


def _about(found: Lesson) -> dict[str, Any]:
    return {
        "lesson": found,
        "lesson_title": lesson_titles([found.pk], reader_language()).get(found.pk) or found.key,
    }


def _chosen(request: HttpRequest, found: Lesson) -> HttpResponse:
    """The dry run; the file waits an hour for the answer, where every process finds it."""
    form = _form(found, request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, found, form, 422)
    said = form.cleaned_data
    waiting = {
        "data": form.data_read,
        "name": str(said["file"].name)[:200],
        "language": said["language"],
        "format": said["format"],
    }
    token = secrets.token_urlsafe(16)
    cache.set(_place(request, found, token), waiting, KEPT_SECONDS)
    report = keep(form.found, found, said["language"], _writer(request), dry_run=True)
    return _show(request, found, waiting, token, report)


def _show(
    request: HttpRequest, found: Lesson, waiting: dict[str, Any], token: str, report: Report, status: int = 200
) -> HttpResponse:
    language = waiting["language"]
    context = _about(found) | {
        "report": report,
        "counts": report.counts,
        "token": token,
        "file_name": waiting["name"],
        "language": language,
        "language_name": language_name(language),
        "direction": direction(language),
    }
    return render(request, "studio/questions_found.html", context, status=status)


def _agreed(request: HttpRequest, found: Lesson) -> HttpResponse:
    token = request.POST["token"][:LONGEST_TOKEN]
    place = _place(request, found, token)
    waiting = cache.get(place)
    if waiting is None:
        form = _form(found)
        messages.error(
            request, _("The file was kept for an hour, which is over, or it is read already. Choose it again.")
        )
        return _ask(request, found, form, 409)
    digest = request.POST.get("digest", "")
    try:
        questions = questions_in(waiting["data"], waiting["format"])
        report = keep(questions, found, waiting["language"], _writer(request), expected=digest or "none")
    except ChangedMeanwhile as refusal:
        messages.error(request, _("The lesson has changed meanwhile, so nothing was done. Look at it once more."))
        return _show(request, found, waiting, token, refusal.report, 409)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return _ask(request, found, _form(found), 422)
    cache.delete(place)
    message = _("Read: %(created)s created, %(changed)s changed, %(unchanged)s left alone, %(not_kept)s not kept.")
    messages.success(request, message % report.counts)
    return redirect(reverse("studio:lesson", args=[found.slug]) + "#questions")


def _place(request: HttpRequest, found: Lesson, token: str) -> str:
    """Where a file waits: for this person and this lesson alone."""
    kept = "".join(sign for sign in token if sign.isascii() and (sign.isalnum() or sign in "-_"))
    return f"question-file:{request.user.pk}:{found.pk}:{kept}"


def _writer(request: HttpRequest) -> Any:
    return request.user

"""HTTP for looking at a question as a citizen does, in each language, before an answer and after; nothing is kept."""

import uuid
from collections.abc import Sequence
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.bank.lines import edit_url_of, missing_in, states_of
from portal.bank.views import find_question
from portal.studio.languages import language_name, written_languages
from portal.studio.overview import lesson_titles
from portal.studio.question_standing import QuestionStanding
from portal.studio.trials import feedback, order_of, sample_answer, words_in
from quizzes.asked import Measure
from quizzes.kinds import KINDS
from quizzes.models import QuestionVersion
from quizzes.results import typed
from quizzes.sitting import NOW, question_view

BEFORE, RIGHT, WRONG = "before", "right", "wrong"
WIDTHS = ("phone", "desk")
in_our_frames: Any = csp_replace({"frame-ancestors": [SELF]})


def _moments() -> list[tuple[str, str]]:
    return [
        (BEFORE, _("Before the answer")),
        (RIGHT, _("After a right answer")),
        (WRONG, _("After a wrong answer")),
    ]


def _one_of(asked: str | None, known: Sequence[str]) -> str:
    """What was asked for, or else the first of what there is."""
    return next((name for name in known if name == asked), known[0])


@permission_required("studio.open")
@require_safe
def preview(request: HttpRequest, authority: str, key: str) -> HttpResponse:
    """The citizen's page in a frame: its language, its moment and its width are in the address."""
    standing = find_question(authority, key)
    reader = reader_language()
    languages = sorted(written_languages(), key=lambda code: code != reader)
    language = _one_of(request.GET.get("language"), languages)
    moment = _one_of(request.GET.get("moment"), [name for name, _label in _moments()])
    width = _one_of(request.GET.get("width"), WIDTHS)
    with override(language):
        frame_url = reverse("bank:frame", args=[authority, key, moment])
    context = {
        "question": standing.question,
        "states": states_of(standing),
        "missing": language_name(language) in missing_in(standing),
        "language": language,
        "language_name": language_name(language),
        "moment": moment,
        "width": width,
        "frame_url": frame_url,
        "edit_url": edit_url_of(standing.question) if may(request.user, "studio.write") else "",
        "languages": [(code, language_name(code)) for code in written_languages()],
        "moments": _moments(),
        "widths": [("phone", pgettext("a width", "Phone")), ("desk", pgettext("a width", "Desk"))],
    }
    return render(request, "bank/preview.html", context)


@permission_required("studio.open")
@xframe_options_sameorigin
@in_our_frames
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, authority: str, key: str, moment: str) -> HttpResponse:
    """The citizen's own page in the language of the address; an answer that is sent is told about and not kept."""
    standing = find_question(authority, key)
    version: Any = standing.current
    words = words_in(standing, reader_language())
    if words is None or version.kind not in KINDS or moment not in dict(_moments()):
        raise Http404
    context = _around(standing, request.path)
    if request.method == "POST":
        return _answered(request, context, version, words)
    if moment == BEFORE:
        return _asked(request, context, version, words)
    answer = sample_answer(version, words, right=moment == RIGHT)
    if answer is None:
        return _asked(request, context, version, words)
    return render(request, "quizzes/feedback.html", context | feedback(version, words, answer))


def _around(standing: QuestionStanding, path: str) -> dict[str, Any]:
    """What stands around the question: every way on leads back to the question itself."""
    question = standing.question
    lesson, language = question.lesson, reader_language()
    title = lesson_titles([lesson.pk], language).get(lesson.pk) if lesson else ""
    first = reverse("bank:frame", args=[question.authority, question.key, BEFORE])
    quiz = {"title": title or question.key, "back_url": first, "is_final": False}
    return {"quiz": quiz, "step": 1, "total": 1, "dots": [NOW], "next_url": first if path != first else ""}


def _asked(
    request: HttpRequest,
    context: dict[str, Any],
    version: QuestionVersion,
    words: dict[str, Any],
    sent: Any = None,
    errors: list[str] | None = None,
) -> HttpResponse:
    context |= {
        "question": question_view(version, words, order_of(version), sent),
        "field_errors": errors or [],
        "form_action": request.path,
        "submission_id": uuid.uuid4(),
        "next_url": "",
    }
    return render(request, "quizzes/question.html", context, status=422 if errors else 200)


def _answered(
    request: HttpRequest, context: dict[str, Any], version: QuestionVersion, words: dict[str, Any]
) -> HttpResponse:
    try:
        answer = Measure.of(version).read(request.POST)
    except ValidationError as fault:
        return _asked(request, context, version, words, typed(version, request.POST), fault.messages)
    told = context | feedback(version, words, answer) | {"next_url": request.path}
    return render(request, "quizzes/feedback.html", told)

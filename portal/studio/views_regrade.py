"""HTTP for scoring answers again by a corrected question: choose, look at what would change, do it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lessons.words import reader_language
from portal.accounts.looking import looked_at
from portal.accounts.models import User
from portal.accounts.rights import may, needed_everywhere, sees_everybody
from portal.studio.overview import lesson_titles
from portal.studio.regrade_deed import score_again
from portal.studio.regrade_forms import ApplyForm, ChoiceForm
from portal.studio.regrade_page import (
    changed_lines,
    corrected_questions,
    published_version,
    right_of,
    stems,
    version_lines,
)
from quizzes.models import QuestionVersion, Regrade
from quizzes.regrading import Changed, Counts, DryRun, NotComparable, dry_run, lines_after
from quizzes.rescoring import Selection
from quizzes.texts import words_of

PAGE, LATEST = 30, 20


@needed_everywhere("answers.regrade")
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The questions that were corrected after they had been answered, and what was scored again."""
    language = reader_language()
    page = Paginator(corrected_questions().select_related("lesson"), PAGE).get_page(request.GET.get("page"))
    questions = list(page)
    done = list(Regrade.objects.select_related("question__lesson", "by").order_by("-at")[:LATEST])
    said = stems([*questions, *(one.question for one in done)], language)
    titles = lesson_titles([question.lesson_id for question in questions if question.lesson_id], language)
    context = {
        "page": page,
        "questions": [(one, said.get(one.pk) or one.key, titles.get(one.lesson_id or 0, "")) for one in questions],
        "regrades": [(one, said.get(one.question_id) or one.question.key) for one in done],
        "studio": may(request.user, "studio.open"),
    }
    return render(request, "studio/corrections.html", context)


@needed_everywhere("answers.regrade")
@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: HttpRequest, lesson: str, key: str) -> HttpResponse:
    """GET shows the form, and with a selection in the address the dry run; POST applies what that has found."""
    corrected = published_version(lesson, key)
    if corrected is None:
        raise Http404
    lines = version_lines(corrected, reader_language())
    form = ChoiceForm(request.GET, corrected, [(line.pk, line.label) for line in lines if not line.why_not])
    context = _context(request, corrected) | {"versions": lines, "form": form}
    if not form.is_bound:
        return render(request, "studio/regrade.html", context)
    if not form.is_valid():
        return render(request, "studio/regrade.html", context, status=422)
    try:
        return _answer(request, form.selection, context)
    except NotComparable as refusal:
        form.add_error("version", str(refusal))
        return render(request, "studio/regrade.html", context, status=422)


def _context(request: HttpRequest, corrected: QuestionVersion) -> dict[str, Any]:
    language, lesson = reader_language(), corrected.question.lesson_id
    words = words_of([corrected.pk], language, corrected.published_at)  # type: ignore[arg-type]
    done = Regrade.objects.filter(question=corrected.question_id).select_related("by", "version")
    return {
        "question": corrected.question,
        "corrected": corrected,
        "stem": words[corrected.pk]["stem"],
        "right": right_of(corrected, words),
        "lesson_title": lesson_titles([lesson], language).get(lesson, "") if lesson else "",
        "regrades": list(done.order_by("-at")[:LATEST]),
        "studio": may(request.user, "studio.open"),
    }


def _answer(request: HttpRequest, selection: Selection, context: dict[str, Any]) -> HttpResponse:
    after = _learner(request.GET.get("after", ""))
    if after and request.method != "POST":
        return _show(request, lines_after(selection, after), context | {"further": True})
    if request.method == "POST":
        sent = ApplyForm(request.POST, "", Counts(failing=1))
        if sent.is_valid():
            return _apply(request, selection, sent, context)
    found = dry_run(selection)
    apply_form = ApplyForm(request.POST if request.method == "POST" else None, found.digest, found.counts)
    status = 422 if request.method == "POST" else 200
    return _show(request, found, context | {"found": found, "apply_form": apply_form}, status)


def _learner(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def _apply(request: HttpRequest, selection: Selection, sent: ApplyForm, context: dict[str, Any]) -> HttpResponse:
    data = sent.cleaned_data
    try:
        score_again(request, selection, data["digest"], data["reason"], withdraw=data["withdraw"])
    except Changed:
        found = dry_run(selection)
        again = ApplyForm(None, found.digest, found.counts)
        again.initial.update(reason=data["reason"], withdraw=data["withdraw"])
        return _show(request, found, context | {"found": found, "apply_form": again, "has_moved": True}, 409)
    messages.success(request, _("The answers are scored again. The old scores are kept."))
    return redirect(request.path)


def _show(request: HttpRequest, found: DryRun, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The names of people are shown to who may see everybody's learning, and that is written down."""
    named = sees_everybody(request.user)
    lines = changed_lines(found.lines, reader_language(), named=named)
    if named:
        people = User.objects.filter(learner__in=[one.learner for one in found.lines]).values_list("pk", flat=True)
        looked_at(request, "regrade", list(people), context["question"].key)
    query = request.GET.copy()
    query.pop("after", None)
    more = {"lines": lines, "next": found.next, "query": query.urlencode(), "named": named}
    return render(request, "studio/regrade.html", context | more, status=status)

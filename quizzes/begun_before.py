"""A first answer that meets an attempt: the one its own form began before, or one that another tab began meanwhile."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lessons.words import reader_language
from quizzes import attempts, learners, sitting, unsent, views
from quizzes.asked import Measure, asked_at
from quizzes.forms import sent_answer
from quizzes.models import Attempt, AttemptItem, QuestionVersion
from quizzes.started import Started


def sent_before(request: HttpRequest, attempt: Attempt, answer: attempts.Answer) -> HttpResponse:
    """The form that began the attempt came once more: the same answer is acknowledged again, another is told so."""
    asked: Any = asked_at(attempt.pk, 1)
    if views.is_logged_out(request, attempt.learner):
        return views.session_ended(request, asked)
    response: HttpResponse = redirect(sitting.url_after(attempt.pk, 1, asked.rules))
    try:
        attempts.save_step(asked, answer)
    except attempts.SubmissionConflict:
        if learners.is_own(request, attempt.learner):
            return views.conflict(request, asked)
    except attempts.AnswerRefused:
        response = views.too_late(request, sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def begun_elsewhere(request: HttpRequest, attempt: Attempt, version: QuestionVersion, started: Started) -> HttpResponse:
    """Another tab has begun the check. What was chosen here is kept where that asks the same, or else said."""
    item = attempt.items.filter(version=version).first()
    if item is not None and item.closed_at is None:
        return _asked_again_there(request, item, version, started)
    if item is not None:
        message = _(
            "You answered this question in another tab, and that answer counts. Here you had chosen: %(answer)s"
        )
        url = sitting.question_url(attempt.pk, item.step)
    else:
        message = _("You have begun this check in another tab, with other questions. Here you had chosen: %(answer)s")
        url = sitting.next_url(attempt, list(attempt.items.all()))
    messages.warning(request, message % {"answer": _in_words(request, version, started)})
    return redirect(url)


def _asked_again_there(
    request: HttpRequest, item: AttemptItem, version: QuestionVersion, started: Started
) -> HttpResponse:
    """The question takes an answer there: what was chosen here waits in it, or is said where it is too long to keep."""
    message = _("You have begun this check in another tab, and it goes on here.")
    if not unsent.keep(request, item.attempt_id, item.step):
        lost = _("What you had chosen is not saved: %(answer)s") % {"answer": _in_words(request, version, started)}
        message = f"{message} {lost}"
    messages.warning(request, message)
    return redirect(sitting.question_url(item.attempt_id, item.step))


def _in_words(request: HttpRequest, version: QuestionVersion, started: Started) -> str:
    """The answer that was sent to the first question; a dash for one that is none."""
    try:
        value = sent_answer(Measure.of(version), 1, request.POST).value
    except ValidationError:
        return "–"
    return sitting.said(version, started.drawn[0].option_order, value, reader_language())

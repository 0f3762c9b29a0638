"""The first answer of a check, or the start of its first clock: it makes the attempt, once a form."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.catalogue import LessonLine, Outline
from quizzes import attempts, clocks, draws, learners, results, sitting
from quizzes.asked import Measure
from quizzes.begun_before import begun_elsewhere, sent_before
from quizzes.first_question import show_first
from quizzes.forms import sent_answer
from quizzes.limits import may_make_guest
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Quiz
from quizzes.rules import Rules
from quizzes.started import NotYours, Started, new_nonce, unseal


def first_start(request: HttpRequest, line: LessonLine, quiz: Quiz) -> HttpResponse:
    """Begins the check with a question that has a clock: the person is ready, and the question is sent now."""
    try:
        started = _unsealed(request, quiz)
    except NotYours:
        return _open_too_long(request)
    if learners.learner_of(request) is None and not may_make_guest(request):
        return _busy(request, line, quiz, started)
    attempt, _is_new = _begin_once(request, quiz, started)
    if attempt.nonce != started.nonce:
        return redirect(sitting.next_url(attempt, list(attempt.items.all())))
    first = AttemptItem.objects.get(attempt=attempt, step=1)
    clocks.start(first, timezone.now(), timed=request.POST["start"] != "untimed")
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def _unsealed(request: HttpRequest, quiz: Quiz) -> Started:
    """What the form holds, less what was retired before it was ever shown; raises NotYours."""
    started = unseal(request.POST.get("started", ""), quiz, request)
    first, *others = started.drawn
    return replace(started, drawn=(first, *draws.still_asked(others)))


def _open_too_long(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("This page had been open for too long. Here is the check again, from its beginning."))
    return redirect(request.path)


def _busy(request: HttpRequest, line: LessonLine, quiz: Quiz, started: Started, answer: Any = None) -> HttpResponse:
    messages.warning(
        request, _("Very many people are beginning from your network right now. Wait a minute, then send it again.")
    )
    return show_first(request, line, quiz, started, answer=answer)


def first_answer(request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz) -> HttpResponse:
    """Begins the check with its first answer; one that cannot be saved is shown again, or said in words."""
    try:
        started = _unsealed(request, quiz)
    except NotYours as fault:
        return _of_an_old_form(request, path, line, quiz, fault.started)
    version = QuestionVersion.objects.get(pk=started.drawn[0].version)
    try:
        answer = sent_answer(Measure.of(version), 1, request.POST)
    except ValidationError as fault:
        typed = results.typed(version, request.POST)
        return show_first(request, line, quiz, started, errors=fault.messages, answer=typed)
    if learners.learner_of(request) is None and not may_make_guest(request):
        return _busy(request, line, quiz, started, results.typed(version, request.POST))
    try:
        attempt, is_new = _begin_once(request, quiz, started, answer)
    except attempts.SubmissionConflict:
        typed = results.typed(version, request.POST)
        return show_first(request, line, quiz, started, errors=[_("Send the answer again.")], answer=typed)
    if attempt.nonce != started.nonce:
        return begun_elsewhere(request, attempt, version, started)
    if not is_new:
        return sent_before(request, attempt, answer)
    response = redirect(sitting.url_after(attempt.pk, 1, Rules.model_validate(attempt.rules)))
    learners.remember(request, response, attempt.learner)
    return response


def _of_an_old_form(
    request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz, started: Started | None
) -> HttpResponse:
    """An answer from a page of yesterday, or from before a log-in; begins nothing."""
    error = _("This page had been open for long, so nothing was saved yet. Your answer is still here: send it again.")
    again = ask_first_again(request, path, line, quiz, started, error, 409) if started else None
    return again or _open_too_long(request)


def ask_first_again(
    request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz, started: Started, error: str, status: int
) -> HttpResponse | None:
    """What the form began goes on. Else the question with what was chosen, on a form that this browser may send now.

    None where the question is not asked any more.
    """
    version = draws.pool(quiz).filter(pk=started.drawn[0].version).first()
    begun = _begun_by(started)
    if begun is not None and learners.is_own(request, begun.learner):
        return redirect(sitting.question_url(begun.pk, 1))
    if version is None:
        return None
    under_way = attempts.open_attempt(learners.learner_of(request), quiz)
    if under_way is not None:
        return begun_elsewhere(request, under_way, version, started)
    anew = replace(started, nonce=new_nonce(), edition=path.edition_id)
    typed = results.typed(version, request.POST)
    return show_first(request, line, quiz, anew, errors=[error], answer=typed, status=status)


def _begun_by(started: Started) -> Attempt | None:
    return Attempt.objects.select_related("learner").filter(nonce=started.nonce).first()


def _begin_once(
    request: HttpRequest, quiz: Quiz, started: Started, answer: attempts.Answer | None = None
) -> tuple[Attempt, bool]:
    """Learner and attempt, with the first response where there is one, together; and whether they were made now.

    The same form again finds the attempt that it began; where another has begun one, it is that. Raises
    SubmissionConflict, with nothing begun, where the id of the answer is that of another.
    """
    if begun := _begun_by(started):
        return begun, False
    try:
        with transaction.atomic():
            attempt = attempts.begin(
                learners.learner_for(request),
                quiz,
                started.edition,
                started.drawn,
                seed=started.seed,
                nonce=started.nonce,
            )
            if answer and attempt.nonce == started.nonce:
                attempts.save_answer(attempt.pk, answer)
            return attempt, True
    except (IntegrityError, attempts.SubmissionConflict, attempts.AnswerRefused) as fault:
        begun = _begun_by(started)
        if begun is None:
            raise attempts.SubmissionConflict from fault
        return begun, False

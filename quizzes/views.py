"""HTTP for the pages of an attempt: its questions, their feedback, its result."""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.words import reader_language
from quizzes import attempts, clocks, learners, results, sitting, unsent
from quizzes.asked import Asked, asked_at
from quizzes.forms import sent_answer
from quizzes.models import Attempt, AttemptItem, Learner, Quiz
from quizzes.rules import Rules


def own_attempt(request: HttpRequest, attempt_id: uuid.UUID) -> Attempt:
    """The attempt, if it is this learner's; an attempt whose time ran out is closed first.

    Raises Http404 when there is none, PermissionDenied when it is not theirs.
    """
    found = Attempt.objects.select_related("quiz__lesson", "edition__course", "learner").filter(pk=attempt_id).first()
    if found is None:
        raise Http404
    if not learners.is_own(request, found.learner):
        raise PermissionDenied("attempt")
    closed = attempts.expire_if_late(found)
    found.state, found.score, found.passed = closed.state, closed.score, closed.passed
    return found


def left(request: HttpRequest, own: Attempt) -> HttpResponse | None:
    """For a sitting that was left for another: to the other, or to where one begins. None for any other sitting."""
    if own.state != Attempt.State.ABANDONED:
        return None
    messages.info(request, _("This quiz was begun again in another place, and only the later sitting counts."))
    other = attempts.in_its_place(own)
    if other is None:
        return redirect(results.retry_url(own))
    return redirect(sitting.next_url(other, list(other.items.all())))


def gone(request: HttpRequest) -> HttpResponse:
    """Nobody's attempt here: a cookie that was cleared, or another person's link."""
    return render(request, "errors/attempt_gone.html", {"my_learning": reverse("home:my_learning")}, status=403)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt: uuid.UUID, step: int) -> HttpResponse:
    """One step: the question, or once it was answered in a check, its feedback. POST answers it."""
    if request.method == "POST":
        return _answer(request, attempt, step)
    try:
        own = own_attempt(request, attempt)
    except PermissionDenied:
        return gone(request)
    if elsewhere := left(request, own) or _shut(request, own, step):
        return elsewhere
    items = list(own.items.select_related("version", "regraded_by"))
    item = next((item for item in items if item.step == step), None)
    if item is None and step == len(items) + 1:
        return redirect(sitting.overview_url(own))
    if item is None:
        raise Http404
    if item.closed_at is not None:
        unsent.drop(request, attempt, step)
        return render(request, "quizzes/feedback.html", results.feedback(own, items, item, reader_language()))
    if clocks.waits(item):
        return render(request, "quizzes/ready.html", results.ready(own, items, item, reader_language()))
    if item.shown_at is None:
        AttemptItem.objects.filter(pk=item.pk, shown_at=None).update(shown_at=timezone.now())
    return _show(request, own, items, item, entered=unsent.kept(request, attempt, step))


def _shut(request: HttpRequest, own: Attempt, step: int) -> HttpResponse | None:
    """To the result, where a sitting that is over shows no single question any more; else None."""
    rules = Rules.model_validate(own.rules)
    may_be_seen = rules.purpose == Quiz.Purpose.CHECK and rules.key_is_open(own.state, timezone.now())
    if own.state == Attempt.State.OPEN or may_be_seen:
        return None
    if unsent.drop(request, own.pk, step):
        return too_late(request, sitting.result_url(own))
    return redirect(sitting.result_url(own))


@never_cache
@require_POST
def start(request: HttpRequest, attempt: uuid.UUID, step: int) -> HttpResponse:
    """Starts a question that has a clock: from now on it is sent, with the clock or without."""
    try:
        own = own_attempt(request, attempt)
    except PermissionDenied:
        return gone(request)
    item = own.items.select_related("version").filter(step=step).first()
    if item is None:
        raise Http404
    if own.state == Attempt.State.OPEN and clocks.waits(item):
        clocks.start(item, timezone.now(), timed=request.POST.get("start") != "untimed")
    return redirect(sitting.question_url(own.pk, step))


def _show(
    request: HttpRequest,
    attempt: Attempt,
    items: list[AttemptItem],
    item: AttemptItem,
    *,
    errors: list[str] | None = None,
    entered: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question with what was saved, or else `entered` in its place; `errors` stand beside it.

    One whose clock was not started is not sent: it goes back to where it is started.
    """
    if clocks.waits(item):
        return redirect(sitting.question_url(attempt.pk, item.step))
    typed = results.typed(item.version, entered) if entered is not None else None
    context = results.asking(attempt, items, item, reader_language(), typed)
    context |= {"field_errors": errors or [], "form_action": request.path, "submission_id": uuid.uuid4(), "started": ""}
    if entered is not None:
        context |= {"confidence": entered.get("confidence", ""), "is_unsent": not errors}
    return render(request, "quizzes/question.html", context, status=status)


def _answer(request: HttpRequest, attempt_id: uuid.UUID, step: int) -> HttpResponse:
    """Saves the answer before it says so; whatever stands against that, what was typed is still there."""
    asked = asked_at(attempt_id, step)
    if asked is None:
        raise Http404
    if not learners.is_own(request, asked.learner):
        return session_ended(request, asked) if is_logged_out(request, asked.learner) else gone(request)
    try:
        attempts.save_step(asked, sent_answer(asked.measure, step, request.POST))
        unsent.drop(request, attempt_id, step)
    except ValidationError as fault:
        return _ask_again(request, asked, fault.messages)
    except attempts.SubmissionConflict:
        return conflict(request, asked)
    except attempts.AnswerRefused:
        return too_late(request, request.path)
    return redirect(sitting.url_after(attempt_id, step, asked.rules))


def is_logged_out(request: HttpRequest, learner: Learner) -> bool:
    """Whether nobody is logged in, while the learner is somebody with an account."""
    return not request.user.is_authenticated and learner.user_id is not None


def session_ended(request: HttpRequest, asked: Asked) -> HttpResponse:
    """To the log-in, and from there back to the question, where the answer waits if it was not too long to keep."""
    if unsent.keep(request, asked.attempt, asked.step):
        message = _("You were logged out before your answer was sent. Log in: it is there to be sent.")
    else:
        message = _("You were logged out before your answer was sent, and it is not kept. Log in, then answer again.")
    messages.warning(request, message)
    return redirect_to_login(sitting.question_url(asked.attempt, asked.step))


def too_late(request: HttpRequest, url: str) -> HttpResponse:
    messages.warning(request, _("This answer came too late and was not counted. What you had saved is kept."))
    return redirect(url)


def _ask_again(request: HttpRequest, asked: Asked, errors: list[str], status: int = 422) -> HttpResponse:
    """The question once more, with what was typed and what is wrong with it."""
    own = own_attempt(request, asked.attempt)
    items = list(own.items.select_related("version", "regraded_by"))
    item = next(other for other in items if other.pk == asked.item)
    if item.closed_at is not None or own.state != Attempt.State.OPEN:
        return too_late(request, request.path)
    return _show(request, own, items, item, errors=errors, entered=request.POST, status=status)


def once_more(request: HttpRequest, attempt: uuid.UUID, step: int) -> HttpResponse | None:
    """For an answer that was turned away unread, as the form was from before a log-in: the question with it, 403.

    None where there is no such question of theirs. Saves nothing.
    """
    asked = asked_at(attempt, step)
    if asked is None or not learners.is_own(request, asked.learner):
        return None
    return _ask_again(request, asked, [turned_away()], 403)


def turned_away() -> str:
    """Beside an answer that came with the token of another session."""
    return _("Not saved yet, as it seems that you logged in or out in another tab. Your answer is here: send it again.")


def conflict(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The same form was sent before with another answer, and that one stands."""
    own = own_attempt(request, asked.attempt)
    if elsewhere := left(request, own):
        return elsewhere
    items = list(own.items.select_related("version", "regraded_by"))
    saved = next(other for other in items if other.pk == asked.item)
    if saved.closed_at is not None and not Rules.model_validate(own.rules).key_is_open(own.state, timezone.now()):
        return redirect(sitting.result_url(own))
    if saved.closed_at is not None:
        messages.warning(request, _("This page had already sent another answer, and that one counts."))
        context = results.feedback(own, items, saved, reader_language())
        return render(request, "quizzes/feedback.html", context, status=409)
    error = _("This page had already sent another answer. The first one is kept; choose again to change it.")
    return _show(request, own, items, saved, errors=[error], status=409)


@never_cache
@require_safe
def result(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """How a finished attempt went, and what to read again; an open one goes on where it stopped."""
    try:
        own = own_attempt(request, attempt)
    except PermissionDenied:
        return gone(request)
    if elsewhere := left(request, own):
        return elsewhere
    items = list(own.items.select_related("version__question", "regraded_by"))
    if own.state == Attempt.State.OPEN:
        return redirect(sitting.next_url(own, items))
    return render(
        request,
        "quizzes/result.html",
        results.result(own, items, reader_language())
        | {
            "guest": not request.user.is_authenticated,
        },
    )

"""HTTP for a lesson's check and for the pages of an attempt."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.catalogue import LessonLine, Outline, outline
from lessons.models import CourseEdition
from lessons.words import reader_language
from quizzes import attempts, draws, learners, results, sitting
from quizzes.asked import Asked, Measure, asked_at
from quizzes.forms import sent_answer
from quizzes.limits import may_make_guest
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Quiz
from quizzes.progress import record_read
from quizzes.rules import Rules
from quizzes.started import NotYours, Started, new_nonce, seal, unseal


def find_line(course: str, lesson: str) -> tuple[Outline, LessonLine]:
    """The course's outline and the lesson's line in it; raises Http404."""
    path = outline(course, reader_language())
    line = path.line(lesson) if path else None
    if path is None or line is None:
        raise Http404
    return path, line


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """GET shows the first question and writes nothing; the first answer makes the attempt."""
    path, line = find_line(course, lesson)
    quiz = Quiz.objects.filter(lesson=line.id, purpose=Quiz.Purpose.CHECK).first()
    if quiz is None:
        raise Http404
    attempt = attempts.open_attempt(learners.learner_of(request), quiz)
    if request.method == "POST":
        return _first_answer(request, path, line, quiz)
    if attempt is not None:
        return redirect(sitting.next_url(attempt, list(attempt.items.all())))
    return _show_first(request, path, line, quiz, _new_draw(request, path, quiz))


def _new_draw(request: HttpRequest, path: Outline, quiz: Quiz) -> Started:
    seed = draws.new_seed()
    drawn = draws.draw(quiz, seed, draws.asked_last(learners.learner_of(request), quiz))
    if not drawn:
        raise Http404
    return Started(quiz.pk, path.edition_id, seed, new_nonce(), tuple(drawn))


def _show_first(
    request: HttpRequest,
    path: Outline,
    line: LessonLine,
    quiz: Quiz,
    started: Started,
    *,
    errors: list[str] | None = None,
    answer: Any = None,
) -> HttpResponse:
    view = sitting.first_question(started.drawn[0], quiz, reader_language(), timezone.now(), answer)
    total = len(started.drawn)
    context = {
        "quiz": {"title": line.title, "back_url": line.url, "is_final": False},
        "step": 1,
        "total": total,
        "dots": [sitting.NOW] + [sitting.TODO] * (total - 1),
        "question": view,
        "field_errors": errors or [],
        "form_action": request.path,
        "submission_id": uuid.uuid4(),
        "started": seal(started, request),
    }
    return render(request, "quizzes/question.html", context, status=422 if errors else 200)


def _first_answer(request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz) -> HttpResponse:
    try:
        started = unseal(request.POST.get("started", ""), quiz, request)
    except NotYours:
        messages.warning(
            request, _("This page had been open for too long. Here is the check again, from its beginning.")
        )
        return redirect(request.path)
    version = QuestionVersion.objects.get(pk=started.drawn[0].version)
    try:
        answer = sent_answer(Measure.of(version), 1, request.POST)
    except ValidationError as fault:
        typed = results.typed(version, request.POST)
        return _show_first(request, path, line, quiz, started, errors=fault.messages, answer=typed)
    if learners.learner_of(request) is None and not may_make_guest(request):
        messages.warning(
            request, _("Very many people are beginning from your network right now. Wait a minute, then send it again.")
        )
        return _show_first(request, path, line, quiz, started, answer=results.typed(version, request.POST))
    attempt = _begin_and_save(request, quiz, started, answer)
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def _begin_and_save(request: HttpRequest, quiz: Quiz, started: Started, answer: attempts.Answer) -> Attempt:
    """Learner, attempt and first response together; the same form again finds the attempt that it began."""
    try:
        with transaction.atomic():
            begun = Attempt.objects.select_related("learner").filter(nonce=started.nonce).first()
            attempt = begun or attempts.begin(
                learners.learner_for(request),
                quiz,
                started.edition,
                started.drawn,
                seed=started.seed,
                nonce=started.nonce,
            )
            if attempt.nonce == started.nonce:
                _save_unless_refused(attempt, answer)
            return attempt
    except IntegrityError:
        return Attempt.objects.select_related("learner").get(nonce=started.nonce)


def _save_unless_refused(attempt: Attempt, answer: attempts.Answer) -> None:
    try:
        attempts.save_answer(attempt.pk, answer)
    except (attempts.AnswerRefused, attempts.SubmissionConflict):
        return


@require_POST
def read(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The person says that they have read the lesson."""
    path, line = find_line(course, lesson)
    learner = learners.learner_of(request)
    if learner is None and not request.user.is_authenticated:
        return redirect(line.url)
    edition = CourseEdition.objects.get(pk=path.edition_id)
    with transaction.atomic():
        record_read(learners.learner_for(request), edition, line.id, timezone.now())
    return redirect(line.url)


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
    items = list(own.items.select_related("version", "regraded_by"))
    item = next((item for item in items if item.step == step), None)
    if own.state != Attempt.State.OPEN and Rules.model_validate(own.rules).purpose == Quiz.Purpose.FINAL:
        return redirect(sitting.result_url(own))
    if item is None and step == len(items) + 1:
        return redirect(sitting.overview_url(own))
    if item is None:
        raise Http404
    if item.closed_at is not None:
        return render(request, "quizzes/feedback.html", results.feedback(own, items, item, reader_language()))
    if item.shown_at is None:
        AttemptItem.objects.filter(pk=item.pk, shown_at=None).update(shown_at=timezone.now())
    return _show(request, own, items, item)


def _show(
    request: HttpRequest,
    attempt: Attempt,
    items: list[AttemptItem],
    item: AttemptItem,
    *,
    errors: list[str] | None = None,
    typed: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = results.asking(attempt, items, item, reader_language(), typed)
    context |= {"field_errors": errors or [], "form_action": request.path, "submission_id": uuid.uuid4(), "started": ""}
    return render(request, "quizzes/question.html", context, status=status)


def _answer(request: HttpRequest, attempt_id: uuid.UUID, step: int) -> HttpResponse:
    """Saves the answer before it says so; whatever stands against that, what was typed is still there."""
    asked = asked_at(attempt_id, step)
    if asked is None:
        raise Http404
    if not learners.is_own(request, asked.learner):
        return gone(request)
    try:
        attempts.save_step(asked, sent_answer(asked.measure, step, request.POST))
    except ValidationError as fault:
        return _ask_again(request, asked, fault.messages)
    except attempts.SubmissionConflict:
        return _conflict(request, asked)
    except attempts.AnswerRefused:
        messages.warning(request, _("This answer came too late and was not counted. What you had saved is kept."))
        return redirect(request.path)
    # A check shows the feedback on this step; a final goes on, and after its last question to the overview.
    return redirect(request.path if asked.rules.at_once else sitting.question_url(attempt_id, step + 1))


def _ask_again(request: HttpRequest, asked: Asked, errors: list[str]) -> HttpResponse:
    """The question once more, with what was typed and what is wrong with it."""
    own = own_attempt(request, asked.attempt)
    items = list(own.items.select_related("version", "regraded_by"))
    item = next(other for other in items if other.pk == asked.item)
    if item.closed_at is not None or own.state != Attempt.State.OPEN:
        return redirect(request.path)
    typed = results.typed(item.version, request.POST)
    return _show(request, own, items, item, errors=errors, typed=typed, status=422)


def _conflict(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The same form was sent before with another answer, and that one stands."""
    own = own_attempt(request, asked.attempt)
    items = list(own.items.select_related("version", "regraded_by"))
    saved = next(other for other in items if other.pk == asked.item)
    if saved.closed_at is not None:
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

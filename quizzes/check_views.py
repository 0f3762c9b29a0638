"""HTTP for a lesson's check before it has begun, and for saying that a lesson was read."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lessons.catalogue import LessonLine, Outline, outline
from lessons.models import CourseEdition
from lessons.words import reader_language
from quizzes import accommodations, attempts, beginning, clocks, draws, learners, results, sitting, unsent, views
from quizzes.asked import Measure, asked_at
from quizzes.forms import sent_answer
from quizzes.limits import may_make_guest
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Quiz
from quizzes.policies import policy_of
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
    """GET shows the first question and writes nothing; the first answer, or starting its clock, makes the attempt.

    A check with a limit begins like a final.
    """
    path, line = find_line(course, lesson)
    quiz = Quiz.objects.filter(lesson=line.id, purpose=Quiz.Purpose.CHECK).first()
    if quiz is None:
        raise Http404
    if Rules.of(quiz).needs_beginning and "started" in request.POST:
        messages.warning(request, _("The rules of this check have changed. Read them, then begin it here."))
        return redirect(request.path)
    if Rules.of(quiz).needs_beginning:
        return beginning.page(request, beginning.Place(quiz, path.edition_id, line.title, line.url))
    attempt = attempts.open_attempt(learners.learner_of(request), quiz)
    if request.method == "POST" and "start" in request.POST:
        return _first_start(request, path, line, quiz)
    if request.method == "POST":
        return _first_answer(request, path, line, quiz)
    if attempt is not None:
        return redirect(sitting.next_url(attempt, list(attempt.items.all())))
    return _show_first(request, path, line, quiz, _new_draw(request, path, quiz))


def _new_draw(request: HttpRequest, path: Outline, quiz: Quiz) -> Started:
    seed = draws.new_seed()
    drawn = draws.draw(quiz, seed, draws.last_asked(learners.learner_of(request), quiz))
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
    status: int = 422,
) -> HttpResponse:
    version, total = QuestionVersion.objects.get(pk=started.drawn[0].version), len(started.drawn)
    rules = Rules.of(quiz, _pace(request, quiz, version))
    context = {
        "quiz": {"title": line.title, "back_url": line.url, "is_final": False},
        "step": 1,
        "total": total,
        "dots": [sitting.NOW] + [sitting.TODO] * (total - 1),
        "form_action": request.path,
        "started": seal(started, request),
        "policy": policy_of(rules, Attempt.State.OPEN, timezone.now()),
        "at_once": rules.at_once,
    }
    allowed = rules.pace.allowed(version.seconds)
    if allowed and not errors and answer is None:
        return render(request, "quizzes/ready.html", context | {"seconds": round(allowed.total_seconds())})
    context |= {
        "question": sitting.first_question(version, started.drawn[0], reader_language(), timezone.now(), answer),
        "field_errors": errors or [],
        "submission_id": uuid.uuid4(),
        "asks_confidence": rules.confidence,
        "confidence": request.POST.get("confidence", ""),
    }
    return render(request, "quizzes/question.html", context, status=status if errors else 200)


def _pace(request: HttpRequest, quiz: Quiz, version: QuestionVersion) -> accommodations.Pace:
    """The time of who asks; looked up only where the question has a clock."""
    if not version.seconds:
        return accommodations.STANDARD
    return accommodations.pace_in(quiz, learners.learner_of(request), timezone.localdate())


def _first_start(request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz) -> HttpResponse:
    """Begins the check with a question that has a clock: the person is ready, and the question is sent now."""
    try:
        started = unseal(request.POST.get("started", ""), quiz, request)
    except NotYours:
        return _open_too_long(request)
    if learners.learner_of(request) is None and not may_make_guest(request):
        return _busy(request, path, line, quiz, started)
    attempt, _is_new = _begin_once(request, quiz, started)
    if attempt.nonce != started.nonce:
        return redirect(sitting.next_url(attempt, list(attempt.items.all())))
    first = AttemptItem.objects.get(attempt=attempt, step=1)
    clocks.start(first, timezone.now(), timed=request.POST["start"] != "untimed")
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def _open_too_long(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("This page had been open for too long. Here is the check again, from its beginning."))
    return redirect(request.path)


def _busy(
    request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz, started: Started, answer: Any = None
) -> HttpResponse:
    messages.warning(
        request, _("Very many people are beginning from your network right now. Wait a minute, then send it again.")
    )
    return _show_first(request, path, line, quiz, started, answer=answer)


def _first_answer(request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz) -> HttpResponse:
    try:
        started = unseal(request.POST.get("started", ""), quiz, request)
    except NotYours as fault:
        return _of_an_old_form(request, path, line, quiz, fault.started)
    version = QuestionVersion.objects.get(pk=started.drawn[0].version)
    try:
        answer = sent_answer(Measure.of(version), 1, request.POST)
    except ValidationError as fault:
        typed = results.typed(version, request.POST)
        return _show_first(request, path, line, quiz, started, errors=fault.messages, answer=typed)
    if learners.learner_of(request) is None and not may_make_guest(request):
        return _busy(request, path, line, quiz, started, results.typed(version, request.POST))
    attempt, is_new = _begin_once(request, quiz, started, answer)
    if attempt.nonce != started.nonce:
        return _begun_elsewhere(request, attempt, version, started, answer.value)
    if not is_new:
        return _sent_before(request, attempt, answer)
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def _sent_before(request: HttpRequest, attempt: Attempt, answer: attempts.Answer) -> HttpResponse:
    """The form that began the attempt came once more: the same answer is acknowledged again, another is told so."""
    asked: Any = asked_at(attempt.pk, 1)
    if views.is_logged_out(request, attempt.learner):
        return views.session_ended(request, asked)
    response = redirect(sitting.question_url(attempt.pk, 1))
    try:
        attempts.save_step(asked, answer)
    except attempts.SubmissionConflict:
        if learners.is_own(request, attempt.learner):
            return views.conflict(request, asked)
    except attempts.AnswerRefused:
        response = views.too_late(request, sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def _begun_elsewhere(
    request: HttpRequest, attempt: Attempt, version: QuestionVersion, started: Started, answer: Any
) -> HttpResponse:
    """Another tab has begun the check meanwhile. What was chosen here is kept where that asks the same, or else said."""
    item = attempt.items.filter(version=version).first()
    if item is not None and item.closed_at is None and unsent.keep(request, attempt.pk, item.step):
        messages.warning(request, _("You have begun this check in another tab, and it goes on here."))
        return redirect(sitting.question_url(attempt.pk, item.step))
    said = sitting.said(version, started.drawn[0].option_order, answer, reader_language())
    if item is not None:
        message = _(
            "You answered this question in another tab, and that answer counts. Here you had chosen: %(answer)s"
        )
        url = sitting.question_url(attempt.pk, item.step)
    else:
        message = _("You have begun this check in another tab, with other questions. Here you had chosen: %(answer)s")
        url = sitting.next_url(attempt, list(attempt.items.all()))
    messages.warning(request, message % {"answer": said})
    return redirect(url)


def _of_an_old_form(
    request: HttpRequest, path: Outline, line: LessonLine, quiz: Quiz, started: Started | None
) -> HttpResponse:
    """An answer from a page of yesterday, or from before a log-in; begins nothing."""
    error = _("This page had been open for long, so nothing was saved yet. Your answer is still here: send it again.")
    again = _ask_first_again(request, path, line, quiz, started, error, 409) if started else None
    return again or _open_too_long(request)


def once_more(request: HttpRequest, course: str, lesson: str) -> HttpResponse | None:
    """For a first answer that was turned away unread: the question with it, 403. None where the form holds none."""
    path, line = find_line(course, lesson)
    quiz = Quiz.objects.filter(lesson=line.id, purpose=Quiz.Purpose.CHECK).first()
    if quiz is None or "started" not in request.POST or Rules.of(quiz).needs_beginning:
        return None
    try:
        started: Started | None = unseal(request.POST["started"], quiz, request)
    except NotYours as fault:
        started = fault.started
    return _ask_first_again(request, path, line, quiz, started, views.turned_away(), 403) if started else None


def _ask_first_again(
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
    typed = results.typed(version, request.POST)
    under_way = attempts.open_attempt(learners.learner_of(request), quiz)
    if under_way is not None:
        return _begun_elsewhere(request, under_way, version, started, typed)
    anew = replace(started, nonce=new_nonce(), edition=path.edition_id)
    return _show_first(request, path, line, quiz, anew, errors=[error], answer=typed, status=status)


def _begun_by(started: Started) -> Attempt | None:
    return Attempt.objects.select_related("learner").filter(nonce=started.nonce).first()


def _begin_once(
    request: HttpRequest, quiz: Quiz, started: Started, answer: attempts.Answer | None = None
) -> tuple[Attempt, bool]:
    """Learner and attempt, with the first response where there is one, together; and whether they were made now.

    The same form again finds the attempt that it began; where another has begun one, it is that.
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
    except (IntegrityError, attempts.SubmissionConflict, attempts.AnswerRefused):
        return Attempt.objects.select_related("learner").get(nonce=started.nonce), False


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

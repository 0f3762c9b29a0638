"""HTTP for a lesson's check before it has begun, and for saying that a lesson was read."""

import uuid
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
from quizzes import accommodations, attempts, beginning, clocks, draws, learners, results, sitting
from quizzes.asked import Measure
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
    return render(request, "quizzes/question.html", context, status=422 if errors else 200)


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
    attempt = _begin_once(request, quiz, started)
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
    except NotYours:
        return _open_too_long(request)
    version = QuestionVersion.objects.get(pk=started.drawn[0].version)
    try:
        answer = sent_answer(Measure.of(version), 1, request.POST)
    except ValidationError as fault:
        typed = results.typed(version, request.POST)
        return _show_first(request, path, line, quiz, started, errors=fault.messages, answer=typed)
    if learners.learner_of(request) is None and not may_make_guest(request):
        return _busy(request, path, line, quiz, started, results.typed(version, request.POST))
    attempt = _begin_once(request, quiz, started, answer)
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, attempt.learner)
    return response


def _begin_once(request: HttpRequest, quiz: Quiz, started: Started, answer: attempts.Answer | None = None) -> Attempt:
    """Learner and attempt, with the first response where there is one, together.

    The same form again finds the attempt that it began.
    """
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
            if answer and attempt.nonce == started.nonce:
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

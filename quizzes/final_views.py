"""HTTP for a course's final: its rules, its beginning, the overview before it is handed in."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lessons.catalogue import outline, outline_of_edition
from lessons.models import CourseEdition
from lessons.words import reader_language
from quizzes import attempts, draws, learners, results, sitting
from quizzes.limits import may_make_guest
from quizzes.models import Attempt, Quiz
from quizzes.progress import still_missing
from quizzes.views import gone, own_attempt


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def final(request: HttpRequest, course: str) -> HttpResponse:
    """GET shows the rules and no question; POST begins."""
    path = outline(course, reader_language())
    quiz = Quiz.objects.filter(edition=path.edition_id).first() if path else None
    if path is None or quiz is None:
        raise Http404
    learner = learners.learner_of(request)
    under_way = attempts.open_attempt(learner, quiz)
    if under_way is not None:
        under_way = _still_open(under_way)
    reason = attempts.why_no_beginning(learner, quiz, timezone.now())
    if request.method == "POST" and not reason:
        if under_way is None and learner is None and not may_make_guest(request):
            reason = "busy"
        else:
            return _begin(request, quiz, path.edition_id, under_way)
    missing = still_missing(learner, CourseEdition.objects.get(pk=path.edition_id))[0] if learner else None
    pool = draws.pool(quiz)
    context = {
        "course": path,
        "rules": {
            "draw": min(quiz.draw or 10**6, pool.count()),
            "pass_percent": round(quiz.pass_mark * 100),
            "minutes_limit": quiz.time_limit // 60 if quiz.time_limit else None,
            "attempts_allowed": quiz.attempt_limit,
            "critical": pool.filter(critical=True).exists(),
        },
        "open_attempt_url": sitting.next_url(under_way, list(under_way.items.all())) if under_way else None,
        "to_pass_first": [line for line in path.lessons if missing is None or line.id in missing],
        "blocked": _words(reason),
    }
    return render(request, "quizzes/final.html", context, status=429 if reason == "busy" else 200)


def _still_open(attempt: Attempt) -> Attempt | None:
    attempt = attempts.expire_if_late(attempt)
    return attempt if attempt.state == Attempt.State.OPEN else None


def _words(reason: str) -> str:
    return {
        "limit": _("You have used all the attempts that this final allows."),
        "cooldown": _("Take a break and read the lessons again; you can try again later."),
        "busy": _("Very many people are beginning from your network right now. Wait a minute, then begin again."),
    }.get(reason, "")


def _begin(request: HttpRequest, quiz: Quiz, edition_id: int, under_way: Attempt | None) -> HttpResponse:
    with transaction.atomic():
        learner = learners.learner_for(request)
        seed = draws.new_seed()
        drawn = draws.draw(quiz, seed, draws.asked_last(learner, quiz))
        attempt = under_way or attempts.begin(learner, quiz, edition_id, drawn, seed=seed)
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, learner)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """GET lists what is answered and what is not; POST hands the attempt in."""
    try:
        own = own_attempt(request, attempt)
    except PermissionDenied:
        return gone(request)
    if request.method == "POST":
        attempts.submit(own.pk)
        return redirect(sitting.result_url(own))
    if own.state != Attempt.State.OPEN:
        return redirect(sitting.result_url(own))
    items = list(own.items.select_related("version"))
    answers = sitting.last_answers(items)
    lines = [
        {"step": item.step, "url": sitting.question_url(own.pk, item.step), "answered": item.pk in answers}
        for item in items
    ]
    context = {
        "quiz": results.quiz_heading(own, outline_of_edition(own.edition_id, reader_language())),
        "lines": lines,
        "unanswered": sum(1 for line in lines if not line["answered"]),
        "seconds_left": sitting.seconds_left(own, timezone.now()),
        "deadline": own.deadline,
    }
    return render(request, "quizzes/overview.html", context)

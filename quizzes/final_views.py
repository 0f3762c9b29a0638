"""HTTP for a course's final, and for the overview before a quiz is handed in."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lessons.catalogue import outline, outline_of_edition
from lessons.models import CourseEdition
from lessons.words import reader_language
from quizzes import attempts, beginning, learners, results, sitting
from quizzes.models import Attempt, Quiz
from quizzes.policies import policy_of
from quizzes.progress import still_missing
from quizzes.rules import Rules
from quizzes.views import gone, left, own_attempt


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def final(request: HttpRequest, course: str) -> HttpResponse:
    """GET shows the rules and no question; POST begins."""
    path = outline(course, reader_language())
    quiz = Quiz.objects.filter(edition=path.edition_id).first() if path else None
    if path is None or quiz is None:
        raise Http404
    learner = learners.learner_of(request)
    missing = still_missing(learner, CourseEdition.objects.get(pk=path.edition_id))[0] if learner else None
    to_pass_first = [line for line in path.lessons if missing is None or line.id in missing]
    return beginning.page(request, beginning.Place(quiz, path.edition_id, path.title, path.url, to_pass_first))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """GET lists what is answered and what is not; POST hands the attempt in."""
    try:
        own = own_attempt(request, attempt)
    except PermissionDenied:
        return gone(request)
    if elsewhere := left(request, own):
        return elsewhere
    if request.method == "POST" and own.state == Attempt.State.OPEN:
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
    now = timezone.now()
    context = {
        "quiz": results.quiz_heading(own, outline_of_edition(own.edition_id, reader_language())),
        "lines": lines,
        "unanswered": sum(1 for line in lines if not line["answered"]),
        "seconds_left": sitting.seconds_left(own, now),
        "deadline": own.deadline,
        "policy": policy_of(Rules.model_validate(own.rules), own.state, now),
    }
    return render(request, "quizzes/overview.html", context)

"""HTTP for a quiz that begins by a deliberate act: its rules are shown and no question; POST begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.catalogue import LessonLine
from quizzes import accommodations, attempts, draws, learners, sitting
from quizzes.allowance import COOLDOWN, LIMIT, Allowance, allowance
from quizzes.limits import may_make_guest
from quizzes.models import Attempt, Quiz
from quizzes.policies import policy_of
from quizzes.rules import Rules

BUSY, EMPTY = "busy", "empty"


@dataclass(frozen=True)
class Place:
    """Which quiz, in which edition, and the words and ways around it."""

    quiz: Quiz
    edition_id: int
    title: str
    back_url: str
    to_pass_first: Sequence[LessonLine] = field(default_factory=list)

    @property
    def is_final(self) -> bool:
        return self.quiz.purpose == Quiz.Purpose.FINAL


class PaceForm(forms.Form):
    """How much time one wants."""

    pace = forms.ChoiceField(choices=accommodations.CHOICES, required=False)


def page(request: HttpRequest, place: Place) -> HttpResponse:
    """GET shows the rules and no question; POST begins, or goes on with what is under way."""
    quiz, learner = place.quiz, learners.learner_of(request)
    under_way = attempts.open_attempt(learner, quiz)
    under_way = _still_open(under_way) if under_way else None
    if request.method != "POST":
        return _rules_page(request, place, under_way, allowance(learner, quiz, timezone.now()))
    if under_way is not None:
        return redirect(sitting.question_url(under_way.pk, 1))
    if learner is None and not may_make_guest(request):
        return _rules_page(request, place, None, Allowance(BUSY, quiz.attempt_limit or None))
    try:
        return _begin(request, place)
    except attempts.BeginningRefused:
        return _rules_page(request, place, None, allowance(learner, quiz, timezone.now()))


def _still_open(attempt: Attempt) -> Attempt | None:
    attempt = attempts.expire_if_late(attempt)
    return attempt if attempt.state == Attempt.State.OPEN else None


def _begin(request: HttpRequest, place: Place) -> HttpResponse:
    quiz = place.quiz
    with transaction.atomic():
        seed = draws.new_seed()
        drawn = draws.draw(quiz, seed, draws.last_asked(learners.learner_of(request), quiz))
        if not drawn:
            raise attempts.BeginningRefused
        learner = learners.learner_for(request)
        if pace := chosen_pace(request):
            accommodations.choose(learner, pace, timezone.localdate())
        attempt = attempts.begin(learner, quiz, place.edition_id, drawn, seed=seed)
    response = redirect(sitting.question_url(attempt.pk, 1))
    learners.remember(request, response, learner)
    return response


def chosen_pace(request: HttpRequest) -> str:
    """The time that was chosen in the form; empty where none was."""
    form = PaceForm(request.POST)
    return form.cleaned_data["pace"] if form.is_valid() else ""


def _rules_page(request: HttpRequest, place: Place, under_way: Attempt | None, allowed: Allowance) -> HttpResponse:
    now, learner, quiz = timezone.now(), learners.learner_of(request), place.quiz
    pool = draws.pool(quiz)
    size = pool.count()
    if not size:
        allowed = Allowance(EMPTY)
    timed = bool(quiz.time_limit) or pool.filter(seconds__isnull=False).exists()
    pace = accommodations.pace_in(quiz, learner, timezone.localdate(now)) if timed else accommodations.STANDARD
    limit = pace.allowed(quiz.time_limit)
    context = {
        "place": place,
        "rules": {
            "draw": min(quiz.draw or size, size),
            "pass_percent": round(quiz.pass_mark * 100),
            "seconds_limit": round(limit.total_seconds()) if limit else None,
            "attempts_allowed": quiz.attempt_limit,
            "critical": pool.filter(critical=True).exists(),
        },
        "policy": policy_of(Rules.of(quiz), Attempt.State.OPEN, now),
        "allowed": allowed,
        "timed": timed,
        "pace": pace,
        "paces": [] if quiz.time_essential else accommodations.CHOICES,
        "pace_chosen": accommodations.chosen_by(learner) if timed else "",
        "open_attempt_url": sitting.next_url(under_way, list(under_way.items.all())) if under_way else None,
        "blocked": "" if under_way else _words(allowed.reason),
    }
    return render(request, "quizzes/beginning.html", context, status=429 if allowed.reason == BUSY else 200)


def _words(reason: str) -> str:
    return {
        LIMIT: _("You have used all the attempts that this quiz allows."),
        COOLDOWN: _("Take a break and read the lessons again."),
        EMPTY: _("No question can be asked here at the moment. Come back later."),
        BUSY: _("Very many people are beginning from your network right now. Wait a minute, then begin again."),
    }.get(reason, "")

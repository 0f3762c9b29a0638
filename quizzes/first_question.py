"""The first question of a check that has not begun: shown as often as needed, and nothing is written."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lessons.catalogue import LessonLine
from lessons.words import reader_language
from quizzes import accommodations, learners, sitting
from quizzes.models import Attempt, QuestionVersion, Quiz
from quizzes.policies import policy_of
from quizzes.rules import Rules
from quizzes.started import Started, seal


def show_first(
    request: HttpRequest,
    line: LessonLine,
    quiz: Quiz,
    started: Started,
    *,
    errors: list[str] | None = None,
    answer: Any = None,
    status: int = 422,
) -> HttpResponse:
    """The question with what is wrong with its answer, if anything; one with a clock is not sent before its start."""
    version, total = QuestionVersion.objects.get(pk=started.drawn[0].version), len(started.drawn)
    rules = Rules.of(quiz, _pace(request, quiz, version))
    context = {
        "quiz": {"title": line.title, "back_url": line.url, "is_final": False},
        "step": 1,
        "total": total,
        "dots": [sitting.NOW] + [sitting.AHEAD] * (total - 1),
        "form_action": request.path,
        "started": seal(started, request),
        "policy": policy_of(rules, Attempt.State.OPEN, timezone.now()),
        "at_once": rules.at_once,
    }
    allowed = rules.pace.allowed(version.seconds)
    if allowed:
        for error in errors or []:
            messages.warning(request, error)
        context |= {"seconds": round(allowed.total_seconds())}
        return render(request, "quizzes/ready.html", context, status=status if errors else 200)
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

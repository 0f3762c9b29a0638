"""Old answers are forgotten; what they earned, and all that rests on it, stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.retention import apply_all, would_go
from quizzes.evidence import last_shown
from quizzes.forgetting import forget_answers, old_answers
from quizzes.models import Attempt, Completion, CourseProgress, Learner, LessonProgress, Response
from tests.factories import LearnerFactory, UserFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> Learner:
    found: Learner = LearnerFactory(user=UserFactory())
    lesson = published_lesson()
    sit(found, check_of(lesson), published_course(lessons=[lesson]).pk)
    return found


def forget_all() -> None:
    later = timezone.now() + timedelta(days=1)
    forget_answers(list(old_answers(later).values_list("pk", flat=True)))


def standing(learner: Learner) -> list[Any]:
    tables: list[Any] = [LessonProgress, CourseProgress, Completion]
    rows = [list(table.objects.filter(learner=learner).order_by("pk").values()) for table in tables]
    return [*rows, {question: (one.share, one.right) for question, one in last_shown(learner).items()}]


def test_the_answer_goes_and_the_share_stays(learner: Learner) -> None:
    before = list(Response.objects.order_by("pk").values_list("fraction", "language", "saved_at"))
    forget_all()
    assert not Response.objects.filter(answer__isnull=False).exists()
    assert not Response.objects.filter(client_time__isnull=False).exists()
    assert list(Response.objects.order_by("pk").values_list("fraction", "language", "saved_at")) == before


def test_progress_skills_and_completions_are_as_they_were(learner: Learner) -> None:
    before = standing(learner)
    forget_all()
    assert standing(learner) == before


def test_progress_that_is_rebuilt_afterwards_is_the_same(learner: Learner) -> None:
    forget_all()
    call_command("rebuild_progress", "--check")


def test_the_result_of_an_old_sitting_still_opens(client: Client, learner: Learner) -> None:
    forget_all()
    client.force_login(learner.user, "portal.accounts.backend.PortalBackend")  # type: ignore[arg-type]
    attempt = Attempt.objects.get()
    assert client.get(f"/en/attempts/{attempt.pk}/").status_code == 200
    assert client.get(f"/en/attempts/{attempt.pk}/1/").status_code == 200


def test_answers_are_counted_without_those_forgotten(learner: Learner) -> None:
    forget_all()
    call_command("count_answers")


def test_only_answers_older_than_the_months_are_forgotten(learner: Learner) -> None:
    now = timezone.now()
    assert would_go(now + timedelta(days=729), "answers") == {"answers": 0}
    count = Response.objects.count()
    assert apply_all(now + timedelta(days=732), "answers") == {"answers": count}
    assert would_go(now + timedelta(days=732), "answers") == {"answers": 0}

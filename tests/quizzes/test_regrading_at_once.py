"""Two who apply the same dry run at once, on both databases, with true threads: it is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from quizzes.models import Completion, QuestionVersion, Quiz, Regrade, RegradedAttempt
from quizzes.projections import differences
from quizzes.regrading import Changed, apply, dry_run
from quizzes.rescoring import Selection
from tests.factories import LearnerFactory, check_of, corrected_question, published_course, published_lesson
from tests.quizzes.sitting import WAITED, sit

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_regrade_from_two_is_done_once() -> None:
    lesson = published_lesson()
    check_of(lesson)
    course = published_course(lessons=[lesson])
    learners = [LearnerFactory() for _each in range(3)]
    for learner in learners:
        sit(learner, Quiz.objects.get(), course.pk, WAITED)
    old = QuestionVersion.objects.get(kind="single_choice")
    selection = Selection(old.question_id, (old.pk,), corrected_question(old, {"right": "wait"}).pk)
    digest, barrier = dry_run(selection).digest, Barrier(2)

    def one(_number: int) -> Any:
        barrier.wait()
        try:
            return apply(selection, digest, "The key was wrong.")
        except Changed as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(one, range(2)))
    assert sorted(type(each).__name__ for each in got) == ["Changed", "Regrade"]
    assert (Regrade.objects.count(), RegradedAttempt.objects.count(), Completion.objects.count()) == (1, 3, 3)
    assert not list(differences(learner.pk for learner in learners))

"""What people read of a correction: on their result, on their certificate, and in what they download."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from lessons.models import CourseEdition
from portal.accounts.holdings import sections
from portal.accounts.models import User
from quizzes.certificates import certificates
from quizzes.learners import merge
from quizzes.models import Attempt, Learner, QuestionVersion, Quiz
from quizzes.regrading import apply, dry_run
from quizzes.rescoring import Selection
from quizzes.standing import standings
from tests.factories import (
    LearnerFactory,
    UserFactory,
    check_of,
    corrected_question,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import RIGHT, WAITED, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson], final={})


def corrected(course: CourseEdition, answers: dict[str, Any], *, withdraw: bool = False) -> User:
    """Who had answered so, after the question was corrected on 1 April 2026."""
    user: User = UserFactory()
    learner = LearnerFactory(user=user)
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        for quiz in Quiz.objects.order_by("pk"):
            sit(learner, quiz, course.pk, answers)
    old = QuestionVersion.objects.get(kind="single_choice")
    with time_machine.travel("2026-04-01T10:00:00Z", tick=False):
        made = corrected_question(old, {"right": "wait"})
        selection = Selection(old.question_id, (old.pk,), made.pk)
        apply(selection, dry_run(selection).digest, "The key was wrong.", withdraw=withdraw)
    return user


def page_of(user: User, url: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def result_of(user: User, purpose: str = "final") -> str:
    return page_of(user, f"/en/attempts/{Attempt.objects.get(quiz__purpose=purpose).pk}/")


def test_the_result_says_what_the_score_was_and_is(course: CourseEdition) -> None:
    page = result_of(corrected(course, WAITED))
    assert "On 1 April 2026 a question of this quiz was corrected." in page
    assert "Your score changed from 50% to 100%." in page
    assert "With it you pass, from that day on." in page


def test_the_review_shows_the_corrected_key(course: CourseEdition) -> None:
    page = result_of(corrected(course, WAITED))
    assert "2 of 2 questions are fully right." in page
    assert "WHY-NOT-WAIT" not in page


def test_the_feedback_on_a_step_shows_the_corrected_key(course: CourseEdition) -> None:
    user = corrected(course, WAITED)
    attempt = Attempt.objects.get(quiz__purpose="check")
    step = attempt.items.get(version__kind="single_choice").step
    assert "WHY-NOT-WAIT" not in page_of(user, f"/en/attempts/{attempt.pk}/{step}/")


def test_what_was_passed_stays_passed_and_says_so(course: CourseEdition) -> None:
    page = result_of(corrected(course, RIGHT))
    assert "Your score changed from 100% to 50%." in page
    assert "What you had passed stays passed." in page
    assert "You have completed" in page


def test_a_withdrawn_pass_is_said_without_blame(course: CourseEdition) -> None:
    page = result_of(corrected(course, RIGHT, withdraw=True))
    assert "You did nothing wrong; please take it again." in page
    assert "The completion that rested on it was withdrawn on the same day." in page
    assert "You have completed" not in page


def test_a_withdrawn_completion_of_a_guest_is_told_to_whose_it_is_since(course: CourseEdition) -> None:
    user = corrected(course, RIGHT, withdraw=True)
    own = LearnerFactory(user=UserFactory())
    Learner.objects.filter(user=user).update(user=None)
    merge(Learner.objects.get(attempts__quiz__purpose="final"), own)
    assert "The completion that rested on it was withdrawn on the same day." in result_of(own.user)


def test_a_sitting_that_passes_is_told_of_no_withdrawal(course: CourseEdition) -> None:
    """One final does not pass any more and another one does, by the same correction."""
    final = Quiz.objects.get(purpose="final")
    user: User = UserFactory()
    learner = LearnerFactory(user=user)
    sit(learner, Quiz.objects.get(purpose="check"), course.pk, RIGHT)
    sit(learner, final, course.pk, RIGHT)
    risen = sit(learner, final, course.pk, WAITED)
    old = QuestionVersion.objects.get(kind="single_choice")
    selection = Selection(old.question_id, (old.pk,), corrected_question(old, {"right": "wait"}).pk)
    apply(selection, dry_run(selection).digest, "The key was wrong.", withdraw=True)
    page = page_of(user, f"/en/attempts/{risen.pk}/")
    assert "With it you pass, from that day on." in page
    assert "was withdrawn" not in page


def test_a_sitting_that_was_not_corrected_says_nothing(course: CourseEdition) -> None:
    user = UserFactory()
    sit(LearnerFactory(user=user), Quiz.objects.get(purpose="check"), course.pk)
    assert "was corrected" not in result_of(user, "check")


def test_a_withdrawn_certificate_says_so(course: CourseEdition) -> None:
    user = corrected(course, RIGHT, withdraw=True)
    (one,) = certificates(user.learner, "en")
    assert (str(one.withdrawn_on), one.withdrawn_because) == ("2026-04-01", "The key was wrong.")
    page = page_of(user, f"/en/my-learning/certificates/{one.public_id}/")
    assert "This completion was withdrawn on 1 April 2026, because a question was corrected." in page
    assert "Withdrawn on 1 April 2026." in page_of(user, "/en/my-learning/certificates/")


def test_my_learning_knows_a_withdrawn_completion_no_more(course: CourseEdition) -> None:
    standing = standings(corrected(course, RIGHT, withdraw=True).learner, "en")[0]
    assert (standing.state, standing.certificate, standing.percent) == ("started", None, 0)


def test_what_is_downloaded_tells_corrections_and_withdrawals(course: CourseEdition) -> None:
    user = corrected(course, RIGHT, withdraw=True)
    held = {section.name: list(section.rows(user)) for section in sections()}
    assert [str(row["withdrawn_on"]) for row in held["completions"]] == ["2026-04-01"]
    assert {(row["passed_before"], row["passed_after"]) for row in held["corrections"]} == {(True, False)}

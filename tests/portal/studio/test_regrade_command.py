"""The command for whom the page would take too long: it says what would change, and does it where a reason is given."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import AuditEntry
from quizzes.models import Attempt, CompletionWithdrawal, QuestionVersion, Quiz, Regrade
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
def key() -> str:
    """A question that two people have answered, and that was corrected since."""
    lesson = published_lesson()
    check_of(lesson)
    course = published_course(lessons=[lesson])
    for answers in (RIGHT, WAITED):
        sit(LearnerFactory(), Quiz.objects.get(), course.pk, answers)
    old = QuestionVersion.objects.get(kind="single_choice")
    corrected_question(old, {"right": "wait"})
    return old.question.key


def said(key: str, *options: str) -> str:
    out = StringIO()
    call_command("regrade", "bleeding", key, *options, stdout=out)
    return out.getvalue()


def test_without_a_reason_it_says_what_would_change_and_changes_nothing(key: str) -> None:
    before = list(Attempt.objects.order_by("pk").values())
    words = said(key)
    assert "passing: 1\nfailing: 1\n" in words
    assert words.endswith("This was a dry run: nothing was changed.\n")
    assert list(Attempt.objects.order_by("pk").values()) == before


def test_with_a_reason_it_is_done_and_written_down(key: str) -> None:
    user = UserFactory(email="adam@example.org")
    assert "1 completions earned, 1 withdrawn" in said(
        key, "--reason=The key was wrong.", "--withdraw", "--by=Adam@example.org"
    )
    made = Regrade.objects.get()
    entry = AuditEntry.objects.get(deed="question.regraded")
    assert (made.by, entry.actor, entry.subject, entry.detail["passing"]) == (user, user, key, 1)
    assert CompletionWithdrawal.objects.count() == 1


def test_versions_and_days_narrow_what_is_meant(key: str) -> None:
    assert "attempts: 2\n" in said(key, "--number=1")
    assert "attempts: 0\n" in said(key, "--until=2020-01-01")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--number=7"], "No older version 7"),
        (["--by=nobody@example.org"], "Nobody has the address"),
        ([f"--reason={'x' * 501}"], "longer than 500"),
    ],
)
def test_what_cannot_be_taken_is_named(key: str, options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        said(key, *options)


def test_a_question_that_is_not_there_is_named(db: Any) -> None:
    with pytest.raises(CommandError, match="No published question none"):
        said("none")


def test_where_nothing_is_left_to_score_nothing_is_kept(key: str) -> None:
    said(key, "--reason", "The key was wrong.")
    with pytest.raises(CommandError, match="No answer is left"):
        said(key, "--reason", "Once more.")
    assert Regrade.objects.count() == 1

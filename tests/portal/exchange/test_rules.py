"""The rules of a check and of a final, as a package writes them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.models import QuestionVersion, Quiz
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db

QUIZ, FINAL = "burns/cool-it/quiz.yaml", "burns/final.yaml"
RULES = """\
pass_mark: 0.8
feedback: after_due
due_at: 2026-12-01T12:00:00+03:00
confidence: true
time_essential: true
cooldown_minutes: 90
"""


def rules_of(quiz: Quiz) -> tuple[object, ...]:
    return quiz.feedback, quiz.due_at, quiz.confidence, quiz.time_essential, quiz.cooldown


@pytest.mark.parametrize(("file", "purpose"), [(QUIZ, "check"), (FINAL, "final")])
def test_every_rule_of_the_file_holds(package: Path, file: str, purpose: str) -> None:
    change(package, file, "pass_mark: 0.8\n", RULES)
    read_package(package)
    quiz = Quiz.objects.filter(purpose=purpose).order_by("lesson__key")[0]
    assert rules_of(quiz) == ("after_due", datetime(2026, 12, 1, 9, tzinfo=UTC), True, True, 5400)


def test_left_out_they_are_the_usual_ones(package: Path) -> None:
    read_package(package)
    check, final = Quiz.objects.filter(purpose="check")[0], Quiz.objects.get(purpose="final")
    assert rules_of(check) == ("at_once", None, False, False, None)
    assert rules_of(final) == ("at_end", None, False, False, None)


def test_reading_the_same_rules_again_changes_nothing(package: Path) -> None:
    for file in (QUIZ, FINAL):
        change(package, file, "pass_mark: 0.8\n", RULES)
    read_package(package)
    before = list(Quiz.objects.order_by("pk").values())
    read_package(package)
    assert list(Quiz.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "rules",
    ["feedback: after_due\n", "due_at: 2026-12-01T12:00:00+03:00\n", "feedback: after_due\ndue_at: 2026-12-01\n"],
)
def test_a_due_date_without_what_awaits_it_is_a_fault(package: Path, rules: str) -> None:
    change(package, FINAL, "pass_mark: 0.8\n", f"pass_mark: 0.8\n{rules}")
    with pytest.raises(PackageFaults, match=r"burns/final\.yaml:\d+: .*(due_at|zone)"):
        read_package(package)
    assert not Quiz.objects.exists()


@pytest.mark.parametrize("moment", ["20261201", '"20261201"', "1.7e9", "'1.7e9'", "-1", "true", '" 1764579600 "'])
def test_a_bare_number_is_no_moment(package: Path, moment: str) -> None:
    change(package, FINAL, "pass_mark: 0.8\n", f"pass_mark: 0.8\nfeedback: after_due\ndue_at: {moment}\n")
    with pytest.raises(PackageFaults, match=r"burns/final\.yaml:3: due_at .*write a day, a time and a zone"):
        read_package(package)
    assert not Quiz.objects.exists()


def test_seconds_give_a_question_its_clock(package: Path) -> None:
    change(package, QUIZ, "    kind: single_choice\n", "    kind: single_choice\n    seconds: 25\n")
    read_package(package)
    assert list(QuestionVersion.objects.exclude(seconds=None).values_list("seconds", flat=True)) == [25]

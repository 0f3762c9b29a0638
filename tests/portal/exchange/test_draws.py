"""Drawing by rows, as a package writes it."""

from pathlib import Path

import pytest

from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.models import DrawRow, Question, Quiz, QuizQuestion
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db

COOL, FINAL = "burns/cool-it/quiz.yaml", "burns/final.yaml"
ROWS = """\
pass_mark: 0.8
draw_rows:
  - {count: 1, difficulty: hard, skill: cool-a-burn}
  - {count: 1, module: BU-M1, topic: burns, kind: numerical, lesson: BU-1}
"""


def with_rows(package: Path, file: str, rows: str) -> None:
    change(package, file, "pass_mark: 0.8\n", rows)


def hard(package: Path) -> None:
    change(
        package, COOL, "    kind: single_choice\n", "    kind: single_choice\n    difficulty: hard\n    pool: scenes\n"
    )


def test_the_rows_of_a_final_are_read_in_their_order(package: Path) -> None:
    hard(package)
    with_rows(package, FINAL, ROWS)
    read_package(package)
    first, second = DrawRow.objects.all()
    assert (first.count, first.difficulty, str(first.skill)) == (1, "hard", "cool-a-burn")
    assert (str(second.topic), str(second.module), str(second.lesson)) == ("burns", "BU-M1", "BU-1")
    assert second.kind == "numerical"


def test_difficulty_and_pool_are_read(package: Path) -> None:
    hard(package)
    read_package(package)
    assert Question.objects.filter(difficulty="hard").count() == 1
    assert QuizQuestion.objects.filter(pool="scenes").count() == 1


@pytest.mark.parametrize(("written", "kept"), [("", "medium"), ("    difficulty: null\n", "")])
def test_a_difficulty_that_the_package_does_not_name_is_the_studio_s(package: Path, written: str, kept: str) -> None:
    read_package(package)
    Question.objects.update(difficulty="medium")
    change(package, COOL, "    kind: single_choice\n", f"    kind: single_choice\n{written}")
    read_package(package)
    question = Question.objects.get(lesson__key="BU-1", versions__kind="single_choice")
    assert question.difficulty == kept


def test_a_pool_that_the_package_does_not_name_is_taken_away(package: Path) -> None:
    read_package(package)
    QuizQuestion.objects.update(pool="ours")
    read_package(package)
    assert set(QuizQuestion.objects.values_list("pool", flat=True)) == {""}


def test_reading_the_same_rows_again_makes_no_edition(package: Path) -> None:
    hard(package)
    with_rows(package, FINAL, ROWS)
    read_package(package)
    assert read_package(package).is_quiet
    assert (Quiz.objects.filter(purpose="final").count(), DrawRow.objects.count()) == (1, 2)


def test_other_rows_of_a_final_need_another_edition(package: Path) -> None:
    read_package(package)
    hard(package)
    with_rows(package, FINAL, ROWS)
    with pytest.raises(PackageFaults, match="Raise `edition`"):
        read_package(package)


def test_the_rows_of_a_check_take_the_values_of_the_package(package: Path) -> None:
    hard(package)
    with_rows(package, COOL, "pass_mark: 0.8\ndraw_rows: [{count: 1, pool: scenes}]\n")
    read_package(package)
    change(package, COOL, "draw_rows: [{count: 1, pool: scenes}]\n", "draw_rows: [{count: 1, difficulty: hard}]\n")
    read_package(package)
    assert [(row.pool, row.difficulty) for row in DrawRow.objects.all()] == [("", "hard")]


@pytest.mark.parametrize(
    ("file", "rows", "fault"),
    [
        (FINAL, "draw_rows: [{count: 9, difficulty: hard}]\n", "ask for more questions than `draw`"),
        (FINAL, "draw_rows: [{count: 1}]\n", "say what these questions are"),
        (FINAL, "draw_rows: [{count: 1, colour: red}]\n", "colour is not a field"),
        (FINAL, "draw_rows: [{count: 1, difficulty: odd}]\n", "one of: 'easy', 'medium' or 'hard'"),
        (FINAL, "draw_rows: [{count: 1, difficulty: hard}]\n", "asks for 1 .difficulty: hard., but there are only 0"),
        (FINAL, "draw_rows: [{count: 1, topic: floods}]\n", "There is no topic “floods”"),
        (FINAL, "draw_rows: [{count: 1, skill: swim}]\n", "There is no skill “swim”"),
        (FINAL, "draw_rows: [{count: 1, kind: essay}]\n", "There is no kind “essay”"),
        (FINAL, "draw_rows: [{count: 1, module: BU-M9}]\n", "There is no module “BU-M9”"),
        (FINAL, "draw_rows: [{count: 1, lesson: BU-9}]\n", "There is no lesson “BU-9”"),
        (FINAL, "draw_rows: [{count: 1, pool: nowhere}]\n", "There is no pool “nowhere”"),
        (COOL, "draw_rows: [{count: 1, lesson: BU-1}]\n", "A check asks about one lesson only"),
    ],
)
def test_rows_that_cannot_be_are_faults_with_their_line(package: Path, file: str, rows: str, fault: str) -> None:
    with_rows(package, file, f"pass_mark: 0.8\n{rows}")
    with pytest.raises(PackageFaults, match=rf"{file}:\d+: .*{fault}"):
        read_package(package)
    assert not Quiz.objects.exists()


def test_rows_without_a_number_to_draw_are_a_fault(package: Path) -> None:
    change(package, FINAL, "draw: 3\n", "draw_rows: [{count: 1, kind: true_false}]\n")
    with pytest.raises(PackageFaults, match="`draw_rows` needs `draw`"):
        read_package(package)


def test_a_final_smaller_than_its_modules_is_not_read_in(package: Path) -> None:
    change(package, "burns/course.yaml", "    lessons: [cool-it, cover-it]\n", SECOND_MODULE)
    change(package, FINAL, "draw: 3\n", "draw: 1\n")
    with pytest.raises(PackageFaults, match="A final covers every module"):
        read_package(package)


SECOND_MODULE = """\
    lessons: [cool-it]
  - key: BU-M2
    texts: {en: {title: "Cover"}, ar: {title: "التغطية"}}
    lessons: [cover-it]
"""

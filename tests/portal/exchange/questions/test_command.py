"""`manage.py read_questions` says what it did; what it could not read goes to the error channel."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.models import Lesson
from portal.accounts.models import User
from quizzes.models import Question, QuestionVersion
from tests.factories import UserFactory, published_lesson

pytestmark = pytest.mark.django_db

TEXT = "::Red:: Blood is red. {T#Look at it.#It carries iron.}\n\n::Tell:: Tell. {}\n"


@pytest.fixture
def lesson() -> Lesson:
    return published_lesson()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "blood.gift"
    made.write_text(TEXT)
    return made


def said(file: Path, lesson: str, *more: str, errors: StringIO | None = None) -> list[str]:
    out = StringIO()
    call_command(
        "read_questions", str(file), "--lesson", lesson, "--language", "en", *more, stdout=out, stderr=errors or out
    )
    return out.getvalue().splitlines()


def test_it_counts_and_names_what_is_not_kept(lesson: Lesson, file: Path) -> None:
    assert said(file, lesson.key) == [
        "Created: 1",
        "Changed: 0",
        "Left alone: 0",
        "Not kept: 1",
        "  3: Tell",
        f"    {file}:3: It is an essay, which nobody is there to mark.",
    ]


def test_a_dry_run_changes_nothing_and_says_so(lesson: Lesson, file: Path) -> None:
    assert said(file, lesson.slug, "--dry-run")[-1] == "This was a dry run: nothing was changed."
    assert not Question.objects.exists()


def test_the_drafts_are_those_of_the_person_named(lesson: Lesson, file: Path) -> None:
    person: User = UserFactory()
    said(file, lesson.key, "--by", str(person.email))
    assert QuestionVersion.objects.get().author == person


def test_faults_go_to_the_error_channel_and_nothing_is_changed(lesson: Lesson, file: Path) -> None:
    file.write_text(f"{TEXT}\nWhat? {{=a ~b\n")
    errors = StringIO()
    with pytest.raises(CommandError, match="1 fault to mend"):
        said(file, lesson.key, errors=errors)
    assert errors.getvalue().startswith(f"{file}:5: The answers begin with")
    assert not Question.objects.exists()


def test_an_unknown_lesson_person_or_file_is_refused(lesson: Lesson, file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no lesson “nothing”"):
        said(file, "nothing")
    with pytest.raises(CommandError, match="Nobody has the address"):
        said(file, lesson.key, "--by", "nobody@example.org")
    with pytest.raises(CommandError, match="The file cannot be opened"):
        said(tmp_path / "missing.gift", lesson.key)

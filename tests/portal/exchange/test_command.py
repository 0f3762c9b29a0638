"""`manage.py read_package` says what it did; what it could not do goes to the error channel, with exit code 1."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.models import Lesson, Revision, State
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db


def said(*args: object, **options: object) -> str:
    out = StringIO()
    call_command("read_package", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_a_summary_is_short(package: Path) -> None:
    assert said(package) == "Created: 19\nChanged: 0\nLeft alone: 0\n"
    assert said(package) == "Created: 0\nChanged: 0\nLeft alone: 19\n"


def test_more_words_give_the_lists(package: Path) -> None:
    lines = said(package, verbosity=2).splitlines()
    assert lines[:3] == ["Created: 19", "  shared/sources.yaml: BURN25", "  shared/topics.yaml: burns"]
    assert "  burns/cool-it/lesson.en.md" in lines


def test_a_dry_run_changes_nothing_and_says_so(package: Path) -> None:
    assert said(package, "--dry-run").endswith("This was a dry run: nothing was changed.\n")
    assert not Lesson.objects.exists()


def test_drafts_can_be_left_unpublished(package: Path) -> None:
    said(package, "--draft")
    assert set(Revision.objects.values_list("state", flat=True)) == {State.DRAFT}


def test_faults_end_the_command(package: Path) -> None:
    change(package, "burns/cool-it/lesson.en.md", "## What", "# What")
    change(package, "burns/final.yaml", "draw: 3", "draw: 9")
    faults = StringIO()
    with pytest.raises(CommandError, match=r"^Nothing was changed: 2 faults to mend\.$") as error:
        said(package, stderr=faults)
    assert faults.getvalue().splitlines() == [
        "burns/cool-it/lesson.en.md:10: Headings begin at “##”: the title of the lesson stands above them.",
        "burns/final.yaml:2: The lessons hold 4 questions, fewer than are drawn. Draw fewer, or write more.",
    ]
    assert error.value.returncode == 1


def test_progress_is_told_when_asked_for(package: Path) -> None:
    told = [line for line in said(package, progress=True).splitlines() if line.startswith("… ")]
    assert told[:2] == ["… lessons read: 1 of 2", "… lessons read: 2 of 2"]
    assert told[-1] == "… what can be searched for is indexed"
    assert "…" not in said(package)

"""docs/curriculum.md is written from the curriculum, and missed when it is no longer true."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.exchange.management.commands import describe_curriculum
from portal.exchange.survey import opened, survey
from portal.exchange.survey_page import page
from tests.portal.exchange.package import change

LESSON = "| BU-1 | Cool it | 4 | 15 | 19 | 2 | 1 | 1 | 1 | awaited; due 2027-11-01 |"


def test_a_lesson_is_counted(package: Path) -> None:
    course = survey(opened(package))[0]
    lesson = course.lessons[0]
    assert (course.key, course.title, lesson.key, lesson.title) == ("BU", "Burns", "BU-1", "Cool it")
    assert lesson.kinds == Counter(single_choice=1, numerical=1)
    assert lesson.words == {"en": 19, "ar": 15}


def test_the_page_has_a_row_for_each_lesson_and_sums(package: Path) -> None:
    lines = page(survey(opened(package))).splitlines()
    assert LESSON in lines
    assert "|  | **All** | 2 | 8 | 30 | 38 | 4 | 1 | 2 | 1 |" in lines
    assert "| **BU** | 1 | 1 | 1 | 1 |  |  |  |  |  |" in lines


def test_who_has_signed_is_named(package: Path) -> None:
    change(package, "burns/cool-it/lesson.yaml", "by: null, at: null", "by: Dr Amal, at: 2026-10-02")
    assert "| signed by Dr Amal, 2026-10-02; due 2027-11-01 |" in page(survey(opened(package)))


def test_the_command_writes_the_page_and_finds_it_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describe_curriculum, "PAGE", tmp_path / "curriculum.md")
    with pytest.raises(CommandError, match="run python manage"):
        call_command("describe_curriculum", "--check")
    assert not (tmp_path / "curriculum.md").exists()
    call_command("describe_curriculum")
    call_command("describe_curriculum", "--check")

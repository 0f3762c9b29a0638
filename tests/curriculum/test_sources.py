"""What lessons and cards take from their sources is said in every language."""

from collections.abc import Iterator

import pytest

from portal.exchange.schemas.parts import Citation
from tests.curriculum.numbers import missing
from tests.curriculum.starter import LANGUAGES, courses, lessons, shared_rows

# Courses whose notes are not all written in both languages yet. One that is written is taken out.
LEFT = {"AW", "DR", "ES", "HP"}


def noted() -> Iterator[tuple[str, str, Citation]]:
    """(course, or "" of a card; place; citation) of everything that is cited."""
    for lesson in lessons():
        for citation in lesson.folder.lesson.content.sources:
            yield lesson.course, f"{lesson.folder.place}: {citation.key}", citation
    for topic in shared_rows("topics.yaml"):
        for citation in topic.sources:
            yield "", f"{topic.key}: {citation.key}", citation


def test_every_note_is_written_in_both_languages_but_for_the_courses_that_are_left() -> None:
    lacking: dict[str, list[str]] = {}
    for course, place, citation in noted():
        if set(citation.note) != set(LANGUAGES):
            lacking.setdefault(course, []).append(place)
    assert {course: places for course, places in lacking.items() if course not in LEFT} == {}
    there = {course.key for course in courses()}
    assert set(lacking) == LEFT & there, "a course is done: take it out of LEFT"


@pytest.mark.parametrize(("language", "other"), [LANGUAGES, LANGUAGES[::-1]])
def test_a_note_says_the_same_numbers_in_both_languages(language: str, other: str) -> None:
    both = [(place, one.note) for _course, place, one in noted() if set(one.note) == set(LANGUAGES)]
    unsaid = {place: missing(note[language], note[other], other) for place, note in both}
    assert both
    assert not {place: numbers for place, numbers in unsaid.items() if numbers}


def test_no_note_is_only_copied_into_the_other_language() -> None:
    assert not [place for _course, place, one in noted() if len(set(one.note.values())) != len(one.note)]

"""What lessons and cards take from their sources is said in every language."""

from collections.abc import Iterator

import pytest

from portal.exchange.schemas.parts import Citation
from tests.curriculum.numbers import missing
from tests.curriculum.starter import LANGUAGES, lessons, shared_rows


def noted() -> Iterator[tuple[str, Citation]]:
    """(place, citation) of everything that is cited."""
    for lesson in lessons():
        for citation in lesson.folder.lesson.content.sources:
            yield f"{lesson.folder.place}: {citation.key}", citation
    for topic in shared_rows("topics.yaml"):
        for citation in topic.sources:
            yield f"{topic.key}: {citation.key}", citation


def test_every_note_is_written_in_both_languages() -> None:
    assert not [place for place, citation in noted() if set(citation.note) != set(LANGUAGES)]


@pytest.mark.parametrize(("language", "other"), [LANGUAGES, LANGUAGES[::-1]])
def test_a_note_says_the_same_numbers_in_both_languages(language: str, other: str) -> None:
    unsaid = {place: missing(one.note[language], one.note[other], other) for place, one in noted()}
    assert unsaid
    assert not {place: numbers for place, numbers in unsaid.items() if numbers}


def test_no_note_is_only_copied_into_the_other_language() -> None:
    assert not [place for place, one in noted() if len(set(one.note.values())) != len(one.note)]

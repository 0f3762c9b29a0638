from itertools import pairwise
from typing import Any

import pytest

from lessons.search.order import KINDS, number_of, numbers_of


def number(
    kind: str = "lesson", subject: int = 1, position: int = 0, *, urgent: bool = False, language: str = "ar"
) -> int:
    return number_of(language, kind, subject, position, urgent=urgent)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"kind": "topic", "position": 900}, {"kind": "course", "position": 0}),
        ({"kind": "lesson"}, {"kind": "term"}),
        ({"urgent": True, "position": 900}, {"urgent": False, "position": 0}),
        ({"position": 1, "subject": 900}, {"position": 2, "subject": 1}),
        ({"subject": 1}, {"subject": 2}),
    ],
)
def test_what_is_more_likely_meant_has_the_lower_number(first: dict[str, Any], then: dict[str, Any]) -> None:
    assert number(**first) < number(**then)


@pytest.mark.parametrize("language", ["ar", "en", "xx"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("urgent", [True, False])
def test_every_number_is_among_those_of_its_language(language: str, kind: str, *, urgent: bool) -> None:
    first, last = numbers_of(language)
    for subject in (1, 2**32 - 1):
        assert first <= number(kind, subject, 10**9, urgent=urgent, language=language) <= last


def test_languages_share_no_number() -> None:
    spans = sorted(numbers_of(language) for language in ("ar", "en", "xx"))
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_a_place_too_far_down_to_be_counted_is_the_last_and_not_another_kind() -> None:
    assert number(position=2**24 - 1) == number(position=10**12)
    assert number("lesson", 2**32 - 1, 10**12) < number("term", 1, 0, urgent=True)


def test_numbers_fit_into_the_column_of_the_database() -> None:
    assert numbers_of("xx")[1] < 2**63

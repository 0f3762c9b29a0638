"""What people type finds what they need, first: `queries.yaml`, on both databases."""

from pathlib import Path

import pytest
import yaml

from lessons.search.searching import search

QUERIES = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8"))
CASES = [(language, str(typed), first) for language, cases in QUERIES.items() for typed, first in cases.items()]


@pytest.mark.django_db
@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(("language", "typed", "first"), CASES)
def test_what_is_looked_for_stands_first(language: str, typed: str, first: str) -> None:
    found = search(typed, language).results
    assert [f"{one.kind} {one.key}" for one in found[:1]] == [first]


def test_there_are_at_least_sixty_cases_a_language() -> None:
    assert all(len(cases) >= 60 for cases in QUERIES.values())

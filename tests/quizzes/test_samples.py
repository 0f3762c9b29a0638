"""Every kind knows an answer that is right and one that is wrong, for whoever looks at a question."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, kind_named
from tests.factories import GAPS, HOTSPOT, MATCHING, MULTIPLE, NUMERICAL, ORDERING, SHORT, SINGLE, TRUE_FALSE

SPECS = [SINGLE, TRUE_FALSE, MULTIPLE, NUMERICAL, ORDERING, MATCHING, SHORT, GAPS, HOTSPOT]


def shares(spec: dict[str, Any], language: str, **changed: Any) -> set[int]:
    """What the samples earn where the question is critical: all or nothing."""
    kind = kind_named(spec["kind"])
    structure, key = kind.parse(spec["structure"], spec["answer_key"] | changed)
    words = kind.parse_words(spec["words"][language], structure, key)
    return {int(kind.grade(structure, key, each, critical=True)) for each in kind.samples(structure, key, words)}


def test_every_kind_is_looked_at() -> None:
    assert {spec["kind"] for spec in SPECS} == set(KINDS)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["kind"])
def test_one_sample_is_right_and_one_is_wrong(spec: dict[str, Any], language: str) -> None:
    assert shares(spec, language) == {0, 1}


def test_a_number_with_an_open_end_has_both_too() -> None:
    kind = kind_named("numerical")
    for open_range in ({"min": 0}, {"max": 0}, {"min": -3, "max": -1}):
        structure, key = kind.parse({}, {"right": open_range})
        words: Any = None
        earned = {kind.grade(structure, key, each) for each in kind.samples(structure, key, words)}
        assert {0, 1} <= earned

"""Where the line of a new picture comes to stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.studio.pictures.placing import line_in, with_line

LINE = "![A hand](figures/hand.webp)"


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("", 0, LINE),
        ("One.", 0, f"One.\n\n{LINE}"),
        ("One.\n\nTwo.", 1, f"One.\n\n{LINE}\n\nTwo."),
        ("One\ngoes on.\n\nTwo.", 1, f"One\ngoes on.\n\n{LINE}\n\nTwo."),
        ("::: steps\n1. One\n\n2. Two\n:::\n\nEnd.", 2, f"::: steps\n1. One\n\n2. Two\n:::\n\n{LINE}\n\nEnd."),
        ("One.\n\nTwo.", 99, f"One.\n\nTwo.\n\n{LINE}"),
    ],
)
def test_it_stands_behind_the_block_of_the_line(before: str, at: int, after: str) -> None:
    assert with_line(before, LINE, at).replace("\n\n\n", "\n\n") == after


@given(
    st.lists(st.sampled_from(["One", "", "::: steps", ":::", "- two", "| a | b |"]), max_size=12).map("\n".join),
    st.integers(0, 15),
)
def test_no_line_of_the_text_is_lost_or_moved(text: str, at: int) -> None:
    kept = [line for line in with_line(text, LINE, at).split("\n") if line.strip() and line != LINE]
    assert kept == [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("cursor", "line"), [("ar:12", 12), ("en:12", 0), ("ar:", 0), ("", 0), ("ar:٣", 0), ("ar:-1", 0), ("ar:1234567", 0)]
)
def test_only_a_line_of_that_language_counts(cursor: str, line: int) -> None:
    assert line_in(cursor, "ar") == line

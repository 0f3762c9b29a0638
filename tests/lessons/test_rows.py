"""What a line of a block begins with is read whole or not at all, and what is kept of it reads back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.rows import Pattern, Sum, field_mark, pattern, read_pattern, sum_of

KEYS = st.from_regex(r"[a-wyz][a-z0-9-]{0,8}", fullmatch=True)
FACTORS = st.one_of(st.integers(0, 9999).map(str), KEYS, KEYS.map("fact:{}".format))
SUMS = st.lists(st.lists(FACTORS, min_size=1, max_size=4).map(tuple), min_size=1, max_size=3).map(tuple).map(Sum)


@given(SUMS, st.sampled_from([" x ", " × ", "*", " * "]))
def test_a_sum_reads_the_same_however_it_is_spelt(total: Sum, times: str) -> None:
    assert sum_of(" + ".join(times.join(product) for product in total.products)) == total
    assert sum_of(str(total)) == total


@given(st.integers(1, 50), st.integers(0, 50))
def test_a_sum_adds_up_its_products(people: int, babies: int) -> None:
    mark = field_mark("water:sum people x 4 x 3 + babies x 2")
    assert mark
    assert mark.sum
    assert mark.sum.value({"people": people, "babies": babies}) == people * 12 + babies * 2
    assert mark.sum.value({"people": people}) is None


@given(st.text(max_size=30))
def test_whatever_stands_in_braces_is_a_mark_or_none(text: str) -> None:
    field = field_mark(text)
    assert field is None or text.strip().startswith(f"{field.key}:{field.kind}")
    rhythm = pattern(text)
    assert rhythm is None or read_pattern(str(rhythm)) == rhythm


@pytest.mark.parametrize(
    ("mark", "told", "seconds"),
    [
        ("steady 60", Pattern("steady", 60), 60),
        ("wave 4 x 15", Pattern("wave", 4, 0, 15), 60),
        ("on 5 off 3 × 7", Pattern("on", 5, 3, 7), 53),
        ("low 20 off 10 x 12", Pattern("low", 20, 10, 12), 350),
    ],
)
def test_a_rhythm_lasts_from_its_first_tone_to_the_end_of_its_last(mark: str, told: Pattern, seconds: int) -> None:
    assert pattern(mark) == told
    assert told.seconds == seconds

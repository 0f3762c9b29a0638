"""Which part of a file a player asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.ranges import NotThere, wanted

SIZE = st.integers(1, 10_000)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", range(100)),
        ("bytes=0-9", range(10)),
        ("bytes=90-", range(90, 100)),
        ("bytes=90-1000", range(90, 100)),
        ("bytes=-10", range(90, 100)),
        ("bytes=-1000", range(100)),
        ("bytes= 5 - 5", range(5, 6)),
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=٠-٩", range(10)),
    ],
)
def test_a_range_is_read_or_ignored(header: str, part: range | None) -> None:
    assert wanted(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_what_lies_behind_the_end_is_not_there(header: str) -> None:
    with pytest.raises(NotThere):
        wanted(header, 100)


@given(SIZE, st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_part_lies_within_the_file_and_begins_where_it_should(size: int, first: int, last: int) -> None:
    try:
        part = wanted(f"bytes={first}-{last}", size)
    except NotThere:
        assert first >= size
    else:
        assert part == (range(first, min(last + 1, size)) if first <= last else None)


@given(SIZE, st.integers(1, 20_000))
def test_the_last_bytes_are_at_the_end(size: int, count: int) -> None:
    assert wanted(f"bytes=-{count}", size) == range(max(0, size - count), size)

import pytest

from portal.studio.review.numbers import changed_numbers, numbers_in, only_in_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Press 30 times, 5 to 6 cm deep.", ["30", "5", "6"]),
        ("اضغطوا ٣٠ مرة بعمق ٥ إلى ٦ سم.", ["30", "5", "6"]),
        ("Half a litre: 0,5 or 0.5", ["0.5", "0.5"]),
        ("1,000 people", ["1000"]),
        ("Call {fact:emergency-number-2}.", []),
        ("[Page 4](https://example.org/2025/30)", ["4"]),
        ("1. Look\n2. Call 3 people", ["3"]),
    ],
)
def test_numbers_are_read_in_every_language_and_not_from_addresses(text: str, expected: list[str]) -> None:
    assert numbers_in(text) == expected


def test_each_number_that_is_another_is_named() -> None:
    changes = changed_numbers("Press 30 times, then 2 breaths.", "Press 15 times, then 2 breaths, for 10 minutes.")
    assert [str(change) for change in changes] == ["30 → 15", "– → 10"]


def test_nothing_is_named_where_only_words_are_others() -> None:
    assert changed_numbers("Press 30 times.", "Push down 30 times.") == []


def test_numbers_that_one_language_lacks_are_named() -> None:
    assert only_in_one(["Press 30 times, 5 cm", "اضغطوا ٣٠ مرة، ٦ سم"]) == ["5", "6"]


def test_the_same_number_more_often_in_one_language_is_named() -> None:
    assert only_in_one(["2 and 2", "2"]) == ["2"]

import pytest
from django.utils.translation import override

from portal.analysis import words


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("people", "said"), [(0, "0"), (9, "fewer than 10"), (10, "10 to 29"), (99, "30 to 99"), (1234, "1,234")]
)
def test_few_people_are_told_in_bands(people: int, said: str) -> None:
    assert words.people_words(people) == said


@pytest.mark.parametrize(
    ("share", "people", "said"),
    [
        (0.62, 29, "too few answers yet: 29 of 30"),
        (0.62, 30, "60%"),
        (0.63, 99, "65%"),
        (0.62, 100, "62%"),
        (0.0, 40, "under 5%"),
        (1.0, 40, "over 95%"),
        (0.0, 400, "under 1%"),
        (1.0, 400, "over 99%"),
    ],
)
def test_the_fewer_people_the_coarser_the_share(share: float, people: int, said: str) -> None:
    assert words.share_words(share, people) == said


def test_two_groups_that_differ_by_one_person_are_told_alike() -> None:
    assert words.share_words(20 / 40, 40) == words.share_words(20 / 41, 41)
    assert words.people_words(40) == words.people_words(41)


def test_a_correlation_needs_a_hundred_people() -> None:
    assert words.correlation_words(0.3, 99) == "too few answers yet: 99 of 100"
    assert "0.30 ± 0.09" in words.correlation_words(0.3, 100)


def test_a_correlation_that_cannot_be_had_says_why() -> None:
    assert words.correlation_words(None, 100) == "cannot be told: everybody answered alike"

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
        (0.62, 29, "too few answers yet: 10 to 29; it takes 30"),
        (0.62, 30, "60%"),
        (0.63, 99, "65%"),
        (0.62, 100, "62%"),
        (0.0, 40, "under 5%"),
        (1.0, 40, "over 95%"),
        (0.0, 400, "under 5%"),
        (0.04, 4000, "under 5%"),
        (0.06, 400, "6%"),
        (0.94, 400, "94%"),
        (1.0, 400, "over 95%"),
    ],
)
def test_the_fewer_people_the_coarser_the_share(share: float, people: int, said: str) -> None:
    assert words.share_words(share, people) == said


def test_two_groups_that_differ_by_one_person_are_told_alike() -> None:
    assert words.share_words(20 / 40, 40) == words.share_words(20 / 41, 41)
    assert words.people_words(40) == words.people_words(41)
    for fewer, more in ((34, 35), (40, 41)):
        assert words.share_with_error(0.5, fewer) == words.share_with_error(0.5, more)


@pytest.mark.parametrize("people", [40, 400])
def test_the_error_does_not_tell_nobody_from_a_few(people: int) -> None:
    assert words.share_with_error(0.0, people) == words.share_with_error(0.04, people)
    assert words.share_with_error(1.0, people) == words.share_with_error(0.96, people)
    assert "± 0" not in words.share_with_error(0.0, people)


def test_a_third_is_told_finely_from_three_hundred_known_answers_on() -> None:
    assert words.third_words(0.52, 299) == "50%"
    assert words.third_words(0.52, 300) == "52%"


def test_a_choice_is_as_coarse_as_the_answers_to_it_are_few() -> None:
    assert words.choice_words({"share": 0.52, "told": 60}) == "50%"
    assert words.choice_words({"share": 0.52, "told": 29}) == "too few answers yet: 10 to 29; it takes 30"


def test_a_difference_of_few_people_is_told_in_steps_of_five() -> None:
    assert words.difference_words(0.37, 99, 50) == "0.35"
    assert words.difference_words(0.37, 100, 50) == "0.37"


def test_a_score_of_everybody_is_not_told() -> None:
    assert words.score_words(1.0, 0.0, 400) == words.score_words(0.96, 0.0, 400)


def test_a_correlation_needs_a_hundred_people() -> None:
    assert words.correlation_words(0.3, 99) == "too few answers yet: 30 to 99; it takes 100"
    assert "0.30 ± 0.09" in words.correlation_words(0.3, 100)


def test_a_correlation_that_cannot_be_had_says_why() -> None:
    assert words.correlation_words(None, 100) == "cannot be told: everybody answered alike"

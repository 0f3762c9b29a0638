from portal.reports.intervals import Counted
from portal.reports.standing.pairs import MOST_PLACES, MOST_TOLD, differing

HALF, MORE, MUCH = Counted(500, 1000), Counted(545, 1000), Counted(700, 1000)


def test_places_alike_do_not_differ() -> None:
    assert differing([("North", HALF), ("South", HALF)]).differ == ()


def test_a_pair_names_the_place_that_is_ahead_first() -> None:
    (pair,) = differing([("North", HALF), ("South", MUCH)]).differ
    assert (pair.more, pair.less, pair.sure) == ("South", "North", True)


def test_a_difference_is_told_in_percentage_points() -> None:
    (pair,) = differing([("North", Counted(48, 80)), ("South", Counted(56, 70))]).differ
    assert pair.points == (5.2, 33.4)


def test_a_pair_that_differs_alone_may_not_among_many() -> None:
    places = [("North", HALF), ("South", MORE)]
    assert differing(places).sure == 1
    told = differing([*places, *((f"Place {number}", Counted(522, 1000)) for number in range(6))])
    assert [(pair.more, pair.less, pair.sure) for pair in told.differ] == [("South", "North", False)]


def test_the_surest_stand_first() -> None:
    told = differing([("North", HALF), ("South", MUCH), ("East", MORE)])
    assert [(pair.more, pair.less) for pair in told.differ] == [
        ("South", "North"),
        ("South", "East"),
        ("East", "North"),
    ]


def test_how_many_pairs_would_seem_to_differ_by_chance_is_told() -> None:
    told = differing([(f"Place {number}", HALF) for number in range(25)])
    assert (told.of, told.by_chance) == (300, 15)


def test_too_many_places_are_not_compared_each_with_each() -> None:
    assert differing([(str(number), HALF) for number in range(MOST_PLACES + 1)]).of is None


def test_a_page_names_so_many_pairs_and_counts_the_others() -> None:
    told = differing([(str(number), HALF if number % 2 else MUCH) for number in range(20)])
    assert (len(told.differ), len(told.told), told.more) == (100, MOST_TOLD, 100 - MOST_TOLD)

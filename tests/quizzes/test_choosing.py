"""What must hold of any choice: rows served, modules covered, the most wanted first. No database."""

from collections import Counter
from itertools import combinations
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.choosing import Candidate, Choice, choose
from quizzes.seats import Seats

ROWS = st.lists(st.integers(1, 2), max_size=3)


@st.composite
def pools(draw: st.DrawFn, *, modules: int = 0) -> tuple[list[Candidate], list[int], int]:
    """Candidates in the order in which they are wanted, what the rows ask for, and how many are drawn."""
    asked = draw(ROWS)
    count = draw(st.integers(max(sum(asked), 1), 7))
    places = st.sets(st.sampled_from(range(len(asked)))) if asked else st.just(set())
    candidates = []
    for number in range(draw(st.integers(1, 9))):
        module = draw(st.integers(1, modules)) if modules else None
        lesson = module * 10 + draw(st.integers(0, 1)) if module else None
        candidates.append(Candidate(number, lesson, module, tuple(sorted(draw(places)))))
    return candidates, asked, count


def serves(chosen: tuple[Candidate, ...] | list[Candidate], asked: list[int]) -> bool:
    """Whether some of these fill every row: Hall's condition, checked row by row of every set of rows."""
    rows = range(len(asked))
    return all(
        sum(any(at in candidate.rows for at in some) for candidate in chosen) >= sum(asked[at] for at in some)
        for size in range(1, len(asked) + 1)
        for some in combinations(rows, size)
    )


def covers(chosen: tuple[Candidate, ...] | list[Candidate], candidates: list[Candidate]) -> bool:
    return {each.module for each in chosen} == {each.module for each in candidates}


@given(pools())
def test_the_count_is_respected_whatever_the_rows_ask_for(pool: tuple[list[Candidate], list[int], int]) -> None:
    candidates, asked, count = pool
    chosen = choose(candidates, asked, count)
    assert len(set(chosen)) == len(chosen) == min(count, len(candidates))


@given(pools())
def test_every_row_is_served_where_any_choice_could_serve_them_all(
    pool: tuple[list[Candidate], list[int], int],
) -> None:
    candidates, asked, count = pool
    assume(count <= len(candidates) and serves(candidates, asked))
    assert serves(choose(candidates, asked, count), asked)


@given(pools(modules=3))
def test_modules_are_covered_and_rows_served_where_any_choice_could(
    pool: tuple[list[Candidate], list[int], int],
) -> None:
    candidates, asked, count = pool
    choices = combinations(candidates, min(count, len(candidates)))
    assume(any(serves(some, asked) and covers(some, candidates) for some in choices))
    chosen = choose(candidates, asked, count, spread=True)
    assert serves(chosen, asked)
    assert covers(chosen, candidates)


@given(pools())
def test_no_question_could_be_exchanged_for_one_that_is_wanted_more(
    pool: tuple[list[Candidate], list[int], int],
) -> None:
    candidates, asked, count = pool
    assume(count <= len(candidates) and serves(candidates, asked))
    chosen = choose(candidates, asked, count)
    for out in chosen:
        for wanted in candidates[: candidates.index(out)]:
            if wanted not in chosen:
                assert not serves([*(each for each in chosen if each != out), wanted], asked)


@given(pools(modules=3))
def test_every_lesson_is_there_where_there_is_room_and_no_row_stands_against_it(
    pool: tuple[list[Candidate], list[int], int],
) -> None:
    candidates, _asked, count = pool
    free = [Candidate(each.question, each.lesson, each.module) for each in candidates]
    lessons = {each.lesson for each in choose(free, [], count, spread=True)}
    assert len(lessons) == min(len({each.lesson for each in free}), count)


@given(pools(modules=3))
def test_a_held_seat_is_never_left_over(pool: tuple[list[Candidate], list[int], int]) -> None:
    candidates, asked, count = pool
    choice = Choice(candidates, asked, count)
    choice.hold_for_modules()
    choice.take_of_each_lesson()
    choice.fill()
    assert not choice.held


def test_a_guest_moves_for_another_who_fits_in_one_row_only() -> None:
    seats = Seats([1, 1])
    assert [seats.seat("anywhere", [0, 1]), seats.seat("first only", [0]), seats.seat("too many", [0, 1])] == [
        True,
        True,
        False,
    ]
    assert seats.rows == [["first only"], ["anywhere"]]
    assert seats.full


def test_seats_of_a_row_that_nothing_fills_go_to_others() -> None:
    candidates = [Candidate(number) for number in range(5)]
    assert len(choose(candidates, [2], 3)) == 3


def test_no_question_is_favoured_by_its_place_in_the_pool() -> None:
    """Each of 12 is drawn 4 in 12 times: over 3000 draws 1000 times, standard deviation 26; six of them are 155."""
    times = Counter[int]()
    for seed in range(3000):
        candidates = [Candidate(number, rows=(0,) if number % 2 else ()) for number in range(12)]
        Random(seed).shuffle(candidates)
        times.update(each.question for each in choose(candidates, [2], 4))
    by_row = [[times[number] for number in range(12) if number % 2 == half] for half in (0, 1)]
    assert all(max(some) - min(some) < 200 for some in by_row)
    assert sum(times.values()) == 12000

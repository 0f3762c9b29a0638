"""Every figure equals what a textbook works out over the whole matrix."""

from random import Random
from statistics import fmean, pstdev, quantiles

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.analysis import formulas
from quizzes.analysis.figures import ItemFigures, QuizFigures, item_figures, quiz_figures
from quizzes.analysis.sittings import Sitting
from tests.quizzes.analysis import textbook
from tests.quizzes.analysis.sums import Scores, item, sittings_of, tally_of

# Of five people who answered four questions.
BY_HAND = [[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]


def matrices(*values: float) -> st.SearchStrategy[Scores]:
    def of(questions: int) -> st.SearchStrategy[Scores]:
        row = st.lists(st.sampled_from(values), min_size=questions, max_size=questions)
        return st.lists(row, min_size=2, max_size=40)

    return st.integers(2, 7).flatmap(of)


def figures_of(matrix: Scores, at: int) -> ItemFigures:
    return item_figures(tally_of(sittings_of(matrix)).items[at, ""], ["0.0", "0.5", "1.0"])


def quiz_of(matrix: Scores) -> QuizFigures:
    return quiz_figures(tally_of(sittings_of(matrix)).quizzes[""], range(len(matrix[0])))


def same(found: float | None, wanted: float | None) -> bool:
    return found == wanted if found is None or wanted is None else found == pytest.approx(wanted, abs=1e-9)


@given(matrices(0.0, 0.5, 1.0))
def test_ease_and_discrimination_are_the_textbook_s(matrix: Scores) -> None:
    for at in range(len(matrix[0])):
        figures = figures_of(matrix, at)
        assert same(figures.facility, textbook.facility(matrix, at))
        assert same(figures.discrimination, textbook.discrimination(matrix, at))
        assert same(figures.upper_lower, textbook.upper_lower(matrix, at))


@given(matrices(0.0, 0.5, 1.0))
def test_what_is_told_of_a_choice_is_the_textbook_s(matrix: Scores) -> None:
    for choice in figures_of(matrix, 0).choices:
        told = textbook.choosing(matrix, 0, [row[0] == float(choice.id) for row in matrix])
        assert same(choice.share, told["share"])
        assert choice.thirds == pytest.approx(told["thirds"], abs=1e-9)
        assert same(choice.rest, told["rest"])
        assert same(choice.r, told["r"])


@given(matrices(0.0, 0.5, 1.0))
def test_alpha_is_cronbach_s(matrix: Scores) -> None:
    assert same(quiz_of(matrix).alpha, textbook.cronbach(matrix))


@given(matrices(0.0, 1.0))
def test_with_right_and_wrong_alone_alpha_is_kuder_and_richardson_s_formula_20(matrix: Scores) -> None:
    assert same(quiz_of(matrix).alpha, textbook.kuder_richardson(matrix))


@given(matrices(0.0, 0.5, 1.0))
def test_the_error_of_measurement_follows_from_spread_and_alpha(matrix: Scores) -> None:
    alpha, found = textbook.cronbach(matrix), quiz_of(matrix).error
    assume(alpha is None or abs(alpha) > 1e-9)  # the two ways of reckoning may round 0 to either side
    if alpha is None or alpha < 0:
        assert found is None
    else:
        spread = pstdev(sum(row) for row in matrix) / len(matrix[0])
        assert same(found, spread * max(1 - alpha, 0) ** 0.5)


@given(matrices(0.0, 1.0))
def test_mean_and_spread_are_those_of_the_scores_in_thousandths(matrix: Scores) -> None:
    shares = [round(sum(row) * 1000 / len(row)) / 1000 for row in matrix]
    figures = quiz_of(matrix)
    assert same(figures.mean, fmean(shares))
    assert same(figures.spread, pstdev(shares))


@given(st.lists(st.integers(0, 600), min_size=2, max_size=60))
def test_quartiles_are_those_of_the_whole_list(seconds: list[int]) -> None:
    counts = {value: seconds.count(value) for value in seconds}
    wanted = quantiles(seconds, n=4, method="inclusive")
    assert [formulas.quantile(counts, part) for part in (0.25, 0.5, 0.75)] == pytest.approx(wanted, abs=1e-9)


def test_the_matrix_that_is_worked_out_by_hand() -> None:
    """p = .8 .6 .4 .2; Σpq = .8; the variance of 4 3 2 1 0 is 2; so KR-20 = 4/3 · (1 − .4) = .8, SEM = √2 · √.2."""
    assert [figures_of(BY_HAND, at).facility for at in range(4)] == pytest.approx([0.8, 0.6, 0.4, 0.2])
    quiz = quiz_of(BY_HAND)
    assert quiz.alpha == pytest.approx(0.8)
    assert quiz.error == pytest.approx((2 * 0.2) ** 0.5 / 4)


def test_discrimination_of_the_matrix_by_hand() -> None:
    """The first question: rest scores 3 2 1 0 0 of mean 1.2 and variance 1.36, M₁ − M₀ = 1.5, √(pq) = .4."""
    assert figures_of(BY_HAND, 0).discrimination == pytest.approx(1.5 * 0.4 / 1.36**0.5)


def test_alpha_may_be_negative_and_then_there_is_no_error_of_measurement() -> None:
    quiz = quiz_of([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [0.0, 1.0]])
    assert quiz.alpha is not None
    assert quiz.alpha < 0
    assert quiz.error is None


@pytest.mark.parametrize("matrix", [[[1.0, 1.0], [1.0, 1.0]], [[1.0], [0.0]], [[1.0, 0.0], [0.0, 1.0]]])
def test_alpha_is_not_defined_without_variance_or_with_one_question(matrix: Scores) -> None:
    assert quiz_of(matrix).alpha is None


def test_discrimination_is_not_defined_without_variance() -> None:
    assert figures_of([[1.0, 0.0], [1.0, 1.0], [1.0, 0.0]], 0).discrimination is None


def test_a_drawn_quiz_is_as_reliable_as_if_everybody_had_been_asked_everything() -> None:
    """Of a thousand people who are asked three of six questions, α is near that of three over the whole matrix."""
    chance = Random(7)
    ability = [chance.random() for _person in range(4000)]
    whole = [[float(chance.random() < (0.1 + 0.8 * skill)) for _question in range(6)] for skill in ability]
    drawn = sittings_of(whole)
    for sitting in drawn:
        sitting.items = chance.sample(sitting.items, 3)
    found = quiz_figures(tally_of(drawn).quizzes[""], range(6)).alpha
    of_six = textbook.cronbach(whole)
    assert of_six is not None
    of_three = of_six / (2 - of_six)  # Spearman and Brown, half the length
    assert found == pytest.approx(of_three, abs=0.06)


def test_an_easy_draw_makes_nobody_able() -> None:
    """Some are asked a question besides that all have right, the others one that none has: that tells of nobody."""
    easy = sittings_of([[1.0, 1.0]] * 40 + [[0.0, 1.0]] * 10)
    hard = [Sitting(passed=False, items=[item(0, score), item(2, 0.0)]) for score in [1.0] * 10 + [0.0] * 40]
    figures = item_figures(tally_of([*easy, *hard]).items[0, ""], [])
    assert figures.facility == 0.5
    assert figures.discrimination is None

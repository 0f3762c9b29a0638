import pytest

from quizzes.analysis import formulas


def test_the_standard_error_of_a_share() -> None:
    assert formulas.standard_error(0.5, 100) == pytest.approx(0.05)


def test_the_standard_error_of_a_correlation() -> None:
    assert formulas.correlation_error(0.2, 101) == pytest.approx(0.096)


def test_edges_of_a_part_count_equals_alike() -> None:
    assert formulas.weights([2, 4, 4], 0.73, 1.0) == pytest.approx([0, 0, 2.7 / 4])
    assert formulas.weights([2, 4, 4], 0.0, 0.27) == pytest.approx([1, 0.7 / 4, 0])


def test_languages_that_answer_alike_at_like_ability_differ_by_nothing() -> None:
    tables = [(30.0, 10.0, 60.0, 20.0), (10.0, 30.0, 20.0, 60.0)]
    assert formulas.delta(tables) == pytest.approx(0)
    assert not formulas.is_significant(tables)


def test_a_question_that_one_language_misses_more_at_like_ability_differs() -> None:
    """An odds ratio of 4 in every group: −2.35 · ln 4."""
    tables = [(80.0, 20.0, 50.0, 50.0), (80.0, 20.0, 50.0, 50.0)]
    assert formulas.delta(tables) == pytest.approx(-3.2578, abs=1e-4)
    assert formulas.is_significant(tables)


def test_no_odds_ratio_where_everybody_is_right() -> None:
    assert formulas.delta([(10.0, 0.0, 10.0, 0.0)]) is None


def test_alpha_that_cannot_be_had_is_none() -> None:
    assert formulas.alpha(1, 0.2, 0.1) is None
    assert formulas.alpha(4, 0.0, 0.0) is None

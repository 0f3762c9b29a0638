"""What a question's figures warn of, each at its bound."""

from typing import Any

import pytest

from quizzes.analysis import flags
from quizzes.analysis.figures import ChoiceFigures, ItemFigures
from quizzes.analysis.flags import Judged, flags_of


def choice(name: str, share: float, top: float, r: float | None = -0.1, people: int = 50) -> ChoiceFigures:
    return ChoiceFigures(name, people, share, (top, share, share), 0.0, r)


GOOD = (choice("press", 0.6, 0.8, 0.3), choice("wait", 0.25, 0.1), choice("wash", 0.15, 0.1))


def found(
    kind: str = "single_choice", *, critical: bool = False, delta: float | None = None, **changed: Any
) -> list[str]:
    fields: dict[str, Any] = {
        "people": 200,
        "shown": 200,
        "told": 200,
        "facility": 0.6,
        "discrimination": 0.3,
        "upper_lower": 0.4,
        "omitted": 0.0,
        "median": 20.0,
        "quartiles": (15.0, 30.0),
        "timed": 200,
        "choices": GOOD,
    }
    figures = ItemFigures(**fields | changed)
    return flags_of(Judged(figures, kind, critical, frozenset({"press"}), delta=delta))


def test_a_good_question_has_no_warning() -> None:
    assert found() == []


def test_a_wrong_option_that_more_of_the_best_choose_than_the_key() -> None:
    assert found(choices=(choice("press", 0.3, 0.3), choice("wait", 0.7, 0.6))) == [flags.CHECK_KEY]


def test_an_answer_that_goes_against_all_others() -> None:
    assert found(discrimination=-0.05) == [flags.CHECK_KEY]
    assert found(people=60, told=60, discrimination=-0.05, upper_lower=-0.1) == [flags.CHECK_KEY]


@pytest.mark.parametrize(("top", "r", "warns"), [(0.21, -0.1, True), (0.20, -0.1, False), (0.1, 0.05, True)])
def test_a_wrong_option_that_the_best_choose(top: float, r: float, *, warns: bool) -> None:
    assert (flags.TEMPTING in found(choices=(GOOD[0], choice("wait", 0.2, top, r)))) is warns


@pytest.mark.parametrize(("people", "warns"), [(29, False), (30, True)])
def test_a_few_who_choose_a_wrong_option_and_know_much_are_no_warning(people: int, *, warns: bool) -> None:
    assert (flags.TEMPTING in found(choices=(GOOD[0], choice("wait", 0.2, 0.1, 0.05, people)))) is warns


@pytest.mark.parametrize(("share", "warns"), [(0.019, True), (0.02, False)])
def test_an_option_that_nobody_chooses(share: float, *, warns: bool) -> None:
    assert (flags.DEAD in found(choices=(GOOD[0], choice("wash", share, share)))) is warns


def test_a_pair_that_nobody_chooses_is_no_fault() -> None:
    assert found("matching", choices=(GOOD[0], choice("wash", 0.0, 0.0))) == []


@pytest.mark.parametrize(("facility", "flag"), [(0.91, flags.TOO_EASY), (0.29, flags.TOO_HARD)])
def test_too_easy_and_too_hard(facility: float, flag: str) -> None:
    assert found(facility=facility) == [flag]


@pytest.mark.parametrize("facility", [0.3, 0.9])
def test_the_bounds_of_ease_belong_to_what_is_good(facility: float) -> None:
    assert found(facility=facility) == []


def test_what_is_critical_may_be_easy_and_tell_little_then() -> None:
    assert found(critical=True, facility=0.97, discrimination=0.02) == []


def test_what_is_critical_must_not_be_missed_by_many() -> None:
    assert found(critical=True, facility=0.79) == [flags.CRITICAL_MISSED]
    assert found(critical=True, facility=0.80) == []


def test_a_question_that_tells_little() -> None:
    assert found(discrimination=0.09) == [flags.NOT_TELLING]
    assert found(people=60, told=60, upper_lower=0.19) == [flags.NOT_TELLING]


def test_no_correlation_is_judged_on_few_people() -> None:
    assert found(people=99, told=99, discrimination=0.0) == []


@pytest.mark.parametrize(("median", "flag"), [(91, flags.SLOW), (2.5, flags.QUICK)])
def test_very_long_and_very_short_times(median: float, flag: str) -> None:
    assert found(median=median) == [flag]


def test_a_question_that_is_often_left_out() -> None:
    assert found(omitted=0.06) == [flags.OMITTED]


@pytest.mark.parametrize(("delta", "warns"), [(-1.5, True), (1.4, False)])
def test_languages_that_differ(delta: float, *, warns: bool) -> None:
    assert (flags.TRANSLATION in found(delta=delta)) is warns


def test_fewer_than_thirty_warn_of_nothing() -> None:
    assert found(people=29, shown=29, told=29, timed=29, facility=0.1, omitted=0.5, median=500) == []

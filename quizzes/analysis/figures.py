"""The figures of a question and of a quiz, worked out from their sums. Nothing is held back here: see `counting.py`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from quizzes.analysis import formulas
from quizzes.analysis.sittings import UNIT
from quizzes.analysis.tally import Group, ItemSums, PairSums, QuizSums

THIRDS = ((2 / 3, 1.0), (1 / 3, 2 / 3), (0.0, 1 / 3))  # the top one first
STRATA = 5  # groups of like ability, thick enough for short quizzes (Donoghue & Allen 1993)


@dataclass(frozen=True)
class ChoiceFigures:
    """Shares choosing it: of all, and of the top, middle and bottom third by what they know.

    `rest` is what the choosers earned on the other questions, in points, above the mean of all; `r` the point-biserial
    correlation of choosing it with that.
    """

    id: str
    people: int
    share: float
    thirds: tuple[float, ...]
    rest: float | None
    r: float | None


@dataclass(frozen=True)
class ItemFigures:
    """Shares are between 0 and 1, times in seconds; None where a figure cannot be had."""

    people: int
    shown: int
    told: int
    facility: float | None
    discrimination: float | None
    upper_lower: float | None
    omitted: float | None
    median: float | None
    quartiles: tuple[float | None, float | None]
    timed: int
    choices: tuple[ChoiceFigures, ...]


def item_figures(sums: ItemSums, choices: Collection[str]) -> ItemFigures:
    """The figures of one question; `choices` are the ids of what can be chosen, in their order."""
    people = sums.people
    return ItemFigures(
        people,
        sums.shown,
        sums.told,
        sums.x / (people * UNIT) if people else None,
        formulas.correlation(people, sums.x, sums.xx, sums.r, sums.rr, sums.xr),
        upper_lower(sums.groups),
        sums.omitted / sums.shown if sums.shown else None,
        formulas.quantile(sums.seconds, 0.5),
        (formulas.quantile(sums.seconds, 0.25), formulas.quantile(sums.seconds, 0.75)),
        sum(sums.seconds.values()),
        tuple(_choice(sums, name) for name in choices) if sums.told else (),
    )


def upper_lower(groups: Mapping[int, Group]) -> float | None:
    """p of the upper 27 % by the whole score minus p of the lower 27 % (Kelley 1939; Ebel 1972)."""
    ordered = [groups[place] for place in sorted(groups)]
    counts = [group.people for group in ordered]
    if not sum(counts):
        return None
    edges = ((1 - formulas.OUTER, 1.0), (0.0, formulas.OUTER))
    upper, lower = (
        sum(weight * group.earned for weight, group in zip(formulas.weights(counts, *edge), ordered, strict=True))
        for edge in edges
    )
    return (upper - lower) / (formulas.OUTER * sum(counts) * UNIT)


def _choice(sums: ItemSums, name: str) -> ChoiceFigures:
    chosen, earned = sums.chosen[name], sums.chosen_r[name]
    ordered = [sums.groups[place] for place in sorted(sums.groups)]
    counts = [group.told for group in ordered]
    shares = []
    for edge in THIRDS:
        inside = formulas.weights(counts, *edge)
        chose = sum(weight * group.chosen[name] for weight, group in zip(inside, ordered, strict=True))
        shares.append(chose / sum(weight * count for weight, count in zip(inside, counts, strict=True)))
    return ChoiceFigures(
        name,
        chosen,
        chosen / sums.told,
        tuple(shares),
        (earned / chosen - sums.told_r / sums.told) / UNIT if chosen else None,
        formulas.correlation(sums.told, chosen, chosen, sums.told_r, sums.told_rr, earned),
    )


@dataclass(frozen=True)
class QuizFigures:
    """`mean`, `spread` and `error` are shares of all points; `error` is the standard error of measurement."""

    people: int
    questions: int
    alpha: float | None
    error: float | None
    mean: float | None
    spread: float | None
    passed: float | None


def quiz_figures(sums: QuizSums, versions: Collection[int], fewest: int = 2) -> QuizFigures:
    """The figures of a quiz of these versions; a pair of questions counts where `fewest` people were asked both."""
    people = sums.people
    questions = min(sums.lengths, key=lambda length: (-sums.lengths[length], length)) if people else 0
    variance, covariance = _means(sums, versions, fewest)
    alpha = formulas.alpha(questions, variance, covariance)
    return QuizFigures(
        people,
        questions,
        alpha,
        _error(questions, variance, covariance, alpha),
        sums.total / people / 1000 if people else None,
        sqrt(max(people * sums.squares - sums.total**2, 0)) / people / 1000 if people else None,
        sums.passed / people if people else None,
    )


def _means(sums: QuizSums, versions: Collection[int], fewest: int) -> tuple[float | None, float | None]:
    """Mean variance of the questions and mean covariance of their pairs, over those who were asked them."""
    asked = sorted(version for version in versions if sums.single[version].people >= fewest)
    common = [sums.pairs[pair] for pair in combinations(asked, 2) if sums.pairs[pair].people >= fewest]
    if not common:
        return None, None
    return _mean([sums.single[version] for version in asked]), _mean(common)


def _mean(found: list[PairSums]) -> float:
    """The mean of the (co)variances, in points squared."""
    each = ((pair.people * pair.xy - pair.x * pair.y) / (pair.people * UNIT) ** 2 for pair in found)
    return sum(each) / len(found)


def _error(questions: int, variance: float | None, covariance: float | None, alpha: float | None) -> float | None:
    if variance is None or covariance is None or alpha is None:
        return None
    spread = sqrt(max(questions * (variance + (questions - 1) * covariance), 0))
    error = formulas.measurement_error(spread, alpha)
    return None if error is None else error / questions


def strata(one: Mapping[int, Group], other: Mapping[int, Group]) -> list[formulas.Table]:
    """People of two languages in groups of like rest score, right and not right of each."""
    total = sum(group.people for groups in (one, other) for group in groups.values())
    tables = [[0.0, 0.0, 0.0, 0.0] for _stratum in range(STRATA)]
    passed = 0
    for place in sorted({*one, *other}):
        both = [groups.get(place, Group()) for groups in (one, other)]
        here = sum(group.people for group in both)
        table = tables[min(int(STRATA * (passed + here / 2) / total), STRATA - 1)]
        for at, group in enumerate(both):
            table[2 * at] += group.right
            table[2 * at + 1] += group.people - group.right
        passed += here
    return [(a, b, c, d) for a, b, c, d in tables]

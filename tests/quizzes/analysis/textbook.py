"""Item analysis as a textbook prints it, over the whole matrix of answers, to compare the portal's own with."""

from statistics import fmean, pvariance
from typing import Any

Matrix = list[list[float]]  # one row a person, one column a question


def pearson(xs: list[float], ys: list[float]) -> float | None:
    mean_x, mean_y = fmean(xs), fmean(ys)
    top = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    below = sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys)
    return top / below**0.5 if below > 1e-12 else None


def rest_scores(matrix: Matrix, item: int) -> list[float]:
    return [sum(row) - row[item] for row in matrix]


def facility(matrix: Matrix, item: int) -> float:
    return fmean(row[item] for row in matrix)


def discrimination(matrix: Matrix, item: int) -> float | None:
    return pearson([row[item] for row in matrix], rest_scores(matrix, item))


def cronbach(matrix: Matrix) -> float | None:
    """k/(k − 1) · (1 − Σσ²ⱼ/σ²_X)."""
    count = len(matrix[0])
    total = pvariance([sum(row) for row in matrix])
    if count < 2 or total < 1e-12:
        return None
    each = sum(pvariance([row[item] for row in matrix]) for item in range(count))
    return count / (count - 1) * (1 - each / total)


def kuder_richardson(matrix: Matrix) -> float | None:
    """k/(k − 1) · (1 − Σpq/σ²_X)."""
    count = len(matrix[0])
    total = pvariance([sum(row) for row in matrix])
    if count < 2 or total < 1e-12:
        return None
    each = sum(facility(matrix, item) * (1 - facility(matrix, item)) for item in range(count))
    return count / (count - 1) * (1 - each / total)


def part_of(values: list[tuple[float, float]], low: float, high: float) -> float:
    """The mean of the second numbers over the people from one part to another, in the order of the first.

    Of equals on an edge everybody counts alike: each is given the mean of all equals.
    """
    means = {key: fmean(other for one, other in values if one == key) for key, _other in values}
    people = [means[key] for key in sorted(key for key, _other in values)]
    begins, ends = low * len(people), high * len(people)
    shares = [max(0.0, min(at + 1, ends) - max(at, begins)) for at in range(len(people))]
    return sum(share * mean for share, mean in zip(shares, people, strict=True)) / sum(shares)


def upper_lower(matrix: Matrix, item: int) -> float:
    values = [(round(sum(row), 6), row[item]) for row in matrix]
    return part_of(values, 0.73, 1.0) - part_of(values, 0.0, 0.27)


def choosing(matrix: Matrix, item: int, chose: list[bool]) -> dict[str, Any]:
    """What is told of one option: shares, mean rest score of its choosers above that of all, point-biserial."""
    rest = rest_scores(matrix, item)
    totals = [(round(sum(row), 6), float(one)) for row, one in zip(matrix, chose, strict=True)]
    choosers = [score for score, one in zip(rest, chose, strict=True) if one]
    return {
        "share": fmean(map(float, chose)),
        "thirds": tuple(part_of(totals, low, high) for low, high in ((2 / 3, 1.0), (1 / 3, 2 / 3), (0.0, 1 / 3))),
        "rest": fmean(choosers) - fmean(rest) if choosers else None,
        "r": point_biserial(chose, rest),
    }


def point_biserial(chose: list[bool], scores: list[float]) -> float | None:
    """(M₁ − M₀)/s · √(pq), s with divisor n."""
    yes = [score for score, one in zip(scores, chose, strict=True) if one]
    no = [score for score, one in zip(scores, chose, strict=True) if not one]
    spread = pvariance(scores) ** 0.5
    if not yes or not no or spread < 1e-9:
        return None
    share = len(yes) / len(scores)
    return (fmean(yes) - fmean(no)) / spread * (share * (1 - share)) ** 0.5

"""The formulas of classical test theory, each from sums, so that no answer has to be kept.

Variances have the divisor n throughout. A figure that cannot be had is None, never 0.
"""

from collections.abc import Mapping, Sequence
from math import floor, log, sqrt

OUTER = 0.27  # Kelley 1939: the upper and the lower 27 % tell apart best
CHI_SQUARE_95 = 3.841  # one degree of freedom
ETS = -2.35  # turns the logarithm of an odds ratio into the delta of the Educational Testing Service

Table = tuple[float, float, float, float]  # one group right, wrong; the other group right, wrong


def standard_error(share: float, count: int) -> float:
    """Of a share: √(p(1 − p)/n)."""
    return sqrt(max(share * (1 - share), 0) / count)


def correlation(count: int, x: int, xx: int, y: int, yy: int, xy: int) -> float | None:
    """Pearson's r from the sums of x, x², y, y² and xy, all of them whole numbers; None where one does not vary.

    With x of 0 and 1 it is the point-biserial coefficient; with y the score on the other questions it is the corrected
    item-total correlation (Guilford 1954; Ebel 1972).
    """
    spread = (count * xx - x * x) * (count * yy - y * y)
    if spread <= 0:
        return None
    return (count * xy - x * y) / sqrt(spread)


def correlation_error(r: float, count: int) -> float:
    """The standard error of r, about (1 − r²)/√(n − 1)."""
    return float((1 - r * r) / sqrt(count - 1))


def alpha(questions: int, variance: float | None, covariance: float | None) -> float | None:
    """Cronbach's α (1951) of a test of so many questions, from their mean variance and mean covariance.

    k·c̄ / (v̄ + (k − 1)·c̄) is k/(k − 1) · (1 − Σσ²ⱼ/σ²), written so that questions which were not asked of everybody
    need no filling in. With scores of 0 and 1 it is Kuder and Richardson's formula 20 (1937). It may be negative.
    """
    if questions < 2 or variance is None or covariance is None:
        return None
    average = variance + (questions - 1) * covariance
    return questions * covariance / average if average > 1e-12 else None


def measurement_error(spread: float, reliability: float | None) -> float | None:
    """The standard error of measurement, σ√(1 − α); None where the scores are not reliable at all."""
    if reliability is None or reliability < 0:
        return None
    return spread * sqrt(max(1 - reliability, 0))


def quantile(counts: Mapping[int, int], part: float) -> float | None:
    """The value below which `part` of all lies, between neighbours in a straight line; None without any.

    `counts` say how often each value stands. The same as `statistics.quantiles(..., method="inclusive")`.
    """
    total = sum(counts.values())
    if not total:
        return None
    place = part * (total - 1)
    low, high = _nth(counts, floor(place)), _nth(counts, min(floor(place) + 1, total - 1))
    return low + (high - low) * (place - floor(place))


def _nth(counts: Mapping[int, int], nth: int) -> int:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > nth:
            return value
    raise IndexError(nth)


def weights(counts: Sequence[int], low: float, high: float) -> list[float]:
    """How much of each group of equals lies between two parts (0 to 1) of all, counted from the lowest.

    `counts` are the sizes of the groups, the lowest first. Of equals on an edge everybody counts alike, by the part of
    their group that lies inside: what a fair draw among them would give in the long run.
    """
    total = sum(counts)
    begins, ends = low * total, high * total
    found, passed = [], 0
    for count in counts:
        inside = min(passed + count, ends) - max(passed, begins)
        found.append(min(max(inside, 0.0) / count, 1.0) if count else 0.0)
        passed += count
    return found


def delta(tables: Sequence[Table]) -> float | None:
    """Mantel and Haenszel's common odds ratio over groups of like ability, on the delta scale (Holland & Thayer 1988).

    Below 0 the question is harder for the second group of people than for equals in the first. None where there is
    no odds ratio.
    """
    above = sum(a * d / (a + b + c + d) for a, b, c, d in tables if a + b + c + d)
    below = sum(b * c / (a + b + c + d) for a, b, c, d in tables if a + b + c + d)
    return ETS * log(above / below) if above > 0 and below > 0 else None


def is_significant(tables: Sequence[Table]) -> bool:
    """Whether Mantel and Haenszel's χ², corrected for continuity, passes 95 %."""
    observed = expected = variance = 0.0
    for a, b, c, d in tables:
        total = a + b + c + d
        if total < 2:
            continue
        observed += a
        expected += (a + b) * (a + c) / total
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (total * total * (total - 1))
    return variance > 0 and max(abs(observed - expected) - 0.5, 0) ** 2 / variance > CHI_SQUARE_95

"""Sittings made from a matrix of scores, and their tally."""

from quizzes.analysis.sittings import UNIT, Item, Sitting
from quizzes.analysis.tally import Tally

Scores = list[list[float]]


def item(version: int, score: float, answer: str | None = None, **fields: object) -> Item:
    about = {
        "answered": True,
        "answer": answer,
        "language": "en",
        "seconds": 12.0,
        "shown": True,
        "seen": False,
    } | fields
    return Item(version, round(score * UNIT), **about)  # type: ignore[arg-type]


def sittings_of(matrix: Scores) -> list[Sitting]:
    """Everybody answers every question; what they chose is written as the share they earned."""
    return [
        Sitting(sum(row) >= len(row) / 2, [item(at, score, str(score)) for at, score in enumerate(row)])
        for row in matrix
    ]


def tally_of(sittings: list[Sitting]) -> Tally:
    """Counted as from the database: in a first pass what is to be expected, in a second everything else."""
    scores: dict[int, list[int]] = {}
    for sitting in sittings:
        for each in sitting.items:
            scores.setdefault(each.version, []).append(each.score)
    expected = {version: round(sum(found) / len(found)) for version, found in scores.items()}
    tally = Tally(expected, lambda _version, answer: [answer])
    for sitting in sittings:
        tally.add(sitting)
    return tally

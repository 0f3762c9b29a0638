"""What a question's figures warn of. The bounds are those of the textbooks (Ebel 1972; Haladyna & Downing 1993)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizzes.analysis.figures import ChoiceFigures, ItemFigures

FEW, MORE, MANY = 30, 50, 100  # people behind a share, behind D and the thirds, behind a correlation

CHECK_KEY, TEMPTING, DEAD = "check_key", "tempting", "dead"
TOO_EASY, TOO_HARD, CRITICAL_MISSED, NOT_TELLING = "too_easy", "too_hard", "critical_missed", "not_telling"
SLOW, QUICK, OMITTED, TRANSLATION = "slow", "quick", "omitted", "translation"
FLAGS = (
    *(CHECK_KEY, CRITICAL_MISSED, TEMPTING, TRANSLATION, TOO_HARD, NOT_TELLING, OMITTED, SLOW, QUICK, DEAD, TOO_EASY),
)
EASY, HARD, MASTERED = 0.90, 0.30, 0.80
TOP_WRONG, DEAD_SHARE, LEFT_OUT = 0.20, 0.02, 0.05
POOR_R, POOR_D = 0.10, 0.20
LONG, SHORT = 90, 3  # seconds
DIFFERENT = 1.5  # on the delta scale: class C of the Educational Testing Service
LISTED = frozenset({"single_choice", "multiple_choice"})  # kinds whose wrong options an author thinks up


@dataclass(frozen=True)
class Judged:
    """A question's figures with what it takes to judge them."""

    figures: ItemFigures
    kind: str
    critical: bool
    right: frozenset[str]
    seconds: int | None = None
    delta: float | None = None

    @property
    def wrong(self) -> list[ChoiceFigures]:
        return [choice for choice in self.figures.choices if choice.id not in self.right]


def flags_of(judged: Judged) -> list[str]:
    """The warnings, the gravest first."""
    found = set(_of_choices(judged)) | set(_of_ease(judged)) | set(_of_work(judged))
    if judged.delta is not None and abs(judged.delta) >= DIFFERENT:
        found.add(TRANSLATION)
    if CHECK_KEY in found:
        found -= {TEMPTING, NOT_TELLING}
    return [flag for flag in FLAGS if flag in found]


def _of_choices(judged: Judged) -> Iterator[str]:
    figures = judged.figures
    if figures.told >= MORE:
        keys = [choice.thirds[0] for choice in figures.choices if choice.id in judged.right]
        if len(keys) == 1 and any(choice.thirds[0] > keys[0] for choice in judged.wrong):
            yield CHECK_KEY
        if any(is_tempting(choice, figures.told) for choice in judged.wrong):
            yield TEMPTING
    if figures.told >= MANY and judged.kind in LISTED and dead(judged.wrong):
        yield DEAD


def is_tempting(choice: ChoiceFigures, people: int) -> bool:
    """Whether those who know more choose this wrong option: a fifth of the top third, or rather they than others."""
    enough = people >= MANY and choice.people >= FEW and choice.share >= DEAD_SHARE
    rises = enough and choice.r is not None and choice.r > 0
    return choice.thirds[0] > TOP_WRONG or rises


def dead(wrong: Iterable[ChoiceFigures]) -> list[str]:
    """Ids of wrong options that nearly nobody chooses."""
    return [choice.id for choice in wrong if choice.share < DEAD_SHARE]


def _of_ease(judged: Judged) -> Iterator[str]:
    """What is critical is taught until nearly all have it: it may be easy, and must not be missed by many."""
    figures = judged.figures
    if figures.facility is None or figures.people < FEW:
        return
    if figures.facility < HARD:
        yield TOO_HARD
    if judged.critical and figures.facility < MASTERED:
        yield CRITICAL_MISSED
    easy = figures.facility > EASY
    if easy and not judged.critical:
        yield TOO_EASY
    if not easy:
        yield from _of_telling(figures)


def _of_telling(figures: ItemFigures) -> Iterator[str]:
    """Nearly everybody right leaves nothing to tell apart, so this is asked of the others only."""
    r, d = figures.discrimination, figures.upper_lower
    if figures.people >= MANY and r is not None:
        if r < POOR_R:
            yield CHECK_KEY if r < 0 else NOT_TELLING
    elif figures.people >= MORE and d is not None and d < POOR_D:
        yield CHECK_KEY if d < 0 else NOT_TELLING


def _of_work(judged: Judged) -> Iterator[str]:
    figures = judged.figures
    if figures.timed >= FEW and figures.median is not None:
        if figures.median > (2 * judged.seconds if judged.seconds else LONG):
            yield SLOW
        if figures.median < SHORT:
            yield QUICK
    if tells_omitted(figures) and figures.omitted is not None and figures.omitted > LEFT_OUT:
        yield OMITTED


def tells_omitted(figures: ItemFigures) -> bool:
    """Whether it is known of enough people that they were shown it; of many, of as many as exact shares take."""
    return figures.shown >= (MANY if figures.people >= MANY else FEW)

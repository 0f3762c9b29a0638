"""Sums over sittings, added to one sitting at a time. Their size depends on the questions, not on how many answered.

What somebody knows is told by what they earned on the other questions above what all earn on these on the average.
Where everybody is asked the same this is the rest score but for a constant, so every correlation and every order of
people is the same; where questions are drawn, an easy draw makes nobody able, and no blank is counted as a zero.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from quizzes.analysis.sittings import UNIT, Item, Sitting

LONGEST = 600  # seconds; whoever took longer did something else meanwhile
ERASED = "null"
STEP = UNIT // 100  # how fine people are told apart by what they know


@dataclass
class Group:
    """People of one ability: how many, what they earned (units), how many were wholly right, what they chose."""

    people: int = 0
    earned: int = 0
    right: int = 0
    told: int = 0
    chosen: Counter[str] = field(default_factory=Counter)


@dataclass
class ItemSums:
    """One question version in one language: sums of its score x and of the rest r, in units."""

    people: int = 0
    shown: int = 0
    omitted: int = 0
    seen: int = 0
    quick: int = 0
    x: int = 0
    xx: int = 0
    r: int = 0
    rr: int = 0
    xr: int = 0
    told: int = 0  # people whose answer is known: it was not erased
    told_r: int = 0
    told_rr: int = 0
    chosen: Counter[str] = field(default_factory=Counter)
    chosen_r: Counter[str] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    groups: dict[int, Group] = field(default_factory=lambda: defaultdict(Group))
    rests: dict[int, Group] = field(default_factory=lambda: defaultdict(Group))

    def add(self, item: Item, rest: int, chosen: list[str] | None, above: int) -> None:
        """`above`: what the person earned on all questions above the average; `chosen` None: not known."""
        self.people += 1
        self.shown += item.shown
        self.omitted += item.shown and not item.answered
        self.x += item.score
        self.xx += item.score * item.score
        self.r += rest
        self.rr += rest * rest
        self.xr += item.score * rest
        if item.seconds is not None:
            self.seconds[min(int(item.seconds + 0.5), LONGEST)] += 1
        for groups, place in ((self.groups, above), (self.rests, rest)):
            group = groups[round(place / STEP)]
            group.people += 1
            group.earned += item.score
            group.right += item.score == UNIT
        if chosen is not None:
            self._add_chosen(chosen, rest, self.groups[round(above / STEP)])

    def _add_chosen(self, chosen: list[str], rest: int, group: Group) -> None:
        self.told += 1
        self.told_r += rest
        self.told_rr += rest * rest
        group.told += 1
        for name in chosen:
            self.chosen[name] += 1
            self.chosen_r[name] += rest
            group.chosen[name] += 1


@dataclass
class PairSums:
    """Two questions, over those who were asked both."""

    people: int = 0
    x: int = 0
    y: int = 0
    xy: int = 0


@dataclass
class QuizSums:
    """A quiz in one language. `shares` are scores out of all points in thousandths."""

    people: int = 0
    passed: int = 0
    total: int = 0
    squares: int = 0
    shares: Counter[int] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    single: dict[int, PairSums] = field(default_factory=lambda: defaultdict(PairSums))
    pairs: dict[tuple[int, int], PairSums] = field(default_factory=lambda: defaultdict(PairSums))

    def add(self, sitting: Sitting) -> None:
        scores = sorted((item.version, item.score) for item in sitting.items)
        share = round(sum(score for _version, score in scores) * 1000 / (UNIT * len(scores)))
        self.people += 1
        self.passed += sitting.passed
        self.total += share
        self.squares += share * share
        self.shares[share] += 1
        self.lengths[len(scores)] += 1
        for version, score in scores:
            _add(self.single[version], score, score)
        for (one, x), (other, y) in combinations(scores, 2):
            _add(self.pairs[one, other], x, y)


def _add(sums: PairSums, x: int, y: int) -> None:
    sums.people += 1
    sums.x += x
    sums.y += y
    sums.xy += x * y


Choices = Callable[[int, str], list[str]]


@dataclass
class Tally:
    """Everything that is counted of one quiz, by language, "" being all of them together."""

    expected: Mapping[int, int]
    choices: Choices
    items: dict[tuple[int, str], ItemSums] = field(default_factory=lambda: defaultdict(ItemSums))
    quizzes: dict[str, QuizSums] = field(default_factory=lambda: defaultdict(QuizSums))

    def add(self, sitting: Sitting) -> None:
        languages = {"", sitting.language}
        above = sum(self._above(item) for item in sitting.items)
        for language in languages:
            self.quizzes[language].add(sitting)
        for item in sitting.items:
            rest = above - self._above(item)
            chosen = self._chosen(item)
            for language in languages:
                self._count(self.items[item.version, language], item, rest, chosen, above)

    def _above(self, item: Item) -> int:
        return item.score - self.expected.get(item.version, 0)

    def _count(self, sums: ItemSums, item: Item, rest: int, chosen: list[str] | None, above: int) -> None:
        if item.seen:
            sums.seen += 1
        elif item.too_quick:
            sums.quick += 1
        else:
            sums.add(item, rest, chosen, above)

    def _chosen(self, item: Item) -> list[str] | None:
        """What the answer chose: nothing where there is none, None where it was erased."""
        if not item.answered:
            return []
        if item.answer is None or item.answer == ERASED:
            return None
        return self.choices(item.version, item.answer)

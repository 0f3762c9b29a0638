"""Which questions of a pool fill a draw: its rows, its modules, its lessons, and the most wanted first."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.seats import Seats

# Who sits is ("question", its id), or ("module", its id) where a seat is held for some question of a module.


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn; `rows` are the rows of the draw (by their place) that it meets."""

    question: int
    lesson: int | None = None
    module: int | None = None
    rows: tuple[int, ...] = ()


@dataclass
class Choice:
    """A choice of at most `count` questions, `asked[i]` of them on row i and the others from anywhere."""

    candidates: Sequence[Candidate]
    asked: Sequence[int]
    count: int

    def __post_init__(self) -> None:
        sizes, left = [], self.count
        for wanted in self.asked:
            sizes.append(min(wanted, left))
            left -= sizes[-1]
        self.anywhere = len(sizes)
        self.seats = Seats([*sizes, left])
        self.held: dict[int, tuple[int, ...]] = {}
        self.chosen: list[Candidate] = []

    def hold_for_modules(self) -> bool:
        """Keeps a seat for every module that has a question, as far as there are seats; whether all have one."""
        wanted: dict[int, set[int]] = {}
        for candidate in self.candidates:
            if candidate.module is not None:
                wanted.setdefault(candidate.module, set()).update(self._rows(candidate))
        for module, rows in wanted.items():
            if self.seats.seat(("module", module), sorted(rows)):
                self.held[module] = tuple(sorted(rows))
        return len(self.held) == len(wanted)

    def take(self, candidates: Sequence[Candidate]) -> None:
        """Seats whom it can, in this order, so that the rows and the held modules can still be served."""
        for candidate in candidates:
            if len(self.chosen) == self.count:
                return
            if ("question", candidate.question) not in self.seats.may_sit and self._take(candidate):
                self.chosen.append(candidate)

    def take_of_each_lesson(self) -> None:
        """One question of every lesson, as far as there are seats."""
        covered = set[int | None]()
        for candidate in self.candidates:
            if candidate.lesson not in covered:
                before = len(self.chosen)
                self.take([candidate])
                covered |= {candidate.lesson} if len(self.chosen) > before else set()

    def fill(self) -> list[Candidate]:
        """The whole choice; seats of a row that nothing can fill go to any question."""
        self.take(self.candidates)
        if len(self.chosen) < min(self.count, len(self.candidates)):
            self.seats.sizes[self.anywhere] += self.count - len(self.chosen)
            self.take(self.candidates)
        return self.chosen

    def unfilled(self) -> list[int]:
        """The rows with an empty seat."""
        pairs = enumerate(zip(self.seats.sizes, self.seats.rows, strict=True))
        return [at for at, (size, row) in pairs if len(row) < size and at != self.anywhere]

    def _take(self, candidate: Candidate) -> bool:
        held = self.held.pop(candidate.module, None) if candidate.module is not None else None
        if held is not None:
            self.seats.leave(("module", candidate.module or 0))
        seated = self.seats.seat(("question", candidate.question), self._rows(candidate))
        if held is not None and candidate.module is not None and not seated:
            self.held[candidate.module] = held
            self.seats.seat(("module", candidate.module), held)
        return seated

    def _rows(self, candidate: Candidate) -> tuple[int, ...]:
        return (*candidate.rows, self.anywhere)


def choose(
    candidates: Sequence[Candidate], asked: Sequence[int], count: int, *, spread: bool = False
) -> list[Candidate]:
    """`count` of the candidates, which stand in the order in which they are wanted.

    Every row gets what it asks for; with `spread` every module is there, and every lesson as far as there is room.
    """
    choice = Choice(candidates, asked, count)
    if spread:
        choice.hold_for_modules()
        choice.take_of_each_lesson()
    return choice.fill()

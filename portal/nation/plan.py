"""What a nation is made by: plain values without a model, so that another process can be handed all of it."""

from dataclasses import dataclass

from portal.nation.days import Days

Row = tuple[object, ...]


@dataclass(frozen=True)
class Asked:
    """A question as it is asked: the version, the order of its options, and how people answer it.

    `right` and `wrong` are answers as they are stored, each with what it earns in hundred-thousandths.
    """

    version: int
    order: str
    critical: bool
    hard: float
    right: tuple[str, int]
    wrong: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Draw:
    """The questions of a sitting in their order, and the local facts frozen with them."""

    asked: tuple[Asked, ...]
    facts: str


@dataclass(frozen=True)
class QuizPlan:
    """`pass_mark` in hundred-thousandths; `at_once` where each answer gets its feedback."""

    quiz: int
    rules: str
    pass_mark: int
    at_once: bool
    draws: tuple[Draw, ...]


@dataclass(frozen=True)
class Path:
    """A published course: its lessons in order, each with its check or None; `expires` by the day of completion."""

    course: int
    edition: int
    lessons: tuple[tuple[int, QuizPlan | None], ...]
    final: QuizPlan | None
    months: int | None
    expires: tuple[str, ...] | None


@dataclass(frozen=True)
class Ask:
    """What an organisation or one above it asks for: a path by its place, from which day on, and when it is due."""

    path: int
    day: int
    due: int


@dataclass(frozen=True)
class Seats:
    """Organisations that have members: ids, and weights that add up. Some take people of one region only."""

    ids: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class First:
    """The first free ids; each citizen has a room of their own behind them, so processes need not agree."""

    user: int
    completion: int
    item: int


@dataclass(frozen=True)
class Plan:
    """`districts` by region, with weights that add up over all; `seats` by region, None for those of the nation."""

    seed: int
    citizens: int
    guests: int
    sampled: float
    days: Days
    guest_days: int
    paths: tuple[Path, ...]
    districts: tuple[tuple[int, int], ...]
    crowds: tuple[float, ...]
    seats: dict[int | None, Seats]
    asks: dict[int, tuple[Ask, ...]]
    names: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    first: First

    @property
    def people(self) -> int:
        """Citizens with an account and guests without one."""
        return self.citizens + self.guests

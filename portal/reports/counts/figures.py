"""What is asked of the counts, and what they tell."""

from dataclasses import dataclass, fields
from datetime import date

from portal.reports.counts.periods import Period
from portal.reports.counts.subjects import Subject

Ids = frozenset[int]


@dataclass(frozen=True)
class Where:
    """Whose figures: of those who live in one of the regions and belong to one of the organisations.

    Ids, those of places below included. None is no condition: without any, everyone, guests without an account too.
    """

    regions: Ids | None = None
    organisations: Ids | None = None


EVERYWHERE = Where()


@dataclass(frozen=True)
class Stock:
    """People at the end of a day; of a lesson, module, skill or final only how many have reached it (`ever`)."""

    begun: int = 0
    under_way: int = 0
    ever: int = 0
    expired: int = 0
    held: int = 0


@dataclass(frozen=True)
class Flow:
    """What happened in a period: courses begun, completions earned and completions withdrawn."""

    started: int = 0
    completed: int = 0
    withdrawn: int = 0


STOCK = tuple(field.name for field in fields(Stock))
FLOW = tuple(field.name for field in fields(Flow))


@dataclass(frozen=True)
class MonthFigures:
    """A month, or the part of it that lies in the period: what happened in it, and how things stood at its end."""

    period: Period
    flow: Flow
    stock: Stock


@dataclass(frozen=True)
class PlaceFigures:
    """Of a place: who belongs to it, and how things stand at the end of the period; what happened in it."""

    people: int = 0
    stock: Stock = Stock()
    flow: Flow = Flow()


@dataclass(frozen=True)
class Cell:
    """What happened in a month among those who live in a region (None: in none), and how things stood at its end."""

    region: int | None
    month: date
    course: Subject
    flow: Flow
    stock: Stock

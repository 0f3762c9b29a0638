"""The figures of the completion report, as the kept counts tell them (`portal.reports.counts`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from portal.reports.counts.figures import Flow, PlaceFigures, Stock, Where
from portal.reports.counts.periods import Period
from portal.reports.counts.reading import Subject, by_month, flow, stock

__all__ = ["FEWEST", "Figures", "Month", "Period", "Whose", "figures_by_month", "figures_of", "told_of"]

FEWEST = 30  # people; a share of fewer says more about one of them than about all
Whose = tuple[tuple[int, Where], ...]  # whose figures are added (1) and taken away (-1)


@dataclass(frozen=True)
class Figures:
    """How things stood at the end of the period, in people, and what happened in it: courses begun and completed.

    Over several courses somebody may be in one and have completed another, and hold one while another has run out, so
    none of these follows from the others.
    """

    started: int = 0
    in_progress: int = 0
    completed: int = 0
    expired: int = 0
    ever: int = 0
    begun: int = 0
    held: int = 0
    withdrawn: int = 0

    @property
    def share(self) -> float | None:
        """Of all who had begun by the end of the period, the part (0 to 1) who had completed; None: too few."""
        return self.ever / self.begun if self.begun >= FEWEST else None

    def added(self, other: "Figures", sign: int = 1) -> "Figures":
        """With the other's figures, or without them."""
        names = (field.name for field in fields(Figures))
        return Figures(**{name: getattr(self, name) + sign * getattr(other, name) for name in names})


NOTHING = Figures()


@dataclass(frozen=True)
class Month:
    """A month, or the part of it that lies in the period."""

    period: Period
    figures: Figures


def told_of(standing: Stock, happened: Flow) -> Figures:
    """Both as the report shows them."""
    return Figures(
        started=happened.started,
        in_progress=standing.under_way,
        completed=happened.completed,
        expired=standing.expired,
        ever=standing.ever,
        begun=standing.begun,
        held=standing.held,
        withdrawn=happened.withdrawn,
    )


def figures_at(place: PlaceFigures | None) -> Figures:
    return told_of(place.stock, place.flow) if place else NOTHING


def figures_of(whose: Whose, subjects: Iterable[Subject], period: Period) -> Mapping[Subject, Figures]:
    """By subject; six queries for each part of `whose`, however many subjects."""
    found = dict.fromkeys(subjects, NOTHING)
    for sign, where in whose:
        standing, happened = stock(where, found, period.until), flow(where, found, period)
        found = {each: found[each].added(told_of(standing[each], happened[each]), sign) for each in found}
    return found


def figures_by_month(whose: Whose, subject: Subject, period: Period) -> list[Month]:
    """Every month of the period in order; three queries for each part of `whose`."""
    found: list[Month] = []
    for sign, where in whose:
        told = [Month(each.period, told_of(each.stock, each.flow)) for each in by_month(where, subject, period)]
        before = found or [replace(each, figures=NOTHING) for each in told]
        found = [
            Month(own.period, own.figures.added(each.figures, sign)) for own, each in zip(before, told, strict=True)
        ]
    return found

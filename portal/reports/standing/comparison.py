"""Places beside each other: the share of their people who completed a course by a day, and how sure it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.accounts.branches import Branches
from portal.accounts.trees import Place
from portal.reports.completion import FEWEST
from portal.reports.counts.figures import EVERYWHERE, Where
from portal.reports.counts.periods import Period
from portal.reports.counts.places import Kind, by_place
from portal.reports.counts.subjects import Subject
from portal.reports.intervals import Counted, Interval, wilson
from portal.reports.standing.pairs import Pairs, differing
from portal.reports.tables import Row


@dataclass(frozen=True)
class Compared:
    """A place: of `of` people, `completed` had completed the course. `alone`: without the places below it."""

    place: Place
    title: str
    completed: int
    of: int
    alone: bool = False

    @property
    def counted(self) -> Counted | None:
        """None: too few for a share."""
        return Counted(min(self.completed, self.of), self.of) if self.of >= FEWEST else None

    @property
    def share(self) -> float | None:
        return self.counted.share if self.counted else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.counted) if self.counted else None


@dataclass(frozen=True)
class Comparison:
    """`pairs` are those that differ; `above` is the place whose parts are compared, None at the top."""

    lines: tuple[Compared, ...]
    pairs: Pairs
    above: Place | None


@dataclass(frozen=True)
class AskedPlaces:
    """The places right below `above`, or the highest in scope; `where` narrows whose people count there."""

    kind: Kind
    branches: Branches
    above: Place | None = None
    where: Where = EVERYWHERE

    @property
    def tops(self) -> list[Place]:
        return self.branches.tree.children(self.above.pk) if self.above else list(self.branches.tops)


def compared(asked: AskedPlaces, course: int, day: date, *, of_begun: bool) -> Comparison:
    """The places by name; the queries are as many for one place as for a thousand."""
    asked = _opened(asked)
    below = {place.pk: asked.branches.tree.below([place]) for place in asked.tops}
    if asked.above:
        below[asked.above.pk] = frozenset([asked.above.pk])
    found = by_place(asked.kind, below, Subject("course", course), Period(day, day), asked.where)

    def line(place: Place, title: str, *, alone: bool = False) -> Compared:
        figures = found.get(place.pk)
        if figures is None:
            return Compared(place, title, 0, 0, alone)
        return Compared(place, title, figures.stock.ever, figures.stock.begun if of_begun else figures.people, alone)

    lines = [line(place, place.name) for place in asked.tops]
    if asked.above:
        title = _("%(place)s itself") % {"place": asked.above.name} if lines else asked.above.name
        itself = line(asked.above, title, alone=True)
        lines += [itself] if itself.of or not lines else []
    told = [(each.title, each.counted) for each in lines if each.counted]
    return Comparison(tuple(lines), differing(told), asked.above)


def _opened(asked: AskedPlaces) -> AskedPlaces:
    """One place alone has nothing to be compared with, so its parts are compared."""
    if asked.above is None and len(asked.branches.tops) == 1:
        return AskedPlaces(asked.kind, asked.branches, asked.branches.tops[0], asked.where)
    return asked


def rows_of(lines: Sequence[Compared], by: str, day: date) -> Iterator[Row]:
    """The table as rows of cells, for a file."""
    what = _("Organisation") if by == "organisation" else _("Region")
    yield (
        *(_("Key"), what, _("At the end of"), _("Completed"), _("Of people"), _("Share completed")),
        *(_("95% range, from"), _("95% range, to"), _("Note")),
    )
    for line in lines:
        low, high = line.interval or (None, None)
        note = "" if line.counted else _("too few to say")
        yield line.place.code, line.title, day, line.completed, line.of, line.share, low, high, note

"""What the public statistics page shows: a month by course, or a course by place and over the months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lessons.titles import TitledCourse, titled_courses
from portal.accounts.trees import Tree, region_tree
from portal.reports.public.cells import HIDDEN
from portal.reports.public.released import Released, months_published, of_course, of_nation, series
from portal.reports.public.suppression import NATION, NOWHERE

CODES = {NATION: "nation", NOWHERE: "no-region"}  # in files, where other places have the codes of their regions


@dataclass(frozen=True)
class Line:
    """One line of a table. `width` is how long its bar is, in percent of the longest; `address` opens it."""

    title: str
    of: Released
    width: int = 0
    address: str = ""


@dataclass(frozen=True)
class Months:
    """The month shown, and where it stands among those that were published."""

    shown: date
    every: tuple[date, ...]

    @property
    def by_year(self) -> list[tuple[int, list[date]]]:
        """The latest first, and so the months of each."""
        years = dict.fromkeys(month.year for month in self.every)
        return [(year, [month for month in self.every if month.year == year]) for year in years]


@dataclass(frozen=True)
class Overview:
    """A month: each course in the whole nation."""

    months: Months
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CoursePage:
    """A course in a place: the month shown, all months until now, and the places right below."""

    months: Months
    course: TitledCourse
    trail: tuple[tuple[str, str], ...]
    now: Released
    over_time: tuple[Released, ...]
    lines: tuple[Line, ...]


def overview(month: date | None, language: str) -> Overview | None:
    """The month, or the latest; None while nothing was published. Raises Http404 for a month that was not."""
    months = _months(month)
    if months is None:
        return None
    cells = of_nation(months.shown, NATION)
    lines = [
        Line(course.title, cells[course.pk], address=_address(months.shown, course))
        for course in titled_courses(language)
        if course.pk in cells and (course.offered or cells[course.pk].cell != HIDDEN)
    ]
    return Overview(months, tuple(with_bars(lines)))


def course_page(month: date, slug: str, code: str, language: str) -> CoursePage:
    """Raises Http404 where nothing of the kind was published; `code` is a region's, "" for the nation."""
    months = _months(month)
    course = next((course for course in titled_courses(language) if course.slug == slug), None)
    tree = region_tree(language)
    place = tree.by_code[code].pk if code in tree.by_code else NATION
    if months is None or course is None or (code and place == NATION):
        raise Http404
    cells = of_course(month, course.pk)
    if place not in cells:
        raise Http404
    over_time = tuple(each for each in series(course.pk, place) if each.month <= month)
    lines = tuple(_lines_below(place, cells, course, tree))
    return CoursePage(months, course, _trail(month, course, place, tree), cells[place], over_time, lines)


def regions_compared(course: TitledCourse, language: str) -> tuple[date, list[Line]] | None:
    """The latest month and the topmost regions in it, for who may not see their exact figures; three queries."""
    months = _months(None)
    if months is None:
        return None
    return months.shown, list(_lines_below(NATION, of_course(months.shown, course.pk), course, region_tree(language)))


def _lines_below(place: int, cells: dict[int, Released], course: TitledCourse, tree: Tree) -> Iterable[Line]:
    """The places right below one by their names, who gave none last; a place with others below it opens into these."""
    parents = {each.above for each in cells.values()}
    below = [each for each in cells.values() if each.above == place]
    below.sort(key=lambda each: (each.place == NOWHERE, place_name(each.place, tree)))
    lines = []
    for each in below:
        opens = each.place in parents and each.place in tree.places
        address = _address(each.month, course, tree.places[each.place].code) if opens else ""
        lines.append(Line(place_name(each.place, tree), each, address=address))
    return with_bars(lines)


def place_name(place: int, tree: Tree) -> str:
    """As people say it; a region that is no more has no name."""
    if place == NATION:
        return _("The whole nation")
    if place == NOWHERE:
        return _("No region given")
    return tree.places[place].name if place in tree.places else _("A former region")


def place_code(place: int, tree: Tree) -> str:
    return CODES.get(place) or (tree.places[place].code if place in tree.places else str(place))


def with_bars(lines: Sequence[Line]) -> Iterable[Line]:
    """The same with bars as long as the lowest number that each may be."""
    lows = [line.of.cell.band.low if line.of.cell.band else 0 for line in lines]
    most = max(lows, default=0) or 1
    return [
        Line(line.title, line.of, round(100 * low / most), line.address) for line, low in zip(lines, lows, strict=True)
    ]


def _months(asked: date | None) -> Months | None:
    every = months_published()
    if asked is not None and asked not in every:
        raise Http404
    return Months(asked or every[0], tuple(every)) if every else None


def _address(month: date, course: TitledCourse, code: str = "") -> str:
    asked: dict[str, object] = {"month": month, "course": course.slug}
    return (
        reverse("statistics:place", kwargs=asked | {"region": code})
        if code
        else reverse("statistics:course", kwargs=asked)
    )


def _trail(month: date, course: TitledCourse, place: int, tree: Tree) -> tuple[tuple[str, str], ...]:
    """From the nation down to the place: name and address of each."""
    steps = [(_("The whole nation"), _address(month, course))]
    if place in tree.places:
        steps += [(above.name, _address(month, course, above.code)) for above in tree.line(tree.places[place])]
    return tuple(steps)

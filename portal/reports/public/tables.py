"""The published cells as rows of a file, the same that the page shows."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lessons.titles import titled_courses
from portal.accounts.trees import region_tree
from portal.reports.public.page import place_code, place_name
from portal.reports.public.released import Released, everything

Row = tuple[object, ...]


def rows_of(month: date | None, language: str) -> Iterator[Row]:
    """The headings in the language, then a row a cell: of the month, or of all months."""
    tree = region_tree(language)
    courses = {course.pk: course for course in titled_courses(language)}
    yield headings()
    for each in everything(month):
        course = courses.get(each.course)
        yield (
            f"{each.month:%Y-%m}",
            course.key if course else str(each.course),
            course.title if course else "",
            place_code(each.place, tree),
            place_name(each.place, tree),
            "" if each.above is None else place_code(each.above, tree),
            *_numbers(each),
        )


def headings() -> Row:
    return (
        _("Month"),
        _("Key of the course"),
        _("Course"),
        _("Code of the place"),
        _("Place"),
        _("Part of"),
        _("Shown or hidden"),
        _("People, from"),
        _("People, to"),
        _("Share in percent"),
    )


def _numbers(of: Released) -> Row:
    if not of.cell.band:
        return _("hidden"), None, None, None
    return _("shown"), of.cell.band.low, of.cell.band.high, share_words(of.cell.share)


def share_words(share: int | None) -> object:
    """A whole number of percent, or at the ends which side of it."""
    if share == 5:
        return "≤ 5"
    if share == 95:
        return "≥ 95"
    return share

"""The table of the report as rows of cells, for a file."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.reports.completion import Figures, Period
from portal.reports.report import Line, Report

Row = tuple[object, ...]


def rows_of(report: Report) -> Iterator[Row]:
    """The headings in the page's language, the lines, and the total as the last line."""
    with_people = any(line.people is not None for line in report.lines)
    yield tuple(_headings(report.by, with_people=with_people))
    for line in (*report.lines, Line("", total_words(report.by), report.total, report.period)):
        yield (
            line.key,
            line.title,
            *Period(*line.period),
            *([line.people] if with_people else []),
            *_numbers(line.figures),
        )


def total_words(by: str) -> str:
    """What the last line is called."""
    if by == "course":
        return _("All courses together")
    return _("Together")


def line_words(by: str) -> str:
    """What a line is, as the heading of its column."""
    words = {"course": _("Course"), "organisation": _("Organisation"), "region": _("Region"), "month": _("Month")}
    return words[by]


def _headings(by: str, *, with_people: bool) -> Iterator[str]:
    yield from (_("Key"), line_words(by), _("From"), _("To"))
    if with_people:
        yield _("People")
    yield from (
        _("Started"),
        _("In progress"),
        _("Completed"),
        _("Expired"),
        pgettext("completions", "Valid"),
        _("Share completed"),
    )


def _numbers(figures: Figures) -> Row:
    return figures.started, figures.in_progress, figures.completed, figures.expired, figures.held, figures.share

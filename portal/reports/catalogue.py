"""Every report there is, as the reports' home lists it. A new one is a line here and a route; nothing else knows it.

The route of a report takes no arguments: what it is about stands in the query of its address, so that it can be saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from portal.accounts.rights import Person, may


@dataclass(frozen=True)
class ReportEntry:
    """`route` is the name of its URL; `answers` the question that it answers, in a sentence."""

    key: str
    route: str
    title: Any
    answers: Any
    permission: str = "reports.view"

    @property
    def address(self) -> str:
        return reverse(self.route)


@dataclass(frozen=True)
class Group:
    title: Any
    reports: tuple[ReportEntry, ...]


GROUPS = (
    Group(
        _("Who needs to act"),
        (
            ReportEntry(
                "overdue",
                "reports:overdue",
                _("Overdue"),
                _("Who was to complete a course by a day that has passed, and does not hold it?"),
                "people.view",
            ),
            ReportEntry(
                "due-soon",
                "reports:due_soon",
                _("Due soon"),
                _("Who is to complete a course within the next 30 days, and does not hold it yet?"),
                "people.view",
            ),
            ReportEntry(
                "expiring",
                "reports:expiring",
                _("Run out or running out"),
                _("Whose completion has run out, or will within the days you choose?"),
                "people.view",
            ),
        ),
    ),
    Group(
        _("How things stand"),
        (
            ReportEntry(
                "completion",
                "reports:completion",
                _("Completion report"),
                _("How many people started, completed or ran out, by course, organisation, region or month?"),
            ),
            ReportEntry(
                "learned",
                "reports:learned",
                _("What people have learned"),
                _("How many people have passed each module, or shown each skill?"),
            ),
            ReportEntry(
                "funnel",
                "reports:funnel",
                _("Where people stop"),
                _("How many reached each step of a course, and after which lesson do most stop?"),
            ),
            ReportEntry(
                "comparison",
                "reports:comparison",
                _("Comparison of places"),
                _("Which regions or organisations differ, by more than chance, in who completed a course?"),
            ),
            ReportEntry(
                "answers",
                "answers:answers",
                _("Answers to questions"),
                _("Which questions do people get right at their first answer, and which not?"),
            ),
        ),
    ),
)
REPORTS: Mapping[str, ReportEntry] = {report.key: report for group in GROUPS for report in group.reports}


def groups_for(reader: Person) -> list[Group]:
    """The groups with the reports that this person may open."""
    open_to = [Group(g.title, tuple(r for r in g.reports if may(reader, r.permission))) for g in GROUPS]
    return [group for group in open_to if group.reports]


def report_at(path: str) -> ReportEntry | None:
    """The report that has this address, in whatever language."""
    with override(get_language_from_path(path) or get_language()):  # addresses are known in their language
        try:
            route = resolve(path).view_name
        except Resolver404:
            return None
    return next((report for report in REPORTS.values() if report.route == route), None)

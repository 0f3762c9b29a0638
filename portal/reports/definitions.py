"""What each figure of a report means: one table, shown on one page and one click away from every heading.

A figure has one meaning in every report. Of a day: people who belong to the place on that day, and how they stood when
the day ended. Of a period: what happened from its first day to its last, told by where people belonged when it did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAY, PERIOD, NAMES = "day", "period", "names"
KINDS = (
    (PERIOD, _("Within a period")),
    (DAY, _("At the end of a day")),
    (NAMES, _("Lists of people")),
)


@dataclass(frozen=True)
class Definition:
    """`key` is the place on the page (`#completed`); `example` a case that it is easily taken wrong in."""

    key: str
    kind: str
    title: Any
    meaning: Any
    example: Any


_ALL = (
    Definition(
        "started",
        PERIOD,
        _("Started"),
        _("Courses begun within the period; each person begins a course once."),
        _("Amal read her first lesson of First aid on 3 May. She counts in May, and in no later month."),
    ),
    Definition(
        "completed",
        PERIOD,
        _("Completed"),
        _("Completions earned within the period; whoever renewed one within it earned two."),
        _("Badr completed First aid in January and renewed it in March. In a report on the year he earned two."),
    ),
    Definition(
        "withdrawn",
        PERIOD,
        pgettext_lazy("completions", "Withdrawn"),
        _("Completions taken back within the period, because a question had been scored wrongly."),
        _("Celine’s completion of 2 May was withdrawn on 9 June. She counts in June; what May showed stays as it was."),
    ),
    Definition(
        "people",
        DAY,
        _("People"),
        _("Who belonged to the organisation, or lived in the region, on that day: there or in a place below it."),
        _("Dima belongs to two schools of one ministry. She is one person in each school, and one in the ministry."),
    ),
    Definition(
        "begun",
        DAY,
        _("Begun"),
        _("Had begun the course by the end of that day, whenever that was, whether or not they completed it."),
        _("Elias began two years ago and never came back. He still counts as having begun."),
    ),
    Definition(
        "in-progress",
        DAY,
        _("In progress"),
        _("Had begun the course and had never completed it by the end of that day."),
        _("Farid’s completion has run out. He is not in progress: he counts as expired."),
    ),
    Definition(
        "ever-completed",
        DAY,
        _("Ever completed"),
        _("Had completed the course by the end of that day at least once, even if it has run out since."),
        _("Ghada completed in 2024 and it ran out in 2025. She counts here, and as expired, and not as valid."),
    ),
    Definition(
        "expired",
        DAY,
        _("Expired"),
        _("Had completed the course, but their last completion had run out by the end of that day."),
        _("A completion that holds until 1 June no longer holds on 1 June: its last day was 31 May."),
    ),
    Definition(
        "valid",
        DAY,
        pgettext_lazy("completions", "Valid"),
        _("Had completed the course, and their last completion had not run out by the end of that day."),
        _("Hadi holds First aid and Floods. Over all courses he is one person; in each of the two he counts."),
    ),
    Definition(
        "share-completed",
        DAY,
        _("Share completed"),
        _("Of all who had begun the course by the end of the period, those who had completed it, expired or not."),
        _("30 had begun and 15 of them completed: 50%. Where fewer than 30 had begun no share is shown."),
    ),
    Definition(
        "overdue",
        NAMES,
        _("Overdue"),
        _("Belongs to an organisation that asks its members for a course by a day now past, and does not hold it."),
        _("The day was 1 June: from 2 June on, whoever has not completed is overdue, or whose completion has run out."),
    ),
    Definition(
        "due-soon",
        NAMES,
        _("Due soon"),
        _("The same where the day is today or within the next 30 days. Where several ask, the earliest day counts."),
        _("The ministry asks by 30 June, the school by 15 June. Its members are due on 15 June."),
    ),
    Definition(
        "expiring",
        NAMES,
        _("Run out or running out"),
        _("Completed a course that is offered now; the last completion has run out or will within the days chosen."),
        _("Whoever passes the final again is no longer listed, for then the new completion is the last one."),
    ),
)
DEFINITIONS: Mapping[str, Definition] = {each.key: each for each in _ALL}


def definitions_by_kind() -> list[tuple[Any, list[Definition]]]:
    """All of them, in the order in which they are read."""
    return [(words, [each for each in _ALL if each.kind == kind]) for kind, words in KINDS]

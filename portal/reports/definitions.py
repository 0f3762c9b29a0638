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
        "answered",
        PERIOD,
        pgettext_lazy("by people", "Answered"),
        _("Who within the period finished the check or the final for the first time, and so met its questions."),
        _("Karim failed a check on Monday and passed it on Tuesday. Only what he answered on Monday counts."),
    ),
    Definition(
        "right",
        PERIOD,
        pgettext_lazy("answers", "Right"),
        _("Of those, who answered the question wholly right that first time, or passed the check or the final."),
        _("Two of three right options chosen are not right here, though they may have earned part of the points."),
    ),
    Definition(
        "share-right",
        PERIOD,
        _("Share right"),
        _("Of all who answered for the first time within the period, those who were right."),
        _("45 answered and 27 were right: 60%. Of fewer than 10 people nothing is shown."),
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
        "passed",
        DAY,
        pgettext_lazy("by people", "Passed"),
        _(
            "Had by the end of that day passed the checks of all lessons of the module, or of all lessons that teach"
            " the skill; a lesson without a check counts once it is read."
        ),
        _("Iman passed two of the three lessons of a module. She counts once she has passed the third."),
    ),
    Definition(
        "share-passed",
        DAY,
        _("Share passed"),
        _("Of all who had begun the course by the end of that day, those who had passed the module or the skill."),
        _("40 had begun and 10 passed: 25%. Where a lesson stands in two courses more may pass than begin: no share."),
    ),
    Definition(
        "reached",
        DAY,
        pgettext_lazy("a step of a course, by people", "Reached"),
        _("Had by the end of that day begun the course, passed the lesson or the final, or completed the course."),
        _("Jad passed the third lesson and left out the second. He counts in the third and not in the second."),
    ),
    Definition(
        "fewer",
        DAY,
        _("Fewer than before"),
        _("By how many people the step before was reached more. Nobody is held to the order: it may be below zero."),
        _("50 passed the first lesson and 42 the second: 8 fewer."),
    ),
    Definition(
        "share-reached",
        DAY,
        _("Share of who started"),
        _("Of all who had begun the course by the end of that day, those who had reached the step."),
        _("80 had begun and 20 passed the final: 25%."),
    ),
    Definition(
        "range",
        DAY,
        pgettext_lazy("of a range", "From … to"),
        _(
            "The confidence interval of the share at 95 per cent (Wilson 1927): were the people counted a sample of all"
            " like them, about 95 of 100 such ranges would hold the share of all."
        ),
        _("12 of 30 are 40%, from 25% to 58%. 400 of 1,000 are 40% too, from 37% to 43%."),
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

"""Completions that were withdrawn count until that day and no longer, in every report and month."""

from datetime import date

import pytest

from lessons.models import CourseEdition
from portal.accounts.models import User
from portal.reports.completion import Period
from quizzes.models import Completion, CompletionWithdrawal, Learner
from quizzes.progress import project_everything
from tests.portal.reports.history import History, report_for, told

pytestmark = pytest.mark.django_db
WHOLE = Period(date(2025, 1, 1), date(2026, 6, 30))


def withdrawn(learner: Learner, course: CourseEdition, earned_on: str, on: str) -> None:
    completion = Completion.objects.get(learner=learner, edition=course, completed_on=earned_on)
    CompletionWithdrawal.objects.create(completion=completion, withdrawn_on=on, reason="The key was wrong.")
    project_everything(learner)


@pytest.fixture
def floods(history: History) -> CourseEdition:
    """Rita's only completion is withdrawn in March; Sami's second one, so that his first counts again."""
    course = history.course("floods", "Floods")
    rita, sami = history.member(), history.member()
    for learner in (rita, sami):
        history.started(learner, course, "2025-11-01")
        history.completed(learner, course, "2026-01-10")
    history.completed(sami, course, "2026-02-20", months=24)
    withdrawn(rita, course, "2026-01-10", "2026-03-05")
    withdrawn(sami, course, "2026-02-20", "2026-03-05")
    return course


@pytest.mark.parametrize(
    ("since", "until", "figures"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), (0, 0, 2, 0)),
        (date(2026, 2, 1), date(2026, 2, 28), (0, 0, 1, 0)),
        (date(2026, 3, 1), date(2026, 3, 4), (0, 0, 0, 0)),
        (date(2026, 1, 1), date(2026, 3, 5), (0, 1, 3, 0)),
    ],
)
def test_a_withdrawn_completion_counts_until_its_day(
    floods: CourseEdition, manager: User, since: date, until: date, figures: tuple[int, ...]
) -> None:
    assert told(report_for(manager, Period(since, until)), "floods") == figures


def test_each_month_tells_what_a_report_over_that_month_alone_tells(floods: CourseEdition, manager: User) -> None:
    for month in report_for(manager, WHOLE, course="floods", by="month").months:
        assert month.figures == report_for(manager, month.period, course="floods").total, month.period


def test_the_valid_ones_at_the_end_of_each_month(floods: CourseEdition, manager: User) -> None:
    period = Period(date(2026, 1, 1), date(2026, 4, 30))
    assert [month.figures.held for month in report_for(manager, period, course="floods").months] == [2, 2, 1, 1]

from datetime import date

import pytest

from portal.accounts.models import User
from portal.reports.completion import Month, Period
from portal.reports.counts.periods import months_of
from portal.reports.report import Report
from tests.portal.reports.history import PERIOD, History, report_for

pytestmark = pytest.mark.django_db
WHOLE = Period(date(2024, 12, 1), date(2026, 6, 30))


def told(month: Month) -> tuple[int, int, int, int, int]:
    """(started, in progress, completed, expired, valid)."""
    figures = month.figures
    return figures.started, figures.in_progress, figures.completed, figures.expired, figures.held


def test_the_months_of_a_quarter_counted_by_hand(history: History, manager: User) -> None:
    report = report_for(manager, course="first-aid", by="month")
    assert {line.key: told(month) for line, month in zip(report.lines, report.months, strict=True)} == {
        # Amal, Farid and Lina start, Hadi and Celine have; Farid completes. Dima's, Elias's and Jad's are valid.
        "2026-01": (3, 4, 1, 0, 4),
        # Iman starts; Amal completes, Elias renews; Dima's has run out.
        "2026-02": (1, 4, 2, 1, 4),
        # Badr starts; Hadi completes and Farid renews; Jad's has run out. Lina leaves.
        "2026-03": (1, 3, 2, 2, 4),
    }


@pytest.mark.parametrize("course", ["first-aid", "quakes", ""])
def test_each_month_tells_what_a_report_over_that_month_alone_tells(
    history: History, manager: User, administrator: User, course: str
) -> None:
    for reader in (administrator, manager) if course == "quakes" else (administrator,):
        for month in report_for(reader, WHOLE, course=course, by="month").months:
            assert month.figures == report_for(reader, month.period, course=course).total, month.period


def test_a_course_completed_twice_in_a_month_is_two_in_it_and_one_valid(history: History, manager: User) -> None:
    rita = history.member()
    course = history.course("floods", "Floods")
    history.started(rita, course, "2026-02-01")
    history.completed(rita, course, "2026-02-02")
    history.completed(rita, course, "2026-02-20")
    months = report_for(manager, course="floods").months
    assert [told(month) for month in months] == [(0, 0, 0, 0, 0), (1, 0, 2, 0, 1), (0, 0, 0, 0, 1)]


def test_who_begins_two_courses_began_twice(history: History, manager: User) -> None:
    february = report_for(manager).months[1]
    assert february.figures.started == 2  # Iman in one, Amal in the other


def test_the_first_and_the_last_month_end_with_the_period() -> None:
    period = Period(date(2025, 12, 15), date(2026, 2, 3))
    assert list(months_of(period)) == [
        Period(date(2025, 12, 15), date(2025, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 1, 31)),
        Period(date(2026, 2, 1), date(2026, 2, 3)),
    ]


def test_nobody_did_anything_is_a_month_of_zeros() -> None:
    report: Report = report_for(User.objects.create_superuser("root@example.org"), PERIOD)
    assert [told(month) for month in report.months] == [(0, 0, 0, 0, 0)] * 3

from datetime import date

import pytest

from lessons.models import CourseEdition
from portal.accounts.models import Organisation
from portal.reports.counts.counting import update
from portal.reports.counts.reading import (
    ANY,
    Flow,
    Period,
    PlaceFigures,
    Stock,
    Subject,
    Where,
    by_month,
    by_place,
    by_region_month_course,
    flow,
    people,
    stock,
)
from tests.portal.reports.history import History

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def counted(history: History) -> Subject:
    update()
    return Subject("course", CourseEdition.objects.get(course__key="first-aid").course_id)


def school() -> Where:
    return Where(organisations=frozenset([Organisation.objects.get(code="school").pk]))


def test_everybody_is_counted_everywhere_and_guests_too(counted: Subject) -> None:
    assert people(Where(), date(2026, 6, 30)) == 13


def test_how_things_stand_in_a_school_at_the_end_of_a_day(counted: Subject) -> None:
    told = stock(school(), [counted, ANY], date(2026, 3, 31))
    assert told[counted] == Stock(begun=9, under_way=3, ever=6, expired=2, held=4)
    assert told[ANY] == Stock(begun=9, under_way=4, ever=6, expired=2, held=4)


def test_what_happened_in_a_school_in_a_period(counted: Subject) -> None:
    told = flow(school(), [counted, ANY], QUARTER)
    assert told[counted] == Flow(started=5, completed=5)
    assert told[ANY] == Flow(started=6, completed=5)


def test_months(counted: Subject) -> None:
    months = by_month(school(), counted, QUARTER)
    assert [(month.flow, month.stock.begun, month.stock.held) for month in months] == [
        (Flow(started=3, completed=1), 8, 4),
        (Flow(started=1, completed=2), 9, 4),
        (Flow(started=1, completed=2), 9, 4),
    ]


def test_places(counted: Subject) -> None:
    organisations = {pk: frozenset([pk]) for pk in Organisation.objects.values_list("pk", flat=True)}
    told = by_place("organisation", organisations, counted, QUARTER)
    elsewhere = Organisation.objects.get(code="elsewhere").pk
    assert told[elsewhere] == PlaceFigures(1, Stock(1, 0, 1, 0, 1), Flow(1, 1))
    assert told[None] == PlaceFigures(2, Stock(2, 2, 0, 0, 0), Flow(1))
    assert len(list(by_region_month_course())) > 3

from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from lessons import stamp
from portal.reports.counts.counting import rebuild, update
from portal.reports.models import CellBasis, CountState, PublishedCell, PublishedMonth
from portal.reports.public.publishing import last_due, publish, publish_due, publish_if_due
from portal.reports.public.suppression import NATION, NOWHERE
from quizzes.erasing import erase_learner
from quizzes.models import Learner
from tests.portal.reports.public.country import APRIL, MARCH, MAY, Country, bands

pytestmark = pytest.mark.django_db
HIDDEN = (None, None, None)


def ran(*args: str) -> str:
    out = StringIO()
    call_command("publish_figures", *args, stdout=out)
    return out.getvalue()


def test_a_month_tells_bands_and_hides_a_small_place_and_its_neighbour(published: Country) -> None:
    assert bands(MARCH) == {
        NATION: (30, 99, 66),
        NOWHERE: (10, 29, None),
        published.north.pk: (30, 99, 55),
        published.south.pk: (10, 29, None),
        published.riverside.pk: HIDDEN,
        published.hill.pk: HIDDEN,
    }


def test_a_course_that_hardly_anybody_knows_is_hidden_everywhere(published: Country) -> None:
    assert set(bands(MAY, "quakes").values()) == {HIDDEN}
    assert published.south.pk in bands(MAY, "quakes")


def test_the_next_month_follows_where_at_least_ten_people_came(published: Country) -> None:
    assert bands(APRIL)[published.south.pk] == (30, 99, None)
    assert bands(APRIL)[published.north.pk] == bands(MARCH)[published.north.pk]


def test_one_person_more_changes_nothing_that_is_published(country: Country) -> None:
    country.complete(1, country.hill, "2026-04-02")
    update()
    list(publish())
    assert bands(APRIL)[country.hill.pk] == HIDDEN or bands(APRIL)[country.riverside.pk] != HIDDEN
    assert bands(APRIL)[country.north.pk] == bands(MARCH)[country.north.pk]


def test_a_cell_keeps_the_place_that_it_was_part_of(published: Country) -> None:
    hill = PublishedCell.objects.get(month__month=MAY, course__key="first-aid", place=published.hill.pk)
    assert hill.above == published.north.pk


def test_a_month_that_is_not_over_is_not_published(published: Country) -> None:
    assert not PublishedMonth.objects.filter(month__gt=MAY).exists()
    assert published


def test_a_month_is_published_once(published: Country) -> None:
    assert list(publish()) == []
    assert published


def test_a_month_waits_until_it_has_been_counted(country: Country) -> None:
    CountState.objects.update(counted_at="2026-05-31T20:00:00Z")
    assert [of.month for of in publish()] == [MARCH, APRIL]
    assert country


def test_nothing_is_published_before_the_first_count() -> None:
    assert list(publish()) == []


def test_a_nation_may_wait_longer(country: Country, settings: Any) -> None:
    settings.STATISTICS_MONTH_LAG = 2
    assert [of.month for of in publish()] == [MARCH]
    assert country


@pytest.mark.parametrize(
    ("today", "lag", "month"),
    [("2026-07-01", 0, "2026-06-01"), ("2026-06-30", 0, "2026-05-01"), ("2026-01-15", 1, "2025-11-01")],
)
def test_which_month_is_due(today: str, lag: int, month: str, settings: Any) -> None:
    settings.STATISTICS_MONTH_LAG = lag
    assert last_due(date.fromisoformat(today)) == date.fromisoformat(month)


def test_larger_groups_may_be_asked_for(country: Country, settings: Any) -> None:
    settings.STATISTICS_FEWEST, settings.STATISTICS_FEWEST_FOR_SHARE = 20, 50
    list(publish())
    assert bands(MARCH)[country.south.pk] == HIDDEN
    assert bands(MARCH)[NATION] == (50, 99, 66)


def test_erasing_somebody_changes_no_published_month(published: Country) -> None:
    before = list(PublishedCell.objects.order_by("pk").values())
    for learner in Learner.objects.all()[:30]:
        erase_learner(learner)
    rebuild()
    assert list(publish()) == []
    assert list(PublishedCell.objects.order_by("pk").values()) == before
    assert published


def test_a_late_answer_shows_in_the_next_month_only(published: Country) -> None:
    published.complete(40, published.hill, "2026-03-20")
    update()
    before = bands(MARCH)
    with time_machine.travel("2026-07-02T09:00:00Z"):
        update()
        assert [of.month for of in publish()] == [date(2026, 6, 1)]
    assert bands(MARCH) == before
    assert bands(date(2026, 6, 1))[published.hill.pk] == (30, 99, None)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("model", "field"), [(PublishedMonth, "id"), (PublishedCell, "low")])
def test_the_database_refuses_to_change_or_delete_what_was_published(model: Any, field: str) -> None:
    for deed in (lambda: model.objects.all()._raw_delete("default"), lambda: model.objects.update(**{field: 9999})):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_a_region_moved_in_the_tree_stands_where_it_stood_in_months_published_before(published: Country) -> None:
    published.hill.parent = published.south
    published.hill.save()
    with time_machine.travel("2026-07-02T09:00:00Z"):
        update()
        list(publish())
    cells = PublishedCell.objects.filter(course__key="first-aid", place=published.hill.pk)
    found = dict(cells.values_list("month__month", "above"))
    assert (found[MAY], found[date(2026, 6, 1)]) == (published.north.pk, published.south.pk)


def test_the_bases_of_the_last_month_are_kept_once_a_place_and_course(published: Country) -> None:
    assert CellBasis.objects.count() == 2 * 6
    assert CellBasis.objects.get(course__key="first-aid", place=published.hill.pk).held == 0


def test_publishing_makes_cached_pages_stale(country: Country, django_capture_on_commit_callbacks: Any) -> None:
    before = stamp.current()
    with django_capture_on_commit_callbacks(execute=True):
        list(publish())
    assert stamp.current() != before
    assert country


def test_the_command_says_what_it_publishes(country: Country) -> None:
    assert ran("--month", "2026-03") == "2026-03 published: 4 figures, 8 hidden\n"
    assert PublishedMonth.objects.count() == 1
    assert country


def test_the_command_may_only_say_what_it_would_do(country: Country) -> None:
    assert ran("--dry-run").startswith("2026-03 would be published: 4 figures, 8 hidden\n2026-04 would")
    assert not PublishedMonth.objects.exists()
    assert country


def test_the_command_refuses_a_month_that_is_not_closed() -> None:
    with pytest.raises(CommandError, match="2026-06 is not closed yet"):
        ran("--month", "2026-06")


def test_the_command_counts_first(country: Country) -> None:
    country.complete(40, country.hill, "2026-03-20")
    ran()
    assert bands(MARCH)[country.hill.pk] == (30, 99, None)


def test_the_task_publishes_what_is_due(country: Country) -> None:
    assert publish_due.func() == 3
    assert country


def test_the_task_has_the_counts_brought_up_to_date(published: Country) -> None:
    published.complete(40, published.hill, "2026-06-20")
    with time_machine.travel("2026-07-02T09:00:00Z"):
        assert publish_due.func() == 1
    assert bands(date(2026, 6, 1))[published.hill.pk] == (30, 99, None)


def test_who_opens_the_statistics_has_the_due_months_published_once_an_hour(country: Country) -> None:
    publish_if_due()
    assert PublishedMonth.objects.count() == 3
    assert country

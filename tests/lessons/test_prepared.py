from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from lessons.models import Lesson, Revision, Source
from lessons.prepared import Addition, Change, Prepared, Rows
from tests.factories import published_lesson

pytestmark = pytest.mark.django_db


def test_each_number_gets_its_own_rows() -> None:
    first, second = published_lesson("one"), published_lesson("two")
    by_pk = Prepared(lambda pk: Lesson.objects.filter(pk=pk))
    assert [by_pk(first.pk), by_pk(second.pk), by_pk(0)] == [[first], [second], []]


def test_the_query_is_composed_once() -> None:
    composed: list[int] = []

    def build(pk: int) -> QuerySet[Lesson]:
        composed.append(pk)
        return Lesson.objects.filter(pk=pk)

    by_pk = Prepared(build)
    lesson = published_lesson()
    assert [by_pk(lesson.pk), by_pk(lesson.pk)] == [[lesson], [lesson]]
    assert len(composed) == 1


def test_it_asks_the_database_once_and_nothing_more(django_assert_num_queries: Any) -> None:
    lesson = published_lesson()
    by_pk = Prepared(lambda pk: Lesson.objects.filter(pk=pk).only("slug"))
    with django_assert_num_queries(1):
        assert [one.slug for one in by_pk(lesson.pk)] == [lesson.slug]


def test_a_query_that_the_number_is_no_part_of_is_refused() -> None:
    with pytest.raises(ValueError, match="SELECT"):
        Prepared(lambda pk: Lesson.objects.all())(1)


SLUG = Lesson._meta.get_field("slug")


def test_rows_are_those_of_the_values_given() -> None:
    first = published_lesson("one")
    published_lesson("two")
    by_slug = Rows(lambda slug: Lesson.objects.filter(slug=slug).values_list("pk", "slug"), slug=SLUG)
    assert [by_slug(slug="one"), by_slug(slug="none")] == [[(first.pk, "one")], []]


def test_rows_come_in_the_types_of_the_model() -> None:
    revision = Revision.objects.get(text__lesson=published_lesson(), text__language="en")
    by_pk = Rows(lambda pk: Revision.objects.filter(pk=pk).values_list("published_at"), pk=Revision._meta.pk)
    assert by_pk(pk=revision.pk) == [(revision.published_at,)]


def test_rows_that_a_value_is_no_part_of_are_refused() -> None:
    with pytest.raises(ValueError, match="slug stands not in SELECT"):
        Rows(lambda slug: Lesson.objects.values_list("pk"), slug=SLUG)(slug="one")


def test_rows_ask_the_database_once(django_assert_num_queries: Any) -> None:
    by_slug = Rows(lambda slug: Lesson.objects.filter(slug=slug).values_list("pk"), slug=SLUG)
    with django_assert_num_queries(1):
        by_slug(slug="one")


def test_a_change_is_of_the_named_fields_of_one_row() -> None:
    first, second = published_lesson("one"), published_lesson("two")
    before = second.minutes
    Change(Lesson, "minutes")(first.pk, minutes=77)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.minutes, first.slug, second.minutes) == (77, "one", before)


def test_a_change_is_composed_once_and_given_other_values() -> None:
    lesson = published_lesson()
    change = Change(Lesson, "minutes")
    for minutes in (5, 6):
        change(lesson.pk, minutes=minutes)
        lesson.refresh_from_db()
        assert lesson.minutes == minutes


def test_an_addition_is_a_row_with_a_number_as_if_it_had_been_saved() -> None:
    add = Addition(Source)
    added = [add(Source(key=key, title=key, publisher="ERC", year=2025)) for key in ("A", "B")]
    assert list(Source.objects.order_by("key")) == added
    assert not any(source._state.adding for source in added)
    added[0].title = "Changed"
    added[0].save()
    assert list(Source.objects.order_by("key").values_list("title", flat=True)) == ["Changed", "B"]


def test_an_addition_that_the_database_refuses_raises_what_a_save_would() -> None:
    add = Addition(Source)
    add(Source(key="A", title="A", publisher="ERC", year=2025))
    with pytest.raises(IntegrityError):
        add(Source(key="A", title="A", publisher="ERC", year=2025))

from typing import Any

import pytest
from django.db.models import QuerySet

from lessons.models import Lesson
from lessons.prepared import Prepared
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

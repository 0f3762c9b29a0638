from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model

from portal.accounts.demo import settle
from portal.accounts.demo_citizens import COUNT, settle_citizens
from portal.accounts.models import Membership, Residence, User
from quizzes.models import Completion, CourseProgress, LessonProgress, ProgressEvent
from tests.factories import check_of, published_course, published_lesson

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)
PROJECTIONS: tuple[type[Model], ...] = (LessonProgress, CourseProgress)


@pytest.fixture
def citizens() -> None:
    for number in range(2):
        lessons = [published_lesson(f"lesson-{number}-{each}") for each in range(3)]
        for lesson in lessons[:2]:
            check_of(lesson)
        published_course(f"course-{number}", lessons=lessons, title=f"Course {number}", final={})
    settle("a-demo-password")
    assert settle_citizens(TODAY) == COUNT


def rows(table: type[Model]) -> list[Any]:
    without_id = [field.attname for field in table._meta.concrete_fields if not field.primary_key]
    return sorted(map(str, table._default_manager.values_list(*without_id)))


def test_every_projection_is_what_the_command_would_rebuild(citizens: None) -> None:
    before = [rows(table) for table in PROJECTIONS]
    call_command("rebuild_progress", verbosity=0)
    assert [rows(table) for table in PROJECTIONS] == before
    assert all(before)


def test_they_learned_within_the_last_twelve_months(citizens: None) -> None:
    days = set(ProgressEvent.objects.values_list("day", flat=True))
    assert TODAY - timedelta(days=366) <= min(days) <= TODAY - timedelta(days=200)
    assert TODAY - timedelta(days=30) <= max(days) < TODAY


def test_a_completion_stands_for_whoever_has_everything_behind_them(citizens: None) -> None:
    completed = CourseProgress.objects.filter(completed_on__isnull=False)
    assert completed.count() == Completion.objects.count() > 30
    assert set(completed.values_list("passed", flat=True)) == {2}
    assert CourseProgress.objects.filter(completed_on=None).count() > 10


def test_they_have_no_name_and_no_address_and_cannot_log_in(citizens: None) -> None:
    nameless = User.objects.filter(email=None)
    assert nameless.count() == COUNT
    assert set(nameless.values_list("display_name", flat=True)) == {""}
    assert not any(user.has_usable_password() for user in nameless)


def test_each_lives_somewhere_and_most_belong_somewhere(citizens: None) -> None:
    assert Residence.objects.filter(user__email=None).count() == COUNT
    assert Membership.objects.filter(user__email=None).values("organisation").distinct().count() == 8


def test_a_second_time_changes_nothing(citizens: None) -> None:
    before = rows(ProgressEvent)
    assert settle_citizens(TODAY + timedelta(days=9)) == 0
    assert rows(ProgressEvent) == before


def test_without_a_course_nobody_is_made() -> None:
    settle("a-demo-password")
    assert settle_citizens(TODAY) == 0

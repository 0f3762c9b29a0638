from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import Model

from portal.accounts.models import User
from portal.nation.making import NationRefused
from quizzes.models import Completion, CourseProgress, Learner, LessonProgress, ProgressEvent
from tests.factories import LearnerFactory, OrganisationFactory, RoleGrantFactory, UserFactory
from tests.portal.nation.conftest import Maker

pytestmark = pytest.mark.django_db


def rows(model: type[Model]) -> list[Any]:
    """Without the ids that the database gives."""
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return sorted(map(str, model._default_manager.values_list(*fields)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_projection_is_what_the_portal_would_rebuild(make: Maker, seed: int) -> None:
    make(seed=seed)
    before = [rows(LessonProgress), rows(CourseProgress)]
    call_command("rebuild_progress", stdout=StringIO())
    assert [rows(LessonProgress), rows(CourseProgress)] == before
    assert all(before)


def test_every_reference_leads_somewhere(make: Maker) -> None:
    make()
    connection.check_constraints()


@pytest.mark.parametrize("others", [0, 1, 2, 3])
def test_the_same_seed_makes_the_same_rows_whatever_ids_places_get(make: Maker, others: int) -> None:
    first = first_of(make, seed=7)
    OrganisationFactory.create_batch(others)
    assert first_of(make, seed=7) == first


def test_another_seed_makes_others(make: Maker) -> None:
    assert first_of(make, seed=7) != first_of(make, seed=8)


def first_of(make: Maker, seed: int) -> dict[str, list[Any]]:
    """The rows of that nation, which is gone again afterwards; ids go on, so those are left out."""
    with transaction.atomic():
        make(seed=seed)
        found: dict[str, list[Any]] = {
            "people": list(User.objects.order_by("pk").values_list("email", "display_name", "date_joined")),
            "learners": sorted(map(str, Learner.objects.values_list("pk", "user__email", "merged_into", "seen_on"))),
            "events": list(ProgressEvent.objects.order_by("pk").values_list("learner", "verb", "lesson", "at")),
            "completions": list(Completion.objects.order_by("pk").values_list("learner", "completed_on")),
        }
        transaction.set_rollback(True)
    return found


def test_who_has_citizens_already_is_refused(make: Maker) -> None:
    UserFactory()
    with pytest.raises(NationRefused, match="1 citizens with an account"):
        make()


def test_a_guest_who_learned_something_is_somebody_too(make: Maker) -> None:
    LearnerFactory()
    with pytest.raises(NationRefused, match="1 learners"):
        make()


def test_staff_may_be_there_already(make: Maker) -> None:
    RoleGrantFactory(role="administrator")
    UserFactory(is_staff=True)
    assert make(citizens=20) > 0


def test_without_a_course_there_is_no_nation() -> None:
    with pytest.raises(CommandError, match="read the curriculum first"):
        call_command("make_nation", citizens=10, processes=1, stderr=StringIO())
    assert not User.objects.exists()


def test_the_command_says_how_far_it_is(curriculum: None) -> None:
    said, told = StringIO(), StringIO()
    call_command("make_nation", citizens=40, organisations=30, processes=1, stdout=said, stderr=told)
    assert "40 citizens" in said.getvalue()
    assert "46 of 46 people" in told.getvalue()


def test_processes_beside_this_one_make_the_same(make: Maker) -> None:
    """What another process makes is loaded in the order of the people."""
    make(processes=2)
    numbers = [int(email.split("-")[1].split("@")[0]) for email in emails()]
    assert numbers == list(range(300))


def emails() -> list[str]:
    return [email or "" for email in citizens().order_by("pk").values_list("email", flat=True)]


def citizens() -> Any:
    return User.objects.filter(email__startswith="citizen-")

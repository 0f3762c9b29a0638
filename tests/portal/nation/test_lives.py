"""What the citizens of a small nation have behind them."""

from datetime import timedelta

import pytest
from django.db.models import Count, F, Q

from portal.accounts.models import Assignment, Membership, Organisation, Region, Residence, RoleGrant, User
from portal.nation.making import GUESTS
from quizzes.attempts import score_of
from quizzes.models import Attempt, Completion, CompletionWithdrawal, CourseProgress, Learner, ProgressEvent, Response
from quizzes.validity import months_later
from tests.portal.nation.conftest import TODAY, Maker

pytestmark = pytest.mark.django_db
CITIZENS = 400


@pytest.fixture(autouse=True)
def _nation(make: Maker) -> None:
    make(citizens=CITIZENS, seed=5)


def citizens() -> list[User]:
    return list(User.objects.filter(email__startswith="citizen-"))


def test_nobody_can_log_in_with_a_password() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_every_citizen_has_an_address_that_was_confirmed() -> None:
    confirmed = User.objects.filter(
        emailaddress__verified=True, emailaddress__primary=True, emailaddress__email=F("email")
    )
    assert confirmed.filter(email__startswith="citizen-").count() == CITIZENS == len(citizens())


def test_everybody_lives_somewhere_now_and_some_lived_elsewhere_before() -> None:
    assert Residence.objects.filter(to_day=None).count() == CITIZENS
    assert 0 < Residence.objects.exclude(to_day=None).count() < CITIZENS / 5


def test_some_belong_somewhere_some_did_and_a_few_belong_twice() -> None:
    assert Membership.objects.filter(to_day=None).count() > CITIZENS / 5
    assert Membership.objects.exclude(to_day=None).exists()
    twice = Membership.objects.values("user").annotate(count=Count("pk")).filter(count=2)
    assert 0 < twice.count() < CITIZENS / 10


def test_guests_have_no_account_and_some_were_merged_into_who_has_one() -> None:
    assert Learner.objects.filter(user=None, merged_into=None).count() == round(CITIZENS * GUESTS)
    assert Learner.objects.filter(merged_into__user__isnull=False).exists()


def test_places_have_names_in_both_languages() -> None:
    for model, least in ((Region, 3 * 7), (Organisation, 40)):
        named = model._default_manager.annotate(count=Count("texts")).filter(count=2)
        assert named.count() == model._default_manager.count() >= least


def test_organisations_stand_in_trees() -> None:
    depths = {place.tree_depth for place in Organisation.objects.with_tree_fields()}
    assert depths == {0, 1, 2}


def test_administrators_and_nobody_else_may_open_the_administration() -> None:
    assert set(User.objects.filter(is_staff=True)) == set(User.objects.filter(grants__role="administrator"))


def test_the_nation_and_each_region_has_one_administrator() -> None:
    grants = RoleGrant.objects.filter(role="administrator")
    assert grants.filter(region=None).count() == 1
    assert set(grants.exclude(region=None).values_list("region__code", flat=True)) == set(
        Region.objects.filter(parent=None).values_list("code", flat=True)
    )


def test_what_is_asked_for_is_due_later() -> None:
    rows = list(Assignment.objects.all())
    assert len(rows) >= 8
    assert all(row.due_on is not None and row.due_on > row.assigned_at.date() for row in rows)


def test_a_completion_holds_as_long_as_the_course_says() -> None:
    rows = list(Completion.objects.all())
    assert len(rows) > 20
    assert all(row.expires_on == months_later(row.completed_on, 12) for row in rows)


def test_some_did_a_course_again_when_it_had_run_out() -> None:
    again = Completion.objects.values("learner", "course").annotate(count=Count("pk")).filter(count__gt=1)
    assert again.exists()


def test_nothing_is_done_after_the_last_day() -> None:
    assert ProgressEvent.objects.filter(day__gt=TODAY).count() == 0
    assert CompletionWithdrawal.objects.filter(withdrawn_on__gt=TODAY).count() == 0
    assert ProgressEvent.objects.filter(day__gt=TODAY - timedelta(days=60)).exists()


def test_fewer_reach_the_end_of_a_course_than_begin_it() -> None:
    done = CourseProgress.objects.exclude(completed_on=None).count()
    assert 0.1 < done / CourseProgress.objects.count() < 0.7


def test_nobody_completes_without_a_final_where_there_is_one() -> None:
    finals = set(ProgressEvent.objects.filter(verb="final_passed").values_list("learner", "course", "day"))
    with_final = Completion.objects.filter(course__key__in=["course-0", "course-1"])
    assert set(with_final.values_list("learner", "course", "completed_on")) <= finals


def test_a_sitting_has_the_score_that_its_answers_earned() -> None:
    attempts = list(Attempt.objects.filter(state="submitted").prefetch_related("items"))
    assert len(attempts) > 50
    assert all(attempt.score == score_of(list(attempt.items.all())) for attempt in attempts)


def test_finals_are_failed_and_tried_again() -> None:
    finals = Attempt.objects.filter(quiz__purpose="final").values("learner", "quiz")
    tried = finals.annotate(failed=Count("pk", filter=Q(passed=False)), passes=Count("pk", filter=Q(passed=True)))
    assert tried.filter(failed__gt=0, passes__gt=0).exists()


def test_each_answer_is_what_the_question_grades_it_to() -> None:
    from quizzes.asked import Measure
    from quizzes.attempts import share

    for response in Response.objects.select_related("item__version")[:200]:
        graded = Measure.of(response.item.version).grade(response.answer)
        assert response.fraction == response.item.fraction == share(graded)


def test_what_came_of_a_sitting_names_it() -> None:
    passed = ProgressEvent.objects.filter(verb__in=["passed", "final_passed"], attempt__isnull=False)
    assert passed.count() == Attempt.objects.filter(passed=True).count() > 20

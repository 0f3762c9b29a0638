from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from lessons.models import Course, CourseEdition
from portal.accounts.models import User
from portal.reports.completion import Figures, Period
from portal.reports.counts.counting import update
from portal.reports.report import Report
from portal.reports.scope import scope_of
from tests.factories import LearnerFactory, OrganisationFactory, RegionFactory, ResidenceFactory, RoleGrantFactory
from tests.portal.reports.history import (
    TODAY,
    History,
    line_of,
    manager_of,
    named,
    national_administrator,
    report_for,
    report_over,
    told,
)

pytestmark = pytest.mark.django_db


def everyone(since: str, until: str) -> Report:
    return report_for(national_administrator(), Period(date.fromisoformat(since), date.fromisoformat(until)))


@pytest.fixture
def course() -> CourseEdition:
    return History(OrganisationFactory()).course("first-aid", "First aid")


@pytest.fixture
def tell() -> History:
    return History(OrganisationFactory(code="tell"))


def test_a_manager_sees_what_the_members_did(history: History, manager: User) -> None:
    report = report_for(manager)
    assert told(report, "first-aid") == (5, 3, 5, 2)
    assert told(report, "quakes") == (1, 1, 0, 0)


def test_in_the_total_a_person_in_two_courses_is_one_who_began_twice(history: History, manager: User) -> None:
    assert report_for(manager).total == Figures(
        started=6, in_progress=4, completed=5, expired=2, ever=6, begun=9, held=4
    )


def test_a_national_administrator_sees_others_and_guests_too(history: History, administrator: User) -> None:
    report = report_for(administrator)
    assert told(report, "first-aid") == (7, 5, 6, 2)
    assert report.total == Figures(started=8, in_progress=6, completed=6, expired=2, ever=7, begun=12, held=5)


def test_a_superuser_sees_what_a_national_administrator_sees(history: History) -> None:
    superuser = User.objects.create_superuser("root@example.org")
    assert told(report_for(superuser)) == (7, 5, 6, 2)


def test_a_manager_of_the_organisation_above_sees_the_members_below(history: History) -> None:
    ministry = OrganisationFactory(code="ministry")
    history.school.parent = ministry
    history.school.save()
    assert told(report_for(manager_of(ministry))) == (5, 3, 5, 2)


def test_a_manager_of_another_organisation_sees_none_of_it(history: History) -> None:
    report = report_for(manager_of(OrganisationFactory()))
    assert told(report) == (0, 0, 0, 0)
    assert report.total == Figures()


def test_an_administrator_of_a_region_sees_those_who_live_there(course: CourseEdition, tell: History) -> None:
    here, elsewhere = tell.member(), tell.member()
    region = RegionFactory()
    ResidenceFactory(user=here.user, region=region)
    for learner in (here, elsewhere):
        tell.started(learner, course, "2026-02-01")
    grant = RoleGrantFactory(role="administrator", region=region)
    assert told(report_for(grant.user)) == (1, 1, 0, 0)


def test_later_deeds_count_in_a_later_period(history: History, manager: User) -> None:
    report = report_for(manager, Period(date(2026, 4, 1), date(2026, 6, 30)))
    # Ghada started; Badr, Celine and she are in it; Iman and Jad completed; Dima alone has let hers run out.
    assert told(report) == (1, 3, 2, 1)


def test_a_period_before_everything_is_empty(history: History, manager: User) -> None:
    assert report_for(manager, Period(date(2024, 1, 1), date(2024, 12, 31))).total == Figures()


def test_a_completion_counts_on_the_first_and_the_last_day(course: CourseEdition, tell: History) -> None:
    learner = tell.member()
    tell.started(learner, course, "2026-01-05")
    tell.completed(learner, course, "2026-02-10")
    assert told(everyone("2026-02-10", "2026-02-28")) == (0, 0, 1, 0)
    assert told(everyone("2026-02-01", "2026-02-10")) == (0, 0, 1, 0)
    assert told(everyone("2026-02-11", "2026-02-28")) == (0, 0, 0, 0)
    assert told(everyone("2026-01-01", "2026-02-09")) == (1, 1, 0, 0)


def test_a_completion_has_run_out_on_the_day_that_it_holds_until(course: CourseEdition, tell: History) -> None:
    learner = tell.member()
    tell.started(learner, course, "2025-02-01")
    tell.completed(learner, course, "2025-02-10", months=12)
    assert told(everyone("2026-01-01", "2026-02-09")) == (0, 0, 0, 0)
    assert told(everyone("2026-01-01", "2026-02-10")) == (0, 0, 0, 1)


def test_a_completion_without_an_end_never_runs_out(course: CourseEdition, tell: History) -> None:
    learner = tell.member()
    tell.started(learner, course, "2001-02-01")
    tell.completed(learner, course, "2001-02-10", months=None)
    assert told(everyone("2026-01-01", "2026-06-30")) == (0, 0, 0, 0)


def test_completing_and_renewing_on_one_day_is_earning_twice(course: CourseEdition, tell: History) -> None:
    learner = tell.member()
    tell.started(learner, course, "2026-02-10")
    tell.completed(learner, course, "2026-02-10")
    tell.completed(learner, course, "2026-02-10")
    assert told(everyone("2026-02-01", "2026-02-28")) == (1, 0, 2, 0)


def test_two_guests_merged_into_one_person_are_one(course: CourseEdition, tell: History) -> None:
    own, guests = tell.member(), [LearnerFactory(), LearnerFactory()]
    for guest in guests:
        tell.started(guest, course, "2026-02-01")
        tell.completed(guest, course, "2026-02-02")
    tell.merged(guests[0], guests[1])
    tell.merged(guests[1], own)
    report = everyone("2026-02-01", "2026-02-28")
    assert told(report) == (1, 0, 2, 0)
    assert (report.total.begun, report.total.held) == (1, 1)


def test_a_course_that_nobody_has_begun_stands_there_with_zeros(course: CourseEdition) -> None:
    assert told(everyone("2026-01-01", "2026-06-30")) == (0, 0, 0, 0)


def test_a_course_no_longer_offered_stands_there_only_while_it_has_figures(history: History, manager: User) -> None:
    Course.objects.update(archived_at="2026-06-01T00:00:00Z")
    report = report_for(manager, Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert [line.key for line in report.lines] == ["first-aid"]


def test_a_course_is_called_by_its_title_in_the_language_of_the_page(course: CourseEdition) -> None:
    titles = [report_for(national_administrator(), language=language).lines[0].title for language in ("en", "ar")]
    assert titles == ["First aid", "First aid بالعربية"]


def test_a_share_needs_thirty_people(course: CourseEdition, tell: History) -> None:
    for number in range(29):
        learner = LearnerFactory()
        tell.started(learner, course, "2026-02-01")
        if number < 15:
            tell.completed(learner, course, "2026-02-02")
    assert line_of(everyone("2026-01-01", "2026-06-30"), "first-aid").figures.share is None
    tell.started(LearnerFactory(), course, "2026-02-01")
    assert line_of(everyone("2026-01-01", "2026-06-30"), "first-aid").figures.share == 0.5


def test_who_completed_one_course_and_is_in_another_is_one_of_those_a_share_is_of(
    course: CourseEdition, tell: History
) -> None:
    another = tell.course("floods", "Floods")
    for number in range(30):
        learner = tell.member()
        tell.started(learner, course, "2026-02-01")
        tell.started(learner, another, "2026-02-01")
        if number < 15:
            tell.completed(learner, course, "2026-02-02")
    report = report_for(national_administrator(), by="organisation")
    assert report.total.share == 0.5
    assert line_of(report, "tell").figures.share == 0.5


def test_the_figures_take_as_many_queries_however_many_people_and_courses(
    history: History, administrator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        another = history.course(f"course-{number}", "Another")
        history.started(history.member(), another, "2026-02-01")
    update()
    scope_of(administrator, TODAY, "en")  # grants and trees are read once
    with django_assert_num_queries(12):  # marks of two trees, courses, three each for stock, flow and months
        report = report_over(scope_of(administrator, TODAY, "en"))
    assert len(report.lines) == 7


def test_things_happened_where_people_belonged_on_the_day_and_stand_where_they_belong_at_the_end(
    course: CourseEdition, tell: History
) -> None:
    left, came = tell.member(to_day=date(2026, 4, 1)), tell.member(from_day=date(2026, 4, 1))
    for learner in (left, came):
        tell.started(learner, course, "2026-02-01")
    manager = manager_of(tell.school)
    assert told(report_for(manager)) == (1, 1, 0, 0)
    assert told(report_for(manager, Period(date(2026, 1, 1), date(2026, 4, 1)))) == (1, 1, 0, 0)
    assert told(report_for(manager, Period(date(2026, 3, 1), date(2026, 4, 1)))) == (0, 1, 0, 0)


def test_the_scope_is_named_in_the_language_of_the_page(history: History, manager: User) -> None:
    assert scope_of(manager, TODAY, "en").places == ("Demo school",)
    assert scope_of(manager, TODAY, "ar").places == ("مدرسة تجريبية",)


def test_a_place_without_a_name_is_called_by_its_code() -> None:
    organisation = OrganisationFactory(code="north")
    assert scope_of(manager_of(organisation), TODAY, "en").places == ("north",)


def test_every_place_of_the_scope_is_named() -> None:
    school = named(OrganisationFactory(), en="Demo school")
    user = manager_of(school)
    RoleGrantFactory(user=user, role="administrator", region=RegionFactory(code="south"))
    RoleGrantFactory(user=user, role="instructor", organisation=OrganisationFactory(code="not-this-one"))
    assert scope_of(user, TODAY, "en").places == ("Demo school", "south")


def test_someone_without_a_role_sees_nobody() -> None:
    people = scope_of(User.objects.create_user("a@example.org"), TODAY, "en").people(TODAY)
    assert people is not None
    assert not people.exists()

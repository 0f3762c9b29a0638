from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition
from portal.analysis import first_answers
from portal.analysis.first_answer_lines import Answered
from quizzes.models import Attempt, AttemptItem, ItemStatistic, Learner, QuestionVersion, Quiz, QuizStatistic
from tests.factories import (
    LearnerFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import text_of
from tests.portal.reports.standing.school import School, table

pytestmark = pytest.mark.django_db
PAGE, FILE = "/en/reports/answers/", "/en/reports/answers.csv"
FEBRUARY = datetime(2026, 2, 1, 10, tzinfo=UTC)


@pytest.fixture
def check(school: School) -> Quiz:
    return check_of(school.lessons[0])


@pytest.fixture
def version(check: Quiz) -> QuestionVersion:
    found = QuestionVersion.objects.filter(question__lesson=check.lesson).order_by("question__position").first()
    assert found
    return found


@pytest.fixture
def sit(check: Quiz, version: QuestionVersion, school: School) -> Callable[..., Attempt]:
    """A finished sitting in which the first question was answered so well."""

    def sat(learner: Learner, fraction: float, at: datetime = FEBRUARY, **fields: Any) -> Attempt:
        told = {"state": Attempt.State.SUBMITTED, "submitted_at": at, "score": fraction, "passed": fraction == 1}
        attempt = Attempt.objects.create(
            learner=learner, quiz=check, edition=school.edition, rules={}, begun_at=at, **(told | fields)
        )
        AttemptItem.objects.create(attempt=attempt, step=1, version=version, fraction=fraction)
        return attempt

    return sat


def rows(client: Client, **asked: str) -> list[list[str]]:
    """People, right and share of every line."""
    return [[*row[3:6]] for row in table(client.get(FILE, asked))[1:]]


def test_a_manager_reads_how_often_the_first_answer_was_right(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for number in range(40):
        sit(school.member(), 1 if number < 30 else 0.5)
    row = table(as_manager_of_school.get(FILE))[1]
    assert row[1:6] == ["Blood spurts from a leg. What first?", "Bleeding", "40", "30", "0.75"]
    assert [round(float(cell), 3) for cell in row[6:]] == [0.598, 0.858]


def test_of_fewer_than_ten_nothing_is_told(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for _number in range(9):
        sit(school.member(), 1)
    assert rows(as_manager_of_school) == [["fewer than 10", "", ""]]
    assert "fewer than 10" in text_of(as_manager_of_school.get(PAGE))


def test_of_fewer_than_thirty_no_share_is_told(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for _number in range(10):
        sit(school.member(), 1)
    assert rows(as_manager_of_school) == [["10", "10", ""]]


def test_only_the_first_sitting_of_a_person_counts(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for _number in range(10):
        learner = school.member()
        sit(learner, 0)
        sit(learner, 1, FEBRUARY.replace(day=3))
    assert rows(as_manager_of_school) == [["10", "0", ""]]
    assert rows(as_manager_of_school, since="2026-02-02", until="2026-06-30") == []


def test_what_a_guest_answered_first_is_the_first_answer_of_the_person(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for _number in range(10):
        learner, guest = school.member(), LearnerFactory()
        sit(learner, 1)
        sit(guest, 0, FEBRUARY.replace(day=1, hour=8))
        Learner.objects.filter(pk=guest.pk).update(merged_into=learner)
    assert rows(as_manager_of_school) == [["10", "0", ""]]


def test_people_of_other_places_and_staff_do_not_count(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    elsewhere = OrganisationFactory()
    for _number in range(10):
        sit(school.member(), 0)
        sit(school.member(elsewhere), 1)
    instructor = school.member()
    RoleGrantFactory(user=instructor.user, role="instructor")
    sit(instructor, 1)
    assert rows(as_manager_of_school) == [["10", "0", ""]]


def test_a_sitting_that_is_not_finished_does_not_count(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for _number in range(10):
        sit(school.member(), 1, state=Attempt.State.OPEN, submitted_at=None, score=None, passed=None)
    assert rows(as_manager_of_school) == []


def test_the_checks_tell_who_passed_at_once(
    as_manager_of_school: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for number in range(12):
        sit(school.member(), 1 if number < 4 else 0)
    assert [row[1:5] for row in table(as_manager_of_school.get(FILE, {"by": "quiz"}))[1:]] == [
        ["Bleeding", "Bleeding", "12", "4"],
        ["Final", "Final", "fewer than 10", ""],
    ]


def test_over_the_nation_the_figures_are_those_that_are_kept(
    as_administrator: Client, check: Quiz, version: QuestionVersion
) -> None:
    ItemStatistic.objects.create(quiz=check, version=version, people=4000, facility=0.625, counted_at=FEBRUARY)
    QuizStatistic.objects.create(quiz=check, people=4000, passed=0.5, counted_at=FEBRUARY)
    assert rows(as_administrator) == [["4000", "2500", "0.625"]]
    assert rows(as_administrator, by="quiz")[0] == ["4000", "2000", "0.5"]
    assert "Over the whole nation the figures tell of all first answers" in text_of(as_administrator.get(PAGE))


def test_over_the_nation_what_is_not_kept_is_not_told(
    as_administrator: Client, check: Quiz, version: QuestionVersion
) -> None:
    ItemStatistic.objects.create(quiz=check, version=version, people=20, facility=None, counted_at=FEBRUARY)
    assert rows(as_administrator) == [["20", "", ""]]


def test_an_administrator_may_choose_a_place(
    as_administrator: Client, school: School, sit: Callable[..., Attempt]
) -> None:
    for _number in range(10):
        sit(school.member(), 1)
    assert rows(as_administrator, organisation="school") == [["10", "10", ""]]


@pytest.fixture
def many(school: School, sit: Callable[..., Attempt], monkeypatch: pytest.MonkeyPatch) -> School:
    """Three times as many people as are all asked, each of whom was right."""
    monkeypatch.setattr(first_answers, "MOST_PEOPLE", 20)
    monkeypatch.setattr(first_answers, "DRAWN", 20)
    monkeypatch.setattr(first_answers, "MOST_SITTINGS", 59)
    for _number in range(60):
        sit(school.member(), 1)
    return school


@pytest.mark.parametrize("counted", [True, False])
def test_of_very_many_people_some_are_drawn_and_the_page_says_so(
    as_manager_of_school: Client, many: School, *, counted: bool
) -> None:
    if counted:
        many.counted()
    page = as_manager_of_school.get(PAGE)
    asked = page.context["asked"]
    assert asked.all == 60
    assert 18 <= len(asked.people) <= 22
    assert f"60 people belong there: the figures tell of {len(asked.people)} of them" in text_of(page)
    assert rows(as_manager_of_school) == [[str(len(asked.people))] * 2 + [""]]
    assert as_manager_of_school.get(PAGE).context["asked"].people == asked.people


def test_where_few_have_sat_all_of_them_are_asked_however_many_people_there_are(
    as_manager_of_school: Client, many: School, sit: Callable[..., Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, other = LearnerFactory(), many.member(OrganisationFactory())
    sit(guest, 0)
    sit(other, 0)
    Learner.objects.filter(pk=guest.pk).update(merged_into=many.member())
    monkeypatch.setattr(first_answers, "MOST_SITTINGS", 62)
    assert rows(as_manager_of_school) == [["61", "60", str(60 / 61)]]
    assert as_manager_of_school.get(PAGE).context["asked"] is None


def test_the_file_says_of_how_many_it_tells(as_manager_of_school: Client, many: School) -> None:
    number = len(as_manager_of_school.get(PAGE).context["asked"].people)
    assert table(as_manager_of_school.get(FILE))[0][3] == f"People, of {number} drawn by chance from 60"


def test_who_is_drawn_belongs_to_the_place_and_lives_in_the_region(
    as_administrator: Client, many: School, sit: Callable[..., Attempt]
) -> None:
    elsewhere, region = OrganisationFactory(), RegionFactory(code="north")
    members = list(Learner.objects.order_by("pk"))
    for _number in range(60):
        sit(many.member(elsewhere), 0)
    for learner in members[:50]:
        ResidenceFactory(user=learner.user, region=region)
    many.counted()
    asked = as_administrator.get(PAGE, {"organisation": "school", "region": "north"}).context["asked"]
    assert asked.all == 50
    assert asked.people <= {learner.user_id for learner in members[:50]}


def test_so_many_that_the_last_count_was_wrong_by_half_are_all_asked(
    as_manager_of_school: Client, many: School, sit: Callable[..., Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_answers, "MOST_PEOPLE", 30)
    assert rows(as_manager_of_school) == [["60", "60", "1.0"]]


def test_a_citizen_is_refused(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == 403


def test_a_course_without_answers_says_so(as_manager_of_school: Client, check: Quiz) -> None:
    other: CourseEdition = published_course("floods", [published_lesson("dam")], title="Floods")
    page = text_of(as_manager_of_school.get(PAGE, {"course": other.course.key}))
    assert "Nobody has answered a question of this course yet." in page


@pytest.mark.parametrize(
    ("people", "right", "share"), [(None, None, None), (29, 29, None), (30, 15, 0.5), (40, None, None)]
)
def test_a_share_needs_thirty_people(people: int | None, right: int | None, share: float | None) -> None:
    line = Answered("a", "A", "B", people, right)
    assert (line.share, line.interval is None) == (share, share is None)

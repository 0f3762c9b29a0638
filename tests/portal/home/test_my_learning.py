"""My learning over HTTP: by course, by skill, certificates; one's own and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lessons.models import CourseEdition, Skill
from portal.accounts.models import Assignment, User
from quizzes.learners import merge
from quizzes.models import Attempt, Learner, Question, QuestionSkill, Quiz
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    SkillFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import guest_with_progress
from tests.quizzes.sitting import RIGHT, WRONG, sit

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson("bleeding")
    check_of(lesson)
    skill = SkillFactory(key="control-bleeding")
    for question in Question.objects.all():
        QuestionSkill.objects.create(question=question, skill=skill)
    return published_course(lessons=[lesson], final={})


@pytest.fixture
def person() -> User:
    user: User = UserFactory(display_name="Salma Haddad")
    return user


@pytest.fixture
def learner(person: User) -> Learner:
    made: Learner = LearnerFactory(user=person)
    return made


@pytest.fixture
def own(client: Client, person: User) -> Client:
    """The browser of the person signed in."""
    client.force_login(person)
    return client


def complete(learner: Learner, course: CourseEdition, day: datetime = DAY) -> Attempt:
    sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk, now=day)
    with time_machine.travel(day, tick=False):
        return sit(learner, Quiz.objects.get(edition=course), course.pk, now=day)


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


EMPTY = {
    "/en/my-learning/": "You have not begun a course yet",
    "/en/my-learning/skills/": "You have not answered a question yet",
    "/en/my-learning/certificates/": "You have none yet",
}


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_page_leads_on(client: Client, path: str) -> None:
    page = text(client, path)
    assert EMPTY[path] in page
    assert 'class="btn btn-primary"' in page


@pytest.mark.parametrize("path", EMPTY)
def test_a_page_of_ones_own_is_never_cached(client: Client, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


def test_the_next_step_goes_on_where_one_stopped(own: Client, learner: Learner, course: CourseEdition) -> None:
    sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk)
    page = text(own, "/en/my-learning/")
    assert page.index("Go on where you stopped.") < page.index('href="/en/courses/first-aid/final/"')


def test_a_course_past_its_day_is_said_plainly(own: Client, person: User, course: CourseEdition) -> None:
    membership = MembershipFactory(user=person)
    due_on = timezone.localdate() - timedelta(days=3)
    Assignment.objects.create(organisation=membership.organisation, course=course.course, due_on=due_on)
    page = text(own, "/en/my-learning/")
    assert f"{membership.organisation.code} asks for this course. It was due on" in page
    assert "you can still take it" in page


def test_what_was_not_right_can_be_answered_again_at_once(own: Client, learner: Learner, course: CourseEdition) -> None:
    sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk, WRONG)
    page = text(own, "/en/my-learning/")
    assert "2 questions were not right the last time" in page
    assert 'href="/en/courses/first-aid/bleeding/quiz/"' in page


def test_a_completion_near_its_end_can_be_renewed(own: Client, learner: Learner, course: CourseEdition) -> None:
    complete(learner, course)
    with time_machine.travel(DAY + timedelta(days=330), tick=False):
        own.force_login(learner.user)  # type: ignore[arg-type]
        page = text(own, "/en/my-learning/")
    assert "Pass the final again to renew it." in page


def test_a_skill_says_how_many_were_right_and_when(own: Client, learner: Learner, course: CourseEdition) -> None:
    sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk, RIGHT, now=DAY)
    page = text(own, "/en/my-learning/skills/")
    assert "2 of 2 questions right, last on 3 March 2026." in page
    assert "Hand skills need practice with an instructor" in page
    assert 'href="/en/courses/first-aid/bleeding/"' in page


def test_a_skill_not_started_says_so(own: Client, course: CourseEdition) -> None:
    assert "Not yet started" in text(own, "/en/my-learning/skills/")


def test_a_guest_sees_their_own_and_how_to_keep_it(client: Client, course: CourseEdition) -> None:
    sit(guest_with_progress(client), Quiz.objects.get(lesson__isnull=False), course.pk)
    for path in ("/en/my-learning/", "/en/my-learning/skills/"):
        assert "Keep what you have learned." in text(client, path)


def test_looking_at_it_counts_as_having_been_here(own: Client, learner: Learner) -> None:
    Learner.objects.update(seen_on="2020-01-01")
    text(own, "/en/my-learning/")
    learner.refresh_from_db()
    assert learner.seen_on == timezone.localdate()


def certificate_url(attempt: Attempt, language: str = "en") -> str:
    return f"/{language}/my-learning/certificates/{attempt.pk}/"


def test_a_certificate_says_what_it_says_and_what_not(own: Client, learner: Learner, course: CourseEdition) -> None:
    attempt = complete(learner, course, timezone.now())
    page = text(own, certificate_url(attempt))
    for words in (
        "Salma Haddad",
        "Severe bleeding",
        "Valid until",
        "What it does not say:",
        "practice with an instructor",
    ):
        assert words in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_leads_to_itself_in_the_other_language(
    own: Client, learner: Learner, course: CourseEdition, language: str
) -> None:
    attempt = complete(learner, course)
    other = "ar" if language == "en" else "en"
    assert f'href="{certificate_url(attempt, other)}"' in text(own, certificate_url(attempt, language))


def test_one_that_ran_out_says_so(own: Client, learner: Learner, course: CourseEdition) -> None:
    attempt = complete(learner, course, DAY - timedelta(days=800))
    page = text(own, certificate_url(attempt))
    assert "Ran out on" in page
    assert "Valid until" not in page


def test_another_persons_certificate_is_not_there(own: Client, course: CourseEdition) -> None:
    attempt = complete(LearnerFactory(user=UserFactory()), course)
    assert own.get(certificate_url(attempt)).status_code == 404


def test_a_sitting_that_earned_nothing_is_no_certificate(own: Client, learner: Learner, course: CourseEdition) -> None:
    attempt = sit(learner, Quiz.objects.get(edition=course), course.pk, WRONG)
    assert own.get(certificate_url(attempt)).status_code == 404


def test_without_a_name_there_is_a_line_and_the_way_to_set_one(
    client: Client, learner: Learner, course: CourseEdition
) -> None:
    User.objects.update(display_name="")
    attempt = complete(learner, course)
    client.force_login(User.objects.get())
    page = text(client, certificate_url(attempt))
    assert "certificate-line" in page
    assert 'href="/en/account/"' in page


def test_a_guest_is_told_to_sign_up(client: Client, course: CourseEdition) -> None:
    attempt = complete(guest_with_progress(client), course)
    page = text(client, certificate_url(attempt))
    assert "A certificate needs a name." in page
    assert "/en/account/signup/?next=" in page


def test_a_guests_certificate_is_still_there_after_logging_in(
    own: Client, learner: Learner, course: CourseEdition
) -> None:
    guest = LearnerFactory()
    attempt = complete(guest, course)
    merge(guest, learner)
    assert "Salma Haddad" in text(own, certificate_url(attempt))


def test_earlier_certificates_are_reached_from_the_latest(own: Client, learner: Learner, course: CourseEdition) -> None:
    first, second = complete(learner, course, DAY - timedelta(days=300)), complete(learner, course)
    assert certificate_url(first) in text(own, certificate_url(second))
    page = text(own, "/en/my-learning/certificates/")
    assert certificate_url(first) in page
    assert certificate_url(second) in page
    assert "Renewed since" in page


@pytest.fixture
def much(person: User, learner: Learner) -> None:
    """Twenty courses begun, one complete, sixty skills, an organisation that asks for half of them."""
    place = MembershipFactory(user=person).organisation
    parents = [SkillFactory() for _each in range(10)]
    for number in range(20):
        lesson = published_lesson(f"lesson-of-{number}")
        check = check_of(lesson)
        edition = published_course(f"course-{number}", [lesson], final={})
        questions = list(Question.objects.filter(lesson=lesson))
        for part in range(3):
            skill: Skill = SkillFactory(parent=parents[number % 10])
            QuestionSkill.objects.create(question=questions[part % 2], skill=skill)
        sit(learner, check, edition.pk, WRONG if number % 3 else RIGHT)
        if number % 2:
            Assignment.objects.create(organisation=place, course=edition.course, due_on=timezone.localdate())
        if not number:
            sit(learner, Quiz.objects.get(edition=edition), edition.pk)


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("path", EMPTY)
def test_twenty_courses_and_sixty_skills_take_no_more_queries(
    own: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    own.get(path)
    with django_assert_max_num_queries(12):
        assert own.get(path).status_code == 200


@pytest.mark.usefixtures("much")
def test_a_long_list_is_folded_after_five(own: Client) -> None:
    page = text(own, "/en/my-learning/")
    before, folded = page.split('<details class="more">')
    assert before.count('<li class="step">') == 5
    assert folded.count('<li class="step">') > 5

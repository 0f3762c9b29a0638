"""A lesson is taken out of public view with a reason, sittings go on, and it comes back."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, Revision, SearchDocument, Suspension
from lessons.search.indexing import lessons_changed
from lessons.suspending import suspend
from portal.accounts.models import AuditEntry, RoleGrant, User
from quizzes.draws import pool
from quizzes.models import Quiz
from quizzes.progress import still_missing
from tests.factories import (
    LearnerFactory,
    RegionFactory,
    RoleGrantFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import with_second_factor
from tests.portal.studio.people import FIRST, LESSON, publish, send_to_review, text_of, write
from tests.quizzes.sitting import begin

pytestmark = pytest.mark.django_db

OUT, PAGE = f"{LESSON}out-of-view/", "/en/courses/first-aid/bleeding/"
REASON = {"reason_en": "The number of presses was wrong.", "reason_ar": "كان عدد الضغطات خطأ."}


@pytest.fixture
def course(lesson: Lesson) -> CourseEdition:
    """A course of two lessons with a final."""
    other = published_lesson("burns", "Burns")
    check_of(other)
    return published_course(lessons=[lesson, other], final={"draw": 5})


def take_out(client: Client, language: str = "", **fields: str) -> Any:
    return client.post(OUT, {"language": language} | REASON | fields)


def bring_back(client: Client) -> Any:
    return client.post(f"{OUT}{Suspension.objects.latest('pk').pk}/end/")


def states(lesson: Lesson) -> set[tuple[str, str]]:
    return set(Revision.objects.filter(text__lesson=lesson).values_list("text__language", "state"))


def test_readers_get_the_reason_in_their_language(reviewing: Client, course: CourseEdition) -> None:
    assert take_out(reviewing).status_code == 302
    page, arabic = Client().get(PAGE), Client().get(PAGE.replace("/en/", "/ar/"))
    assert "The number of presses was wrong." in text_of(page)
    assert "كان عدد الضغطات خطأ." in text_of(arabic)
    assert '<meta name="robots" content="noindex">' in text_of(page)
    assert "Severe bleeding" in text_of(page)


def test_lists_search_and_the_map_of_the_site_leave_it_out(
    reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    lessons_changed([lesson.pk])
    assert SearchDocument.objects.filter(key=f"lesson-{lesson.pk}").exists() or SearchDocument.objects.exists()
    before = SearchDocument.objects.count()
    take_out(reviewing)
    assert SearchDocument.objects.count() < before
    assert PAGE not in text_of(Client().get("/en/courses/first-aid/"))
    assert "bleeding" not in text_of(Client().get("/sitemap-1.xml"))


def test_its_check_cannot_be_begun_and_a_sitting_in_the_middle_goes_on(
    reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    learner = LearnerFactory(user=UserFactory())
    attempt = begin(learner, Quiz.objects.get(lesson=lesson), course.pk)
    citizen = Client()
    citizen.force_login(learner.user)
    take_out(reviewing)
    response = Client().get(f"{PAGE}quiz/")
    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    for item in attempt.items.all():
        assert citizen.get(f"/en/attempts/{attempt.pk}/{item.step}/").status_code == 200
    assert citizen.get("/en/my-learning/").status_code == 200


def test_nobody_completes_the_course_meanwhile_and_what_was_passed_stays(
    reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    learner = LearnerFactory(user=UserFactory())
    missing = still_missing(learner, course)
    take_out(reviewing)
    assert still_missing(learner, course) == missing


def test_finals_draw_none_of_its_questions_until_it_is_back(
    reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    final = Quiz.objects.get(edition=course)
    everything = pool(final).count()
    take_out(reviewing)
    assert set(pool(final).values_list("question__lesson__slug", flat=True)) == {"burns"}
    bring_back(reviewing)
    assert pool(final).count() == everything


def test_it_comes_back_as_it_was(reviewing: Client, lesson: Lesson, course: CourseEdition) -> None:
    take_out(reviewing)
    assert states(lesson) == {("en", "suspended"), ("ar", "suspended")}
    bring_back(reviewing)
    assert states(lesson) == {("en", "published"), ("ar", "published")}
    assert "Severe bleeding" in text_of(Client().get(PAGE))
    assert Suspension.objects.get().ended_at is not None


def test_one_language_alone_gives_the_other_with_the_reason(
    reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    take_out(reviewing, "ar")
    arabic = text_of(Client().get(PAGE.replace("/en/", "/ar/")))
    assert "كان عدد الضغطات خطأ." in arabic
    assert "Severe bleeding" in arabic
    assert "The number of presses" not in text_of(Client().get(PAGE))


def test_a_corrected_text_takes_its_place_and_ends_the_notice(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    take_out(reviewing, "en")
    write(writing, en_markdown=FIRST)
    publish(reviewing, send_to_review(writing))
    assert "Press with both hands." in text_of(Client().get(PAGE))
    suspension = Suspension.objects.get()
    assert suspension.ended_at is not None
    assert ("en", "superseded") in states(lesson)


def test_the_author_goes_on_from_what_is_out_of_view(writing: Client, reviewing: Client, course: CourseEdition) -> None:
    take_out(reviewing)
    assert 'value="Severe bleeding"' in text_of(writing.get(LESSON))


def test_the_deeds_are_in_the_audit_log(reviewing: Client, reviewer: User, course: CourseEdition) -> None:
    take_out(reviewing)
    bring_back(reviewing)
    deeds = AuditEntry.objects.filter(actor=reviewer, deed__startswith="lesson.").order_by("pk")
    assert list(deeds.values_list("deed", flat=True)) == ["lesson.suspended", "lesson.resumed"]


def test_a_reason_must_be_given_in_every_language(reviewing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = take_out(reviewing, reason_ar="")
    assert response.status_code == 422
    assert "Tell readers why, in one sentence." in text_of(response)
    assert "The number of presses was wrong." in text_of(response)
    assert states(lesson) == {("en", "published"), ("ar", "published")}


def test_what_is_out_of_view_cannot_be_taken_out_again(reviewing: Client, course: CourseEdition) -> None:
    take_out(reviewing)
    response = take_out(reviewing)
    assert response.status_code == 409
    assert "nothing to take out of view" in text_of(response)
    assert Suspension.objects.count() == 1


def test_all_languages_after_one_of_them(reviewing: Client, lesson: Lesson, course: CourseEdition) -> None:
    take_out(reviewing, "ar")
    take_out(reviewing)
    assert list(Suspension.objects.filter(ended_at=None).values_list("language", flat=True)) == [""]
    bring_back(reviewing)
    assert states(lesson) == {("en", "published"), ("ar", "published")}


def test_bringing_it_back_twice_brings_it_back_once(reviewing: Client, course: CourseEdition) -> None:
    take_out(reviewing)
    assert [bring_back(reviewing).status_code for _each in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(deed="lesson.resumed").count() == 1


def test_an_instructor_takes_nothing_out_of_view(writing: Client, course: CourseEdition) -> None:
    assert take_out(writing).status_code == 403


def test_nor_does_a_reviewer_of_one_region(course: CourseEdition) -> None:
    person = UserFactory()
    RoleGrantFactory(user=person, role=RoleGrant.Role.REVIEWER, region=RegionFactory())
    with_second_factor(person)
    client = Client()
    client.force_login(person)
    assert take_out(client).status_code == 403
    assert not Suspension.objects.exists()


def test_two_open_notices_of_one_lesson_cannot_be(lesson: Lesson) -> None:
    suspend(lesson, "", {"en": "Why"}, None, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(lesson=lesson, language="", since=timezone.now())


def test_what_is_out_of_view_stays_frozen(lesson: Lesson) -> None:
    suspend(lesson, "", {"en": "Why"}, None, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(text__lesson=lesson).update(title="Another")

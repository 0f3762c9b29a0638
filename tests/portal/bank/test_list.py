"""The bank as instructors and reviewers meet it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, SearchDocument
from portal.accounts.models import RoleGrant
from quizzes.models import ItemStatistic, Question, QuestionVersion, Quiz
from tests.factories import (
    LONG_AGO,
    SINGLE,
    LearnerFactory,
    OrganisationFactory,
    RoleGrantFactory,
    UserFactory,
    draft_question,
    published_question,
)
from tests.portal.studio.people import staff, text_of
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db
BANK = "/en/studio/bank/"


def keys(response: Any) -> list[str]:
    return [line.key for line in response.context["lines"]]


def figures(question: Question, **fields: Any) -> ItemStatistic:
    quiz = Quiz.objects.get(lesson=question.lesson)
    version = question.versions.get()
    return ItemStatistic.objects.create(quiz=quiz, version=version, counted_at=LONG_AGO, **fields)


@pytest.mark.parametrize("page", ["", "starter/{key}/", "starter/{key}/preview/", "starter/{key}/preview/right/"])
def test_who_only_learns_manages_or_administers_sees_no_key(client: Client, question: Question, page: str) -> None:
    url = BANK + page.format(key=question.key)
    assert client.get(url).status_code == 302
    manager = staff("M")
    RoleGrantFactory(user=manager, role=RoleGrant.Role.MANAGER, organisation=OrganisationFactory())
    for person in (UserFactory(), manager, staff("A", RoleGrant.Role.ADMINISTRATOR)):
        client.force_login(person)
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("role", [RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER])
def test_who_writes_or_reviews_sees_every_question(client: Client, question: Question, role: RoleGrant.Role) -> None:
    client.force_login(staff("R", role))
    page = client.get(BANK)
    assert len(keys(page)) == 4
    assert "4 questions" in text_of(page)


def test_a_reviewer_is_offered_no_deed(reviewing: Client, question: Question) -> None:
    html = text_of(reviewing.get(BANK))
    assert "Retire" not in html.partition('class="studio-list')[2]
    assert 'type="checkbox" class="form-check-input"' not in html


def test_no_word_of_it_is_in_the_public_search(writing: Client, course: CourseEdition) -> None:
    assert not SearchDocument.objects.filter(text__contains="EXPLANATION").exists()
    assert "EXPLANATION-EN" not in text_of(writing.get("/en/search/?q=explanation"))


def test_words_are_searched_in_either_language(writing: Client, question: Question) -> None:
    assert len(keys(writing.get(BANK, {"q": "إضغطوا بقوه"}))) == 2
    assert keys(writing.get(BANK, {"q": "Pressure helps"})) == [question.key]
    assert "No question is like that." in text_of(writing.get(BANK, {"q": "earthquake"}))


def test_filters_go_together(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    asked = {"course": "first-aid", "kind": "single_choice", "lesson": "bleeding", "unasked": "on"}
    assert len(keys(writing.get(BANK, asked))) == 1


def test_a_filter_that_cannot_be_is_said_so(writing: Client, question: Question) -> None:
    page = writing.get(BANK, {"kind": "riddle"})
    assert page.context["page"] is None
    said = page.content.decode().split('role="alert"')[1].split("</div>")[0]
    assert "Select a valid choice" in said


def test_a_page_has_twenty_five_and_the_next_keeps_the_filters(writing: Client, lesson: Lesson) -> None:
    for _number in range(30):
        published_question(lesson, SINGLE)
    page = writing.get(BANK, {"kind": "single_choice"})
    assert len(keys(page)) == 25
    assert "?kind=single_choice&amp;page=2" in text_of(page)
    assert len(keys(writing.get(BANK, {"kind": "single_choice", "page": "2"}))) == 7


def test_hardest_and_most_answered_come_first_if_asked_for(writing: Client, question: Question) -> None:
    other = Question.objects.get(versions__kind="numerical")
    figures(question, people=900, facility=0.9)
    figures(other, people=200, facility=0.3)
    assert keys(writing.get(BANK, {"sort": "hard"}))[:2] == [other.key, question.key]
    assert keys(writing.get(BANK, {"sort": "people"}))[:2] == [question.key, other.key]


def test_what_was_changed_last_comes_first_if_asked_for(writing: Client, question: Question) -> None:
    draft_question(question)
    assert keys(writing.get(BANK, {"sort": "new"}))[0] == question.key


def test_a_row_tells_where_it_is_asked_and_what_answers_show(writing: Client, question: Question) -> None:
    figures(question, people=240, facility=0.62, flags="check_key")
    html = text_of(writing.get(BANK, {"q": question.key}))
    for said in ("in 2 quizzes", "never answered", "62% right", "Check the key"):
        assert said in html


def test_few_answers_are_told_in_a_band_and_without_a_share(
    writing: Client, question: Question, course: CourseEdition
) -> None:
    figures(question, people=12, facility=0.5)
    sit(LearnerFactory(), Quiz.objects.get(lesson=question.lesson), course.pk)
    html = text_of(writing.get(BANK, {"q": question.key}))
    assert "answered fewer than 10 times" in html
    assert "50%" not in html


def test_what_is_retired_stands_on_its_own(writing: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(archived_at=timezone.now())
    assert question.key not in keys(writing.get(BANK))
    page = writing.get(BANK, {"state": "retired"})
    assert keys(page) == [question.key]
    assert "Bring back into use" in text_of(page)


def test_many_questions_cost_no_more_queries_than_few(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    asked = {"q": "blood", "course": "first-aid", "language": "stale-ar", "sort": "hard", "critical": ""}
    writing.get(BANK)

    def queries(query: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            writing.get(BANK, query)
        return len(captured)

    few, narrowed = queries({}), queries(asked)
    for _number in range(24):
        published_question(lesson, SINGLE)
    assert QuestionVersion.objects.count() == 28
    assert queries({}) == few <= 24
    assert queries(asked) == narrowed <= 24

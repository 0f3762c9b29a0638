"""A question's form is kept as a lesson's is."""

import pytest
from django.test import Client

from portal.accounts.models import RoleGrant, User
from portal.studio.models import WorkingCopy
from quizzes.models import Question
from tests.factories import LessonFactory, published_question
from tests.portal.studio.keeping.typing import KEEPING, TAB, token
from tests.portal.studio.people import LESSON, compose, question_fields, question_url, staff, text_of

pytestmark = pytest.mark.django_db
NEW = f"{LESSON}questions/new/true_false/"


@pytest.fixture
def question(lesson: object) -> Question:
    return Question.objects.order_by("pk")[0]


def keep(client: Client, person: User, place: str, fields: dict[str, str], count: int = 1) -> int:
    machinery = {"tab-id": f"{TAB}.{count}", "typist-id": token(person), "place-id": place}
    return client.post(KEEPING, fields | machinery).status_code


def test_what_is_typed_stands_in_the_fields_again(writing: Client, instructor: User, question: Question) -> None:
    fields = question_fields(writing.get(question_url(question)))
    assert keep(writing, instructor, f"question-{question.pk}", fields | {"stem_ar": "ماذا تَفعلون؟ "}) == 200
    page = writing.get(question_url(question))
    assert page.context["form"]["stem_ar"].value() == "ماذا تَفعلون؟ "
    assert "You had not saved this draft yet" in text_of(page)


def test_a_question_that_is_not_there_yet_is_kept_too(writing: Client, instructor: User, lesson: object) -> None:
    fields = question_fields(writing.get(NEW))
    keep(writing, instructor, "new-true_false", fields | {"stem_en": "Half a ques"})
    assert writing.get(NEW).context["form"]["stem_en"].value() == "Half a ques"


def test_rows_that_were_asked_for_are_there_again(writing: Client, instructor: User, question: Question) -> None:
    fields = question_fields(writing.get(question_url(question)))
    more = {"options-TOTAL_FORMS": "5", "option-4-text-en": "A fifth one"}
    keep(writing, instructor, f"question-{question.pk}", fields | more)
    assert writing.get(question_url(question)).context["form"]["option-4-text-en"].value() == "A fifth one"


def test_one_row_more_loses_nothing_without_a_script(writing: Client, question: Question) -> None:
    fields = question_fields(writing.get(question_url(question))) | {"stem_en": "Half a ques", "deed": "more"}
    writing.post(question_url(question), fields)
    assert writing.get(question_url(question)).context["form"]["stem_en"].value() == "Half a ques"


def test_saving_makes_it_the_draft_and_no_copy_is_left(writing: Client, instructor: User, question: Question) -> None:
    fields = question_fields(writing.get(question_url(question))) | {"stem_en": "A whole question?"}
    keep(writing, instructor, f"question-{question.pk}", fields)
    page = writing.get(question_url(question))
    sent = question_fields(page) | {"copy-id": page.context["keeping"].mark}
    assert writing.post(question_url(question), sent).status_code == 302
    assert not WorkingCopy.objects.get().is_unsaved


def test_typed_back_to_what_was_there_it_is_empty(writing: Client, instructor: User, question: Question) -> None:
    fields = question_fields(writing.get(question_url(question)))
    keep(writing, instructor, f"question-{question.pk}", fields | {"stem_en": "Half"})
    keep(writing, instructor, f"question-{question.pk}", fields | {"clean-id": "1"}, count=2)
    assert not WorkingCopy.objects.get().is_unsaved


def test_a_newer_draft_is_told_of(writing: Client, instructor: User, question: Question) -> None:
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    fields = question_fields(writing.get(question_url(question)))
    compose(other, question, stem_en="Theirs")
    machinery = {"tab-id": f"{TAB}.1", "typist-id": token(instructor), "place-id": f"question-{question.pk}"}
    answer = writing.post(KEEPING, fields | machinery | {"look": "1"}).json()
    assert "<bdi>Omar</bdi> saved a newer draft" in " ".join(answer["newer"].split())


def test_a_question_of_another_lesson_is_not_there(writing: Client, instructor: User, lesson: object) -> None:
    elsewhere = published_question(LessonFactory(slug="burns", key="burns")).question
    assert elsewhere.lesson != lesson
    assert keep(writing, instructor, f"question-{elsewhere.pk}", {"stem_en": "x"}) == 404

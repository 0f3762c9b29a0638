"""What is done to questions of the bank, by forms that are sent."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import Lesson
from portal.accounts.models import AuditEntry
from quizzes import draws
from quizzes.models import Question, QuestionText, QuestionVersion, Quiz
from tests.portal.studio.people import text_of

pytestmark = pytest.mark.django_db
BANK = "/en/studio/bank/"


def send(client: Client, deed: str, *questions: Question, **fields: Any) -> Any:
    return client.post(f"{BANK}{deed}/", {"question": [question.pk for question in questions]} | fields)


def of_lesson(slug: str) -> list[Question]:
    return list(Question.objects.filter(lesson__slug=slug).order_by("position"))


def retired() -> int:
    return Question.objects.exclude(archived_at=None).count()


@pytest.mark.parametrize("deed", ["retire", "restore", "move"])
def test_a_reviewer_does_nothing_to_questions(reviewing: Client, question: Question, deed: str) -> None:
    assert send(reviewing, deed, question, sure="1").status_code == 403
    assert reviewing.post(f"{BANK}starter/{question.key}/duplicate/", {"lesson": "burns"}).status_code == 403
    assert retired() == 0


def test_a_link_does_nothing(writing: Client, question: Question) -> None:
    assert writing.get(f"{BANK}retire/").status_code == 405


def test_retiring_asks_first(writing: Client, question: Question) -> None:
    page = send(writing, "retire", question)
    assert page.status_code == 200
    assert "Retire this question?" in text_of(page)
    assert retired() == 0


def test_several_are_retired_at_once(writing: Client, question: Question) -> None:
    first, second, _third = of_lesson("bleeding")
    assert send(writing, "retire", first, second, sure="1").status_code == 302
    assert retired() == 2
    entries = AuditEntry.objects.filter(deed="question.retired").order_by("subject")
    assert [entry.subject for entry in entries] == sorted([first.key, second.key])


def test_a_refusal_says_why_and_changes_nothing(writing: Client, question: Question) -> None:
    page = send(writing, "retire", *of_lesson("bleeding"), sure="1")
    assert page.status_code == 409
    assert "The check of the lesson would have no question left." in text_of(page)
    assert retired() == 0
    assert not AuditEntry.objects.filter(deed="question.retired").exists()


def test_what_would_be_refused_is_said_before_it_is_meant(writing: Client, question: Question) -> None:
    html = text_of(send(writing, "retire", *of_lesson("bleeding")))
    assert "would have no question left" in html
    assert 'name="sure"' not in html


def test_a_quiz_that_would_draw_fewer_is_named_before(writing: Client, question: Question) -> None:
    Quiz.objects.filter(lesson=question.lesson).update(draw=3)
    page = send(writing, "retire", question)
    assert "The check of bleeding draws 3 questions, and would have only 2 left." in text_of(page)
    assert send(writing, "retire", question, sure="1").status_code == 302


def test_it_is_brought_back(writing: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(archived_at=timezone.now())
    send(writing, "restore", question)
    assert retired() == 0
    assert AuditEntry.objects.get(deed="question.restored").subject == question.key


def test_nothing_ticked_is_said(writing: Client, question: Question) -> None:
    page: Any = writing.post(f"{BANK}retire/", {"question": ["x", "9" * 40]}, follow=True)
    assert "Choose one question at least" in text_of(page)


def test_one_comes_back_to_the_page_one_came_from(writing: Client, question: Question) -> None:
    back = f"{BANK}?kind=true_false"
    assert send(writing, "retire", question, sure="1", back=back).headers["Location"] == back
    away = send(writing, "restore", question, back="https://elsewhere.example/").headers["Location"]
    assert away == BANK


def test_moving_asks_where_to(writing: Client, question: Question) -> None:
    page = send(writing, "move", question)
    assert page.status_code == 200
    assert "Burns" in text_of(page)
    faulty = send(writing, "move", question, lesson="")
    assert faulty.status_code == 422
    assert 'role="alert"' in faulty.content.decode()


def test_moving_says_first_what_a_quiz_would_lack(writing: Client, question: Question) -> None:
    Quiz.objects.filter(lesson=question.lesson).update(draw=3)
    page = send(writing, "move", question, lesson="burns", take_out="1")
    assert page.status_code == 200
    assert "The check of bleeding draws 3 questions, and would have only 2 left." in text_of(page)
    assert 'name="told" value="burns"' in page.content.decode()
    assert send(writing, "move", question, lesson="burns", take_out="1", told="burns").status_code == 302


def test_moving_asks_whether_a_check_is_to_lose_it(writing: Client, question: Question) -> None:
    page = send(writing, "move", question, lesson="burns")
    assert page.status_code == 200
    assert f"{question.key} in the check of bleeding" in text_of(page)
    unticked = send(writing, "move", question, lesson="burns", asked="1")
    assert unticked.status_code == 422
    assert "Tick this, or leave the questions where they are" in text_of(unticked)
    assert question in of_lesson("bleeding")


def test_once_that_is_agreed_it_moves(writing: Client, question: Question) -> None:
    assert send(writing, "move", question, lesson="burns", asked="1", take_out="1").status_code == 302
    assert question in of_lesson("burns")
    entry = AuditEntry.objects.get(deed="question.moved")
    assert (entry.detail["from_lesson"], entry.detail["to_lesson"]) == ("bleeding", "burns")


def test_a_move_that_empties_a_check_is_refused(writing: Client, question: Question) -> None:
    page = send(writing, "move", *of_lesson("bleeding"), lesson="burns", take_out="1")
    assert page.status_code == 409
    assert "would have no question left" in text_of(page)
    assert len(of_lesson("burns")) == 1


def test_an_archived_lesson_takes_no_question(writing: Client, question: Question) -> None:
    Lesson.objects.filter(slug="burns").update(archived_at=timezone.now())
    assert send(writing, "move", question, lesson="burns", take_out="1").status_code == 422


def duplicate(client: Client, question: Question, lesson: str = "burns", newest: int = 0) -> Any:
    return client.post(f"{BANK}starter/{question.key}/duplicate/", {"lesson": lesson, "newest": newest})


def test_a_copy_is_a_draft_in_every_language_with_a_key_of_its_own(writing: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(difficulty="hard")
    response = duplicate(writing, question)
    made = Question.objects.get(made_from=question)
    assert response.headers["Location"] == f"/en/studio/lessons/burns/questions/{made.key}/"
    assert (made.key, made.difficulty) == ("burns-Q1", "hard")
    version, source = made.versions.get(), question.versions.get()
    assert (version.state, version.kind, version.answer_key) == ("draft", source.kind, source.answer_key)
    texts = QuestionText.objects.filter(version=version).order_by("language")
    assert [(text.language, text.state) for text in texts] == [("ar", "draft"), ("en", "draft")]
    assert version.author == texts[0].author
    assert version.author is not None


def test_a_copy_is_asked_only_once_it_is_published(writing: Client, question: Question) -> None:
    duplicate(writing, question)
    assert draws.pool(Quiz.objects.get(lesson__slug="burns")).count() == 1


def test_both_say_where_the_copy_comes_from(writing: Client, question: Question) -> None:
    duplicate(writing, question)
    made = Question.objects.get(made_from=question)
    assert made.key in text_of(writing.get(f"{BANK}starter/{question.key}/"))
    assert question.key in text_of(writing.get(f"{BANK}starter/{made.key}/"))
    assert AuditEntry.objects.get(deed="question.duplicated").detail["made_from"] == question.key


def test_the_same_form_sent_twice_makes_one_copy(writing: Client, question: Question) -> None:
    duplicate(writing, question)
    duplicate(writing, question)
    assert Question.objects.filter(made_from=question).count() == 1
    duplicate(writing, question, newest=Question.objects.get(made_from=question).pk)
    assert Question.objects.filter(made_from=question).count() == 2


def test_a_copy_of_nowhere_is_refused_beside_the_field(writing: Client, question: Question) -> None:
    page = duplicate(writing, question, lesson="nowhere")
    assert page.status_code == 422
    assert QuestionVersion.objects.count() == 4

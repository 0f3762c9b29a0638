"""One question of the bank, and how a citizen sees it."""

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from quizzes.models import Attempt, Learner, Question, QuestionText
from tests.factories import NUMERICAL, draft_question, published_course
from tests.portal.studio.people import text_of

pytestmark = pytest.mark.django_db


def page_url(question: Question, after: str = "", language: str = "en") -> str:
    return f"/{language}/studio/bank/starter/{question.key}/{after}"


def test_it_has_the_words_in_each_language_with_the_key(writing: Client, course: CourseEdition) -> None:
    question = Question.objects.get(lesson__slug="bleeding", versions__kind="single_choice")
    html = text_of(writing.get(page_url(question)))
    for said in ("Blood spurts from a leg", "دم يندفع من ساق", "This is right", "EXPLANATION-AR", "WHY-NOT-WAIT"):
        assert said in html


def test_it_tells_which_quizzes_may_ask_it(writing: Client, question: Question) -> None:
    html = text_of(writing.get(page_url(question)))
    for said in ("Check of “Severe bleeding”", "Final of “First aid”", "Edition 1", "in 2 quizzes"):
        assert said in html


def test_an_edition_to_come_is_told_as_one(writing: Client, question: Question, lesson: Lesson) -> None:
    edition = published_course("next", [lesson], title="Next", final={})
    type(edition).objects.create(course=edition.course, number=2, label="2", minutes=10, source_language="en")
    html = text_of(writing.get(page_url(question)))
    assert "Final of “Next”" in html
    assert "in 3 quizzes" in html


def test_every_version_has_its_days(writing: Client, question: Question) -> None:
    draft_question(question)
    html = text_of(writing.get(page_url(question)))
    for said in ("Version 2", "Version 1", "Begun", "published"):
        assert said in html


def test_the_studio_s_form_is_one_step_away(writing: Client, reviewing: Client, question: Question) -> None:
    form = f"/en/studio/lessons/bleeding/questions/{question.key}/"
    assert f'href="{form}"' in text_of(writing.get(page_url(question)))
    assert f'href="{form}"' not in text_of(reviewing.get(page_url(question)))


def test_another_question_s_key_is_not_found(writing: Client, question: Question) -> None:
    assert writing.get("/en/studio/bank/starter/nothing/").status_code == 404
    assert writing.get(f"/en/studio/bank/elsewhere/{question.key}/").status_code == 404


@pytest.mark.parametrize(("language", "stem"), [("en", "How deep?"), ("ar", "How deep?")])
def test_before_the_answer_nothing_of_the_key_is_shown(
    reviewing: Client, course: CourseEdition, language: str, stem: str
) -> None:
    question = Question.objects.get(versions__kind="numerical")
    page = reviewing.get(page_url(question, "preview/before/", language))
    html = text_of(page)
    assert f'<html lang="{language}"' in html
    assert stem in html
    assert "Five to six" not in html
    assert page.templates[0].name == "quizzes/question.html"


@pytest.mark.parametrize("kind", ["single_choice", "true_false", "numerical"])
@pytest.mark.parametrize("moment", ["right", "wrong"])
def test_after_an_answer_the_citizen_s_feedback_is_shown(
    reviewing: Client, course: CourseEdition, kind: str, moment: str
) -> None:
    question = Question.objects.get(versions__kind=kind, lesson__slug="bleeding")
    page = reviewing.get(page_url(question, f"preview/{moment}/"))
    assert page.templates[0].name == "quizzes/feedback.html"
    assert page.context["verdict"] == moment


def test_an_answer_given_in_the_preview_is_told_about_and_not_kept(reviewing: Client, question: Question) -> None:
    url = page_url(question, "preview/before/")
    assert reviewing.post(url, {"answer": "true"}).context["verdict"] == "right"
    assert reviewing.post(url, {"answer": "false"}).context["verdict"] == "wrong"
    assert reviewing.post(url, {}).status_code == 422
    assert not Attempt.objects.exists()
    assert not Learner.objects.filter(attempts__isnull=False).exists()


def test_the_preview_frames_the_page_in_the_language_asked_for(reviewing: Client, question: Question) -> None:
    html = text_of(reviewing.get(page_url(question, "preview/?language=ar&moment=wrong&width=desk")))
    assert f'src="{page_url(question, "preview/wrong/", "ar")}"' in html
    assert "bank-frame-desk" in html


def test_the_page_may_stand_in_our_frames_only(reviewing: Client, question: Question) -> None:
    page = reviewing.get(page_url(question, "preview/before/"))
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]


def test_what_cannot_be_asked_for_falls_back_to_the_first(reviewing: Client, question: Question) -> None:
    page = reviewing.get(page_url(question, "preview/?language=xx&moment=never&width=9"))
    assert (page.context["language"], page.context["moment"], page.context["width"]) == ("en", "before", "phone")
    assert reviewing.get(page_url(question, "preview/never/")).status_code == 404


def test_a_missing_language_is_said_to_be(writing: Client, question: Question) -> None:
    made = draft_question(Question.objects.create(key="NEW-1", lesson=question.lesson), NUMERICAL)
    QuestionText.objects.filter(version=made, language="ar").delete()
    html = text_of(writing.get(page_url(made.question, "preview/?language=ar")))
    assert "The question has no words in Arabic" in html
    assert "Arabic is missing" in text_of(writing.get(page_url(made.question)))

"""All questions of a lesson translated on one page, words only."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lessons.models import Lesson, State
from portal.accounts.models import User
from portal.studio.compositions import Composed, mark_of, save
from portal.studio.models import QuestionBasis
from portal.studio.question_standing import standing_of
from portal.studio.translating.leaves import built, leaves, shaped
from quizzes.models import Question, QuestionText, QuestionVersion
from tests.factories import (
    GAPS,
    HOTSPOT,
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    ORDERING,
    SHORT,
    SINGLE,
    TRUE_FALSE,
    published_question,
)
from tests.portal.studio.people import text_of

pytestmark = pytest.mark.django_db
URL = "/en/studio/lessons/bleeding/translate/{}/questions/"


@pytest.fixture
def french(settings: Any) -> str:
    """A third language of the portal, in which nothing is written."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    return "fr"


def fields_of(page: Any) -> dict[str, Any]:
    forms = [question.form for question in page.context["questions"]]
    return {field.html_name: field.value() or "" for form in forms for field in form if not field.name.endswith("same")}


def first_question(lesson: Lesson) -> Question:
    return lesson.questions.order_by("position")[0]


def name_of(page: Any, label: str, number: int = 0) -> str:
    """The name of the field of a text of that label in the question of that number."""
    return next(row.words.html_name for row in page.context["questions"][number].rows if row.label == label)


def translate(client: Client, language: str, **labelled: str) -> Any:
    """Open the page, change texts of the first question by label, save."""
    page = client.get(URL.format(language))
    changed = {name_of(page, label.replace("_", " ")): said for label, said in labelled.items()}
    return client.post(URL.format(language), fields_of(page) | changed)


def reword_source(question: Question, by: User, stem: str) -> None:
    standing = standing_of(question)
    composed = Composed.of(standing)
    assert composed
    words = {**composed.words, "en": {**composed.words["en"], "stem": stem}}
    save(question, by, Composed(composed.structure, composed.answer_key, composed.critical, words), mark_of(standing))


def words_in(question: Question, language: str) -> dict[str, Any]:
    text = QuestionText.objects.filter(version__question=question, language=language).latest("pk")
    return dict(text.words)


SPECS = [SINGLE, TRUE_FALSE, MULTIPLE, NUMERICAL, ORDERING, MATCHING, SHORT, GAPS, HOTSPOT]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["kind"])
def test_words_taken_apart_and_put_together_are_the_same(spec: dict[str, Any]) -> None:
    for words in spec["words"].values():
        assert shaped(leaves(words), words) == {name: said for name, said in words.items() if said is not None}
        assert built(leaves(words))["stem"] == words["stem"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["kind"])
def test_a_question_of_every_kind_is_translated_without_a_new_version(
    writing: Client, lesson: Lesson, french: str, spec: dict[str, Any]
) -> None:
    question = published_question(lesson, spec, position=9).question
    page = writing.get(URL.format(french))
    (shown,) = [each for each in page.context["questions"] if each.form.sheet.standing.question == question]
    # What a short answer may be is spelt in its key, in every language.
    named = "Option" if spec is SHORT else "none"
    typed = {
        row.words.html_name: row.source if row.label.startswith(named) else f"FR {row.source}" for row in shown.rows
    }
    response = writing.post(URL.format(french), fields_of(page) | typed)
    assert response.status_code == 302, [form.errors for form in response.context["to_mend"]]
    assert words_in(question, french)["stem"] == f"FR {spec['words']['en']['stem']}"
    assert QuestionVersion.objects.filter(question=question).count() == 1
    assert QuestionText.objects.get(version__question=question, language=french).state == State.DRAFT


def test_every_text_stands_beside_its_translation(writing: Client, lesson: Lesson) -> None:
    page = writing.get(URL.format("ar"))
    row = page.context["questions"][0].rows[0]
    assert (row.label, row.source, row.words.value()) == (
        "Question",
        SINGLE["words"]["en"]["stem"],
        SINGLE["words"]["ar"]["stem"],
    )
    assert len(page.context["questions"]) == 3


def test_a_reworded_source_marks_that_text_alone(writing: Client, instructor: User, lesson: Lesson) -> None:
    reword_source(first_question(lesson), instructor, "Another stem?")
    rows = writing.get(URL.format("ar")).context["questions"][0].rows
    assert [row.label for row in rows if row.fate == "changed"] == ["Question"]


def test_a_translation_can_be_said_to_be_still_right_without_a_draft(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    question = first_question(lesson)
    reword_source(question, instructor, "Another stem?")
    page = writing.get(URL.format("ar"))
    same = page.context["questions"][0].rows[0].same.html_name
    writing.post(URL.format("ar"), fields_of(page) | {same: "on"})
    assert page.context["waiting"] == 1
    assert writing.get(URL.format("ar")).context["waiting"] == 0
    assert not QuestionText.objects.filter(version__question=question, language="ar", state="draft").exists()
    assert QuestionBasis.objects.get(question=question).language == "ar"


def test_a_text_that_was_reworded_no_longer_waits(writing: Client, instructor: User, lesson: Lesson) -> None:
    reword_source(first_question(lesson), instructor, "Another stem?")
    translate(writing, "ar", Question="سؤال آخر؟")
    assert writing.get(URL.format("ar")).context["waiting"] == 0
    assert words_in(first_question(lesson), "ar")["stem"] == "سؤال آخر؟"


def test_what_was_not_looked_at_goes_on_waiting(writing: Client, instructor: User, lesson: Lesson) -> None:
    reword_source(first_question(lesson), instructor, "Another stem?")
    translate(writing, "ar", Why_the_right_answer_is_right="لأنه كذلك.")
    assert writing.get(URL.format("ar")).context["waiting"] == 1


def test_a_half_translated_question_is_refused_beside_its_fields_while_whole_ones_are_saved(
    writing: Client, lesson: Lesson, french: str
) -> None:
    page = writing.get(URL.format(french))
    whole = {row.words.html_name: f"FR {row.source}" for row in page.context["questions"][0].rows}
    half = {name_of(page, "Question", 1): "Une affirmation"}
    response = writing.post(URL.format(french), fields_of(page) | whole | half)
    assert response.status_code == 422
    html = text_of(response)
    assert "Une affirmation" in html
    assert "1 question is saved as a draft." in html
    assert list(QuestionText.objects.filter(language=french).values_list("version__question", flat=True)) == [
        first_question(lesson).pk
    ]


def test_questions_that_nobody_touched_are_not_saved(writing: Client, lesson: Lesson) -> None:
    response = writing.post(URL.format("ar"), fields_of(writing.get(URL.format("ar"))))
    assert response.status_code == 302
    assert not QuestionText.objects.filter(state=State.DRAFT).exists()


def test_two_who_translate_at_once_lose_nothing(writing: Client, lesson: Lesson) -> None:
    page = writing.get(URL.format("ar"))
    translate(writing, "ar", Question="الأول؟")
    response = writing.post(URL.format("ar"), fields_of(page) | {name_of(page, "Question"): "الثاني؟"})
    assert response.status_code == 409
    assert "الثاني؟" in text_of(response)
    assert words_in(first_question(lesson), "ar")["stem"] == "الأول؟"
    again = writing.post(URL.format("ar"), fields_of(response) | {name_of(response, "Question"): "الثاني؟"})
    assert again.status_code == 302
    assert words_in(first_question(lesson), "ar")["stem"] == "الثاني؟"


def test_a_question_in_review_is_not_changed(writing: Client, lesson: Lesson) -> None:
    translate(writing, "ar", Question="الأول؟")
    QuestionText.objects.filter(state="draft").update(state="in_review")
    page = writing.get(URL.format("ar"))
    assert "readonly" in text_of(page)
    writing.post(URL.format("ar"), fields_of(page) | {name_of(page, "Question"): "الثاني؟"})
    assert words_in(first_question(lesson), "ar")["stem"] == "الأول؟"


def test_the_page_costs_as_many_queries_for_many_questions_as_for_few(
    writing: Client, lesson: Lesson, django_assert_num_queries: Any
) -> None:
    writing.get(URL.format("ar"))
    with django_assert_num_queries(13) as few:
        writing.get(URL.format("ar"))
    for position in range(5, 12):
        published_question(lesson, SINGLE, position=position)
    with django_assert_num_queries(len(few)):
        writing.get(URL.format("ar"))


def test_the_lesson_leads_to_its_questions(writing: Client, lesson: Lesson) -> None:
    html = text_of(writing.get("/en/studio/lessons/bleeding/translate/ar/"))
    assert f'href="{reverse("studio:translate_questions", args=["bleeding", "ar"])}"' in html

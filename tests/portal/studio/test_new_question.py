"""An instructor writes a new question."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, State
from portal.accounts.models import User
from quizzes.models import Question, QuestionText, QuestionVersion, Quiz
from quizzes.publishing import publish_text, publish_version
from tests.factories import LessonFactory, published_course, published_lesson
from tests.portal.studio.people import LESSON, question_fields, question_url, text_of

pytestmark = pytest.mark.django_db

NEW = f"{LESSON}questions/new/"
BOTH = ("ar", "en")


def both(**words: str) -> dict[str, str]:
    """The same words in both languages."""
    return {
        (
            f"{name.replace('_', '-')}-{language}"
            if name.startswith(("option", "pair", "spare", "gap"))
            else f"{name}_{language}"
        ): said
        for name, said in words.items()
        for language in BOTH
    }


FILLED: dict[str, dict[str, Any]] = {
    "single_choice": both(
        stem="What first?",
        explanation="Pressure stops blood.",
        option_0_text="Press",
        option_1_text="Wait",
        option_1_why="Minutes count.",
        option_2_text="Wash",
        option_2_why="Later.",
    )
    | {"right": "0", "options-TOTAL_FORMS": "4"},
    "multiple_choice": both(
        stem="With what?",
        explanation="Anything clean.",
        option_0_text="Cloth",
        option_0_why="It works.",
        option_1_text="Hand",
        option_1_why="It works.",
        option_2_text="Earth",
        option_2_why="Never.",
    )
    | {"option-0-right": "on", "option-1-right": "on", "options-TOTAL_FORMS": "4"},
    "true_false": both(stem="Pressure helps.", explanation="It does.", feedback="It does help.") | {"right": "true"},
    "numerical": both(stem="How deep?", unit="cm", explanation="Five to six.", low="Too shallow.", high="Too deep.")
    | {"right_min": "5", "right_max": "6", "near_min": "4"},
    "ordering": both(
        stem="In what order?",
        explanation="Danger first.",
        option_0_text="Press",
        option_1_text="Look",
        option_1_why="Look first.",
        option_2_text="Check",
        option_3_text="Call",
    )
    | {f"option-{row}-right": place for row, place in enumerate(("3", "1", "2", "2"))},
    "matching": both(
        stem="Which way?",
        explanation="The danger decides.",
        pair_0_prompt="Fire",
        pair_0_option="Out",
        pair_1_prompt="Flood",
        pair_1_option="Up",
        pair_1_why="Water runs down.",
        spare_0_option="Down",
    ),
    "short_answer": both(
        stem="What stops it?",
        explanation="A broad band.",
        option_0_text="Tourniquet",
        option_1_text="Cord",
        option_1_why="It cuts.",
    )
    | {"option-0-right": "on", "option-0-spellings": "عاصبة\r\n", "spelling": "exact"},
    "gap_fill": both(
        stem="Fill the gaps.",
        explanation="The heart lies there.",
        text="Press the {1}, {2} deep.",
        gap_0_0_text="chest",
        gap_0_1_text="belly",
        gap_0_1_why="No heart there.",
        gap_1_0_text="2 cm",
        gap_1_2_text="5 cm",
    )
    | {"gap-0-0-right": "on", "gap-1-2-right": "on"},
}


def create(client: Client, kind: str, **changed: Any) -> Any:
    page = client.get(f"{NEW}{kind}/")
    return client.post(f"{NEW}{kind}/", question_fields(page) | FILLED[kind] | changed)


@pytest.mark.parametrize(
    ("kind", "structure", "key"),
    [
        ("single_choice", {"options": ["o1", "o2", "o3"]}, {"right": "o1"}),
        ("multiple_choice", {"options": ["o1", "o2", "o3"]}, {"right": ["o1", "o2"]}),
        ("true_false", {}, {"right": True}),
        ("numerical", {}, {"right": {"min": 5, "max": 6}, "near": {"min": 4}}),
        ("ordering", {"options": ["o1", "o2", "o3", "o4"]}, {"right": ["o2", ["o3", "o4"], "o1"]}),
        (
            "matching",
            {"prompts": ["p1", "p2"], "options": ["o1", "o2", "o3"]},
            {"right": {"p1": "o1", "p2": "o2"}},
        ),
        (
            "short_answer",
            {"options": ["o1", "o2"], "spelling": "exact"},
            {"right": {"o1": ["عاصبة", "Tourniquet"]}, "wrong": {"o2": ["Cord"]}},
        ),
        (
            "gap_fill",
            {"gaps": {"g1": ["o1", "o2"], "g2": ["o1", "o2"]}},
            {"right": {"g1": "o1", "g2": "o2"}},
        ),
    ],
)
def test_a_question_of_each_kind_is_a_draft_in_both_languages(
    writing: Client,
    instructor: User,
    lesson: Lesson,
    course: CourseEdition,
    kind: str,
    structure: dict[str, Any],
    key: dict[str, Any],
) -> None:
    response = create(writing, kind)
    version = QuestionVersion.objects.get(state=State.DRAFT)
    assert response.headers["Location"] == question_url(version.question)
    assert (version.kind, version.structure, version.answer_key, version.author) == (kind, structure, key, instructor)
    assert sorted(version.texts.values_list("language", "state")) == [("ar", "draft"), ("en", "draft")]


def test_its_key_is_the_next_of_the_lesson(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    Question.objects.create(key="bleeding-Q7", lesson=lesson, position=7)
    create(writing, "true_false")
    question = Question.objects.get(key="bleeding-Q8")
    assert (question.lesson, question.position) == (lesson, 8)


def test_it_may_be_written_in_one_language_first(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    create(writing, "true_false", stem_ar="", explanation_ar="", feedback_ar="")
    assert list(QuestionText.objects.filter(state=State.DRAFT).values_list("language", flat=True)) == ["en"]


def test_the_same_form_sent_twice_makes_one_question(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    fields = question_fields(writing.get(f"{NEW}true_false/")) | FILLED["true_false"]
    places = {writing.post(f"{NEW}true_false/", fields).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert QuestionVersion.objects.filter(state=State.DRAFT).count() == 1


def test_two_who_begin_at_once_make_two_questions(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    fields = question_fields(writing.get(f"{NEW}true_false/")) | FILLED["true_false"]
    writing.post(f"{NEW}true_false/", fields)
    writing.post(f"{NEW}true_false/", fields | {"stem_en": "Another one"})
    assert QuestionVersion.objects.filter(state=State.DRAFT).values("question").distinct().count() == 2


def test_an_unfinished_one_is_refused_with_everything_typed(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = create(writing, "single_choice", right="3", stem_en="Typed")
    assert response.status_code == 422
    assert "This row is empty" in text_of(response)
    assert "Typed" in text_of(response)
    assert not QuestionVersion.objects.filter(state=State.DRAFT).exists()


@pytest.mark.parametrize("kind", FILLED)
def test_an_empty_form_is_refused(writing: Client, lesson: Lesson, course: CourseEdition, kind: str) -> None:
    response = writing.post(f"{NEW}{kind}/", {})
    assert response.status_code == 422
    assert "Write the question in one language at least." in text_of(response)


def test_a_list_of_faults_names_the_row(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = writing.post(f"{NEW}single_choice/", FILLED["single_choice"] | {"option-2-text-en": ""})
    said = " ".join(response.content.decode().split())
    assert "Option 3 · Option · English</a>: Write this" in said


def test_it_is_asked_in_the_check_once_it_is_published(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    page = "/en/courses/first-aid/bleeding/"
    create(writing, "true_false")
    assert "3 questions" in " ".join(text_of(Client().get(page)).split())
    version = QuestionVersion.objects.get(state=State.DRAFT)
    for text in version.texts.all():
        publish_text(text, timezone.now())
    publish_version(version, timezone.now())
    assert version.question.entries.get().quiz == Quiz.objects.get(lesson=lesson)


def test_the_first_question_of_a_lesson_makes_its_check_once_it_is_published(writing: Client) -> None:
    lesson = published_lesson("burns")
    published_course("burns-course", lessons=[lesson])
    url = "/en/studio/lessons/burns/questions/new/true_false/"
    writing.post(url, question_fields(writing.get(url)) | FILLED["true_false"])
    assert not Quiz.objects.exists()
    version = QuestionVersion.objects.get()
    for text in version.texts.all():
        publish_text(text, timezone.now())
    publish_version(version, timezone.now())
    assert Quiz.objects.get().entries.get().question == version.question


def test_one_that_was_never_public_can_be_thrown_away_whole(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    create(writing, "true_false")
    question = QuestionVersion.objects.get(state=State.DRAFT).question
    writing.post(f"{question_url(question)}discard/")
    assert not Question.objects.filter(pk=question.pk).exists()
    assert text_of(writing.get(LESSON)).count("question") > 0


def test_a_lesson_of_its_own_key_counts_its_own_questions(writing: Client) -> None:
    LessonFactory(slug="burns", key="LS-9")
    page = writing.get("/en/studio/lessons/burns/questions/new/true_false/")
    assert page.context["form"]["mark-id"].value() == "LS-9-Q1"

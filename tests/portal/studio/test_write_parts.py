"""An instructor writes questions with several parts: steps to put in order, pairs to match."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, State
from quizzes.models import Question, QuestionVersion
from tests.factories import MATCHING, ORDERING, published_question
from tests.portal.studio.people import compose, question_draft, question_fields, question_url, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(lesson: Lesson, course: CourseEdition) -> Question:
    return published_question(lesson, ORDERING).question


@pytest.fixture
def pairs(lesson: Lesson, course: CourseEdition) -> Question:
    return published_question(lesson, MATCHING).question


def test_other_places_are_another_key_of_the_same_steps(writing: Client, steps: Question) -> None:
    compose(writing, steps, option_2_right="2", option_3_right="3", option_0_right="4")
    draft = question_draft(steps)
    assert draft.structure == ORDERING["structure"]
    assert draft.answer_key == {"right": ["look", "check", "call", "press"]}


def test_places_may_be_left_out_between(writing: Client, steps: Question) -> None:
    compose(writing, steps, option_1_right="1", option_2_right="3", option_3_right="5", option_0_right="7")
    assert question_draft(steps).answer_key == {"right": ["look", "check", "call", "press"]}


def test_a_step_that_is_added_has_a_new_id(writing: Client, steps: Question) -> None:
    fields = question_fields(writing.get(question_url(steps))) | {"deed": "more"}
    grown = writing.post(question_url(steps), fields)
    more = question_fields(grown) | {"option-4-right": "5"}
    more |= {f"option-4-text-{language}": "Wait" for language in ("ar", "en")}
    writing.post(question_url(steps), more)
    draft = question_draft(steps)
    assert draft.structure["options"] == ["press", "look", "check", "call", "o1"]
    assert draft.answer_key["right"][-1] == "o1"


def test_a_step_that_is_emptied_is_taken_away(writing: Client, steps: Question) -> None:
    gone = {f"option_2_{name}_{language}": "" for name in ("text", "why") for language in ("ar", "en")}
    compose(writing, steps, option_2_right="", **gone)
    assert question_draft(steps).answer_key == {"right": ["look", "call", "press"]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"option_0_right": ""}, "Write which place this step has in the right order."),
        ({"option_0_right": "0"}, "greater than or equal to 1"),
        ({"option_0_right": "first"}, "Enter a whole number."),
        ({"option_0_text_ar": ""}, "Write this, or empty all fields in this language."),
        (
            {f"option_{row}_right": "2" for row in range(4)},
            "Every step has the same place, so any order would be right.",
        ),
        (
            {"option_1_text_ar": "", "option_1_text_en": "", "option_1_why_en": ""},
            "This row is empty. Write the step, or take its place away.",
        ),
    ],
)
def test_what_is_wrong_with_steps_is_said_and_nothing_lost(
    writing: Client, steps: Question, changed: dict[str, Any], said: str
) -> None:
    response = compose(writing, steps, stem_en="Typed just now", **changed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Typed just now" in text_of(response)
    assert not QuestionVersion.objects.filter(question=steps, state=State.DRAFT).exists()


def test_another_pair_keeps_the_ids_of_the_others(writing: Client, pairs: Question) -> None:
    fields = question_fields(writing.get(question_url(pairs))) | {"deed": "more"}
    more = question_fields(writing.post(question_url(pairs), fields))
    more |= {f"pair-3-prompt-{language}": "A quake" for language in ("ar", "en")}
    more |= {f"pair-3-option-{language}": "Under a table" for language in ("ar", "en")}
    writing.post(question_url(pairs), more)
    draft = question_draft(pairs)
    assert draft.structure == {
        "prompts": ["fire", "flood", "cloud", "p1"],
        "options": ["out", "up", "in", "o1", "down"],
    }
    assert draft.answer_key["right"] == MATCHING["answer_key"]["right"] | {"p1": "o1"}


def test_what_is_left_over_may_be_taken_away(writing: Client, pairs: Question) -> None:
    compose(writing, pairs, spare_0_option_ar="", spare_0_option_en="")
    assert question_draft(pairs).structure["options"] == ["out", "up", "in"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"pair_1_option_ar": ""}, "Write this, or empty all fields in this language."),
        ({"spare_0_option_ar": ""}, "Write this, or empty all fields in this language."),
        (
            {
                f"pair_{row}_{side}_{language}": ""
                for row in (1, 2)
                for side in ("prompt", "option", "why")
                for language in ("ar", "en")
            },
            "Write at least two pairs.",
        ),
    ],
)
def test_what_is_wrong_with_pairs_is_said_and_nothing_lost(
    writing: Client, pairs: Question, changed: dict[str, Any], said: str
) -> None:
    response = compose(writing, pairs, stem_en="Typed just now", **changed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Typed just now" in text_of(response)
    assert not QuestionVersion.objects.filter(question=pairs, state=State.DRAFT).exists()

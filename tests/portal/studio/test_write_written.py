"""An instructor writes questions whose answer is typed, or chosen in the gaps of a text."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, State
from quizzes.models import Question, QuestionText, QuestionVersion
from tests.factories import GAPS, SHORT, published_question
from tests.portal.studio.people import compose, question_draft, question_fields, question_url, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def short(lesson: Lesson, course: CourseEdition) -> Question:
    return published_question(lesson, SHORT).question


@pytest.fixture
def gaps(lesson: Lesson, course: CourseEdition) -> Question:
    return published_question(lesson, GAPS).question


def words_of(question: Question, language: str) -> dict[str, Any]:
    return QuestionText.objects.get(version=question_draft(question), language=language).words


def test_one_spelling_more_is_another_version(writing: Client, short: Question) -> None:
    compose(writing, short, option_1_spellings="cord\r\nstring\r\n\r\nحبل\r\n rope \r\nrope")
    assert question_draft(short).answer_key["wrong"] == {"cord": ["cord", "string", "حبل", "rope"]}
    assert question_draft(short).structure == SHORT["structure"]


def test_how_an_answer_is_called_is_always_accepted(writing: Client, short: Question) -> None:
    compose(writing, short, option_0_text_en="A windlass")
    assert question_draft(short).answer_key["right"] == {
        "strap": [*SHORT["answer_key"]["right"]["strap"], "A windlass"]
    }


def test_an_answer_that_is_added_has_a_new_id(writing: Client, short: Question) -> None:
    fields = question_fields(writing.get(question_url(short))) | {"deed": "more"}
    more = question_fields(writing.post(question_url(short), fields)) | {"option-2-right": "on"}
    more |= {f"option-2-text-{language}": "Both hands" for language in ("ar", "en")}
    writing.post(question_url(short), more)
    draft = question_draft(short)
    assert draft.structure["options"] == ["strap", "cord", "o1"]
    assert draft.answer_key["right"]["o1"] == ["Both hands"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"option_0_right": ""}, "Mark at least one answer that is right."),
        ({"option_1_text_ar": ""}, "Write this, or empty all fields in this language."),
        ({"option_1_why_en": ""}, "Write this, or empty all fields in this language."),
        ({"option_1_right": "on"}, "This answer is marked as right, so nothing can be said here"),
        ({"option_1_spellings": "cord\r\nThe CAT"}, "“The CAT” is taken for another answer already."),
        ({"option_1_spellings": "?!"}, "“?!” cannot be a spelling"),
        ({"option_1_spellings": "x" * 101}, "cannot be a spelling"),
        ({"option_1_spellings": "\r\n".join(f"x{at}" for at in range(41))}, "At most 40 spellings."),
        ({"spelling": "free"}, "Select a valid choice."),
        (
            {f"option_1_{name}_{language}": "" for name in ("text", "why") for language in ("ar", "en")},
            "Write what this is called, too.",
        ),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_and_nothing_lost(
    writing: Client, short: Question, changed: dict[str, Any], said: str
) -> None:
    response = compose(writing, short, stem_en="Typed just now", **changed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Typed just now" in text_of(response)
    assert "does not fit together" not in text_of(response)
    assert not QuestionVersion.objects.filter(question=short, state=State.DRAFT).exists()


def test_the_text_is_written_with_the_numbers_of_the_gaps(writing: Client, gaps: Question) -> None:
    fields = question_fields(writing.get(question_url(gaps)))
    assert fields["text_ar"] == "اضغطوا {1} سم في منتصف {2}."
    assert fields["text_en"] == "Press in the middle of the {2}, {1} cm deep."
    assert fields["gap-0-id"] == "deep"


def test_a_gap_that_is_added_has_a_new_id(writing: Client, gaps: Question) -> None:
    fields = question_fields(writing.get(question_url(gaps))) | {"deed": "more"}
    more = question_fields(writing.post(question_url(gaps), fields))
    more |= {f"text_{language}": "{1} {2} { ٣ }" for language in ("ar", "en")} | {"gap-2-1-right": "on"}
    more |= {f"gap-2-{slot}-text-{language}": f"Word {slot}" for slot in (0, 1) for language in ("ar", "en")}
    writing.post(question_url(gaps), more)
    draft = question_draft(gaps)
    assert draft.structure["gaps"] == GAPS["structure"]["gaps"] | {"g1": ["o1", "o2"]}
    assert draft.answer_key["right"] == {"where": "chest", "deep": "five", "g1": "o2"}
    assert words_of(gaps, "en")["text"] == "{deep} {where} {g1}"


def test_a_choice_that_is_emptied_is_taken_away(writing: Client, gaps: Question) -> None:
    gone = {f"gap_1_2_{name}_{language}": "" for name in ("text", "why") for language in ("ar", "en")}
    compose(writing, gaps, **gone)
    assert question_draft(gaps).structure["gaps"]["where"] == ["chest", "belly"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gap_0_0_right": ""}, "Tick the choice that is right in this gap."),
        ({"gap_0_1_right": "on", "gap_0_1_why_en": ""}, "At least one choice of this gap must be wrong."),
        ({"gap_0_1_right": "on"}, "This choice is ticked as right, so nothing can be said here"),
        ({"gap_0_3_right": "on"}, "This choice is empty. Write it, or take the tick away."),
        ({"gap_0_1_text_ar": ""}, "Write this, or empty all fields in this language."),
        ({"text_ar": ""}, "Write this, or empty all fields in this language."),
        ({"text_en": "Press the {1} only."}, "Write {2} once, where gap 2 is."),
        ({"text_en": "{1} {2} {2}"}, "Write {2} once, where gap 2 is."),
        ({"text_en": "{1} {2} {3}"}, "There are no choices for {3}."),
    ],
)
def test_what_is_wrong_with_a_gap_is_said_and_nothing_lost(
    writing: Client, gaps: Question, changed: dict[str, Any], said: str
) -> None:
    response = compose(writing, gaps, stem_en="Typed just now", **changed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Typed just now" in text_of(response)
    assert "does not fit together" not in text_of(response)
    assert not QuestionVersion.objects.filter(question=gaps, state=State.DRAFT).exists()

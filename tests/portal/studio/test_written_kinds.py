"""What an instructor wrote with several parts, or with an answer that is written: tried, and reviewed."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from tests.factories import GAPS, MATCHING, ORDERING, SHORT, published_question
from tests.portal.studio.people import compose, question_url, send_to_review, text_of
from tests.quizzes.sitting import RIGHT, WRONG, fields_of

pytestmark = pytest.mark.django_db

KINDS = ["ordering", "matching", "short_answer", "gap_fill"]


@pytest.mark.parametrize("spec", [ORDERING, MATCHING, SHORT, GAPS], ids=KINDS)
def test_a_question_is_tried_as_a_citizen(
    writing: Client, lesson: Lesson, course: CourseEdition, spec: dict[str, Any]
) -> None:
    url = f"{question_url(published_question(lesson, spec).question)}try/"
    assert "EXPLANATION" not in text_of(writing.get(url))
    for answers, verdict in ((RIGHT, "verdict-right"), (WRONG, "verdict-wrong")):
        fields = fields_of(answers[spec["kind"]], ordered=spec is ORDERING)
        assert verdict in text_of(writing.post(url, fields))
    assert writing.post(url, {}).status_code == 422


@pytest.mark.parametrize(
    ("spec", "changed", "new"),
    [
        (ORDERING, {"option_0_right": "1", "option_1_right": "3"}, "1 · Press"),
        (MATCHING, {"pair_0_option_en": "Out of the house"}, "Fire at home · Out of the house"),
        (SHORT, {"option_1_spellings": "cord\r\nrope"}, "Taken for “A cord”: cord · rope"),
        (GAPS, {"gap_0_0_text_en": "5.5"}, "Right: Press in the middle of the chest, 5.5 cm deep."),
    ],
    ids=KINDS,
)
def test_a_reviewer_sees_the_key_and_what_changes(
    writing: Client,
    reviewing: Client,
    lesson: Lesson,
    course: CourseEdition,
    spec: dict[str, Any],
    changed: dict[str, str],
    new: str,
) -> None:
    compose(writing, published_question(lesson, spec).question, **changed)
    release = send_to_review(writing)
    page = reviewing.get(f"/en/studio/releases/{release.pk}/")
    [question] = page.context["review"].questions
    english = next(shown for shown in question.shown if shown.language == "en")
    assert new in english.as_text()
    html = text_of(page)
    assert all(text in html for text in spec["words"]["ar"].get("options", {}).values())
    assert "<ins>" in html

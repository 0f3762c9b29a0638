"""An instructor writes a question about a picture."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Media, RevisionMedia, State
from quizzes.models import Question, QuestionVersion
from tests.factories import HOTSPOT, MediaFactory, published_lesson, published_question
from tests.portal.studio.people import (
    LESSON,
    compose,
    question_draft,
    question_fields,
    question_url,
    send_to_review,
    text_of,
)

pytestmark = pytest.mark.django_db
NEW = f"{LESSON}questions/new/hotspot/"
HASH = "c" * 64


@pytest.fixture
def picture() -> Media:
    media: Media = MediaFactory(sha256=HASH, mime="image/svg+xml", file=f"cc/{HASH}.svg", height=400)
    return media


@pytest.fixture
def spot(lesson: Lesson, course: CourseEdition, picture: Media) -> Question:
    return published_question(lesson, HOTSPOT).question


def test_a_new_one_is_a_draft_in_both_languages(
    writing: Client, lesson: Lesson, course: CourseEdition, picture: Media
) -> None:
    compose(writing, published_question(lesson).question, stem_en="Another wording")
    draft = lesson.texts.get(language="en").revisions.create(number=9, title="x", summary="x", objective="x")
    RevisionMedia.objects.create(revision=draft, media=picture, name="figures/chest.svg")
    page = writing.get(NEW)
    assert "figures/chest.svg" in text_of(page)
    fields = question_fields(page) | {"picture": f"{HASH}.svg", "option-0-right": "on"}
    fields |= {"option-0-shape": "circle", "option-0-place": "٩٠، ٩٠ ٥٠", "option-1-place": "200 100 90 90"}
    for language in ("ar", "en"):
        fields |= {f"{name}_{language}": f"Some {name}" for name in ("stem", "alt", "explanation")}
        fields |= {f"option-{row}-text-{language}": f"Place {row}" for row in (0, 1)}
        fields |= {f"option-1-why-{language}": "Not here."}
    response = writing.post(NEW, fields)
    assert response.status_code == 302, text_of(response)
    version = QuestionVersion.objects.get(state=State.DRAFT, kind="hotspot")
    assert version.structure == {
        "picture": {"file": f"{HASH}.svg", "width": 640, "height": 400},
        "regions": [{"id": "r1", "circle": [90, 90, 50]}, {"id": "r2", "rect": [200, 100, 90, 90]}],
    }
    assert version.answer_key == {"right": "r1"}
    assert sorted(version.texts.values_list("language", flat=True)) == ["ar", "en"]


def test_opening_and_saving_changes_nothing(writing: Client, spot: Question) -> None:
    compose(writing, spot)
    assert not QuestionVersion.objects.filter(question=spot, state=State.DRAFT).exists()


def test_another_place_is_another_structure_of_the_same_ids(writing: Client, spot: Question) -> None:
    compose(writing, spot, option_1_place="330 180 60", option_0_right="on", option_0_why_ar="", option_0_why_en="")
    draft = question_draft(spot)
    assert [region["id"] for region in draft.structure["regions"]] == ["belly", "bone", "side"]
    assert draft.structure["regions"][1]["circle"] == [330, 180, 60]
    assert draft.answer_key == {"right": ["belly", "bone"]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"picture": ""}, "Choose the picture that the question is about."),
        ({"picture": "else.svg"}, "Select a valid choice"),
        ({"option_1_place": "1 2"}, "These numbers make no such shape."),
        ({"option_1_place": ""}, "These numbers make no such shape."),
        ({"option_1_place": "here"}, "Write whole numbers with spaces between them."),
        ({"option_2_place": "1 2 3 4 5"}, "Write whole numbers with spaces between them."),
        ({"option_1_place": "10 180 60"}, "This reaches out of the picture, which is 640 × 400 pixels."),
        ({"option_1_place": "320 220 60"}, "This is right and overlaps “Place 1”, which is wrong. Draw them apart."),
        ({"option_1_right": ""}, "Mark the place that is right."),
        ({"option_0_right": "on", "option_2_right": "on"}, "At least one place must be wrong."),
        ({"alt_ar": ""}, "Write this, or empty all fields in this language."),
        ({"option_0_text_ar": ""}, "Write this, or empty all fields in this language."),
        ({"option_0_why_en": ""}, "Write this, or empty all fields in this language."),
        ({"alt_en": "The breastbone."}, "gives the answer away"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(
    writing: Client, spot: Question, changed: dict[str, Any], said: str
) -> None:
    response = compose(writing, spot, stem_en="Typed just now", **changed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Typed just now" in text_of(response)
    assert not QuestionVersion.objects.filter(question=spot, state=State.DRAFT).exists()


def test_a_row_more_keeps_what_was_drawn(writing: Client, spot: Question) -> None:
    fields = question_fields(writing.get(question_url(spot))) | {"deed": "more"}
    grown = writing.post(question_url(spot), fields)
    assert grown.context["form"]["option-1-place"].value() == "320 180 60"
    assert "option-3-place" in grown.context["form"].fields


def test_the_form_shows_the_picture_with_its_places(writing: Client, spot: Question) -> None:
    page = text_of(writing.get(question_url(spot)))
    assert f"/media/{HASH}.svg" in page
    assert page.count('class="mark-line"') == 3
    assert "<label></label>" not in page


def test_a_place_too_small_for_a_finger_is_said_and_does_not_hinder(writing: Client, spot: Question) -> None:
    compose(writing, spot, option_1_place="320 180 20")
    assert question_draft(spot).structure["regions"][1]["circle"] == [320, 180, 20]
    assert "Too small for a finger on a phone" in text_of(writing.get(question_url(spot)))


def test_pictures_of_other_courses_are_not_offered(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    other = published_lesson("elsewhere")
    draft = other.texts.get(language="en").revisions.create(number=9, title="x", summary="x", objective="x")
    RevisionMedia.objects.create(revision=draft, media=MediaFactory(), name="figures/elsewhere.webp")
    assert "elsewhere.webp" not in text_of(writing.get(NEW))


def test_a_reviewer_sees_the_picture_and_what_moved(writing: Client, reviewing: Client, spot: Question) -> None:
    compose(writing, spot, option_1_place="330 180 60")
    release = send_to_review(writing)
    page = reviewing.get(f"/en/studio/releases/{release.pk}/")
    html = text_of(page)
    assert "mark-right" in html
    assert "270,120" in " ".join(html.split())
    assert "<ins>" in html


def test_it_is_tried_as_a_citizen(writing: Client, spot: Question) -> None:
    url = f"{question_url(spot)}try/"
    assert "EXPLANATION" not in text_of(writing.get(url))
    for answer, verdict in (("bone", "verdict-right"), ("side", "verdict-wrong")):
        assert verdict in text_of(writing.post(url, {"answer": answer}))
    assert writing.post(url, {}).status_code == 422

"""An author says which point of a picture stays in sight where it is cropped."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Media, Revision, RevisionMedia
from portal.studio.figures import Focus
from portal.studio.picture_lines import doubt_about
from tests.factories import PictureCreditFactory
from tests.portal.studio.people import (
    FIRST,
    LESSON,
    draft_of,
    drafts,
    lesson_fields,
    publish,
    send_to_review,
    text_of,
    write,
)
from tests.portal.studio.test_pictures import a_picture, upload

pytestmark = pytest.mark.django_db
NAME = "figures/leg.webp"


@pytest.fixture
def pictured(writing: Client, lesson: Lesson, course: CourseEdition) -> Lesson:
    """The lesson with a picture in its drafts, of which is known who made it."""
    upload(writing, a_picture(size=(400, 300)), **{"picture-name": "leg"})
    PictureCreditFactory(media=Media.objects.get())
    return lesson


def move(client: Client, x: Any, y: Any, **more: Any) -> Any:
    """Set the focus in the lesson's form and send it."""
    return client.post(LESSON, lesson_fields(client.get(LESSON)) | {f"focus-{NAME}-x": x, f"focus-{NAME}-y": y} | more)


def focus(language: str = "en") -> Focus:
    return Focus.of(RevisionMedia.objects.filter(revision__text__language=language, name=NAME).latest("pk"))


def test_it_is_the_middle_until_it_is_moved(pictured: Lesson) -> None:
    assert (focus("en"), focus("ar")) == ((50, 50), (50, 50))


def test_it_is_moved_in_every_language_and_shown_in_the_crops(writing: Client, pictured: Lesson) -> None:
    assert move(writing, 20, 70).status_code == 302
    assert (focus("en"), focus("ar")) == ((20, 70), (20, 70))
    page = text_of(writing.get(LESSON))
    assert 'class="focus-wide focus-x-20 focus-y-70"' in page
    assert "The focus of the picture is kept." in page
    assert "Nothing had changed" not in page


def test_left_alone_nothing_is_saved(writing: Client, pictured: Lesson) -> None:
    move(writing, 50, 50)
    assert "Nothing had changed" in text_of(writing.get(LESSON))


def test_an_empty_field_stays_as_it_was(writing: Client, pictured: Lesson) -> None:
    move(writing, 20, "")
    assert focus() == (20, 50)


@pytest.mark.parametrize("wrong", ["101", "-1", "left", "9" * 40])
def test_what_is_no_percentage_is_refused_and_nothing_typed_is_lost(
    writing: Client, pictured: Lesson, wrong: str
) -> None:
    response = move(writing, wrong, 30, **{"en-title": "Typed beside it"})
    page = text_of(response)
    assert response.status_code == 422
    assert "Typed beside it" in page
    assert f'value="{wrong}"' in page
    assert f'href="#id_focus-{NAME}-x"' in page
    assert focus() == (50, 50)


def test_a_new_draft_begins_with_the_focus_of_what_is_published(
    writing: Client, reviewing: Client, pictured: Lesson
) -> None:
    for language in ("en", "ar"):
        write(writing, **{f"{language}_markdown": f"{FIRST}\n![A leg.]({NAME})\n"})
    move(writing, 20, 70)
    assert publish(reviewing, send_to_review(writing)).status_code == 302
    assert drafts(pictured) == []
    write(writing, en_title="The next")
    assert draft_of(pictured).pictures.get().focus_x == 20


def test_moving_it_begins_a_draft_and_leaves_what_is_published(
    writing: Client, reviewing: Client, pictured: Lesson
) -> None:
    for language in ("en", "ar"):
        write(writing, **{f"{language}_markdown": f"{FIRST}\n![A leg.]({NAME})\n"})
    publish(reviewing, send_to_review(writing))
    move(writing, 10, 90)
    public = Revision.objects.get(text__lesson=pictured, text__language="en", state="published")
    assert Focus.of(public.pictures.get()) == Focus()
    assert draft_of(pictured).pictures.get().focus_x == 10
    assert drafts(pictured) == ["ar", "en"]


def test_in_review_it_cannot_be_moved(writing: Client, pictured: Lesson) -> None:
    for language in ("en", "ar"):
        write(writing, **{f"{language}_markdown": f"{FIRST}\n![A leg.]({NAME})\n"})
    send_to_review(writing)
    assert move(writing, 10, 90).status_code == 409
    assert focus() == (50, 50)


def test_a_language_that_takes_the_picture_over_takes_its_focus_too(writing: Client, pictured: Lesson) -> None:
    move(writing, 20, 70)
    RevisionMedia.objects.filter(revision__text__language="ar").delete()
    write(writing, ar_markdown=f"{FIRST}\n![ساق]({NAME})\n")
    assert focus("ar") == (20, 70)


@pytest.mark.parametrize(
    ("point", "classes"),
    [
        (Focus(0, 100), "focus-x-0 focus-y-100"),
        (Focus(52, 53), "focus-x-50 focus-y-55"),
        (Focus(99, 1), "focus-x-100 focus-y-0"),
    ],
)
def test_the_nearest_class_of_the_style_sheet_shows_it(point: Focus, classes: str) -> None:
    assert point.classes == classes


@pytest.mark.parametrize(
    "alt", ["", "  ", "IMG_2031.JPG", "hands.webp", "DSC 0042", "Screenshot 2026-01-02", "12345", "صورة 3"]
)
def test_an_alternative_text_that_helps_nobody_is_doubted(alt: str) -> None:
    assert doubt_about(alt)


@pytest.mark.parametrize("alt", ["Two hands press on a leg.", "A photo of 2 hands.", "يدان تضغطان على ساق.", "x" * 250])
def test_one_that_says_what_is_to_be_seen_is_not(alt: str) -> None:
    assert doubt_about(alt) == ""


def test_a_long_one_is_doubted() -> None:
    assert "250" in doubt_about("word " * 51)


def test_a_doubt_stands_beside_the_picture_and_is_said_at_once(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    upload(writing, a_picture(), **{"picture-name": "leg", "picture-alt_en": "IMG_2031.jpg"})
    assert text_of(writing.get(LESSON)).count("This reads like the name of a file.") == 2


def test_the_words_beside_a_picture_are_those_of_the_text(writing: Client, pictured: Lesson) -> None:
    write(writing, en_markdown=f'{FIRST}\n![Said in the text.]({NAME} "And below it.")\n')
    [line] = writing.get(LESSON).context["pictures"]
    words = {each.language: (each.alt, each.caption, each.in_text) for each in line.words}
    assert words["en"] == ("Said in the text.", "And below it.", True)
    assert words["ar"] == ("يدان تضغطان على ساق.", "", False)

"""An instructor uploads a picture on the page of a lesson."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from lessons.models import CourseEdition, Lesson, LessonText, Media, Revision, RevisionMedia
from lessons.publishing import publish_revisions
from tests.factories import LessonFactory, PictureCreditFactory, RevisionFactory
from tests.portal.studio.people import FIRST, LESSON, draft_of, drafts, lesson_fields, text_of, write

pytestmark = pytest.mark.django_db

ALT = {"picture-alt_en": "Two hands press on a leg.", "picture-alt_ar": "يدان تضغطان على ساق."}


def a_picture(name: str = "Hands on Leg.png", size: tuple[int, int] = (40, 30), form: str = "PNG") -> Any:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form)
    return SimpleUploadedFile(name, out.getvalue())


def upload(client: Client, file: Any, **fields: Any) -> Any:
    sent = lesson_fields(client.get(LESSON)) | ALT | {"picture-file": file} | fields
    return client.post(LESSON, sent)


def test_a_picture_is_kept_for_every_language_with_its_words(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    assert upload(writing, a_picture(), **{"picture-caption_en": "Press hard."}).status_code == 302
    uses = {use.revision.text.language: use for use in RevisionMedia.objects.select_related("revision__text")}
    assert {language: (use.name, use.alt, use.caption) for language, use in uses.items()} == {
        "en": ("figures/hands-on-leg.webp", "Two hands press on a leg.", "Press hard."),
        "ar": ("figures/hands-on-leg.webp", "يدان تضغطان على ساق.", ""),
    }
    assert drafts(lesson) == ["ar", "en"]


def test_the_line_to_copy_stands_on_the_page(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture(), **{"picture-name": "hands", "picture-caption_en": 'Press "hard".'})
    html = text_of(writing.get(LESSON))
    assert "![Two hands press on a leg.](figures/hands.webp &quot;Press \\&quot;hard\\&quot;.&quot;)" in html
    assert "![يدان تضغطان على ساق.](figures/hands.webp)" in html


def test_a_copied_line_shows_the_picture(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture(), **{"picture-alt_en": "A [red] leg"})
    line = next(line for line in writing.get(LESSON).context["pictures"][0].snippets if line[0] == "English")[1]
    write(writing, en_markdown=f"{FIRST}\n{line}\n")
    html = text_of(writing.get(f"{LESSON}preview/"))
    assert f'src="/media/{Media.objects.get().sha256}.webp"' in html
    assert 'alt="A [red] leg"' in html


def test_what_was_typed_is_saved_with_the_picture(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture(), **{"en-title": "With a picture"})
    assert draft_of(lesson).title == "With a picture"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("leg.png", b"PK\x03\x04 not a picture"), "zip archive"),
        (SimpleUploadedFile("leg.png", b"plain words"), "not a picture"),
        (SimpleUploadedFile("leg.png", b""), "This file is empty"),
        (a_picture(size=(10_000, 5_000)), "more than 25 megapixels"),
        (SimpleUploadedFile("leg.png", b"\x89PNG" + b"0" * (10 * 1024 * 1024)), "larger than 10 MB"),
        (
            SimpleUploadedFile(
                "leg.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'
            ),
            "The SVG holds “script”",
        ),
    ],
    ids=["zip", "words", "empty", "50 megapixels", "10 MB", "script"],
)
def test_what_is_no_safe_picture_is_refused_and_the_text_is_saved_all_the_same(
    writing: Client, lesson: Lesson, course: CourseEdition, file: Any, message: str
) -> None:
    file.seek(0)
    response = upload(writing, file, **{"en-title": "Typed beside it", "picture-name": "leg"})
    html = text_of(response)
    assert response.status_code == 422
    assert message in html
    assert "Typed beside it" in html
    assert "Two hands press on a leg." in html
    assert draft_of(lesson).title == "Typed beside it"
    assert not Media.objects.exists()


def test_after_a_refused_picture_the_page_can_be_sent_again(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = upload(writing, SimpleUploadedFile("leg.png", b"words"), **{"en-title": "Typed"})
    again = lesson_fields(response) | ALT | {"picture-file": a_picture()}
    assert writing.post(LESSON, again).status_code == 302
    assert Media.objects.count() == 1


def test_a_picture_needs_words_in_every_language_of_the_lesson(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = upload(writing, a_picture(), **{"picture-alt_ar": ""})
    assert response.status_code == 422
    assert "for those who cannot see it" in text_of(response)
    assert not Media.objects.exists()


NO_WORDS = {"picture-alt_en": "", "picture-alt_ar": "", "picture-decorative": "on"}


def test_a_decorative_picture_needs_no_words(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    assert upload(writing, a_picture(), **NO_WORDS, **{"picture-name": "line"}).status_code == 302
    assert list(RevisionMedia.objects.values_list("decorative", "alt")) == [(True, "")] * 2
    html = text_of(writing.get(LESSON))
    assert "![](figures/line.webp){decorative}" in html
    assert "nothing is read out for it" in html
    assert "It cannot be published like this" not in html


def test_a_decorative_picture_in_the_text_can_be_published(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    upload(writing, a_picture(), **NO_WORDS, **{"picture-name": "line"})
    PictureCreditFactory(media=Media.objects.get())
    write(writing, en_markdown=f"{FIRST}\n![](figures/line.webp){{decorative}}\n")
    draft = draft_of(lesson)
    publish_revisions([draft], timezone.now())
    assert 'alt=""' in draft.html


def test_a_picture_is_not_both_decorative_and_told(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = upload(writing, a_picture(), **{"picture-decorative": "on"})
    assert response.status_code == 422
    assert "A decorative picture has no words" in text_of(response)
    assert not Media.objects.exists()


def test_words_without_a_picture_ask_for_it(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = writing.post(LESSON, lesson_fields(writing.get(LESSON)) | ALT)
    assert response.status_code == 422
    assert "Choose the picture" in text_of(response)


def test_a_name_belongs_to_one_picture(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture(), **{"picture-name": "leg"})
    response = upload(writing, a_picture(size=(9, 9)), **{"picture-name": "leg"})
    assert response.status_code == 422
    assert "Choose another name" in text_of(response)


def test_the_same_picture_sent_twice_is_kept_once(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    assert [upload(writing, a_picture()).status_code for _ in range(2)] == [302, 302]
    assert (Media.objects.count(), RevisionMedia.objects.count(), Revision.objects.count()) == (1, 2, 4)


def test_a_text_that_names_a_picture_of_the_other_language_has_it_too(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    upload(writing, a_picture(), **{"picture-name": "leg"})
    RevisionMedia.objects.filter(revision__text__language="ar").delete()
    write(writing, ar_markdown=f"{FIRST}\n![ساق](figures/leg.webp)\n")
    assert [use.name for use in draft_of(lesson, "ar").pictures.all()] == ["figures/leg.webp"]


def test_a_new_draft_keeps_the_pictures_of_what_is_published(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    upload(writing, a_picture(), **{"picture-name": "leg"})
    PictureCreditFactory(media=Media.objects.get())
    line = "![A leg](figures/leg.webp)"
    write(writing, en_markdown=f"{FIRST}\n{line}\n")
    publish_revisions([draft_of(lesson)], timezone.now())
    write(writing, en_title="Once more")
    assert [use.name for use in draft_of(lesson).pictures.all()] == ["figures/leg.webp"]


def test_uploading_to_a_text_in_review_is_refused(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    text = LessonText.objects.get(lesson=lesson, language="en")
    RevisionFactory(text=text, number=2, state="in_review")
    response = upload(writing, a_picture())
    assert response.status_code == 422
    assert "In review, so no picture can be added: English." in text_of(response)


def test_a_picture_for_one_language_leaves_the_draft_of_another_alone(writing: Client, course: CourseEdition) -> None:
    lesson = LessonFactory(slug="burns", key="burns")
    page = "/en/studio/lessons/burns/"
    writing.post(page, lesson_fields(writing.get(page)) | {"en-title": "Burns"})
    sent = lesson_fields(writing.get(page)) | {"picture-file": a_picture(), "picture-alt_en": "A burn"}
    assert writing.post(page, sent).status_code == 302
    assert drafts(lesson) == ["en"]

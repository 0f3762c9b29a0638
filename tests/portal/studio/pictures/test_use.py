"""A picture of the library is used in a lesson, without being uploaded again."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Media, RevisionMedia
from lessons.publishing import reasons_against_revisions
from portal.accounts.models import AuditEntry
from tests.factories import LessonFactory, MediaFactory, PictureCreditFactory, published_lesson
from tests.portal.studio.people import FIRST, LESSON, draft_of, drafts, text_of, write
from tests.portal.studio.pictures.walks import LIBRARY, page_of

pytestmark = pytest.mark.django_db
WORDS = {"picture-alt_en": "A leg.", "picture-alt_ar": "ساق."}


@pytest.fixture
def kept() -> Any:
    """A picture that no lesson shows, with its credit."""
    media = MediaFactory(uploaded=True, original_name="Leg of a man.jpg")
    PictureCreditFactory(media=media)
    return media


def use(client: Client, media: Media, **fields: str) -> Any:
    return client.post(page_of(media, "use/"), {"lesson": "bleeding"} | WORDS | fields)


def test_first_the_lesson_is_chosen(writing: Client, kept: Media, lesson: Lesson) -> None:
    LessonFactory(slug="gone", archived_at="2026-01-01T00:00Z")
    lessons = writing.get(page_of(kept, "use/")).context["lessons"]
    assert lessons == [("bleeding", "bleeding · Severe bleeding")]


def test_it_is_in_the_drafts_with_its_words(
    writing: Client, kept: Media, lesson: Lesson, course: CourseEdition
) -> None:
    response = use(writing, kept, **{"picture-caption_en": "Press."})
    assert response.headers["Location"] == f"{LESSON}#picture-{kept.pk}"
    assert drafts(lesson) == ["ar", "en"]
    row = draft_of(lesson).pictures.get()
    assert (row.media, row.name, row.alt, row.caption) == (kept, "figures/leg-of-a-man.webp", "A leg.", "Press.")
    assert Media.objects.count() == 1


def test_then_it_can_be_shown_and_published(
    writing: Client, kept: Media, lesson: Lesson, course: CourseEdition
) -> None:
    use(writing, kept, **{"picture-name": "leg"})
    write(writing, en_markdown=f"{FIRST}\n![A leg.](figures/leg.webp)\n")
    assert reasons_against_revisions([draft_of(lesson)]) == []


def test_what_was_last_said_of_it_stands_in_the_form(writing: Client, pictured: Lesson, media: Media) -> None:
    published_lesson(slug="burns", title="Burns")
    form = writing.get(page_of(media, "use/"), {"lesson": "burns"}).context["form"]
    assert form["alt_en"].value() == "A leg."
    assert form["alt_ar"].value() == "ساق."


def test_a_language_without_words_is_asked_for(writing: Client, kept: Media, lesson: Lesson) -> None:
    response = use(writing, kept, **{"picture-alt_ar": ""})
    assert response.status_code == 422
    assert "for those who cannot see it" in text_of(response)
    assert 'value="A leg."' in text_of(response)
    assert not RevisionMedia.objects.exists()


def test_a_name_that_another_picture_has_is_refused(writing: Client, kept: Media, pictured: Lesson) -> None:
    response = use(writing, kept, **{"picture-name": "leg"})
    assert response.status_code == 422
    assert "Choose another name" in text_of(response)


def test_a_picture_of_the_lesson_is_said_to_be_there(writing: Client, pictured: Lesson, media: Media) -> None:
    html = text_of(writing.get(page_of(media, "use/"), {"lesson": "bleeding"}))
    assert "The lesson has this picture already, as figures/leg.webp." in html


def test_from_the_lesson_the_library_leads_back_there(writing: Client, kept: Media, lesson: Lesson) -> None:
    response = write(writing, en_title="Typed before", then="library")
    assert response.headers["Location"] == f"{LIBRARY}?lesson=bleeding"
    assert draft_of(lesson).title == "Typed before"
    html = text_of(writing.get(response.headers["Location"]))
    assert f'href="{page_of(kept, "use/")}?lesson=bleeding"' in html
    assert f'href="{LESSON}#pictures"' in html


def test_filters_and_pages_keep_the_lesson(writing: Client, lesson: Lesson) -> None:
    MediaFactory.create_batch(30)
    html = text_of(writing.get(LIBRARY, {"lesson": "bleeding", "kind": "photographs"}))
    assert "kind=photographs&amp;lesson=bleeding&amp;page=2" in html
    assert '<input type="hidden" name="lesson" value="bleeding">' in html


def test_it_is_written_down(writing: Client, kept: Media, lesson: Lesson, course: CourseEdition) -> None:
    use(writing, kept)
    assert AuditEntry.objects.get(deed="picture.used").detail == {
        "picture": kept.pk,
        "lesson": "bleeding",
        "name": "figures/leg-of-a-man.webp",
    }

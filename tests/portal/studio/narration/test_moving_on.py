"""The voice of a lesson when its words change, and before whoever reviews them."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Narration, Revision
from portal.studio.models import Release
from tests.portal.studio.narration.test_keeping import PAGE, TICKED, keep
from tests.portal.studio.people import (
    LESSON,
    draft_of,
    lesson_fields,
    publish,
    release_url,
    send_to_review,
    text_of,
    write,
)
from tests.voices import an_upload

pytestmark = pytest.mark.django_db
READER = "/en/courses/first-aid/bleeding/"
CHANGED = "The words changed since it was recorded."


def published_with_voice(writing: Client, reviewing: Client, **fields: Any) -> Narration:
    keep(writing, file=an_upload(), **({"narrator": "Mona"} | TICKED | fields))
    assert publish(reviewing, send_to_review(writing)).status_code == 302
    return Narration.objects.get()


def now_heard(language: str = "en") -> Narration | None:
    revision = Revision.objects.get(text__language=language, state="published")
    return Narration.objects.filter(revision=revision).first()


def test_readers_hear_it_once_it_is_published(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    keep(writing, file=an_upload(), **TICKED)
    assert now_heard() is None
    publish(reviewing, send_to_review(writing))
    assert "<audio" in text_of(Client().get(READER))


def test_a_new_draft_goes_on_with_the_voice_and_says_what_changed(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_markdown="::: first\nPress with one hand.\n:::\n")
    page = writing.get(PAGE)
    assert page.context["narration"].narrator == "Mona"
    assert CHANGED in text_of(page)
    [change] = page.context["changes"]
    assert str(change.label) == "Text"
    assert CHANGED in text_of(writing.get(LESSON))


def test_a_draft_whose_words_are_the_same_says_nothing(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_title="Other")
    write(writing, en_title="Severe bleeding")
    assert CHANGED not in text_of(writing.get(PAGE))


def test_it_can_be_said_that_the_recording_is_still_right(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_summary="A summary that nobody reads aloud.")
    assert "still_right" in writing.get(PAGE).context["form"].fields
    keep(writing, still_right="on")
    page = writing.get(PAGE)
    assert CHANGED not in text_of(page)
    assert "still_right" not in page.context["form"].fields


def test_another_name_does_not_make_the_recording_newer(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_title="Other")
    keep(writing, narrator="Mona Haddad")
    assert CHANGED in text_of(writing.get(PAGE))


def test_a_new_recording_is_of_the_new_words(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_title="Other")
    keep(writing, file=an_upload(tone=600), **TICKED)
    assert CHANGED not in text_of(writing.get(PAGE))


def test_readers_are_told_where_the_words_went_on_without_the_voice(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_markdown="::: first\nPress with one hand.\n:::\n")
    publish(reviewing, send_to_review(writing, "One hand"))
    heard = now_heard()
    assert heard is not None
    assert heard.words_changed
    assert "Where they differ, the text is right." in text_of(Client().get(READER))


def test_what_was_published_with_the_voice_stays_as_it_was(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    before = published_with_voice(writing, reviewing)
    keep(writing, narrator="Somebody else", file=an_upload(tone=600), **TICKED)
    publish(reviewing, send_to_review(writing, "Again"))
    assert Narration.objects.get(pk=before.pk).narrator == "Mona"
    heard = now_heard()
    assert heard is not None
    assert heard.narrator == "Somebody else"


def review_page(reviewing: Client) -> Any:
    return reviewing.get(release_url(Release.objects.latest("pk")))


def test_a_reviewer_listens_to_a_new_voice(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    keep(writing, file=an_upload(), transcript="Hello. Press hard.")
    send_to_review(writing)
    html = text_of(review_page(reviewing))
    assert "A recorded voice is new." in html
    assert f'src="/media/{Narration.objects.get().recording.sha256}.ogg"' in html
    assert "Hello. Press hard." in html


def test_a_reviewer_hears_the_new_recording_beside_the_old_one(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    keep(writing, file=an_upload(tone=600), **TICKED)
    send_to_review(writing, "Again")
    html = text_of(review_page(reviewing))
    assert "Another recording takes the place" in html
    assert html.count("<audio") == 2


def test_a_reviewer_is_told_that_the_words_changed(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    write(writing, en_markdown="::: first\nPress with one hand.\n:::\n")
    send_to_review(writing, "One hand")
    html = text_of(review_page(reviewing))
    assert "The recording is the one that readers hear now." in html
    assert CHANGED in html
    assert "What changed since it was recorded" in html


def test_a_reviewer_sees_that_a_voice_is_taken_away(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    published_with_voice(writing, reviewing)
    writing.post(f"{PAGE}remove/", {"id": writing.get(PAGE).context["mark"]})
    send_to_review(writing, "Silent")
    assert "The recorded voice is taken away." in text_of(review_page(reviewing))
    publish(reviewing, Release.objects.latest("pk"))
    assert now_heard() is None


def test_a_text_without_a_voice_is_reviewed_as_before(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="Other")
    send_to_review(writing)
    assert "Recorded voice" not in text_of(review_page(reviewing))


def test_who_gave_the_voice_does_not_review_it(
    writing: Client, lesson: Lesson, course: CourseEdition, instructor: Any, reviewing: Client, reviewer: Any
) -> None:
    from portal.accounts.models import RoleGrant
    from tests.factories import RoleGrantFactory

    write(writing, en_title="Other")
    RoleGrantFactory(user=reviewer, role=RoleGrant.Role.INSTRUCTOR)
    keep(reviewing, file=an_upload(), **TICKED)
    release = send_to_review(writing)
    assert publish(reviewing, release).status_code == 409
    assert Release.objects.get(pk=release.pk).state == "in_review"


def test_a_preview_plays_the_voice_of_the_draft(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), narrator="Mona", **TICKED)
    html = text_of(writing.get(f"{LESSON}preview/"))
    assert "<audio" in html
    assert "What is read is the text below." in html
    write(writing, en_title="Other")
    assert "Where they differ, the text is right." in text_of(writing.get(f"{LESSON}preview/"))


def test_throwing_the_draft_away_throws_its_voice_away(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    writing.post(f"{LESSON}discard/en/")
    assert not Narration.objects.exists()


def test_the_lessons_page_asks_for_all_voices_at_once(
    writing: Client, lesson: Lesson, course: CourseEdition, django_assert_max_num_queries: Any
) -> None:
    keep(writing, file=an_upload(), **TICKED)
    keep(writing, language="ar", file=an_upload(tone=600), **TICKED)
    with django_assert_max_num_queries(40) as asked:
        writing.get(LESSON)
    assert sum("lessons_narration" in query["sql"] for query in asked.captured_queries) == 1


def test_saving_the_text_leaves_the_voice_alone(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    before = Narration.objects.values().get()
    writing.post(LESSON, lesson_fields(writing.get(LESSON)) | {"en-title": "Other"})
    assert draft_of(lesson).title == "Other"
    assert Narration.objects.values().get() == before

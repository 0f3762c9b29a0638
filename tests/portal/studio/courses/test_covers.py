"""Choosing the cover of a course: from the library or sent, moved, taken away, reviewed, copied."""

from typing import Any

import pytest
from django.test import Client

from lessons.catalogue import course_cards
from lessons.covers import said_of
from lessons.models import CourseEdition, EditionCover, Media
from portal.accounts.models import AuditEntry
from tests.factories import MediaFactory, PictureCreditFactory, published_course, published_lesson
from tests.portal.studio.courses.pages import EDITION, begun
from tests.portal.studio.people import publish, release_url, send_to_review, text_of
from tests.portal.studio.pictures.walks import CC_BY, LIBRARY, page_of, photograph

pytestmark = pytest.mark.django_db
COVER, CHOOSE = f"{EDITION}cover/", f"{EDITION}cover/choose/"


@pytest.fixture
def draft(writing: Client, course: CourseEdition) -> CourseEdition:
    return begun(writing)


@pytest.fixture(autouse=True)
def _media_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(client: Client, url: str = COVER, **fields: Any) -> Any:
    """Open the page of the cover and send one of its forms."""
    return client.post(url, {"mark": client.get(COVER).context["mark"]} | fields)


def test_a_picture_of_the_library_becomes_the_cover(writing: Client, draft: CourseEdition) -> None:
    media = MediaFactory(original_name="street.webp")
    assert "street.webp" in text_of(writing.get(CHOOSE))
    assert send(writing, CHOOSE, picture=media.pk).url == COVER
    assert said_of(draft) == (media.sha256, None)
    assert media.sha256 in text_of(writing.get(COVER))
    assert AuditEntry.objects.get(deed="cover.changed").detail["picture"] == media.pk


def test_readers_see_it_once_it_is_published(writing: Client, reviewing: Client, draft: CourseEdition) -> None:
    media = MediaFactory()
    send(writing, CHOOSE, picture=media.pk)
    assert not course_cards("en")[0].cover
    assert publish(reviewing, send_to_review(writing)).status_code == 302
    assert media.sha256 in text_of(Client().get("/en/courses/"))


def test_a_sent_picture_becomes_the_cover_with_its_credit(writing: Client, draft: CourseEdition) -> None:
    assert send(writing, deed="upload", **{"picture-file": photograph()}, **CC_BY).status_code == 302
    media = Media.objects.get()
    assert said_of(draft) == (media.sha256, None)
    assert media.credit.author == "Huda al-Amin"


def test_what_is_no_picture_is_refused_beside_its_field(writing: Client, draft: CourseEdition) -> None:
    response = send(writing, deed="upload", **CC_BY)
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert "Huda al-Amin" in text_of(response)
    assert said_of(draft) is None


def test_the_focus_is_moved(writing: Client, draft: CourseEdition) -> None:
    media = MediaFactory()
    send(writing, CHOOSE, picture=media.pk)
    send(writing, **{"focus-cover-x": "10", "focus-cover-y": "90"})
    assert said_of(draft) == (media.sha256, (10, 90))


@pytest.mark.parametrize("typed", ["101", "-1", "left"])
def test_a_focus_outside_is_refused_and_stays_in_its_field(writing: Client, draft: CourseEdition, typed: str) -> None:
    media = MediaFactory()
    send(writing, CHOOSE, picture=media.pk)
    response = send(writing, **{"focus-cover-x": typed, "focus-cover-y": "5"})
    assert response.status_code == 422
    assert f'value="{typed}"' in text_of(response)
    assert said_of(draft) == (media.sha256, None)


def test_it_is_taken_away(writing: Client, draft: CourseEdition) -> None:
    send(writing, CHOOSE, picture=MediaFactory().pk)
    send(writing, deed="away")
    assert said_of(draft) is None


def test_what_somebody_else_chose_meanwhile_is_not_overwritten(writing: Client, draft: CourseEdition) -> None:
    mark, theirs = writing.get(CHOOSE).context["mark"], MediaFactory()
    send(writing, CHOOSE, picture=theirs.pk)
    response = writing.post(CHOOSE, {"mark": mark, "picture": MediaFactory().pk}, follow=True)
    assert "Somebody else changed this meanwhile" in text_of(response)
    assert said_of(draft) == (theirs.sha256, None)


def test_nothing_changes_while_it_is_in_review(writing: Client, draft: CourseEdition) -> None:
    send(writing, CHOOSE, picture=MediaFactory().pk)
    said = said_of(draft)
    send_to_review(writing)
    send(writing, deed="away")
    send(writing, deed="upload", **{"picture-file": photograph()})
    assert said_of(draft) == said
    assert writing.get(CHOOSE).url == EDITION  # type: ignore[attr-defined]


@pytest.mark.parametrize("picture", ["0", "x", "", "²"])
def test_a_picture_that_is_not_there_is_not_found(writing: Client, draft: CourseEdition, picture: str) -> None:
    assert send(writing, CHOOSE, picture=picture).status_code == 404


def test_without_a_draft_it_leads_to_where_one_is_begun(writing: Client, course: CourseEdition) -> None:
    for url in (COVER, CHOOSE):
        assert writing.get(url).url == EDITION  # type: ignore[attr-defined]


def test_only_who_writes_chooses(reviewing: Client, draft: CourseEdition) -> None:
    for url in (COVER, CHOOSE):
        assert reviewing.get(url).status_code == 403
        assert reviewing.post(url).status_code == 403


def test_the_library_is_asked_for_in_few_queries(
    writing: Client, draft: CourseEdition, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        MediaFactory()
    with django_assert_max_num_queries(18):
        assert len(writing.get(CHOOSE).context["cards"]) == 24


def test_it_is_reviewed_beside_the_former_one(writing: Client, reviewing: Client) -> None:
    old, new = MediaFactory(), MediaFactory()
    PictureCreditFactory(media=new)
    published_course(lessons=[published_lesson()], cover=old)
    begun(writing)
    send(writing, CHOOSE, picture=new.pk)
    page = text_of(reviewing.get(release_url(send_to_review(writing))))
    assert page.index(old.sha256) < page.index(new.sha256)
    assert "Huda al-Amin" in page


def test_a_cover_that_stays_is_not_shown_to_who_reviews(writing: Client, reviewing: Client) -> None:
    old = MediaFactory()
    published_course(lessons=[published_lesson()], cover=old)
    begun(writing)
    assert old.sha256 not in text_of(reviewing.get(release_url(send_to_review(writing))))


def test_an_uncredited_one_is_not_sent_to_review(writing: Client, draft: CourseEdition) -> None:
    send(writing, CHOOSE, picture=MediaFactory(uploaded=True).pk)
    assert "Nobody has said yet who made this picture" in text_of(writing.get(COVER))
    page = writing.get("/en/studio/courses/first-aid/release/")
    sent = {"title": "Cover", "picks": sorted(page.context["form"].ticked)}
    response = writing.post("/en/studio/courses/first-aid/release/", sent)
    assert response.status_code == 422
    assert "Nobody has said yet who made this picture" in text_of(response)


def test_a_new_edition_and_a_duplicate_begin_with_it(writing: Client) -> None:
    media = MediaFactory()
    edition = published_course(lessons=[published_lesson()], cover=media)
    assert said_of(begun(writing)) == said_of(edition)
    duplicate = {"slug": "second", "title_en": "Second", "title_ar": "ثانية"}
    writing.post("/en/studio/courses/first-aid/duplicate/", duplicate)
    assert said_of(CourseEdition.objects.get(course__slug="second")) == said_of(edition)


def test_the_library_knows_that_it_is_used(writing: Client, draft: CourseEdition) -> None:
    media = MediaFactory(original_name="street.webp")
    assert "street.webp" in text_of(writing.get(f"{LIBRARY}?show=unused"))
    send(writing, CHOOSE, picture=media.pk)
    assert "street.webp" not in text_of(writing.get(f"{LIBRARY}?show=unused"))
    assert "cover of a course" in text_of(writing.get(LIBRARY))
    assert "Cover of these courses" in text_of(writing.get(page_of(media)))


def test_discarding_the_draft_lets_the_picture_stay(writing: Client, draft: CourseEdition) -> None:
    media = MediaFactory()
    send(writing, CHOOSE, picture=media.pk)
    writing.post(f"{EDITION}discard/")
    assert not EditionCover.objects.exists()
    assert Media.objects.get() == media

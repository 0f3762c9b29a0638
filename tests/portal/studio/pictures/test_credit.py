"""An instructor says who made a picture; until then it is not published."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Lesson, Media, PictureCredit
from portal.accounts.models import AuditEntry
from tests.factories import MediaFactory, PictureCreditFactory
from tests.portal.studio.people import LESSON, SEND, publish, send_to_review, text_of
from tests.portal.studio.pictures.walks import CC_BY, page_of

pytestmark = pytest.mark.django_db
READER = "/en/courses/first-aid/bleeding/"


def credit(client: Client, media: Media, **said: str) -> Any:
    return client.post(page_of(media, "credit/"), {f"credit-{name}": value for name, value in said.items()})


def test_a_release_says_that_it_is_missing_and_where_to_say_it(writing: Client, media: Media) -> None:
    page = writing.get(SEND)
    response = writing.post(SEND, {"title": "With a picture", "picks": sorted(page.context["form"].ticked)})
    html = text_of(response)
    assert response.status_code == 422
    assert "Nobody has said yet who made this picture" in html
    assert f'href="{page_of(media)}#credit"' in html


def test_it_is_said_beside_the_picture(writing: Client, media: Media) -> None:
    assert "who made this picture, so it cannot be published" in text_of(writing.get(LESSON))
    PictureCreditFactory(media=media)
    assert "who made this picture, so it cannot be published" not in text_of(writing.get(LESSON))


def test_once_it_is_said_the_lesson_goes_out_and_readers_see_it(
    writing: Client, reviewing: Client, client: Client, media: Media
) -> None:
    assert writing.post(page_of(media, "credit/"), CC_BY).status_code == 302
    assert publish(reviewing, send_to_review(writing)).status_code == 302
    html = text_of(client.get(READER))
    assert "Huda al-Amin" in html
    assert "CC BY 4.0" in html


def test_a_credit_put_right_is_read_in_what_is_published(
    writing: Client,
    reviewing: Client,
    client: Client,
    media: Media,
    django_capture_on_commit_callbacks: Any,
) -> None:
    PictureCreditFactory(media=media, author="Somebody else")
    with django_capture_on_commit_callbacks(execute=True):
        publish(reviewing, send_to_review(writing))
    assert "Somebody else" in text_of(client.get(READER))
    with django_capture_on_commit_callbacks(execute=True):
        writing.post(page_of(media, "credit/"), CC_BY)
    assert "Somebody else" not in text_of(client.get(READER))
    assert "Huda al-Amin" in text_of(client.get(READER))


def test_it_is_written_down_who_said_it(writing: Client, instructor: Any, media: Media) -> None:
    writing.post(page_of(media, "credit/"), CC_BY)
    entry = AuditEntry.objects.get(deed="picture.credited")
    assert entry.actor == instructor
    assert entry.detail["author"] == "Huda al-Amin"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "Choose the licence."),
        ({"licence": "CC-BY-4.0"}, "This licence asks that whoever made the picture is named."),
        ({"licence": "permission", "author": "Huda"}, "Write who gave the permission"),
        ({"licence": "public-domain"}, "Write where the picture can be found"),
        ({"licence": "own", "source_url": "javascript:alert(1)"}, "Write an address that begins with https://."),
        ({"licence": "mine"}, "mine"),
    ],
)
def test_what_says_too_little_is_refused(writing: Client, said: dict[str, str], message: str) -> None:
    response = credit(writing, MediaFactory(), **said)
    html = text_of(response)
    assert response.status_code == 422
    assert message in html
    assert not PictureCredit.objects.exists()


def test_what_was_typed_is_shown_again(writing: Client) -> None:
    html = text_of(credit(writing, MediaFactory(), licence="CC-BY-4.0", author="Huda <al-Amin>"))
    assert 'value="Huda &lt;al-Amin&gt;"' in html


def test_a_crop_takes_its_originals(writing: Client) -> None:
    original = MediaFactory()
    crop = MediaFactory(cropped_from=original)
    assert writing.post(page_of(crop, "credit/"), CC_BY).status_code == 302
    assert PictureCredit.objects.get().media == original


def test_from_a_lesson_it_leads_back_there(writing: Client, media: Media, pictured: Lesson) -> None:
    response = writing.post(page_of(media, "credit/"), CC_BY | {"lesson": pictured.slug})
    assert response.headers["Location"] == f"{LESSON}#picture-{media.pk}"


def test_a_credit_can_be_changed(writing: Client) -> None:
    kept = PictureCreditFactory()
    credit(writing, kept.media, licence="own")
    kept.refresh_from_db()
    assert (kept.licence, kept.author, kept.source_url) == ("own", "", "")

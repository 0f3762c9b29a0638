"""Who made a picture is said before it is published, and to readers where its licence asks for it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from lessons.credits import credit_lines, missing_in, reasons_against_files
from lessons.models import Licence, Media, Revision, RevisionMedia
from lessons.publishing import NotReady, publish_revisions, reasons_against_revisions
from tests.factories import (
    MediaFactory,
    PictureCreditFactory,
    RevisionFactory,
    published_course,
    published_lesson,
)

pytestmark = pytest.mark.django_db
NAME = "figures/leg.webp"
MARKDOWN = f"::: first\nPress.\n:::\n\n![A leg.]({NAME})\n"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def draft_showing(media: Media, markdown: str = MARKDOWN, **fields: Any) -> Revision:
    draft: Revision = RevisionFactory(markdown=markdown, state="draft", published_at=None, **fields)
    RevisionMedia.objects.create(revision=draft, media=media, name=NAME, alt="A leg.")
    return draft


def sent_by_a_person(**fields: Any) -> Media:
    media: Media = MediaFactory(uploaded=True, **fields)
    return media


def test_without_a_credit_it_is_not_published() -> None:
    draft = draft_showing(sent_by_a_person())
    with pytest.raises(NotReady, match="Nobody has said yet who made this picture"):
        publish_revisions([draft], timezone.now())


def test_with_one_it_is() -> None:
    media = sent_by_a_person()
    PictureCreditFactory(media=media)
    assert reasons_against_revisions([draft_showing(media)]) == []


def test_a_crop_has_the_credit_of_its_original() -> None:
    media = sent_by_a_person()
    draft = draft_showing(sent_by_a_person(cropped_from=media))
    assert len(reasons_against_revisions([draft])) == 1
    PictureCreditFactory(media=media)
    assert reasons_against_revisions([draft]) == []


def test_what_came_with_a_package_needs_none() -> None:
    assert reasons_against_revisions([draft_showing(MediaFactory())]) == []


def test_a_picture_that_the_text_does_not_show_needs_none() -> None:
    draft = draft_showing(sent_by_a_person(), "::: first\nPress.\n:::\n")
    assert reasons_against_revisions([draft]) == []


def test_two_languages_that_show_it_are_told_once() -> None:
    media = sent_by_a_person()
    assert len(reasons_against_revisions([draft_showing(media), draft_showing(media)])) == 1


@pytest.mark.parametrize("licence", Licence)
def test_a_licence_has_an_address_or_is_our_own_affair(licence: Licence) -> None:
    plain = {Licence.OWN, Licence.PERMISSION, Licence.PUBLIC_DOMAIN}
    assert bool(licence.url) == (licence not in plain)


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        (Licence.CC_BY_4, "https://creativecommons.org/licenses/by/4.0/"),
        (Licence.CC_BY_SA_3, "https://creativecommons.org/licenses/by-sa/3.0/"),
        (Licence.CC0, "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)
def test_the_address_of_a_licence(licence: Licence, url: str) -> None:
    assert licence.url == url


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (("own", "", "", ""), []),
        (("CC-BY-4.0", "", "", ""), ["author", "source_url"]),
        (("CC-BY-SA-4.0", "Huda", "https://a.example/", ""), []),
        (("OGL-UK-3.0", "Huda", "", ""), ["source_url"]),
        (("permission", "Huda", "", ""), ["permission"]),
        (("permission", "", "", "By letter"), ["author"]),
        (("public-domain", "", "", ""), ["source_url"]),
        (("CC0-1.0", "Huda", "", ""), []),
    ],
)
def test_what_a_credit_still_needs(said: tuple[str, str, str, str], missing: list[str]) -> None:
    assert list(missing_in(*said)) == missing


def credited_draft(**fields: Any) -> Revision:
    media = sent_by_a_person()
    PictureCreditFactory(media=media, **fields)
    draft = draft_showing(media)
    publish_revisions([draft], timezone.now())
    return draft


@pytest.mark.parametrize(
    ("licence", "told"), [("CC-BY-4.0", 1), ("permission", 1), ("own", 0), ("CC0-1.0", 0), ("public-domain", 0)]
)
def test_readers_are_told_where_the_licence_asks_for_it(licence: str, told: int) -> None:
    draft = credited_draft(licence=licence)
    assert len(credit_lines(draft.pk, draft.html)) == told


def test_readers_are_told_that_a_crop_was_changed() -> None:
    media = sent_by_a_person()
    PictureCreditFactory(media=media)
    draft = draft_showing(sent_by_a_person(cropped_from=media))
    publish_revisions([draft], timezone.now())
    assert [line.modified for line in credit_lines(draft.pk, draft.html)] == [True]


def test_a_text_without_pictures_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert credit_lines(1, "<p>Press.</p>") == ()


@pytest.fixture
def page(client: Client) -> str:
    """The address of a published lesson that shows a picture of somebody's."""
    media = sent_by_a_person()
    PictureCreditFactory(media=media, author="Huda <al-Amin>")
    lesson = published_lesson()
    published_course(lessons=[lesson])
    draft_of_lesson = draft_showing(media, text=lesson.texts.get(language="en"), number=2)
    publish_revisions([draft_of_lesson], timezone.now())
    return "/en/courses/first-aid/bleeding/"


def test_the_credit_stands_below_the_lesson(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    assert "Huda &lt;al-Amin&gt;" in html
    assert "https://creativecommons.org/licenses/by/4.0/" in html
    assert 'href="https://pictures.example/leg"' in html


def test_pictures_are_known_by_their_files_too() -> None:
    media = sent_by_a_person()
    assert [reason.subject for reason in reasons_against_files([f"{media.sha256}.webp"])] == [media]
    PictureCreditFactory(media=media)
    assert reasons_against_files([f"{media.sha256}.webp", "0.webp"]) == []

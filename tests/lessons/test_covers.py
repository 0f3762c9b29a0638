"""The cover of a course as readers see it, and that it is frozen with its edition."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lessons.catalogue import course_cards
from lessons.covers import copy_cover, put_cover, said_of
from lessons.models import CourseEdition, EditionCover, Media, Rendition
from lessons.publishing import reasons_against_edition
from lessons.reading import course_page
from tests.factories import MediaFactory, PictureCreditFactory, published_course, published_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]
CATALOGUE, PAGE = "/en/courses/", "/en/courses/first-aid/"


@pytest.fixture
def media() -> Media:
    """A photograph that there is in a smaller width and as AVIF."""
    made: Media = MediaFactory(width=1600, height=1200, size=9000)
    for at, (mime, width) in enumerate((("image/webp", 800), ("image/avif", 800), ("image/avif", 1600)), 1):
        ending = mime.removeprefix("image/")
        Rendition.objects.create(
            media=made,
            mime=mime,
            width=width,
            height=width * 3 // 4,
            size=100 * at,
            sha256=f"{at:064d}",
            file=f"00/{at:064d}.{ending}",
        )
    return made


@pytest.fixture
def covered(media: Media) -> CourseEdition:
    return published_course(lessons=[published_lesson()], cover=media)


def page(url: str) -> str:
    return Client().get(url).content.decode()


def draft_after(edition: CourseEdition) -> CourseEdition:
    draft: CourseEdition = CourseEdition.objects.create(
        course=edition.course, number=2, label="2", minutes=5, source_language="en"
    )
    return draft


def test_a_card_shows_it_lazily_in_every_format_around_its_focus(covered: CourseEdition, media: Media) -> None:
    [card] = course_cards("en")
    assert 'type="image/avif"' in card.cover
    assert f"{media.sha256}.webp 1600w" in card.cover
    assert 'class="focus-x-20 focus-y-70"' in card.cover
    assert 'alt="" loading="lazy"' in card.cover
    assert card.cover in page(CATALOGUE)


def test_the_page_of_the_course_loads_it_first(covered: CourseEdition) -> None:
    shown = page(PAGE)
    assert 'class="course-cover"' in shown
    assert 'alt="" fetchpriority="high"' in shown


def test_a_course_without_one_looks_as_before() -> None:
    published_course(lessons=[published_lesson()])
    pages = page(CATALOGUE) + page(PAGE)
    assert not re.search("card-cover|course-cover|<picture", pages)


@pytest.mark.parametrize(("url", "most"), [(CATALOGUE, 3), ("/en/", 4), (PAGE, 6)])
def test_it_costs_one_query_however_many_there_are(
    covered: CourseEdition, url: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        published_course(f"more-{number}", [published_lesson(f"more-{number}")], cover=MediaFactory())
    with django_assert_max_num_queries(most):
        assert Client().get(url).status_code == 200


def test_readers_are_told_who_made_it_where_the_licence_asks(covered: CourseEdition, media: Media) -> None:
    before = course_page("first-aid", "en")
    assert before
    assert before.credits == ()
    PictureCreditFactory(media=media)
    assert "Huda al-Amin" in page(PAGE)


def test_what_is_published_keeps_its_cover(covered: CourseEdition) -> None:
    cover = EditionCover.objects.filter(edition=covered)
    for deed in (lambda: cover.update(media=MediaFactory()), lambda: cover.update(focus_x=1), cover.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_what_is_published_without_a_cover_gets_none() -> None:
    edition = published_course()
    with pytest.raises(IntegrityError), transaction.atomic():
        put_cover(edition, MediaFactory())


def test_a_draft_takes_another_and_lets_it_go(covered: CourseEdition) -> None:
    draft, media = draft_after(covered), MediaFactory()
    put_cover(draft, MediaFactory(), (1, 2))
    put_cover(draft, media)
    assert said_of(draft) == (media.sha256, None)
    put_cover(draft, None)
    assert said_of(draft) is None


def test_a_copy_has_the_same_picture_and_focus(covered: CourseEdition, media: Media) -> None:
    draft = draft_after(covered)
    copy_cover(covered, draft)
    assert said_of(draft) == said_of(covered) == (media.sha256, (20, 70))


def test_a_cover_of_which_nobody_said_who_made_it_is_not_published(covered: CourseEdition) -> None:
    draft, media = draft_after(covered), MediaFactory(uploaded=True)
    put_cover(draft, media)
    assert media in [reason.subject for reason in reasons_against_edition(draft)]
    PictureCreditFactory(media=media)
    assert media not in [reason.subject for reason in reasons_against_edition(draft)]

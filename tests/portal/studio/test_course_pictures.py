"""Which pictures a question may be about."""

import pytest

from lessons.models import Lesson, Media, Revision, RevisionMedia, State
from portal.studio import course_pictures as pictures
from tests.factories import LONG_AGO, MediaFactory, published_course, published_lesson

pytestmark = pytest.mark.django_db


def shown_in(lesson: Lesson, name: str, media: Media | None = None) -> Media:
    """A picture that a new revision of the lesson shows under that name."""
    text, shown = lesson.texts.get(language="en"), media or MediaFactory()
    number = text.revisions.count() + 1
    revision = text.revisions.create(number=number, title="x", summary="x", objective="x")
    RevisionMedia.objects.create(revision=revision, media=shown, name=name)
    return shown


def names(lesson: Lesson, kept: tuple[str, ...] = ()) -> list[str]:
    return [picture.name for picture in pictures.course_pictures(lesson, kept)]


def test_the_lesson_s_own_come_first_and_each_once() -> None:
    lesson, other = published_lesson(), published_lesson("burns")
    published_course(lessons=[lesson, other])
    shown_in(other, "a.svg")
    shared = shown_in(other, "z.svg")
    shown_in(lesson, "b.svg", media=shared)
    shown_in(lesson, "c.svg", media=shared)
    assert names(lesson) == ["b.svg", "a.svg"]


def test_what_only_a_former_revision_shows_is_offered_only_where_it_is_kept() -> None:
    lesson = published_lesson()
    gone = [shown_in(lesson, f"{at}.svg") for at in range(2)]
    at = {"published_at": LONG_AGO, "superseded_at": LONG_AGO}
    Revision.objects.filter(pictures__media__in=gone).update(state=State.SUPERSEDED, **at)
    files = tuple(media.file.rpartition("/")[2] for media in gone)
    assert names(lesson) == []
    assert len(names(lesson, files)) == 2


def test_no_more_are_offered_than_can_be_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 2)
    lesson = published_lesson()
    for name in ("c.svg", "a.svg", "b.svg"):
        shown_in(lesson, name)
    assert names(lesson) == ["a.svg", "b.svg"]

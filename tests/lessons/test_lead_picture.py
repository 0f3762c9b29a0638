"""The photograph that stands for a lesson where it is shared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.models import RevisionMedia
from lessons.publishing import publish_revision
from lessons.reading import LeadPicture, lesson_page
from tests.factories import LONG_AGO, MediaFactory, RevisionFactory

pytestmark = pytest.mark.django_db
DRAWING = {"mime": "image/svg+xml", "file": f"aa/{'a' * 64}.svg"}


def published(text: str) -> int:
    """A lesson that shows this; `a.svg` is a drawing, `b.webp` and `c.webp` are photographs."""
    revision = RevisionFactory(markdown=f"::: first\nCall.\n:::\n\n{text}\n")
    for name in ("a.svg", "b.webp", "c.webp"):
        media = MediaFactory(sha256=(name[0] * 64), **(DRAWING if name == "a.svg" else {}))
        RevisionMedia.objects.create(revision=revision, media=media, name=name)
    publish_revision(revision, LONG_AGO)
    return int(revision.text.lesson_id)


def lead(text: str) -> LeadPicture | None:
    page = lesson_page(published(text), "en")
    assert page is not None
    return page.lead_picture


def test_it_is_the_first_photograph() -> None:
    found = lead('![Drawn.](a.svg)\n\n!["Hands" & feet.](b.webp)\n\n![Other.](c.webp)')
    assert found == LeadPicture(f"/media/{'b' * 64}.webp", 640, 360, '"Hands" & feet.')


def test_a_lesson_of_drawings_has_none() -> None:
    assert lead("![Drawn.](a.svg)") is None


def test_it_costs_no_query() -> None:
    lesson = published("![Hands.](b.webp)")
    page = lesson_page(lesson, "en")
    with CaptureQueriesContext(connection) as queries:
        assert page is not None
        assert page.lead_picture
    assert not queries.captured_queries

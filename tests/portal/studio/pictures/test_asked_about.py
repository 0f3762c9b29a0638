"""A question asks about a place in a picture: who made that is said as well."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Media
from quizzes.models import QuestionVersion
from quizzes.publishing import reasons_against_versions
from tests.factories import HOTSPOT, MediaFactory, PictureCreditFactory, published_question
from tests.portal.studio.people import LESSON, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def photograph() -> Any:
    return MediaFactory(uploaded=True)


@pytest.fixture
def asked(photograph: Media, lesson: Lesson, course: CourseEdition) -> Any:
    """The published version of a question about the picture."""
    picture = HOTSPOT["structure"]["picture"] | {"file": f"{photograph.sha256}.webp"}
    return published_question(lesson, HOTSPOT | {"structure": HOTSPOT["structure"] | {"picture": picture}}, key="BL-9")


def uncredited(version: QuestionVersion) -> list[Any]:
    return [reason.subject for reason in reasons_against_versions([version]) if isinstance(reason.subject, Media)]


def test_without_a_credit_it_is_not_published(asked: QuestionVersion, photograph: Media) -> None:
    assert uncredited(asked) == [photograph]
    PictureCreditFactory(media=photograph)
    assert uncredited(asked) == []


def test_whoever_is_asked_reads_who_made_it(writing: Client, asked: QuestionVersion, photograph: Media) -> None:
    page = f"{LESSON}questions/BL-9/try/"
    assert "Huda al-Amin" not in text_of(writing.get(page))
    PictureCreditFactory(media=photograph)
    assert "Huda al-Amin" in text_of(writing.get(page))

"""What a form is given out with, to find out later whether somebody saved meanwhile."""

import pytest

from lessons.models import Lesson
from portal.studio.compositions import mark_of
from portal.studio.question_standing import standing_of
from tests.factories import published_question

pytestmark = pytest.mark.django_db


def test_the_mark_is_the_same_in_whatever_order_the_texts_were_read(lesson: Lesson) -> None:
    standing = standing_of(published_question(lesson=lesson).question)
    before = mark_of(standing)
    standing.texts.reverse()
    assert len(standing.texts) > 1
    assert mark_of(standing) == before


def test_another_word_is_another_mark(lesson: Lesson) -> None:
    standing = standing_of(published_question(lesson=lesson).question)
    before = mark_of(standing)
    standing.texts[0].words = standing.texts[0].words | {"stem": "Something else?"}
    assert mark_of(standing) != before

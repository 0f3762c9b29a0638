"""The field that takes an answer is kept between requests; what it says is in the language of each."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from quizzes.asked import Measure
from quizzes.models import QuestionVersion
from tests.factories import (
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
    published_lesson,
    published_question,
)

pytestmark = pytest.mark.django_db
EACH = [SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL, ORDERING, MATCHING]


def said(version: QuestionVersion, language: str) -> str:
    with override(language), pytest.raises(ValidationError) as refused:
        Measure.of(version).read(QueryDict())
    with override(language):
        return " ".join(refused.value.messages)


@pytest.mark.parametrize("spec", EACH, ids=lambda spec: spec["kind"])
def test_a_field_first_used_in_arabic_speaks_english_to_the_next(spec: dict[str, object]) -> None:
    version = published_question(published_lesson(), spec)
    first, then, again = (said(version, language) for language in ("ar", "en", "ar"))
    assert not any("\u0600" <= letter <= "\u06ff" for letter in then)
    assert any("\u0600" <= letter <= "\u06ff" for letter in first)
    assert again == first


@pytest.mark.parametrize("spec", EACH, ids=lambda spec: spec["kind"])
def test_it_is_the_same_field(spec: dict[str, object]) -> None:
    version = published_question(published_lesson(), spec)
    with override("ar"):
        field = Measure.of(version).field
    with override("en"):
        assert Measure.of(version).field is field

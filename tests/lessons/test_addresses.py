"""Addresses made from titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.addresses import RESERVED, SHAPE, address_from, fault_of_address, latin
from lessons.models import Lesson
from tests.factories import LessonFactory


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Severe bleeding", "severe-bleeding"),
        ("Brûlures & chocs", "brulures-chocs"),
        ("النزيف الشديد", "nzyf-shdyd"),
        ("إسعاف الحُروق", "isaaf-hrwq"),
        ("خطوات ٣", "khtwat-3"),
        ("🔥", ""),
    ],
)
def test_a_title_is_written_in_latin_letters(title: str, address: str) -> None:
    assert latin(title) == address


def test_a_title_without_letters_has_a_name_and_a_number() -> None:
    assert address_from("🔥", set(), "lesson") == "lesson"
    assert address_from("🔥", {"lesson", "lesson-2"}, "lesson") == "lesson-3"


@given(st.text(max_size=200), st.sets(st.sampled_from(["a", "lesson", "new", "a-2"])))
def test_what_is_made_is_always_free_and_well_formed(title: str, taken: set[str]) -> None:
    made = address_from(title, taken, "lesson")
    assert SHAPE.fullmatch(made)
    assert made not in taken | RESERVED
    assert len(made) <= 80


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["Bleeding", "a b", "-a", "نزيف", "new", "final", "bleeding"])
def test_an_address_that_cannot_stand_is_told(address: str) -> None:
    LessonFactory(slug="bleeding")
    assert fault_of_address(address, Lesson.objects.all())


@pytest.mark.django_db
def test_an_address_that_is_free_may_stand() -> None:
    assert not fault_of_address("burns-2", Lesson.objects.all())

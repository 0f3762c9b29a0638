"""The downloaded data as a page: every part, in words, harmless."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from portal.accounts.audit import record
from portal.accounts.holding_words import WORDS, called
from portal.accounts.holdings import sections
from portal.accounts.models import User
from portal.accounts.readable import page
from tests.factories import LearnerFactory, MembershipFactory, UserFactory, check_of, published_course, published_lesson
from tests.portal.accounts.guests import SCRIPT
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """The headings and the texts of the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in {"h1", "h2", "th", "td", "script"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append((self.inside[-1], data))


def texts(user: User, tag: str) -> list[str]:
    reader = Reader()
    with override("en"):
        reader.feed("".join(page(user)))
    return [text for kind, text in reader.texts if kind == tag]


def translated(words: Any) -> str:
    with override("en"):
        return str(words)


@pytest.fixture
def salma() -> User:
    user: User = UserFactory(email="salma@example.org", display_name=f"Salma {SCRIPT}")
    lesson = published_lesson()
    sit(LearnerFactory(user=user), check_of(lesson), published_course(lessons=[lesson]).pk)
    MembershipFactory(user=user, from_day=date(2026, 1, 31))
    record(user, "report.exported", "ES-1")
    return user


def test_every_part_has_its_heading(salma: User) -> None:
    assert texts(salma, "h2") == [translated(section.words) for section in sections()]


def test_days_answers_and_yes_are_written_for_people(salma: User) -> None:
    cells = texts(salma, "td")
    assert {"31 January 2026", "Press hard", "Yes", "salma@example.org"} <= set(cells)


def test_what_was_typed_is_text_and_nothing_else(salma: User) -> None:
    assert f"Salma {SCRIPT}" in texts(salma, "td")
    assert texts(salma, "script") == []


def test_it_needs_nothing_from_elsewhere(salma: User) -> None:
    assert not re.search(r"<(img|link|iframe|script)|url\(|https?:", "".join(page(salma)))


def test_in_arabic_it_runs_from_right_to_left(salma: User) -> None:
    with override("ar"):
        assert '<html lang="ar" dir="rtl">' in next(page(salma))


def test_no_column_is_left_without_words(salma: User) -> None:
    documented = (settings.BASE_DIR / "docs" / "personal-data.md").read_text()
    keys = {key for section in sections() for row in section.rows(salma) for key in row}
    assert keys <= set(WORDS)
    assert all(f"`{key}`" in documented for key in WORDS)


def test_a_key_without_words_stands_as_it_is() -> None:
    assert called("no_such_key") == "no_such_key"

"""Letters about lessons whose review is due."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from lessons.models import State
from portal.accounts.models import RoleGrant, User
from portal.studio.models import ReviewLetter
from portal.studio.upkeep.reminders import remind
from tests.factories import (
    LONG_AGO,
    LessonTextFactory,
    OrganisationFactory,
    RevisionFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.portal.studio.people import staff
from tests.portal.studio.upkeep.test_lists import reviewed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def author(language: str = "en", **fields: Any) -> User:
    """Somebody who writes for one school only."""
    user: User = UserFactory(language=language, **fields)
    RoleGrantFactory(user=user, role=RoleGrant.Role.INSTRUCTOR, organisation=OrganisationFactory())
    return user


def html_of(letter: Any) -> str:
    return str(letter.alternatives[0][0])


def test_the_author_is_told_what_is_due_and_where() -> None:
    iman = author(email="iman@example.org")
    reviewed("burns", author=iman, review_due=TODAY)
    reviewed("fire", author=iman, review_due=TODAY + timedelta(days=61))
    assert remind(TODAY) == 1
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["iman@example.org"], "1 lesson of yours is due for review")
    for text in (str(letter.body), html_of(letter)):
        assert "About burns" in text
        assert "Review due since" in text
        assert "https://testserver/en/studio/lessons/burns/" in text
        assert "https://testserver/en/studio/upkeep/" in text
        assert "fire" not in text


def test_the_letter_is_in_the_language_of_the_person() -> None:
    nour = author("ar")
    lesson = reviewed("bleeding")
    arabic = LessonTextFactory(lesson=lesson, language="ar")
    published = {"state": State.PUBLISHED, "published_at": LONG_AGO, "review_due": TODAY}
    RevisionFactory(text=arabic, title="النزف الشديد", author=nour, **published)
    remind(TODAY)
    [letter] = mail.outbox
    assert "النزف الشديد" in str(letter.body)
    assert "حان موعد مراجعته" in str(letter.body)
    assert "https://testserver/ar/studio/lessons/bleeding/" in str(letter.body)
    assert '<html lang="ar" dir="rtl">' in html_of(letter)


def test_nobody_is_written_to_twice_within_a_month() -> None:
    reviewed("burns", author=author(), review_due=TODAY)
    sent = [remind(TODAY + timedelta(days=day)) for day in (0, 0, 1, 29, 30, 31)]
    assert sent == [1, 0, 0, 0, 1, 0]
    assert len(mail.outbox) == 2


def test_each_author_is_told_of_their_own() -> None:
    iman, omar = author(email="iman@example.org"), author(email="omar@example.org")
    reviewed("burns", author=iman, review_due=TODAY)
    reviewed("fire", author=omar, review_due=TODAY)
    remind(TODAY)
    told = {letter.to[0]: ("burns" in str(letter.body), "fire" in str(letter.body)) for letter in mail.outbox}
    assert told == {"iman@example.org": (True, False), "omar@example.org": (False, True)}


def test_what_came_from_a_package_belongs_to_those_who_write_for_the_nation() -> None:
    staff("Iman", RoleGrant.Role.INSTRUCTOR)
    author()
    staff("Rana", RoleGrant.Role.REVIEWER)
    reviewed("burns", review_due=TODAY)
    assert remind(TODAY) == 1


@pytest.mark.parametrize("gone", ["closed", "not an instructor any more"])
def test_what_somebody_wrote_who_left_does_too(gone: str) -> None:
    national = staff("Iman", RoleGrant.Role.INSTRUCTOR)
    former = author()
    reviewed("burns", author=former, review_due=TODAY)
    if gone == "closed":
        former.delete()
    else:
        former.grants.update(to_day=date(2026, 2, 1))
    remind(TODAY)
    assert [letter.to for letter in mail.outbox] == [[national.email]]


def test_a_long_list_is_cut_and_counted() -> None:
    iman = author()
    for number in range(23):
        reviewed(f"lesson-{number}", author=iman, review_due=TODAY)
    remind(TODAY)
    [letter] = mail.outbox
    assert letter.subject == "23 lessons of yours are due for review"
    assert str(letter.body).count("/studio/lessons/") == 20
    assert "3 more lessons stand on this page:" in str(letter.body)


def test_a_letter_that_could_not_be_sent_is_tried_the_next_day(settings: Any) -> None:
    reviewed("burns", author=author(), review_due=TODAY)
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert remind(TODAY) == 0
    settings.EMAIL_BACKEND = kept
    assert remind(TODAY + timedelta(days=1)) == 1


def test_nothing_due_is_no_letter() -> None:
    reviewed("burns", author=author())
    assert remind(TODAY) == 0
    assert not ReviewLetter.objects.exists()


def test_the_command_says_how_many_letters_went_out(capsys: Any) -> None:
    reviewed("burns", author=author(), review_due=TODAY)
    call_command("remind_reviews")
    assert capsys.readouterr().out == "1 letters sent\n"

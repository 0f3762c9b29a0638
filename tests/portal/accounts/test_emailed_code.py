"""Logging in with a code from an e-mail: what is taken, what is refused, and what nobody learns from it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts.entrance import GUESSES, HOLDS, RESENDS, WAIT
from portal.accounts.models import User
from tests.factories import LearnerFactory, UserFactory
from tests.portal.accounts.guests import (
    AGAIN,
    CODE,
    LOGIN,
    MY_LEARNING,
    PASSWORD,
    ask_for_code,
    code_of,
    confirmed,
    emailed_code,
    guest_with_progress,
    is_logged_in,
    text_of,
    with_second_factor,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
NOT_THE_CODE = "This is not the code."


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org", language="ar"))


def wrong_code() -> str:
    return str((int(emailed_code()) + 1) % 1_000_000).zfill(6)


def test_a_code_from_an_e_mail_lets_a_person_in(client: Client, salma: User) -> None:
    assert ask_for_code(client).headers["Location"] == CODE
    assert client.post(CODE, {"code": emailed_code()}).headers["Location"] == "/ar/my-learning/"
    assert client.session["_auth_user_id"] == str(salma.pk)


def test_the_letter_is_in_the_persons_language_and_says_that_the_account_is_there(client: Client, salma: User) -> None:
    ask_for_code(client)
    assert mail.outbox[0].to == ["salma@example.org"]
    assert "تدخلون إلى حسابكم" in mail.outbox[0].body


def test_the_code_is_on_no_page_and_not_in_the_session(client: Client, salma: User) -> None:
    page = text_of(client.post(LOGIN, {"login": "salma@example.org"}, follow=True))
    assert emailed_code() not in page
    assert emailed_code() not in str(dict(client.session))


def test_the_page_says_where_the_code_went(client: Client, salma: User) -> None:
    page = text_of(client.post(LOGIN, {"login": "salma@example.org"}, follow=True))
    assert '<bdi class="address">salma@example.org</bdi>' in page


def test_another_address_can_be_taken_without_losing_the_way(client: Client) -> None:
    page = text_of(client.post(LOGIN, {"login": "salma@example.org", "next": "/en/courses/"}, follow=True))
    assert 'href="/en/account/login/?email=salma%40example.org&amp;next=%2Fen%2Fcourses%2F"' in page
    assert 'value="salma@example.org"' in text_of(client.get(f"{LOGIN}?email=salma%40example.org"))


@pytest.mark.parametrize("write", [lambda code: f" {code[:3]} {code[3:]} ", lambda code: f"\u2066{code}\u2069"])
def test_a_code_may_be_typed_with_blanks_or_copied_with_marks(client: Client, salma: User, write: Any) -> None:
    ask_for_code(client)
    client.post(CODE, {"code": write(emailed_code())})
    assert is_logged_in(client)


def test_a_code_may_be_typed_in_eastern_digits(client: Client, salma: User) -> None:
    ask_for_code(client)
    client.post(CODE, {"code": emailed_code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))})
    assert is_logged_in(client)


def test_a_wrong_code_is_told_beside_the_field(client: Client, salma: User) -> None:
    ask_for_code(client)
    response = client.post(CODE, {"code": wrong_code()})
    assert NOT_THE_CODE in text_of(response)
    assert not is_logged_in(client)


def test_a_code_can_be_guessed_at_only_so_often(client: Client, salma: User) -> None:
    ask_for_code(client)
    for _ in range(GUESSES - 1):
        assert NOT_THE_CODE in text_of(client.post(CODE, {"code": wrong_code()}))
    page = text_of(client.post(CODE, {"code": wrong_code()}, follow=True))
    assert "The code was wrong too many times." in page
    assert 'value="salma@example.org"' in page
    client.post(CODE, {"code": emailed_code()})
    assert not is_logged_in(client)


@pytest.mark.parametrize(("after", "is_in"), [(HOLDS - 1, True), (HOLDS + 1, False)])
def test_a_code_holds_for_ten_minutes(client: Client, salma: User, after: int, is_in: bool) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_for_code(client)
        clock.shift(timedelta(seconds=after))
        page = text_of(client.post(CODE, {"code": emailed_code()}, follow=True))
    assert is_logged_in(client) is is_in
    assert ("This code is too old." in page) is not is_in


def test_a_code_works_once(client: Client, salma: User) -> None:
    ask_for_code(client)
    client.post(CODE, {"code": emailed_code()})
    client.post("/en/account/logout/")
    assert client.post(CODE, {"code": emailed_code()}).headers["Location"] == LOGIN
    assert not is_logged_in(client)


def test_a_code_works_only_in_the_browser_that_asked_for_it(client: Client, salma: User) -> None:
    ask_for_code(client)
    elsewhere = Client()
    ask_for_code(elsewhere, "omar@example.org")
    elsewhere.post(CODE, {"code": emailed_code(0)})
    assert not is_logged_in(elsewhere)


def test_without_a_code_on_its_way_the_page_leads_to_the_log_in(client: Client) -> None:
    assert client.get(CODE).headers["Location"] == LOGIN
    assert client.post(AGAIN).headers["Location"] == LOGIN


def test_another_code_has_to_wait_a_little(client: Client, salma: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_for_code(client)
        assert f"You can ask again in {WAIT} seconds." in text_of(client.post(AGAIN, follow=True))
        clock.shift(timedelta(seconds=WAIT))
        assert "We have sent a new code." in text_of(client.post(AGAIN, follow=True))
    assert len(mail.outbox) == 2


def test_only_the_newest_code_works(client: Client, salma: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_for_code(client)
        clock.shift(timedelta(seconds=WAIT))
        client.post(AGAIN)
        client.post(CODE, {"code": emailed_code(0)})
        assert not is_logged_in(client)
        client.post(CODE, {"code": emailed_code(1)})
        assert is_logged_in(client)


def test_codes_are_sent_again_only_so_often(client: Client, salma: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_for_code(client)
        for _ in range(RESENDS + 1):
            clock.shift(timedelta(seconds=WAIT))
            page = text_of(client.post(AGAIN, follow=True))
    assert "We have sent several codes." in page
    assert len(mail.outbox) == 1 + RESENDS


def test_an_address_is_not_flooded_from_many_browsers(client: Client, salma: User) -> None:
    for _ in range(5):
        ask_for_code(Client())
    page = text_of(ask_for_code(client))
    assert "Too many attempts in a short time." in page
    assert 'value="salma@example.org"' in page
    assert len(mail.outbox) == 5


def test_the_page_does_not_tell_whether_an_address_has_an_account(client: Client, salma: User) -> None:
    known, unknown = (ask_for_code(Client(), email) for email in ("salma@example.org", "nobody@example.org"))
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [message.to for message in mail.outbox] == [["salma@example.org"], ["nobody@example.org"]]


def test_a_closed_account_is_told_so_only_after_the_code(client: Client, salma: User) -> None:
    User.objects.update(is_active=False)
    ask_for_code(client)
    assert "This account is closed" in text_of(client.post(CODE, {"code": emailed_code()}, follow=True))
    assert not is_logged_in(client)


def test_the_second_factor_is_still_asked_for(client: Client, salma: User) -> None:
    secret = with_second_factor(salma)
    ask_for_code(client)
    response = client.post(CODE, {"code": emailed_code()})
    assert response.headers["Location"] == "/en/account/second-factor/authenticate/"
    assert not is_logged_in(client)
    client.post(response.headers["Location"], {"code": code_of(secret)})
    assert is_logged_in(client)


def test_an_address_that_another_account_only_claims_opens_no_account_of_theirs(client: Client) -> None:
    thief = confirmed(UserFactory(email="thief@example.org"))
    EmailAddress.objects.create(user=thief, email="salma@example.org", verified=False)
    ask_for_code(client)
    client.post(CODE, {"code": emailed_code()})
    assert client.session["_auth_user_id"] != str(thief.pk)


def test_a_second_confirmed_address_opens_the_account(client: Client, salma: User) -> None:
    EmailAddress.objects.create(user=salma, email="work@example.org", verified=True)
    ask_for_code(client, "Work@example.org")
    client.post(CODE, {"code": emailed_code()})
    assert client.session["_auth_user_id"] == str(salma.pk)


def test_logging_in_gives_the_browser_another_session(client: Client, salma: User) -> None:
    ask_for_code(client)
    before = client.cookies["sessionid"].value
    client.post(CODE, {"code": emailed_code()})
    assert client.cookies["sessionid"].value != before


def test_logging_in_takes_what_the_guest_has_learned_along(client: Client, salma: User) -> None:
    own = LearnerFactory(user=salma)
    guest = guest_with_progress(client)
    ask_for_code(client)
    client.post(CODE, {"code": emailed_code()})
    guest.refresh_from_db()
    assert guest.merged_into == own


def test_the_code_leads_on_to_the_page_asked_for_in_ones_own_language_and_to_no_other_site(salma: User) -> None:
    own = f"/{salma.language}/"
    for wanted, way in (("/en/account/email/", f"{own}account/email/"), ("//evil.example/", f"{own}my-learning/")):
        browser = Client()
        browser.post(LOGIN, {"login": "salma@example.org", "next": wanted})
        assert browser.post(CODE, {"code": emailed_code(-1)}).headers["Location"] == way


def test_a_password_is_set_later_and_then_works(client: Client) -> None:
    ask_for_code(client)
    client.post(CODE, {"code": emailed_code()})
    assert 'href="/en/account/password/set/"' in text_of(client.get("/en/account/"))
    client.post("/en/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)


def test_who_is_logged_in_goes_on(client: Client, salma: User) -> None:
    client.force_login(salma)
    assert client.get(CODE).headers["Location"] == MY_LEARNING


def test_in_arabic_the_page_and_its_complaints_are_arabic(client: Client, salma: User) -> None:
    page = text_of(client.post("/ar/account/login/", {"login": "salma@example.org"}, follow=True))
    assert "اكتبوا الرمز" in page
    assert "ليس هذا هو الرمز" in text_of(client.post("/ar/account/login/code/confirm/", {"code": wrong_code()}))

"""Signing up: an address, a code, an account."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts import entrance
from portal.accounts.models import User
from quizzes.models import Learner
from tests.factories import UserFactory
from tests.portal.accounts.guests import (
    CODE,
    MY_LEARNING,
    SCRIPT,
    SIGNUP,
    emailed_code,
    guest_with_progress,
    is_logged_in,
    sign_up,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_signing_up_makes_an_account_and_logs_in(client: Client) -> None:
    assert sign_up(client).headers["Location"] == MY_LEARNING
    assert is_logged_in(client)
    user = User.objects.get()
    assert user.email == "salma@example.org"
    assert not user.has_usable_password()


def test_the_account_is_made_when_the_code_comes_back_and_not_before(client: Client) -> None:
    client.post(SIGNUP, {"email": "salma@example.org"})
    assert not User.objects.exists()


def test_the_code_confirms_the_address(client: Client) -> None:
    sign_up(client)
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("salma@example.org", True, True)


def test_a_new_account_is_told_so_on_the_page_and_in_the_letter(client: Client) -> None:
    sign_up(client)
    assert "There is no account with this address" in mail.outbox[0].body
    assert "Your account is made." in text_of(client.get(MY_LEARNING))


def test_an_account_keeps_the_language_it_was_made_in(client: Client) -> None:
    client.post("/ar/account/signup/", {"email": "salma@example.org"})
    client.post("/ar/account/login/code/confirm/", {"code": emailed_code()})
    assert User.objects.get().language == "ar"


def test_signing_up_keeps_what_the_guest_has_learned(client: Client) -> None:
    guest = guest_with_progress(client)
    response = sign_up(client)
    guest.refresh_from_db()
    assert guest.user == User.objects.get()
    assert response.cookies["learner"].value == ""


def test_a_sign_up_with_an_address_that_has_an_account_lets_its_owner_in(client: Client) -> None:
    user = UserFactory(email="salma@example.org")
    sign_up(client, "Salma@Example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


def test_a_second_sign_up_keeps_what_the_guest_has_learned(client: Client) -> None:
    user = UserFactory(email="salma@example.org")
    guest = guest_with_progress(client)
    sign_up(client)
    assert Learner.objects.get(user=user) == guest


def test_the_page_does_not_tell_whether_an_address_has_an_account(client: Client) -> None:
    UserFactory(email="known@example.org")
    pages = [text_of(client.post(SIGNUP, {"email": f"{name}@example.org"}, follow=True)) for name in ("known", "other")]
    assert (
        pages[0].replace("known@", "other@").replace("known%40", "other%40").split("csrf")[0]
        == pages[1].split("csrf")[0]
    )
    assert [message.to for message in mail.outbox] == [["known@example.org"], ["other@example.org"]]


def test_the_same_code_sent_twice_at_once_makes_one_account(client: Client) -> None:
    assert entrance._account("salma@example.org")[1] is True
    assert entrance._new_account("salma@example.org") == (User.objects.get(), False)


@pytest.mark.parametrize(
    ("email", "complaint"),
    [
        ("", "This field is required."),
        ("not an address", "Enter a valid email address."),
        ("a" * 250 + "@example.org", "at most 254 characters"),
        (f"{SCRIPT}@example.org", "Enter a valid email address."),
        ("salma\x00@example.org", "Null characters are not allowed."),
    ],
)
def test_a_sign_up_that_cannot_be_taken_says_why(client: Client, email: str, complaint: str) -> None:
    response = client.post(SIGNUP, {"email": email})
    assert response.status_code == 200
    assert complaint in text_of(response)
    assert mail.outbox == []


def test_what_was_typed_stays_in_the_form_and_runs_nothing(client: Client) -> None:
    page = text_of(client.post(SIGNUP, {"email": f"{SCRIPT}@example.org"}))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;@example.org" in page
    assert SCRIPT not in page


def test_signing_up_goes_back_to_the_page_one_came_from(client: Client) -> None:
    assert sign_up(client, next="/en/courses/").headers["Location"] == "/en/courses/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_up_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert sign_up(client, next=elsewhere).headers["Location"] == MY_LEARNING


def test_the_form_tells_the_browser_what_belongs_into_it(client: Client) -> None:
    attrs = client.get(SIGNUP).context["form"]["email"].field.widget.attrs
    assert (attrs["autocomplete"], attrs["inputmode"], attrs["dir"]) == ("email", "email", "ltr")
    client.post(SIGNUP, {"email": "salma@example.org"})
    attrs = client.get(CODE).context["form"]["code"].field.widget.attrs
    assert (attrs["autocomplete"], attrs["inputmode"], attrs["dir"]) == ("one-time-code", "numeric", "ltr")


def test_a_mail_server_that_is_away_is_told_beside_the_field(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = text_of(client.post(SIGNUP, {"email": "salma@example.org"}))
    assert "The code could not be sent just now" in page
    assert 'value="salma@example.org"' in page


def test_a_new_account_is_greeted_once(client: Client) -> None:
    page = text_of(client.get(sign_up(client)["Location"]))
    assert "Your account is made." in page
    assert "You are logged in" not in page

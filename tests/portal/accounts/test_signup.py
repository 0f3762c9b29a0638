from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from django.core import mail
from django.test import Client

from portal.accounts.forms import SignupForm
from portal.accounts.models import User
from quizzes.models import Learner
from tests.factories import UserFactory
from tests.portal.accounts.guests import (
    MY_LEARNING,
    PASSWORD,
    SCRIPT,
    SIGNUP,
    guest_with_progress,
    is_logged_in,
    sign_up,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_signing_up_makes_an_account_and_logs_in(client: Client) -> None:
    response = sign_up(client)
    assert response.headers["Location"] == MY_LEARNING
    assert is_logged_in(client)
    assert User.objects.get().check_password(PASSWORD)


def test_an_account_keeps_the_language_it_was_made_in(client: Client) -> None:
    client.post("/ar/account/signup/", {"email": "salma@example.org", "password1": PASSWORD})
    assert User.objects.get().language == "ar"


def test_signing_up_keeps_what_the_guest_has_learned(client: Client) -> None:
    guest = guest_with_progress(client)
    response = sign_up(client)
    guest.refresh_from_db()
    assert guest.user == User.objects.get()
    assert response.cookies["learner"].value == ""


def test_signing_up_sends_a_link_to_confirm_the_address(client: Client) -> None:
    sign_up(client)
    assert mail.outbox[0].to == ["salma@example.org"]
    assert mail.outbox[0].subject == "Confirm your e-mail address"
    assert "http://testserver/en/account/confirm-email/" in mail.outbox[0].body


def test_the_link_in_the_mail_confirms_the_address(client: Client) -> None:
    sign_up(client)
    link = next(word for word in mail.outbox[0].body.split() if "confirm-email" in word)
    assert "salma@example.org" in text_of(client.get(link))
    client.post(link)
    assert EmailAddress.objects.get().verified


def test_a_sign_up_posted_twice_goes_on_to_the_same_account(client: Client) -> None:
    sign_up(client)
    response = sign_up(client)
    assert response.headers["Location"] == MY_LEARNING
    assert User.objects.count() == 1


def test_a_second_sign_up_with_the_right_password_logs_in_and_says_so(client: Client) -> None:
    UserFactory(email="salma@example.org")
    response = client.post(SIGNUP, {"email": "Salma@Example.org", "password1": PASSWORD}, follow=True)
    assert "You already have an account" in text_of(response)
    assert is_logged_in(client)
    assert User.objects.count() == 1


def test_a_second_sign_up_keeps_what_the_guest_has_learned(client: Client) -> None:
    user = UserFactory(email="salma@example.org")
    guest = guest_with_progress(client)
    sign_up(client)
    assert Learner.objects.get(user=user) == guest


def test_a_sign_up_with_the_address_of_another_is_told_to_log_in(client: Client) -> None:
    UserFactory(email="salma@example.org")
    response = sign_up(client, password="quite-another-one")
    assert "There is already an account with this e-mail address" in text_of(response)
    assert not is_logged_in(client)


def test_guessing_a_password_through_the_sign_up_meets_the_limit_on_log_ins(client: Client) -> None:
    UserFactory(email="salma@example.org")
    for number in range(5):
        sign_up(client, password=f"quite-another-one-{number}")
    assert "Too many attempts" in text_of(sign_up(client))
    assert not is_logged_in(client)


def test_two_sign_ups_at_the_same_moment_make_one_account(client: Client) -> None:
    request = client.get(SIGNUP).wsgi_request
    with context.request_context(request):
        form = SignupForm({"email": "salma@example.org", "password1": PASSWORD})
        assert form.is_valid()
        UserFactory(email="salma@example.org")
        user, response = form.try_save(request)
    assert user is None
    assert response is not None
    assert response.headers["Location"] == "/en/account/login/"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "password", "complaint"),
    [
        ("", "", "This field is required."),
        ("not an address", PASSWORD, "Enter a valid email address."),
        ("a" * 250 + "@example.org", PASSWORD, "at most 254 characters"),
        ("salma@example.org", "short", "at least 8 characters"),
        ("salma@example.org", "password1", "too common"),
        ("salma@example.org", "x" * 201, "at most 200 characters"),
        (f"{SCRIPT}@example.org", PASSWORD, "Enter a valid email address."),
        ("salma\x00@example.org", PASSWORD, "Null characters are not allowed."),
    ],
)
def test_a_sign_up_that_cannot_be_taken_says_why(client: Client, email: str, password: str, complaint: str) -> None:
    response = sign_up(client, email, password)
    assert response.status_code == 200
    assert complaint in text_of(response)
    assert not User.objects.exists()


def test_what_was_typed_stays_in_the_form_and_runs_nothing(client: Client) -> None:
    page = text_of(sign_up(client, f"{SCRIPT}@example.org"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;@example.org" in page
    assert SCRIPT not in page


def test_a_password_is_never_sent_back(client: Client) -> None:
    assert PASSWORD not in text_of(sign_up(client, "not an address"))


def test_signing_up_goes_back_to_the_page_one_came_from(client: Client) -> None:
    assert sign_up(client, next="/en/courses/").headers["Location"] == "/en/courses/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_up_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert sign_up(client, next=elsewhere).headers["Location"] == MY_LEARNING


def test_the_form_tells_the_browser_what_belongs_into_it(client: Client) -> None:
    form = client.get(SIGNUP).context["form"]
    assert form["email"].field.widget.attrs["autocomplete"] == "email"
    assert form["email"].field.widget.attrs["inputmode"] == "email"
    assert form["email"].field.widget.attrs["dir"] == "ltr"
    assert form["password1"].field.widget.attrs["autocomplete"] == "new-password"


def test_a_mail_server_that_is_away_does_not_stop_a_sign_up(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = client.post(SIGNUP, {"email": "salma@example.org", "password1": PASSWORD}, follow=True)
    assert is_logged_in(client)
    assert "The e-mail could not be sent just now" in text_of(response)

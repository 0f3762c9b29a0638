"""What the account tests do again and again."""

import re
import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory

from lessons.pages import LEARNER_COOKIE
from portal.accounts.models import User
from quizzes.learners import remember
from quizzes.models import Learner
from tests.factories import LearnerFactory

PASSWORD = "a-long-password"
LOGIN, SIGNUP, RESET = "/en/account/login/", "/en/account/signup/", "/en/account/password/reset/"
CODE, AGAIN = "/en/account/login/code/confirm/", "/en/account/login/code/again/"
MY_LEARNING = "/en/my-learning/"
SCRIPT = "<script>alert(1)</script>"


def sign_up(client: Client, email: str = "salma@example.org", **more: str) -> Any:
    client.post(SIGNUP, {"email": email} | more)
    return client.post(CODE, {"code": emailed_code(-1)})


def ask_for_code(client: Client, email: str = "salma@example.org") -> Any:
    return client.post(LOGIN, {"login": email})


def emailed_code(number: int = -1) -> str:
    """The code in the newest letter, or in the one with that number."""
    found = re.search(r"^\d{6}$", str(mail.outbox[number].body), re.MULTILINE)
    assert found
    return found[0]


def log_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password} | more)


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def text_of(response: Any) -> str:
    return str(response.content.decode())


def guest_with_progress(client: Client) -> Learner:
    """A learner whom this browser knows by its cookie."""
    learner: Learner = LearnerFactory()
    request, response = RequestFactory().get("/"), HttpResponse()
    request.user = AnonymousUser()
    remember(request, response, learner)
    client.cookies[LEARNER_COOKIE] = response.cookies[LEARNER_COOKIE].value
    return learner


def confirmed(user: User) -> User:
    """The person with their e-mail address confirmed."""
    EmailAddress.objects.create(user=user, email=str(user.email), verified=True, primary=True)
    return user


def with_second_factor(user: User) -> str:
    """Gives the person an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """What the authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> tuple[str, Any]:
    """Who is logged in shows that it is still them and sets up an app; its secret, and the page that follows."""
    activate = "/en/account/second-factor/totp/activate/"
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get(activate).context["form"].secret
    return secret, client.post(activate, {"code": code_of(secret)}, follow=True)

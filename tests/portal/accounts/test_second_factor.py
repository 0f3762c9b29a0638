import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts.models import User
from tests.factories import UserFactory
from tests.portal.accounts.guests import (
    MY_LEARNING,
    PASSWORD,
    code_of,
    confirmed,
    is_logged_in,
    log_in,
    set_up_app,
    text_of,
    with_second_factor,
)

pytestmark = pytest.mark.django_db
ROOM = "/en/account/second-factor/"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org"))


def test_a_password_alone_is_not_enough(client: Client, salma: User) -> None:
    with_second_factor(salma)
    assert log_in(client, "salma@example.org").headers["Location"] == f"{ROOM}authenticate/"
    assert not is_logged_in(client)


@pytest.mark.parametrize("typed_as", ["plain", "with a blank", "in Arabic digits"])
def test_the_code_lets_in(client: Client, salma: User, typed_as: str) -> None:
    code = code_of(with_second_factor(salma))
    typed = {"plain": code, "with a blank": f"{code[:3]} {code[3:]}", "in Arabic digits": code.translate(ARABIC_DIGITS)}
    log_in(client, "salma@example.org")
    response = client.post(f"{ROOM}authenticate/", {"code": typed[typed_as]})
    assert response.headers["Location"] == MY_LEARNING
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("code", "complaint"),
    [("", "This field is required."), ("000000", "This code is not right"), ("1" * 21, "at most 20 characters")],
)
def test_a_code_that_is_not_right_says_so(client: Client, salma: User, code: str, complaint: str) -> None:
    with_second_factor(salma)
    log_in(client, "salma@example.org")
    assert complaint in text_of(client.post(f"{ROOM}authenticate/", {"code": code}))
    assert not is_logged_in(client)


def test_a_code_works_once(client: Client, salma: User) -> None:
    code = code_of(with_second_factor(salma))
    log_in(client, "salma@example.org")
    client.post(f"{ROOM}authenticate/", {"code": code})
    client.post("/en/account/logout/")
    log_in(client, "salma@example.org")
    client.post(f"{ROOM}authenticate/", {"code": code})
    assert not is_logged_in(client)


def test_setting_up_an_app_ends_with_recovery_codes(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    _secret, page = set_up_app(client)
    assert page.request["PATH_INFO"] == f"{ROOM}recovery-codes/"
    assert len(page.context["unused_codes"]) == 10


def test_setting_up_an_app_asks_whether_it_is_still_them(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    assert "Is it still you?" in text_of(client.get(f"{ROOM}totp/activate/", follow=True))


@pytest.mark.parametrize(
    ("password", "complaint"), [("", "This field is required."), ("not-it", "This password is not right.")]
)
def test_a_wrong_password_does_not_show_that_it_is_still_them(
    client: Client, salma: User, password: str, complaint: str
) -> None:
    log_in(client, "salma@example.org")
    assert complaint in text_of(client.post("/en/account/reauthenticate/", {"password": password}))


def test_the_picture_of_the_key_is_dark_on_white(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    svg = client.get(f"{ROOM}totp/activate/").context["totp_svg"]
    assert 'fill="white"' in svg


def test_a_recovery_code_lets_in_once(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    codes = set_up_app(client)[1].context["unused_codes"]
    for expected in (True, False):
        client.post("/en/account/logout/")
        log_in(client, "salma@example.org")
        client.post(f"{ROOM}authenticate/", {"code": codes[0]})
        assert is_logged_in(client) is expected


def test_the_recovery_codes_can_be_downloaded(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    codes = set_up_app(client)[1].context["unused_codes"]
    assert text_of(client.get(f"{ROOM}recovery-codes/download/")).split() == codes


def test_an_unconfirmed_address_must_be_confirmed_first(client: Client) -> None:
    UserFactory(email="salma@example.org")
    log_in(client, "salma@example.org")
    client.get("/en/account/email/")  # makes the address known as not confirmed
    page = client.get(f"{ROOM}totp/activate/", follow=True)
    assert "Confirm your e-mail address first" in text_of(page)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "page", ["", "totp/activate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "reauthenticate/"]
)
def test_every_page_of_the_room_opens(client: Client, salma: User, page: str, language: str) -> None:
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    if page != "totp/activate/":
        set_up_app(client)
    response = client.get(f"/{language}/account/second-factor/{page}")
    assert response.status_code == 200
    assert "accounts/layout.html" in [template.name for template in response.templates]


def test_switching_it_off_asks_for_the_password_when_the_log_in_is_long_ago(client: Client, salma: User) -> None:
    with_second_factor(salma)
    client.force_login(salma)
    assert client.get(f"{ROOM}totp/deactivate/").headers["Location"].startswith("/en/account/reauthenticate/")
    back = client.post("/en/account/reauthenticate/", {"password": PASSWORD, "next": f"{ROOM}totp/deactivate/"})
    client.post(back.headers["Location"])
    assert not Authenticator.objects.filter(user=salma, type=Authenticator.Type.TOTP).exists()

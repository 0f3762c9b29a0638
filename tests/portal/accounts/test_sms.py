"""Text messages: whose numbers are taken, how many go out, and logging in with one."""

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.accounts import sms
from portal.accounts.models import AuditEntry, User
from tests.factories import UserFactory
from tests.portal.accounts.guests import (
    AGAIN,
    CODE,
    LOGIN,
    PASSWORD,
    SIGNUP,
    confirmed,
    guest_with_progress,
    is_logged_in,
    log_in,
    text_of,
)

NUMBER, TYPED = "+9647701234567", "0770 123 4567"
PAGE = "/en/account/number/"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Broken:
    """A gateway that is away."""

    def send(self, number: str, text: str) -> None:
        raise ConnectionRefusedError


@pytest.fixture
def texts(settings: Any, tmp_path: Path) -> Path:
    """Texts can be sent, and lie in this folder."""
    settings.SMS_SENDER, settings.PHONE_COUNTRY, settings.VAR_DIR = "portal.accounts.sms.Files", "IQ", tmp_path
    return tmp_path / "sms"


def sent(texts: Path) -> list[tuple[str, str]]:
    """Number and words of each text, the oldest first."""
    files = sorted(texts.glob("*.txt")) if texts.exists() else []
    return [(number, words) for number, words in (file.read_text().splitlines() for file in files)]


def code_in(texts: Path) -> str:
    found = re.search(r"\b\d{6}\b", sent(texts)[-1][1])
    assert found
    return found[0]


@pytest.mark.parametrize(
    "typed",
    [
        TYPED,
        "٠٧٧٠١٢٣٤٥٦٧",
        "۰۷۷۰۱۲۳۴۵۶۷",
        "+964 770 123 4567",
        "00964-770-1234567",
        "(0770) 1234567",
        "\u200f0770\u00a01234567",
    ],
)
def test_a_number_is_known_however_it_is_typed(texts: Path, typed: str) -> None:
    assert sms.number_of(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "770", "abc", "+1 202 555 0123", "+88213300000", "01 234 5678", TYPED + " ext. 5", "0770" * 30]
)
def test_what_is_no_mobile_number_of_the_country_is_refused(texts: Path, typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        sms.number_of(typed)


@given(st.text(max_size=60))
@hypothesis_settings(max_examples=200)
def test_whatever_is_typed_is_a_number_or_refused(typed: str) -> None:
    from django.test import override_settings

    with override_settings(PHONE_COUNTRY="IQ"), contextlib.suppress(ValueError):
        assert re.fullmatch(r"\+9647\d{9}", sms.number_of(typed))


@pytest.mark.parametrize("text", [{"deletes": False}, {"deletes": True}])
def test_a_text_in_arabic_fits_into_one_message(texts: Path, text: dict[str, bool]) -> None:
    sms.send_now("code", NUMBER, "ar", code="482913", **text)
    [(_number, words)] = sent(texts)
    assert "482913" in words
    assert re.search("[\u0621-\u064a]{3}", words)
    assert len(words) <= sms.ARABIC_PART


def test_the_console_prints_the_text(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SMS_SENDER = "portal.accounts.sms.Console"
    sms.send_now("code", NUMBER, "en", code="482913")
    assert f"SMS {NUMBER}: 482913 is your code" in capsys.readouterr().out


@pytest.mark.django_db
def test_without_a_gateway_no_page_asks_for_a_number(client: Client) -> None:
    assert "number" not in text_of(client.get(LOGIN)).lower().split("<main")[1].split("</main")[0]
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("page", [(LOGIN, "login"), (SIGNUP, "email")])
def test_somebody_new_gets_an_account_by_a_text(client: Client, texts: Path, page: tuple[str, str]) -> None:
    guest = guest_with_progress(client)
    place, field = page
    assert client.post(place, {field: TYPED}).headers["Location"] == CODE
    assert sent(texts)[0][0] == NUMBER
    assert "text message with a code" in text_of(client.get(CODE))
    client.post(CODE, {"code": code_in(texts).translate(ARABIC_DIGITS)})
    user = User.objects.get()
    assert (user.phone, user.email) == (NUMBER, None)
    guest.refresh_from_db()
    assert is_logged_in(client)
    assert guest.user == user
    assert client.get("/en/account/").status_code == 200
    assert not mail.outbox


@pytest.fixture
def salma(db: None) -> User:
    return confirmed(UserFactory(email="salma@example.org", phone=NUMBER, language="en"))


def test_the_owner_of_the_number_comes_in(client: Client, texts: Path, salma: User) -> None:
    client.post(LOGIN, {"login": TYPED})
    client.post(CODE, {"code": code_in(texts)})
    assert client.session["_auth_user_id"] == str(salma.pk)


def test_the_text_is_in_the_language_of_the_owner(client: Client, texts: Path, salma: User) -> None:
    User.objects.update(language="ar")
    client.post(LOGIN, {"login": TYPED})
    assert re.search("[\u0621-\u064a]{3}", sent(texts)[0][1])


def test_the_number_goes_with_the_password_too(client: Client, texts: Path, salma: User) -> None:
    client.post(LOGIN, {"login": TYPED, "password": PASSWORD})
    assert is_logged_in(client)


def test_an_e_mail_address_is_taken_as_before(client: Client, texts: Path, salma: User) -> None:
    log_in(client, " Salma@example.org")
    assert is_logged_in(client)


def test_a_wrong_code_lets_nobody_in(client: Client, texts: Path, salma: User) -> None:
    client.post(LOGIN, {"login": TYPED})
    wrong = str((int(code_in(texts)) + 1) % 1_000_000).zfill(6)
    assert "This is not the code." in text_of(client.post(CODE, {"code": wrong}))
    assert not is_logged_in(client)


@pytest.mark.parametrize("typed", ["12", "+1 202 555 0123", "salma", "salma@"])
def test_what_is_neither_address_nor_number_says_so(client: Client, texts: Path, salma: User, typed: str) -> None:
    page = client.post(LOGIN, {"login": typed})
    assert page.status_code == 200
    assert page.context["form"].errors["login"]
    assert not sent(texts)


def test_a_number_gets_few_texts_from_wherever_they_are_asked_for(texts: Path, salma: User) -> None:
    for number in range(6):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": TYPED})
    page = text_of(Client(REMOTE_ADDR="192.0.2.99").post(LOGIN, {"login": TYPED}))
    assert len(sent(texts)) == 3
    assert "Too many attempts" in page


def test_an_address_gets_few_texts_for_however_many_numbers(
    client: Client, texts: Path, salma: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sms.LIMITS, "place", "2/h/ip")
    for last in range(4):
        client.post(LOGIN, {"login": f"077012345{last}0"})
    assert len(sent(texts)) == 2


def test_the_portal_sends_no_more_in_an_hour_than_it_means_to_pay_for(texts: Path, salma: User, settings: Any) -> None:
    settings.SMS_PER_HOUR = 2
    for last in range(4):
        Client(REMOTE_ADDR=f"192.0.2.{last}").post(LOGIN, {"login": f"077012345{last}0"})
    assert len(sent(texts)) == 2


def test_whose_number_has_its_limit_still_comes_in_by_e_mail(texts: Path, salma: User, client: Client) -> None:
    for _ in range(5):
        client.post(LOGIN, {"login": TYPED})
    assert client.post(LOGIN, {"login": "salma@example.org"}).headers["Location"] == CODE
    assert mail.outbox


def test_a_gateway_that_is_away_is_told_in_words(client: Client, texts: Path, salma: User, settings: Any) -> None:
    settings.SMS_SENDER = "tests.portal.accounts.test_sms.Broken"
    assert "The code could not be sent just now." in text_of(client.post(LOGIN, {"login": TYPED}))


def test_asking_again_sends_another_text(client: Client, texts: Path, salma: User) -> None:
    client.post(LOGIN, {"login": TYPED})
    kept = client.session
    kept["entrance"] |= {"at": 0}
    kept.save()
    client.post(AGAIN)
    assert len(sent(texts)) == 2


@pytest.fixture
def omar(client: Client, texts: Path) -> User:
    """Somebody logged in who has no number yet."""
    user = confirmed(UserFactory(email="omar@example.org"))
    log_in(client, "omar@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    return user


@pytest.mark.django_db
def test_a_number_is_kept_once_its_code_has_come_back(client: Client, omar: User, texts: Path) -> None:
    client.post(PAGE, {"number": TYPED})
    assert not User.objects.get(pk=omar.pk).phone
    page = client.post(PAGE, {"code": code_in(texts)}, follow=True)
    assert "From now on you can log in with this number." in text_of(page)
    assert User.objects.get(pk=omar.pk).phone == NUMBER
    assert AuditEntry.objects.get(deed="phone.changed").subject == str(omar.pk)


@pytest.mark.django_db
def test_a_wrong_code_keeps_no_number(client: Client, omar: User, texts: Path) -> None:
    client.post(PAGE, {"number": TYPED})
    wrong = str((int(code_in(texts)) + 1) % 1_000_000).zfill(6)
    assert "This is not the code." in text_of(client.post(PAGE, {"code": wrong}))
    assert not User.objects.get(pk=omar.pk).phone


@pytest.mark.django_db
def test_a_number_of_somebody_else_is_not_taken_from_them(client: Client, omar: User, texts: Path) -> None:
    other = UserFactory(phone=NUMBER)
    client.post(PAGE, {"number": TYPED})
    page = client.post(PAGE, {"code": code_in(texts)}, follow=True)
    assert "This number opens another account already." in text_of(page)
    other.refresh_from_db()
    assert other.phone == NUMBER


@pytest.mark.django_db
def test_a_number_is_taken_away_where_an_e_mail_address_is_left(client: Client, omar: User) -> None:
    User.objects.filter(pk=omar.pk).update(phone=NUMBER)
    client.post(PAGE, {"remove": "1"})
    assert not User.objects.get(pk=omar.pk).phone


@pytest.mark.django_db
def test_somebody_known_by_their_number_alone_closes_the_account_by_a_text(client: Client, texts: Path) -> None:
    client.post(LOGIN, {"login": TYPED})
    client.post(CODE, {"code": code_in(texts)})
    client.post("/en/account/delete/")
    assert "deletes your account" in sent(texts)[-1][1] or "حساب" in sent(texts)[-1][1]
    client.post("/en/account/delete/", {"code": code_in(texts)})
    assert User.objects.get().erase_on

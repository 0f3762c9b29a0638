"""Passwords as NIST SP 800-63B-4 asks."""

import unicodedata

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.accounts.passwords import ALONE, help_for
from tests.factories import RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import with_second_factor


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with override("en"):
        yield


def complaint(password: str, user: User | None = None) -> str:
    """What is said against the password; nothing where it is taken."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "حصان صحيح بطارية دبوس",
        "lowercaseonlyisfine",
        "  spaces count as well  ",
        "🦊🐢🦉🐝🐙🦆🐌🐘🦋🐳🦔🐡🦚🐪🦜",
        "x9!" + "quite different words " * 8,
    ],
)
def test_any_long_password_that_nobody_guesses_is_taken(password: str) -> None:
    assert not complaint(password)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen-chars", "at least 15 characters"),
        ("passwordpassword", "too common"),
        ("qwertyuiop123456789", "too common"),
        ("Password1234567890!", "too common"),
        ("aaaaaaaaaaaaaaaaaa", "too few different"),
        ("121212121212121212", "too few different"),
        ("civil-defense-portal-2026", "mostly your name"),
        ("بوابة الدفاع المدني ٢٠٢٦", "mostly your name"),
    ],
)
def test_a_password_that_is_short_or_guessed_says_why(password: str, why: str) -> None:
    assert why in complaint(password)


@pytest.mark.parametrize("password", ["salma.haddad@example.org", "SalmaHaddad2026!!!", "haddad salma haddad"])
def test_a_password_made_of_the_person_says_so(password: str) -> None:
    assert "mostly your name" in complaint(password, User(email="salma.haddad@example.org"))


@pytest.mark.django_db
def test_with_a_second_factor_eight_characters_are_enough() -> None:
    user = UserFactory()
    assert "at least 15" in complaint("kzvq7pwm", user)
    with_second_factor(user)
    assert not complaint("kzvq7pwm", user)
    assert "at least 8" in complaint("kzvq7pw", user)


@pytest.mark.django_db
def test_a_citizens_passkey_is_no_second_factor_so_the_password_stands_alone() -> None:
    user = UserFactory()
    Authenticator.objects.create(user=user, type="webauthn", data={})
    assert "at least 15" in complaint("kzvq7pwm", user)
    RoleGrantFactory(user=user, role="instructor")
    assert not complaint("kzvq7pwm", user)


def test_the_page_says_how_long_it_must_be() -> None:
    assert help_for(None).startswith("At least 15 characters")


@given(st.text(min_size=1, max_size=40))
def test_what_looks_the_same_is_the_same_password(password: str) -> None:
    user = User()
    user.set_password(unicodedata.normalize("NFD", password))
    assert user.check_password(unicodedata.normalize("NFC", password))


def test_a_password_from_before_still_opens() -> None:
    user = User()
    super(User, user).set_password("ﬁve-old-ligatures")
    assert user.check_password("ﬁve-old-ligatures")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ابتثجحخ", max_size=ALONE - 1))
def test_nothing_short_is_taken(password: str) -> None:
    assert complaint(password)

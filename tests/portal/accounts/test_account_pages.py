import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.factories import UserFactory
from tests.portal.accounts.guests import PASSWORD, SCRIPT, confirmed, text_of, with_second_factor

pytestmark = pytest.mark.django_db
GUEST_PAGES = [
    "login/",
    "signup/",
    "inactive/",
    "confirm-email/",
    "confirm-email/made-up/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
]
OWN_PAGES = ["", "email/", "password/change/", "logout/", "second-factor/", "reauthenticate/"]
PROFILE, EMAIL = "/en/account/", "/en/account/email/"


@pytest.fixture
def salma(client: Client) -> User:
    user = confirmed(UserFactory(email="salma@example.org"))
    client.post("/en/account/login/", {"login": "salma@example.org", "password": PASSWORD})
    return user


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", GUEST_PAGES)
def test_a_guest_can_open_the_page(client: Client, page: str, language: str) -> None:
    response = client.get(f"/{language}/account/{page}")
    assert response.status_code == 200
    assert "accounts/layout.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_person_can_open_the_page(client: Client, salma: User, page: str, language: str) -> None:
    response = client.get(f"/{language}/account/{page}")
    assert response.status_code == 200
    assert "accounts/layout.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_guest_is_sent_to_log_in_first(client: Client, page: str) -> None:
    assert client.get(f"/en/account/{page}").status_code == 302


def test_no_account_page_has_inline_style_or_script(client: Client, salma: User) -> None:
    for page in OWN_PAGES:
        html = text_of(client.get(f"/en/account/{page}"))
        assert " style=" not in html
        assert "<script>" not in html


def test_a_person_can_give_a_name_and_a_language(client: Client, salma: User) -> None:
    client.post(PROFILE, {"display_name": "سلمى حداد", "language": "ar"})
    salma.refresh_from_db()
    assert (salma.display_name, salma.language) == ("سلمى حداد", "ar")


@pytest.mark.parametrize(
    ("name", "language", "complaint"),
    [("x" * 121, "ar", "at most 120 characters"), ("Salma", "xx", "Select a valid choice"), ("Salma", "", "required")],
)
def test_a_profile_that_cannot_be_taken_says_why(
    client: Client, salma: User, name: str, language: str, complaint: str
) -> None:
    response = client.post(PROFILE, {"display_name": name, "language": language})
    assert complaint in text_of(response)
    assert f'value="{name}"' in text_of(response)
    salma.refresh_from_db()
    assert salma.display_name == ""


def test_a_name_with_a_script_is_only_text(client: Client, salma: User) -> None:
    page = text_of(client.post(PROFILE, {"display_name": SCRIPT, "language": "en"}, follow=True))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert SCRIPT not in page


def test_a_profile_saved_twice_is_saved_once(client: Client, salma: User) -> None:
    for _ in range(2):
        assert client.post(PROFILE, {"display_name": "Salma", "language": "en"}).status_code == 302
    salma.refresh_from_db()
    assert salma.display_name == "Salma"


def test_a_second_address_is_added_and_asked_to_be_confirmed(client: Client, salma: User) -> None:
    page = text_of(client.post(EMAIL, {"email": "work@example.org", "action_add": ""}, follow=True))
    assert "work@example.org" in page
    assert "Not confirmed yet" in page
    assert mail.outbox[-1].to == ["work@example.org"]


@pytest.mark.parametrize(
    ("email", "complaint"),
    [
        ("", "This field is required."),
        ("work", "Enter a valid email address."),
        ("a" * 250 + "@example.org", "at most 254 characters"),
        (SCRIPT, "Enter a valid email address."),
        ("salma@example.org", "This address already belongs to your account."),
    ],
)
def test_an_address_that_cannot_be_taken_says_why(client: Client, salma: User, email: str, complaint: str) -> None:
    page = text_of(client.post(EMAIL, {"email": email, "action_add": ""}))
    assert complaint in page
    assert SCRIPT not in page
    assert EmailAddress.objects.count() == 1


def test_the_main_address_stays(client: Client, salma: User) -> None:
    page = text_of(client.post(EMAIL, {"email": "salma@example.org", "action_remove": ""}, follow=True))
    assert "is your main address" in page
    assert EmailAddress.objects.count() == 1


def test_another_address_can_become_the_main_one(client: Client, salma: User) -> None:
    EmailAddress.objects.create(user=salma, email="work@example.org", verified=True)
    client.post(EMAIL, {"email": "work@example.org", "action_primary": ""})
    salma.refresh_from_db()
    assert salma.email == "work@example.org"


def test_an_address_is_removed(client: Client, salma: User) -> None:
    EmailAddress.objects.create(user=salma, email="work@example.org", verified=True)
    client.post(EMAIL, {"email": "work@example.org", "action_remove": ""})
    assert not EmailAddress.objects.filter(email="work@example.org").exists()


def test_the_address_of_another_person_cannot_be_removed(client: Client, salma: User) -> None:
    confirmed(UserFactory(email="omar@example.org"))
    client.post(EMAIL, {"email": "omar@example.org", "action_remove": ""})
    assert EmailAddress.objects.filter(email="omar@example.org").exists()


def test_the_profile_says_whether_there_is_a_second_factor(client: Client, salma: User) -> None:
    assert "is off" in text_of(client.get(PROFILE))
    with_second_factor(salma)
    assert "is on" in text_of(client.get(PROFILE))

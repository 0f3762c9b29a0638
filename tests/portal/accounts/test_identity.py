"""Logging in with an identity service: a real one, in a process of its own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from portal.accounts.models import AuditEntry, ExternalIdentity, User
from tests.factories import RoleGrantFactory, UserFactory
from tests.identity.furnish import CLIENT, SECRET
from tests.identity.service import IdentityService
from tests.portal.accounts.guests import (
    CODE,
    LOGIN,
    MY_LEARNING,
    PASSWORD,
    confirmed,
    emailed_code,
    guest_with_progress,
    is_logged_in,
    log_in,
    text_of,
    with_second_factor,
)

pytestmark = pytest.mark.django_db
BEGIN, LINK = "/en/account/identity/", "/en/account/identity/link/"
BACK = "https://testserver/ar/account/identity/back/"
FAILED = "The log-in with National ID did not work."


@pytest.fixture(scope="session")
def running_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentityService]:
    service = IdentityService(tmp_path_factory.mktemp("identity"))
    service.furnish(BACK)
    service.start()
    yield service
    service.stop()


@pytest.fixture
def service(running_service: IdentityService, settings: Any) -> IdentityService:
    """The service, which makes no mistakes, and which the portal knows."""
    running_service.err("")
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running_service.issuer, CLIENT
    settings.OIDC_CLIENT_SECRET = SECRET
    settings.OIDC_NAMES = {"ar": "الهوية الوطنية", "en": "National ID"}
    settings.ORIGIN = "https://testserver"
    return running_service


def leave(client: Client, place: str = BEGIN) -> str:
    """Where the portal sends the browser."""
    return str(client.get(place).headers["Location"])


def go(client: Client, service: IdentityService, person: str = "salma", place: str = BEGIN) -> Any:
    """The whole way: to the service, logged in there, and back; the portal's answer."""
    return come_back(client, service.log_in(leave(client, place), person))


def come_back(client: Client, address: str) -> Any:
    there = urlsplit(address)
    assert f"{there.scheme}://{there.netloc}{there.path}" == BACK
    return client.get(f"/en/account/identity/back/?{there.query}")


def test_without_a_service_no_page_knows_of_it(client: Client, settings: Any) -> None:
    assert "identity" not in text_of(client.get(LOGIN))
    for place in (BEGIN, "/en/account/identity/back/?state=x&code=y"):
        assert client.get(place).status_code == 404


@pytest.mark.parametrize(("language", "name"), [("en", "Log in with National ID"), ("ar", "الهوية الوطنية")])
def test_the_log_in_offers_it_by_its_name(client: Client, service: IdentityService, language: str, name: str) -> None:
    assert name in text_of(client.get(f"/{language}/account/login/"))


def test_the_browser_leaves_with_a_state_a_nonce_and_a_challenge(client: Client, service: IdentityService) -> None:
    first, second = (parse_qs(urlsplit(leave(client)).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"]
    assert first["response_type"] == ["code"]
    for secret in ("state", "nonce", "code_challenge"):
        assert len(first[secret][0]) >= 43
        assert first[secret] != second[secret]


def test_somebody_new_gets_an_account_with_the_verified_address(client: Client, service: IdentityService) -> None:
    response = go(client, service)
    assert "/my-learning/" in response.headers["Location"]
    assert is_logged_in(client)
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == ("salma@example.org", False)
    assert EmailAddress.objects.get(user=user).verified
    assert ExternalIdentity.objects.get().user == user


def test_the_same_person_comes_back_to_the_same_account(client: Client, service: IdentityService) -> None:
    go(client, service)
    client.post("/en/account/logout/")
    go(client, service)
    assert is_logged_in(client)
    assert User.objects.count() == 1


def test_an_address_changed_at_the_service_changes_nothing_here(client: Client, service: IdentityService) -> None:
    go(client, service)
    User.objects.update(email="new@example.org")
    client.post("/en/account/logout/")
    go(client, service)
    assert User.objects.get().email == "new@example.org"


@pytest.mark.parametrize("person", ["omar", "hind"])
def test_without_a_verified_address_the_account_has_none(client: Client, service: IdentityService, person: str) -> None:
    go(client, service, person)
    assert is_logged_in(client)
    assert User.objects.get().email is None
    assert client.get("/en/account/").status_code == 200


def test_an_unverified_address_opens_nobody_elses_account(client: Client, service: IdentityService) -> None:
    owner = confirmed(UserFactory(email="omar@example.org"))
    go(client, service, "omar")
    assert client.session["_auth_user_id"] != str(owner.pk)


def test_it_leads_to_the_page_asked_for(client: Client, service: IdentityService) -> None:
    confirmed(UserFactory(email="salma@example.org", language="en"))
    response = go(client, service, "hind", f"{BEGIN}?next=/en/account/email/")
    assert response.headers["Location"].endswith("/account/email/")


def test_it_never_leads_to_another_site(client: Client, service: IdentityService) -> None:
    response = go(client, service, "hind", f"{BEGIN}?next=https://evil.example/")
    assert response.headers["Location"].startswith("/")


def test_what_a_guest_has_learned_goes_along(client: Client, service: IdentityService) -> None:
    guest = guest_with_progress(client)
    go(client, service)
    guest.refresh_from_db()
    assert guest.user == User.objects.get()


@pytest.fixture
def salma() -> User:
    """Somebody who has an account with the address that the service verifies, and no link to the service."""
    return confirmed(UserFactory(email="salma@example.org", language="en"))


def test_an_account_with_the_address_opens_only_after_a_code(
    client: Client, service: IdentityService, salma: User
) -> None:
    response = go(client, service)
    assert response.headers["Location"] == CODE
    assert not is_logged_in(client)
    assert not ExternalIdentity.objects.exists()
    assert "There is an account with your address" in text_of(client.get(CODE))
    client.post(CODE, {"code": emailed_code()})
    assert client.session["_auth_user_id"] == str(salma.pk)
    assert ExternalIdentity.objects.get().user == salma


def test_once_linked_the_service_alone_opens_it(client: Client, service: IdentityService, salma: User) -> None:
    go(client, service)
    client.post(CODE, {"code": emailed_code()})
    client.post("/en/account/logout/")
    assert go(client, service).headers["Location"] == MY_LEARNING
    assert is_logged_in(client)


def test_the_password_proves_it_as_well(client: Client, service: IdentityService, salma: User) -> None:
    go(client, service)
    log_in(client, "salma@example.org")
    assert ExternalIdentity.objects.get().user == salma


def test_the_log_in_of_somebody_else_proves_nothing(client: Client, service: IdentityService, salma: User) -> None:
    confirmed(UserFactory(email="hind@example.org"))
    go(client, service)
    log_in(client, "hind@example.org")
    assert not ExternalIdentity.objects.exists()


def test_a_proof_that_comes_late_links_nothing(client: Client, service: IdentityService, salma: User) -> None:
    go(client, service)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        log_in(client, "salma@example.org")
    assert not ExternalIdentity.objects.exists()


def test_staff_are_asked_for_their_second_factor_all_the_same(
    client: Client, service: IdentityService, salma: User
) -> None:
    RoleGrantFactory(user=salma, role="instructor")
    with_second_factor(salma)
    ExternalIdentity.objects.create(user=salma, issuer=service.issuer, subject="1")
    assert go(client, service).headers["Location"] == "/en/account/second-factor/authenticate/"
    assert not is_logged_in(client)


def test_a_closed_account_stays_closed(client: Client, service: IdentityService, salma: User) -> None:
    User.objects.update(is_active=False)
    ExternalIdentity.objects.create(user=salma, issuer=service.issuer, subject="1")
    go(client, service)
    assert not is_logged_in(client)


def test_somebody_logged_in_links_the_service_to_their_account(
    client: Client, service: IdentityService, salma: User
) -> None:
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(go(client, service, "hind", LINK).headers["Location"])
    assert "From now on you can log in with National ID." in text_of(page)
    assert ExternalIdentity.objects.get().user == salma
    assert AuditEntry.objects.get(deed="identity.linked").subject == str(salma.pk)


def test_linking_asks_whether_it_is_still_them(client: Client, service: IdentityService, salma: User) -> None:
    client.force_login(salma)
    assert "/account/reauthenticate/" in leave(client, LINK)


def test_an_identity_that_opens_another_account_is_not_taken_from_it(
    client: Client, service: IdentityService, salma: User
) -> None:
    other = UserFactory()
    ExternalIdentity.objects.create(user=other, issuer=service.issuer, subject="3")
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(go(client, service, "hind", LINK).headers["Location"])
    assert "opens another account already" in text_of(page)
    assert ExternalIdentity.objects.get().user == other


@pytest.mark.parametrize(
    "fault", ["signature", "unsigned", "secret", "issuer", "audience", "nonce", "expired", "party"]
)
def test_a_token_that_is_not_right_lets_nobody_in(client: Client, service: IdentityService, fault: str) -> None:
    service.err(fault)
    response = go(client, service)
    assert response.headers["Location"] == LOGIN
    assert FAILED in text_of(client.get(LOGIN))
    assert not User.objects.exists()
    assert AuditEntry.objects.get().detail == {"way": "identity"}


def test_another_state_lets_nobody_in(client: Client, service: IdentityService) -> None:
    address = service.log_in(leave(client), "salma")
    come_back(client, address.replace("state=", "state=x"))
    assert not is_logged_in(client)


def test_an_answer_brought_by_another_browser_lets_nobody_in(client: Client, service: IdentityService) -> None:
    address = service.log_in(leave(client), "salma")
    stranger = Client()
    come_back(stranger, address)
    leave(stranger)
    come_back(stranger, address)
    assert not is_logged_in(stranger)


def test_an_answer_works_once(client: Client, service: IdentityService) -> None:
    address = service.log_in(leave(client), "salma")
    come_back(client, address)
    client.post("/en/account/logout/")
    come_back(client, address)
    assert not is_logged_in(client)


def test_a_code_without_its_verifier_gives_no_token(client: Client, service: IdentityService) -> None:
    address = service.log_in(leave(client), "salma")
    session = client.session
    session["identity"] |= {"verifier": "x" * 43}
    session.save()
    come_back(client, address)
    assert not is_logged_in(client)


def test_who_changes_their_mind_at_the_service_is_back_at_the_log_in(client: Client, service: IdentityService) -> None:
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    response = client.get(f"/en/account/identity/back/?state={state}&error=access_denied")
    assert response.headers["Location"] == LOGIN


def test_a_service_that_has_changed_its_keys_is_believed(client: Client, service: IdentityService) -> None:
    go(client, service)
    client.post("/en/account/logout/")
    service.stop()
    service.change_key()
    service.start()
    go(client, service)
    assert is_logged_in(client)


def test_a_service_that_is_away_is_told_in_words(client: Client, service: IdentityService, settings: Any) -> None:
    settings.OIDC_ISSUER = "http://localhost:9"
    assert leave(client) == LOGIN
    assert FAILED in text_of(client.get(LOGIN))


def test_a_description_of_another_issuer_is_not_believed(
    client: Client, service: IdentityService, settings: Any
) -> None:
    settings.OIDC_ISSUER = f"{service.issuer}/"
    assert leave(client) == LOGIN

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts.models import User
from quizzes.models import Learner
from tests.factories import LearnerFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.device import ADD, AGAIN, LOGIN, PASSKEYS, Device, add_passkey, asked, use_passkey
from tests.portal.accounts.guests import CODE as TYPE_CODE
from tests.portal.accounts.guests import (
    MY_LEARNING,
    PASSWORD,
    ask_for_code,
    confirmed,
    emailed_code,
    guest_with_progress,
    is_logged_in,
    log_in,
    text_of,
)

pytestmark = pytest.mark.django_db
SECOND_STEP = "/en/account/second-factor/authenticate/"
REFUSED = "This passkey did not work here."
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def salma(client: Client) -> User:
    """A person who is logged in."""
    user = confirmed(UserFactory(email="salma@example.org"))
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    return user


def logged_out(client: Client) -> Client:
    client.post("/en/account/logout/")
    return client


def passkeys_of(user: User) -> list[str]:
    return [row.wrap().name for row in Authenticator.objects.filter(user=user, type="webauthn")]


def test_a_passkey_is_added_under_a_name(client: Client, salma: User) -> None:
    page = add_passkey(client, Device(), "My phone")
    assert page.request["PATH_INFO"] == PASSKEYS
    assert "The passkey is added." in text_of(page)
    assert passkeys_of(salma) == ["My phone"]


def test_the_name_offered_is_that_of_the_device(client: Client, salma: User) -> None:
    page = client.get(ADD, headers={"user-agent": CHROME})
    assert 'value="Chrome on Android"' in text_of(page)


def test_the_device_is_asked_to_keep_the_passkey_and_to_verify_the_person(client: Client, salma: User) -> None:
    wanted = asked(client.get(ADD), "creation_options")["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")


def test_adding_a_passkey_asks_whether_it_is_still_them(client: Client) -> None:
    client.force_login(confirmed(UserFactory(email="salma@example.org")))
    assert "Is it still you?" in text_of(client.get(ADD, follow=True))


def test_a_passkey_lets_in(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    assert use_passkey(logged_out(client), device).headers["Location"] == MY_LEARNING
    assert is_logged_in(client)


def test_a_passkey_leads_to_the_page_asked_for(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    response = use_passkey(logged_out(client), device, next="/en/account/email/")
    assert response.headers["Location"] == "/en/account/email/"


def test_a_log_in_with_a_passkey_takes_what_the_guest_has_learned_along(client: Client, salma: User) -> None:
    device, own = Device(), LearnerFactory(user=salma)
    add_passkey(client, device)
    guest = guest_with_progress(logged_out(client))
    use_passkey(client, device)
    guest.refresh_from_db()
    assert guest.merged_into == own
    assert Learner.objects.filter(user=salma).count() == 1


def test_a_device_that_does_not_verify_the_person_adds_nothing(client: Client, salma: User) -> None:
    assert REFUSED in text_of(add_passkey(client, Device(verifies=False)))
    assert not passkeys_of(salma)


@pytest.mark.parametrize(
    "credential", ["", "nonsense", "[]", "{}", "7", '{"id": "x"}', '{"id": "x", "rawId": "eA", "response": {}}']
)
def test_a_made_up_passkey_adds_nothing(client: Client, salma: User, credential: str) -> None:
    client.get(ADD)
    assert REFUSED in text_of(client.post(ADD, {"name": "Phone", "credential": credential}))
    assert not passkeys_of(salma)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "7",
        '{"response": {"userHandle": "x"}}',
        '{"response": 7}',
        '{"id": "eA", "rawId": "eA", "response": {"clientDataJSON": "x", "userHandle": "MQ"}}',
    ],
)
def test_a_made_up_passkey_lets_nobody_in(client: Client, credential: str) -> None:
    client.get(LOGIN, headers={"accept": "application/json"})
    client.post(LOGIN, {"credential": credential})
    assert not is_logged_in(client)


def test_a_passkey_for_another_site_lets_nobody_in(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    device.origin = "https://testserver.evil.example"
    assert REFUSED in text_of(client.get(use_passkey(logged_out(client), device).headers["Location"]))
    assert not is_logged_in(client)


def test_a_device_that_no_longer_verifies_the_person_lets_nobody_in(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    device.flags = type(device.flags).UP
    use_passkey(logged_out(client), device)
    assert not is_logged_in(client)


def test_an_answer_works_once(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    options = logged_out(client).get(LOGIN, headers={"accept": "application/json"}).json()
    answer = {"credential": json.dumps(device.get(options["request_options"]["publicKey"]))}
    client.post(LOGIN, answer)
    logged_out(client).post(LOGIN, answer)
    assert not is_logged_in(client)


def test_a_key_of_another_lets_nobody_in(client: Client, salma: User) -> None:
    device, thief = Device(), Device()
    add_passkey(client, device)
    thief.id, thief.person = device.id, device.person
    use_passkey(logged_out(client), thief)
    assert not is_logged_in(client)


def test_a_closed_account_is_not_opened_by_its_passkey(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    logged_out(client)
    User.objects.update(is_active=False)
    use_passkey(client, device)
    assert not is_logged_in(client)


def test_a_citizen_who_lost_the_passkey_comes_in_with_a_code(client: Client, salma: User) -> None:
    add_passkey(client, Device())
    ask_for_code(logged_out(client))
    client.post(TYPE_CODE, {"code": emailed_code()})
    assert is_logged_in(client)


@pytest.fixture
def instructor(salma: User) -> User:
    RoleGrantFactory(user=salma, role="instructor")
    return salma


def test_the_passkey_of_staff_is_their_second_factor(client: Client, instructor: User) -> None:
    assert client.get("/en/studio/").headers["Location"] == "/en/account/second-factor/"
    add_passkey(client, Device())
    assert client.get("/en/studio/").status_code == 200


def test_staff_who_add_their_first_passkey_are_given_recovery_codes(client: Client, instructor: User) -> None:
    assert len(add_passkey(client, Device()).context["unused_codes"]) == 10


def test_a_password_of_staff_asks_for_the_passkey(client: Client, instructor: User) -> None:
    device = Device()
    add_passkey(client, device)
    assert log_in(logged_out(client), "salma@example.org").headers["Location"] == SECOND_STEP
    options = asked(client.get(SECOND_STEP))
    client.post(SECOND_STEP, {"credential": json.dumps(device.get(options))})
    assert is_logged_in(client)


def test_a_made_up_passkey_is_no_second_factor(client: Client, instructor: User) -> None:
    add_passkey(client, Device())
    log_in(logged_out(client), "salma@example.org")
    client.get(SECOND_STEP)
    assert REFUSED in text_of(client.post(SECOND_STEP, {"credential": '{"id": "x"}'}))
    assert not is_logged_in(client)


def test_staff_without_their_passkey_come_in_with_a_recovery_code(client: Client, instructor: User) -> None:
    codes = add_passkey(client, Device()).context["unused_codes"]
    log_in(logged_out(client), "salma@example.org")
    client.post(SECOND_STEP, {"code": codes[0]})
    assert is_logged_in(client)


def test_a_log_in_with_a_passkey_asks_staff_for_nothing_more(client: Client, instructor: User) -> None:
    device = Device()
    add_passkey(client, device)
    assert use_passkey(logged_out(client), device).headers["Location"] == "/en/studio/"


def test_a_passkey_shows_that_it_is_still_them(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    client.force_login(salma)
    answer = {"credential": json.dumps(device.get(asked(client.get(AGAIN)))), "next": ADD}
    assert client.post(AGAIN, answer).headers["Location"] == ADD
    assert client.get(ADD).status_code == 200


def only(user: User) -> Any:
    return Authenticator.objects.get(user=user, type="webauthn")


def test_a_passkey_is_renamed(client: Client, salma: User) -> None:
    add_passkey(client, Device())
    client.post(f"{PASSKEYS}keys/{only(salma).pk}/edit/", {"name": "هاتف البيت"})
    assert passkeys_of(salma) == ["هاتف البيت"]


@pytest.mark.parametrize(("name", "complaint"), [("", "This field is required."), ("x" * 61, "at most 60 characters")])
def test_a_name_that_cannot_be_taken_says_why(client: Client, salma: User, name: str, complaint: str) -> None:
    add_passkey(client, Device())
    assert complaint in text_of(client.post(f"{PASSKEYS}keys/{only(salma).pk}/edit/", {"name": name}))
    assert passkeys_of(salma) == ["Phone"]


def test_a_passkey_that_was_removed_lets_nobody_in(client: Client, salma: User) -> None:
    device = Device()
    add_passkey(client, device)
    page = client.post(f"{PASSKEYS}keys/{only(salma).pk}/remove/", follow=True)
    assert "The passkey is removed." in text_of(page)
    use_passkey(logged_out(client), device)
    assert not is_logged_in(client)


@pytest.mark.parametrize("deed", ["edit", "remove"])
def test_nobody_touches_the_passkey_of_another(client: Client, salma: User, deed: str) -> None:
    add_passkey(client, Device())
    stranger = Client()
    confirmed(UserFactory(email="omar@example.org"))
    log_in(stranger, "omar@example.org")
    stranger.post("/en/account/reauthenticate/", {"password": PASSWORD})
    assert stranger.post(f"{PASSKEYS}keys/{only(salma).pk}/{deed}/", {"name": "Mine"}).status_code == 404
    assert passkeys_of(salma) == ["Phone"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", ["", "add/", "reauthenticate/", "keys/{}/edit/", "keys/{}/remove/"])
def test_every_page_of_passkeys_opens(client: Client, salma: User, page: str, language: str) -> None:
    add_passkey(client, Device())
    place = f"/{language}/account/second-factor/webauthn/{page}".format(only(salma).pk)
    response = client.get(place)
    assert response.status_code == 200
    assert "accounts/layout.html" in [template.name for template in response.templates]


def test_without_javascript_the_log_in_tells_what_a_passkey_needs(client: Client) -> None:
    page = text_of(client.get("/en/account/login/"))
    assert "Whoever has a passkey can log in with it where JavaScript is on." in page
    assert "Send me a code" in page

"""The link at the end of letters that come again: it asks on a page, ends them by a click, and opens nothing else."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import letters, unsubscribing
from portal.accounts.models import User
from portal.accounts.unsubscribing import stop_address
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Subscriptions:
    """Letters for a test, as a room would keep them."""

    def __init__(self) -> None:
        self.comes: dict[tuple[int, int], str] = {}

    def named(self, user: User, object_id: int) -> str | None:
        return self.comes.get((user.pk, object_id))

    def stop(self, user: User, object_id: int) -> None:
        self.comes.pop((user.pk, object_id), None)


@pytest.fixture
def subscriptions() -> Iterator[Subscriptions]:
    kept = Subscriptions()
    unsubscribing.register("tidings", kept.named, kept.stop)
    yield kept
    unsubscribing._kinds.pop("tidings")


@pytest.fixture
def salma(subscriptions: Subscriptions) -> User:
    user: User = UserFactory(email="salma@example.org")
    subscriptions.comes = {(user.pk, 7): "News of <b>seven</b>", (user.pk, 8): "News of eight"}
    return user


@pytest.fixture
def strict() -> Client:
    """A client that is held to CSRF as a browser is."""
    return Client(enforce_csrf_checks=True)


def address(user: User, object_id: int = 7, language: str = "en") -> str:
    with override(language):
        return stop_address(user, "tidings", object_id)


def test_the_page_names_what_comes_and_asks(client: Client, salma: User) -> None:
    page = client.get(address(salma)).content.decode()
    assert "Stop these letters?" in page
    assert "News of &lt;b&gt;seven&lt;/b&gt;" in page


def test_the_page_speaks_the_language_of_its_address(client: Client, salma: User) -> None:
    assert "هل نوقف هذه الرسائل؟" in client.get(address(salma, language="ar")).content.decode()


def test_looking_at_the_link_ends_nothing(client: Client, salma: User, subscriptions: Subscriptions) -> None:
    before = dict(subscriptions.comes)
    client.get(address(salma))
    client.head(address(salma))
    assert subscriptions.comes == before


def test_the_button_ends_these_letters_and_no_others(strict: Client, salma: User, subscriptions: Subscriptions) -> None:
    response = strict.post(address(salma), follow=True)
    assert response.redirect_chain == [(address(salma), 302)]
    assert "These letters do not come any longer" in response.content.decode()
    assert subscriptions.comes == {(salma.pk, 8): "News of eight"}


def test_a_mail_program_ends_them_without_page_cookie_or_redirect(
    strict: Client, salma: User, subscriptions: Subscriptions
) -> None:
    response = strict.post(address(salma), ONE_CLICK)
    assert response.status_code == 204
    assert not response.cookies
    assert (salma.pk, 7) not in subscriptions.comes


def test_a_second_click_is_no_fault(strict: Client, salma: User) -> None:
    strict.post(address(salma), ONE_CLICK)
    assert strict.post(address(salma), ONE_CLICK).status_code == 204


def test_another_person_logged_in_in_that_browser_changes_nothing_about_whose_letters_end(
    client: Client, salma: User, subscriptions: Subscriptions
) -> None:
    adam = UserFactory()
    subscriptions.comes[adam.pk, 7] = "News of seven"
    client.force_login(adam)
    client.post(address(salma))
    assert (salma.pk, 7) not in subscriptions.comes
    assert (adam.pk, 7) in subscriptions.comes


def test_the_link_of_an_account_that_is_gone_says_that_nothing_comes(client: Client, salma: User) -> None:
    there = address(salma)
    salma.delete()
    assert "These letters do not come any longer" in client.get(there).content.decode()
    assert client.post(there, ONE_CLICK).status_code == 204


def test_the_page_is_kept_by_no_cache_and_found_by_no_search_engine(client: Client, salma: User) -> None:
    response = client.get(address(salma))
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.content.decode()


def test_the_link_goes_on_holding_when_the_key_is_changed(client: Client, salma: User, settings: Any) -> None:
    there = address(salma)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    unsubscribing._signer = Signer(salt=unsubscribing._signer.salt)
    assert client.get(there).status_code == 200


def test_a_link_that_we_did_not_sign_for_this_leads_nowhere(client: Client, salma: User) -> None:
    signed_elsewhere = Signer(salt="elsewhere").sign_object([salma.pk, "tidings", 7])
    with override("en"):
        assert client.get(reverse("account_stop_letters", args=[signed_elsewhere])).status_code == 404


@given(st.data())
def test_a_changed_letter_of_the_token_leads_nowhere(data: st.DataObject) -> None:
    token = unsubscribing._signer.sign_object([1, "tidings", 7])
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_:").filter(lambda letter: letter != token[place]))
    with pytest.raises(unsubscribing.Http404):
        unsubscribing._read(token[:place] + other + token[place + 1 :])


def test_no_link_is_made_for_letters_that_nobody_could_end() -> None:
    with pytest.raises(KeyError):
        stop_address(UserFactory(), "never-registered")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_letter_that_comes_again_names_the_link_in_text_and_headers(salma: User, language: str) -> None:
    letters.send_now("published", salma, language, title="x", url="/en/studio/", stop_url=address(salma))
    [message] = mail.outbox
    there = f"https://testserver{address(salma, language=language)}"
    assert f"\n{there}\n" in str(message.body)
    assert f'href="{there}"' in str(message.message().get_payload(1).get_payload(decode=True).decode())  # type: ignore[union-attr]
    sent = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert sent["List-Unsubscribe"].strip() == f"<{there}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_that_comes_once_offers_nothing_to_end(salma: User) -> None:
    letters.send_now("published", salma, title="x", url="/en/studio/")
    [message] = mail.outbox
    assert "Stop these letters" not in str(message.body)
    assert message.message()["List-Unsubscribe"] is None


def test_the_log_of_requests_does_not_hold_the_token(
    client: Client, salma: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "portal.request"):
        client.get(address(salma))
    [told] = [record for record in caplog.records if record.name == "portal.request"]
    assert address(salma).rsplit("/", 2)[1] not in told.path  # type: ignore[attr-defined]

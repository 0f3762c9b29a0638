"""An administrator closes an account for a person who asked for it, and opens it again."""

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import AuditEntry, User
from tests.factories import RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def omar() -> User:
    user: User = UserFactory(email="omar@example.org")
    return user


def address(person: User) -> str:
    return f"/en/admin/accounts/user/{person.pk}/close/"


def test_the_page_of_a_person_leads_to_it(administration: Client, omar: User) -> None:
    page = text_of(administration.get(f"/en/admin/accounts/user/{omar.pk}/change/"))
    assert f'href="{address(omar)}"' in page
    assert "Do this only when the person has asked for it." in text_of(administration.get(address(omar)))


def test_closing_tells_the_person_and_stands_in_the_log(
    administration: Client, omar: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        administration.post(address(omar), {"close": "yes"})
    omar.refresh_from_db()
    assert omar.is_closed
    assert mail.outbox[-1].to == ["omar@example.org"]
    entry = AuditEntry.objects.get(deed="account.closed")
    assert (entry.actor, entry.subject) == (User.objects.get(is_superuser=True), str(omar.pk))


def test_it_is_opened_again_on_the_same_page(administration: Client, omar: User) -> None:
    administration.post(address(omar), {"close": "yes"})
    assert "Open the account again" in text_of(administration.get(address(omar)))
    administration.post(address(omar), {"keep": "yes"})
    omar.refresh_from_db()
    assert not omar.is_closed
    assert AuditEntry.objects.filter(deed="account.kept").exists()


def test_the_last_administrator_stays(administration: Client) -> None:
    root = User.objects.get(is_superuser=True)
    assert "This is the last administrator" in text_of(administration.get(address(root)))
    administration.post(address(root), {"close": "yes"})
    assert not User.objects.get(pk=root.pk).is_closed


def test_nobody_there_is_not_found(administration: Client, omar: User) -> None:
    assert administration.get("/en/admin/accounts/user/999999/close/").status_code == 404


def test_others_may_not(client: Client, omar: User, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    client.force_login(RoleGrantFactory(role="administrator", user__is_staff=True).user)
    assert client.post(address(omar), {"close": "yes"}).status_code == 403
    omar.refresh_from_db()
    assert not omar.is_closed

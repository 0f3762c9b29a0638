"""The whole log, for an administrator of the nation: by groups of deeds, by address, page by page by time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.audit import record
from portal.accounts.deeds import DEEDS, GROUPS, deeds_of
from portal.accounts.models import AuditEntry, RoleGrant
from portal.studio.log.entries import A_PAGE
from tests.portal.studio.people import staff, text_of

pytestmark = pytest.mark.django_db
LOG = "/en/studio/log/"


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(staff("Amal", RoleGrant.Role.ADMINISTRATOR))
    return client


def subjects(page: Any) -> list[str]:
    return [line.subject for line in page.context["lines"]]


@pytest.mark.parametrize(
    ("group", "found"),
    [("", ["c", "b", "a"]), ("roles", ["b"]), ("downloads", ["c"]), ("content", ["a"]), ("looks", [])],
)
def test_deeds_are_asked_for_by_their_group(browser: Client, group: str, found: list[str]) -> None:
    for deed, subject in (("draft.saved", "a"), ("role.granted", "b"), ("report.exported", "c")):
        record(None, deed, subject)
    assert subjects(browser.get(LOG, {"group": group})) == found


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_deeds(group: str) -> None:
    assert deeds_of(group) or group == "signing_in"


def test_every_deed_stands_in_a_group() -> None:
    grouped = {deed for group in GROUPS for deed in deeds_of(group)}
    assert set(DEEDS) - grouped == set()


def test_entries_are_found_by_the_address_they_came_from(browser: Client) -> None:
    AuditEntry.objects.bulk_create(
        [AuditEntry(deed="role.granted", subject=address, address=address) for address in ("192.0.2.7", "2001:db8::1")]
    )
    page = browser.get(LOG, {"address": "2001:db8::1"})
    assert subjects(page) == ["2001:db8::1"]
    assert '<bdi dir="ltr">2001:db8::1</bdi>' in text_of(page)


def test_what_is_no_address_is_said(browser: Client) -> None:
    assert browser.get(LOG, {"address": "home"}).status_code == 422


def test_a_subject_is_found_by_its_beginning(browser: Client) -> None:
    for subject in ("oak", "oak-2", "old-oak"):
        record(None, "people.viewed", subject)
    assert subjects(browser.get(LOG, {"subject": "oak"})) == ["oak-2", "oak"]


def test_pages_go_by_time_also_where_numbers_do_not(browser: Client) -> None:
    now = timezone.now()
    rows = AuditEntry.objects.bulk_create(
        [AuditEntry(deed="role.granted", subject=str(at)) for at in range(A_PAGE * 2)]
    )
    with transaction.atomic(), connection.cursor() as cursor:
        _laid_aside(cursor)
        for row in rows:
            at = now - timedelta(minutes=int(row.subject))
            cursor.execute("UPDATE accounts_auditentry SET at = %s WHERE id = %s", [at, row.pk])
    first: Any = browser.get(LOG)
    second = browser.get(f"{LOG}{first.context['older']}")
    assert subjects(first) + subjects(second) == [str(at) for at in range(A_PAGE * 2)]


def _laid_aside(cursor: Any) -> None:
    """The log refuses what this test does to it."""
    name = "frozen_accounts_auditentry_update"
    cursor.execute(f"DROP TRIGGER {name}" + (" ON accounts_auditentry" if connection.vendor == "postgresql" else ""))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET deed = 'x'",
        "UPDATE accounts_auditentry SET subject = 'x'",
        "UPDATE accounts_auditentry SET detail = '{}'",
        "UPDATE accounts_auditentry SET at = '2026-01-01'",
        "UPDATE accounts_auditentry SET address = '192.0.2.9'",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(sql: str) -> None:
    AuditEntry.objects.bulk_create([AuditEntry(deed="role.granted", detail={"a": 1}, address="192.0.2.7")])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.get().deed == "role.granted"


def test_an_address_may_only_be_taken_away() -> None:
    AuditEntry.objects.bulk_create([AuditEntry(deed="role.granted", address="192.0.2.7")])
    AuditEntry.objects.update(address=None)
    assert AuditEntry.objects.get().address is None


def test_the_page_asks_for_as_much_however_it_is_narrowed(browser: Client, django_assert_max_num_queries: Any) -> None:
    record(None, "role.granted", "7")
    asked = {"group": "roles", "person": "amal", "subject": "7", "address": "192.0.2.7", "since": "2026-01-01"}
    with django_assert_max_num_queries(6):
        assert browser.get(LOG, asked).status_code == 200


def test_it_leads_to_the_files_of_what_is_shown(browser: Client) -> None:
    record(None, "role.granted", "7")
    assert 'href="/en/studio/log/log.csv?group=roles"' in text_of(browser.get(LOG, {"group": "roles"}))

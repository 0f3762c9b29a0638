"""The log as a file: what is asked for, harmless in a spreadsheet, and that it was taken is in the log."""

import csv
import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from portal.accounts.audit import record
from portal.accounts.models import AuditEntry, RoleGrant, User
from portal.auditing.files import AT_A_TIME
from tests.factories import RegionFactory, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
CSV, XLSX = "/en/studio/log/log.csv", "/en/studio/log/log.xlsx"


@pytest.fixture
def amal(client: Client, settings: Any) -> User:
    settings.DEMO = True
    user: User = UserFactory(display_name="Amal")
    RoleGrantFactory(user=user, role=RoleGrant.Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def lines(client: Client, **asked: str) -> list[dict[str, str]]:
    response: Any = client.get(CSV, asked)
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_an_entry_is_a_line_with_who_what_when_and_from_where(client: Client, amal: User) -> None:
    entry = record(amal, "report.exported", "ES-1", rows=12)
    AuditEntry.objects.bulk_create([AuditEntry(deed="role.granted", subject="7", address="192.0.2.7")])
    granted, exported = lines(client)
    assert (exported["Who"], exported["Account"], exported["Deed"]) == ("Amal", str(amal.pk), "report.exported")
    assert (exported["What"], exported["To what"]) == ("Downloaded a report", "ES-1")
    assert exported["Detail"] == '{"rows": 12}'
    assert exported["When"].startswith(f"{entry.at:%Y-%m-%dT%H:%M}")
    assert granted["From where"] == "192.0.2.7"


def test_only_what_is_asked_for_is_in_it(client: Client, amal: User) -> None:
    record(amal, "report.exported", "ES-1")
    record(amal, "role.granted", "7")
    assert [line["Deed"] for line in lines(client, group="roles")] == ["role.granted"]


def test_taking_it_is_written_down_with_what_was_asked_for(client: Client, amal: User) -> None:
    assert lines(client, group="roles") == []
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.actor) == ("log.exported", amal)
    assert entry.detail == {"asked": {"group": "roles"}, "file": "csv"}


def test_a_cell_that_looks_like_a_formula_computes_nothing(client: Client, amal: User) -> None:
    record(amal, "report.exported", "=1+1")
    assert lines(client)[0]["To what"] == "'=1+1"


def test_more_entries_than_are_read_at_a_time_are_all_in_it(client: Client, amal: User) -> None:
    AuditEntry.objects.bulk_create([AuditEntry(deed="role.granted", subject=str(at)) for at in range(AT_A_TIME + 3)])
    assert len({line["To what"] for line in lines(client)}) == AT_A_TIME + 3


def test_it_comes_as_a_workbook_too(client: Client, amal: User) -> None:
    record(amal, "report.exported", "ES-1")
    response: Any = client.get(XLSX)
    book = ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert b"ES-1" in b"".join(book.read(name) for name in book.namelist())


def test_what_cannot_be_asked_for_leads_to_the_page_that_says_why(client: Client, amal: User) -> None:
    response = client.get(CSV, {"address": "here"})
    assert response.headers["Location"] == "/en/studio/log/?address=here"
    assert not AuditEntry.objects.exists()


def test_an_administrator_of_a_region_does_not_take_it(client: Client, settings: Any) -> None:
    settings.DEMO = True
    client.force_login(RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR, region=RegionFactory()).user)
    assert client.get(CSV).status_code == client.get(XLSX).status_code == 403

"""The lists of people as pages and files: who may open them, what is written down, that they stay fast."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import AuditEntry, User
from portal.reports.people import leafing
from portal.reports.people.lists import LISTS
from tests.portal.accounts.guests import SCRIPT, text_of
from tests.portal.reports.people.conftest import Nation, browser_of
from tests.portal.reports.test_workbook import Opened

pytestmark = pytest.mark.django_db
PAGE = "/en/reports/overdue/"


@pytest.fixture
def overdue(nation: Nation) -> Nation:
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    for name in ("Amal", "Badr"):
        nation.person(name, nation.oak)
    nation.asks(nation.elm, nation.first_aid, "2026-06-01")
    nation.person("Stranger", nation.elm)
    return nation


@pytest.fixture
def alice(overdue: Nation) -> Client:
    """Manages the Oak school."""
    return browser_of(overdue.manager(overdue.oak))


def names(response: Any) -> list[str]:
    return [line.user.display_name for line in response.context["lines"]]


def test_a_manager_reads_who_is_overdue_in_what_since_when(alice: Client) -> None:
    response = alice.get(PAGE)
    page = text_of(response)
    assert names(response) == ["Amal", "Badr"]
    assert "2 people" in page
    assert "due 1 June 2026" in " ".join(page.split())
    assert "Stranger" not in page


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_list_opens_in_both_languages(alice: Client, name: str, language: str) -> None:
    assert alice.get(f"/{language}/reports/{name}/").status_code == 200


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("address", ["{}/", "{}.csv", "{}.xlsx"])
def test_nobody_without_the_right_opens_a_list(client: Client, overdue: Nation, name: str, address: str) -> None:
    there = f"/en/reports/{address.format(name)}"
    assert client.get(there).status_code == 302
    client.force_login(overdue.person("Citizen"))
    assert client.get(there).status_code == 403


@pytest.mark.parametrize("query", ["organisation=elm", "organisation=none", "region=north", "course=none"])
def test_what_is_not_open_to_the_reader_names_nobody_and_says_so(alice: Client, query: str) -> None:
    response = alice.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert "lines" not in response.context
    assert "Amal" not in text_of(response)
    assert response.context["form"].errors


def test_looking_is_written_down_once_a_day_for_each_thing_asked(alice: Client, overdue: Nation) -> None:
    for query in ("", "", "?course=first-aid", "?course=first-aid&after=1"):
        alice.get(PAGE + query)
    entries = AuditEntry.objects.filter(deed="people.viewed").order_by("pk")
    assert [(entry.subject, entry.detail) for entry in entries] == [
        ("overdue", {"asked": {}}),
        ("overdue?course=first-aid", {"asked": {"course": "first-aid"}}),
    ]


def test_each_reader_is_written_down_for_themselves(overdue: Nation) -> None:
    for _each in range(2):
        browser_of(overdue.manager(overdue.oak)).get(PAGE)
    assert AuditEntry.objects.filter(deed="people.viewed").count() == 2


def test_a_list_of_nobody_names_nobody_and_is_not_written_down(alice: Client) -> None:
    assert "Nobody is on this list." in text_of(alice.get("/en/reports/due-soon/"))
    assert not AuditEntry.objects.filter(deed="people.viewed").exists()


def test_a_page_is_left_by_links_that_keep_what_was_asked(
    alice: Client, overdue: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leafing, "PAGE", 1)
    first = alice.get(PAGE, {"course": "first-aid"})
    assert names(first) == ["Amal"]
    after = first.context["leaf"].after
    assert f"{PAGE}?course=first-aid&amp;after={after}" in text_of(first)
    second = alice.get(PAGE, {"course": "first-aid", "after": after})
    assert names(second) == ["Badr"]
    assert names(alice.get(PAGE, {"before": second.context["leaf"].before})) == ["Amal"]


def test_a_name_is_only_text(alice: Client, overdue: Nation) -> None:
    User.objects.filter(display_name="Amal").update(display_name=SCRIPT)
    page = text_of(alice.get(PAGE))
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_person_without_a_name_is_shown_by_their_address(alice: Client, overdue: Nation) -> None:
    overdue.person("", overdue.oak)
    assert "nameless@example.org" in text_of(alice.get(PAGE))


@pytest.mark.parametrize("name", LISTS)
def test_the_queries_are_as_many_for_many_people_as_for_few(alice: Client, overdue: Nation, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            alice.get(f"/en/reports/{name}/")
        return len(caught)

    overdue.asks(overdue.oak, overdue.floods, "2026-07-10")
    overdue.completed(overdue.person("First", overdue.oak), overdue.floods, "2025-01-01")
    queries()  # what is written down once, and what a process remembers
    few = queries()
    for number in range(6):
        person = overdue.person(f"Person{number}", overdue.oak)
        overdue.completed(person, overdue.floods, "2025-01-01")
    assert queries() == few <= 20


def test_the_file_has_a_row_for_each_person_and_course(alice: Client, overdue: Nation) -> None:
    overdue.asks(overdue.oak, overdue.floods, "2026-05-01")
    response = alice.get("/en/reports/overdue.csv", {"course": "first-aid"})
    data = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(data))) == [
        ["Name", "E-mail address", "Organisation", "Course", "Due day", "State"],
        ["Amal", "amal@example.org", "Oak school", "First aid", "2026-06-01", "not begun"],
        ["Badr", "badr@example.org", "Oak school", "First aid", "2026-06-01", "not begun"],
    ]


def test_the_workbook_holds_the_same_rows(alice: Client) -> None:
    response = alice.get("/en/reports/overdue.xlsx")
    rows = Opened(b"".join(response.streaming_content)).rows()  # type: ignore[attr-defined]
    assert [row[0] for row in rows] == ["Name", "Amal", "Badr"]


def test_the_file_of_expiring_completions_says_when_they_run_out(alice: Client, overdue: Nation) -> None:
    overdue.completed(overdue.person("Celine", overdue.oak), overdue.floods, "2025-07-15")
    response = alice.get("/en/reports/expiring.csv")
    data = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(data)))[1:] == [
        ["Celine", "celine@example.org", "Floods", "2026-07-15", "still holds"]
    ]


def test_taking_a_file_is_written_down(alice: Client) -> None:
    alice.get("/en/reports/overdue.csv", {"course": "first-aid"})
    entry = AuditEntry.objects.get(deed="report.exported")
    assert (entry.subject, entry.detail) == ("overdue", {"asked": {"course": "first-aid"}, "file": "csv"})


def test_a_file_of_what_is_not_open_to_the_reader_leads_to_the_page_that_says_why(alice: Client) -> None:
    response = alice.get("/en/reports/overdue.csv", {"organisation": "elm"})
    assert response.headers["Location"] == "/en/reports/overdue/?organisation=elm"
    assert not AuditEntry.objects.filter(deed="report.exported").exists()


def test_the_page_is_kept_by_no_cache(alice: Client) -> None:
    assert "no-store" in alice.get(PAGE).headers["Cache-Control"]

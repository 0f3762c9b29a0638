from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import AuditEntry, User
from portal.reports.counts.counting import update
from tests.factories import UserFactory
from tests.portal.accounts.guests import SCRIPT, text_of, with_second_factor
from tests.portal.reports.history import History, national_administrator

pytestmark = pytest.mark.django_db

PAGE, FILE, WORKBOOK = "/en/reports/completion/", "/en/reports/completion.csv", "/en/reports/completion.xlsx"
QUARTER = {"since": "2026-01-01", "until": "2026-03-31"}


class _Cells(HTMLParser):
    """The rows of the report's table, and the words in its tiles."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tiles: list[str] = []
        self.into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and ("class", "table report-table many-figures") in attrs:
            self.rows = []  # what stood before is another table
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.into = self.rows[-1]
        if tag == "dl" and ("class", "kpis") in attrs:
            self.into = self.tiles
        if tag in {"dt", "dd"} and self.into is self.tiles:
            self.tiles.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "dl"}:
            self.into = None

    def handle_data(self, data: str) -> None:
        if self.into:
            self.into[-1] += data.strip()


def cells(response: Any) -> _Cells:
    found = _Cells()
    found.feed(text_of(response))
    return found


def test_a_manager_reads_the_figures_of_each_course(as_manager: Client) -> None:
    assert cells(as_manager.get(PAGE, QUARTER)).rows == [
        ["Course", "Started", "In progress", "Completed", "Expired", "Valid", "Share completed"],
        ["First aid", "5", "3", "5", "2", "4", "too few"],
        ["Earthquakes", "1", "1", "0", "0", "0", "too few"],
        ["All courses together", "6", "4", "5", "2", "4", "too few"],
    ]


def test_the_tiles_tell_the_same_over_all_courses(as_manager: Client) -> None:
    tiles = cells(as_manager.get(PAGE, QUARTER)).tiles
    assert tiles == ["Started", "6", "In progress", "4", "Completed", "5", "Expired", "2", "Valid", "4"]


def test_the_page_names_the_people_it_is_about(as_manager: Client) -> None:
    assert "People of <bdi>Demo school</bdi>" in text_of(as_manager.get(PAGE))


def test_a_national_administrator_reads_that_guests_are_included(client: Client, history: History) -> None:
    administrator = national_administrator()
    with_second_factor(administrator)
    client.force_login(administrator)
    response = client.get(PAGE, QUARTER)
    assert "Everyone in the nation, guests without an account included" in text_of(response)
    assert cells(response).rows[1][:5] == ["First aid", "7", "5", "6", "2"]


def test_thirty_people_have_a_share_and_a_bar(as_manager: Client, history: History) -> None:
    course = history.course("floods", "Floods")
    for number in range(30):
        learner = history.member()
        history.started(learner, course, "2026-02-01")
        if number < 20:
            history.completed(learner, course, "2026-02-02")
    response = as_manager.get(PAGE, QUARTER)
    assert ["Floods", "30", "10", "20", "0", "20", "67%"] in cells(response).rows
    assert '<progress value="0.667" max="1"' in text_of(response)


def test_without_a_period_the_last_twelve_months_are_told(as_manager: Client) -> None:
    page = text_of(as_manager.get(PAGE))
    assert 'value="2025-06-30"' in page
    assert 'value="2026-06-30"' in page
    assert "30 June 2025 to 30 June 2026" in page


def test_the_period_of_the_page_is_that_of_the_file_it_offers(as_manager: Client) -> None:
    assert f'href="{FILE}?since=2026-01-01&amp;until=2026-03-31&amp;by=course"' in text_of(
        as_manager.get(PAGE, QUARTER)
    )


def test_a_period_of_one_day_is_a_period(as_manager: Client) -> None:
    response = as_manager.get(PAGE, {"since": "2026-03-31", "until": "2026-03-31"})
    assert cells(response).rows[1][:5] == ["First aid", "1", "3", "1", "2"]


@pytest.mark.parametrize(
    ("since", "until", "complaint"),
    [
        ("2026-03-31", "2026-01-01", "This is before the first day."),
        ("2026-01-01", "2026-07-01", "This day is still to come."),
        ("9999-12-31", "9999-12-31", "This day is still to come."),
        ("0001-01-01", "2026-01-01", "Choose a day from 1 January 2000 on."),
        ("2026-02-30", "2026-03-31", "Enter a valid date."),
        ("", "2026-03-31", "This field is required."),
        ("2026-01-01", "", "This field is required."),
        ("yesterday", "2026-03-31", "Enter a valid date."),
        ("2026-01-01", "31/03/2026", "Enter a valid date."),
        ("2026-01-01", "2026-03-31\x00", "Enter a valid date."),
        ("2" * 5000, "2026-03-31", "Enter a valid date."),
        (SCRIPT, "2026-03-31", "Enter a valid date."),
    ],
)
def test_a_period_that_cannot_be_taken_says_why(as_manager: Client, since: str, until: str, complaint: str) -> None:
    response = as_manager.get(PAGE, {"since": since, "until": until})
    assert response.status_code == 200
    assert complaint in text_of(response)
    assert "<table" not in text_of(response)


def test_the_complaint_stands_beside_its_field(as_manager: Client) -> None:
    errors = as_manager.get(PAGE, {"since": "2026-03-31", "until": "2026-01-01"}).context["form"].errors
    assert errors == {"until": ["This is before the first day."]}


def test_what_was_typed_stays_to_be_seen_and_runs_nothing(as_manager: Client) -> None:
    page = text_of(as_manager.get(PAGE, {"since": SCRIPT, "until": "2026-03-31"}))
    assert 'type="text" name="since" value="&lt;script&gt;' in page
    assert 'type="date" name="until" value="2026-03-31"' in page
    assert SCRIPT not in page


def test_the_page_is_kept_by_no_cache(as_manager: Client) -> None:
    assert as_manager.get(PAGE).headers["Cache-Control"] == "private, no-store"


def test_without_any_course_the_page_says_so(client: Client) -> None:
    superuser = User.objects.create_superuser("root@example.org")
    with_second_factor(superuser)
    client.force_login(superuser)
    assert "There is no course to report on yet" in text_of(client.get(PAGE))


def test_the_page_says_what_the_figures_mean(as_manager: Client) -> None:
    page = text_of(as_manager.get(PAGE))
    assert "What the figures mean" in page
    assert "Fewer than 30 people are too few for a share." in page


@pytest.mark.parametrize("address", [PAGE, FILE, WORKBOOK])
def test_a_guest_is_sent_to_log_in_and_back(client: Client, address: str) -> None:
    response = client.get(address, QUARTER)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"/en/account/login/?next={address}")


@pytest.mark.parametrize("address", [PAGE, FILE, WORKBOOK])
def test_a_citizen_is_refused(client: Client, address: str) -> None:
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("address", [PAGE, FILE, WORKBOOK])
def test_a_manager_without_a_second_factor_sets_one_up_first(client: Client, manager: User, address: str) -> None:
    client.force_login(manager)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", [PAGE, FILE, WORKBOOK])
def test_a_report_takes_no_post(as_manager: Client, address: str) -> None:
    assert as_manager.post(address).status_code == 405


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE, QUARTER).status_code == 200
    return len(captured)


def test_the_page_asks_the_database_as_often_for_more_people_and_courses(as_manager: Client, history: History) -> None:
    update()
    _queries(as_manager)  # the tree of organisations is read once
    before = _queries(as_manager)
    for number in range(5):
        course = history.course(f"course-{number}", "Another")
        history.started(history.member(), course, "2026-02-01")
    update()
    assert _queries(as_manager) == before <= 20

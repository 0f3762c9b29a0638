import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from lessons.models import Course
from portal.accounts.models import AuditEntry, User
from portal.reports.exports import csv_lines, harmless
from tests.portal.reports.history import History

pytestmark = pytest.mark.django_db

QUARTER = "since=2026-01-01&until=2026-03-31"
BOM = b"\xef\xbb\xbf"


def download(client: Client, language: str = "en") -> Any:
    return client.get(f"/{language}/reports/completion.csv?{QUARTER}")


def test_the_file_holds_the_figures_of_the_page(as_manager: Client) -> None:
    assert download(as_manager).getvalue() == BOM + (
        b"Key,Course,From,To,Started,In progress,Completed,Expired,Valid,Share completed\r\n"
        b"first-aid,First aid,2026-01-01,2026-03-31,5,3,5,2,4,\r\n"
        b"quakes,Earthquakes,2026-01-01,2026-03-31,1,1,0,0,0,\r\n"
        b",All courses together,2026-01-01,2026-03-31,6,4,5,2,4,\r\n"
    )


def test_the_arabic_file_has_arabic_titles_and_opens_as_what_it_is(as_manager: Client) -> None:
    body = download(as_manager, "ar").getvalue()
    assert body.startswith(BOM)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[1] == ["first-aid", "First aid بالعربية", "2026-01-01", "2026-03-31", "5", "3", "5", "2", "4", ""]


def test_the_headings_are_in_the_language_of_the_page(as_manager: Client) -> None:
    with override("ar"):
        started, expired = gettext("Started"), gettext("Expired")
    head = download(as_manager, "ar").getvalue().decode("utf-8-sig").splitlines()[0].split(",")
    assert (head[4], head[7]) == (started, expired)


def test_the_file_is_streamed_under_a_name_with_its_days(as_manager: Client) -> None:
    response = download(as_manager)
    assert response.streaming
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="completion-by-course-2026-01-01-2026-03-31.csv"'
    )


def test_a_title_that_is_a_formula_stays_text(as_manager: Client, history: History) -> None:
    history.course("bad", '=HYPERLINK("https://evil.example")')
    Course.objects.filter(slug="bad").update(key="@bad")
    rows = list(csv.reader(io.StringIO(download(as_manager).getvalue().decode("utf-8-sig"))))
    assert rows[3][:2] == ["'@bad", '\'=HYPERLINK("https://evil.example")']


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(first: str) -> None:
    assert harmless(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("cell", [0, 12, 0.5, "First aid", "الإسعافات", "", "a=b"])
def test_any_other_cell_is_left_alone(cell: object) -> None:
    assert harmless(cell) == cell


def test_a_file_is_written_line_by_line_as_it_is_read() -> None:
    taken = []

    def rows() -> Iterator[list[object]]:
        for number in range(3):
            taken.append(number)
            yield [number]

    lines = csv_lines(rows())
    assert (next(lines), next(lines), taken) == ("\ufeff", "0\r\n", [0])


def test_taking_the_file_is_written_down(as_manager: Client, manager: User) -> None:
    download(as_manager)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.deed, entry.subject) == (manager, "report.exported", "completion")
    asked = {"since": "2026-01-01", "until": "2026-03-31", "by": "course"}
    assert entry.detail == {"asked": asked, "file": "csv", "lines": 2}


def test_a_period_that_cannot_be_taken_leads_to_the_page_that_says_why(as_manager: Client) -> None:
    response = as_manager.get("/en/reports/completion.csv?since=2026-03-31&until=2026-01-01")
    assert response.headers["Location"] == "/en/reports/completion/?since=2026-03-31&until=2026-01-01"
    assert not AuditEntry.objects.exists()

"""The file is opened as what it is: a folder of XML, packed."""

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from lessons.models import Course
from portal.accounts.models import AuditEntry
from portal.reports.exports import write_workbook, xlsx_file
from tests.portal.reports.history import History

pytestmark = pytest.mark.django_db
QUARTER = "since=2026-01-01&until=2026-03-31"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Opened:
    """A sheet of a workbook."""

    def __init__(self, data: bytes, sheet: int = 1) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.sheet = fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
            self.everything = b"".join(archive.read(name) for name in archive.namelist()).decode()

    def rows(self) -> list[list[object]]:
        return [[_value(cell) for cell in row.iter(f"{MAIN}c")] for row in self.sheet.iter(f"{MAIN}row")]

    def view(self) -> ET.Element:
        return next(self.sheet.iter(f"{MAIN}sheetView"))


def _value(cell: ET.Element) -> object:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
    value = cell.find(f"{MAIN}v")
    return float(value.text or 0) if value is not None else None


def as_serial(day: date) -> float:
    return float((day - date(1899, 12, 30)) / timedelta(days=1))


def download(client: Client, language: str = "en", more: str = "") -> Opened:
    response = client.get(f"/{language}/reports/completion.xlsx?{QUARTER}{more}")
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    return Opened(response.getvalue())


def test_the_workbook_holds_the_figures_of_the_page_as_numbers_and_dates(as_manager: Client) -> None:
    since, until = as_serial(date(2026, 1, 1)), as_serial(date(2026, 3, 31))
    head, first_aid, quakes, total = download(as_manager).rows()
    assert head[:3] == ["Key", "Course", "From"]
    assert first_aid == ["first-aid", "First aid", since, until, 5, 3, 5, 2, 4]
    assert quakes == ["quakes", "Earthquakes", since, until, 1, 1, 0, 0, 0]
    assert total == ["", "All courses together", since, until, 6, 4, 5, 2, 4]


def test_its_sheet_runs_from_right_to_left_in_arabic(as_manager: Client) -> None:
    assert download(as_manager, "ar").view().get("rightToLeft") == "1"
    assert download(as_manager, "en").view().get("rightToLeft") is None


def test_the_headings_stay_when_one_scrolls(as_manager: Client) -> None:
    pane = download(as_manager).view().find(f"{MAIN}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")


def test_a_title_that_is_a_formula_or_a_link_is_text(as_manager: Client, history: History) -> None:
    history.course("bad", '=HYPERLINK("https://evil.example")')
    history.course("worse", "https://evil.example")
    Course.objects.filter(slug="bad").update(key="@bad")
    opened = download(as_manager)
    assert opened.rows()[3][:2] == ["@bad", '=HYPERLINK("https://evil.example")']
    assert not list(opened.sheet.iter(f"{MAIN}f"))
    assert not list(opened.sheet.iter(f"{MAIN}hyperlink"))


def test_a_share_is_a_number_in_percent() -> None:
    opened = Opened(xlsx_file("a.xlsx", [["Share"], [0.5]], rtl=False).getvalue())
    assert opened.rows()[1] == [0.5]
    assert 'formatCode="0%"' in opened.everything


def test_many_rows_are_written(as_manager: Client) -> None:
    opened = Opened(xlsx_file("a.xlsx", ([number, "x"] for number in range(5000)), rtl=False).getvalue())
    assert len(opened.rows()) == 5000


def test_taking_the_workbook_is_written_down(as_manager: Client) -> None:
    download(as_manager, more="&by=month")
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.detail["file"], entry.detail["asked"]["by"]) == ("report.exported", "xlsx", "month")


def test_the_months_are_lines_of_the_workbook(as_manager: Client) -> None:
    rows = download(as_manager, more="&by=month&course=first-aid").rows()
    assert [row[0] for row in rows[1:]] == ["2026-01", "2026-02", "2026-03", ""]


def workbook(count: int) -> bytes:
    """That many lines under one heading, in sheets of three lines, from right to left."""
    file = io.BytesIO()
    write_workbook(file, [["Number"], *([number] for number in range(count))], rtl=True, lines=3)
    return file.getvalue()


def test_what_does_not_go_into_a_sheet_goes_on_in_the_next_under_the_same_headings() -> None:
    data = workbook(5)
    assert [Opened(data, sheet).rows() for sheet in (1, 2, 3)] == [
        [["Number"], [0], [1]],
        [["Number"], [2], [3]],
        [["Number"], [4]],
    ]


def test_every_sheet_is_from_right_to_left() -> None:
    assert Opened(workbook(5), 3).view().get("rightToLeft") == "1"


def test_what_just_goes_into_a_sheet_needs_no_other() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(2))) as archive:
        assert "xl/worksheets/sheet2.xml" not in archive.namelist()
    assert Opened(workbook(0)).rows() == [["Number"]]

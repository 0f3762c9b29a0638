"""The public pages: the same for everybody, from published cells alone, light on the database."""

import csv
import io
import re
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from portal.reports.models import DayCount, MonthCount
from portal.reports.public.cells import Band, Cell
from portal.reports.public.suppression import NATION, NOWHERE, Places
from quizzes.models import Learner
from tests.factories import UserFactory
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.history import national_administrator
from tests.portal.reports.public.attacker import attack
from tests.portal.reports.public.country import Country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]
OVERVIEW, FIRST_AID = "/en/statistics/", "/en/statistics/2026-05/first-aid/"
NORTH = f"{FIRST_AID}north/"
PAGES = [OVERVIEW, "/ar/statistics/", "/en/statistics/2026-03/", FIRST_AID, NORTH]
FILES = ["/en/statistics/figures.csv", "/en/statistics/2026-05/figures.csv", "/en/statistics/2026-05/figures.xlsx"]


def body(url: str, client: Client | None = None) -> str:
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return b"".join(response).decode() if response.streaming else response.content.decode()


def words(url: str) -> str:
    """What is to be read in the page's main part."""
    return " ".join(strip_tags(body(url).split("<main")[1].split("</main>")[0]).split())


def lines(url: str) -> dict[str, str]:
    """Of the table in the page, each line's words after its title."""
    table = body(url).split("report-table")[1].split("</table>")[0]
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", table, re.DOTALL)
    return {" ".join(strip_tags(head).split()): " ".join(strip_tags(rest).split()) for head, rest in rows}


def cells(url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(url).removeprefix("\ufeff"))))


@pytest.mark.usefixtures("published")
def test_the_latest_month_is_told_by_course() -> None:
    assert lines(OVERVIEW) == {"First aid": "30 to 99 72%", "Earthquakes": "hidden not told"}
    assert "End of May 2026" in words(OVERVIEW)


@pytest.mark.usefixtures("published")
def test_a_course_is_told_by_region() -> None:
    assert lines(FIRST_AID) == {
        "North": "30 to 99 55%",
        "South": "30 to 99 not told",
        "No region given": "10 to 29 not told",
    }


@pytest.mark.usefixtures("published")
def test_a_region_is_told_by_its_districts() -> None:
    assert lines(NORTH) == {"Hill": "hidden not told", "Riverside": "hidden not told"}


@pytest.mark.usefixtures("published")
def test_the_chart_goes_by_published_months() -> None:
    page = body(FIRST_AID)
    assert page.count('class="chart-bar"') == 3
    assert "From March 2026 to May 2026. In March 2026 at least 30, in May 2026 at least 30." in page


@pytest.mark.usefixtures("published")
def test_hidden_months_stand_as_words_in_the_table() -> None:
    page = words("/en/statistics/2026-05/quakes/")
    assert "March 2026 hidden not told April 2026 hidden not told" in page
    assert "chart-bar" not in body("/en/statistics/2026-05/quakes/")


@pytest.mark.usefixtures("published")
def test_in_arabic_places_courses_and_numbers_are_arabic() -> None:
    page = words("/ar/statistics/2026-05/first-aid/")
    assert "الشمال" in page
    assert "مايو" in page
    assert "من 30 إلى 99" in page
    assert "not told" not in page


def test_before_the_first_month_the_page_says_so() -> None:
    assert "Nothing has been published yet" in words(OVERVIEW)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "path",
    [
        "2026-06/",
        "2026-13/",
        "2026-05/no-course/",
        "2026-05/first-aid/nowhere/",
        "2030-01/figures.csv",
        "2026-05/x.csv",
    ],
)
def test_what_was_not_published_is_not_found(path: str) -> None:
    assert Client().get(OVERVIEW + path).status_code == 404


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("url", [*PAGES, *FILES])
def test_a_nation_may_do_without_the_page(url: str, settings: Any) -> None:
    settings.STATISTICS = False
    assert Client().get(url).status_code == 404
    assert "/statistics/" not in body("/en/")


@pytest.mark.usefixtures("published")
def test_the_foot_of_every_page_and_the_sitemap_lead_to_it() -> None:
    assert f'href="{OVERVIEW}"' in body("/en/")
    assert OVERVIEW in body("/sitemap.xml")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("url", [*PAGES, *FILES])
def test_it_may_be_kept_by_caches_and_sets_no_cookie(url: str) -> None:
    response = Client().get(url)
    assert response.headers["Cache-Control"].startswith("public, max-age=60")
    assert not response.cookies


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_no_form_that_needs_a_token(url: str) -> None:
    assert "csrfmiddlewaretoken" not in body(url)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("url", "most"), [(OVERVIEW, 4), (FIRST_AID, 7), (NORTH, 7)])
def test_a_cold_page_takes_few_queries_and_a_warm_one_none(url: str, most: int) -> None:
    for limit in (most, 0):
        with CaptureQueriesContext(connection) as queries:
            body(url)
        assert len(queries) <= limit


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("url", [OVERVIEW, FIRST_AID, *FILES])
def test_nobody_is_shown_more_than_anybody_else(url: str) -> None:
    """A guest, a citizen and the administrator of the nation get the same cells; files to the byte."""
    seen = []
    for user in (None, UserFactory(), national_administrator()):
        client = Client()
        if user:
            with_second_factor(user)
            client.force_login(user)
        content = (
            b"".join(client.get(url)) if "." in url else client.get(url).content.split(b"<main")[1].split(b"</main>")[0]
        )
        seen.append(_sheet(content) if url.endswith("xlsx") else content)
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.usefixtures("published")
def test_pages_and_files_are_made_without_the_counts_and_the_people() -> None:
    before = [body(url) for url in (OVERVIEW, FIRST_AID, FILES[0])]
    DayCount.objects.all().delete()
    MonthCount.objects.all().delete()
    assert [body(url) for url in (OVERVIEW, FIRST_AID, FILES[0])] == before
    for url in (f"{OVERVIEW}2026-04/", "/en/statistics/2026-04/first-aid/", FILES[1]):
        with CaptureQueriesContext(connection) as queries:
            body(url)
        asked = " ".join(query["sql"] for query in queries)
        for table in (DayCount._meta.db_table, MonthCount._meta.db_table, Learner._meta.db_table, "quizzes_completion"):
            assert table not in asked


@pytest.mark.usefixtures("published")
def test_the_file_holds_what_the_pages_show() -> None:
    rows = {
        row["Place"]: (row["People, from"], row["People, to"], row["Share in percent"], row["Shown or hidden"])
        for row in cells(FILES[1])
        if row["Key of the course"] == "first-aid"
    }
    assert rows == {
        "The whole nation": ("30", "99", "72", "shown"),
        "No region given": ("10", "29", "", "shown"),
        "North": ("30", "99", "55", "shown"),
        "South": ("30", "99", "", "shown"),
        "Riverside": ("", "", "", "hidden"),
        "Hill": ("", "", "", "hidden"),
    }


@pytest.mark.usefixtures("published")
def test_all_months_are_the_months_one_after_the_other() -> None:
    months = [cells(f"/en/statistics/2026-0{month}/figures.csv") for month in (3, 4, 5)]
    assert cells(FILES[0]) == [row for month in months for row in month]


@pytest.mark.usefixtures("published")
def test_the_workbook_holds_the_same_rows() -> None:
    rows = cells(FILES[1])
    assert _sheet(b"".join(Client().get(FILES[2]))) == [list(rows[0]), *(list(row.values()) for row in rows)]


def _sheet(workbook: bytes) -> list[list[str]]:
    """The cells of the first sheet, row by row, as text."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with ZipFile(io.BytesIO(workbook)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    width = max(len(row) for row in sheet.iter(f"{main}row"))
    rows = []
    for row in sheet.iter(f"{main}row"):
        told = ["".join(cell.itertext()) for cell in row]
        rows.append(told + [""] * (width - len(told)))
    return rows


def test_subtracting_what_the_files_of_all_months_tell_finds_nobody(published: Country) -> None:
    """The attacker reads the file as anybody may, knows the tree, and is told that every figure is fresh."""
    rows = [row for row in cells(FILES[0]) if row["Key of the course"] == "first-aid"]
    numbers = {"nation": NATION, "no-region": NOWHERE}
    for place in (published.north, published.south, published.riverside, published.hill):
        numbers[place.code] = place.pk
    for month in ("2026-03", "2026-04", "2026-05"):
        of = {row["Code of the place"]: row for row in rows if row["Month"] == month}
        places = Places({numbers[code]: numbers[row["Part of"]] for code, row in of.items() if row["Part of"]})
        found = {numbers[code]: _cell(row) for code, row in of.items()}
        guess = attack(places, found, dict.fromkeys(found, True))
        for hidden in (published.riverside.pk, published.hill.pk):
            low, high = guess.places[hidden]
            assert (low, high >= 39) == (0, True)


def _cell(row: dict[str, str]) -> Cell:
    return Cell(Band(int(row["People, from"]), int(row["People, to"])) if row["People, from"] else None)

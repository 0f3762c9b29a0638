"""What a manager and an administrator see, worked out by hand from what people did in their browsers.

The citizen of the demo school completes Alerts and warnings. A guest passes one check of Life-saving. Somebody who
belongs to no organisation signs up after one check of Evacuation and shelter. The citizens of the demonstration have a
history of their own, so what is told is how much more the figures are than before.
"""

import csv
import io
import json
import uuid

import pytest

from tests.browser.conftest import Browse
from tests.browser.curriculum import CURRICULUM
from tests.browser.driver import Visitor, axe
from tests.browser.walks import follow, log_in, sign_up, take_check, take_course
from tests.server import PortalServer

Figures = dict[str, list[int]]
MORE: dict[str, Figures] = {
    "manager": {"Alerts and warnings": [1, 0, 1, 0, 1], "total": [1, 0, 1, 0, 1]},
    "admin": {
        "Life-saving": [1, 1, 0, 0, 0],
        "Alerts and warnings": [1, 0, 1, 0, 1],
        "Evacuation and shelter": [1, 1, 0, 0, 0],
        "total": [3, 2, 1, 0, 1],
    },
}


@pytest.fixture
def before(browse: Browse, own_server: PortalServer) -> dict[str, Figures]:
    """What each of the two saw before the people did anything; they do it once for the module."""
    noted = own_server.var / "before.json"
    if not noted.exists():
        seen = {}
        for who in MORE:
            visitor = browse(server=own_server)
            log_in(visitor, who)
            seen[who] = figures(visitor)
        learn(browse, own_server)
        own_server.manage("count_reports")
        noted.write_text(json.dumps(seen))
    found: dict[str, Figures] = json.loads(noted.read_text())
    return found


def learn(browse: Browse, server: PortalServer) -> None:
    citizen = browse(server=server)
    log_in(citizen, "citizen")
    take_course(citizen, "/en/courses/alerts-warnings/")
    take_check(browse(server=server), "/en/courses/life-saving/adult-cpr/")
    somebody = browse(server=server)
    take_check(somebody, "/en/courses/evacuation-shelter/stay-or-go/")
    sign_up(somebody, f"{uuid.uuid4().hex}@example.org")


def figures(visitor: Visitor) -> Figures:
    """The figures of the page by course, and of all courses together."""
    visitor.visit("/en/reports/completion/")
    rows = visitor.page.locator(".report-table tbody tr").all()
    found = {row.locator("th").inner_text(): row.locator("td.figure").all_inner_texts() for row in rows}
    found["total"] = visitor.page.locator(".report-table tfoot td.figure").all_inner_texts()
    return {name: [int(figure) for figure in line] for name, line in found.items()}


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_the_figures_are_more_by_what_the_people_did(
    browse: Browse, own_server: PortalServer, before: dict[str, Figures], who: str
) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, who)
    now = figures(visitor)
    more = {name: [new - old for new, old in zip(line, before[who][name], strict=True)] for name, line in now.items()}
    assert {name: line for name, line in more.items() if any(line)} == MORE[who]


@pytest.mark.usefixtures("before")
def test_the_file_holds_the_same_figures_in_arabic(browse: Browse, own_server: PortalServer) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, "manager", "ar")
    shown = figures(visitor)["Alerts and warnings"]
    visitor.visit("/ar/reports/completion/")
    with visitor.page.expect_download() as download:
        visitor.page.locator("a[download][href*='completion.csv']").click()
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    line = next(row for row in rows if any("الإنذارات" in cell for cell in row))
    assert [int(cell) for cell in line if cell.isdigit()] == shown


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("javascript", [True, False])
def test_an_administrator_goes_down_from_the_nation_to_a_school(
    browse: Browse, own_server: PortalServer, language: str, javascript: bool
) -> None:
    visitor = browse(server=own_server, width=360, locale=language, javascript=javascript)
    log_in(visitor, "admin", language)
    page = visitor.page
    visitor.visit(f"/{language}/reports/completion/")
    page.locator(".filters-fold summary").click()
    page.locator("[name=by]").select_option("organisation")
    follow(page, ".filters button")
    follow(page, ".report-table a[href*='organisation=demo-ministry']")
    follow(page, ".report-table a[href*='organisation=demo-hills-school']")
    courses = len(list(CURRICULUM.glob("*/course.yaml")))
    assert page.locator(".report-table tbody tr").count() == courses
    follow(page, ".report .crumbs a")
    assert page.locator("[name=organisation]").input_value() == "demo-ministry"
    assert page.locator("svg[role=img]").count() == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_manager_adds_somebody_asks_a_course_and_ends_the_membership(
    browse: Browse, own_server: PortalServer, language: str
) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    citizen = browse(server=own_server)
    sign_up(citizen, email, language)
    visitor = browse(server=own_server, width=360, locale=language)
    log_in(visitor, "manager", language)
    page, own = visitor.page, f"/{language}/organisations/demo-school/"
    visitor.visit(f"{own}add/")
    page.locator("[name=addresses]").fill(f"{email}\nnobody-{email}")
    follow(page, "main form button")
    assert page.locator("[name=addresses]").input_value() == f"nobody-{email}"
    axe(page)
    visitor.visit(f"{own}assign/")
    page.locator("[name=course]").select_option("evacuation-shelter" if language == "en" else "life-saving")
    follow(page, "main form button")
    visitor.visit(f"{own}?q={email}")
    assert page.locator(".members tbody tr").count() == 1
    follow(page, ".members .end-cell a")
    follow(page, "main form button")
    visitor.visit(f"{own}?q={email}")
    assert page.locator(".members tbody tr").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_chart_as_a_table_fits_a_phone(browse: Browse, own_server: PortalServer, language: str) -> None:
    visitor = browse(server=own_server, width=360, locale=language)
    log_in(visitor, "admin", language)
    visitor.visit(f"/{language}/reports/completion/")
    visitor.page.locator(".chart-table summary").click()
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

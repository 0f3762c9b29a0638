"""What a manager and an administrator see, worked out by hand from what people did in their browsers.

The citizen of the demo school completes Alerts and warnings. A guest passes one check of Life-saving. Somebody who
belongs to no organisation signs up after one check of Evacuation and shelter.
"""

import csv
import io
import uuid

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor
from tests.browser.walks import log_in, sign_up, take_check, take_final
from tests.server import PortalServer

SCHOOL = {
    "Life-saving": ["0", "0", "0", "0"],
    "Alerts and warnings": ["1", "0", "1", "0"],
    "Evacuation and shelter": ["0", "0", "0", "0"],
    "total": ["1", "0", "1", "0"],
}
NATION = {
    "Life-saving": ["1", "1", "0", "0"],
    "Alerts and warnings": ["1", "0", "1", "0"],
    "Evacuation and shelter": ["1", "1", "0", "0"],
    "total": ["3", "2", "1", "0"],
}


@pytest.fixture
def history(browse: Browse, own_server: PortalServer) -> None:
    """What the people did, once for the module: the citizen has completed the course already the second time."""
    if (own_server.var / "history").exists():
        return
    citizen = browse(server=own_server)
    log_in(citizen, "citizen")
    for lesson in ("how-alerts-reach-you", "first-five-minutes"):
        take_check(citizen, f"/en/courses/alerts-warnings/{lesson}/")
    take_final(citizen, "/en/courses/alerts-warnings/")
    take_check(browse(server=own_server), "/en/courses/life-saving/adult-cpr/")
    somebody = browse(server=own_server)
    take_check(somebody, "/en/courses/evacuation-shelter/stay-or-go/")
    sign_up(somebody, f"{uuid.uuid4().hex}@example.org")
    (own_server.var / "history").touch()


def figures(visitor: Visitor) -> dict[str, list[str]]:
    """The figures of the page by course, and of all courses together."""
    visitor.visit("/en/reports/")
    rows = visitor.page.locator(".report-table tbody tr").all()
    found = {row.locator("th").inner_text(): row.locator("td.figure").all_inner_texts() for row in rows}
    return found | {"total": visitor.page.locator(".report-table tfoot td.figure").all_inner_texts()}


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(("who", "expected"), [("manager", SCHOOL), ("admin", NATION)])
def test_the_figures_are_what_the_people_did(
    browse: Browse, own_server: PortalServer, who: str, expected: dict[str, list[str]]
) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, who)
    assert figures(visitor) == expected


@pytest.mark.usefixtures("history")
def test_the_file_holds_the_same_figures_in_arabic(browse: Browse, own_server: PortalServer) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, "manager", "ar")
    visitor.visit("/ar/reports/")
    with visitor.page.expect_download() as download:
        visitor.page.locator("a[download]").click()
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    line = next(row for row in rows if any("الإنذارات" in cell for cell in row))
    assert [cell for cell in line if cell.isdigit()] == SCHOOL["Alerts and warnings"]

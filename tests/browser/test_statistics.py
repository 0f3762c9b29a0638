"""The public figures in a browser, as a guest: from the foot of the home page to a region, in both languages."""

import csv
import io

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.walks import follow

BOTH = pytest.mark.parametrize("language", ["ar", "en"])


@BOTH
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_a_guest_finds_a_course_by_region(browse: Browse, language: str, width: int, scheme: str) -> None:
    visitor = browse(locale=language, width=width, color_scheme=scheme)
    visitor.visit(f"/{language}/")
    page = visitor.page
    follow(page, f".foot-links a[href='/{language}/statistics/']")
    axe(page)
    follow(page, ".report-table tbody th a")
    assert page.locator(".report-table tbody tr").count() > 1
    page.locator(".chart-table summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    assert not visitor.context.cookies()


@BOTH
def test_every_page_of_the_figures_works_without_javascript(browse: Browse, language: str) -> None:
    visitor = browse(locale=language, width=360, javascript=False)
    visitor.visit(f"/{language}/statistics/")
    page = visitor.page
    follow(page, ".months li:last-child a")
    assert page.locator(".months [aria-current]").count() == 1
    follow(page, ".report-table tbody th a")
    if page.locator(".report-table tbody th a").count():
        follow(page, ".report-table tbody th a")
        assert page.locator(".crumbs span").count() == 3


def test_the_file_has_the_places_of_the_page(browse: Browse) -> None:
    visitor = browse(locale="en")
    visitor.visit("/en/statistics/")
    page = visitor.page
    title = page.locator(".report-table tbody th a").first.inner_text()
    follow(page, ".report-table tbody th a")
    places = {place.strip() for place in page.locator(".report-table tbody th").all_inner_texts()}
    with page.expect_download() as download:
        page.locator(".report-actions a[href$='csv']").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["Course"] == title]
    assert places == {row["Place"] for row in rows if row["Part of"] == "nation"}

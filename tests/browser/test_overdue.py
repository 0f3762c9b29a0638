"""A manager finds who is overdue with one click after the log-in, and keeps the list under a name."""

import uuid

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.walks import follow, log_in, path_of
from tests.server import PortalServer


@pytest.mark.parametrize("language", ["ar", "en"])
def test_who_is_overdue_is_one_click_from_the_log_in(browse: Browse, own_server: PortalServer, language: str) -> None:
    visitor = browse(server=own_server, width=360, locale=language)
    log_in(visitor, "manager", language)
    page, clicks = visitor.page, 0
    assert path_of(page) == "/ar/reports/"  # this manager's own language, whatever page they came from
    visitor.visit(f"/{language}/reports/")
    axe(page)
    follow(page, ".overdue-line a")
    clicks += 1
    assert path_of(page) == f"/{language}/reports/overdue/"
    assert page.locator(".people-table tbody tr").count() > 0
    assert clicks == 1
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_list_is_saved_opened_and_deleted(browse: Browse, own_server: PortalServer, javascript: bool) -> None:
    name = f"View {uuid.uuid4().hex[:6]}"
    visitor = browse(server=own_server, javascript=javascript)
    log_in(visitor, "manager")
    page = visitor.page
    visitor.visit("/en/reports/expiring/?days=90")
    follow(page, "a[href*='/saved/new/']")
    page.locator("[name=name]").fill(name)
    page.locator("[name=delivery]").select_option("monthly")
    if javascript:
        axe(page)
    follow(page, "main form button")
    assert path_of(page) == "/en/reports/expiring/?days=90"
    visitor.visit("/en/reports/")
    follow(page, f".report-list a:has-text('{name}')")
    assert path_of(page) == "/en/reports/expiring/?days=90"
    visitor.visit("/en/reports/")
    follow(page, f".report-list li:has-text('{name}') .btn")
    follow(page, "button[name=delete]")
    assert page.locator(f"text={name}").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_a_figure_means_is_one_click_from_its_heading(
    browse: Browse, own_server: PortalServer, language: str
) -> None:
    visitor = browse(server=own_server, locale=language)
    log_in(visitor, "manager", language)
    visitor.visit(f"/{language}/reports/completion/")
    follow(visitor.page, ".kpis a[href$='#expired']")
    assert visitor.page.locator("#expired:target").is_visible()
    axe(visitor.page)

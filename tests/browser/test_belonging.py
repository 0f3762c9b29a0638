"""People come to an organisation: by a printed invitation, and from a table that a manager sends."""

import re
import uuid
from pathlib import Path

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import code_for, follow, log_in, log_in_with_code, path_of
from tests.server import PortalServer

SCHOOL = "/en/organisations/demo-school/"
SEND = "form[enctype] button[type=submit]"


def invited(manager: Visitor) -> tuple[str, str]:
    """The path of a new invitation's link, and its code."""
    manager.visit(f"{SCHOOL}invitations/")
    follow(manager.page, "form.asking button")
    link = manager.page.locator(".invitation-link a").get_attribute("href") or ""
    return re.sub(r"^https?://[^/]+", "", link), manager.page.locator(".invitation-code").inner_text()


def send_table(manager: Visitor, folder: Path, text: str) -> None:
    file = folder / "members.csv"
    file.write_text(text, encoding="utf-8")
    manager.visit(f"{SCHOOL}members/file/")
    manager.page.set_input_files("input[type=file]", file)
    follow(manager.page, SEND)


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_without_an_account_joins_by_the_code_and_leaves(
    browse: Browse, own_server: PortalServer, javascript: bool
) -> None:
    manager = browse(server=own_server)
    log_in(manager, "manager")
    link, code = invited(manager)
    visitor = browse(width=360, height=740, server=own_server, javascript=javascript)
    visitor.visit("/en/join/")
    visitor.page.fill("input[name=code]", code.lower())
    follow(visitor.page, "main form button")
    assert "your name and your e-mail address" in visitor.page.locator("main").inner_text()
    email = f"{uuid.uuid4().hex}@example.org"
    follow(visitor.page, "main a.btn-primary")
    visitor.page.fill("input[name=email]", email)
    follow(visitor.page, "main form button.btn-primary")
    visitor.page.fill("input[name=code]", code_for(email, visitor.letters))
    follow(visitor.page, "main form:has(input[name=code]) button[type=submit]")
    assert path_of(visitor.page).startswith("/en/join/")
    follow(visitor.page, "main form button.btn-primary")
    assert path_of(visitor.page) == "/en/account/organisations/"
    if javascript:
        axe(visitor.page)
    visitor.visit(link)
    assert "You belong to it already." in visitor.page.locator("main").inner_text()
    visitor.visit("/en/account/organisations/")
    follow(visitor.page, "a[href$='/leave/']")
    follow(visitor.page, "main form button.btn-danger")
    assert "You belong to no organisation." in visitor.page.locator("main").inner_text()


def test_an_invitation_is_printed_and_without_fault(browse: Browse, own_server: PortalServer) -> None:
    manager = browse(server=own_server)
    log_in(manager, "manager")
    invited(manager)
    axe(manager.page)
    box = manager.page.locator(".invitation-picture svg").bounding_box()
    assert box
    assert box["width"] > 150


@pytest.mark.parametrize("javascript", [True, False])
def test_a_table_is_seen_and_then_read_in(
    browse: Browse, own_server: PortalServer, tmp_path: Path, javascript: bool
) -> None:
    manager = browse(server=own_server, javascript=javascript)
    log_in(manager, "manager")
    one = uuid.uuid4().hex
    send_table(manager, tmp_path, f"email,name\n{one}@example.org,Lina\nno address,Rami\n")
    page = manager.page
    assert "Line 3: This is not an e-mail address." in page.locator("main").inner_text()
    if javascript:
        axe(page)
    assert page.get_by_role("button", name="Read it in").count() == 0
    send_table(manager, tmp_path, f"email,name\n{one}@example.org,Lina {one}\n")
    follow(page, "main form button.btn-primary")
    assert "The table was read in." in page.locator("main").inner_text()
    manager.visit(f"{SCHOOL}?q={one}")
    assert f"Lina {one}" in page.locator(".members").inner_text()
    lina = browse(server=own_server)
    log_in_with_code(lina, f"{one}@example.org")
    assert f"Lina {one}" in lina.page.locator(".account-menu summary").inner_text()


def test_an_administrator_adds_moves_and_removes_an_organisation(browse: Browse, own_server: PortalServer) -> None:
    admin = browse(server=own_server)
    log_in(admin, "admin")
    page = admin.page
    code = f"x{uuid.uuid4().hex[:8]}"
    admin.visit("/en/places/organisations/add/?below=demo-school")
    page.fill("input[name=code]", code)
    page.fill("input[name=name_en]", "Evening class")
    follow(page, "form.asking button")
    assert path_of(page) == f"/en/organisations/{code}/"
    admin.visit(f"/en/places/organisations/{code}/change/")
    page.fill("input[name=parent]", "demo-ministry")
    follow(page, "form.asking button")
    assert "demo-ministry" in (page.locator(".crumbs a").last.get_attribute("href") or "")
    admin.visit(f"/en/places/organisations/?q={code}")
    axe(page)
    admin.visit(f"/en/places/organisations/{code}/change/")
    follow(page, "main section form button")
    assert "“Evening class” has been removed." in page.locator("body").inner_text()


def test_what_a_ministry_asks_is_asked_below_changed_and_withdrawn(browse: Browse, own_server: PortalServer) -> None:
    admin = browse(server=own_server)
    log_in(admin, "admin")
    page = admin.page
    admin.visit("/en/organisations/demo-ministry/assign/")
    course = page.locator("select[name=course] option:not([value=''])").last.get_attribute("value") or ""
    page.select_option("select[name=course]", course)
    page.fill("input[name=due_on]", "2099-03-01")
    follow(page, "form.asking button.btn-primary")
    admin.visit(SCHOOL)
    below = page.locator(".asked-list").first
    assert "1 March 2099 · assigned by" in " ".join(below.inner_text().split())
    assert below.locator(f"a[href$='/courses/{course}/']").count() == 0
    axe(page)
    admin.visit(f"/en/organisations/demo-ministry/courses/{course}/")
    page.fill("input[name=due_on]", "2099-05-01")
    follow(page, "form.asking button.btn-primary")
    admin.visit(f"{SCHOOL}courses/{course}/remind/")
    assert "to be completed by 1 May 2099" in page.locator("main").inner_text()
    admin.visit(f"/en/organisations/demo-ministry/courses/{course}/")
    follow(page, "button[name=withdraw]")
    admin.visit(SCHOOL)
    assert "May 2099" not in page.locator("main").inner_text()

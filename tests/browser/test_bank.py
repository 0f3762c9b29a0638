"""An instructor finds questions in the bank and retires, moves and duplicates them, without a script."""

import re

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import follow, log_in, tab_to
from tests.server import PortalServer

BANK = "/en/studio/bank/"
LESSON = f"{BANK}?lesson=building-fire"


@pytest.fixture
def instructor(browse: Browse, own_server: PortalServer) -> Visitor:
    """An instructor's phone without scripts, against a portal of its own."""
    visitor = browse(server=own_server, javascript=False, width=360)
    log_in(visitor, "instructor")
    return visitor


def found(visitor: Visitor, address: str) -> int:
    visitor.visit(address)
    return visitor.page.locator(".bank-lines > li").count()


def tick(visitor: Visitor, *rows: int) -> None:
    for row in rows:
        visitor.page.locator(".bank-tick input").nth(row).check()


def test_questions_are_retired_and_brought_back(instructor: Visitor) -> None:
    page, before = instructor.page, found(instructor, LESSON)
    tick(instructor, 0, 1)
    follow(page, '[formaction$="/retire/"]')
    assert page.locator("main li").count() >= 2
    follow(page, "[name=sure]")
    assert page.url.endswith(LESSON)
    assert page.locator(".bank-lines > li").count() == before - 2
    assert found(instructor, f"{LESSON}&state=retired") == 2
    tick(instructor, 0, 1)
    follow(page, '[formaction$="/restore/"]')
    assert found(instructor, LESSON) == before


def test_all_questions_of_a_check_cannot_be_retired(instructor: Visitor) -> None:
    before = found(instructor, LESSON)
    tick(instructor, *range(before))
    follow(instructor.page, '[formaction$="/retire/"]')
    assert "would have no question left" in instructor.page.locator("[role=alert]").inner_text()
    assert instructor.page.locator("[name=sure]").count() == 0


def test_a_question_is_moved_once_it_is_agreed_that_its_check_loses_it(instructor: Visitor) -> None:
    instructor.expect_console("422")
    page, before = instructor.page, found(instructor, LESSON)
    tick(instructor, 0)
    follow(page, '[formaction$="/move/"]')
    page.locator("[name=lesson]").select_option("stay-or-go")
    follow(page, "main form button.btn-primary")
    follow(page, "main form button.btn-primary")
    assert page.locator("#take-out").get_attribute("aria-invalid") == "true"
    page.locator("#take-out").check()
    follow(page, "main form button.btn-primary")
    assert page.locator(".bank-lines > li").count() == before - 1


def test_a_copy_opens_in_the_studio_s_form(instructor: Visitor) -> None:
    page = instructor.page
    instructor.visit(f"{BANK}starter/LS-2-Q3/")
    page.locator("[name=lesson]").select_option("building-fire")
    follow(page, ".bank-copy button")
    assert re.search(r"/studio/lessons/building-fire/questions/ES-2-Q\d+/$", page.url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_asked_before_a_deed_is_without_fault(
    browse: Browse, portal_server: PortalServer, language: str, scheme: str
) -> None:
    visitor = browse(width=360 if scheme == "light" else 1280, color_scheme=scheme)
    log_in(visitor, "instructor", language)
    page = visitor.page
    for deed in ("retire", "move"):
        visitor.visit(f"/{language}/studio/bank/?lesson=adult-cpr")
        tick(visitor, 0, 1)
        follow(page, f'[formaction$="/{deed}/"]')
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
        axe(page)
    page.locator("[name=lesson]").select_option("building-fire")
    follow(page, "main form button.btn-primary")
    axe(page)


def test_the_list_is_worked_by_keyboard(browse: Browse, portal_server: PortalServer) -> None:
    visitor = browse()
    log_in(visitor, "instructor")
    visitor.visit(f"{BANK}?lesson=adult-cpr")
    tab_to(visitor.page, ".bank-tick input")
    visitor.page.keyboard.press("Space")
    tab_to(visitor.page, '[formaction$="/retire/"]')
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/retire/")
    assert visitor.page.locator("[name=sure]").count() == 1


def test_the_frame_on_a_phone_is_the_citizen_s_page(browse: Browse, portal_server: PortalServer) -> None:
    visitor = browse()
    log_in(visitor, "instructor")
    visitor.visit(f"{BANK}starter/LS-2-Q3/preview/?language=ar")
    inside = visitor.page.frame_locator("iframe")
    assert inside.locator("html").get_attribute("dir") == "rtl"
    inside.locator("[name=answer]").first.check()
    inside.locator(".bar button[type=submit]").click()
    inside.locator(".verdict").wait_for()

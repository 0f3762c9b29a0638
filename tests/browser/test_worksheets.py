"""A worksheet of a lesson as a family fills it in: in this browser, in an account, without a connection, on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import log_in

BOTH = pytest.mark.parametrize("language", ["ar", "en"])
LESSON = "/{}/courses/household-preparedness/water-and-food/"
SHEET = ".text .worksheet"


def opened(browse: Browse, language: str = "en", **options: object) -> Visitor:
    visitor = browse(width=360, height=740, locale=language, **options)
    assert visitor.visit(LESSON.format(language)).status == 200
    return visitor


def numbers(page: Page) -> list[str]:
    """The keys of the lines for numbers; the first two make the sum."""
    return [str(one.get_attribute("name")) for one in page.locator(f"{SHEET} .field-number input").all()]


def fill_in(page: Page, people: str, more: str) -> None:
    for key, value in zip(numbers(page), (people, more), strict=False):
        page.locator(f"{SHEET} [name={key}]").fill(value)


def in_digits(text: str) -> str:
    return re.sub("[٠-٩]", lambda digit: str("٠١٢٣٤٥٦٧٨٩".index(digit[0])), text)


@BOTH
def test_the_sum_follows_what_is_typed_and_stays_in_this_browser(browse: Browse, language: str) -> None:
    visitor = opened(browse, language)
    page = visitor.page
    fill_in(page, "5", "1")
    total = page.locator(f"{SHEET} output").first
    assert in_digits(total.inner_text()) == "66"  # 5 × 4 × 3 + 1 × 2 × 3
    page.locator(f"{SHEET} .field-tick input").first.check()
    axe(page)
    visitor.visit(LESSON.format(language))
    assert in_digits(total.inner_text()) == "66"
    assert page.locator(f"{SHEET} .field-tick input").first.is_checked()


def test_clearing_leaves_nothing_in_the_browser(browse: Browse) -> None:
    visitor = opened(browse)
    page = visitor.page
    fill_in(page, "5", "0")
    page.locator(f"{SHEET} output").first.click()
    page.locator("[data-clear-sheet]").click()
    assert page.locator(f"{SHEET} output").first.inner_text() == ""
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('worksheet'))") == []


def test_what_a_guest_filled_in_goes_into_the_account_at_the_next_save(browse: Browse) -> None:
    visitor = opened(browse)
    fill_in(visitor.page, "7", "0")
    visitor.page.locator(f"{SHEET} output").first.click()
    log_in(visitor, "citizen")
    visitor.visit(LESSON.format("en"))
    assert visitor.page.locator(f"{SHEET} output").first.inner_text() == "84"
    visitor.page.get_by_role("button", name="Save", exact=True).click()
    visitor.page.wait_for_load_state()
    assert visitor.page.url.endswith("#sheet-kit-list")
    elsewhere = browse(width=360, height=740)
    log_in(elsewhere, "citizen")
    elsewhere.visit(LESSON.format("en"))
    assert elsewhere.page.locator(f"{SHEET} output").first.inner_text() == "84"
    axe(elsewhere.page)


def test_an_account_keeps_it_as_it_is_typed_and_says_so_when_it_could_not(browse: Browse) -> None:
    visitor = browse(width=360, height=740)
    log_in(visitor, "instructor")
    visitor.visit(LESSON.format("en"))
    page, state = visitor.page, visitor.page.locator(".sheet-state")
    fill_in(page, "3", "0")
    with page.expect_response(lambda answer: "/worksheets/" in answer.url):
        page.locator(f"{SHEET} output").first.click()
    expect(page.locator(".sheet-state")).to_have_text(re.compile("^Saved"))
    visitor.context.set_offline(True)
    visitor.expect_console(r"ERR_INTERNET_DISCONNECTED")
    fill_in(page, "4", "0")
    page.locator(f"{SHEET} output").first.click()
    expect(page.locator(".sheet-state")).to_have_text(re.compile("^Not saved"))
    visitor.context.set_offline(False)
    visitor.visit(LESSON.format("en"))
    assert page.locator(f"{SHEET} output").first.inner_text() == "48"
    assert state.inner_text().startswith("Not saved")


def test_a_log_in_that_has_ended_is_no_save(browse: Browse) -> None:
    visitor = browse(width=360, height=740)
    log_in(visitor, "manager")
    visitor.visit(LESSON.format("en"))
    page = visitor.page
    visitor.context.clear_cookies(name="sessionid")
    visitor.expect_console(r"401")
    fill_in(page, "6", "0")
    page.locator(f"{SHEET} output").first.click()
    expect(page.locator(".sheet-state")).to_have_text(re.compile("^Not saved"))
    log_in(visitor, "manager")
    visitor.visit(LESSON.format("en"))
    assert page.locator(f"{SHEET} output").first.inner_text() == "72"


def test_without_a_script_an_account_keeps_it_and_reckons_the_sum(browse: Browse) -> None:
    visitor = browse(width=360, height=740, javascript=False)
    log_in(visitor, "reviewer")
    visitor.visit(LESSON.format("en"))
    page = visitor.page
    fill_in(page, "2", "x")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    assert "Write a whole number" in page.locator(SHEET).inner_text()
    fill_in(page, "2", "1")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    assert page.locator(f"{SHEET} output").first.inner_text() == "30"


def test_its_button_prints_the_sheet_alone_on_one_page(browse: Browse) -> None:
    visitor = opened(browse)
    page = visitor.page
    page.evaluate("window.print = () => {}")
    fill_in(page, "5", "1")
    page.locator("[data-print-sheet]").click()
    page.emulate_media(media="print")
    assert not page.locator("h1").is_visible()
    assert page.locator(SHEET).is_visible()
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("h1").is_visible()

"""A term in a lesson, as a reader meets it: by a tap, a key, without a script, on paper."""

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe

LESSON = "/{}/courses/life-saving/child-and-infant-cpr/"
PLACES = """() => [...document.querySelectorAll("main *:not(.tip, .tip *)")]
  .map((part) => part.getBoundingClientRect()).map((at) => `${at.x} ${at.y + scrollY} ${at.width} ${at.height}`)"""


def opened(browse: Browse, language: str = "en", **options: object) -> Visitor:
    visitor = browse(width=360, height=740, locale=language, **options)
    assert visitor.visit(LESSON.format(language)).status == 200
    return visitor


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_tap_shows_the_explanation_where_the_word_stands(browse: Browse, language: str) -> None:
    page = opened(browse, language).page
    word = page.locator("a.word").last
    word.click()
    tip = page.locator(".tip")
    assert tip.is_visible()
    shown, at = tip.bounding_box(), word.bounding_box()
    assert shown
    assert at
    assert 0 <= shown["x"] <= shown["x"] + shown["width"] <= 360
    assert abs(shown["y"] + shown["height"] - at["y"]) < 20 or abs(shown["y"] - at["y"] - at["height"]) < 20
    explanation = page.locator(f"{word.get_attribute('href')} dd").inner_text()
    assert explanation.strip() in tip.inner_text()
    axe(page)


def test_keys_open_and_close_it_and_lead_back_to_the_word(browse: Browse) -> None:
    page = opened(browse).page
    page.locator("a.word").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".tip").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not page.locator(".tip").is_visible()
    assert page.evaluate("document.activeElement.className") == "word"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert not page.locator(".tip").is_visible()
    assert page.evaluate("document.activeElement.className") == "word"


def test_nothing_moves_when_it_opens(browse: Browse) -> None:
    page = opened(browse).page
    page.evaluate("document.fonts.ready")
    word = page.locator("a.word").first
    word.scroll_into_view_if_needed()
    before = page.evaluate(PLACES)
    word.click()
    assert page.locator(".tip").is_visible()
    assert page.evaluate(PLACES) == before


def test_without_a_script_the_word_leads_to_the_list(browse: Browse) -> None:
    page = opened(browse, javascript=False).page
    word = page.locator("a.word").last
    place = word.get_attribute("href")
    word.click()
    assert page.url.endswith(str(place))
    assert page.locator(f"{place} dd").is_visible()
    box = page.locator(str(place)).bounding_box()
    assert box
    assert 0 <= box["y"] < 740


def test_a_browser_without_popovers_follows_the_link(browse: Browse) -> None:
    visitor = browse()
    visitor.context.add_init_script("delete HTMLElement.prototype.showPopover")
    visitor.visit(LESSON.format("en"))
    visitor.page.locator("a.word").first.click()
    assert "#word-" in visitor.page.url


def test_paper_has_the_words_as_a_list(browse: Browse) -> None:
    page = opened(browse).page
    page.emulate_media(media="print")
    assert page.locator("#words").is_visible()
    assert page.locator(".words dd").first.is_visible()
    assert not page.locator(".tip").is_visible()

"""The rhythms of sirens in a browser: silent until asked, with a warning first, and never without end."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe

BOTH = pytest.mark.parametrize("language", ["ar", "en"])
LESSON = "/{}/courses/alerts-warnings/siren-tones/"
HEARD = """
window.sounds = [];
const Real = window.AudioContext;
window.AudioContext = class extends Real {
  constructor() { super(); sounds.push("begun"); }
  close() { sounds.push("ended"); return super.close(); }
};
"""


def opened(browse: Browse, language: str = "en", **options: object) -> Visitor:
    visitor = browse(width=360, height=740, locale=language, **options)
    visitor.page.add_init_script(HEARD)
    assert visitor.visit(LESSON.format(language)).status == 200
    return visitor


@BOTH
def test_nothing_sounds_before_the_warning_is_agreed_to(browse: Browse, language: str) -> None:
    page = opened(browse, language).page
    button = page.locator("[data-siren]").first
    button.click()
    dialog = page.locator(".siren-ask")
    assert dialog.is_visible()
    assert page.evaluate("sounds") == []
    axe(page)
    dialog.locator("button").last.click()
    assert not dialog.is_visible()
    assert page.evaluate("sounds") == []


@BOTH
def test_the_same_button_stops_it_and_another_takes_its_place(browse: Browse, language: str) -> None:
    page = opened(browse, language).page
    first, second = page.locator("[data-siren]").nth(0), page.locator("[data-siren]").nth(1)
    words = first.inner_text()
    first.click()
    page.locator(".siren-ask button").first.click()
    expect(first).not_to_have_text(words)
    assert page.evaluate("sounds") == ["begun"]
    second.click()
    assert page.evaluate("sounds") == ["begun", "ended", "begun"]
    assert first.inner_text() == words
    page.keyboard.press("Escape")
    assert page.evaluate("sounds") == ["begun", "ended", "begun", "ended"]
    assert second.inner_text() == words


def test_it_ends_by_itself(browse: Browse) -> None:
    page = opened(browse).page
    button = page.locator("[data-siren]").first
    words = button.inner_text()
    page.clock.install()
    button.click()
    page.locator(".siren-ask button").first.click()
    expect(button).not_to_have_text(words)
    page.clock.fast_forward(20_000)
    expect(button).to_have_text(words)
    assert page.evaluate("sounds") == ["begun", "ended"]


def test_without_a_script_the_rhythms_are_drawn_and_told(browse: Browse) -> None:
    page = browse(width=360, height=740, javascript=False)
    page.visit(LESSON.format("en"))
    assert page.page.locator(".siren-line").first.is_visible()
    assert not page.page.locator("[data-siren]").first.is_visible()
    assert not page.page.locator(".siren-ask").is_visible()

"""The first minute card in a browser: on one sheet of A5, read aloud when asked, and without JavaScript."""

import re

import pytest

from tests.browser.conftest import Browse
from tests.browser.curriculum import topics

BOTH = pytest.mark.parametrize("language", ["ar", "en"])
CARD = "/{}/topics/someone-collapsed/"
A5 = (148, 210)
A_VOICE = """
const said = [];
window.said = said;
class Utterance { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Utterance;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "ar-SA" }, { lang: "en-GB" }],
  speak: (one) => said.push(one),
  cancel: () => said.push("silence"),
} });
"""


def sheets(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(round(float(width) * 25.4 / 72), round(float(height) * 25.4 / 72)) for width, height in boxes]


@BOTH
def test_every_card_is_printed_on_one_sheet_of_a5(browse: Browse, language: str) -> None:
    visitor, printed = browse(locale=language), {}
    for topic in topics():
        visitor.visit(f"/{language}/topics/{topic}/")
        printed[topic] = sheets(visitor.page.pdf(prefer_css_page_size=True))
    assert len(printed) > 30
    assert not {topic: pages for topic, pages in printed.items() if pages != [A5]}


@BOTH
def test_nothing_but_the_card_is_on_the_sheet(browse: Browse, language: str) -> None:
    visitor = browse(locale=language, width=560, height=790)
    visitor.visit(CARD.format(language))
    page = visitor.page
    page.emulate_media(media="print")
    card = page.locator(".minute")
    assert page.locator("body").inner_text().split() == card.inner_text().split()
    foot = card.locator("footer").inner_text()
    assert {"ar": "بوابة الدفاع المدني", "en": "Civil Defense Portal"}[language] in foot
    assert "European Resuscitation Council, 2025" in foot


def test_a_lesson_is_still_printed_on_a4(browse: Browse) -> None:
    visitor = browse()
    visitor.visit("/en/courses/life-saving/adult-cpr/")
    assert set(sheets(visitor.page.pdf(prefer_css_page_size=True))) == {(210, 297)}


@BOTH
def test_the_card_is_read_aloud_when_asked_and_stops(browse: Browse, language: str) -> None:
    visitor = browse(locale=language)
    page = visitor.page
    page.add_init_script(A_VOICE)
    visitor.visit(CARD.format(language))
    assert page.evaluate("said") == []
    button = page.locator("[data-aloud]")
    read = button.inner_text()
    button.click()
    spoken = page.evaluate("said.map((one) => [one.text.trim(), one.voice.lang.slice(0, 2)])")
    lines = page.locator(".minute li").all_inner_texts()
    assert spoken == [[text, language] for text in (page.locator("h1").inner_text(), *lines)]
    assert button.inner_text() != read
    button.click()
    assert page.evaluate("said.at(-1)") == "silence"
    assert button.inner_text() == read


def test_the_button_says_again_what_it_does_when_the_reading_has_ended(browse: Browse) -> None:
    visitor = browse()
    page = visitor.page
    page.add_init_script(A_VOICE)
    visitor.visit(CARD.format("en"))
    page.locator("[data-aloud]").click()
    page.evaluate("said.at(-1).onend()")
    assert page.locator("[data-aloud]").inner_text() == "Read aloud"


@pytest.mark.parametrize("javascript", [True, False], ids=["no-voice", "no-script"])
def test_who_cannot_hear_it_read_is_offered_nothing(browse: Browse, javascript: bool) -> None:
    visitor = browse(javascript=javascript)
    visitor.visit(CARD.format("en"))
    assert visitor.page.locator("[data-aloud]").is_hidden()
    assert visitor.page.locator(".minute li").count() == 5


@BOTH
def test_a_tile_leads_to_the_card_and_the_card_to_its_lesson(browse: Browse, language: str) -> None:
    visitor = browse(width=360, height=740, locale=language, javascript=False)
    page = visitor.page
    visitor.visit(f"/{language}/")
    page.locator(".tile").first.click()
    assert page.url.endswith(CARD.format(language))
    page.locator(".lessons a").first.click()
    assert "/courses/life-saving/" in page.url
    page.locator(f"a[href='{CARD.format(language)}']").click()
    assert page.locator(".minute").count() == 1

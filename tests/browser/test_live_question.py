"""While one writes a question it is shown beside the fields; what was not saved is offered again."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.typing import expect_state
from tests.browser.walks import log_in
from tests.server import PortalServer

QUESTION = "/{}/studio/lessons/adult-cpr/questions/LS-2-Q1/"
WORDS = {"en": "Typed just now?", "ar": "سؤال كُتب الآن؟"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_typed_appears_beside_the_question(browse: Browse, own_server: PortalServer, language: str) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, "instructor")
    visitor.visit(QUESTION.format(language))
    page, frame = visitor.page, visitor.page.frame_locator("[data-live] iframe")
    expect(frame.locator("html")).to_have_attribute("lang", language)
    other = "ar" if language == "en" else "en"
    for written in (language, other):
        page.locator(f"[name=stem_{written}]").fill(WORDS[written])
        expect(frame.locator("#answer-form")).to_contain_text(WORDS[written])
        expect(frame.locator("html")).to_have_attribute("dir", "rtl" if written == "ar" else "ltr")
    axe(page)


def test_on_a_phone_it_takes_the_place_of_the_fields(browse: Browse, own_server: PortalServer) -> None:
    visitor = browse(width=360, height=740, server=own_server)
    log_in(visitor, "instructor")
    visitor.visit(QUESTION.format("en"))
    page = visitor.page
    page.locator("[name=stem_en]").fill(WORDS["en"])
    page.locator("[data-live-toggle]").click()
    expect(page.frame_locator("[data-live] iframe").locator("#answer-form")).to_contain_text(WORDS["en"])
    assert not page.locator("[name=stem_en]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_unsaved_words_and_marks_are_there_again(browse: Browse, own_server: PortalServer) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, "instructor")
    visitor.visit(QUESTION.format("en"))
    page = visitor.page
    page.locator("[name=stem_en]").fill(WORDS["en"])
    critical = page.locator("[name=critical]")
    was = critical.is_checked()
    critical.set_checked(not was)
    expect_state(page, "saved")
    page.reload()
    assert page.locator("[name=stem_en]").input_value() == WORDS["en"]
    assert critical.is_checked() is not was

"""While one writes, the page grows beside the writing: on a desk and a phone, in Arabic and English."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.typing import expect_state, start_afresh
from tests.browser.walks import follow, log_in
from tests.server import PortalServer

LESSON = "/{}/studio/lessons/stay-or-go/"
WORDS = {"en": "Typed just now.", "ar": "كُتب الآن."}


def open_lesson(visitor: Visitor, language: str = "en") -> Page:
    log_in(visitor, "instructor")
    visitor.visit(LESSON.format(language))
    start_afresh(visitor.page)
    return visitor.page


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("[data-live] iframe")


def type_at_the_end(page: Page, language: str, words: str) -> None:
    """With the keyboard, at the end of the text."""
    field = page.locator(f"[name={language}-markdown]")
    field.focus()
    field.press("Control+End")
    page.keyboard.type(f"\n\n{words}\n")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_typed_appears_beside_it(browse: Browse, own_server: PortalServer, language: str) -> None:
    page = open_lesson(browse(server=own_server), language)
    expect(preview(page).locator("html")).to_have_attribute("lang", language)
    other = "ar" if language == "en" else "en"
    for written in (language, other):
        type_at_the_end(page, written, WORDS[written])
        expect(preview(page).locator(".text")).to_contain_text(WORDS[written])
        expect(preview(page).locator("html")).to_have_attribute("dir", "rtl" if written == "ar" else "ltr")
        expect(page.locator(f"[data-live-language={written}]")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("document.activeElement.name") == f"{written}-markdown"
    axe(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_it_takes_the_place_of_the_writing(browse: Browse, own_server: PortalServer, language: str) -> None:
    page = open_lesson(browse(width=360, height=740, server=own_server), language)
    toggle = page.locator("[data-live-toggle]")
    assert not page.locator("[data-live]").is_visible()
    type_at_the_end(page, language, WORDS[language])
    toggle.click()
    expect(preview(page).locator(".text")).to_contain_text(WORDS[language])
    assert not page.locator(f"[name={language}-markdown]").is_visible()
    frame = page.locator("[data-live] iframe").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    toggle.click()
    assert page.locator(f"[name={language}-markdown]").is_visible()
    assert WORDS[language] in page.locator(f"[name={language}-markdown]").input_value()


def test_faults_stand_beside_the_text_and_the_last_good_page_stays(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server))
    type_at_the_end(page, "en", "The last good sentence.")
    expect(preview(page).locator(".text")).to_contain_text("The last good sentence.")
    type_at_the_end(page, "en", "# Too high a heading")
    expect(page.locator("#en-faults")).to_contain_text("Headings begin at “##”")
    expect(page.locator("[data-live-says]")).to_contain_text("There are faults beside the text.")
    expect(preview(page).locator(".text")).to_contain_text("The last good sentence.")
    assert page.evaluate("document.activeElement.name") == "en-markdown"
    field = page.locator("[name=en-markdown]")
    field.fill(field.input_value().replace("# Too", "## Not too"))
    expect(page.locator("#en-faults")).to_be_empty()
    expect(preview(page).locator(".text h2").last).to_have_text("Not too high a heading")


def test_the_page_stays_where_one_was_reading(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server))
    expect(preview(page).locator("h1")).to_be_visible()
    frame = page.frames[1]
    frame.evaluate("scrollTo(0, 500)")
    type_at_the_end(page, "en", "One sentence more.")
    expect(preview(page).locator(".text")).to_contain_text("One sentence more.")
    assert frame.evaluate("scrollY") == 500


def test_its_width_and_theme_can_be_chosen(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server))
    expect(preview(page).locator("h1")).to_be_visible()
    frame = page.frames[1]
    assert frame.evaluate("innerWidth") in (358, 360)
    assert frame.evaluate("document.documentElement.dataset.theme") == "light"
    page.get_by_role("button", name="Desk").press("Enter")
    assert frame.evaluate("innerWidth") > 1100
    page.get_by_role("button", name="Dark", exact=True).first.press("Enter")
    assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("[data-live-language=ar]").press("Enter")
    expect(preview(page).locator("html")).to_have_attribute("lang", "ar")
    expect(preview(page).locator("html")).to_have_attribute("data-theme", "dark")


def test_its_links_lead_nowhere(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server))
    preview(page).locator(".crumbs a").first.click()
    preview(page).locator(".bar a.btn-primary").click()
    expect(preview(page).locator("h1")).to_be_visible()
    assert page.frames[1].url == "about:srcdoc"


def test_without_the_network_it_says_so_and_goes_on_afterwards(browse: Browse, own_server: PortalServer) -> None:
    visitor = browse(server=own_server)
    visitor.expect_console("ERR_INTERNET_DISCONNECTED")
    page = open_lesson(visitor)
    expect(preview(page).locator("h1")).to_be_visible()
    visitor.context.set_offline(True)
    type_at_the_end(page, "en", "Typed in the dark.")
    expect(page.locator("[data-live-says]")).to_contain_text("cannot be reached")
    visitor.context.set_offline(False)
    page.keyboard.type("And on.")
    expect(preview(page).locator(".text")).to_contain_text("And on.")
    expect(page.locator("[data-live-says]")).to_have_text("Up to date.")


def test_what_was_typed_outlives_the_page(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server))
    field = page.locator("[name=en-title]")
    field.fill("A title that was never sent")
    expect_state(page, "saved")
    page.reload()
    assert field.input_value() == "A title that was never sent"
    axe(page)
    follow(page, ".studio-save button")
    assert field.input_value() == "A title that was never sent"
    assert not page.locator("[data-keeping-copy]").count()
    assert not page.locator("[data-kept-offer]").is_visible()


def test_without_a_script_there_is_the_page_of_the_draft(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server, javascript=False))
    assert not page.locator("[data-live]").is_visible()
    assert not page.locator("[data-live-toggle]").is_visible()
    follow(page, ".studio-ways a[href$='/preview/']")
    assert page.locator("h1").count() == 1


def test_when_the_session_is_over_it_says_so_and_leads_back_to_what_was_typed(
    browse: Browse, own_server: PortalServer
) -> None:
    visitor = browse(server=own_server)
    visitor.expect_console("403|401")
    page = open_lesson(visitor)
    expect(preview(page).locator("h1")).to_be_visible()
    visitor.context.clear_cookies()
    page.locator("[name=en-title]").fill("Typed after the session")
    expect(page.locator("[data-live-says]")).to_contain_text("no longer logged in")
    follow(page, "[data-live-login]")
    assert "/account/login/?next=/en/studio/lessons/stay-or-go/" in page.url


def test_opened_on_a_faulty_draft_it_shows_what_is_published(browse: Browse, own_server: PortalServer) -> None:
    page = open_lesson(browse(server=own_server))
    type_at_the_end(page, "en", "# Too high a heading")
    follow(page, ".studio-save button")
    expect(page.locator("[data-live-says]")).to_contain_text("There are faults beside the text.")
    expect(preview(page).locator("h1")).to_be_visible()

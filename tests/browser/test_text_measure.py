"""Beneath a text: its outline leads into it, what is counted follows the writing; beside it, the lesson on paper."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.test_live_preview import open_lesson, preview, type_at_the_end

SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
SEEN = "field => [field.scrollTop, field.getBoundingClientRect().top, innerHeight]"
HEADING = {"en": "A heading that was typed", "ar": "عنوان كُتب الآن"}


def beneath(page: Page, language: str = "en") -> Locator:
    return page.locator(f"#{language}-measure")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_outline_leads_into_the_text_by_keyboard(browse: Browse, language: str) -> None:
    page = open_lesson(browse(), language)
    type_at_the_end(page, language, f"## {HEADING[language]}")
    outline = beneath(page, language).locator("[data-part=outline]")
    expect(outline).to_contain_text(HEADING[language])
    outline.locator("summary").focus()
    page.keyboard.press("Enter")
    axe(page)
    links = outline.locator("a")
    links.last.focus()
    page.keyboard.press("Enter")
    field = page.locator(f"[name={language}-markdown]")
    assert page.evaluate("document.activeElement.name") == f"{language}-markdown"
    assert field.evaluate(SELECTED) == f"## {HEADING[language]}"
    down = field.evaluate(SEEN)
    links.first.focus()
    page.keyboard.press("Enter")
    assert field.evaluate(SELECTED).startswith("## ")
    assert field.evaluate("field => field.scrollTop") < down[0]


def test_what_is_open_beneath_the_text_stays_open_while_one_writes(browse: Browse) -> None:
    page = open_lesson(browse())
    beneath(page).locator("[data-part=outline] summary").click()
    type_at_the_end(page, "en", "## One more")
    expect(beneath(page).get_by_role("link", name="One more")).to_be_visible()
    assert not beneath(page).locator("[data-part=sentences]").get_attribute("open")


def test_a_long_sentence_is_listed_and_found_again(browse: Browse) -> None:
    page = open_lesson(browse())
    field = page.locator("[name=en-markdown]")
    field.fill(f"::: first\nPress.\n:::\n\nThis sentence goes {'on and ' * 12}on.")
    summary = beneath(page).locator("[data-part=sentences] summary")
    expect(summary).to_have_text("1 long sentence")
    summary.click()
    beneath(page).get_by_role("link", name="This sentence goes").click()
    assert field.evaluate(SELECTED).startswith("This sentence goes")


def test_on_a_tablet_it_follows_the_writing_also_while_the_preview_is_closed(browse: Browse) -> None:
    page = open_lesson(browse(width=768, height=1024))
    assert not page.locator("[data-live]").is_visible()
    field = page.locator("[name=en-markdown]")
    field.fill("::: first\nPress hard.\n:::\n\n# Too high")
    expect(beneath(page)).to_contain_text("4 words")
    expect(page.locator("#en-faults")).to_contain_text("Headings begin at “##”")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_preview_shows_the_lesson_on_paper(browse: Browse, language: str) -> None:
    page = open_lesson(browse(color_scheme="dark"), language)
    expect(preview(page).locator("main h1")).to_be_visible()
    expect(preview(page).locator(".bar")).to_be_visible()
    page.locator("[data-live-width=print]").click()
    expect(preview(page).locator(".bar")).not_to_be_visible()
    sheets = page.locator("[data-live-sheets]")
    expect(sheets).to_contain_text("A4")
    frame = page.locator("[data-live] iframe")
    box, place = frame.bounding_box(), page.locator(".studio-live-place").bounding_box()
    assert box is not None
    assert place is not None
    assert box["width"] == pytest.approx(794, abs=1)
    assert box["height"] > 1120
    paper = (
        "body => [getComputedStyle(body).color, getComputedStyle(body.ownerDocument.documentElement).backgroundColor]"
    )
    assert preview(page).locator("body").evaluate(paper) == ["rgb(18, 35, 59)", "rgb(255, 255, 255)"]
    axe(page)
    page.locator("[data-live-width='360']").click()
    expect(preview(page).locator(".bar")).to_be_visible()
    assert not sheets.is_visible()


def test_on_paper_what_is_typed_appears_and_sheets_are_counted(browse: Browse) -> None:
    page = open_lesson(browse())
    page.locator("[data-live-width=print]").click()
    field = page.locator("[name=en-markdown]")
    field.fill("::: first\nPress hard.\n:::\n")
    expect(preview(page).locator(".text")).not_to_contain_text("Listen")
    expect(page.locator("[data-live-sheets]")).to_have_text("As it is printed. Sheets of A4, about: 1")
    field.fill("::: first\nPress hard.\n:::\n" + "\nOne more paragraph.\n" * 60)
    expect(preview(page).locator(".text")).to_contain_text("One more")
    expect(page.locator("[data-live-sheets]")).not_to_have_text("As it is printed. Sheets of A4, about: 1")
    expect(preview(page).locator(".bar")).not_to_be_visible()


TORN = """body => [...body.querySelectorAll("main *")].filter((one) => {
  const { top, bottom, height } = one.getBoundingClientRect();
  const kept = getComputedStyle(one).breakInside === "avoid" && height < 1002;
  return kept && Math.floor((top + 1) / 1002) !== Math.floor((bottom - 1) / 1002);
}).length"""


def test_no_sheet_ends_within_what_is_kept_together(browse: Browse) -> None:
    page = open_lesson(browse())
    page.locator("[data-live-width=print]").click()
    page.locator("[name=en-markdown]").fill(
        "::: first\nPress hard.\n:::\n" + "\n::: key\nOne thing to remember, and one more.\n:::\n" * 30
    )
    expect(preview(page).locator(".key")).to_have_count(30)
    expect(preview(page).locator("[data-turned]")).not_to_have_count(0)
    assert preview(page).locator("body").evaluate(TORN) == 0


def test_without_a_script_what_is_saved_is_counted_and_outlined(browse: Browse) -> None:
    page = open_lesson(browse(javascript=False))
    expect(beneath(page)).to_contain_text("words")
    beneath(page).locator("[data-part=outline] summary").click()
    expect(beneath(page).locator("[data-part=outline] a").first).to_be_visible()

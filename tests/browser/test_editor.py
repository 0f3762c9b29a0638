"""The tools above a lesson's text: by keyboard and finger, in Arabic and English, and taken back by the browser."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.test_live_preview import open_lesson, preview

SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
FOCUSED = "document.activeElement.name"


def text_field(page: Page, language: str = "en") -> Locator:
    return page.locator(f"[name={language}-markdown]")


def tool(page: Page, name: str, language: str = "en") -> Locator:
    return page.locator(f"#{language} [role=toolbar] :is([data-does={name}], [data-opens={name}])")


def write(page: Page, marked: str, language: str = "en") -> Locator:
    """Fill the text in; what is between two « » is selected, or the caret stands at the only one."""
    field = text_field(page, language)
    field.fill(marked.replace("«", ""))
    start, end = marked.index("«"), marked.rindex("«")
    field.evaluate("(field, [a, b]) => field.setSelectionRange(a, b)", [start, max(start, end - 1)])
    return field


@pytest.fixture
def page(browse: Browse) -> Page:
    return open_lesson(browse())


CASES = [
    ("bold", "Press «hard« now", "Press **hard** now"),
    ("bold", "Press **«hard«** now", "Press hard now"),
    ("bold", "Press «**hard**« now", "Press hard now"),
    ("bold", "Press ha«rd now", "Press **hard** now"),
    ("bold", "- «one\n- two«", "- **one**\n- **two**"),
    ("bold", "- «**one**\n- **two**«", "- one\n- two"),
    ("italic", "Press **«hard«** now", "Press ***hard*** now"),
    ("heading", "Before\nSto«p it\nafter", "Before\n\n## Stop it\n\nafter"),
    ("heading", "## Sto«p it", "Stop it"),
    ("heading", "### Sto«p it", "## Stop it"),
    ("list", "«one\ntwo\n\nthree«", "- one\n- two\n- three"),
    ("list", "- one\n- tw«o", "- one\ntwo"),
    ("list", "«- one\n  goes on\n- two«", "one\ngoes on\ntwo"),
    ("numbered", "«- one\n  goes on\n- two«", "1. one\n   goes on\n2. two"),
    ("list", f"«{'long ' * 14}\nline«", f"- {'long ' * 14}\n  line"),
    ("steps", "«one\ntwo«", "::: steps\n1. one\n2. two\n:::"),
    ("steps", "Before\n\n«\n\nafter", "Before\n\n::: steps\n1. \n:::\n\nafter"),
    ("warning", "Before\n\nGas bu«rns.\n\nafter", "Before\n\n::: warning\nGas burns.\n:::\n\nafter"),
    ("warning", "::: warning\nGas bu«rns.\n:::", "Gas burns."),
    ("dont", "::: do\n- Wa«it\n- Call\n:::", "::: dont\n- Wait\n- Call\n:::"),
    ("do", "::: steps\n1. Wa«it\n   a while\n2. Call\n:::", "::: do\n- Wait\n  a while\n- Call\n:::"),
    ("key", "«Cool it« ", "::: key\nCool it\n:::"),
]


def test_each_tool_does_its_work_and_takes_it_away_again(page: Page) -> None:
    found = []
    for name, before, _after in CASES:
        field = write(page, before)
        page.evaluate("name => document.querySelector(`#en [data-does=${name}]`)?.click()", name)
        if name == "italic":
            field.press("Control+i")
        found.append((name, before, field.input_value()))
    assert found == CASES


def test_what_was_selected_stays_selected_and_the_field_has_the_focus(page: Page) -> None:
    field = write(page, "Press «hard« now")
    tool(page, "bold").click()
    assert field.evaluate(SELECTED) == "hard"
    assert page.evaluate(FOCUSED) == "en-markdown"
    tool(page, "bold").click()
    expect(field).to_have_value("Press hard now")


def test_the_browser_takes_back_what_a_tool_did_together_with_what_was_typed(page: Page) -> None:
    field = write(page, "Press «hard«")
    tool(page, "bold").click()
    field.press("End")
    page.keyboard.type("!")
    tool(page, "warning").click()
    expect(field).to_have_value("::: warning\nPress **hard**!\n:::")
    field.press("Control+z")
    expect(field).to_have_value("Press **hard**!")
    field.press("Control+z")
    field.press("Control+z")
    expect(field).to_have_value("Press hard")


def test_without_the_browsers_own_undoing_the_letters_are_set_all_the_same(page: Page) -> None:
    page.evaluate("document.execCommand = () => false")
    field = write(page, "Press «hard« now")
    tool(page, "bold").click()
    expect(field).to_have_value("Press **hard** now")
    expect(page.locator("#en-measure")).to_contain_text("3 words")


@pytest.mark.parametrize(
    ("language", "onward", "back"), [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")]
)
def test_the_toolbar_is_one_stop_and_arrows_go_through_it(
    browse: Browse, language: str, onward: str, back: str
) -> None:
    page = open_lesson(browse(), language)
    field = write(page, "Press «hard« now", language)
    field.press("Shift+Tab")
    focused = (
        "document.activeElement.dataset.does ?? document.activeElement.dataset.opens ?? document.activeElement.name"
    )
    assert page.evaluate(focused) == "heading"
    page.keyboard.press(onward)
    assert page.evaluate(focused) == "bold"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "more"
    page.keyboard.press(onward)
    page.keyboard.press(onward)
    page.keyboard.press("Enter")
    expect(field).to_have_value("Press **hard** now")
    assert page.evaluate(focused) == f"{language}-markdown"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focused) == "bold"
    page.keyboard.press(back)
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == f"{language}-markdown"
    axe(page)


def test_bold_has_its_keys_and_the_tool_says_that_it_is_on(page: Page) -> None:
    field = write(page, "Press «hard« now")
    expect(tool(page, "bold")).to_have_attribute("aria-pressed", "false")
    field.press("Control+b")
    expect(field).to_have_value("Press **hard** now")
    expect(tool(page, "bold")).to_have_attribute("aria-pressed", "true")
    field.press("Control+b")
    expect(field).to_have_value("Press hard now")


def test_enter_goes_on_with_a_list_and_ends_it_in_an_empty_line(page: Page) -> None:
    field = write(page, "1. one«")
    field.press("Enter")
    page.keyboard.type("two")
    expect(field).to_have_value("1. one\n2. two")
    field.press("Enter")
    field.press("Enter")
    page.keyboard.type("after")
    expect(field).to_have_value("1. one\n2. two\nafter")


def test_a_table_is_put_in_by_its_size_and_escape_leads_back(page: Page) -> None:
    field = write(page, "Befo«re\n\nafter")
    tool(page, "table").click()
    axe(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.opens") == "table"
    page.keyboard.press("Enter")
    page.locator("#editor-table [name=rows]").fill("1")
    page.locator("#editor-table [name=columns]").fill("3")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Before\n\n| … | … | … |\n| --- | --- | --- |\n| … | … | … |\n\nafter")
    assert field.evaluate(SELECTED) == "…"
    assert page.evaluate(FOCUSED) == "en-markdown"


def test_a_picture_of_the_lesson_is_put_in_with_its_words(page: Page) -> None:
    field = write(page, "::: first\nGo«.\n:::\n")
    tool(page, "picture").click()
    page.locator("[data-picture='figures/out-in-up.svg']").click()
    assert field.input_value().startswith("::: first\nGo.\n:::\n\n![")
    assert "](figures/out-in-up.svg" in field.input_value()
    expect(preview(page).locator("main figure")).to_have_count(1)


def test_from_the_pictures_one_comes_to_the_form_for_another(page: Page) -> None:
    tool(page, "picture").click()
    page.locator("[data-upload]").click()
    assert page.evaluate("document.activeElement.id") == "id_picture-file"


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    [("en", "adult cpr", "Adult CPR"), ("ar", "للبالغ الرئوي", "الإنعاش القلبي الرئوي للبالغ")],
)
def test_a_lesson_is_found_by_its_title_and_linked_to(browse: Browse, language: str, typed: str, words: str) -> None:
    page = open_lesson(browse(), language)
    field = write(page, "See «", language)
    tool(page, "lesson", language).click()
    page.keyboard.type(typed)
    expect(page.locator("#editor-lesson li")).to_have_count(1)
    axe(page)
    page.keyboard.press("Enter")
    expect(page.locator("#editor-lesson li button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value(f"See [{words}](lesson:LS-2)")


def test_a_lesson_that_there_is_not_is_said(page: Page) -> None:
    tool(page, "lesson").click()
    page.keyboard.type("no such lesson")
    expect(page.locator("#editor-lesson [role=status]")).to_have_text(
        "No lesson is called that. Try another word of its title."
    )


def test_words_that_were_selected_become_the_link(page: Page) -> None:
    field = write(page, "See «how to press«.")
    tool(page, "lesson").click()
    page.keyboard.type("LS-2")
    expect(page.locator("#editor-lesson li")).to_have_count(1)
    page.locator("#editor-lesson li button").click()
    expect(field).to_have_value("See [how to press](lesson:LS-2).")


def test_a_local_fact_is_chosen_by_its_label(page: Page) -> None:
    field = write(page, "Call «.")
    tool(page, "fact").click()
    page.get_by_role("button", name="Emergency number emergency-number").click()
    expect(field).to_have_value("Call {fact:emergency-number}.")


def test_rarer_tools_are_under_more(page: Page) -> None:
    field = write(page, "«one«")
    tool(page, "more").click()
    page.locator("#editor-more [data-does=sirens]").click()
    expect(field).to_have_value("::: sirens\n- one\n:::")
    assert page.evaluate(FOCUSED) == "en-markdown"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_tools_are_large_and_work_by_touch(browse: Browse, language: str) -> None:
    page = open_lesson(browse(width=360, height=740, has_touch=True), language)
    field = write(page, "Press «hard« now", language)
    sizes = page.evaluate(
        "[...document.querySelectorAll('[role=toolbar] button')].map(e => [e.offsetWidth, e.offsetHeight])"
    )
    assert min(min(size) for size in sizes) >= 44
    tool(page, "bold", language).tap()
    expect(field).to_have_value("Press **hard** now")
    tool(page, "fact", language).tap()
    axe(page)
    box = page.locator("#editor-fact").bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["width"])) == (0, 360)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_tools_stay_in_sight_while_a_long_text_is_scrolled(page: Page) -> None:
    text_field(page).evaluate("field => scrollTo(0, field.getBoundingClientRect().bottom + scrollY - 300)")
    box = page.locator("#en [role=toolbar]").bounding_box()
    assert box is not None
    assert box["y"] == pytest.approx(0, abs=1)


def side(field: Locator) -> str:
    """Whether the first line of the field stands on the right or the left of it."""
    picture = Image.open(BytesIO(field.screenshot())).convert("L").point(lambda light: 255 * (light < 110))
    line = picture.crop((10, 12, picture.width - 20, 42)).getbbox()
    assert line is not None
    return "right" if line[0] + line[2] > picture.width else "left"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_paragraph_runs_as_its_first_letter_does(page: Page, language: str) -> None:
    page.evaluate("for (const bar of document.querySelectorAll('[role=toolbar]')) bar.hidden = true")
    field = text_field(page, language)
    lines = {"مرحبا": "right", "- مرحبا": "right", "1. مرحبا Hello": "right", "**12** مرحبا": "right"}
    lines |= {"Hello": "left", "- Hello مرحبا": "left", "::: first": "left", "## Hello\nمرحبا": "left"}
    found = {}
    for line in lines:
        field.fill(line)
        field.blur()
        found[line] = side(field)
    assert found == lines


def test_an_empty_text_begins_where_its_language_does(page: Page) -> None:
    for language, direction in (("ar", "rtl"), ("en", "ltr")):
        field = text_field(page, language)
        field.fill("")
        told = "field => [getComputedStyle(field).direction, getComputedStyle(field).unicodeBidi]"
        assert field.evaluate(told) == [direction, "isolate"]
        field.fill("a")
        assert field.evaluate(told) == [direction, "plaintext"]


def test_without_a_script_there_are_no_tools(browse: Browse) -> None:
    page = open_lesson(browse(javascript=False))
    assert not page.locator("[role=toolbar]").first.is_visible()
    assert text_field(page).is_visible()

"""What is pasted from Word, Google Docs or a page becomes the Markdown of a lesson, and reads as it did."""

from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from lessons.markdown.rules import faults_in
from lessons.markdown.tree import parse, plain
from tests.browser.conftest import Browse
from tests.browser.pastes import ARABIC, ARABIC_MARKDOWN, CASES
from tests.browser.test_live_preview import open_lesson

PASTE = """([name, html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const field = document.querySelector(`[name=${name}]`);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
COPY = """async ([html, text]) => navigator.clipboard.write([new ClipboardItem({
  "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) })])"""


def paste(page: Page, html: str, language: str = "en", text: str = "bare words") -> None:
    page.evaluate(PASTE, [f"{language}-markdown", html, text])


def pasted(page: Page, html: str, language: str = "en") -> str:
    """What an empty field holds after it."""
    field = page.locator(f"[name={language}-markdown]")
    field.fill("")
    paste(page, html, language)
    expect(field).not_to_have_value("")
    return field.input_value()


@pytest.fixture
def page(browse: Browse) -> Page:
    return open_lesson(browse(permissions=["clipboard-read", "clipboard-write"]))


def test_each_source_becomes_clean_markdown(page: Page) -> None:
    found = {name: pasted(page, html) for name, (html, _markdown) in CASES.items()}
    assert found == {name: markdown for name, (_html, markdown) in CASES.items()}


def test_no_letter_or_mark_of_arabic_is_changed(page: Page) -> None:
    assert pasted(page, ARABIC, "ar") == ARABIC_MARKDOWN


LETTERS = st.text("abاب،؟ـَ12٣ *_`[](){}<>#+-.!:|~=\\&\"'/;,\u00a0", min_size=1, max_size=14)
RUNS = st.lists(st.tuples(LETTERS, st.sampled_from(["", "b", "i", "b i"])), min_size=1, max_size=4)


def as_html(runs: list[tuple[str, str]]) -> str:
    parts = []
    for text, marks in runs:
        tags = marks.split()
        opened, closed = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
        parts.append(opened + escape(text, quote=False) + closed)
    return "".join(parts)


def words_of(markdown: str) -> list[str]:
    """Each run of words as a reader sees it."""
    found = (" ".join(plain(node).split()) for node in parse(markdown).walk() if node.type == "inline")
    return [text for text in found if text]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("<div>{}</div>", "<p>{}</p>"), ("<ul>{}</ul>", "<li>{}</li>"), ("<div>{}</div>", "<h2>{}</h2>")],
)
def test_whatever_is_pasted_reads_the_same(page: Page, outer: str, inner: str) -> None:
    module = page.evaluate_handle("import('/static/js/studio-paste.js')")

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(RUNS, min_size=1, max_size=3))
    def reads_the_same(blocks: list[list[tuple[str, str]]]) -> None:
        html = outer.format("".join(inner.format(as_html(runs)) for runs in blocks))
        markdown = page.evaluate("([module, html]) => module.markdownOf(html).markdown", [module, html])
        expected = (" ".join("".join(text for text, _marks in runs).split()) for runs in blocks)
        assert words_of(markdown) == [text for text in expected if text], markdown
        faults = [fault for fault in faults_in(parse(markdown), markdown, ()) if "::: first" not in fault.message]
        assert not faults, markdown

    reads_the_same()


def test_a_part_of_a_line_goes_into_the_line_and_the_place_of_the_selection(page: Page) -> None:
    field = page.locator("[name=en-markdown]")
    field.fill("Press here firmly")
    field.evaluate("field => field.setSelectionRange(6, 10)")
    paste(page, "<meta charset=utf-8><b>on the wound</b>")
    expect(field).to_have_value("Press **on the wound** firmly")


def test_blocks_stand_between_empty_lines(page: Page) -> None:
    field = page.locator("[name=en-markdown]")
    field.fill("Before\nafter")
    field.evaluate("field => field.setSelectionRange(6, 6)")
    paste(page, "<ul><li>a</li><li>b</li></ul>")
    expect(field).to_have_value("Before\n\n- a\n- b\n\nafter")


def test_one_press_takes_it_back_and_another_brings_it_again(page: Page) -> None:
    field = page.locator("[name=en-markdown]")
    field.fill("Kept. ")
    field.press("Control+End")
    paste(page, "<h2>A</h2><p>b</p><ul><li>c</li></ul>")
    expect(field).to_have_value("Kept. \n\n## A\n\nb\n\n- c")
    field.press("Control+z")
    expect(field).to_have_value("Kept. ")
    field.press("Control+y")
    expect(field).to_have_value("Kept. \n\n## A\n\nb\n\n- c")


def test_from_the_clipboard_itself_and_plainly_with_shift(page: Page) -> None:
    field = page.locator("[name=en-markdown]")
    field.fill("")
    page.evaluate(COPY, ["<p><b>bold</b> word</p>", "bold word"])
    field.press("Control+v")
    expect(field).to_have_value("**bold** word")
    field.fill("")
    field.press("Control+Shift+v")
    expect(field).to_have_value("bold word")


def test_code_is_pasted_as_it_was_written(page: Page) -> None:
    field = page.locator("[name=en-markdown]")
    field.fill("")
    page.evaluate(COPY, ["<code>::: steps</code>", "::: steps"])
    field.press("Control+v")
    expect(field).to_have_value("::: steps")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p>a</p><img src="x.png">', "Pasted without its pictures: upload them below, under “Pictures”."),
        ("<p>a <del>b</del></p>", "Pasted without the words that were struck out."),
        ("<p>a <s>b</s></p><img>", "Pasted without the words that were struck out and without its pictures"),
        ("<p>a</p><p>b</p>", "Pasted and put in order."),
    ],
)
def test_what_was_left_out_is_said(page: Page, html: str, said: str) -> None:
    page.locator("[name=en-markdown]").fill("")
    paste(page, html)
    expect(page.locator("#en-says")).to_contain_text(said)


def test_a_link_to_a_lesson_of_ours_becomes_one(page: Page) -> None:
    origin = page.evaluate("location.origin")
    html = f'<p><a href="{origin}/ar/courses/life-saving/adult-cpr/">CPR</a></p><p><a href="{origin}/en/x/">x</a></p>'
    assert pasted(page, html) == "[CPR](lesson:LS-2)\n\nx"


def test_what_does_not_fit_is_refused_and_said(page: Page) -> None:
    field = page.locator("[name=en-markdown]")
    field.evaluate("field => { field.maxLength = 20; }")
    field.fill("Twelve chars")
    paste(page, "<p>One</p><p>two</p><p>three</p>")
    expect(page.locator("#en-says")).to_contain_text("There is no room left for this")
    expect(field).to_have_value("Twelve chars")


def test_without_a_script_the_browser_pastes_the_bare_words(browse: Browse) -> None:
    page = open_lesson(browse(javascript=False, permissions=["clipboard-read", "clipboard-write"]))
    field = page.locator("[name=en-markdown]")
    title = page.locator("[name=en-title]")
    title.select_text()
    title.press("Control+c")
    field.fill("")
    field.press("Control+v")
    assert field.input_value() == title.input_value()

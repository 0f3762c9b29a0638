"""The clock of a question in a page that was in the background, where timers fire late."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SCRIPT = Path(__file__).parent.parent.parent / "static" / "js" / "reaction.js"
CLOCK = """
<p data-reaction="{left}" data-over="Over">
  <span data-reaction-words></span><strong data-reaction-left></strong>
  <span data-reaction-says data-at5="5 left" data-at10="10 left"></span>
</p>
"""


def clock(chromium: Browser, left: int) -> Page:
    page = chromium.new_page()
    page.clock.install()
    page.set_content(CLOCK.format(left=left))
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    expect(page.locator("[data-reaction-left]")).not_to_be_empty()
    return page


def said(page: Page, after: int) -> str:
    """What is said to who listens once so many seconds have gone by at one stroke."""
    page.clock.fast_forward(1000 * after)
    return page.text_content("[data-reaction-says]") or ""


def test_a_warning_whose_second_was_missed_is_said_late(chromium: Browser) -> None:
    page = clock(chromium, 20)
    assert [said(page, after) for after in (5, 7, 1, 4, 5)] == ["", "10 left", "10 left", "5 left", "Over"]
    page.close()


@pytest.mark.parametrize(("left", "words"), [(7, ""), (10, "10 left")])
def test_a_page_that_is_opened_late_says_no_more_than_is_left(chromium: Browser, left: int, words: str) -> None:
    page = clock(chromium, left)
    assert said(page, 0) == words
    page.close()

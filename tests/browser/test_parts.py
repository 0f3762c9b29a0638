"""Putting in order and matching: by keyboard, by pointer, by touch, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.browser.curriculum import chosen, questions, right_order
from tests.browser.driver import axe
from tests.browser.walks import answer_parts, follow, log_in, order_on, tab_to

BOTH = pytest.mark.parametrize("language", ["ar", "en"])
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
ORDERING = ("recognise-cardiac-arrest", "LS-1-Q7")
MATCHING = ("stay-or-go", "ES-1-Q7")
# In the page's content: a slow machine may paint the header before its last link has been read.
SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries())
    for (const { node } of shift.sources) {
      const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!element?.closest("header.top")) window.shifted.push(element?.outerHTML.slice(0, 80));
    }
}).observe({ type: "layout-shift", buffered: true });
"""


def question(key: str) -> dict[str, Any]:
    return next(one for one in questions() if one["key"] == key)


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The cookies of an instructor who has logged in once."""
    return {}


def trial(browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str, **options: Any) -> Page:
    """A question as a citizen is asked it, on a phone, tried by an instructor so that it is always this one."""
    if not kept:
        visitor = browse()
        log_in(visitor, "instructor")
        kept |= visitor.context.storage_state()
    visitor = browse(width=360, height=740, locale=language, storage_state=dict(kept), **options)
    visitor.context.add_init_script(SHIFTS)
    visitor.context.route("**/*.woff2", lambda font: font.abort())  # another typeface coming moves every page a little
    visitor.expect_console("woff2")
    visitor.expect_console("422")
    visitor.visit(f"/{language}/studio/lessons/{place[0]}/questions/{place[1]}/try/")
    return visitor.page


@BOTH
@SCRIPT
@pytest.mark.parametrize("place", [ORDERING, MATCHING], ids=["ordering", "matching"])
def test_a_right_and_a_wrong_answer(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str, javascript: bool
) -> None:
    for right in (True, False):
        page = trial(browse, kept, place, language, javascript=javascript)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if javascript:
            axe(page)
        answer_parts(page, chosen(question(place[1]), right=right))
        assert page.locator(".verdict-right" if right else ".verdict-wrong").count() == 1
        if javascript:
            axe(page)


@BOTH
@pytest.mark.parametrize("place", [ORDERING, MATCHING], ids=["ordering", "matching"])
def test_an_unfinished_answer_is_kept_without_javascript(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language, javascript=False)
    (part, choice), *_rest = chosen(question(place[1]), right=True).items()
    page.locator(f"select[name='answer-{part}']").select_option(choice)
    follow(page, "button[form=answer-form]")
    assert page.locator(f"select[name='answer-{part}']").input_value() == choice
    assert page.locator("select.is-invalid").count() == page.locator("main select").count() - 1


@BOTH
def test_steps_are_put_in_order_by_keyboard_alone(browse: Browse, kept: dict[str, Any], language: str) -> None:
    page = trial(browse, kept, ORDERING, language)
    wanted = right_order(question(ORDERING[1]))
    for place, step in enumerate(wanted, 1):
        while order_on(page).index(step) + 1 != place:
            page.locator("#main").focus()
            tab_to(page, f"li:has(select[name='answer-{step}']) [data-move='-1']")
            page.keyboard.press("Enter")
            there = order_on(page).index(step) + 1
            said = page.locator("[data-order-says]").inner_text()
            assert (str(there) in said, str(len(wanted)) in said) == (True, True)
            assert page.evaluate(f"""document.activeElement.closest("li").querySelector("[name='answer-{step}']")""")
    tab_to(page, "button[form=answer-form]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".verdict-right").count() == 1


def handle(page: Page, at: int) -> tuple[float, float]:
    """The middle of a row's handle."""
    box = page.locator("[data-grip]").nth(at).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@BOTH
def test_a_step_is_dragged_by_its_handle(browse: Browse, kept: dict[str, Any], language: str) -> None:
    page = trial(browse, kept, ORDERING, language)
    before = order_on(page)
    page.mouse.move(*handle(page, 0))
    page.mouse.down()
    x, y = handle(page, 2)
    page.mouse.move(x, y + 8, steps=8)
    assert page.locator(".is-dragged").count() == 1
    page.mouse.up()
    assert order_on(page) == [before[1], before[2], before[0], *before[3:]]
    assert "3" in page.locator("[data-order-says]").inner_text()
    assert page.locator(".is-dragged").count() == 0
    values = page.locator("[data-order] select").evaluate_all("all => all.map(one => one.value)")
    assert values == [str(place) for place in range(1, len(before) + 1)]


def test_a_step_is_dragged_by_a_finger(browse: Browse, kept: dict[str, Any]) -> None:
    page = trial(browse, kept, ORDERING, "ar", has_touch=True)
    before = order_on(page)
    finger = page.context.new_cdp_session(page)
    x, start = handle(page, 2)
    end = handle(page, 0)[1] - 8

    def touch(sort: str, *points: float) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": sort, "touchPoints": [{"x": x, "y": y} for y in points]})

    touch("touchStart", start)
    for part in range(1, 9):
        touch("touchMove", start + (end - start) * part / 8)
    touch("touchEnd")
    assert order_on(page) == [before[2], before[0], before[1], *before[3:]]


@pytest.mark.parametrize("place", [ORDERING, MATCHING], ids=["ordering", "matching"])
def test_nothing_jumps_and_everything_is_big_enough_for_a_finger(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str]
) -> None:
    page = trial(browse, kept, place, "ar")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifted") == []
    boxes = [one.bounding_box() for one in page.locator("#answer-form :is(button, select):visible").all()]
    assert boxes
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_a_page_with_steps_loads_little_script(browse: Browse, kept: dict[str, Any]) -> None:
    page = trial(browse, kept, ORDERING, "en")
    page.wait_for_load_state("networkidle")
    sizes: dict[str, int] = page.evaluate(
        "Object.fromEntries(performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize]))"
    )
    scripts = [size for name, size in sizes.items() if name.endswith(".js")]
    assert len(scripts) == 3
    assert sum(scripts) <= 5_000


def test_steps_sent_as_they_lie_are_asked_for_again(browse: Browse, kept: dict[str, Any]) -> None:
    visitor_page = trial(browse, kept, ORDERING, "en")
    before = order_on(visitor_page)
    follow(visitor_page, "button[form=answer-form]")
    assert "Put the steps in order" in visitor_page.locator("[role=alert]").inner_text()
    assert order_on(visitor_page) == before

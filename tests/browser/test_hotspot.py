"""A place in a picture: by pointer on the picture, by keyboard, by screen reader, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.browser.curriculum import right_values, wrong_values
from tests.browser.driver import axe
from tests.browser.test_parts import BOTH, SCRIPT, kept, question, trial
from tests.browser.walks import answer, follow, log_in, tab_to

__all__ = ["kept"]
CHEST, CLOTH = ("adult-cpr", "LS-2-Q9"), ("building-fire", "ES-2-Q9")
PLACES = pytest.mark.parametrize("place", [CHEST, CLOTH], ids=["chest", "cloth"])


def area(page: Page, region: str) -> tuple[float, float]:
    """The middle of a region on the picture, in the window."""
    label = page.locator(f".marks label[for='answer-{region}']")
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def chosen(page: Page) -> list[str]:
    values: list[str] = page.locator("input[name=answer]:checked").evaluate_all("all => all.map(one => one.value)")
    return values


@BOTH
@SCRIPT
@PLACES
def test_a_region_is_chosen_on_the_picture(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str, javascript: bool
) -> None:
    page = trial(browse, kept, place, language, javascript=javascript)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for region in [region["id"] for region in question(place[1])["regions"]]:
        page.mouse.click(*area(page, region))
        assert chosen(page) == [region]
    [right] = right_values(question(place[1]))
    at, stood = area(page, right), page.evaluate("scrollY")
    page.mouse.click(*at)
    assert not javascript or page.evaluate("scrollY") == stood
    follow(page, "button[form=answer-form]")
    assert page.locator(".verdict-right").count() == 1
    assert page.locator(".mark-right").count() == 1


@BOTH
@PLACES
def test_a_press_beside_every_region_chooses_nothing(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language)
    box = page.locator(".marks").bounding_box()
    assert box
    page.mouse.click(box["x"] + 2, box["y"] + 2)
    assert chosen(page) == []


@BOTH
@PLACES
def test_every_page_is_clean_and_the_answer_shows_on_the_picture(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    for color_scheme in ("light", "dark"):
        page = trial(browse, kept, place, language, color_scheme=color_scheme)
        axe(page)
        follow(page, "button[form=answer-form]")
        assert page.locator("[role=alert]").count() == 1
        axe(page)
        answer(page, wrong_values(question(place[1])))
        assert page.locator(".verdict-wrong").count() == 1
        assert page.locator(".mark-wrong").count() == page.locator(".mark-right").count() == 1
        axe(page)


@BOTH
def test_the_list_alone_is_enough_for_the_keyboard(browse: Browse, kept: dict[str, Any], language: str) -> None:
    page = trial(browse, kept, CLOTH, language)
    tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    before = chosen(page)
    while chosen(page) != right_values(question(CLOTH[1])):
        page.keyboard.press("ArrowDown")
        assert chosen(page) != before
    strokes = page.locator(".mark-line").evaluate_all("all => all.map(one => getComputedStyle(one).strokeWidth)")
    assert strokes.index("5px") == page.locator("input[name=answer]").evaluate_all(
        "all => all.findIndex(one => one.checked)"
    )
    tab_to(page, "button[form=answer-form]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".verdict-right").count() == 1


@BOTH
def test_a_screen_reader_meets_a_picture_and_named_radio_buttons(
    browse: Browse, kept: dict[str, Any], language: str
) -> None:
    page = trial(browse, kept, CHEST, language)
    words = question(CHEST[1])["texts"][language]
    group = page.get_by_role("group", name=words["stem"])
    met = [line.strip().removeprefix("- ") for line in group.aria_snapshot().splitlines()]
    names = [words["regions"][one] for one in ("top", "left", "lower", "belly")]
    wanted = [f'img "{words["alt"]}"', *(f'radio "{name}"' for name in names)]
    assert [
        line.strip("'") for line in met if line.strip("'").startswith(("img", "radio", "checkbox", "link"))
    ] == wanted


@BOTH
@PLACES
def test_every_region_is_big_enough_for_a_finger_and_nothing_jumps(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifted") == []
    boxes = [one.bounding_box() for one in page.locator(".marks label").all()]
    assert len(boxes) == 4
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_an_instructor_draws_a_place_on_the_picture(browse: Browse) -> None:
    visitor = browse()
    log_in(visitor, "instructor")
    page = visitor.page
    visitor.visit(f"/en/studio/lessons/{CLOTH[0]}/questions/{CLOTH[1]}/")
    axe(page)
    page.locator("[name='option-1-text-en']").focus()
    box = page.locator(".is-drawn-on .marks").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    across, down, radius = map(int, page.locator("[name='option-1-place']").input_value().split())
    assert (abs(across - 320) <= 2, abs(down - 200) <= 2) == (True, True)
    assert radius > 40
    page.locator("[name='option-1-shape']").select_option("rect")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 40, box["y"] + box["height"] / 2 - 40, steps=4)
    page.mouse.up()
    assert len(page.locator("[name='option-1-place']").input_value().split()) == 4


def test_a_place_may_be_typed_in_arabic_digits(browse: Browse) -> None:
    visitor = browse()
    log_in(visitor, "instructor")
    visitor.visit(f"/en/studio/lessons/{CLOTH[0]}/questions/{CLOTH[1]}/")
    visitor.page.locator("[name='option-1-shape']").select_option("circle")
    visitor.page.locator("[name='option-1-place']").fill("٣٢٠، ۲۰۰ 41")
    assert visitor.page.locator(".is-drawn-on circle.mark-line[r='41'][cx='320'][cy='200']").count() == 1

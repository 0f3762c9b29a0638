"""Short answers and texts with gaps: by keyboard, for who listens, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.browser.curriculum import chosen, question_of, right_values, wrong_values
from tests.browser.driver import axe
from tests.browser.test_parts import BOTH, SCRIPT, trial
from tests.browser.walks import answer, answer_parts, follow, tab_to

SHORT = ("recognise-cardiac-arrest", "LS-1-Q8")
OTHER_SHORT = ("how-alerts-reach-you", "AW-1-Q8")
GAPS = ("adult-cpr", "LS-2-Q8")
OTHER_GAPS = ("building-fire", "ES-2-Q8")
EACH = pytest.mark.parametrize("place", [SHORT, OTHER_SHORT, GAPS, OTHER_GAPS], ids=lambda place: place[1])
SEND = "button[form=answer-form]"


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The cookies of an instructor who has logged in once."""
    return {}


def send(page: Page, key: str, *, right: bool) -> None:
    """Answer the question of that key and send it."""
    question = question_of(key)
    if question["kind"] == "gap_fill":
        answer_parts(page, chosen(question, right=right))
    else:
        answer(page, right_values(question) if right else wrong_values(question))


@BOTH
@SCRIPT
@EACH
def test_a_right_and_a_wrong_answer(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str, javascript: bool
) -> None:
    for right in (True, False):
        page = trial(browse, kept, place, language, javascript=javascript)
        if javascript:
            axe(page)
        send(page, place[1], right=right)
        assert page.locator(".verdict-right" if right else ".verdict-wrong").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if javascript:
            axe(page)


@BOTH
def test_a_short_answer_is_typed_by_keyboard_alone_in_the_other_language(
    browse: Browse, kept: dict[str, Any], language: str
) -> None:
    page = trial(browse, kept, SHORT, language)
    tab_to(page, "input[name=answer]")
    page.keyboard.type("الشَّهقات" if language == "en" else "Gaspin")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".verdict-right").count() == 1


@BOTH
def test_gaps_are_filled_by_keyboard_alone(browse: Browse, kept: dict[str, Any], language: str) -> None:
    page = trial(browse, kept, GAPS, language)
    for gap, choice in chosen(question_of(GAPS[1]), right=True).items():
        page.locator("#main").focus()
        tab_to(page, f"select[name='answer-{gap}']")
        while page.locator(f"select[name='answer-{gap}']").input_value() != choice:
            page.keyboard.press("ArrowDown")
    tab_to(page, SEND)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".verdict-right").count() == 1


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "Gap 1 of 3: choose", "Gap 3 of 3: choose"), ("ar", "الفراغ 1 من 3: اختاروا", "الفراغ 3 من 3: اختاروا")],
)
def test_who_listens_hears_the_text_and_which_gap_it_is(
    browse: Browse, kept: dict[str, Any], language: str, first: str, last: str
) -> None:
    page = trial(browse, kept, GAPS, language)
    heard = page.locator("#answer-form").aria_snapshot()
    assert heard.count('combobox "') == 3
    assert f'combobox "{first}"' in heard
    assert f'combobox "{last}"' in heard
    assert question_of(GAPS[1])["texts"][language]["text"].split("{")[0].strip() in heard
    assert page.get_by_role("group", name=question_of(GAPS[1])["texts"][language]["stem"]).count() == 1


@BOTH
def test_who_listens_hears_what_is_asked_at_the_field(browse: Browse, kept: dict[str, Any], language: str) -> None:
    page = trial(browse, kept, SHORT, language)
    stem = question_of(SHORT[1])["texts"][language]["stem"]
    assert f'textbox "{stem}"' in page.locator("#answer-form").aria_snapshot()


@pytest.mark.parametrize(("language", "wrong", "right"), [("en", "Wrong:", "Right:"), ("ar", "غير صحيح:", "صحيح:")])
def test_who_listens_hears_which_word_was_wrong_and_which_is_right(
    browse: Browse, kept: dict[str, Any], language: str, wrong: str, right: str
) -> None:
    page = trial(browse, kept, GAPS, language)
    send(page, GAPS[1], right=False)
    heard = page.locator(".gapped-reviewed").aria_snapshot()
    words = question_of(GAPS[1])["texts"][language]["choices"]["arms"]
    where = [heard.index(said) for said in (wrong, words["bent"], words["straight"])]
    assert where == sorted(where)
    assert right in heard[where[1] : where[2]]


@BOTH
@EACH
def test_an_unfinished_answer_is_kept_without_javascript(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language, javascript=False)
    field = page.locator("#answer-form :is(input[name=answer], select)").first
    if place in (SHORT, OTHER_SHORT):
        field.fill("«؟!»")
    else:
        field.select_option(index=2)
    typed = field.input_value()
    follow(page, SEND)
    field = page.locator("#answer-form :is(input[name=answer], select)").first
    assert field.input_value() == typed
    assert page.locator(".is-invalid").count() == (1 if place in (SHORT, OTHER_SHORT) else 2)
    assert page.locator("[role=alert]").count() == 1


@pytest.mark.parametrize("place", [SHORT, GAPS], ids=lambda place: place[1])
def test_every_field_is_big_enough_for_a_finger(browse: Browse, kept: dict[str, Any], place: tuple[str, str]) -> None:
    page = trial(browse, kept, place, "ar")
    boxes = [one.bounding_box() for one in page.locator("#answer-form :is(input[name=answer], select)").all()]
    assert boxes
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)

"""One, several, true or false, a number: by keyboard alone, for who listens, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.browser.curriculum import question_of, right_values, wrong_values
from tests.browser.driver import axe
from tests.browser.test_parts import BOTH, SCRIPT, trial
from tests.browser.walks import answer, follow, tab_to

ONE = ("adult-cpr", "LS-2-Q3")
SEVERAL = ("adult-cpr", "LS-2-Q6")
STATEMENT = ("recognise-cardiac-arrest", "LS-1-Q6")
NUMBER = ("adult-cpr", "LS-2-Q1")
EACH = pytest.mark.parametrize(
    "place", [ONE, SEVERAL, STATEMENT, NUMBER], ids=["one", "several", "statement", "number"]
)
CHOSEN = pytest.mark.parametrize("place", [ONE, SEVERAL, STATEMENT], ids=["one", "several", "statement"])
SEND = "button[form=answer-form]"
CONTROL = {"single_choice": "radio", "true_false": "radio", "multiple_choice": "checkbox", "numerical": "textbox"}


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The cookies of an instructor who has logged in once."""
    return {}


@BOTH
@SCRIPT
@EACH
def test_a_right_and_a_wrong_answer(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str, javascript: bool
) -> None:
    question = question_of(place[1])
    for right in (True, False):
        page = trial(browse, kept, place, language, javascript=javascript)
        if javascript:
            axe(page)
        answer(page, right_values(question) if right else wrong_values(question))
        assert page.locator(".verdict-right" if right else ".verdict-wrong").count() == 1
        if javascript:
            axe(page)


@BOTH
@EACH
def test_an_answer_is_given_by_keyboard_alone(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language)
    question = question_of(place[1])
    press(page, question["kind"], right_values(question))
    tab_to(page, SEND)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".verdict-right").count() == 1


def press(page: Page, kind: str, values: list[str]) -> None:
    """Tab to the controls, and press what a person without a pointer presses."""
    if kind == "numerical":
        tab_to(page, "input[name=answer]")
        page.keyboard.type(values[0])
    elif kind == "multiple_choice":
        for value in values:
            page.locator("#main").focus()
            tab_to(page, f"input[name=answer][value='{value}']")
            page.keyboard.press("Space")
    else:
        tab_to(page, "input[name=answer]")
        while page.evaluate("document.activeElement.checked ? document.activeElement.value : ''") != values[0]:
            page.keyboard.press("ArrowDown")


@BOTH
@CHOSEN
def test_who_listens_hears_what_is_asked_and_every_option(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language)
    question = question_of(place[1])
    heard = page.locator("#answer-form").aria_snapshot()
    assert page.get_by_role("group", name=question["texts"][language]["stem"]).count() == 1
    options = question["texts"][language].get("options", {"true": "", "false": ""})
    assert heard.count(f'{CONTROL[question["kind"]]} "') == len(options)
    assert all(words in heard for words in options.values())


@BOTH
def test_who_listens_hears_what_number_is_asked_and_its_unit(
    browse: Browse, kept: dict[str, Any], language: str
) -> None:
    page = trial(browse, kept, NUMBER, language)
    words = question_of(NUMBER[1])["texts"][language]
    field = page.get_by_role("textbox", name=words["stem"])
    assert field.count() == 1
    assert words["unit"] in page.locator("#answer-form").aria_snapshot()


@BOTH
@EACH
def test_an_empty_answer_is_said_to_be_one_without_javascript(
    browse: Browse, kept: dict[str, Any], place: tuple[str, str], language: str
) -> None:
    page = trial(browse, kept, place, language, javascript=False)
    follow(page, SEND)
    assert page.locator("[role=alert]").count() == 1
    assert page.locator("#answer-form input[name=answer]").count()

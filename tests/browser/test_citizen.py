"""A citizen's whole way, in both languages, with JavaScript and without."""

import uuid

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.walks import (
    answer_question,
    go_on,
    log_in_with_code,
    path_of,
    sign_up,
    tab_to,
    take_check,
    take_course,
)

BOTH = pytest.mark.parametrize("language", ["ar", "en"])
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
ALERTS = "courses/alerts-warnings"


@BOTH
@SCRIPT
def test_a_guest_learns_is_tested_signs_up_and_keeps_it(browse: Browse, language: str, javascript: bool) -> None:
    visitor = browse(width=360, height=740, locale=language, javascript=javascript)
    lesson = f"/{language}/{ALERTS}/first-five-minutes/"
    take_check(visitor, lesson)
    assert "100" in visitor.page.locator("main").inner_text()
    sign_up(visitor, f"{uuid.uuid4().hex}@example.org", language)
    assert visitor.page.locator(f"main a[href^='/{language}/{ALERTS}/']").count()
    visitor.visit(f"/{language}/{ALERTS}/")
    assert visitor.page.locator(".mark-passed").count() >= 1


@pytest.mark.parametrize(("language", "javascript"), [("ar", True), ("en", False)], ids=["script-ar", "no-script-en"])
def test_begin_final_completion(browse: Browse, language: str, javascript: bool) -> None:
    visitor = browse(locale=language, javascript=javascript)
    take_course(visitor, f"/{language}/{ALERTS}/")
    assert visitor.page.locator(".state-good h2").count() == 1


@BOTH
def test_a_wrong_answer_is_told_why(browse: Browse, language: str) -> None:
    visitor = browse(width=360, locale=language)
    visitor.visit(f"/{language}/{ALERTS}/first-five-minutes/quiz/")
    question = answer_question(visitor.page, right=False)
    words = question["texts"][language]  # type: ignore[index]
    text = " ".join(visitor.page.locator("main").inner_text().split())
    assert " ".join(words["explanation"].split())[:40] in text
    axe(visitor.page)


def test_the_language_changes_in_the_middle_of_a_check(browse: Browse) -> None:
    visitor = browse()
    visitor.visit(f"/en/{ALERTS}/first-five-minutes/quiz/")
    answer_question(visitor.page)
    there = path_of(visitor.page).replace("/en/", "/ar/")
    visitor.page.locator(f"a[href='{there}']").first.click()
    go_on(visitor.page)
    answer_question(visitor.page)
    assert path_of(visitor.page).startswith("/ar/attempts/")


def test_what_a_guest_did_joins_the_account_at_log_in(browse: Browse) -> None:
    visitor = browse()
    email = f"{uuid.uuid4().hex}@example.org"
    sign_up(visitor, email)
    take_check(visitor, f"/en/{ALERTS}/how-alerts-reach-you/")
    guest = browse()
    take_check(guest, f"/en/{ALERTS}/first-five-minutes/")
    log_in_with_code(guest, email)
    guest.visit(f"/en/{ALERTS}/")
    assert guest.page.locator("main .mark-passed").count() >= 2


def test_a_check_is_done_by_keyboard_alone(browse: Browse) -> None:
    visitor = browse()
    visitor.visit(f"/en/{ALERTS}/first-five-minutes/quiz/")
    page = visitor.page
    tab_to(page, "input[name=answer], [data-move='1']")
    if page.locator("input[name=answer][inputmode=decimal]").count():
        page.keyboard.type("60")
    elif page.locator("input[name=answer]").count():
        page.keyboard.press("Space")
    else:
        page.keyboard.press("Space")
        tab_to(page, "button[form=answer-form]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempts/**")
    assert page.locator("main").inner_text()


def test_a_guests_progress_lives_across_visits(browse: Browse) -> None:
    visitor = browse()
    take_check(visitor, f"/en/{ALERTS}/first-five-minutes/")
    state = visitor.context.storage_state()
    later = browse(storage_state=state)
    later.visit("/en/my-learning/")
    assert later.page.locator(f"main a[href^='/en/{ALERTS}/']").count()

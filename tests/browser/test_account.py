"""Going in with a code, and out for good, in either language, with JavaScript and without."""

import uuid

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.walks import ask_for_code, code_for, follow, log_in, path_of, sign_up

BOTH = pytest.mark.parametrize("language", ["ar", "en"])
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without"])

# What the browser keeps, once it has had a hundred frames to do so.
KEPT = """async () => {
  for (let left = 100; left && !localStorage.getItem("theme"); left--) await new Promise(requestAnimationFrame);
  return localStorage.getItem("theme");
}"""


def somebody() -> str:
    return f"{uuid.uuid4().hex}@example.org"


@BOTH
@SCRIPT
def test_a_wrong_code_is_told_and_the_right_one_lets_in(browse: Browse, language: str, javascript: bool) -> None:
    visitor, email = browse(width=360, locale=language, javascript=javascript), somebody()
    page = visitor.page
    ask_for_code(visitor, "login", email, language)
    assert email in page.locator("main").inner_text()
    page.locator("input[name=code]").fill("12")
    follow(page, "main form:has(input[name=code]) button[type=submit]")
    assert page.locator("input[name=code][aria-invalid=true]").count() == 1
    if javascript:
        axe(page)
    page.locator("input[name=code]").fill(code_for(email, visitor.letters))
    follow(page, "main form:has(input[name=code]) button[type=submit]")
    assert path_of(page) == f"/{language}/my-learning/"


def test_a_theme_that_the_account_does_not_take_stays_in_this_browser(browse: Browse) -> None:
    visitor = browse()
    log_in(visitor, "citizen")
    visitor.visit("/en/courses/")
    visitor.expect_console("403")
    visitor.context.clear_cookies(name="csrftoken")
    with visitor.page.expect_response("**/account/theme/"):
        visitor.page.locator("[data-theme-set=dark]").first.click()
    assert visitor.page.evaluate(KEPT) == "dark"


def test_another_address_is_one_step_away(browse: Browse) -> None:
    visitor = browse()
    ask_for_code(visitor, "signup", "wrong@example.org")
    follow(visitor.page, "a[href*='email=wrong']")
    assert visitor.page.locator("input[name=login]").input_value() == "wrong@example.org"


@BOTH
@SCRIPT
def test_the_demo_people_log_in_with_a_password_one_click_away_and_arrive_in_their_own_language(
    browse: Browse, language: str, javascript: bool
) -> None:
    visitor = browse(width=360, locale=language, javascript=javascript)
    log_in(visitor, "citizen", language)
    assert path_of(visitor.page) == "/ar/my-learning/"


@BOTH
@SCRIPT
def test_a_person_takes_their_data_along_and_deletes_the_account(
    browse: Browse, language: str, javascript: bool
) -> None:
    visitor, email = browse(width=360, locale=language, javascript=javascript), somebody()
    page = visitor.page
    sign_up(visitor, email, language)
    visitor.visit(f"/{language}/account/")
    with page.expect_download() as download:
        page.locator(f"a[href='/{language}/account/my-data/']").click()
    assert download.value.suggested_filename == "my-data.zip"
    follow(page, f"a[href='/{language}/account/delete/']")
    follow(page, "main .btn-danger")
    page.locator("input[name=code]").fill(code_for(email, visitor.letters))
    if javascript:
        axe(page)
    follow(page, "main .btn-danger")
    assert path_of(page).startswith(f"/{language}/account/deleted/")
    visitor.visit(f"/{language}/account/")
    assert "/account/login/" in path_of(page)


@BOTH
@SCRIPT
def test_a_closed_account_is_taken_back_by_one_press_after_the_log_in(
    browse: Browse, language: str, javascript: bool
) -> None:
    visitor, email = browse(width=360, locale=language, javascript=javascript), somebody()
    page = visitor.page
    sign_up(visitor, email, language)
    visitor.visit(f"/{language}/account/delete/")
    follow(page, "main .btn-danger")
    page.locator("input[name=code]").fill(code_for(email, visitor.letters))
    follow(page, "main .btn-danger")
    ask_for_code(visitor, "login", email, language)
    page.locator("input[name=code]").fill(code_for(email, visitor.letters))
    follow(page, "main form:has(input[name=code]) button[type=submit]")
    assert path_of(page) == f"/{language}/account/keep/"
    if javascript:
        axe(page)
    follow(page, "main button[name=keep]")
    visitor.visit(f"/{language}/account/privacy/")
    assert path_of(page) == f"/{language}/account/privacy/"

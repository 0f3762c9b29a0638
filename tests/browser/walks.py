"""What people do in the portal, step by step, in either language, with JavaScript or without."""

import re
import uuid
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.curriculum import chosen, lessons_of, question_on, right_values, wrong_values
from tests.browser.driver import Visitor
from tests.server import DEMO_PASSWORD, wait_for

STEP = re.compile(r"/attempts/[0-9a-f-]{36}/\d+/$")
Choose = Callable[[dict[str, object]], list[str]]


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def language_of(page: Page) -> str:
    return page.evaluate("document.documentElement.lang")


def follow(page: Page, selector: str) -> None:
    """Click what leads to another page, and be there."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def answer(page: Page, values: list[str]) -> None:
    """Fill the question in and send it."""
    written = page.locator("input[name=answer]:is([inputmode=decimal], .typed-answer)")
    if written.count():
        written.fill(values[0])
    for value in values if not written.count() else []:
        page.locator(f"input[name=answer][value='{value}']").check()
    follow(page, "button[form=answer-form]")


def answer_question(page: Page, right: bool = True) -> dict[str, object]:
    """Answer the question on the page; returns the question."""
    question = question_on(page.locator("main").inner_text(), language_of(page))
    if question["kind"] in {"ordering", "matching", "gap_fill"}:
        answer_parts(page, chosen(question, right=right))
    else:
        answer(page, right_values(question) if right else wrong_values(question))
    return question


def answer_parts(page: Page, parts: dict[str, str]) -> None:
    """Choose for each part, or where steps can be moved, move them; then send it."""
    if page.locator(".is-movable").count():
        for step in sorted(parts, key=lambda step: int(parts[step])):
            move_to(page, step, int(parts[step]))
    else:
        for part, choice in parts.items():
            page.locator(f"select[name='answer-{part}']").select_option(choice)
    follow(page, "button[form=answer-form]")


def order_on(page: Page) -> list[str]:
    """The steps as they stand on the page."""
    names: list[str] = page.locator("[data-order] select").evaluate_all("all => all.map(one => one.name)")
    return [name.removeprefix("answer-") for name in names]


def move_to(page: Page, step: str, place: int) -> None:
    """Press a step's button until it stands there; once at least, so that the order counts as chosen."""
    row = page.locator(f"li:has(select[name='answer-{step}'])")
    if page.locator("[data-order] select").first.evaluate("one => !one.value"):
        page.locator("[data-move='1']").first.click()
    while (there := order_on(page).index(step) + 1) != place:
        row.locator("[data-move='-1']" if there > place else "[data-move='1']").click()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until one of these has the focus."""
    wanted = page.locator(selector)
    for _stop in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("all => all.includes(document.activeElement)"):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def go_on(page: Page) -> None:
    """From the feedback to the next question or the result."""
    follow(page, ".bar a.btn-primary")


def take_check(visitor: Visitor, lesson: str, *, right: bool = True) -> None:
    """From the lesson's page through its check to the result."""
    page = visitor.page
    visitor.visit(lesson)
    follow(page, f"a[href='{lesson}quiz/']")
    answer_question(page, right)
    while STEP.search(page.url):
        if page.locator("input[name=submission_id]").count():
            answer_question(page, right)
        go_on(page)


def take_final(visitor: Visitor, course: str, *, right: bool = True) -> None:
    """Begin, answer, hand in."""
    page = visitor.page
    visitor.visit(f"{course}final/")
    follow(page, "button[form=begin-form]")
    while STEP.search(page.url):
        answer_question(page, right)
    follow(page, "button[form=hand-in-form]")


def log_in(visitor: Visitor, who: str, language: str = "en", password: str = DEMO_PASSWORD) -> None:
    """With the password."""
    page = visitor.page
    visitor.visit(f"/{language}/account/login/")
    page.locator("input[name=login]").fill(f"{who}@demo.example" if "@" not in who else who)
    page.locator("details.other-way summary").click()
    page.locator("input[name=password]").fill(password)
    page.locator("details.other-way button[type=submit]").click()
    page.wait_for_url(re.compile(r"/(my-learning|studio|reports)/"))


def log_in_with_code(visitor: Visitor, email: str, language: str = "en") -> None:
    ask_for_code(visitor, "login", email, language)
    type_code(visitor, email)


def sign_up(visitor: Visitor, email: str, language: str = "en") -> None:
    """With an address and the code that goes there."""
    ask_for_code(visitor, "signup", email, language)
    type_code(visitor, email)


def ask_for_code(visitor: Visitor, page: str, email: str, language: str = "en") -> None:
    """On the log-in or the sign-up page."""
    visitor.visit(f"/{language}/account/{page}/")
    visitor.page.locator("main input[type=email]").fill(email)
    follow(visitor.page, "main form:has(input[type=email]) button[type=submit]")


def type_code(visitor: Visitor, email: str) -> None:
    page = visitor.page
    page.locator("input[name=code]").fill(code_for(email, visitor.letters))
    page.locator("main form:has(input[name=code]) button[type=submit]").click()
    page.wait_for_url(re.compile(r"/my-learning/"))


def code_for(email: str, letters: Path) -> str:
    """The code in the newest letter to this address."""
    letter = message_from_bytes(wait_for_letter(email, letters), policy=policy.default)
    text = letter.get_body(("plain",))
    assert text
    return re.findall(r"^\d{6}$", text.get_content(), re.MULTILINE)[-1]


def take_course(visitor: Visitor, course: str) -> None:
    """Every check of the course at this path, and its final."""
    for lesson in lessons_of(course.rstrip("/").rpartition("/")[2]):
        take_check(visitor, f"{course}{lesson}/")
    take_final(visitor, course)


def earn_certificate(visitor: Visitor, course: str, name: str) -> str:
    """Learn a course to its end as a guest, sign up, give a name; the path of the certificate."""
    take_course(visitor, course)
    sign_up(visitor, f"{uuid.uuid4().hex}@example.org")
    call_oneself(visitor, name)
    visitor.visit("/en/my-learning/")
    follow(visitor.page, "main .cards a[href*='/certificates/']")
    return path_of(visitor.page)


def call_oneself(visitor: Visitor, name: str) -> None:
    visitor.visit("/en/account/")
    visitor.page.locator("input[name=display_name]").fill(name)
    follow(visitor.page, "main form:has(input[name=display_name]) button:not([type=button])")


def wait_for_letter(email: str, letters: Path) -> bytes:
    """The newest letter to this address; a worker may need a moment to send it."""
    letter: bytes = wait_for(lambda: newest_letter(email, letters), lambda: f"no letter to {email} came")
    return letter


def newest_letter(email: str, letters: Path) -> bytes | None:
    files = sorted(letters.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return next((letter for file in files if f"To: {email}\n".encode() in (letter := file.read_bytes())), None)

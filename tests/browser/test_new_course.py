"""A course is made of lessons that are there and a new one, put in order, reviewed, published and taken."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe, see_whole
from tests.browser.walks import follow, log_in, path_of, tab_to, take_check
from tests.server import PortalServer

COURSE = "/en/studio/courses/at-home/"
EDITION = f"{COURSE}edition/"
TEXT = "::: first\nCool the burn under running water.\n:::\n"


def order_on(page: Page) -> list[str]:
    """The titles of the lessons as they stand."""
    names: list[str] = page.locator("[data-lessons] > li").evaluate_all("all => all.map(one => one.dataset.name)")
    return names


def add(page: Page, lesson: str) -> None:
    page.locator("#add-lesson").select_option(lesson)
    follow(page, "button[value=add]")


def make_course(instructor: Visitor) -> None:
    page = instructor.page
    instructor.visit("/en/studio/")
    follow(page, "a[href$='/courses/new/']")
    page.locator("[name=title]").fill("At home")
    page.locator("[name=summary]").fill("What to do at home.")
    page.locator("[name=valid_months]").fill("6")
    follow(page, ".studio-save button")
    assert path_of(page) == EDITION
    add(page, "adult-cpr")
    add(page, "aed")


def write_lesson(instructor: Visitor) -> None:
    """A new lesson from the page of the course, with its words in English."""
    page = instructor.page
    follow(page, "a[href*='/lessons/new/']")
    page.locator("[name=title]").fill("Burns at home")
    boxes = page.locator("[data-ticks]").first
    boxes.locator("[type=search]").fill("burns")
    assert boxes.locator(".form-check:visible").count() == 1
    boxes.locator(".form-check:visible input").check()
    follow(page, ".studio-save button")
    assert path_of(page) == "/en/studio/lessons/burns-at-home/"
    page.locator("[name=en-summary]").fill("Cool it.")
    page.locator("[name=en-markdown]").fill(TEXT)
    follow(page, ".studio-save button.btn-primary")


def drag(page: Page, name: str, onto: str) -> None:
    """Take a lesson by its handle and drop it below another one."""
    grip = page.locator(f"[data-name='{name}'] [data-grip]").bounding_box()
    goal = page.locator(f"[data-name='{onto}']").bounding_box()
    assert grip
    assert goal
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    for step in range(1, 9):
        end = goal["y"] + goal["height"] - 2
        page.mouse.move(grip["x"] + 8, grip["y"] + 8 + (end - grip["y"] - 8) * step / 8)
    page.mouse.up()


def put_in_order(instructor: Visitor) -> None:
    """By keyboard and by dragging; nothing is kept before it is saved."""
    page = instructor.page
    instructor.visit(EDITION)
    assert order_on(page) == ["Adult CPR", "Using an AED", "Burns at home"]
    up = "[data-name='Burns at home'] [data-move='-1']"
    page.locator("[data-name='Using an AED'] a").focus()
    tab_to(page, up)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert order_on(page) == ["Burns at home", "Adult CPR", "Using an AED"]
    said = page.locator("[data-syllabus-says]").inner_text()
    assert said == "Burns at home: moved to place 1 of 3, At home."
    assert page.locator(up).evaluate("one => one === document.activeElement && one.ariaDisabled === 'true'")
    drag(page, "Burns at home", "Adult CPR")
    assert order_on(page) == ["Adult CPR", "Burns at home", "Using an AED"]
    assert page.locator("[data-syllabus-unsaved]").is_visible()
    follow(page, ".studio-save button[value=save]")
    instructor.visit(EDITION)
    assert order_on(page) == ["Adult CPR", "Burns at home", "Using an AED"]


def send_to_review(instructor: Visitor) -> str:
    page = instructor.page
    follow(page, "a[href$='/release/']")
    for box in page.locator("[name=picks]").all():
        wanted = re.search("Burns|Order and rules|English, draft 1", box.locator("xpath=..").inner_text())
        box.set_checked(wanted is not None)
    follow(page, "main form[method=post] button.btn-primary")
    assert re.search(r"/studio/releases/\d+/$", page.url), page.locator("main").inner_text()
    return path_of(page)


def test_a_course_is_made_ordered_reviewed_published_and_taken(browse: Browse, own_server: PortalServer) -> None:
    instructor = browse(server=own_server)
    log_in(instructor, "instructor")
    make_course(instructor)
    write_lesson(instructor)
    put_in_order(instructor)
    release = send_to_review(instructor)

    reviewer = browse(server=own_server)
    log_in(reviewer, "reviewer")
    reviewer.visit(release)
    axe(reviewer.page)
    assert "A completion holds for 6 months." in reviewer.page.locator("main").inner_text()
    for box in reviewer.page.locator("#publish [type=checkbox]").all():
        box.check()
    follow(reviewer.page, "#publish button")

    citizen = browse(server=own_server)
    log_in(citizen, "citizen")
    citizen.visit("/en/courses/at-home/")
    shown = citizen.page.locator("main").inner_text()
    assert shown.index("Adult CPR") < shown.index("Burns at home") < shown.index("Using an AED")
    take_check(citizen, "/en/courses/at-home/adult-cpr/")
    citizen.visit("/en/courses/at-home/burns-at-home/")
    assert "Cool the burn under running water." in citizen.page.locator("main").inner_text()


def test_a_new_edition_is_put_in_order_without_a_script(browse: Browse, own_server: PortalServer) -> None:
    edition = "/en/studio/courses/alerts-warnings/edition/"
    instructor = browse(server=own_server, javascript=False)
    log_in(instructor, "instructor")
    page = instructor.page
    instructor.visit(edition)
    follow(page, "form[action$='/begin/'] button")
    before = order_on(page)
    follow(page, ".syllabus-lesson:first-child button[value^=down]")
    assert order_on(page)[:2] == [before[1], before[0]]
    follow(page, "button[value=module]")
    assert page.locator(".syllabus-module").last.locator(".syllabus-lesson").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1024, "light")])
def test_the_pages_of_a_draft_are_without_fault(
    browse: Browse, own_server: PortalServer, language: str, width: int, scheme: str
) -> None:
    instructor = browse(server=own_server, width=width, height=768, color_scheme=scheme)
    log_in(instructor, "instructor", language)
    edition = f"/{language}/studio/courses/hazards/edition/"
    instructor.visit(edition)
    if instructor.page.locator("form[action$='/begin/']").count():
        follow(instructor.page, "form[action$='/begin/'] button")
    for part in ("", "words/", "rules/", "discard/"):
        instructor.visit(f"{edition}{part}")
        axe(instructor.page)
        see_whole(instructor.page)

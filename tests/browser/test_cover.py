"""An instructor sends the cover of a course, moves its focus, has it reviewed, and readers see it in the catalogue."""

from pathlib import Path

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe, see_whole
from tests.browser.photographs import photograph
from tests.browser.test_publishing import publish, send_to_review
from tests.browser.walks import follow, log_in
from tests.server import PATIENCE, PortalServer

pytestmark = pytest.mark.browser
COURSE = "/en/courses/evacuation-shelter/"
EDITION = f"/en/studio{COURSE[3:]}edition/"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


def begin(instructor: Visitor) -> None:
    """The draft of the next edition, and the page of its cover."""
    instructor.visit(EDITION)
    follow(instructor.page, "form[action$='/begin/'] button")
    follow(instructor.page, "a[href$='/edition/cover/']")


def send(instructor: Visitor, file: Path) -> None:
    page = instructor.page
    page.locator("details.more > summary", has_text="Send a new picture").click()
    page.locator("[name=picture-file]").set_input_files(file)
    page.locator("[name=credit-licence]").select_option("CC-BY-4.0")
    page.locator("[name=credit-author]").fill("Huda al-Amin")
    page.locator("[name=credit-source_url]").fill("https://pictures.example/street")
    with page.expect_navigation(timeout=1000 * PATIENCE):  # its renditions are made
        page.locator("button[value=upload]").click()


def test_from_the_file_to_the_catalogue(browse: Browse, own_server: PortalServer, tmp_path: Path) -> None:
    instructor, reviewer, reader = (browse(server=own_server, locale="en", width=1024, height=768) for _ in range(3))
    page = instructor.page
    log_in(instructor, "instructor")
    begin(instructor)
    axe(page)
    send(instructor, photograph(tmp_path))
    axe(page)
    see_whole(page)
    page.locator("[data-focus-pick]").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    assert page.locator("[name=focus-cover-x]").input_value() == "60"
    follow(page, "[data-focus] ~ .toolbar .btn-primary")
    assert page.locator("[name=focus-cover-y]").input_value() == "45"
    release = send_to_review(instructor, "With a cover")
    log_in(reviewer, "reviewer")
    reviewer.visit(release)
    assert reviewer.page.locator(".cover-review img").count() == 1
    axe(reviewer.page)
    publish(reviewer, release)

    reader.visit("/en/courses/")
    card = reader.page.locator(f".card:has(a[href='{COURSE}']) .card-cover img")
    assert card.get_attribute("loading") == "lazy"
    assert card.get_attribute("class") == "focus-x-60 focus-y-45"
    card.scroll_into_view_if_needed()
    reader.page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=card.element_handle())
    axe(reader.page)
    see_whole(reader.page)
    follow(reader.page, f"a[href='{COURSE}']")
    assert reader.page.locator(".course-cover img").get_attribute("alt") == ""
    assert "Huda al-Amin" in reader.page.locator(".sources", has_text="Pictures").inner_text()
    axe(reader.page)
    see_whole(reader.page)


@BOTH
def test_from_the_library_and_away_again(browse: Browse, own_server: PortalServer, javascript: bool) -> None:
    instructor = browse(server=own_server, locale="en", javascript=javascript, width=768, height=1024)
    page = instructor.page
    log_in(instructor, "instructor")
    instructor.visit(EDITION)
    if page.locator("form[action$='/begin/'] button").count():
        follow(page, "form[action$='/begin/'] button")
    follow(page, "a[href$='/edition/cover/']")
    follow(page, "a[href$='/cover/choose/']")
    if javascript:
        axe(page)
    see_whole(page)
    name = page.locator("button.picture-card bdi").first.inner_text()
    follow(page, "button.picture-card")
    assert page.locator(".focus-whole img").count() == 1
    follow(page, "button[value=away]")
    assert page.locator(".focus-whole").count() == 0
    assert name


@BOTH
def test_a_manager_is_offered_the_last_day_of_the_course(
    browse: Browse, own_server: PortalServer, javascript: bool
) -> None:
    instructor, manager = (browse(server=own_server, locale="en", javascript=javascript) for _ in range(2))
    log_in(instructor, "instructor")
    instructor.visit("/en/studio/courses/hazards/settings/")
    instructor.page.locator("[name=due_days]").fill("30")
    follow(instructor.page, ".studio-save button")
    assert "within 30 days" in instructor.page.locator("main").inner_text()
    log_in(manager, "manager")
    manager.visit("/en/organisations/demo-school/assign/")
    page = manager.page
    page.locator("[name=course]").select_option("hazards")
    if not javascript:
        follow(page, "button[name=propose]")
    proposed = page.locator("[name=course] option:checked").get_attribute("data-due")
    assert proposed
    assert page.locator("[name=due_on]").input_value() == proposed

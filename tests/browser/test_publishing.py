"""An instructor writes, a reviewer publishes, a citizen sees it; who was in the middle goes on with what was."""

import re

import pytest

from tests.browser.conftest import Browse
from tests.browser.curriculum import question_on
from tests.browser.driver import Visitor, axe
from tests.browser.walks import answer_question, follow, go_on, log_in, path_of
from tests.server import PortalServer

COURSE = "/en/courses/evacuation-shelter/"
STUDIO = "/en/studio/lessons/"
BOTH = pytest.mark.parametrize(
    ("javascript", "lesson"), [(True, "building-fire"), (False, "stay-or-go")], ids=["script", "no-script"]
)


def write(instructor: Visitor, lesson: str, title: str) -> None:
    """A new title in both languages, saved as a draft."""
    page = instructor.page
    instructor.visit(f"{STUDIO}{lesson}/")
    page.locator("[name=en-title]").fill(title)
    page.locator("[name=ar-title]").fill(f"{title} بالعربية")
    follow(page, ".studio-save button")


def reword(instructor: Visitor, lesson: str, key: str, stem: str) -> None:
    """Another English stem for a question, saved as a draft."""
    page = instructor.page
    instructor.visit(f"{STUDIO}{lesson}/questions/{key}/")
    page.locator("textarea[lang=en], input[lang=en]").first.fill(stem)
    follow(page, ".studio-save button")


def send_to_review(instructor: Visitor, title: str) -> str:
    """All drafts of the course in one release; its address."""
    page = instructor.page
    instructor.visit("/en/studio/courses/evacuation-shelter/release/")
    page.locator("[name=title]").fill(title)
    follow(page, "main form[method=post] button.btn-primary")
    assert re.search(r"/studio/releases/\d+/$", page.url)
    return path_of(page)


def publish(reviewer: Visitor, release: str) -> None:
    reviewer.visit(release)
    for box in reviewer.page.locator("#publish [type=checkbox]").all():
        box.check()
    follow(reviewer.page, "#publish button")


@BOTH
def test_what_is_published_is_read_and_an_attempt_in_the_middle_stays(
    browse: Browse, own_server: PortalServer, javascript: bool, lesson: str
) -> None:
    page = f"{COURSE}{lesson}/"
    title = f"Fire {'with' if javascript else 'without'} a script"
    citizen = browse(server=own_server)
    citizen.visit(f"{page}quiz/")
    answer_question(citizen.page)
    go_on(citizen.page)
    middle, before = path_of(citizen.page), citizen.page.locator("#answer-form").inner_text()
    question = question_on(before, "en")

    instructor = browse(server=own_server, javascript=javascript)
    log_in(instructor, "instructor")
    write(instructor, lesson, title)
    reword(instructor, lesson, question["key"], f"{title}: reworded, what now?")
    reader = browse(server=own_server)
    reader.visit(page)
    assert reader.page.locator("h1").inner_text() != title
    release = send_to_review(instructor, title)

    reviewer = browse(server=own_server, javascript=javascript)
    log_in(reviewer, "reviewer")
    publish(reviewer, release)
    reader = browse(server=own_server)  # the first one's browser may keep its page for a minute
    reader.visit(page)
    assert reader.page.locator("h1").inner_text() == title
    reader.visit(page.replace("/en/", "/ar/"))
    assert reader.page.locator("h1").inner_text() == f"{title} بالعربية"
    citizen.visit(middle)
    assert citizen.page.locator("#answer-form").inner_text() == before


def test_an_author_cannot_publish_and_a_reviewer_can_send_back(browse: Browse, own_server: PortalServer) -> None:
    instructor = browse(server=own_server)
    log_in(instructor, "instructor")
    write(instructor, "building-fire", "To be sent back")
    release = send_to_review(instructor, "To be sent back")
    assert not instructor.page.locator("#publish").count()

    reviewer = browse(server=own_server)
    log_in(reviewer, "reviewer")
    reviewer.visit(release)
    axe(reviewer.page)
    reviewer.page.locator("#comments textarea").fill("The second step is missing.")
    follow(reviewer.page, "#comments button[formaction]")
    instructor.visit(release)
    assert "The second step is missing." in instructor.page.locator("main").inner_text()


def test_a_draft_is_previewed_as_a_citizen_sees_it(browse: Browse, own_server: PortalServer) -> None:
    instructor = browse(server=own_server)
    log_in(instructor, "instructor")
    instructor.visit(f"{STUDIO}stay-or-go/")
    page = instructor.page
    text = page.locator("[name=en-markdown]").input_value()
    page.locator("[name=en-markdown]").fill(text + "\n\nA sentence that only the draft holds.\n")
    follow(page, ".studio-save button")
    instructor.visit(f"{STUDIO}stay-or-go/preview/")
    assert "A sentence that only the draft holds." in page.locator("main").inner_text()
    reader = browse(server=own_server)
    reader.visit("/en/courses/evacuation-shelter/stay-or-go/")
    assert "A sentence that only the draft holds." not in reader.page.locator("main").inner_text()

"""A remark at a paragraph, mended and signed by an expert; published at its time, taken out of view, rolled back."""

import re

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import follow, log_in, path_of
from tests.server import PortalServer

LESSON = "/en/studio/lessons/stay-or-go/"
PAGE = "/en/courses/evacuation-shelter/stay-or-go/"
COURSE = "/en/studio/courses/evacuation-shelter/release/"
WRONG, RIGHT = "Wait 45 minutes before you leave.", "Leave within 5 minutes."
ITS_TIME_COMES = (
    "from django.utils import timezone as t; from portal.studio.models import Release as R; "
    "from portal.studio.releases import publish_due as p; "
    "R.objects.filter(state='approved').update(publish_at=t.now()); print(len(p(t.now())))"
)
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


def write(instructor: Visitor, markdown: str) -> None:
    instructor.visit(LESSON)
    instructor.page.locator("[name=en-markdown]").fill(markdown)
    follow(instructor.page, ".studio-save button")


def send(instructor: Visitor, title: str) -> str:
    """Every draft of the course in a release; its address."""
    instructor.visit(COURSE)
    instructor.page.locator("[name=title]").fill(title)
    follow(instructor.page, "main form[method=post] button.btn-primary")
    assert re.search(r"/studio/releases/\d+/$", instructor.page.url)
    return path_of(instructor.page)


def say_at(reviewer: Visitor, words: str, remark: str) -> None:
    """A remark beside the paragraph that has these words."""
    block = reviewer.page.locator(".review-block", has_text=words).first
    block.locator(".review-say summary").last.click()
    block.locator(".review-say textarea").last.fill(remark)
    with reviewer.page.expect_navigation():
        block.locator(".review-say button").last.click()


def invite(reviewer: Visitor) -> str:
    """A link for an expert who reads English; its path."""
    page = reviewer.page
    page.locator("#experts .studio-help summary").click()
    page.locator("[name=invitation-name]").fill("Dr Salma Haddad")
    page.locator("[name=invitation-language]").select_option("en")
    follow(page, "#experts .studio-help button")
    return re.sub(r"^https?://[^/]+", "", page.locator(".review-link").last.input_value())


def tick_and_publish(reviewer: Visitor, release: str, at: str = "") -> None:
    reviewer.visit(release)
    for box in reviewer.page.locator("#publish [type=checkbox]").all():
        box.check()
    reviewer.page.locator("[name=publish_at]").fill(at)
    follow(reviewer.page, "#publish button")


def judge(visitor: Visitor) -> None:
    """With axe, which is a script itself."""
    if visitor.runs_scripts:
        axe(visitor.page)


def main_of(visitor: Visitor, path: str) -> str:
    visitor.visit(path)
    return str(visitor.page.locator("main").inner_text())


@BOTH
def test_from_a_remark_to_a_signed_text_and_back_again(
    browse: Browse, own_server: PortalServer, javascript: bool
) -> None:
    instructor = browse(server=own_server, javascript=javascript)
    log_in(instructor, "instructor")
    instructor.visit(LESSON)
    before = instructor.page.locator("[name=en-markdown]").input_value()
    write(instructor, f"{before}\n\n{WRONG}\n")
    release = send(instructor, "How long to wait")

    reviewer = browse(768, 1024, server=own_server, javascript=javascript)
    log_in(reviewer, "reviewer")
    reviewer.visit(release)
    judge(reviewer)
    assert "– → 45" in reviewer.page.locator("#checklist").inner_text()
    say_at(reviewer, WRONG, "The guideline says five minutes.")
    reviewer.visit(release)
    follow(reviewer.page, "#comments button[formaction]")

    assert "The guideline says five minutes." in main_of(instructor, LESSON)
    judge(instructor)
    write(instructor, f"{before}\n\n{RIGHT}\n")
    instructor.visit(release)
    follow(instructor.page, f"a[href='{release}edit/']")
    follow(instructor.page, "main form[method=post] button.btn-primary")

    reviewer.visit(release)
    link = invite(reviewer)
    judge(reviewer)
    sign_by_link(browse(360, 740, server=own_server, javascript=javascript), link)

    tick_and_publish(reviewer, release, "2031-01-01T08:00")
    assert "It goes out by itself" in main_of(reviewer, release)
    assert RIGHT not in main_of(browse(server=own_server), PAGE)
    assert own_server.manage("shell", "-c", ITS_TIME_COMES).split()[-1] == "1"
    read = main_of(browse(server=own_server), PAGE)
    assert RIGHT in read
    assert "Reviewed by Dr Salma Haddad (Emergency physician)" in read

    take_out_and_bring_back(browse, own_server, reviewer)
    roll_back(instructor, reviewer)
    assert RIGHT not in main_of(browse(server=own_server), PAGE)


def sign_by_link(expert: Visitor, link: str) -> None:
    """Without an account, on a phone."""
    assert RIGHT in main_of(expert, link)
    judge(expert)
    expert.page.locator("[name=title]").fill("Emergency physician")
    expert.page.locator("[name=sure]").check()
    follow(expert.page, "#signing button")
    assert "Signed by Dr Salma Haddad" in expert.page.locator("#signing").inner_text()


def take_out_and_bring_back(browse: Browse, own_server: PortalServer, reviewer: Visitor) -> None:
    reviewer.visit(f"{LESSON}out-of-view/")
    judge(reviewer)
    reviewer.page.locator("[name=reason_en]").fill("The time was wrong.")
    follow(reviewer.page, "main form button.btn-danger")
    reader = browse(server=own_server)
    told = main_of(reader, PAGE)
    assert "The time was wrong." in told
    assert RIGHT not in told
    judge(reader)
    reviewer.visit(f"{LESSON}history/")
    judge(reviewer)
    follow(reviewer.page, ".panel-warning form button")
    assert RIGHT in main_of(browse(server=own_server), PAGE)


def roll_back(instructor: Visitor, reviewer: Visitor) -> None:
    """The text of before in one release, which somebody else publishes."""
    instructor.visit(f"{LESSON}history/?language=en")
    follow(instructor.page, ".studio-save button")
    assert instructor.page.locator(".review-block.is-removed, .review-block.is-added").count()
    judge(instructor)
    follow(instructor.page, "main form button[value=release]")
    release = path_of(instructor.page)
    tick_and_publish(reviewer, release)
    assert "Published" in main_of(reviewer, release)


def test_a_link_that_is_not_one_says_so(browse: Browse, own_server: PortalServer) -> None:
    stranger = browse(server=own_server)
    stranger.expect_console("404")
    assert stranger.visit("/ar/expert/no-such-link/").status == 404
    axe(stranger.page)

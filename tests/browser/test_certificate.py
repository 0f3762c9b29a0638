"""A certificate on paper: one A4 sheet in landscape, nothing cut off, in both languages."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Browse
from tests.browser.curriculum import titles_of
from tests.browser.driver import Visitor
from tests.browser.walks import call_oneself, earn_certificate
from tests.server import PortalServer

COURSE = "/en/courses/alerts-warnings/"
LONG_NAME = "Abdurrahman Abdulaziz ibn Muhammad al-Hashimi al-Andalusi, Volunteer of the Riverside Group"
SHEET = (842, 595)  # points of A4 in landscape
CUT_OFF = """
(() => {
  const sheet = document.querySelector(".certificate").getBoundingClientRect();
  return [...document.querySelectorAll(".certificate *")].some((part) => {
    const box = part.getBoundingClientRect();
    return box.bottom > sheet.bottom - 60 || box.left < sheet.left + 60 || box.right > sheet.right - 60;
  });
})()
"""


def sheets(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.fixture(scope="module")
def graduate(chromium: Browser, portal_server: PortalServer) -> tuple[Any, str]:
    """The cookies of someone who has completed a course, and the path of their certificate."""
    visitor = Visitor(chromium, portal_server.url)
    visitor.letters = portal_server.var / "mail"
    path = earn_certificate(visitor, COURSE, "Salma Haddad")
    state = visitor.context.storage_state()
    visitor.context.close()
    return state, path


@pytest.mark.parametrize("name", ["Salma Haddad", LONG_NAME], ids=["short", "long"])
def test_it_is_one_sheet_with_nothing_cut_off(browse: Browse, graduate: tuple[Any, str], name: str) -> None:
    state, path = graduate
    visitor = browse(width=1123, height=794, color_scheme="dark", storage_state=state)
    call_oneself(visitor, name)
    for language in ("en", "ar"):
        visitor.visit(path.replace("/en/", f"/{language}/"))
        assert sheets(visitor.page.pdf(prefer_css_page_size=True)) == [SHEET]
        visitor.page.emulate_media(media="print")
        assert not visitor.page.evaluate(CUT_OFF)
        assert visitor.page.locator(".no-print:visible, header.top:visible").count() == 0
        visitor.page.emulate_media(media="null")  # else the next one is printed as a screen


@pytest.mark.parametrize("course", ["hazards", "first-aid"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sheet_holds_the_lessons_of_the_longest_courses(
    browse: Browse, graduate: tuple[Any, str], language: str, course: str
) -> None:
    state, path = graduate
    visitor = browse(width=1123, height=794, storage_state=state)
    call_oneself(visitor, LONG_NAME)
    visitor.visit(path.replace("/en/", f"/{language}/"))
    visitor.page.evaluate(
        "(titles) => (document.querySelector('.certificate-body ul').innerHTML ="
        " titles.map((one) => `<li>${one}</li>`).join(''))",
        titles_of(course, language),
    )
    assert sheets(visitor.page.pdf(prefer_css_page_size=True)) == [SHEET]
    visitor.page.emulate_media(media="print")
    assert not visitor.page.evaluate(CUT_OFF)


def test_my_learning_prints_without_what_paper_cannot_do(browse: Browse, graduate: tuple[Any, str]) -> None:
    visitor = browse(storage_state=graduate[0])
    visitor.visit("/en/my-learning/skills/")
    visitor.page.emulate_media(media="print")
    assert visitor.page.locator(".ways:visible, main .btn:visible").count() == 0
    assert visitor.page.locator("main h3:visible").count()

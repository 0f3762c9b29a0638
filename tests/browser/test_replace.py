"""An instructor replaces words in several drafts after a look at what would change, without a script too."""

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import follow, log_in
from tests.server import PortalServer

FIND = "/en/studio/replace/"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


def instructor(browse: Browse, server: PortalServer, *, javascript: bool = True) -> Visitor:
    visitor = browse(server=server, javascript=javascript, width=768, height=1024)
    log_in(visitor, "instructor")
    return visitor


def find(visitor: Visitor, words: str, by: str, language: str = "en", how: str = "case", part: str = "") -> int:
    page = visitor.page
    visitor.visit(FIND)
    page.locator(".replace-asked [name=q]").fill(words)
    page.locator("[name=by]").fill(by)
    page.locator("[name=language]").select_option(language)
    page.locator("[name=how]").select_option(how)
    page.locator("[name=part]").select_option(part)
    page.locator("[name=course]").select_option("alerts-warnings")
    follow(page, ".replace-asked button")
    return page.locator(".replace-hit").count()


@BOTH
def test_words_are_found_looked_at_and_written_into_drafts(
    browse: Browse, own_server: PortalServer, javascript: bool
) -> None:
    words, by = ("neighbour", "NEIGHBOUR-1") if javascript else ("message", "MESSAGE-2")
    visitor = instructor(browse, own_server, javascript=javascript)
    page = visitor.page
    found = find(visitor, words, by, part="texts")  # a question may refuse other words
    assert found > 2
    page.locator(".replace-hit input").first.uncheck()
    follow(page, ".studio-save button")
    if javascript:
        axe(page)
    assert page.locator("ins").count() >= 1
    follow(page, ".studio-save button")
    assert page.get_by_text("To undo it").count() == 1
    assert find(visitor, by, words, part="texts") == found - 1
    reader = browse(server=own_server)
    reader.visit("/en/courses/alerts-warnings/")
    assert by not in reader.page.content()


def test_arabic_words_are_found_whatever_their_marks(browse: Browse, own_server: PortalServer) -> None:
    visitor = instructor(browse, own_server)
    plain = find(visitor, "الصفارة", "x", "ar", "case")
    folded = find(visitor, "الصَّفارة", "x", "ar", "folded")
    assert folded > plain


def test_nothing_found_is_said(browse: Browse, own_server: PortalServer) -> None:
    visitor = instructor(browse, own_server)
    assert find(visitor, "xylophone", "piano") == 0
    assert "stand nowhere" in visitor.page.locator("main").inner_text()

"""Writing a lesson in the studio, and waiting for what the page says of it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor
from tests.browser.walks import follow, log_in
from tests.server import PortalServer

STUDIO = "/en/studio/lessons/"
ARABIC = "اِضغَطوا بِقُوَّةٍ على الجُرْحِ،\n\nثُمَّ اتَّصِلوا بالإسعافِ ولا تَتوقَّفوا.  \n"
ENGLISH = 'Press hard, don’t stop:\n\n  two spaces, "quotes" & <marks>, 100 %.\n'
WAIT = 15_000  # milliseconds


def writer(browse: Browse, server: PortalServer, lesson: str, who: str = "instructor", **options: object) -> Visitor:
    """Somebody with the lesson open in the studio."""
    visitor = browse(server=server, **options)
    log_in(visitor, who)
    visitor.visit(f"{STUDIO}{lesson}/")
    return visitor


def type_both(page: Page) -> None:
    """The Arabic and the English text, replaced by ours."""
    page.locator("[name=ar-markdown]").fill(ARABIC)
    page.locator("[name=en-markdown]").fill(ENGLISH)


def expect_both(page: Page) -> None:
    """Both texts stand in the fields, to the byte."""
    expect(page.locator("[name=en-markdown]")).to_have_value(ENGLISH, timeout=WAIT)
    expect(page.locator("[name=ar-markdown]")).to_have_value(ARABIC, timeout=WAIT)


def expect_state(page: Page, state: str) -> None:
    """What the page says of the keeping: saved, away, over, elsewhere …"""
    expect(page.locator("[data-keeping-says]")).to_have_attribute("data-state", state, timeout=WAIT)


def restore(page: Page) -> None:
    """Take up what this browser has kept."""
    with page.expect_navigation():
        page.locator("[data-kept-restore]").click()


def start_afresh(page: Page) -> None:
    """Throw away what an earlier test left in the fields."""
    if page.locator(".studio-drop").count():
        page.locator(".studio-drop summary").click()
        follow(page, "[data-keeping-drop]")

"""A photograph in a lesson: small where the screen is, in its place before it is there, its focus set by hand."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.photographs import FIGURE, add_photograph, photograph, show_photograph
from tests.browser.test_publishing import publish, send_to_review
from tests.browser.walks import follow, log_in
from tests.server import PortalServer

LESSON, STUDIO = "/en/courses/evacuation-shelter/building-fire/", "/en/studio/lessons/building-fire/"
# Of somebody who saves data, so that the typeface, which may come late, does not come at all.
SHIFTS = """
Object.defineProperty(navigator.connection, "saveData", { get: () => true });
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    window.shifted.push([entry.value, entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });
"""
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
THROUGH = """
async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += 300) {
    scrollTo(0, at);
    await new Promise(requestAnimationFrame);
  }
}
"""
LOADED = """
async () => {
  for (const image of document.querySelectorAll("figure img"))
    if (!image.complete) await new Promise((done) => image.addEventListener("load", done, { once: true }));
}
"""


@pytest.fixture(scope="module")
def shown(chromium: Any, own_server: PortalServer, tmp_path_factory: pytest.TempPathFactory) -> PortalServer:
    """A portal one lesson of which shows a photograph, published by hand."""
    file: Path = photograph(tmp_path_factory.mktemp("photographs"))
    instructor, reviewer = (Visitor(chromium, own_server.url, locale="en") for _ in range(2))
    log_in(instructor, "instructor")
    add_photograph(instructor, "building-fire", file)
    for language in ("en", "ar"):
        field = instructor.page.locator(f"[name={language}-markdown]")
        field.fill(show_photograph(field.input_value()))
    follow(instructor.page, ".studio-save button")
    release = send_to_review(instructor, "With a photograph")
    log_in(reviewer, "reviewer")
    publish(reviewer, release)
    for visitor in (instructor, reviewer):
        visitor.context.close()
    return own_server


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_pictures_come_in_slowly(browse: Browse, shown: PortalServer, width: int) -> None:
    visitor = browse(width=width, server=shown)
    page = visitor.page
    visitor.context.add_init_script(SHIFTS)
    wire = visitor.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    visitor.visit(LESSON)
    page.evaluate(THROUGH)
    page.evaluate(LOADED)
    assert page.evaluate("shifted") == []


@pytest.mark.parametrize(("width", "ratio", "widest"), [(360, 1, 320), (360, 2, 640), (1280, 1, 640)])
def test_a_screen_gets_the_width_that_it_needs(
    browse: Browse, shown: PortalServer, width: int, ratio: int, widest: int
) -> None:
    visitor = browse(width=width, server=shown, device_scale_factor=ratio)
    loaded: list[str] = []
    visitor.page.on("response", lambda answer: loaded.append(answer.headers.get("content-type", "")))
    visitor.visit(LESSON)
    visitor.page.evaluate(THROUGH)
    visitor.page.evaluate(LOADED)
    image = visitor.page.locator("figure picture img").first
    assert image.evaluate("image => image.naturalWidth") <= widest
    assert image.get_attribute("fetchpriority") == "high"
    assert "image/avif" in loaded
    assert "image/webp" not in loaded


def test_the_focus_is_set_by_pressing_the_picture_or_by_keys(browse: Browse, shown: PortalServer) -> None:
    instructor = browse(server=shown)
    log_in(instructor, "instructor")
    instructor.visit(STUDIO)
    page = instructor.page
    x, y = page.locator(f"[name='focus-{FIGURE}-x']"), page.locator(f"[name='focus-{FIGURE}-y']")
    picture = page.locator("[data-focus]", has_text=FIGURE)
    pick = picture.locator("[data-focus-pick]")
    pick.scroll_into_view_if_needed()
    box = pick.bounding_box()
    assert box is not None
    pick.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    assert (x.input_value(), y.input_value()) == ("25", "75")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        pick.press(key)
    assert (x.input_value(), y.input_value()) == ("35", "70")
    crop = picture.locator(".focus-square")
    assert crop.evaluate("image => getComputedStyle(image).objectPosition") == "35% 70%"
    assert picture.locator("[role=status]").inner_text() == "35 from the left, 70 from the top, in percent"
    axe(page)
    follow(page, ".studio-save button")
    assert (x.input_value(), y.input_value()) == ("35", "70")
    assert crop.evaluate("image => getComputedStyle(image).objectPosition") == "35% 70%"


def test_the_focus_is_set_without_a_script_too(browse: Browse, shown: PortalServer) -> None:
    instructor = browse(server=shown, javascript=False)
    log_in(instructor, "instructor")
    instructor.visit(STUDIO)
    page = instructor.page
    assert not page.locator("[data-focus-pick]").first.is_visible()
    page.locator(f"[name='focus-{FIGURE}-x']").fill("80")
    follow(page, ".studio-save button.btn-primary")
    assert "focus-x-80" in str(
        page.locator("[data-focus]", has_text=FIGURE).locator(".focus-wide").get_attribute("class")
    )

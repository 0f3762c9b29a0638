"""The driver hears what it must: a page with a fault never passes unnoticed, and one without is left alone."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.browser.driver import Visitor, axe

GOOD = '<title>Good</title><link rel="icon" href="data:,"><main><h1>Good</h1></main>'
PAGES = {
    "/good": GOOD,
    "/inline": f'{GOOD}<p style="color: red">red</p>',
    "/foreign": f'{GOOD}<img alt="" src="http://127.0.0.1:9/pixel.png">',
    "/broken": f'{GOOD}<script src="/broken.js"></script>',
    "/broken.js": "nowhere.toBeFound();",
    "/unnamed": '<title>Bad</title><link rel="icon" href="data:,"><main><h1>Bad</h1><img src="/good"></main>',
}


class Page(BaseHTTPRequestHandler):
    """One of the pages above, under a strict policy."""

    def do_GET(self) -> None:
        """Answer with the page of that path."""
        body = PAGES.get(self.path, "")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html; charset=utf-8")
        self.send_header(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:"
        )
        self.end_headers()
        self.wfile.write((body if self.path.endswith(".js") else f'<!doctype html><html lang="en">{body}').encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The address of a small site with those pages."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_address[1]}"
        site.shutdown()


@pytest.fixture
def visitor(chromium: Browser, origin: str) -> Iterator[Visitor]:
    """Somebody at that site."""
    somebody = Visitor(chromium, origin)
    yield somebody
    somebody.context.close()


def only_fault(visitor: Visitor) -> str:
    """The first fault heard, all of one kind."""
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.unexpected()
    return visitor.unexpected()[0]


def test_a_good_page_is_left_alone(visitor: Visitor) -> None:
    assert visitor.visit("/good").status == 200
    axe(visitor.page)
    assert visitor.unexpected() == []


def test_an_inline_style_is_a_policy_violation(visitor: Visitor) -> None:
    visitor.visit("/inline")
    assert "Content Security Policy" in only_fault(visitor)


def test_a_policy_violation_is_heard_without_javascript_too(chromium: Browser, origin: str) -> None:
    visitor = Visitor(chromium, origin, java_script_enabled=False)
    visitor.visit("/inline")
    assert "Content Security Policy" in only_fault(visitor)
    visitor.context.close()


def test_a_request_to_another_origin_is_heard(visitor: Visitor) -> None:
    visitor.visit("/foreign")
    assert only_fault(visitor) == "a request to another origin: http://127.0.0.1:9/pixel.png"


def test_an_error_in_a_script_is_heard(visitor: Visitor) -> None:
    visitor.visit("/broken")
    assert "nowhere is not defined" in only_fault(visitor)


def test_an_error_that_was_expected_is_no_fault(visitor: Visitor) -> None:
    visitor.expect_console("404")
    visitor.visit("/missing")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.faults
    assert visitor.unexpected() == []


def test_axe_names_the_rule_and_the_element(visitor: Visitor) -> None:
    visitor.visit("/unnamed")
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)[\s\S]*<img src=\"/good\">"):
        axe(visitor.page)

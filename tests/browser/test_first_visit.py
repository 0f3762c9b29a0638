"""What a phone that was never here before has to fetch: at most 30 KB in 6 requests, pictures and type aside."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.examples import FIRST_PAGES
from tests.server import PortalServer

MOST_BYTES, MOST_REQUESTS, MOST_SCRIPT = 30_000, 6, 5_000
ASIDE = {"Image", "Font"}


@dataclass
class Visit:
    """What came over the wire, by request: (kind of thing, address, bytes with headers)."""

    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = (event.get("type", "Other"), event["request"]["url"])

    def finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        """Everything but pictures and type."""
        rows = [(*self.kinds[one], size) for one, size in self.sizes.items()]
        return [(kind, url, size) for kind, url, size in rows if kind not in ASIDE and "favicon" not in url]


def first_visit(chromium: Browser, url: str) -> Visit:
    """Open a page as a guest with an empty cache, and wait until nothing more comes."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire, visit = context.new_cdp_session(page), Visit()
    wire.on("Network.requestWillBeSent", visit.asked)
    wire.on("Network.loadingFinished", visit.finished)
    wire.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    context.close()
    return visit


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("page", FIRST_PAGES)
def test_a_first_visit_is_light(chromium: Browser, portal_server: PortalServer, page: str, language: str) -> None:
    counted = first_visit(chromium, portal_server.url + page.format(lang=language)).counted
    told = "\n".join(f"{size:7d} {kind:10s} {url}" for kind, url, size in counted)
    assert sum(size for _kind, _url, size in counted) <= MOST_BYTES, told
    assert len(counted) <= MOST_REQUESTS, told
    assert sum(size for kind, _url, size in counted if kind == "Script") <= MOST_SCRIPT, told
    assert {"Document", "Stylesheet", "Script"} <= {kind for kind, _url, _size in counted}, told


def test_who_saves_data_fetches_no_type(portal_server: PortalServer, chromium: Browser) -> None:
    """The page says so by itself; Chromium's own switch is set before its first request."""
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.resource_type))
    page.goto(f"{portal_server.url}/ar/", wait_until="networkidle")
    readable = page.locator("h1").is_visible()
    context.close()
    assert "font" not in fetched
    assert readable

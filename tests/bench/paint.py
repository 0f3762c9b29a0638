"""`make bench ARGS=paint`: when the largest part of a page is painted on a slow phone network, at a first visit."""

import statistics
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.driver import QUIETLY, find_chromium
from tests.browser.examples import FIRST_PAGES
from tests.server import PortalServer

ROUNDS = 5
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
LARGEST = """
new Promise((told) => new PerformanceObserver((list) => told(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))
"""


def largest_paint(server: PortalServer) -> None:
    """Prints medians and raw samples in seconds, for each of a citizen's first pages in both languages."""
    print("Largest paint, first visit, 400 kbit/s and 400 ms, seconds (budget 2.5):")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=QUIETLY)
        for page in FIRST_PAGES:
            for language in ("ar", "en"):
                path = page.format(lang=language)
                samples = [one_visit(chromium, server.url + path) for _round in range(ROUNDS)]
                told = " ".join(f"{sample:.2f}" for sample in samples)
                print(f"  {statistics.median(samples):.2f}  {path}  (samples: {told})")
        chromium.close()


def one_visit(chromium: Browser, url: str) -> float:
    """A guest with an empty cache opens the page and waits until nothing more comes; seconds to the largest paint."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    page.goto(url, wait_until="networkidle")
    milliseconds: Any = page.evaluate(LARGEST)
    context.close()
    return float(milliseconds) / 1000

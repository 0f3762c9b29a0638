"""Driving the system's Chromium, and what no page may ever do while it is driven."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

# The shell is the same browser without a window to draw, which takes a third of the time to open a page.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} in ${event.sourceFile}`);
});
"""


def find_chromium() -> str | None:
    """The system's Chromium: the one CHROMIUM names, else the first on the path."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUMS)), None)


class Visitor:
    """One person's browser: its own cookies, one page open, and a list of what went wrong on it.

    `page` is Playwright's; `origin` is the portal's address without a slash at its end; its letters lie in `letters`.
    """

    letters: Path

    def __init__(self, browser: Browser, origin: str, **options: Any) -> None:
        self.origin = origin
        self.runs_scripts: bool = options.get("java_script_enabled", True)
        self.context: BrowserContext = browser.new_context(base_url=origin, **options)
        self.context.add_init_script(TELL_VIOLATIONS)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))
        self.context.on("request", self._watch)
        self.context.set_default_timeout(15_000)
        self.faults: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self.page: Page = self.context.new_page()

    def visit(self, path: str) -> Response:
        """Open a path of the portal; the answer, whatever its status."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer

    def expect_console(self, pattern: str) -> None:
        """Say beforehand that a console error matching this regular expression is part of the test."""
        self._expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """What went wrong and was not expected."""
        return [fault for fault in self.faults if not any(pattern.search(fault) for pattern in self._expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        # The driver's own script is kept out of the sandboxed preview too, and this Chromium says so now and then.
        is_ours = message.text.startswith("Blocked script execution in 'about:srcdoc'")
        if message.type == "error" and not is_ours:
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.faults.append(f"a request to another origin: {request.url}")


def axe(page: Page) -> None:
    """Fail with what axe finds wrong on the page as it is now: rule, why, and the elements."""
    see_whole(page)
    # The script is handed over through the debugger, which no content security policy hinders.
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    assert not found, f"{page.url}\n" + "\n".join(_violation(one) for one in found)


def see_whole(page: Page) -> None:
    """Make the window as high as the page: what the sticky bar hides until one scrolls is judged too."""
    size = page.viewport_size
    if size:
        height: int = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})


def _violation(found: dict[str, Any]) -> str:
    elements = "".join(f"\n    {node['html'][:200]}\n      {node['failureSummary']}" for node in found["nodes"][:5])
    return f"  {found['id']} ({found['impact']}): {found['help']}{elements}"

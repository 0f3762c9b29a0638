"""Fixtures of the browser tests: Chromium once, a fresh visitor a test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.driver import QUIETLY, Visitor, find_chromium
from tests.server import PortalServer

HERE = Path(__file__).parent
Browse = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder is a browser test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = find_chromium()
    if not path:
        pytest.skip("no Chromium: install it, or set CHROMIUM=/path/to/it")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, for which Django would refuse every later test its database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser, portal_server: PortalServer) -> Iterator[Browse]:
    """A factory of visitors, each a browser of its own; at the end none may have met a fault.

    `browse(width=360, height=740, locale="ar", javascript=False, color_scheme="dark")`; further options are
    Playwright's `new_context`. `server` is another portal than the shared one.
    """
    visitors: list[Visitor] = []

    def new(width: int = 1280, height: int = 800, server: PortalServer = portal_server, **options: Any) -> Visitor:
        script = options.pop("javascript", True)
        settled = {"viewport": {"width": width, "height": height}, "java_script_enabled": script, "locale": "en"}
        visitors.append(Visitor(chromium, server.url, **{**settled, **options}))
        visitors[-1].letters = server.var / "mail"
        return visitors[-1]

    yield new
    faults = [fault for visitor in visitors for fault in visitor.unexpected()]
    for visitor in visitors:
        visitor.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory, furnished: PortalServer) -> Iterator[PortalServer]:
    """A portal that only this module's tests use, so that they may change its content and count its people."""
    server = PortalServer(tmp_path_factory.mktemp("own"))
    server.furnish_as(furnished)
    server.start()
    yield server
    server.stop()

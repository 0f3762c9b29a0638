"""Logging in with the identity service of the nation, through its own page and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.walks import follow, path_of
from tests.identity.furnish import PASSWORD
from tests.identity.service import IdentityService
from tests.server import PortalServer

OFFER = "main a[href*='/account/identity/']"


@pytest.fixture(scope="module")
def linked_portal(tmp_path_factory: pytest.TempPathFactory, furnished: PortalServer) -> Iterator[PortalServer]:
    """A portal of this module's own, that knows an identity service."""
    folder: Path = tmp_path_factory.mktemp("identity")
    service, server = IdentityService(folder), PortalServer(tmp_path_factory.mktemp("linked"))
    service.furnish(f"{server.url}/ar/account/identity/back/")
    service.start()
    server.env |= service.settings()
    server.furnish_as(furnished)
    server.manage("migrate", "--no-input")
    server.start()
    yield server
    server.stop()
    service.stop()


@pytest.mark.parametrize(("language", "javascript", "person"), [("ar", True, "salma"), ("en", False, "hind")])
def test_a_person_goes_to_the_service_and_comes_back_logged_in(
    browse: Browse, linked_portal: PortalServer, language: str, javascript: bool, person: str
) -> None:
    visitor = browse(server=linked_portal, width=360, locale=language, javascript=javascript)
    visitor.expect_console(r"another origin: http://(localhost|127\.0\.0\.1):")  # the service's own pages
    visitor.expect_console("favicon.ico")  # which the service has none of
    page = visitor.page
    visitor.visit(f"/{language}/account/login/?next=/{language}/account/")
    if javascript:
        axe(page)
    follow(page, OFFER)
    page.locator("input[name=username]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    follow(page, "button[type=submit]")
    assert path_of(page).endswith("/account/")
    assert page.locator("main h1").count() == 1

"""A passkey on a device of Chromium's: made, used to log in, named anew, removed."""

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import follow, log_in, path_of
from tests.server import DEMO_PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LOG_IN = "main form[data-passkey] button"


def plug_in(visitor: Visitor) -> None:
    """The page's browser has a device with a finger on it."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def show_that_it_is_still_them(visitor: Visitor) -> None:
    if visitor.page.locator("input[name=password]").count():
        visitor.page.locator("input[name=password]").fill(DEMO_PASSWORD)
        follow(visitor.page, "main form button[type=submit]")


def log_out(visitor: Visitor) -> None:
    visitor.visit("/en/account/logout/")
    follow(visitor.page, "main form button[type=submit]")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_passkey_is_made_and_lets_in_and_is_removed(browse: Browse, language: str) -> None:
    visitor = browse(width=360, locale=language)
    page = visitor.page
    log_in(visitor, "citizen", language)
    plug_in(visitor)
    visitor.visit(f"/{language}/account/second-factor/webauthn/add/")
    show_that_it_is_still_them(visitor)
    page.locator("input[name=name]").fill("هاتفي My phone")
    follow(page, "main form[data-passkey] button")
    assert path_of(page) == f"/{language}/account/second-factor/webauthn/"
    assert "My phone" in page.locator("main").inner_text()
    axe(page)
    log_out(visitor)
    visitor.visit(f"/{language}/account/login/?next=/{language}/account/")
    follow(page, LOG_IN)
    assert path_of(page) == f"/{language}/account/"
    visitor.visit(f"/{language}/account/second-factor/webauthn/")
    follow(page, "main a[href$='/remove/']")
    show_that_it_is_still_them(visitor)
    axe(page)
    follow(page, "main .btn-danger")
    assert not page.locator("main a[href$='/remove/']").count()


def test_a_device_without_a_passkey_is_told_and_nothing_is_lost(browse: Browse) -> None:
    visitor = browse(width=360)
    plug_in(visitor)
    visitor.visit("/en/account/login/")
    visitor.page.locator("input[name=login]").fill("citizen@demo.example")
    visitor.page.locator(LOG_IN).click()
    visitor.page.locator("[data-passkey-says]:has-text('That did not work')").wait_for()
    assert visitor.page.locator("input[name=login]").input_value() == "citizen@demo.example"
    axe(visitor.page)


def test_without_javascript_the_pages_say_what_a_passkey_needs(browse: Browse) -> None:
    visitor = browse(javascript=False)
    visitor.visit("/en/account/login/")
    assert not visitor.page.locator(LOG_IN).is_visible()
    assert "where JavaScript is on" in visitor.page.locator("main").inner_text()

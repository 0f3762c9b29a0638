"""Whatever breaks while an instructor writes, the text is there again, to the byte, in Arabic and in English."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.conftest import Browse
from tests.browser.driver import QUIETLY, Visitor, axe, find_chromium
from tests.browser.typing import (
    STUDIO,
    WAIT,
    expect_both,
    expect_state,
    restore,
    type_both,
    writer,
)
from tests.browser.walks import follow, log_in
from tests.server import DEMO_PASSWORD, PortalServer

LOST_NETWORK = "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED|Failed to fetch|ERR_EMPTY_RESPONSE|502|503"


def close_tab(page: Page) -> None:
    """As its person closes it: right after the last key."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def take_network_away(page: Page) -> None:
    """Also from what it sends when it closes: the outage that the browser plays does not hold for what outlives it."""
    page.evaluate("() => { const send = fetch; window.fetch = (to, how) => send(to, { ...how, keepalive: false }); }")
    page.context.set_offline(True)


def type_and_close_without_network(visitor: Visitor) -> None:
    visitor.expect_console(LOST_NETWORK)
    take_network_away(visitor.page)
    type_both(visitor.page)
    close_tab(visitor.page)


def open_again(visitor: Visitor, lesson: str) -> None:
    """In another tab, with the network."""
    visitor.context.set_offline(False)
    visitor.page = visitor.context.new_page()
    visitor.visit(f"{STUDIO}{lesson}/")


def test_it_is_there_on_another_machine(browse: Browse, own_server: PortalServer) -> None:
    here = writer(browse, own_server, "stay-or-go")
    type_both(here.page)
    expect_state(here.page, "saved")
    there = writer(browse, own_server, "stay-or-go")
    expect_both(there.page)
    expect(there.page.locator("[data-keeping-copy]")).to_contain_text("You had not saved this draft yet")
    axe(there.page)


def test_without_a_script_it_is_there_and_can_be_thrown_away(browse: Browse, own_server: PortalServer) -> None:
    here = writer(browse, own_server, "building-fire")
    before = here.page.locator("[name=en-markdown]").input_value()
    type_both(here.page)
    expect_state(here.page, "saved")
    there = writer(browse, own_server, "building-fire", javascript=False)
    expect_both(there.page)
    there.page.locator(".studio-drop summary").click()
    follow(there.page, "[data-keeping-drop]")
    assert there.page.locator("[name=en-markdown]").input_value() == before


def test_it_outlives_a_server_that_is_killed_while_one_writes(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "leaving-home")
    visitor.expect_console(LOST_NETWORK)
    page = visitor.page
    page.locator("[name=en-title]").fill("Before the power cut")
    expect_state(page, "saved")
    own_server.kill()
    type_both(page)
    expect_state(page, "away")
    own_server.start()
    expect_state(page, "saved")
    page.reload()
    expect_both(page)
    assert page.locator("[name=en-title]").input_value() == "Before the power cut"


def test_what_was_kept_is_there_after_a_power_cut(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "crowd-safety")
    visitor.expect_console(LOST_NETWORK)
    type_both(visitor.page)
    expect_state(visitor.page, "saved")
    own_server.kill()
    own_server.start()
    visitor.page.reload()
    expect_both(visitor.page)


def test_without_the_network_it_stays_in_the_browser_and_goes_out_afterwards(
    browse: Browse, own_server: PortalServer
) -> None:
    visitor = writer(browse, own_server, "safe-room")
    visitor.expect_console(LOST_NETWORK)
    page = visitor.page
    visitor.context.set_offline(True)
    type_both(page)
    expect_state(page, "away")
    expect(page.locator("[data-keeping-trouble]")).to_contain_text("no network")
    page.locator(".studio-save .btn-primary").click()
    expect_both(page)
    visitor.context.set_offline(False)
    expect_state(page, "saved")
    there = writer(browse, own_server, "safe-room")
    expect_both(there.page)


def test_a_tab_closed_without_the_network_loses_nothing(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "extinguishers")
    type_and_close_without_network(visitor)
    open_again(visitor, "extinguishers")
    expect(visitor.page.locator("[data-kept-offer]")).to_be_visible()
    axe(visitor.page)
    restore(visitor.page)
    expect_both(visitor.page)
    expect(visitor.page.locator("[data-kept-offer]")).to_be_hidden()


def test_a_tab_closed_before_the_store_of_the_browser_has_opened_loses_nothing(
    browse: Browse, own_server: PortalServer
) -> None:
    visitor = browse(server=own_server)
    log_in(visitor, "instructor")
    visitor.page.add_init_script("IDBFactory.prototype.open = () => ({})")
    visitor.visit(f"{STUDIO}signs-and-assembly/")
    type_and_close_without_network(visitor)
    open_again(visitor, "signs-and-assembly")
    restore(visitor.page)
    expect_both(visitor.page)


def test_what_the_browser_kept_is_never_put_over_something_newer(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "building-fire")
    type_and_close_without_network(visitor)
    there = writer(browse, own_server, "building-fire")
    there.page.locator("[name=en-title]").fill("Newer, from another machine")
    expect_state(there.page, "saved")
    open_again(visitor, "building-fire")
    page = visitor.page
    expect(page.locator("[data-kept-offer]")).to_be_visible()
    assert page.locator("[name=en-title]").input_value() == "Newer, from another machine"
    restore(page)
    expect_both(page)
    expect(page.locator("[data-kept-offer]")).to_be_visible()  # now it is the other one that the browser keeps
    restore(page)
    expect(page.locator("[name=en-title]")).to_have_value("Newer, from another machine")


def test_what_was_kept_in_the_browser_can_be_thrown_away(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "adult-cpr")
    type_and_close_without_network(visitor)
    open_again(visitor, "adult-cpr")
    visitor.page.locator("[data-kept-drop]").click()
    expect(visitor.page.locator("[data-kept-offer]")).to_be_hidden()
    visitor.page.reload()
    expect(visitor.page.locator("[data-live-says]")).not_to_be_empty()
    assert not visitor.page.locator("[data-kept-offer]").is_visible()


# A log-in that ends


def test_when_the_log_in_has_ended_one_logs_in_in_another_tab_and_it_goes_on(
    browse: Browse, own_server: PortalServer
) -> None:
    visitor = writer(browse, own_server, "severe-bleeding")
    visitor.expect_console("403|401")
    page = visitor.page
    visitor.context.clear_cookies()
    type_both(page)
    expect_state(page, "over")
    with visitor.context.expect_page() as opened:
        page.locator("[data-keeping-login]").click()
    again(opened.value)
    page.bring_to_front()
    expect_state(page, "saved")
    follow(page, ".studio-save .btn-primary")
    expect(page.locator(".messages, [role=status]").filter(has_text="Saved as a draft").first).to_be_visible()
    assert "اِضغَطوا بِقُوَّةٍ" in page.locator("[name=ar-markdown]").input_value()


def again(page: Page) -> None:
    """Log in on the page of the log-in."""
    page.locator("input[name=login]").fill("instructor@demo.example")
    page.locator("details.other-way summary").click()
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("details.other-way button[type=submit]").click()
    page.wait_for_url(re.compile(r"/studio/"))


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_pressing_save_after_the_log_in_has_ended_loses_nothing(
    browse: Browse, own_server: PortalServer, javascript: bool
) -> None:
    visitor = writer(browse, own_server, "burns" if javascript else "fractures-and-head", javascript=javascript)
    visitor.expect_console("403|401")
    page = visitor.page
    type_both(page)
    sessions = [one for one in visitor.context.cookies() if "session" not in one["name"]]
    visitor.context.clear_cookies()
    visitor.context.add_cookies(sessions)  # type: ignore[arg-type]
    follow(page, ".studio-save .btn-primary")
    expect(page.locator("main")).to_contain_text("Nothing you typed is lost")
    if javascript:
        axe(page)
    follow(page, "main a.btn-primary")
    again(page)
    expect_both(page)
    follow(page, ".studio-save .btn-primary")
    assert "ثُمَّ اتَّصِلوا بالإسعافِ" in page.locator("[name=ar-markdown]").input_value()
    if javascript:
        expect(page.locator("[data-live-says]")).not_to_be_empty()
    assert not page.locator("[data-kept-offer]").is_visible()


def test_after_a_log_in_in_another_tab_save_is_one_button_more_without_a_script(
    browse: Browse, own_server: PortalServer
) -> None:
    visitor = writer(browse, own_server, "choking", javascript=False)
    visitor.expect_console("403")
    page = visitor.page
    type_both(page)
    visitor.context.clear_cookies()
    other = visitor.context.new_page()
    other.goto("/en/account/login/?next=/en/studio/")
    again(other)
    follow(page, ".studio-save .btn-primary")
    expect(page.locator("main")).to_contain_text("send it once more")
    follow(page, "main form:has([name=en-markdown]) .btn-primary")
    assert "Saved as a draft" in page.locator("body").inner_text()
    assert "ثُمَّ اتَّصِلوا بالإسعافِ" in page.locator("[name=ar-markdown]").input_value()


def test_another_person_on_the_same_tablet_is_never_offered_it(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "bites-and-poisoning")
    visitor.expect_console(LOST_NETWORK + "|403")
    type_and_close_without_network(visitor)
    visitor.context.set_offline(False)
    visitor.context.clear_cookies()
    visitor.page = visitor.context.new_page()
    second_instructor(own_server)
    log_in(visitor, "second@example.org")
    visitor.visit(f"{STUDIO}bites-and-poisoning/")
    expect(visitor.page.locator("[data-live-says]")).not_to_be_empty()
    assert not visitor.page.locator("[data-kept-offer]").is_visible()
    visitor.context.clear_cookies()
    log_in(visitor, "instructor")
    visitor.visit(f"{STUDIO}bites-and-poisoning/")
    restore(visitor.page)
    expect_both(visitor.page)


def second_instructor(server: PortalServer) -> None:
    """Amal, who writes as well."""
    server.manage(
        "shell",
        "-c",
        "from datetime import date\n"
        "from allauth.account.models import EmailAddress\n"
        "from portal.accounts.models import RoleGrant, User\n"
        "if not User.objects.filter(email='second@example.org').exists():\n"
        f"    user = User.objects.create_user('second@example.org', password='{DEMO_PASSWORD}', display_name='Amal')\n"
        "    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)\n"
        "    RoleGrant.objects.create(user=user, role='instructor', from_day=date(2020, 1, 1))\n",
    )


# Two tabs, two people


def test_a_second_tab_notices_and_overwrites_nothing(browse: Browse, own_server: PortalServer) -> None:
    visitor = writer(browse, own_server, "heat-and-cold")
    visitor.expect_console("409")
    first, second = visitor.page, visitor.context.new_page()
    second.goto(f"{STUDIO}heat-and-cold/")
    type_both(first)
    expect_state(first, "saved")
    second.locator("[name=en-title]").fill("From the second tab")
    expect_state(second, "elsewhere")
    expect(second.locator("[data-keeping-elsewhere]")).to_be_visible()
    axe(second)
    second.locator("[data-keeping-load]").click()
    expect_both(second)
    expect(second.locator("[data-kept-offer]")).to_be_visible()
    restore(second)
    expect(second.locator("[name=en-title]")).to_have_value("From the second tab")
    restore(second)
    expect_both(second)


def test_two_people_see_each_other_and_put_their_texts_together(browse: Browse, own_server: PortalServer) -> None:
    second_instructor(own_server)
    mine = writer(browse, own_server, "stroke")
    mine.expect_console("409")
    theirs = writer(browse, own_server, "stroke", "second@example.org")
    text = theirs.page.locator("[name=en-markdown]").input_value()
    theirs.page.locator("[name=en-title]").fill("Their title")
    expect_state(theirs.page, "saved")
    mine.page.locator("[name=en-title]").fill("My title")
    mine.page.locator("[name=en-markdown]").fill(f"{text}\n\nA paragraph of mine.")
    expect(mine.page.locator("[data-keeping-here]")).to_contain_text("Amal is writing here too: English.", timeout=WAIT)
    theirs.page.locator("[name=en-markdown]").fill(f"A paragraph of theirs.\n\n{text}")
    follow(theirs.page, ".studio-save .btn-primary")
    mine.page.locator("[name=en-summary]").press("End")
    mine.page.keyboard.type(" More.")
    expect(mine.page.locator("[data-keeping-newer]")).to_contain_text("Amal saved a newer draft", timeout=WAIT)
    axe(mine.page)
    follow(mine.page, ".studio-save .btn-primary")
    page = mine.page
    expect(page.locator("h1")).to_have_text("Two drafts put together")
    axe(page)
    page.locator("[value=theirs]").first.focus()
    page.keyboard.press("Space")
    follow(page, "button[value=merge]")
    assert page.locator("[name=en-title]").input_value() == "Their title"
    merged = page.locator("[name=en-markdown]").input_value()
    assert merged.startswith("A paragraph of theirs.")
    assert merged.endswith("A paragraph of mine.")
    expect(page.locator("[data-live-says]")).not_to_be_empty()
    assert not page.locator("[data-kept-offer]").is_visible()


# The browser itself


@pytest.fixture
def profile(tmp_path: Path, own_server: PortalServer, chromium: Browser) -> Iterator["Profile"]:
    """A browser with a profile of its own, that can be ended and opened again."""
    kept = Profile(tmp_path / "profile", own_server, chromium)
    yield kept
    kept.close()


class Profile:
    def __init__(self, folder: Path, server: PortalServer, chromium: Browser) -> None:
        self.folder, self.server, self.chromium = folder, server, chromium.browser_type
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        self.context = self.chromium.launch_persistent_context(
            self.folder, executable_path=find_chromium(), args=QUIETLY, base_url=self.server.url, locale="en"
        )
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """End as a power cut does: every process of this profile at once."""
        found = subprocess.run(
            ["pgrep", "-f", f"user-data-dir={self.folder}"], capture_output=True, text=True, check=True
        )
        subprocess.run(["kill", "-9", *found.stdout.split()], check=False)
        with suppress(Error):  # nothing is left that could be closed
            self.close()
        self.context = None


@pytest.mark.parametrize(("end", "lesson"), [("close", "heart-attack"), ("kill", "dust-storm")])
def test_a_browser_that_is_ended_and_opened_again_has_kept_it(profile: Profile, end: str, lesson: str) -> None:
    page = profile.open()
    page.goto("/en/account/login/?next=/en/studio/")
    again(page)
    page.goto(f"{STUDIO}{lesson}/")
    take_network_away(page)
    type_both(page)
    expect_state(page, "away")
    getattr(profile, end)()
    page = profile.open()
    page.goto(f"{STUDIO}{lesson}/")
    if "/login/" in page.url:  # a browser that is killed may forget its cookies
        again(page)
    restore(page)
    expect_both(page)

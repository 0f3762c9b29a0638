"""A country writes its number, tries it out, has it reviewed; readers see it. With a script and without."""

import re

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe, see_whole
from tests.browser.walks import follow, log_in, path_of
from tests.server import PortalServer

FACTS, CARD = "/en/studio/facts/", "/en/topics/someone-collapsed/"
NUMBER = "[name=emergency-number-all-value]"
TABLET = pytest.mark.parametrize(("width", "height"), [(768, 1024), (1024, 768)], ids=["upright", "lying"])
BOTH = pytest.mark.parametrize(("javascript", "number"), [(True, "115"), (False, "117")], ids=["script", "no-script"])


def save(visitor: Visitor, **values: str) -> None:
    visitor.visit(FACTS)
    for name, value in values.items():
        visitor.page.locator(f"[name={name.replace('_', '-')}-value]").fill(value)
    follow(visitor.page, ".studio-save button")


def send(visitor: Visitor) -> str:
    """Every draft value in one release; its address."""
    follow(visitor.page, f"a[href='{FACTS}review/']")
    follow(visitor.page, "main form[method=post] button.btn-primary")
    assert re.search(r"/studio/releases/\d+/$", visitor.page.url)
    return path_of(visitor.page)


@BOTH
def test_a_number_goes_from_a_draft_through_trial_and_review_to_the_card(
    browse: Browse, own_server: PortalServer, javascript: bool, number: str
) -> None:
    instructor = browse(server=own_server, javascript=javascript, width=768, height=1024)
    log_in(instructor, "instructor")
    save(instructor, emergency_number_all=number)
    page = instructor.page
    instructor.visit(f"{FACTS}try/")
    page.locator("#what").select_option("card:someone-collapsed")
    page.locator("#language").select_option("en")
    follow(page, ".facts-try button")
    assert page.locator("#first-change").inner_text() == number
    reader = browse(server=own_server)
    reader.visit(CARD)
    assert reader.page.locator(f"a[href='tel:{number}']").count() == 0

    instructor.visit(FACTS)
    release = send(instructor)
    reviewer = browse(server=own_server, javascript=javascript)
    log_in(reviewer, "reviewer")
    reviewer.visit(release)
    assert number in reviewer.page.locator(".facts-reviewed ins").first.inner_text()
    for box in reviewer.page.locator("#publish [type=checkbox]").all():
        box.check()
    follow(reviewer.page, "#publish button")
    later = browse(server=own_server)  # the other one's browser may keep the page for a minute
    later.visit(CARD)
    assert later.page.locator(f"a[href='tel:{number}']").count() >= 1


def test_what_cannot_be_a_value_is_said_beside_its_field_and_nothing_typed_is_lost(
    browse: Browse, own_server: PortalServer
) -> None:
    instructor = browse(server=own_server, width=768, height=1024)
    instructor.expect_console("422")
    log_in(instructor, "instructor")
    save(instructor, water_per_day_all="much", phone_alert_en="a loud tone")
    page = instructor.page
    page.locator("[role=alert] a").first.click()
    assert page.evaluate("document.activeElement.name") == "water-per-day-all-value"
    assert page.locator("[name=water-per-day-all-value]").input_value() == "much"
    assert page.locator("[name=phone-alert-en-value]").input_value() == "a loud tone"
    axe(page)


def test_two_people_who_write_one_value_lose_nothing(browse: Browse, own_server: PortalServer) -> None:
    one, other = (browse(server=own_server) for _ in range(2))
    one.expect_console("409")
    log_in(one, "instructor")
    log_in(other, "instructor")
    one.visit(FACTS)
    save(other, alert_radio_en="Radio One")
    one.page.locator("[name=alert-radio-en-value]").fill("Radio Two")
    follow(one.page, ".studio-save button")
    assert "nothing was overwritten" in one.page.locator("[role=alert]").inner_text()
    assert one.page.locator("[name=alert-radio-en-value]").input_value() == "Radio Two"
    axe(one.page)
    follow(one.page, ".studio-save button")
    assert one.page.locator("[name=alert-radio-en-value]").input_value() == "Radio Two"


@TABLET
def test_the_page_fits_a_tablet_either_way(browse: Browse, own_server: PortalServer, width: int, height: int) -> None:
    instructor = browse(server=own_server, width=width, height=height)
    log_in(instructor, "instructor")
    for path in (FACTS, f"{FACTS}try/?what=lesson:siren-tones&language=ar"):
        instructor.visit(path)
        see_whole(instructor.page)
        assert instructor.page.evaluate("document.documentElement.scrollWidth") <= width

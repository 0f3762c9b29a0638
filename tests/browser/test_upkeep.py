"""What needs looking at, on a phone and a desk, in both languages, light and dark."""

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import axe
from tests.browser.walks import log_in
from tests.server import PortalServer

FURNISH = """
from datetime import date
from django.utils import timezone
from lessons.models import Lesson, Source
from portal.studio.models import LinkCheck
from portal.studio.upkeep.links import gather
newest = Source.objects.create(key="NEWER", title="Emergency first aid, the newest edition", publisher="WHO", year=2027)
Source.objects.filter(key__in=["FEMA-READY", "CDC-RADIATION", "RCUK25"]).update(superseded_by=newest)
Lesson.objects.filter(slug="stay-or-go").update(archived_at=timezone.now())
gather()
day = date(2026, 11, 20)
LinkCheck.objects.update(result="missing", status=404, checked_on=day, failing_since=day)
long = "https://guidelines.example/" + "a-very-long-address-" * 12
LinkCheck.objects.create(url=long, result="private", checked_on=day, failing_since=day)
"""


@pytest.fixture(scope="module")
def neglected(own_server: PortalServer) -> PortalServer:
    """A portal in which every list but one has something in it."""
    own_server.manage("shell", "-c", FURNISH)
    return own_server


@pytest.mark.parametrize(("language", "scheme", "width"), [("ar", "light", 360), ("en", "dark", 1280)])
def test_the_lists_are_without_fault(
    browse: Browse, neglected: PortalServer, language: str, scheme: str, width: int
) -> None:
    visitor = browse(server=neglected, width=width, color_scheme=scheme)
    log_in(visitor, "instructor", language)
    for part in ("", "links/", "sources/"):
        visitor.visit(f"/{language}/studio/upkeep/{part}")
        assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
        axe(visitor.page)

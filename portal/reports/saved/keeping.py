"""Views that a reader saved: which addresses can be, how many, and where one leads."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.accounts.models import User
from portal.accounts.rights import may
from portal.reports.catalogue import REPORTS, ReportEntry, report_at
from portal.reports.models import SavedView

MOST = 50  # of one person
LONGEST = 1000
NOT_KEPT = ("after", "before", "page")  # where in a list somebody stood, not what was asked for


def read_address(address: str) -> tuple[ReportEntry, str] | None:
    """The report of an address of ours and what it asks; None for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or "\\" in address:
        return None
    report = report_at(parts.path)
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] not in NOT_KEPT])
    return (report, query) if report and len(query) <= LONGEST and "%00" not in query else None


def address_of(view: SavedView) -> str:
    """Where the view is opened, in the language of the moment; empty if its report is no more."""
    report = REPORTS.get(view.report)
    if report is None:
        return ""
    return f"{report.address}?{view.query}" if view.query else report.address


def is_full(user: User) -> bool:
    return SavedView.objects.filter(user=user).count() >= MOST


def may_open(user: User, view: SavedView) -> bool:
    """Whether the person may still see the report at all; what of it, the report itself asks when it is opened."""
    report = REPORTS.get(view.report)
    return report is not None and may(user, report.permission)


def views_of(user: User) -> list[tuple[SavedView, ReportEntry, str]]:
    """Each view that the person can open, with its report and address, by name; one query."""
    rows = SavedView.objects.filter(user=user)[:MOST]
    return [(view, REPORTS[view.report], address_of(view)) for view in rows if may_open(user, view)]


def held(user: User) -> Iterable[Mapping[str, Any]]:
    """What the portal keeps of it about the person."""
    rows = SavedView.objects.filter(user=user).order_by("pk")
    return rows.values("name", "report", "query", "delivery", "sent_on", "created_at")

"""HTTP for the public figures: the pages, the same bytes for everybody, and all their cells as files."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.http import require_safe

from lessons.pages import PUBLIC_FOR, public_page, render_page
from portal.reports.exports import csv_file, xlsx_file
from portal.reports.public.drawing import MOST_MONTHS, over_time
from portal.reports.public.page import course_page, overview
from portal.reports.public.publishing import limits_of_settings, publish_if_due
from portal.reports.public.released import months_published
from portal.reports.public.tables import Row, rows_of

View = Callable[..., HttpResponseBase]


def if_wanted(view: View) -> View:
    """Not there where the nation does not publish figures; what is due is published before it is asked for."""

    @wraps(view)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not settings.STATISTICS:
            raise Http404
        publish_if_due()
        return view(request, **kwargs)

    return checked


@require_safe
@if_wanted
@public_page
def statistics(request: HttpRequest, month: date | None = None) -> str:
    """A month, or the latest: each course in the whole nation."""
    shown = overview(month, _language())
    return render_page(request, "statistics/overview.html", _told() | {"overview": shown})


@require_safe
@if_wanted
@public_page
def course(request: HttpRequest, month: date, course: str, region: str = "") -> str:
    """A course in the nation or a region: over the months, and by the places below."""
    page = course_page(month, course, region, _language())
    chart = over_time(page.over_time, rtl=get_language_bidi())
    context = {"page": page, "titled": chart, "region": region, "most_months": MOST_MONTHS}
    return render_page(request, "statistics/course.html", _told() | context)


@require_safe
@if_wanted
def figures_csv(_request: HttpRequest, month: date | None = None) -> HttpResponse:
    return _for_everybody(csv_file(_file_name(month, "csv"), _rows(month)))


@require_safe
@if_wanted
def figures_xlsx(_request: HttpRequest, month: date | None = None) -> HttpResponse:
    return _for_everybody(xlsx_file(_file_name(month, "xlsx"), _rows(month), rtl=get_language_bidi()))


def _rows(month: date | None) -> Iterator[Row]:
    if month and month not in months_published():
        raise Http404
    return rows_of(month, _language())


def _for_everybody(response: Any) -> Any:
    response.headers["Cache-Control"] = PUBLIC_FOR
    return response


def _told() -> dict[str, Any]:
    return {"limits": limits_of_settings(), "licence": settings.STATISTICS_LICENCE}


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _file_name(month: date | None, kind: str) -> str:
    return f"figures-{month:%Y-%m}.{kind}" if month else f"figures.{kind}"

"""HTTP for the page of what is collected, and why."""

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.http import require_safe

from lessons.pages import public_page, render_page
from portal.accounts.privacy.page import shown_kinds
from portal.accounts.retention import rules


@require_safe
@public_page
def privacy(request: HttpRequest) -> str:
    context = {"kinds": shown_kinds(), "rules": rules(), "days": settings.ERASE_DAYS}
    return render_page(request, "home/privacy.html", context)

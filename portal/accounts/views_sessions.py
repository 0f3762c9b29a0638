from typing import cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts import sessions
from portal.accounts.audit import record
from portal.accounts.models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Where one is logged in; one of these ended, or all but this one."""
    if request.method != "POST":
        return render(request, "accounts/sessions.html", {"places": sessions.places_of(request)})
    rows, here = sessions.rows_of(cast("User", request.user)), request.session.session_key
    if "others" in request.POST:
        return _ended(request, sessions.end(rows.exclude(session_key=here)))
    chosen = request.POST.get("end", "")
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 19):
        raise BadRequest
    if rows.filter(pk=chosen, session_key=here).exists():
        get_adapter().logout(request)
        return redirect("account_login")
    return _ended(request, sessions.end(rows.filter(pk=chosen)))


def _ended(request: HttpRequest, count: int) -> HttpResponse:
    if count:
        record(request, "session.ended", request.user.pk, sessions=count)
        messages.success(request, _("Logged out there."))
    else:
        messages.info(request, _("That log-in had ended already."))
    return redirect("account_sessions")

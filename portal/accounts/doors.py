"""How a room for staff turns people away: guests to the log-in, others with 403, staff to their second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.accounts.kept import page_before, typed_texts
from portal.accounts.second_factor import lacks_second_factor

View = Callable[..., HttpResponseBase]
Opens = Callable[[Any], bool]


def guard(opens: Opens) -> Callable[[View], View]:
    """A decorator for views that only those may enter for whom `opens(user)` is true."""

    def decorator(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = turned_away(request, opens) or view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return guarded

    return decorator


def turned_away(request: HttpRequest, opens: Opens) -> HttpResponseBase | None:
    """The response for someone who may not enter, None for someone who may; raises PermissionDenied (403)."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    if not opens(request.user):
        raise PermissionDenied
    if lacks_second_factor(request.user):
        messages.warning(request, _("Your role needs a second factor. Set one up here, then go on."))
        return redirect("mfa_index")
    return None


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """The way to the log-in and back. What was typed into a form before the session ended is shown to be copied."""
    typed = typed_texts(request) if request.method == "POST" else []
    back = page_before(request) if request.method == "POST" else request.get_full_path()
    if not typed:
        return redirect_to_login(back)
    login_url = f"{resolve_url('account_login')}?{urlencode({'next': back})}"
    return render(request, "accounts/logged_out.html", {"typed": typed, "login_url": login_url}, status=403)

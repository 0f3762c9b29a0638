"""HTTP for an account that is being closed: it is taken back by whoever logs in to it in time."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.audit import record
from portal.accounts.closing import take_back
from portal.accounts.models import User
from portal.accounts.returning import forget, returning


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """After the log-in to a closed account: the day on which it goes, and one press to keep it."""
    person = returning(request)
    if person is None:
        return redirect("account_login")
    if request.method == "POST":
        return _kept(request, person) if "keep" in request.POST else _left(request)
    return render(request, "accounts/keep.html", {"person": person})


def _kept(request: HttpRequest, person: User) -> HttpResponse:
    forget(request)
    take_back(person)
    person.refresh_from_db()
    adapter = get_adapter()
    adapter.login(request, person)
    record(request, "account.kept", person.pk)
    messages.success(request, _("Your account is open again, with everything in it."))
    return redirect(adapter.get_login_redirect_url(request))


def _left(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return redirect("account_deleted")

"""HTTP for people who join an organisation, look at those they belong to, or leave one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.joining.domains import offered_to
from portal.accounts.joining.forms import JoinForm
from portal.accounts.joining.guessing import may_guess, was_wrong
from portal.accounts.joining.invitations import (
    NoLonger,
    invitation_by_code,
    invitation_by_link,
    is_member,
    join,
    join_by,
    leave,
    read_out,
)
from portal.accounts.joining.names import organisation_names
from portal.accounts.models import Invitation, Organisation
from portal.accounts.periods import as_of
from portal.accounts.reminding.stopping import stop, want_again, wants

form_view = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_view
def enter_code(request: HttpRequest) -> HttpResponse:
    """A field for the code; a right one leads to its organisation."""
    form = JoinForm(request.POST or None)
    status = 200
    if form.is_valid():
        if not may_guess(request):
            form.add_error("code", _("Too many attempts in a short time. Wait an hour, or ask for the link instead."))
            status = 429
        elif found := invitation_by_code(form.cleaned_data["code"], timezone.localdate()):
            return redirect("account_join", read_out(found.code))
        else:
            was_wrong(request)
            form.add_error("code", _("There is no such code, or it no longer holds. Look at it again, or ask anew."))
    return render(request, "accounts/join_code.html", {"form": form}, status=status)


@never_cache
@form_view
def join_organisation(request: HttpRequest, key: str) -> HttpResponse:
    """Which organisation it is and what its managers will see; the person says yes, after a log-in if need be."""
    today = timezone.localdate()
    found = invitation_by_link(key, today)
    if found is None and not may_guess(request):
        return render(request, "accounts/join_no_longer.html", {"too_many": True}, status=429)
    found = found or invitation_by_code(key, today)
    if found is None:
        was_wrong(request)
        return render(request, "accounts/join_no_longer.html", {}, status=404)
    user: Any = request.user
    if request.method == "POST" and user.is_authenticated:
        return _join(request, found)
    context = {
        "name": _name(found.organisation_id),
        "path": request.path,
        "is_member": user.is_authenticated and is_member(user, found.organisation_id),
    }
    return render(request, "accounts/join.html", context)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user: Any = request.user
    try:
        is_new = join_by(invitation, user, timezone.localdate())
    except NoLonger:
        return render(request, "accounts/join_no_longer.html", {}, status=409)
    _tell(request, invitation.organisation, is_new=is_new, way="invitation")
    return redirect("account_organisations")


def _tell(request: HttpRequest, organisation: Organisation, *, is_new: bool, way: str) -> None:
    words = {"name": _name(organisation.pk)}
    if is_new:
        record(request, "membership.joined", request.user.pk, organisation=organisation.code, way=way)
        messages.success(request, _("You now belong to %(name)s.") % words)
    else:
        messages.info(request, _("You belong to %(name)s already.") % words)


@never_cache
@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """What the person belongs to, with the way out of it; and what their address says they may belong to."""
    user: Any = request.user
    today = timezone.localdate()
    rows = list(user.memberships.filter(as_of(today), to_day=None).select_related("organisation").order_by("from_day"))
    offered = offered_to(user)
    names = organisation_names([*(row.organisation_id for row in rows), *(o.pk for o in offered)], reader_language())
    context = {
        "memberships": [(row, names[row.organisation_id]) for row in rows],
        "offered": [(place, names[place.pk]) for place in offered],
        "reminders": wants(user),
    }
    return render(request, "accounts/organisations.html", context)


@login_required
@require_POST
def join_offered(request: HttpRequest, code: str) -> HttpResponse:
    """The person says that they belong to an organisation of whose domain they have a confirmed address."""
    user: Any = request.user
    place = next((place for place in offered_to(user) if place.code == code), None)
    if place is None:
        raise Http404
    _tell(request, place, is_new=join(user, place.pk, timezone.localdate()), way="domain")
    return redirect("account_organisations")


@never_cache
@login_required
@form_view
def leave_organisation(request: HttpRequest, membership: int) -> HttpResponse:
    """Asks first, and says what stays; then the membership ends today."""
    user: Any = request.user
    today = timezone.localdate()
    row = user.memberships.filter(as_of(today), to_day=None, pk=membership).select_related("organisation").first()
    if row is None:
        raise Http404
    name = _name(row.organisation_id)
    if request.method != "POST":
        return render(request, "accounts/leave.html", {"name": name, "membership": row})
    if leave(user, membership, today):
        record(request, "membership.left", user.pk, organisation=row.organisation.code)
    messages.success(
        request, _("You no longer belong to %(name)s. What you have learned stays yours.") % {"name": name}
    )
    return redirect("account_organisations")


@login_required
@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Reminders by e-mail, wanted or not."""
    user: Any = request.user
    if "wanted" in request.POST:
        want_again(user)
    else:
        stop(user)
    messages.success(request, _("Saved."))
    return redirect("account_organisations")


def _name(organisation_id: int) -> str:
    return organisation_names([organisation_id], reader_language())[organisation_id]

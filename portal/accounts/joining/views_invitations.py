"""HTTP for a manager's invitations to an organisation, and for the domains that an administrator gives it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import qrcode
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage

from portal.accounts.arranging.reach import ARRANGE
from portal.accounts.audit import record
from portal.accounts.joining.domains import DomainFault, domains_of, set_domains
from portal.accounts.joining.forms import DomainsForm, InvitationForm
from portal.accounts.joining.invitations import MOST_OPEN, invitations_to, invite, read_out, withdraw
from portal.accounts.models import Invitation
from portal.accounts.organisations.here import here, manages
from portal.accounts.rights import may_everywhere, needed_everywhere

form_view = require_http_methods(["GET", "HEAD", "POST"])


@manages
@form_view
def invitations(request: HttpRequest, code: str) -> HttpResponse:
    """The invitations that hold, and a form for another; for an administrator of the nation the domains too."""
    place = here(request, code)
    user: Any = request.user
    form = InvitationForm(request.POST or None, today=place.today)
    rows = list(invitations_to(place.place.pk, place.today)[:MOST_OPEN])
    if form.is_valid():
        if len(rows) < MOST_OPEN:
            last = form.cleaned_data["last_day"]
            made = invite(place.place.pk, user, last + timedelta(days=1), form.cleaned_data["most"])
            record(request, "invitation.made", code, last_day=last.isoformat(), most=made.most)
            return redirect("organisations:invitation", code, made.pk)
        form.add_error(None, _("There are very many invitations already. Withdraw one first."))
    context = place.context() | {"form": form, "invitations": [(row, read_out(row.code)) for row in rows]}
    context["domains"] = domains_of(place.place.pk)
    context["sets_domains"] = may_everywhere(user, ARRANGE)
    return render(request, "organisations/invitations.html", context)


@manages
@require_safe
def invitation(request: HttpRequest, code: str, invitation: int) -> HttpResponse:
    """One invitation, to be printed: the link as a picture that phones read, and the code."""
    place = here(request, code)
    row = get_object_or_404(invitations_to(place.place.pk, place.today), pk=invitation)
    link = urljoin(settings.ORIGIN, reverse("account_join", args=[row.token]))
    picture = qrcode.make(link, image_factory=SvgPathFillImage).to_string(encoding="unicode")
    context = {
        "invitation": row,
        "last_day": row.expires_on - timedelta(days=1),
        "shown_code": read_out(row.code),
        "link": link,
        "page": urljoin(settings.ORIGIN, reverse("account_enter_join_code")),
        "picture": mark_safe(picture),  # noqa: S308 - drawn by us from our own address
    }
    return render(request, "organisations/invitation.html", place.context() | context)


@manages
@require_POST
def withdraw_invitation(request: HttpRequest, code: str, invitation: int) -> HttpResponse:
    place = here(request, code)
    row = get_object_or_404(Invitation, organisation=place.place.pk, withdrawn_at=None, pk=invitation)
    withdraw(row)
    record(request, "invitation.withdrawn", code, joined=row.joined)
    messages.success(request, _("The invitation no longer holds. Who has joined stays a member."))
    return redirect("organisations:invitations", code)


@needed_everywhere(ARRANGE)
@form_view
def domains(request: HttpRequest, code: str) -> HttpResponse:
    """The domains whose confirmed addresses belong to the organisation: an administrator of the nation vouches."""
    place = here(request, code)
    form = DomainsForm(request.POST or None, initial={"domains": "\n".join(domains_of(place.place.pk))})
    if form.is_valid():
        try:
            set_domains(place.place.pk, form.cleaned_data["domains"])
        except DomainFault as fault:
            form.add_error("domains", str(fault))
        else:
            record(request, "organisation.domains", code, domains=form.cleaned_data["domains"])
            messages.success(request, _("Saved."))
            return redirect("organisations:invitations", code)
    return render(request, "organisations/domains.html", place.context() | {"form": form})

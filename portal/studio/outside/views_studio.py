"""HTTP for reviewers: making links for experts, and taking them back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.rights import permission_required
from portal.studio.authorship import wrote_part
from portal.studio.models import Invitation, Release
from portal.studio.outside.forms import InvitationForm
from portal.studio.outside.invitations import invite, revoke
from portal.studio.releases import UNDER_WAY
from portal.studio.views_release import show


@permission_required("studio.open")
@require_POST
def invite_expert(request: HttpRequest, release: int) -> HttpResponse:
    """A link to what is under review now; its authors do not choose who vouches for it."""
    found, person = get_object_or_404(Release, pk=release), _person(request)
    form = InvitationForm(request.POST)
    if found.state not in UNDER_WAY:
        messages.error(request, _("Only what is in review can be shown to an expert."))
        return _back(found)
    if wrote_part(person, found):
        messages.error(request, _("You wrote this, or part of it: ask somebody else in the studio to make the link."))
        return _back(found)
    if not form.is_valid():
        return show(request, found, invitation=form, status=422)
    said = form.cleaned_data
    invite(found, person, said["language"], said["days"], said["name"], said["email"])
    messages.success(request, _("The link is made. Copy it below, and send it to the expert yourself."))
    return _back(found)


@permission_required("studio.open")
@require_POST
def revoke_link(request: HttpRequest, release: int, invitation: int) -> HttpResponse:
    found = get_object_or_404(Invitation, pk=invitation, release=release)
    revoke(found, _person(request))
    messages.success(request, _("The link opens nothing any more."))
    return _back(found.release)


def _back(release: Release) -> HttpResponse:
    return redirect(reverse("studio:release", kwargs={"release": release.pk}) + "#experts")


def _person(request: HttpRequest) -> Any:
    return request.user

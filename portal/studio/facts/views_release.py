"""HTTP for sending values of local facts to review."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.readiness import NotReady
from lessons.words import reader_language
from portal.accounts.rights import may, needed_everywhere
from portal.studio import releases
from portal.studio.facts.picks import picks_of_facts
from portal.studio.forms import ReleaseForm
from portal.studio.models import Release
from portal.studio.picks import PickGroup, put_into
from portal.studio.reasons import places_of
from portal.studio.refusals import ReleaseError


@needed_everywhere("facts.write")
@require_http_methods(["GET", "HEAD", "POST"])
def send_facts(request: HttpRequest) -> HttpResponse:
    """Pick values that are drafts, and send them to review together."""
    groups = picks_of_facts(reader_language())
    picks = [pick.value for group in groups for pick in group.picks]
    initial = {"title": _("Local facts"), "picks": picks}
    form = ReleaseForm(request.POST if request.method == "POST" else None, picks=picks, initial=initial)
    context: dict[str, Any] = {"form": form, "groups": groups, "of_facts": True, "studio": _studio(request)}
    if request.method != "POST":
        return render(request, "studio/facts/send.html", context)
    if not form.is_valid():
        return render(request, "studio/facts/send.html", context, status=422)
    try:
        release = _submit(request, form, groups)
    except NotReady as refusal:
        context["reasons"] = places_of(refusal.reasons)
        return render(request, "studio/facts/send.html", context, status=422)
    except ReleaseError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "studio/facts/send.html", context, status=409)
    messages.success(request, _("Sent to review. Nobody can change these drafts until the review is over."))
    return redirect("studio:release", release=release.pk) if _studio(request) else redirect("studio:facts")


def _studio(request: HttpRequest) -> bool:
    return may(request.user, "studio.open")


@transaction.atomic
def _submit(request: HttpRequest, form: ReleaseForm, groups: list[PickGroup]) -> Release:
    """All or nothing: a release that is not ready is not kept."""
    author: Any = request.user
    release = Release(author=author, title=form.cleaned_data["title"], note=form.cleaned_data["note"])
    release.save()
    put_into(release, groups, form.cleaned_data["picks"])
    releases.submit(release, author)
    return release

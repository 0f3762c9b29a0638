"""HTTP for a file of regions and organisations: it is looked at, then read in whole. For the nation's own only."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.arranging.files import Found, Otherwise, found_of, keep, read_in
from portal.accounts.arranging.forms import PlacesFileForm
from portal.accounts.arranging.reach import ARRANGE
from portal.accounts.audit import record
from portal.accounts.models import PlacesFile
from portal.accounts.place_files import COLUMNS
from portal.accounts.rights import needed_everywhere


@needed_everywhere(ARRANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """A form to send a file; and of the one that was sent, what it would do or what is wrong in it."""
    user: Any = request.user
    form = PlacesFileForm(request.POST, request.FILES) if request.method == "POST" else PlacesFileForm()
    if form.is_valid():
        keep(form.cleaned_data["file"], user)
        return redirect("places:file")
    row = PlacesFile.objects.defer("data").filter(sent_by=user).first()
    context = {"form": form, "file": row, "found": found_of(row) if row else None, "columns": COLUMNS}
    return render(request, "places/file.html", context)


@needed_everywhere(ARRANGE)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Reads in what was sent, exactly as it was shown; or throws it away."""
    user: Any = request.user
    row = get_object_or_404(PlacesFile, sent_by=user)
    if "discard" in request.POST:
        row.delete()
        messages.success(request, _("The file was thrown away. Nothing was changed."))
        return redirect("places:file")
    try:
        read_in(row, lambda found: _note(request, row, found))
    except Otherwise:
        messages.warning(request, _("The portal has changed since you looked. Nothing was read in: look once more."))
        return redirect("places:file")
    messages.success(request, _("“%(name)s” was read in.") % {"name": row.name})
    return redirect("places:file")


def _note(request: HttpRequest, row: PlacesFile, found: Found) -> None:
    record(request, "places.read", row.name, created=len(found.created), changed=len(found.changed))

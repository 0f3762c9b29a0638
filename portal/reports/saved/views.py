"""HTTP for saved views: save one, rename it, have it sent, delete it. Another person's is not there (404)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.rights import may, permission_required
from portal.reports.models import SavedView
from portal.reports.saved.forms import NewViewForm, SavedViewForm
from portal.reports.saved.keeping import address_of, read_address

reads_reports = permission_required("reports.view")
form_view = require_http_methods(["GET", "HEAD", "POST"])


@reads_reports
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """Saves the report whose address is given."""
    user: Any = request.user
    address = request.POST.get("address") or request.GET.get("address", "")
    form = NewViewForm(request.POST or None, user, initial={"address": address})
    if request.method == "POST" and form.is_valid():
        view = form.save()
        messages.success(request, _("The view is saved. It stands with the reports."))
        return redirect(address_of(view))
    found = read_address(address)
    report = found[0] if found and may(user, found[0].permission) else None
    return render(request, "reports/saved/new.html", {"form": form, "report": report, "address": address})


@reads_reports
@form_view
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, other days of delivery, or the view is deleted."""
    user: Any = request.user
    view = get_object_or_404(SavedView, pk=pk, user=user)
    if request.method == "POST" and "delete" in request.POST:
        view.delete()
        messages.success(request, _("The view is deleted. The report itself is still there."))
        return redirect("reports:home")
    form = SavedViewForm(request.POST or None, user, instance=view)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("reports:home")
    name = SavedView.objects.values_list("name", flat=True).get(pk=pk)
    return render(request, "reports/saved/change.html", {"form": form, "name": name, "pk": pk})

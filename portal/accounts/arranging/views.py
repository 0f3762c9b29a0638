"""HTTP for arranging the trees of organisations and regions. What is not open to the person is not there (404)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.words import reader_language
from portal.accounts.arranging import deeds
from portal.accounts.arranging.branch import page_of
from portal.accounts.arranging.forms import NewPlaceForm, PlaceForm, initial_of, taken
from portal.accounts.arranging.reach import ARRANGE, KINDS, Reach, reach_of
from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.accounts.trees import Place
from portal.language.formats import listing, number

arranges = permission_required(ARRANGE)
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _reach(request: HttpRequest, kind: str) -> Reach:
    reach = reach_of(request.user, KINDS[kind], timezone.localdate(), reader_language())
    if reach is None:
        raise PermissionDenied
    return reach


def _changeable(reach: Reach, code: str) -> Place:
    place = reach.branches.find(code)
    if place is None or not reach.may_change(place):
        raise Http404
    return place


@arranges
@require_safe
def tree(request: HttpRequest, kind: str) -> HttpResponse:
    """The places that are open to the person, to be arranged."""
    reach = _reach(request, kind)
    shown = page_of(request, reach.branches)
    lines = [(line, reach.may_change(line.place)) for line in shown.lines]
    trail = reach.branches.way_to(shown.at) if shown.at else []
    return render(request, "places/tree.html", _context(reach) | {"shown": shown, "lines": lines, "trail": trail})


@arranges
@form_view
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new place, below the one that `?below=` names or another."""
    reach = _reach(request, kind)
    form = NewPlaceForm(request.POST or None, reach=reach, initial={"parent": request.GET.get("below", "")[:60]})
    if form.is_valid() and (code := _added(request, reach, form)):
        return redirect(_address_of(reach, code))
    return render(request, "places/add.html", _context(reach) | {"form": form})


def _added(request: HttpRequest, reach: Reach, form: NewPlaceForm) -> str:
    """The code of the new place; empty with the reason in the form where it could not be made."""
    code, parent = form.cleaned_data["code"], form.cleaned_data["parent"]
    try:
        deeds.add_place(reach.kind, code, form.names, parent.pk if parent else None)
    except IntegrityError:  # somebody else took it a moment ago
        form.add_error("code", taken())
        return ""
    except deeds.Gone:
        form.add_error("parent", _gone())
        return ""
    record(request, "place.added", code, kind=reach.kind.owner, below=parent.code if parent else "")
    messages.success(request, _("Saved."))
    return str(code)


@arranges
@form_view
def change(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Other names, another place above; and the way to remove it."""
    reach = _reach(request, kind)
    place = _changeable(reach, code)
    names = deeds.names_of(reach.kind, place.pk)
    above = reach.branches.tree.places.get(place.parent) if place.parent else None
    form = PlaceForm(request.POST or None, reach=reach, place=place, initial=initial_of(names, above))
    if form.is_valid() and _changed(request, reach, place, form, names):
        messages.success(request, _("Saved."))
        return redirect(_address_of(reach, code))
    return render(request, "places/change.html", _context(reach) | {"form": form, "place": place})


def _changed(request: HttpRequest, reach: Reach, place: Place, form: PlaceForm, names: dict[str, str]) -> bool:
    parent: Place | None = form.cleaned_data["parent"]
    new = {language: name for language, name in form.names.items() if name}
    try:
        if (parent.pk if parent else None) != place.parent:
            deeds.move_place(reach.kind, place.pk, parent.pk if parent else None)
            before = reach.branches.tree.places[place.parent].code if place.parent else ""
            moved = {"before": before, "below": parent.code if parent else ""}
            record(request, "place.moved", place.code, kind=reach.kind.owner, **moved)
        if new != names:
            deeds.rename_place(reach.kind, place.pk, new)
            record(request, "place.renamed", place.code, kind=reach.kind.owner, before=names, names=new)
    except deeds.Ring:
        form.add_error("parent", _("This stands below it, or is it. Choose another place."))
        return False
    except deeds.Gone:
        form.add_error("parent", _gone())
        return False
    return True


@arranges
@require_POST
def remove(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Removes a place on which nothing hangs; else says what does."""
    reach = _reach(request, kind)
    place = _changeable(reach, code)
    try:
        deeds.remove_place(reach.kind, place.pk)
    except deeds.Hanging as hanging:
        messages.warning(request, _("It cannot be removed. On it hang: %(what)s.") % {"what": _told(hanging.what)})
        return redirect("places:change", kind, code)
    except deeds.Gone:
        raise Http404 from None
    record(request, "place.removed", code, kind=reach.kind.owner, name=place.name)
    messages.success(request, _("“%(name)s” has been removed.") % {"name": place.name})
    return redirect("places:tree", kind)


def _told(what: dict[str, int]) -> str:
    return listing([f"{name} ({number(count)})" for name, count in what.items()])


def _gone() -> str:
    return _("This place was removed a moment ago. Choose another one.")


def _address_of(reach: Reach, code: str) -> str:
    if reach.kind.name == "organisations":
        return reverse("organisations:organisation", args=[code])
    return f"{reverse('places:tree', args=[reach.kind.name])}?q={code}"


def _context(reach: Reach) -> dict[str, Any]:
    return {"kind": reach.kind.name, "whole": reach.whole}

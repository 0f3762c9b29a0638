"""HTTP for a file of members: sent, looked at, read in. Only who sent it sees it."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.member_files.columns import COLUMNS
from portal.accounts.member_files.files import (
    all_faults,
    begin_reading,
    files_of,
    is_stuck,
    keep,
    look_again,
    progress_of,
)
from portal.accounts.member_files.forms import MemberFileForm
from portal.accounts.models import MemberFile
from portal.accounts.organisations.here import Here, here, manages

SHOWN = 100
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@")


@manages
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """A form to send a table, and those that were sent in the last day."""
    place = here(request, code)
    user: Any = request.user
    form = MemberFileForm(request.POST, request.FILES) if request.method == "POST" else MemberFileForm()
    if form.is_valid():
        row = keep(form.cleaned_data["file"], place.place.pk, user, writes=form.cleaned_data["writes"])
        return redirect("organisations:member_file", code, row.pk)
    context = {"form": form, "files": files_of(user, place.place.pk)[:20], "columns": COLUMNS}
    return render(request, "organisations/member_files.html", place.context() | context)


@manages
@require_safe
def file(request: HttpRequest, code: str, file: int) -> HttpResponse:
    """What reading it would do, how far it is, or what was done."""
    place, row = _theirs(request, code, file)
    context = {
        "file": row,
        "works": row.state in (MemberFile.State.LOOKING, MemberFile.State.READING),
        "stuck": is_stuck(row),
        "progress": progress_of(row),
        "faults": row.found.get("faults", [])[:SHOWN],
    }
    return render(request, "organisations/member_file.html", place.context() | context)


@manages
@require_safe
def progress(request: HttpRequest, code: str, file: int) -> HttpResponse:
    """How far it is, for the page's script."""
    _place, row = _theirs(request, code, file)
    return JsonResponse({"state": row.state, "done": progress_of(row)})


@manages
@require_POST
def read(request: HttpRequest, code: str, file: int) -> HttpResponse:
    """Reads it in, looks at it once more, or throws it away."""
    _place, row = _theirs(request, code, file)
    language = get_language() or "ar"
    if "discard" in request.POST and (row.state == MemberFile.State.SEEN or is_stuck(row)):
        row.delete()
        messages.success(request, _("The file was thrown away. Nothing was changed."))
        return redirect("organisations:member_files", code)
    if "again" in request.POST:
        look_again(row, language)
    elif not begin_reading(row, language):
        messages.warning(request, _("This file cannot be read in, or was read in already."))
    return redirect("organisations:member_file", code, file)


@manages
@require_safe
def faults(request: HttpRequest, code: str, file: int) -> HttpResponse:
    """Everything that is wrong in it, as a table."""
    _place, row = _theirs(request, code, file)
    lines = [[str(line), _no_formula(message)] for line, message in all_faults(row)]
    return _table("faults.csv", [[pgettext("of a file", "line"), _("what is wrong")], *lines])


@manages
@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """A table to begin with, its columns named in the language of the page."""
    place = here(request, code)
    arabic = get_language() == "ar"
    head = [names[_arabic(names) if arabic else 0] for names in COLUMNS.values()]
    name = "سلمى حداد" if arabic else "Salma Haddad"
    return _table("members.csv", [head, ["salma@example.org", "", name, get_language() or "ar", "", place.place.code]])


def _arabic(names: tuple[str, ...]) -> int:
    """Where the first Arabic name stands."""
    return next(index for index, name in enumerate(names) if not name.isascii())


def _table(name: str, rows: list[list[str]]) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    response = HttpResponse(BOM + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _theirs(request: HttpRequest, code: str, file: int) -> tuple[Here, MemberFile]:
    """Raises Http404 for a file of somebody else, of another organisation, or one that has waited too long."""
    place = here(request, code)
    user: Any = request.user
    return place, get_object_or_404(files_of(user, place.place.pk), pk=file)

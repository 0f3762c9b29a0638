"""HTTP for course packages: a course as a zip, and a zip that is looked at first and then read in."""

import tempfile
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.models import Course
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.doors import guard
from portal.accounts.rights import may, may_everywhere, needed_everywhere, permission_required
from portal.exchange.faults import PackageFaults
from portal.exchange.forms import PackageForm
from portal.exchange.models import WaitingPackage
from portal.exchange.waiting import Found, Otherwise, found_of, keep, read_in, tried, waiting_for
from portal.exchange.writing.package import linked_with, write_package
from portal.exchange.zips import write_zip
from portal.studio.overview import course_lines

EXPORT, IMPORT = "courses.export", "courses.import"
NOT_WRITTEN = 409


@guard(lambda user: may(user, EXPORT) or may_everywhere(user, IMPORT))
@require_http_methods(["GET", "HEAD", "POST"])
def packages(request: HttpRequest) -> HttpResponseBase:
    """Courses to download; for who may read packages in, a form to send one, and those that wait."""
    if request.method == "POST":
        return _send(request)
    return _page(request, PackageForm())


@needed_everywhere(IMPORT)
def _send(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = PackageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    package = keep(form.cleaned_data["file"], user)
    _record(request, "package.tried", package, tried(package))
    return redirect("exchange:waiting", package.pk)


def _page(request: HttpRequest, form: PackageForm, status: int = 200) -> HttpResponse:
    user: Any = request.user
    reads = may_everywhere(user, IMPORT)
    context = {
        "studio": may(user, "studio.open"),
        "courses": course_lines(reader_language()) if may(user, EXPORT) else [],
        "form": form if reads else None,
        "waiting": waiting_for(user) if reads else [],
    }
    return render(request, "exchange/packages.html", context, status=status)


@permission_required(EXPORT)
@require_safe
def download(request: HttpRequest, course: str) -> HttpResponseBase:
    """What is published of the course, as a zip; with `?linked=1` the courses too that it names."""
    row = get_object_or_404(Course, slug=course, archived_at=None)
    courses = linked_with([row]) if request.GET.get("linked") else [row]
    return _zip(request, f"{row.key}.zip", courses)


@permission_required(EXPORT)
@require_safe
def download_all(request: HttpRequest) -> HttpResponseBase:
    """All courses with all that they share, as a zip."""
    return _zip(request, "courses.zip", None)


def _zip(request: HttpRequest, name: str, courses: Sequence[Course] | None) -> HttpResponseBase:
    try:
        written = write_package(courses)
    except PackageFaults as error:
        context = {"studio": may(request.user, "studio.open"), "faults": error.faults}
        return render(request, "exchange/not_written.html", context, status=NOT_WRITTEN)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_zip(written.files, file)
    size = file.tell()
    file.seek(0)
    record(request, "package.written", name, courses=written.courses, files=len(written.files), bytes=size)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@needed_everywhere(IMPORT)
@require_safe
def waiting(request: HttpRequest, package: uuid.UUID) -> HttpResponse:
    """What reading a package that was sent would do, or why it cannot be read."""
    row = _theirs(request, package)
    context = {"studio": may(request.user, "studio.open"), "package": row, "found": found_of(row)}
    return render(request, "exchange/waiting.html", context)


@needed_everywhere(IMPORT)
@require_POST
def look_again(request: HttpRequest, package: uuid.UUID) -> HttpResponse:
    """Tries the package once more: what it lacked may be there by now."""
    row = _theirs(request, package)
    _record(request, "package.tried", row, tried(row))
    return redirect("exchange:waiting", package)


@needed_everywhere(IMPORT)
@require_POST
def read(request: HttpRequest, package: uuid.UUID) -> HttpResponse:
    """Reads the package in and publishes what is new in it, exactly as it was shown."""
    row = _theirs(request, package)
    try:
        read_in(row, lambda found: _record(request, "package.read", row, found))
    except WaitingPackage.DoesNotExist:
        raise Http404 from None
    except Otherwise:
        messages.warning(request, _("The portal has changed since you looked. Nothing was read in: look once more."))
        return redirect("exchange:waiting", package)
    messages.success(request, _("“%(name)s” was read in.") % {"name": row.name})
    return redirect("exchange:packages")


@needed_everywhere(IMPORT)
@require_POST
def discard(request: HttpRequest, package: uuid.UUID) -> HttpResponse:
    """Throws away what was sent; courses stay as they are."""
    row = _theirs(request, package)
    _record(request, "package.discarded", row, found_of(row))
    row.delete()
    messages.success(request, _("“%(name)s” was thrown away. The courses are as they were.") % {"name": row.name})
    return redirect("exchange:packages")


def _theirs(request: HttpRequest, package: uuid.UUID) -> WaitingPackage:
    """Raises Http404 for a package of somebody else, or one that has waited too long."""
    user: Any = request.user
    found: WaitingPackage = get_object_or_404(waiting_for(user), pk=package)
    return found


def _record(request: HttpRequest, deed: str, package: WaitingPackage, found: Found) -> None:
    record(request, deed, package.name, sha256=package.sha256, bytes=package.size, **found.counts)

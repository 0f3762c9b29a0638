"""HTTP for what is said beside a paragraph or a question: saying it, answering it, settling it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.studio.forms import CommentForm
from portal.studio.models import Comment, Release
from portal.studio.outside.forms import RemarkForm
from portal.studio.refusals import ReleaseError
from portal.studio.review import remarks
from portal.studio.review.placing import remark
from portal.studio.views_release import show


@permission_required("studio.open")
@require_POST
def add(request: HttpRequest, release: int) -> HttpResponse:
    """A word beside a paragraph or a question of it; sent twice, it is kept once."""
    found, form = get_object_or_404(Release, pk=release), RemarkForm(request.POST)
    if not form.is_valid():
        return show(request, found, status=422, remark_form=form)
    place = form.cleaned_data["place"]
    try:
        remark(found, place, form.cleaned_data["text"], author=_person(request), guest=None)
    except ReleaseError as refusal:
        form.add_error("text", str(refusal))
        return show(request, found, status=409, remark_form=form)
    return redirect(f"{_address(found)}#{place}")


@permission_required("studio.open")
@require_POST
def reply(request: HttpRequest, comment: int) -> HttpResponse:
    """An answer to what was said there."""
    found, form = _find(comment), CommentForm(request.POST)
    if form.is_valid():
        remarks.answer(found, _person(request), form.cleaned_data["text"])
    else:
        messages.error(request, _("Write what you want to say first."))
    return _back(found)


@permission_required("studio.open")
@require_POST
def settle(request: HttpRequest, comment: int) -> HttpResponse:
    """It is done, or not done after all."""
    found, resolved = _find(comment), "again" not in request.POST
    remarks.settle(found, _person(request), resolved=resolved)
    deed = "remark.resolved" if resolved else "remark.opened_again"
    record(request, deed, found.release, release=found.release_id, comment=found.pk)
    return _back(found)


def _find(comment: int) -> Comment:
    """A remark that is no answer itself; raises Http404."""
    return get_object_or_404(Comment.objects.select_related("release"), pk=comment, answers=None)


def _back(found: Comment) -> HttpResponse:
    return redirect(f"{_address(found.release)}#remark-{found.pk}")


def _address(release: Release) -> str:
    return reverse("studio:release", kwargs={"release": release.pk})


def _person(request: HttpRequest) -> Any:
    return request.user

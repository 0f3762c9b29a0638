"""HTTP for sending drafts to review, and for reviewing them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.readiness import NotReady
from lessons.words import reader_language
from portal.accounts.models import User
from portal.accounts.rights import may, permission_required
from portal.studio import releases
from portal.studio.authorship import wrote_part
from portal.studio.courses.effects import effects_of_draft
from portal.studio.facts.picks import picks_of_facts
from portal.studio.forms import CommentForm, PublishForm, ReleaseForm
from portal.studio.models import Comment, Release
from portal.studio.outside.forms import InvitationForm
from portal.studio.overview import course_page
from portal.studio.picks import PickGroup, held_by, picks_around, picks_of_course, put_into
from portal.studio.reasons import places_of
from portal.studio.refusals import NotTicked, OwnWork, ReleaseError, TimePast
from portal.studio.review.deciding import decide, keep
from portal.studio.review.page import page_of
from portal.studio.review.portions import portion_of
from portal.studio.review.remarks import about_all, comments_of, open_remarks
from portal.studio.reviewing import pages_for_readers, review_of
from portal.studio.withdrawal import may_withdraw, withdraw

Deed = Callable[[Release], None]


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_release(request: HttpRequest, course: str) -> HttpResponse:
    """Pick from the drafts of a course, and send them to review together."""
    language = reader_language()
    page = course_page(course, language)
    if page is None:
        raise Http404
    groups = picks_of_course(course, language)
    release = Release(author=_person(request))
    initial = {"title": page.title, "picks": values_of(groups)}
    return pick_drafts(request, release, groups, initial, course=page, effects=effects_of_draft(course, language))


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_release(request: HttpRequest, release: int) -> HttpResponse:
    """A release that was sent back: change what is in it, and send it to review again."""
    found = get_object_or_404(Release, pk=release, author=_person(request))
    if found.state != Release.State.DRAFT:
        return redirect("studio:release", release=found.pk)
    language = reader_language()
    groups = picks_of_facts(language, found) + picks_around(found, language)
    initial = {"title": found.title, "note": found.note, "picks": held_by(found, groups)}
    return pick_drafts(request, found, groups, initial, comments=about_all(comments_of(found)))


def values_of(groups: list[PickGroup]) -> list[str]:
    return [pick.value for group in groups for pick in group.picks]


def _person(request: HttpRequest) -> Any:
    return request.user


def pick_drafts(
    request: HttpRequest, release: Release, groups: list[PickGroup], initial: dict[str, Any], **more: Any
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ReleaseForm(sent, picks=values_of(groups), initial=initial)
    context = {"form": form, "groups": groups, "release": release, **more}
    if request.method != "POST":
        return render(request, "studio/release_form.html", context)
    if not form.is_valid():
        return render(request, "studio/release_form.html", context, status=422)
    try:
        _submit(release, form, groups, _person(request))
    except NotReady as refusal:
        context["reasons"] = places_of(refusal.reasons)
        return render(request, "studio/release_form.html", context, status=422)
    except ReleaseError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "studio/release_form.html", context, status=409)
    messages.success(request, _("Sent to review. Nobody can change these drafts until the review is over."))
    return redirect("studio:release", release=release.pk)


@transaction.atomic
def _submit(release: Release, form: ReleaseForm, groups: list[PickGroup], by: User) -> None:
    """All or nothing: a release that is not ready is not kept."""
    release.title, release.note = form.cleaned_data["title"], form.cleaned_data["note"]
    release.save()
    put_into(release, groups, form.cleaned_data["picks"])
    releases.submit(release, by)


@permission_required("studio.open")
@require_safe
def release(request: HttpRequest, release: int) -> HttpResponse:
    """Everything in a release beside what readers have now, with what can be done about it."""
    return show(request, _find(release))


def _find(release: int) -> Release:
    return get_object_or_404(Release.objects.select_related("author", "reviewer"), pk=release)


def show(
    request: HttpRequest,
    found: Release,
    comment: CommentForm | None = None,
    publish: PublishForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The release's page, with forms that were refused."""
    person, language = _person(request), reader_language()
    under_way = found.state in releases.UNDER_WAY
    own = wrote_part(person, found)
    portion = portion_of(found, request.GET.get("page", ""))
    context = {
        "release": found,
        "portion": portion,
        **page_of(found, review_of(found, language, portion.lessons), request.GET.get("show", "")),
        "comment_form": comment or CommentForm(),
        "publish_form": publish or PublishForm(initial={"publish_at": found.publish_at}),
        "invitation": InvitationForm(initial={"language": language}),
        "reviews": under_way and not own and may(person, "studio.review"),
        "own": own,
        "under_way": under_way,
        "withdraws": may_withdraw(person, found),
        "sends_again": found.state == Release.State.DRAFT and found.author_id == person.pk,
        "pages": _pages(found, language) if found.state == Release.State.PUBLISHED else [],
        "zone": timezone.get_current_timezone_name(),
    }
    if under_way and "reasons" not in more:
        context["reasons"] = places_of(releases.reasons_against(found))
    return render(request, "studio/release.html", context | more, status=status)


def _pages(found: Release, language: str) -> list[tuple[str, str]]:
    pages = pages_for_readers(found, language)
    return [
        (reverse("lessons:lesson", kwargs={"course": course, "lesson": lesson}), title)
        for course, lesson, title in pages
    ]


@permission_required("studio.review")
@require_POST
def publish(request: HttpRequest, release: int) -> HttpResponse:
    """Publish at once, or at the time that was chosen; doing it twice does it once."""
    found, form = _find(release), PublishForm(request.POST)
    if found.state == Release.State.PUBLISHED:
        messages.info(request, _("This release is published already."))
        return redirect("studio:release", release=found.pk)
    if not form.is_valid():
        return show(request, found, publish=form, status=422)
    person, at, ticks = _person(request), form.cleaned_data["publish_at"], form.cleaned_data["ticks"]
    said = _("Approved. It goes out by itself at the time you chose.") if at else _("Published. Readers see it now.")
    return _do(request, found, lambda each: decide(each, person, ticks, at), said, publish=form)


@permission_required("studio.review")
@require_POST
def keep_ticks(request: HttpRequest, release: int) -> HttpResponse:
    """Keep what was ticked, and decide nothing yet."""
    found, form = _find(release), PublishForm(request.POST)
    form.is_valid()
    person, ticks = _person(request), form.cleaned_data.get("ticks", [])
    return _do(request, found, lambda each: keep(each, person, ticks), _("What you ticked is kept."), publish=form)


@permission_required("studio.review")
@require_POST
def send_back(request: HttpRequest, release: int) -> HttpResponse:
    """Give it back to its author with a word of why."""
    found = _find(release)
    form = CommentForm(request.POST, required=not open_remarks().filter(release=found).exists())
    if not form.is_valid():
        return show(request, found, comment=form, status=422)
    person, text = _person(request), form.cleaned_data["text"]
    said = _("Sent back. Its author can change the drafts now.")
    return _do(request, found, lambda each: releases.send_back(each, person, text), said, comment=form)


def _do(request: HttpRequest, found: Release, deed: Deed, said: str, **forms: Any) -> HttpResponse:
    """A reviewer's deed; what is refused is said on the page, with what was typed still in it."""
    try:
        if wrote_part(_person(request), found):
            raise OwnWork(_("Somebody else must review this: you wrote it, or part of it, yourself."))
        deed(found)
    except NotReady as refusal:
        return show(request, found, status=409, reasons=places_of(refusal.reasons), **forms)
    except NotTicked as refusal:
        forms["publish"].add_error("ticks", str(refusal))
        return show(request, found, status=422, **forms)
    except TimePast as refusal:
        forms["publish"].add_error("publish_at", str(refusal))
        return show(request, found, status=409, **forms)
    except ReleaseError as refusal:
        found.refresh_from_db()
        return show(request, found, status=409, refusal=str(refusal), **forms)
    messages.success(request, said)
    return redirect("studio:release", release=found.pk)


@permission_required("studio.open")
@require_POST
def comment(request: HttpRequest, release: int) -> HttpResponse:
    """A word about the release that decides nothing."""
    found, form = _find(release), CommentForm(request.POST)
    if not form.is_valid():
        return show(request, found, comment=form, status=422)
    text = form.cleaned_data["text"]
    last = found.comments.order_by("-at", "-pk").first()
    if last is None or (last.author_id, last.text) != (_person(request).pk, text):
        Comment.objects.create(release=found, author=_person(request), text=text)
    return redirect(reverse("studio:release", kwargs={"release": found.pk}) + "#comments")


@permission_required("studio.write")
@require_POST
def withdraw_release(request: HttpRequest, release: int) -> HttpResponse:
    """Take it out of review; its drafts can be changed again."""
    found = _find(release)
    try:
        withdraw(_person(request), found)
    except ReleaseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. The drafts can be changed, and sent to review again."))
    return redirect("studio:release", release=found.pk)

"""HTTP for the studio's first page and for a course with its lessons."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.models import State
from lessons.words import reader_language
from portal.accounts.models import User
from portal.accounts.rights import may, may_everywhere, permission_required
from portal.studio.keeping.unsaved import unsaved_of
from portal.studio.models import Release
from portal.studio.overview import course_lines, course_page
from portal.studio.releases import UNDER_WAY
from portal.studio.unfinished import unfinished_of

MOST = 30


@permission_required("studio.open")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this person is writing, what waits for review, and every course."""
    user: Any = request.user
    language = reader_language()
    writes = may(user, "studio.write")
    context = {
        "writes": writes,
        "arranges": may_everywhere(user, "courses.arrange"),
        "corrects": may_everywhere(user, "answers.regrade"),
        "exports": may(user, "courses.export"),
        "drafts": unfinished_of(user, request.GET.get("page"), language) if writes else None,
        "unsaved": unsaved_of(user, language) if writes else [],
        "releases": _own(user) if writes else [],
        "waiting": _waiting()[:MOST] if may(user, "studio.review") else None,
        "courses": course_lines(language),
    }
    return render(request, "studio/home.html", context)


def _own(user: User) -> list[Release]:
    """The person's releases, the newest first; one that was sent back stands there as long as a draft is left of it."""
    left = (
        Q(revisions__state=State.DRAFT)
        | Q(versions__state=State.DRAFT)
        | Q(texts__state=State.DRAFT)
        | Q(editions__state=State.DRAFT)
        | Q(facts__state=State.DRAFT)
    )
    shown = ~Q(state__in=(Release.State.DRAFT, Release.State.WITHDRAWN)) | Q(left, state=Release.State.DRAFT)
    return list(Release.objects.filter(shown, author=user).distinct()[:MOST])


def _waiting() -> QuerySet[Release]:
    return Release.objects.filter(state__in=UNDER_WAY).select_related("author", "reviewer").order_by("submitted_at")


@permission_required("studio.open")
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """The modules and lessons of a course with the state of each language."""
    page = course_page(course, reader_language())
    if page is None:
        raise Http404
    context = {
        "course": page,
        "writes": may(request.user, "studio.write"),
        "exports": may(request.user, "courses.export"),
    }
    return render(request, "studio/course.html", context)

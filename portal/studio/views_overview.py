"""HTTP for the studio's first page and for a course with its lessons."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.models import Lesson, State
from lessons.words import reader_language
from portal.accounts.models import User
from portal.accounts.rights import may, may_everywhere, permission_required
from portal.studio.keeping.unsaved import unsaved_of
from portal.studio.models import Release
from portal.studio.overview import course_lines, course_page
from portal.studio.picks import picks_of_lessons
from portal.studio.releases import UNDER_WAY

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
        "corrects": may_everywhere(user, "answers.regrade"),
        "exports": may(user, "courses.export"),
        "drafts": picks_of_lessons(_lessons_with_drafts_of(user), language) if writes else [],
        "unsaved": unsaved_of(user, language) if writes else [],
        "releases": _own(user) if writes else [],
        "waiting": _waiting()[:MOST] if may(user, "studio.review") else None,
        "courses": course_lines(language),
    }
    return render(request, "studio/home.html", context)


def _lessons_with_drafts_of(user: User) -> QuerySet[Lesson]:
    draft = {"author": user, "state": State.DRAFT}
    ways = ("texts__revisions", "questions__versions", "questions__versions__texts")
    found = Q()
    for way in ways:
        found |= Q(pk__in=Lesson.objects.filter(**{f"{way}__{name}": value for name, value in draft.items()}))
    return Lesson.objects.filter(found)[:MOST]


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

"""HTTP for readers: every page here is public and cached for everybody."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.catalogue import LessonLine, course_cards, course_url, grouped, lesson_url, outline
from lessons.models import Media, Placement, Recording, Rendition, State
from lessons.pages import public_page, render_page, site
from lessons.ranges import file_or_part
from lessons.reading import course_page, lesson_page
from lessons.structured import course_data, lesson_data, topic_data
from lessons.suspending import notice_at, notice_of
from lessons.topics import topic_page, topic_tiles
from lessons.words import reader_language

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@public_page
def catalogue(request: HttpRequest) -> str:
    return render_page(request, "lessons/catalogue.html", {"groups": grouped(course_cards(reader_language()))})


@require_safe
@public_page
def course(request: HttpRequest, course: str) -> str:
    page = course_page(course, reader_language())
    if page is None:
        raise Http404
    structured = course_data(page, site(request)["origin"], reader_language())
    return render_page(request, "lessons/course.html", {"course": page, "structured": structured})


@require_safe
@public_page
def lesson(request: HttpRequest, course: str, lesson: str) -> str:
    language = reader_language()
    path = outline(course, language)
    line = path.line(lesson) if path else None
    page = lesson_page(line.id, language) if line else None
    if path is None or line is None or page is None:
        return _out_of_view(request, course, lesson)
    context: dict[str, Any] = {
        "lesson": page,
        "line": line,
        "course": path,
        "out_of_view": None if page.translated else notice_of(line.id, language),
        "module": {"title": line.module},
        "structured": lesson_data(page, path, line.url, site(request)["origin"]),
        "outline": [replace(other, current=other is line) for other in path.lessons],
    }
    return render_page(request, "lessons/lesson.html", context | _neighbours(path.lessons, line))


def _out_of_view(request: HttpRequest, course: str, lesson: str) -> str:
    """Why the lesson cannot be read now; raises Http404 where there is none."""
    notice = notice_at(course, lesson, reader_language())
    if notice is None:
        raise Http404
    others = course_url(course) if outline(course, reader_language()) else reverse("lessons:catalogue")
    return render_page(request, "lessons/out_of_view.html", {"notice": notice, "others_url": others})


def _neighbours(lines: tuple[LessonLine, ...], line: LessonLine) -> dict[str, LessonLine | None]:
    at = line.number - 1
    return {"previous": lines[at - 1] if at else None, "following": lines[at + 1] if at + 1 < len(lines) else None}


@require_safe
@public_page
def topics(request: HttpRequest) -> str:
    return render_page(request, "lessons/topics.html", {"tiles": topic_tiles(reader_language())})


@require_safe
@public_page
def topic(request: HttpRequest, topic: str) -> str:
    page = topic_page(topic, reader_language())
    if page is None:
        raise Http404
    structured = topic_data(page, topic, site(request)["origin"])
    return render_page(request, "lessons/topic.html", {"topic": page, "structured": structured})


@require_safe
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """A lesson by its permanent key, wherever it stands now."""
    place = (
        Placement.objects.filter(lesson__key=key, edition__state=State.PUBLISHED)
        .select_related("lesson", "edition__course")
        .order_by("edition__course__position", "pk")
        .first()
    )
    if place is None:
        raise Http404
    return redirect(lesson_url(place.edition.course.slug, place.lesson.slug))


@require_safe
def media(request: HttpRequest, sha256: str, ext: str) -> HttpResponseBase:
    """A picture by the hash of its bytes; it can run nothing, wherever it is opened."""
    found = Media.objects.filter(sha256=sha256).first() or Rendition.objects.filter(sha256=sha256).first()
    path = settings.MEDIA_ROOT / found.file if found else None
    if found is None or path is None or path.suffix != f".{ext}" or not path.is_file():
        raise Http404
    return _for_ever(FileResponse(path.open("rb"), content_type=found.mime))


@require_safe
def sound(request: HttpRequest, sha256: str, ext: str) -> HttpResponseBase:
    """A recording by the hash of its bytes, whole or in part."""
    found = Recording.objects.filter(sha256=sha256).first()
    path = settings.MEDIA_ROOT / found.file if found else None
    if found is None or path is None or path.suffix != f".{ext}" or not path.is_file():
        raise Http404
    return _for_ever(file_or_part(request, path, found.mime, f'"{sha256[:32]}"'))


def _for_ever(response: HttpResponseBase) -> HttpResponseBase:
    """The address holds the hash, so what is there never changes."""
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

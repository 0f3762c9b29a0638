"""What search engines are told of a course and a lesson, in the words of schema.org."""

from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from lessons.catalogue import Outline, course_url
from lessons.reading import CoursePage, LessonPage
from lessons.topics import TopicPage, topic_url

Data = dict[str, Any]
FREE: Data = {"@type": "Offer", "category": "Free"}


def course_data(course: CoursePage, origin: str, language: str) -> Data:
    """The course and the way to it, as one JSON-LD document."""
    url = f"{origin}{course_url(course.slug)}"
    described = {
        "@type": "Course",
        "@id": url,
        "url": url,
        "name": course.title,
        "description": course.summary,
        "inLanguage": language,
        "provider": provider(origin),
        "isAccessibleForFree": True,
        "offers": FREE,
        "educationalLevel": "Beginner",
        "timeRequired": duration(course.minutes),
        "teaches": course.outcomes,
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": duration(course.minutes),
        },
    }
    return _document(described, crumbs(origin, [(_("Courses"), reverse("lessons:catalogue")), (course.title, url)]))


def lesson_data(lesson: LessonPage, course: Outline, url: str, origin: str) -> Data:
    """The lesson as part of its course, and the way to it."""
    here = f"{origin}{url}"
    described = {
        "@type": "LearningResource",
        "@id": here,
        "url": here,
        "name": lesson.title,
        "description": lesson.summary,
        "inLanguage": lesson.language,
        "provider": provider(origin),
        "isAccessibleForFree": True,
        "learningResourceType": "Lesson",
        "educationalLevel": "Beginner",
        "timeRequired": duration(lesson.minutes),
        "datePublished": lesson.published_on.isoformat(),
        "isPartOf": {"@type": "Course", "@id": f"{origin}{course.url}", "name": course.title},
    }
    if lesson.objective:
        described["teaches"] = lesson.objective
    steps = [(_("Courses"), reverse("lessons:catalogue")), (course.title, course.url), (lesson.title, here)]
    return _document(described, crumbs(origin, steps))


def topic_data(topic: TopicPage, slug: str, origin: str) -> Data:
    """The first minute card as steps, and the way to it."""
    here = f"{origin}{topic_url(slug)}"
    described = {
        "@type": "HowTo",
        "@id": here,
        "url": here,
        "name": topic.name,
        "description": topic.summary,
        "inLanguage": topic.language,
        "provider": provider(origin),
        "step": [{"@type": "HowToStep", "text": unescape(strip_tags(line))} for line in topic.lines],
    }
    way = crumbs(origin, [(_("What to do when…"), reverse("lessons:topics")), (topic.name, here)])
    return _document(described, way) if topic.lines else _document(way)


def crumbs(origin: str, steps: list[tuple[str, str]]) -> Data:
    """The way from the catalogue to the page: names and addresses."""
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": url if url.startswith(origin) else origin + url}
        for at, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def provider(origin: str) -> Data:
    return {"@type": "Organization", "name": _("Civil Defense Portal"), "url": f"{origin}/"}


def duration(minutes: int) -> str:
    """Minutes as ISO 8601 writes them: 75 is PT1H15M."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def _document(*things: Data) -> Data:
    return {"@context": "https://schema.org", "@graph": list(things)}

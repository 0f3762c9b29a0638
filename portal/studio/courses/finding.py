"""What the pages of a course are about, found by its address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lessons.models import Course, CourseEdition, EditionText, State
from lessons.words import preferring, reader_language
from portal.studio.courses import editions


@dataclass(frozen=True)
class Draft:
    """A course with its edition in work."""

    course: Course
    title: str
    edition: CourseEdition

    @property
    def writable(self) -> bool:
        return bool(self.edition.state == State.DRAFT)


def find_course(slug: str) -> Course:
    """The course, published or not; raises Http404 for one that is archived."""
    return get_object_or_404(Course, slug=slug, archived_at=None)


def title_of_course(course: Course) -> str:
    """In the language of the page if there is one, of the newest edition."""
    texts = EditionText.objects.filter(edition__course=course).order_by(
        preferring(reader_language()), "-edition__number", "pk"
    )
    return texts.values_list("title", flat=True).first() or course.key


def draft_of(course: Course) -> Draft | None:
    """None where no edition of it is in work."""
    edition = editions.in_work(course)
    return Draft(course, title_of_course(course), edition) if edition else None


def writer(request: HttpRequest) -> Any:
    return request.user

"""Whose key and whose address it is: each belongs to one thing, in the package and in the portal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lessons.models import Course, Lesson, Topic
from portal.exchange.agreement import all_languages, languages_wanted
from portal.exchange.faults import FaultList
from portal.exchange.folders import Package
from portal.exchange.schemas import SHARED_FILES
from portal.exchange.yaml_text import Path


@dataclass(frozen=True)
class Place:
    """Something with a key, and where it stands."""

    authority: str
    document: Any
    path: Path
    part: Any

    @property
    def identity(self) -> tuple[str, str]:
        return self.authority, self.part.key

    def line(self, name: str) -> int:
        return self.document.line((*self.path, name))


def check_identity(package: Package, faults: FaultList) -> None:
    """Rows that several files share are the same in all; keys are unique, and so are addresses."""
    wanted = languages_wanted(package)
    for name in SHARED_FILES:
        first: dict[tuple[str, str], Place] = {}
        for place in _shared_places(package, name):
            if hasattr(place.part, "texts"):
                all_languages(place.document, place.path, place.part.texts, wanted, faults)
            _same_row(first.setdefault(place.identity, place), place, faults)
    courses, lessons = list(_courses(package)), list(_lessons(package))
    for places in (courses, lessons, list(_questions(package))):
        _unique_keys(places, faults)
    _free_slugs(Course, courses, faults)
    _free_slugs(Lesson, lessons, faults)
    _free_slugs(Topic, list(_shared_places(package, "topics.yaml")), faults)


def _shared_places(package: Package, name: str) -> Iterator[Place]:
    """Rows of a shared file, and their parts as rows of their own."""
    for authority, document, path, row in package.shared_rows(name):
        yield Place(authority, document, path, row)
        for at, part in enumerate(getattr(row, "parts", ())):
            yield Place(authority, document, (*path, "parts", at), part)


def _courses(package: Package) -> Iterator[Place]:
    for course in package.courses:
        yield Place(course.course.content.authority, course.course, (), course.course.content)


def _lessons(package: Package) -> Iterator[Place]:
    for course in package.courses:
        for folder in course.lessons.values():
            yield Place(course.course.content.authority, folder.lesson, (), folder.lesson.content)


def _questions(package: Package) -> Iterator[Place]:
    for course in package.courses:
        for folder in course.folders:
            quiz = folder.quiz
            for at, question in enumerate(quiz.content.questions) if quiz else ():
                yield Place(course.course.content.authority, quiz, ("questions", at), question)


def _same_row(first: Place, here: Place, faults: FaultList) -> None:
    """The same key may come again in another file with the same content, so that a course can travel alone."""
    if first is here or (first.document is not here.document and first.part == here.part):
        return
    message = _("“%(key)s” stands in %(file)s, line %(line)s too. Keep one of them, or make the two files agree.")
    details = {"key": here.part.key, "file": first.document.file, "line": first.line("key")}
    faults.add(here.document.file, here.line("key"), message % details)


def _unique_keys(places: Iterable[Place], faults: FaultList) -> None:
    first: dict[tuple[str, str], Place] = {}
    for here in places:
        other = first.setdefault(here.identity, here)
        if other is not here:
            message = _("The key “%(key)s” is taken by %(file)s, line %(line)s. Keys are for ever: choose another.")
            details = {"key": here.part.key, "file": other.document.file, "line": other.line("key")}
            faults.add(here.document.file, here.line("key"), message % details)


def _free_slugs(model: Any, places: list[Place], faults: FaultList) -> None:
    """An address that the portal or the package has given to something else cannot be given again."""
    rows = model.objects.filter(slug__in=[place.part.slug for place in places])
    taken = {slug: (authority, key) for slug, authority, key in rows.values_list("slug", "authority", "key")}
    for place in places:
        owner = taken.setdefault(place.part.slug, place.identity)
        if owner != place.identity:
            message = _("The address “%(slug)s” belongs to “%(key)s”. Choose another slug.")
            details = {"slug": place.part.slug, "key": owner[1]}
            faults.add(place.document.file, place.line("slug"), message % details)

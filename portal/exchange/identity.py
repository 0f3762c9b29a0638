"""Whose key and whose address it is: each belongs to one thing, in the package and in the portal."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lessons.models import Course, Lesson, Topic
from portal.exchange.agreement import Doc, all_languages, languages_wanted
from portal.exchange.faults import FaultList
from portal.exchange.folders import Package
from portal.exchange.schemas import SHARED_FILES
from portal.exchange.yaml_text import Path


def check_shared(package: Package, faults: FaultList) -> None:
    wanted = languages_wanted(package)
    for name in SHARED_FILES:
        first: dict[tuple[str, str], tuple[Doc, Path, Any]] = {}
        for authority, document, path, row in package.shared_rows(name):
            for at, part in enumerate((row, *getattr(row, "parts", ()))):
                part_path = path if at == 0 else (*path, "parts", at - 1)
                if hasattr(part, "texts"):
                    all_languages(document, part_path, part.texts, wanted, faults)
                _same_row(first, (authority, part.key), (document, part_path, part), faults)


def _same_row(first: dict[Any, Any], identity: tuple[str, str], here: tuple[Doc, Path, Any], faults: FaultList) -> None:
    """The same key may come again in another file with the same content, so that a course can travel alone."""
    document, path, row = here
    other, other_path, other_row = first.setdefault(identity, here)
    if other_row is row or (other is not document and other_row == row):
        return
    message = _("“%(key)s” stands in %(file)s, line %(line)s too. Keep one of them, or make the two files agree.")
    details = {"key": identity[1], "file": other.file, "line": other.line(other_path)}
    faults.add(document.file, document.line((*path, "key")), message % details)


def check_identity(package: Package, faults: FaultList) -> None:
    """Keys are unique in the package; addresses are unique in the portal."""
    lessons = [(course, folder) for course in package.courses for folder in course.lessons.values()]
    courses = [(course.course, ()) for course in package.courses]
    questions = [
        (folder.quiz, ("questions", at))
        for _course, folder in lessons
        if folder.quiz
        for at in range(len(folder.quiz.content.questions))
    ]
    _unique_keys(courses, faults)
    _unique_keys([(folder.lesson, ()) for _course, folder in lessons], faults)
    _unique_keys(questions, faults)
    _free_slugs(Course, [(course.course.content.authority, course.course) for course in package.courses], faults)
    _free_slugs(Lesson, [(course.course.content.authority, folder.lesson) for course, folder in lessons], faults)


def _unique_keys(places: Iterable[tuple[Doc, Path]], faults: FaultList) -> None:
    first: dict[str, tuple[str, int]] = {}
    for document, path in places:
        part = document.content.questions[path[1]] if path else document.content
        line = document.line((*path, "key"))
        other = first.setdefault(part.key, (document.file, line))
        if other != (document.file, line):
            message = _("The key “%(key)s” is taken by %(file)s, line %(line)s. Keys are for ever: choose another.")
            faults.add(document.file, line, message % {"key": part.key, "file": other[0], "line": other[1]})


def _free_slugs(model: Any, mine: list[tuple[str, Doc]], faults: FaultList) -> None:
    rows = model.objects.filter(slug__in=[document.content.slug for _authority, document in mine])
    taken = {slug: (authority, key) for slug, authority, key in rows.values_list("slug", "authority", "key")}
    for authority, document in mine:
        identity = (authority, document.content.key)
        owner = taken.setdefault(document.content.slug, identity)
        if owner != identity:
            message = _("The address “%(slug)s” belongs to “%(key)s”. Choose another slug.")
            details = {"slug": document.content.slug, "key": owner[1]}
            faults.add(document.file, document.line(("slug",)), message % details)

"""The page on which an edition is put in order: what its template shows of modules and lessons."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from lessons.models import Course, CourseEdition, EditionText, Lesson, Placement, Revision, State
from lessons.words import in_language
from portal.studio.comparison import Change, change
from portal.studio.courses.syllabus import LESSON, MODULE, Layout
from portal.studio.languages import direction, language_name
from portal.studio.overview import lesson_titles

MOST_TO_ADD = 1000


@dataclass(frozen=True)
class TitleField:
    """The title of a module in one language, with the name of its field."""

    name: str
    value: str
    language: str
    direction: str
    called: str


@dataclass(frozen=True)
class LessonRow:
    """A lesson in its place; `also` are the other courses in which it stands, `is_public` whether readers have it."""

    line: str
    title: str
    slug: str
    minutes: int
    is_public: bool
    also: list[str]


@dataclass(frozen=True)
class ModuleRow:
    """A module with its lessons; `called` is its title in the language of the page."""

    line: str
    key: str
    called: str
    titles: list[TitleField]
    lessons: list[LessonRow]


def title_name(module: str, language: str) -> str:
    """The name of the field of a module's title."""
    return f"title-{module}-{language}"


def module_rows(layout: Layout, course: Course, languages: Sequence[str], language: str) -> list[ModuleRow]:
    """Three queries, however many."""
    placed = [lesson for module in layout for lesson in module.lessons]
    lessons = _lessons(placed)
    titles, elsewhere = lesson_titles(placed, language), also_in(placed, course, language)
    return [
        ModuleRow(
            f"{MODULE}{module.key}",
            module.key,
            _called(module.titles, language, number),
            [
                TitleField(
                    title_name(module.key, code),
                    module.titles.get(code, ""),
                    code,
                    direction(code),
                    language_name(code),
                )
                for code in languages
            ],
            [
                _row(lessons[lesson], titles.get(lesson) or lessons[lesson].key, elsewhere[lesson])
                for lesson in module.lessons
                if lesson in lessons
            ],
        )
        for number, module in enumerate(layout, 1)
    ]


def _called(titles: Any, language: str, number: int) -> str:
    return titles.get(language) or next(iter(titles.values()), "") or _("Module %(number)s") % {"number": number}


def _lessons(ids: Collection[int]) -> dict[int, Any]:
    public = Revision.objects.filter(text__lesson=OuterRef("pk"), state=State.PUBLISHED)
    rows = Lesson.objects.filter(pk__in=ids).annotate(is_public=Exists(public))
    return {lesson.pk: lesson for lesson in rows}


def _row(lesson: Any, title: str, also: list[str]) -> LessonRow:
    return LessonRow(f"{LESSON}{lesson.pk}", title, lesson.slug, lesson.minutes, lesson.is_public, also)


def also_in(lessons: Collection[int], course: Course | None, language: str) -> dict[int, list[str]]:
    """By lesson the titles of the other courses in which it stands, published or in work. One query."""
    title = in_language(EditionText.objects.all(), "edition", "title", language, "edition")
    places: Any = Placement.objects.filter(lesson__in=lessons, edition__course__archived_at=None)
    places = places.exclude(edition__state=State.SUPERSEDED).exclude(edition__course=course)
    found: dict[int, list[str]] = defaultdict(list)
    ordered = places.order_by("edition__course__position", "edition__course", "edition__state", "-edition__number")
    seen = set()
    for lesson, of, said, key in ordered.annotate(course_title=title).values_list(
        "lesson", "edition__course", "course_title", "edition__course__key"
    ):
        if (lesson, of) not in seen:
            seen.add((lesson, of))
            found[lesson].append(said or key)
    return found


def lessons_to_add(layout: Layout, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(course, [(address, title)]): every lesson that does not stand in it, by the first course that it stands in."""
    placed = [lesson for module in layout for lesson in module.lessons]
    rows = Lesson.objects.filter(archived_at=None).exclude(pk__in=placed).order_by("key")[:MOST_TO_ADD]
    lessons = {lesson.pk: lesson for lesson in rows}
    titles, homes = lesson_titles(list(lessons), language), also_in(lessons, None, language)
    groups: dict[str, list[tuple[str, str]]] = {}
    for pk, lesson in lessons.items():
        home = homes[pk][0] if homes[pk] else _("In no course yet")
        groups.setdefault(home, []).append((lesson.slug, titles.get(pk) or lesson.key))
    return list(groups.items())


def order_lines(layout: Layout, titles: dict[int, str], language: str) -> list[str]:
    """The order as lines of text, to be compared."""
    lines = []
    for number, module in enumerate(layout, 1):
        lines.append(_called(module.titles, language, number))
        lines += [f"  {titles.get(lesson) or lesson}" for lesson in module.lessons]
    return lines


def order_change(kept: Layout, typed: Layout, language: str) -> Change:
    """What was typed beside what is kept. One query."""
    placed = [lesson for module in (*kept, *typed) for lesson in module.lessons]
    titles = lesson_titles(placed, language)
    old, new = ("".join(f"{line}\n" for line in order_lines(each, titles, language)) for each in (kept, typed))
    return change("", old, new)


def languages_of_edition(edition: CourseEdition, written: Sequence[str]) -> list[str]:
    """The portal's languages, and any other that the edition has words in."""
    others = edition.texts.exclude(language__in=written).order_by("language")
    return [*written, *others.values_list("language", flat=True)]

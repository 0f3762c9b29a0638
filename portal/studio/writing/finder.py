"""Lessons and local facts, as the tools above a text offer them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lessons.models import Lesson, LocalFact, LocalFactText, Revision, State
from lessons.models.facts import PROFILE_FACT
from lessons.search.normalising import normalise
from lessons.words import in_language
from portal.studio.overview import title_of
from portal.studio.standing import OPEN, Standing, standings

MOST = 12


@dataclass(frozen=True)
class FoundLesson:
    """`title` is in the reader's language, `words` in that of the text; a `draft` has nothing published yet."""

    key: str
    slug: str
    title: str
    words: str
    draft: bool


def find_lessons(query: str, reader: str, language: str) -> tuple[list[FoundLesson], int]:
    """The first lessons of whose titles one has all these words, and how many there are. Two queries."""
    wanted = normalise(query).split()
    texts = _texts(Lesson.objects.filter(archived_at=None))
    found = [pk for pk, known in texts.items() if _matches(known.values(), wanted)]
    lines = [_line(lesson, texts[lesson.pk], reader, language) for lesson in Lesson.objects.filter(pk__in=found)]
    lines.sort(key=lambda line: not normalise(line.title).startswith(normalise(query)))
    return lines[:MOST], len(lines)


def lessons_at(slugs: Collection[str], reader: str, language: str) -> list[FoundLesson]:
    """The lessons with these addresses. Two queries."""
    lessons = list(Lesson.objects.filter(slug__in=slugs, archived_at=None))
    texts = _texts(Lesson.objects.filter(pk__in=[lesson.pk for lesson in lessons]))
    return [_line(lesson, texts[lesson.pk], reader, language) for lesson in lessons if lesson.pk in texts]


def _texts(lessons: QuerySet[Lesson]) -> dict[int, dict[str, Standing]]:
    rows = Revision.objects.filter(text__lesson__in=lessons, state__in=(*OPEN, State.PUBLISHED))
    named = rows.select_related("text__lesson").order_by("number")
    return standings(named.only("title", "number", "state", "profile", "text__language", "text__lesson__key"), ())


def _matches(texts: Iterable[Standing], wanted: list[str]) -> bool:
    current = [text.current for text in texts if text.current]
    titles = [normalise(f"{row.title} {row.text.lesson.key}") for row in current]
    return any(all(word in title for word in wanted) for title in titles)


def _line(lesson: Lesson, texts: dict[str, Standing], reader: str, language: str) -> FoundLesson:
    draft = not any(text.published for text in texts.values())
    title, words = (title_of(texts, code, lesson.key) for code in (reader, language))
    return FoundLesson(lesson.key, lesson.slug, title, words, draft)


def fact_choices(language: str) -> list[Any]:
    """Every local fact that words can name, with its `label`, in the order of the labels. One query."""
    label = in_language(LocalFactText.objects.all(), "fact", "label", language)
    return list(LocalFact.objects.exclude(key=PROFILE_FACT).annotate(label=label).order_by("label", "key"))

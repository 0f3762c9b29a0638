"""How an edition is laid out: its words, and its modules with their lessons. Only drafts are laid out anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F, Max

from lessons.models import Course, CourseEdition, EditionSource, EditionText, Module, ModuleText, Placement

Words = tuple[str, str, str, str]
WORDS = ("title", "summary", "audience", "outcomes")
"""What `Words` are, in that order; outcomes are one a line."""


@dataclass(frozen=True)
class LaidOut:
    """A module by its key: its titles by language, and the ids of its lessons in order."""

    key: str
    titles: Mapping[str, str]
    lessons: Sequence[int]


def layout_of(edition: CourseEdition) -> list[LaidOut]:
    """The modules in order. Three queries."""
    return [
        LaidOut(
            module.key,
            {text.language: text.title for text in module.texts.all()},
            [place.lesson_id for place in module.placements.all()],
        )
        for module in Module.objects.filter(edition=edition).prefetch_related("texts", "placements")
    ]


def words_of(edition: CourseEdition) -> dict[str, Words]:
    """By language."""
    texts = EditionText.objects.filter(edition=edition)
    return {text.language: (text.title, text.summary, text.audience, text.outcomes) for text in texts}


def next_number(course: Course) -> int:
    """The number of the course's next edition."""
    return (course.editions.aggregate(newest=Max("number"))["newest"] or 0) + 1


@transaction.atomic
def lay_out(edition: CourseEdition, modules: Sequence[LaidOut]) -> dict[str, int]:
    """The edition has these modules, titles and lessons, and no others; returns the ids of the modules by key.

    A module that stays keeps its id. The number of queries does not grow.
    """
    Placement.objects.filter(edition=edition).delete()
    standing = Module.objects.filter(edition=edition)
    standing.exclude(key__in=[module.key for module in modules]).delete()
    _make_room(standing, len(modules))
    Module.objects.bulk_create(
        (Module(edition=edition, key=module.key, position=at) for at, module in enumerate(modules, 1)),
        update_conflicts=True,
        unique_fields=["edition", "key"],
        update_fields=["position"],
    )
    ids = dict(standing.values_list("key", "pk"))
    ModuleText.objects.filter(module__edition=edition).delete()
    put_titles({ids[module.key]: module.titles for module in modules})
    placed = [(ids[module.key], lesson) for module in modules for lesson in module.lessons]
    Placement.objects.bulk_create(
        Placement(edition=edition, module_id=module, lesson_id=lesson, position=at)
        for at, (module, lesson) in enumerate(placed, 1)
    )
    return ids


def _make_room(standing: models.QuerySet[Module], wanted: int) -> None:
    """The first places are free: every module goes behind all of them, and behind where any stands now."""
    last = standing.aggregate(last=Max("position"))["last"] or 0
    standing.update(position=F("position") + last + wanted)


def put_titles(titles: Mapping[int, Mapping[str, str]]) -> None:
    """Titles of modules by id and language, where there are none yet; an empty one is none."""
    ModuleText.objects.bulk_create(
        ModuleText(module_id=module, language=language, title=title)
        for module, said in titles.items()
        for language, title in said.items()
        if title
    )


def put_words(edition: CourseEdition, texts: Mapping[str, Words]) -> None:
    """Words in these languages; a language without a title is none. Other languages stay."""
    EditionText.objects.filter(
        edition=edition, language__in=[language for language, words in texts.items() if not words[0]]
    ).delete()
    EditionText.objects.bulk_create(
        (
            EditionText(edition=edition, language=language, **dict(zip(WORDS, words, strict=True)))
            for language, words in texts.items()
            if words[0]
        ),
        update_conflicts=True,
        unique_fields=["edition", "language"],
        update_fields=WORDS,
    )


def put_sources(edition: CourseEdition, sources: Iterable[int]) -> None:
    """A new edition cites these works, in this order."""
    EditionSource.objects.bulk_create(
        EditionSource(edition=edition, source_id=source, position=at) for at, source in enumerate(sources)
    )

"""Words that have no drafts: of courses and modules, topics, skills, the glossary and local facts."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from lessons.models import (
    CourseEdition,
    EditionText,
    GlossaryTerm,
    GlossaryText,
    LocalFact,
    LocalFactText,
    Module,
    ModuleText,
    Skill,
    SkillText,
    State,
    Topic,
    TopicText,
)
from lessons.search.indexing import courses_changed, facts_changed, terms_changed
from portal.studio.overview import editions_in_hand


@dataclass(frozen=True)
class Sort:
    """One sort of words: whose they are (`owner`, the name of the foreign key), and what is written of each.

    Topics are only counted here: a topic's card is signed, and has as many lines in every language, so its words are
    written in the administration, all of them together.
    """

    slug: str
    title: Any
    texts: type[models.Model]
    owner: str
    fields: tuple[str, ...]
    owners: Callable[[], QuerySet[Any]]
    changed: Callable[[Collection[Any]], None]

    def counts(self) -> tuple[int, Counter[str]]:
        """How many there are, and how many of them have words, by language. Two queries."""
        owners = self.owners()
        rows = self.rows().filter(**{f"{self.owner}__in": owners}).order_by()
        return owners.count(), Counter(dict(rows.values_list("language").annotate(n=Count("pk"))))

    def rows(self) -> QuerySet[Any]:
        return self.texts._default_manager.all()


def _editions() -> QuerySet[CourseEdition]:
    """Of each course the edition in hand."""
    first: dict[int, int] = {}
    for pk, course in editions_in_hand().values_list("pk", "course"):
        first.setdefault(course, pk)
    return (
        CourseEdition.objects.filter(pk__in=first.values()).select_related("course").order_by("course__position", "pk")
    )


def _modules() -> QuerySet[Module]:
    rows = Module.objects.filter(edition__in=_editions().values("pk")).select_related("edition__course")
    return rows.order_by("edition__course__position", "edition", "position")


def _course_words_changed(owners: Collection[Any]) -> None:
    courses_changed(
        [owner.course_id if isinstance(owner, CourseEdition) else owner.edition.course_id for owner in owners]
    )


SORTS = (
    Sort(
        "courses",
        _("Courses"),
        EditionText,
        "edition",
        ("title", "summary", "audience", "outcomes"),
        _editions,
        _course_words_changed,
    ),
    Sort("modules", _("Modules"), ModuleText, "module", ("title",), _modules, _course_words_changed),
    Sort(
        "topics",
        _("Topics"),
        TopicText,
        "topic",
        (),
        lambda: Topic.objects.order_by("key"),
        lambda owners: None,
    ),
    Sort(
        "skills",
        _("Skills"),
        SkillText,
        "skill",
        ("name", "description"),
        lambda: Skill.objects.order_by("key"),
        lambda owners: None,
    ),
    Sort(
        "glossary",
        _("Glossary"),
        GlossaryText,
        "glossary_term",
        ("term", "definition"),
        lambda: GlossaryTerm.objects.order_by("key"),
        lambda owners: terms_changed(),
    ),
    Sort(
        "facts",
        _("Local facts"),
        LocalFactText,
        "fact",
        ("label", "default"),
        lambda: LocalFact.objects.order_by("key"),
        lambda owners: facts_changed([owner.key for owner in owners]),
    ),
)
WRITTEN_HERE = {sort.slug: sort for sort in SORTS if sort.fields}


def is_frozen(owner: models.Model, text: models.Model) -> bool:
    """Whether the words can no longer be changed: they stand, and what they belong to is published."""
    edition = owner.edition if isinstance(owner, Module) else owner
    return text.pk is not None and isinstance(edition, CourseEdition) and edition.state != State.DRAFT


def mark_of(sort: Sort, text: models.Model) -> str:
    """What a form of these words begins from."""
    said = "\0".join(str(getattr(text, name)) for name in sort.fields)
    return hashlib.blake2b(f"{text.pk}\0{said}".encode(), digest_size=10).hexdigest()

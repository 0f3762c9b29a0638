"""What can be chosen in the studio's forms: (value, name) pairs, one query or two each."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from lessons.models import Lesson, Skill, SkillText, Topic, TopicText
from lessons.words import in_language
from portal.studio.overview import lesson_titles

Choices = list[tuple[str, Any]]


def lessons(language: str) -> Choices:
    """Every lesson that is not archived, by its key."""
    rows = list(Lesson.objects.filter(archived_at=None).order_by("key").values_list("pk", "slug", "key"))
    titles = lesson_titles([pk for pk, _slug, _key in rows], language)
    return [(slug, f"{key} · {titles[pk]}" if titles.get(pk) else key) for pk, slug, key in rows]


def topics(language: str) -> Choices:
    name = Coalesce(in_language(TopicText.objects.all(), "topic", "name", language), "key")
    return list(Topic.objects.annotate(name=name).order_by("position", "pk").values_list("slug", "name"))


def skills(language: str) -> Choices:
    """Every skill followed by its parts."""
    name = Coalesce(in_language(SkillText.objects.all(), "skill", "name", language), "key")
    whole = Coalesce(Subquery(Skill.objects.filter(pk=OuterRef("parent")).values("key")[:1]), "key")
    rows = Skill.objects.annotate(name=name, whole=whole).order_by("whole", "parent_id", "key")
    ordered = sorted(rows.values_list("whole", "parent", "pk", "name"), key=lambda row: (row[0], row[1] is not None))
    return [(str(pk), f"– {called}" if parent else called) for _whole, parent, pk, called in ordered]

"""What can be chosen in the forms of the bank: (value, name) pairs, one query or two each."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lessons.models import Skill, SkillText, Topic, TopicText
from lessons.words import in_language
from portal.studio.languages import language_name, written_languages
from portal.studio.overview import course_lines, lesson_choices

Choices = list[tuple[str, Any]]
MISSING, STALE = "missing", "stale"


def courses(language: str) -> Choices:
    return [(course.slug, course.title) for course in course_lines(language)]


def lessons(language: str) -> Choices:
    """Every lesson that is not archived, by its key."""
    return [*lesson_choices(language)]


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


def language_states() -> Choices:
    """A language that is missing, or whose words are older than those they were translated from."""
    says = {MISSING: _("%(language)s is missing"), STALE: _("%(language)s is out of date")}
    return [
        (f"{state}-{code}", words % {"language": language_name(code)})
        for state, words in says.items()
        for code in written_languages()
    ]

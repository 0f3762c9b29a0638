"""The skills that a question of a lesson can test."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from lessons.models import Lesson, Skill, SkillText
from lessons.words import in_language
from quizzes.models import Question


def skills_for(lesson: Lesson, question: Question | None, language: str) -> list[tuple[str, str]]:
    """(id, name): the lesson's skills each followed by its parts, and what the question tests besides. One query."""
    near = Q(lessons=lesson) | Q(parent__lessons=lesson) | Q(parts__lessons=lesson)
    if question:
        near |= Q(weights__question=question)
    name = in_language(SkillText.objects.all(), "skill", "name", language)
    found: list[Any] = list(Skill.objects.filter(near).annotate(name=name).distinct())
    parts = defaultdict[int | None, list[Any]](list)
    known = {skill.pk for skill in found}
    for skill in found:
        parts[skill.parent_id if skill.parent_id in known else None].append(skill)
    return [
        (str(each.pk), f"– {each.name or each.key}" if each is not skill else skill.name or skill.key)
        for skill in parts[None]
        for each in (skill, *parts[skill.pk])
    ]

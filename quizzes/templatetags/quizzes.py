"""What a page about a lesson or a course shows of its quizzes."""

from dataclasses import dataclass

from django import template
from django.db.models import Count, Q
from django.urls import reverse

from lessons.models import State
from quizzes.models import Quiz

register = template.Library()


@dataclass(frozen=True)
class CheckLink:
    url: str
    count: int


@dataclass(frozen=True)
class FinalLink:
    url: str
    draw: int | None
    pass_percent: int


@register.simple_tag
def check_of(lesson_id: int, course: str, lesson: str) -> CheckLink | None:
    """The lesson's check, or None while it has no question to ask; one query."""
    asked = Q(entries__question__versions__state=State.PUBLISHED, entries__question__archived_at=None)
    quiz = Quiz.objects.filter(lesson=lesson_id).annotate(size=Count("entries", filter=asked, distinct=True)).first()
    if quiz is None or not quiz.size:
        return None
    size: int = quiz.size
    url = reverse("quizzes:check", kwargs={"course": course, "lesson": lesson})
    return CheckLink(url, min(quiz.draw or size, size))


@register.simple_tag
def final_of(edition_id: int, course: str) -> FinalLink | None:
    """The final of an edition, or None; one query."""
    quiz = Quiz.objects.filter(edition=edition_id).first()
    if quiz is None:
        return None
    return FinalLink(
        reverse("quizzes:final", kwargs={"course": course}),
        quiz.draw,
        round(quiz.pass_mark * 100),
    )

from typing import Any

from django import template

from lessons.models import Lesson
from portal.studio.models import Release
from portal.studio.review.remarks import MOST_SHOWN, open_remarks
from quizzes.models import Question

register = template.Library()


@register.inclusion_tag("studio/review/open_remarks.html")
def open_remarks_on(subject: Lesson | Question | Release) -> dict[str, Any]:
    """What is not settled yet of a lesson with its questions, a question or a release. One query."""
    rows = open_remarks()
    if isinstance(subject, Release):
        rows = rows.filter(release=subject)
    elif isinstance(subject, Question):
        rows = rows.filter(question=subject)
    else:
        rows = rows.filter(lesson_text__lesson=subject) | rows.filter(question__lesson=subject)
    return {"remarks": rows[:MOST_SHOWN]}

"""The form of a question as its person left it."""

from typing import Any

from django.http import HttpRequest

from lessons.models import Lesson
from portal.studio.keeping.copies import Desk
from portal.studio.keeping.places import Place, at_new_question, at_question
from portal.studio.keeping.sent import data_in
from portal.studio.models import WorkingCopy
from portal.studio.question_standing import QuestionStanding
from portal.studio.questions import form_of
from portal.studio.questions.base import About, QuestionForm


def place_of(request: HttpRequest, found: Lesson, standing: QuestionStanding | None, kind: str = "") -> Place:
    """The form of a question, where it is kept."""
    person: Any = request.user
    name = at_question(standing.question.pk) if standing else at_new_question(kind)
    return Place(Desk(person, found, name), standing)


def refilled(copy: WorkingCopy | None, about: About, kind: str) -> QuestionForm | None:
    """The form as its person left it; None where they left nothing."""
    if copy is None:
        return None
    sent = form_of(kind)(data_in(copy), about=about)
    return type(sent)(about=about, initial=sent.typed(), rows=sent.rows)

"""The forms of the studio whose typing is kept: a lesson's text, a question, a question that is not there yet."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from lessons.models import Lesson
from portal.studio.keeping.copies import Desk
from portal.studio.keeping.neighbours import Newer, newer_question, newer_texts
from portal.studio.keeping.sent import Unsaved, unsaved_question, unsaved_text
from portal.studio.lesson_page import languages_of
from portal.studio.question_standing import QuestionStanding, question_standings
from portal.studio.questions.base import MARK
from portal.studio.standing import standings_of
from quizzes.kinds import KINDS
from quizzes.models import Question

TEXT = ""


def at_question(pk: int) -> str:
    return f"question-{pk}"


def at_new_question(kind: str) -> str:
    return f"new-{kind}"


@dataclass
class Place:
    """One form of one person, with what is kept there now."""

    desk: Desk
    standing: QuestionStanding | None = None

    @classmethod
    def of(cls, request: HttpRequest, lesson: Lesson, name: str) -> "Place":
        """The form of that name in the lesson; raises Http404 where there is none."""
        person: Any = request.user
        desk = Desk(person, lesson, name)
        if found := re.fullmatch(r"question-([0-9]{1,18})", name):
            rows = Question.objects.filter(pk=int(found[1]), lesson=lesson, archived_at=None)
            if standings := question_standings(rows):
                return cls(desk, standings[0])
        elif name == TEXT or name in map(at_new_question, KINDS):
            return cls(desk)
        raise Http404

    def read(self, data: QueryDict) -> tuple[Unsaved, list[Newer]]:
        """What the page holds that is not saved, and what was saved since it was given out."""
        if self.desk.place != TEXT:
            newer = newer_question(self.standing, data.get(MARK, ""), self.desk.person) if self.standing else []
            return unsaved_question(data), newer
        standings = standings_of(self.desk.lesson, languages_of(self.desk.lesson))
        return unsaved_text(data, standings), newer_texts(standings, data, self.desk.person)

    @property
    def url(self) -> str:
        """Where the form is."""
        lesson = self.desk.lesson.slug
        if self.standing:
            return reverse("studio:question", args=[lesson, self.standing.question.key])
        if self.desk.place:
            return reverse("studio:new_question", args=[lesson, self.desk.place.removeprefix("new-")])
        return reverse("studio:lesson", args=[lesson])

"""A course of three lessons in two modules, a school that takes it, and its counts."""

import csv
import io
from datetime import date
from typing import Any

from lessons.models import SkillText
from portal.accounts.models import Organisation
from portal.reports.counts.counting import update
from quizzes.models import Learner, ProgressEvent
from tests.factories import OrganisationFactory, ProgressEventFactory, SkillFactory, published_course, published_lesson
from tests.portal.reports.history import History, named

PASSED = ("bleeding", "burns", "fractures")


class School(History):
    """The course `first-aid`; a lesson of it has no check, so it is passed when it is read."""

    def __init__(self) -> None:
        super().__init__(named(OrganisationFactory(code="school"), en="Demo school", ar="مدرسة تجريبية"))
        self.lessons = [published_lesson(slug, slug.title()) for slug in PASSED]
        skill = SkillFactory(key="stop-bleeding")
        SkillText.objects.create(skill=skill, language="en", name="Stop bleeding")
        self.lessons[0].skills.add(skill)
        self.lessons[2].skills.add(skill)
        self.edition = published_course(
            "first-aid", self.lessons[:2], second=self.lessons[2:], title="First aid", final={}
        )

    def read(self, learner: Learner, *lessons: int, on: str = "2026-02-01") -> None:
        for number in lessons:
            ProgressEventFactory(
                learner=learner,
                edition=self.edition,
                lesson=self.lessons[number],
                verb=ProgressEvent.Verb.READ,
                day=date.fromisoformat(on),
            )

    def people(self, count: int, *lessons: int, organisation: Organisation | None = None) -> list[Learner]:
        """So many members who began the course and read these of its lessons."""
        found = []
        for _number in range(count):
            learner = self.member(organisation)
            ProgressEventFactory(learner=learner, edition=self.edition, day=date(2026, 1, 10))
            self.read(learner, *lessons)
            found.append(learner)
        return found

    def counted(self) -> None:
        update()


def table(response: Any) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))

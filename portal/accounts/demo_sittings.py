"""Sittings of one check in a demonstration, so that its questions have figures to look at.

They are made up: each nameless learner has an ability, each question a difficulty, and what somebody who misses it
answers is drawn from its mistakes. They belong to guests whose ids and seeds say `demo`; no report of people counts
them, for none of them began a course.
"""

import random
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp
from typing import Any

from django.db import transaction
from django.utils import timezone

from lessons.models import CourseEdition, State
from portal.accounts.demo_answers import ANSWERS
from quizzes.asked import Measure
from quizzes.attempts import is_passed, score_of, share
from quizzes.draws import Drawn, draw
from quizzes.models import Attempt, AttemptItem, Learner, QuestionVersion, Quiz, Response
from quizzes.rules import Rules

LESSON = "adult-cpr"
COUNT = 640
DRAWS = 40
DAYS = 300
LEFT_EARLY, CAME_AGAIN, ARABIC = 0.05, 0.08, 0.55


@transaction.atomic
def sit_check(now: datetime | None = None) -> int:
    """Makes the sittings if they are not there yet; returns how many were made."""
    quiz = Quiz.objects.filter(lesson__slug=LESSON).first()
    edition = CourseEdition.objects.filter(state=State.PUBLISHED, placements__lesson__slug=LESSON).first()
    if quiz is None or edition is None or Learner.objects.filter(pk=_id(0)).exists():
        return 0
    made = _Sittings(quiz, edition, now or timezone.now())
    for number in range(COUNT):
        made.sit(number)
    made.save()
    return len(made.attempts)


def _id(number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"demo-sitting-{number}")


@dataclass(frozen=True)
class _Person:
    """A made-up learner; `ability` is on the logit scale."""

    learner: Learner
    ability: float
    language: str
    chance: random.Random


class _Sittings:
    """Rows in the making; the database is asked once for each sort of them."""

    def __init__(self, quiz: Quiz, edition: CourseEdition, now: datetime) -> None:
        self.quiz, self.edition, self.now = quiz, edition, now
        self.rules = Rules.of(quiz)
        self.draws = [draw(quiz, f"demo {number}") for number in range(DRAWS)]
        asked = {each.version for drawn in self.draws for each in drawn}
        versions = QuestionVersion.objects.filter(pk__in=asked, kind__in=list(ANSWERS)).order_by("pk")
        self.versions = {version.pk: version for version in versions}
        self.hard = {pk: -1.6 + 0.45 * place for place, pk in enumerate(self.versions)}
        self.learners: list[Learner] = []
        self.attempts: list[Attempt] = []
        self.items: list[AttemptItem] = []
        self.responses: list[Response] = []

    def sit(self, number: int) -> None:
        """One learner's first sitting, and for some a second one the day after."""
        chance = random.Random(f"demo sitting {number}")  # noqa: S311 - made up, and the same every time
        language = "ar" if chance.random() < ARABIC else "en"
        person = _Person(Learner(pk=_id(number)), chance.gauss(0, 1.3), language, chance)
        self.learners.append(person.learner)
        at = self.now - timedelta(days=chance.uniform(2, DAYS))
        leaves = chance.random() < LEFT_EARLY
        self._attempt(person, at, leaves=leaves)
        if not leaves and chance.random() < CAME_AGAIN:
            self._attempt(replace(person, ability=person.ability + 1), at + timedelta(days=1), leaves=False)

    def _attempt(self, person: _Person, at: datetime, *, leaves: bool) -> None:
        """Whoever leaves does so half-way."""
        drawn = [each for each in person.chance.choice(self.draws) if each.version in self.versions]
        rules = self.rules.model_dump(mode="json")
        about: dict[str, Any] = {"quiz": self.quiz, "edition": self.edition, "rules": rules, "seed": "demo"}
        attempt = Attempt(learner=person.learner, begun_at=at, **about)
        items = [self._asked(attempt, step, each) for step, each in enumerate(drawn, 1)]
        for item in items[: len(items) // 2] if leaves else items:
            at = self._answer(item, person, at)
        if not leaves:
            attempt.state, attempt.submitted_at = Attempt.State.SUBMITTED, at
            attempt.score = score_of(items)
            attempt.passed = is_passed(items, attempt.score, self.rules)
        self.attempts.append(attempt)
        self.items += items

    def _asked(self, attempt: Attempt, step: int, drawn: Drawn) -> AttemptItem:
        version = self.versions[drawn.version]
        return AttemptItem(attempt=attempt, step=step, version=version, option_order=drawn.option_order)

    def _answer(self, item: AttemptItem, person: _Person, at: datetime) -> datetime:
        """Answers the question; when that was saved."""
        measure, chance = Measure.of(item.version), person.chance
        knows = chance.random() < 1 / (1 + exp(self.hard[item.version_id] - person.ability))
        answer = ANSWERS[item.version.kind](measure.structure, measure.key, None if knows else chance)
        item.shown_at = at + timedelta(seconds=1)
        item.closed_at = saved_at = item.shown_at + timedelta(seconds=min(chance.lognormvariate(2.8, 0.5), 300) + 2)
        item.fraction = share(measure.grade(answer))
        self.responses.append(
            Response(
                item=item,
                submission_id=uuid.uuid5(person.learner.pk, f"{at} {item.step}"),
                sequence=1,
                answer=answer,
                fraction=item.fraction,
                language=person.language,
                saved_at=saved_at,
            )
        )
        return saved_at

    def save(self) -> None:
        Learner.objects.bulk_create(self.learners)
        Attempt.objects.bulk_create(self.attempts)
        AttemptItem.objects.bulk_create(self.items)
        Response.objects.bulk_create(self.responses)

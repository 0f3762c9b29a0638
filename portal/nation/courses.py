"""The published courses as citizens go through them, with the questions of their quizzes and how people answer."""

import json
from datetime import date, timedelta
from random import Random
from typing import Any

from lessons.models import CourseEdition, State
from portal.accounts.demo_answers import ANSWERS
from portal.nation.plan import Asked, Draw, Path, QuizPlan
from portal.nation.sittings import WHOLE
from quizzes.asked import Measure
from quizzes.attempts import share
from quizzes.draws import Drawn, draw
from quizzes.facts import facts_of
from quizzes.models import QuestionVersion, Quiz
from quizzes.needs import needs_of
from quizzes.rules import Rules
from quizzes.validity import months_later

DRAWS, MISTAKES, TRIES = 5, 4, 16
EASIEST, HARDEST = -2.2, 1.0  # on the logit scale


def paths_of(first: date, count: int, chance: Random) -> tuple[Path, ...]:
    """Every course that can be taken, in the order of the catalogue; of `count` days from the first on."""
    editions = list(CourseEdition.objects.filter(state=State.PUBLISHED).order_by("course__position", "pk"))
    needs = needs_of([(edition.pk, edition.course_id) for edition in editions])
    checks = {quiz.lesson_id: quiz for quiz in Quiz.objects.filter(purpose=Quiz.Purpose.CHECK)}
    finals = {quiz.edition_id: quiz for quiz in Quiz.objects.filter(edition__in=editions)}
    days = [first + timedelta(days=number) for number in range(count)]
    return tuple(
        Path(
            course=edition.course_id,
            edition=edition.pk,
            lessons=tuple(
                (lesson, quiz_plan(checks[lesson], chance) if has_check else None)
                for lesson, has_check in needs[edition.pk].lessons
            ),
            final=quiz_plan(finals[edition.pk], chance) if edition.pk in finals else None,
            months=edition.valid_months,
            expires=_expiries(days, edition.valid_months),
        )
        for edition in editions
    )


def _expiries(days: list[date], months: int | None) -> tuple[str, ...] | None:
    return tuple(months_later(day, months).isoformat() for day in days) if months else None


def quiz_plan(quiz: Quiz, chance: Random) -> QuizPlan:
    """The quiz with some of its draws. Questions of a kind whose answers cannot be made up are left out."""
    rules = Rules.of(quiz)
    drawn = [draw(quiz, f"nation {number}") for number in range(DRAWS)]
    versions = QuestionVersion.objects.in_bulk({one.version for each in drawn for one in each})
    asked = {pk: _answers(versions[pk], chance) for pk in sorted(versions) if versions[pk].kind in ANSWERS}
    return QuizPlan(
        quiz=quiz.pk,
        rules=rules.model_dump_json(),
        pass_mark=round(quiz.pass_mark * WHOLE),
        at_once=rules.at_once,
        draws=tuple(_draw([(one, asked[one.version]) for one in each if one.version in asked]) for each in drawn),
    )


def _draw(drawn: list[tuple[Drawn, dict[str, Any]]]) -> Draw:
    asked = tuple(Asked(version=one.version, order=json.dumps(one.option_order), **answers) for one, answers in drawn)
    return Draw(asked, json.dumps(facts_of([one.version for one, _answers in drawn]), ensure_ascii=False))


def _answers(version: QuestionVersion, chance: Random) -> dict[str, Any]:
    """The right answer, some mistakes that people make, the likeliest first, and how hard it is."""
    measure = Measure.of(version)
    make = ANSWERS[version.kind]
    right = make(measure.structure, measure.key, None)
    found: dict[str, int] = {}
    for _try in range(TRIES):
        answer = make(measure.structure, measure.key, chance)
        fraction = measure.grade(answer)
        if fraction < 1:
            found.setdefault(json.dumps(answer, ensure_ascii=False), round(share(fraction) * WHOLE))
    return {
        "critical": version.critical,
        "hard": chance.uniform(EASIEST, HARDEST),
        "right": (json.dumps(right, ensure_ascii=False), round(share(measure.grade(right)) * WHOLE)),
        "wrong": tuple(found.items())[:MISTAKES],
    }

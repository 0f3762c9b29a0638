"""Whatever people do, in whatever order: what is stored is what is rebuilt, and any past day is told as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.models import CourseEdition, EditionText, Module, Placement, State
from quizzes.erasing import erase_learner
from quizzes.learners import merge
from quizzes.models import CourseProgress, Learner, LessonProgress, QuestionVersion, Quiz
from quizzes.progress import as_of, record_read
from quizzes.projections import differences, rebuild
from quizzes.regrading import apply, dry_run
from quizzes.rescoring import Selection
from tests.factories import SINGLE, LearnerFactory, check_of, corrected_question, published_course, published_lesson
from tests.quizzes.sitting import RIGHT, WAITED, sit

pytestmark = pytest.mark.django_db

PRESS, WAIT = RIGHT, WAITED
DEEDS = ("read", "check", "final", "merge", "edition", "regrade", "withdraw", "erase")
DEED = st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.booleans(), st.integers(0, 200))
MANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


class World:
    """A course in two editions, of which the first is published; a person and a guest; what is stored on each day."""

    def __init__(self) -> None:
        self.lessons = [published_lesson(f"lesson-{number}") for number in range(3)]
        for lesson in self.lessons:
            check_of(lesson, [SINGLE])
        self.edition = published_course(lessons=self.lessons[:2], final={"pass_mark": "0.5"}, valid_months=3)
        self.next = self._next_edition()
        self.person: Learner = LearnerFactory()
        self.guest: Learner = LearnerFactory()
        self.now = datetime(2026, 1, 1, 9, tzinfo=UTC)
        self.stored: dict[date, dict[UUID, Any]] = {}

    def _next_edition(self) -> CourseEdition:
        """Without the first lesson, and with a third one."""
        edition = CourseEdition.objects.create(
            course=self.edition.course, number=2, label="2", minutes=10, source_language="en", valid_months=6
        )
        EditionText.objects.create(edition=edition, language="en", title="First aid", summary="-", outcomes="-")
        module = Module.objects.create(edition=edition, key="M1", position=1)
        for position, lesson in enumerate(self.lessons[1:], 1):
            Placement.objects.create(edition=edition, module=module, lesson=lesson, position=position)
        Quiz.objects.create(purpose="final", edition=edition, pass_mark="0.5", feedback="at_end")
        return edition

    def do(self, deed: str, which: int, first: bool, days: int) -> None:
        """`days` later; the day's last state is what is stored of it."""
        self.now += timedelta(days=days % 40 if days % 2 else 0, hours=1)
        who = self.person if first else self.guest
        with time_machine.travel(self.now, tick=False):
            getattr(self, f"_{deed}")(who, which, first)
            self.stored[timezone.localdate()] = stored()

    def _read(self, who: Learner, which: int, first: bool) -> None:
        record_read(who, self.edition, self.lessons[which].pk, timezone.now())

    def _check(self, who: Learner, which: int, first: bool) -> None:
        quiz = Quiz.objects.get(lesson=self.lessons[which])
        sit(who, quiz, self.edition.pk, PRESS if which or first else WAIT)

    def _final(self, who: Learner, which: int, first: bool) -> None:
        sit(who, Quiz.objects.get(edition=self.edition), self.edition.pk, WAIT if which == 2 else PRESS)

    def _merge(self, who: Learner, which: int, first: bool) -> None:
        """What was stored of the two before is not what the one of today had done by then."""
        for day in self.stored.values():
            day.pop(self.person.pk, None)
            day.pop(self.guest.pk, None)
        merge(self.guest, self.person)
        self.guest = LearnerFactory()

    def _edition(self, who: Learner, which: int, first: bool) -> None:
        now = timezone.now()
        former, coming = CourseEdition.objects.filter(pk=self.edition.pk), CourseEdition.objects.filter(pk=self.next.pk)
        if coming.get().state == State.DRAFT:
            former.update(state=State.SUPERSEDED, superseded_at=now)
            coming.update(state=State.PUBLISHED, published_at=now)
            self.edition = self.next

    def _regrade(self, who: Learner, which: int, first: bool, *, withdraw: bool = False) -> None:
        """The key of a question changes between `press` and `wait`."""
        old = QuestionVersion.objects.get(question__lesson=self.lessons[which], state=State.PUBLISHED)
        right = "wait" if old.answer_key["right"] == "press" else "press"
        made = corrected_question(old, {"right": right})
        older = QuestionVersion.objects.filter(question=old.question_id, state=State.SUPERSEDED)
        selection = Selection(old.question_id, tuple(older.values_list("pk", flat=True)), made.pk)
        apply(selection, dry_run(selection).digest, "The key was wrong.", withdraw=withdraw)

    def _withdraw(self, who: Learner, which: int, first: bool) -> None:
        self._regrade(who, which, first, withdraw=True)

    def _erase(self, who: Learner, which: int, first: bool) -> None:
        """The guest, and somebody new comes."""
        erase_learner(self.guest)
        self.guest = LearnerFactory()


def stored() -> dict[UUID, Any]:
    """By learner: lessons with their days, courses with everything that is told of a past day too."""
    found: dict[UUID, Any] = {pk: (set(), set()) for pk in Learner.objects.values_list("pk", flat=True)}
    for lesson in LessonProgress.objects.all():
        found[lesson.learner_id][0].add(lesson_of(lesson))
    for course in CourseProgress.objects.all():
        found[course.learner_id][1].add(course_of(course))
    return found


def lesson_of(row: LessonProgress) -> tuple[Any, ...]:
    return row.lesson_id, row.read_on, row.passed_on


def course_of(row: CourseProgress) -> tuple[Any, ...]:
    days = (row.started_on, row.active_on, row.completed_on, row.expires_on)
    return row.course_id, row.edition_id, row.last_lesson_id, row.passed, *days


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins with an empty database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@MANY
@given(st.lists(DEED, min_size=4, max_size=14))
def test_what_is_stored_is_what_events_and_attempts_say(deeds: list[Any]) -> None:
    with undone():
        world = World()
        for deed in deeds:
            world.do(*deed)
            everybody = list(Learner.objects.values_list("pk", flat=True))
            assert list(differences(everybody)) == [], deed
        before = stored()
        rebuild(everybody)
        assert stored() == before


@MANY
@given(st.lists(DEED, min_size=4, max_size=14))
def test_any_past_day_is_told_as_it_was(deeds: list[Any]) -> None:
    with undone():
        world = World()
        for deed in deeds:
            world.do(*deed)
        for day, people in world.stored.items():
            for learner in Learner.objects.filter(pk__in=people, merged_into=None):
                lessons, courses = people[learner.pk]
                one = as_of(learner, day)
                assert {lesson_of(row) for row in one.lessons.values()} == lessons
                assert {course_of(row) for row in one.courses.values()} == courses


def test_a_completion_is_complete_until_its_last_day_and_then_expired() -> None:
    world = World()
    for deed in (("check", 0, True, 0), ("check", 1, True, 0), ("final", 0, True, 0)):
        world.do(*deed)
    course = world.edition.course_id
    states = [as_of(world.person, date(2026, *day)) for day in ((1, 1), (3, 31), (4, 1))]
    assert [(course in one.complete, course in one.expired) for one in states] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_before_anything_was_done_nothing_is_told() -> None:
    world = World()
    world.do("check", 0, True, 0)
    one = as_of(world.person, date(2025, 12, 31))
    assert (one.read, one.passed, one.courses) == (frozenset(), frozenset(), {})


def test_a_withdrawn_completion_holds_for_the_days_before() -> None:
    world = World()
    for deed in (("check", 0, True, 0), ("check", 1, True, 0), ("final", 0, True, 0), ("withdraw", 1, True, 31)):
        world.do(*deed)
    course = world.edition.course_id
    assert course in as_of(world.person, date(2026, 1, 31)).complete
    after = as_of(world.person, date(2026, 2, 1))
    assert (course in after.complete, course in after.expired) == (False, False)

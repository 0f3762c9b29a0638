"""What learners did, read for many at once and until any day, and what it comes to: read, passed, complete.

A learner's history is their own and that of the guests merged into them, in the order in which it was recorded.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max, Q

from quizzes.models import Attempt, CourseProgress, Learner, LessonProgress, ProgressEvent
from quizzes.validity import LATEST, completions_as_of

Verb = ProgressEvent.Verb
Whose = Mapping[uuid.UUID, uuid.UUID]


class Told(NamedTuple):
    """An event; `learner` is whose it is today, `regrade` what brought it, if the learner did not."""

    learner: uuid.UUID
    pk: int
    verb: str
    day: date
    lesson: int | None
    course: int
    edition: int
    attempt: uuid.UUID | None
    regrade: uuid.UUID | None


class Passes:
    """The passes that stand, each under the sitting that earned it, or under its own event where there was none."""

    def __init__(self) -> None:
        self.days: dict[object, date] = {}

    def tell(self, event: Told) -> None:
        key = event.attempt or event.pk
        if event.verb == Verb.PASS_WITHDRAWN:
            self.days.pop(key, None)
        elif event.verb in {Verb.PASSED, Verb.FINAL_PASSED}:
            self.days.setdefault(key, event.day)

    @property
    def first(self) -> date | None:
        return min(self.days.values(), default=None)


@dataclass(frozen=True)
class Only:
    """Which lessons and courses are asked about; None is all."""

    lessons: Collection[int] | None = None
    courses: Collection[int] | None = None

    def wants_lesson(self, lesson: int | None) -> bool:
        return lesson is not None and (self.lessons is None or lesson in self.lessons)

    def wants_course(self, course: int) -> bool:
        return self.courses is None or course in self.courses

    @property
    def condition(self) -> Q:
        if self.lessons is None or self.courses is None:
            return Q()
        return Q(lesson__in=self.lessons) | Q(course__in=self.courses)


@dataclass
class Rows:
    """Projections, not saved; by learner and lesson, and by learner and course."""

    lessons: dict[tuple[uuid.UUID, int], LessonProgress] = field(default_factory=dict)
    courses: dict[tuple[uuid.UUID, int], CourseProgress] = field(default_factory=dict)


def clusters(learners: Iterable[uuid.UUID], *, hold: bool = False) -> dict[uuid.UUID, uuid.UUID]:
    """These learners and the guests merged into them, each with whose history is theirs; one query.

    Who was merged into somebody has none: it is theirs into whom, and told only where these are asked about. `hold`
    keeps the rows until the transaction ends, in the order of their ids, so that nobody else adds to the history.
    """
    wanted = set(learners)
    rows = Learner.objects.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted)).order_by("pk")
    if hold:
        rows = rows.select_for_update(no_key=True)
    owners = {pk: into or pk for pk, into in rows.values_list("pk", "merged_into")}
    return {pk: owner for pk, owner in owners.items() if owner in wanted}


def events_of(whose: Whose, only: Only, until: date | None = None) -> Iterator[Told]:
    """Their events until the end of a day; one query."""
    rows = ProgressEvent.objects.filter(only.condition, learner__in=list(whose))
    if until is not None:
        rows = rows.filter(day__lte=until)
    fields = ("learner", "pk", "verb", "day", "lesson", "course", "edition", "attempt", "regrade")
    for learner, *event in rows.order_by("day", "pk").values_list(*fields):
        yield Told(whose[learner], *event)


def rows_of(whose: Whose, only: Only, until: date | None = None) -> Rows:
    """Where they stand; three queries however many. Of a past day the best scores are not told."""
    lessons: dict[tuple[uuid.UUID, int], list[Told]] = defaultdict(list)
    courses: dict[tuple[uuid.UUID, int], list[Told]] = defaultdict(list)
    for event in events_of(whose, only, until):
        if only.wants_course(event.course):
            courses[event.learner, event.course].append(event)
        if event.lesson is not None and only.wants_lesson(event.lesson):
            lessons[event.learner, event.lesson].append(event)
    best = _best_scores(whose, only) if until is None else {}
    found = Rows({key: _lesson_row(key, events, best.get(key)) for key, events in lessons.items()})
    found.courses = {key: _course_row(key, events) for key, events in courses.items()}
    _add_completions(found, whose, only, until)
    return found


def _lesson_row(key: tuple[uuid.UUID, int], events: list[Told], best: Decimal | None) -> LessonProgress:
    passes = Passes()
    for event in events:
        passes.tell(event)
    read = next((event.day for event in events if event.verb == Verb.READ), None)
    return LessonProgress(learner_id=key[0], lesson_id=key[1], read_on=read, passed_on=passes.first, best=best)


def _course_row(key: tuple[uuid.UUID, int], events: list[Told]) -> CourseProgress:
    """What a regrade brought is no activity of the learner, unless there is nothing else to tell of."""
    done = [event for event in events if event.regrade is None] or events
    passes: dict[int, Passes] = defaultdict(Passes)
    for event in events:
        if event.lesson is not None:
            passes[event.lesson].tell(event)
    lessons = [event.lesson for event in done if event.lesson]
    return CourseProgress(
        learner_id=key[0],
        course_id=key[1],
        edition_id=done[-1].edition,
        started_on=done[0].day,
        active_on=done[-1].day,
        last_lesson_id=lessons[-1] if lessons else None,
        passed=sum(bool(one.days) for one in passes.values()),
        completed_on=None,
        expires_on=None,
    )


def _best_scores(whose: Whose, only: Only) -> dict[tuple[uuid.UUID, int], Decimal]:
    rows = Attempt.objects.filter(learner__in=set(whose.values()), quiz__lesson__isnull=False, score__isnull=False)
    if only.lessons is not None:
        rows = rows.filter(quiz__lesson__in=only.lessons)
    best = rows.values_list("learner", "quiz__lesson").annotate(best=Max("score")).order_by()
    return {(learner, lesson): score for learner, lesson, score in best}


def _add_completions(found: Rows, whose: Whose, only: Only, until: date | None) -> None:
    """The latest completion of each course that counts."""
    rows = completions_as_of(until).filter(learner__in=list(whose))
    if only.courses is not None:
        rows = rows.filter(course__in=only.courses)
    for learner, course, completed, expires in rows.order_by(*LATEST).values_list(
        "learner", "course", "completed_on", "expires_on"
    ):
        row = found.courses.get((whose[learner], course))
        if row is not None and row.completed_on is None:
            row.completed_on, row.expires_on = completed, expires

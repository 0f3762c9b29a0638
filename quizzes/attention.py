"""What a learner had better do next, and why: plain rules, each with its day, until memory is estimated.

A lesson is worth repeating when the latest answer to one of its questions was not right, or when all were right but
more than six months ago. A completion is worth renewing in its last sixty days. Nothing here is a punishment: what was
learned stays learned, and the page says what to do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from lessons.catalogue import LessonLine, Outline
from quizzes.evidence import Shown
from quizzes.standing import COMPLETE, EXPIRED, Standing
from quizzes.validity import months_later

OVERDUE, CRITICAL, DUE, GO_ON, RUN_OUT, NOT_RIGHT, RUNS_OUT, ASSIGNED, LONG_AGO, BEGIN = (
    "overdue",
    "critical",
    "due",
    "go_on",
    "run_out",
    "not_right",
    "runs_out",
    "assigned",
    "long_ago",
    "begin",
)
BEFORE_ALL_ELSE = (OVERDUE, CRITICAL, DUE, GO_ON, RUN_OUT, NOT_RIGHT, RUNS_OUT, ASSIGNED, LONG_AGO, BEGIN)
SOON = timedelta(days=14)
RENEWABLE = timedelta(days=60)
MONTHS_TO_KEEP = 6


@dataclass(frozen=True)
class Due:
    """A course that an organisation asks of the learner."""

    course_id: int
    on: date | None
    by: str


@dataclass(frozen=True)
class Step:
    """Something to do: `why` is one of the kinds above, `on` the day it turns on, `url` the way to do it at once.

    `count` is how many questions were not right, `by` the organisation that asks, `lesson_url` where to read first.
    """

    why: str
    title: str
    url: str
    on: date | None = None
    count: int = 0
    by: str = ""
    next_title: str = ""
    lesson_url: str = ""


def attention(
    courses: Sequence[Standing],
    asked: Iterable[Due],
    shown: Mapping[int, Shown],
    paths: Mapping[int, Outline],
    today: date,
) -> list[Step]:
    """What is due, runs out or is worth repeating, the most pressing first. No query."""
    standing = {course.course_id: course for course in courses}
    open_ones = [due for due in asked if due.course_id in paths and not _is_done(standing.get(due.course_id))]
    named = {due.course_id for due in open_ones}
    steps = [_asked(due, standing.get(due.course_id), paths[due.course_id], today) for due in open_ones]
    steps += [step for course in courses if course.course_id not in named for step in _running_out(course, today)]
    steps += _worth_repeating(courses, shown, paths, today)
    return sorted(steps, key=_pressing)


def next_step(steps: Sequence[Step], courses: Sequence[Standing], paths: Mapping[int, Outline]) -> Step | None:
    """The one best step: what presses most, else going on where the learner stopped, else a course not begun yet."""
    going = [
        Step(GO_ON, course.title, course.next_url, next_title=course.next_title)
        for course in courses
        if going_on(course)
    ]
    begun = {course.course_id for course in courses}
    fresh = [Step(BEGIN, path.title, path.url) for course, path in paths.items() if course not in begun]
    return min([*steps, *going[:1], *fresh[:1]], key=lambda step: BEFORE_ALL_ELSE.index(step.why), default=None)


def going_on(course: Standing) -> bool:
    return course.state not in {COMPLETE, EXPIRED}


def _pressing(step: Step) -> tuple[int, date, int]:
    """The kind first, then the earliest day, then what has most to mend."""
    return BEFORE_ALL_ELSE.index(step.why), step.on or date.max, -step.count


def _is_done(course: Standing | None) -> bool:
    return course is not None and course.complete


def _asked(due: Due, course: Standing | None, path: Outline, today: date) -> Step:
    why = ASSIGNED
    if due.on is not None and due.on <= today + SOON:
        why = OVERDUE if due.on < today else DUE
    first = path.lessons[0]
    title, url = (course.next_title, course.next_url) if course else (first.title, first.url)
    return Step(why, path.title, url, on=due.on, by=due.by, next_title=title)


def _running_out(course: Standing, today: date) -> list[Step]:
    """A completion that has run out, or does so soon; only where the course can be renewed by its final."""
    if course.state == EXPIRED:
        return [Step(RUN_OUT, course.title, course.next_url, on=course.expires_on, next_title=course.next_title)]
    soon = course.complete and course.expires_on is not None and course.expires_on <= today + RENEWABLE
    if not soon or not course.final_url:
        return []
    way = course.next_url if course.new_edition else course.final_url
    return [
        Step(RUNS_OUT, course.title, way, on=course.expires_on, next_title=course.new_edition and course.next_title)
    ]


def _worth_repeating(
    courses: Sequence[Standing], shown: Mapping[int, Shown], paths: Mapping[int, Outline], today: date
) -> list[Step]:
    by_lesson: dict[int, list[Shown]] = {}
    for one in shown.values():
        if one.lesson_id is not None and one.has_check:
            by_lesson.setdefault(one.lesson_id, []).append(one)
    places = _places(courses, paths)
    steps = (_repeat(answers, *places[lesson], today) for lesson, answers in by_lesson.items() if lesson in places)
    return [step for step in steps if step]


def _places(courses: Sequence[Standing], paths: Mapping[int, Outline]) -> dict[int, tuple[Outline, LessonLine]]:
    """Where each lesson is read: in the course last worked in, where it stands in several."""
    begun = [paths[course.course_id] for course in courses]
    in_order = [*begun, *paths.values()]
    return {line.id: (path, line) for path in reversed(in_order) for line in path.lessons}


def _repeat(answers: Sequence[Shown], path: Outline, line: LessonLine, today: date) -> Step | None:
    wrong = [one for one in answers if not one.right]
    check = reverse("quizzes:check", kwargs={"course": path.course_slug, "lesson": line.slug})
    if wrong:
        why = CRITICAL if any(one.critical for one in wrong) else NOT_RIGHT
        on = max(one.on for one in wrong)
        return Step(why, line.title, check, on=on, count=len(wrong), lesson_url=line.url)
    last = max(one.on for one in answers)
    if months_later(last, MONTHS_TO_KEEP) <= today:
        return Step(LONG_AGO, line.title, check, on=last, lesson_url=line.url)
    return None

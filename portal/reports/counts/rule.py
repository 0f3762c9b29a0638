"""The rule by which one person is counted: from what is known of them to the changes that each day made.

It asks nothing of the database, and it is the only place that says what is counted. A change belongs to where the
person belonged on its day; who moves is taken out of one place with all that stands, and put into the other.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import add, sub

from portal.reports.counts.curriculum import Curriculum
from portal.reports.counts.facts import Earned, Facts, Place, Turns
from portal.reports.counts.subjects import ANY, PEOPLE, code_of

VERSION = 1  # of this rule: another one has everything counted anew
Values = tuple[int, ...]  # in the order of MEASURES
Stock = tuple[int, ...]  # the first five of them
Steps = list[tuple[int, Stock]]  # what stands from a day on, in order
Changes = dict[tuple[Place, int, int], Values]  # by place, code of the subject, day

NONE: Stock = (0, 0, 0, 0, 0)
REACHED: Stock = (0, 0, 1, 0, 0)
NO_FLOW = (0, 0, 0)
STARTED: Values = (0, 0, 0, 0, 0, 1, 0, 0)
COMPLETED: Values = (0, 0, 0, 0, 0, 0, 1, 0)
WITHDRAWN: Values = (0, 0, 0, 0, 0, 0, 0, 1)


def changes_of(facts: Facts, curriculum: Curriculum) -> Changes:
    """All changes that the person made to the counts, days to come among them; none of them is all zeros."""
    if not facts.path:
        return {}
    days = [day for day, _place in facts.path]
    moves = list(pairwise(facts.path))
    changes: Changes = {}

    def tell(day: int, code: int, values: Values, place: Place | None = None) -> None:
        where = place or facts.path[max(bisect_right(days, day) - 1, 0)][1]
        before = changes.get((where, code, day))
        changes[where, code, day] = values if before is None else tuple(map(add, before, values))

    for code, steps in _standing(facts, curriculum):
        before = NONE
        for day, stock in steps:
            change = stock if before is NONE else _difference(before, stock)
            tell(day, code, change + NO_FLOW)
            before = stock
        for (_since, old), (day, new) in moves:
            if (moved := _at(steps, day - 1)) != NONE:
                tell(day, code, _difference(moved, NONE) + NO_FLOW, old)
                tell(day, code, moved + NO_FLOW, new)
    for course, day, what in _happened(facts):
        tell(day, code_of("course", course), what)
        tell(day, ANY.code, what)
    return {key: values for key, values in changes.items() if any(values)}


def _difference(before: Stock, after: Stock) -> Stock:
    return tuple(map(sub, after, before))


def _at(steps: Steps, day: int) -> Stock:
    """What stands at the end of the day."""
    found = NONE
    for since, stock in steps:
        if since > day:
            break
        found = stock
    return found


def _happened(facts: Facts) -> Iterator[tuple[int, int, Values]]:
    """(course, day, what happened on it)."""
    for course, day in facts.begun.items():
        yield course, day, STARTED
    for course, earned in facts.earned.items():
        for one in earned:
            yield course, one.on, COMPLETED
            if one.withdrawn is not None:
                yield course, one.withdrawn, WITHDRAWN


def _standing(facts: Facts, curriculum: Curriculum) -> Iterator[tuple[int, Steps]]:
    """By the code of each subject, what stands of it from which day on."""
    yield PEOPLE.code, [(facts.path[0][0], (1, 0, 0, 0, 0))]
    courses = {
        course: course_steps(facts.begun.get(course), facts.earned.get(course, []))
        for course in facts.begun.keys() | facts.earned.keys()
    }
    for course, steps in courses.items():
        yield code_of("course", course), steps
    if courses:
        yield ANY.code, _any(list(courses.values()))
    for kind, table in (("lesson", facts.lessons), ("final", facts.finals)):
        for ref, turns in table.items():
            yield code_of(kind, ref), _reached(turns)
    for kind, ref, lessons in curriculum.whole(facts.lessons):
        yield code_of(kind, ref), _reached(all_of([facts.lessons[lesson] for lesson in lessons]))


def course_steps(begun: int | None, earned: Sequence[Earned]) -> Steps:
    """Of one course: begun, under way, completed, expired, valid, each 0 or 1, from which day on."""
    days = {day for one in earned for day in one if day is not None}
    steps: Steps = []
    for day in sorted(days if begun is None else days | {begun}):
        has_begun = begun is not None and begun <= day
        latest = _latest(earned, day)
        out = latest is not None and latest.expires is not None and latest.expires <= day
        ever = latest is not None
        steps.append((day, (int(has_begun), int(has_begun and not ever), int(ever), int(out), int(ever and not out))))
    return steps


def _latest(earned: Sequence[Earned], day: int) -> Earned | None:
    """The completion that counts at the end of the day."""
    counted = [one for one in earned if one.on <= day and (one.withdrawn is None or day < one.withdrawn)]
    return counted[-1] if counted else None


def _any(courses: Sequence[Steps]) -> Steps:
    """The same of at least one course."""
    if len(courses) == 1:
        return courses[0]
    days = sorted({day for steps in courses for day, _stock in steps})
    return [(day, tuple(map(max, zip(*(_at(steps, day) for steps in courses), strict=True)))) for day in days]


def _reached(turns: Iterable[int]) -> Steps:
    return [(day, NONE if number % 2 else REACHED) for number, day in enumerate(turns)]


def all_of(parts: Sequence[Turns]) -> Turns:
    """When all of these stand."""
    if all(len(turns) == 1 for turns in parts):
        return [max(turns[0] for turns in parts)]
    turns: Turns = []
    for day in sorted({day for part in parts for day in part}):
        stands = all(bisect_right(part, day) % 2 for part in parts)
        if stands != bool(len(turns) % 2):
            turns.append(day)
    return turns

"""What it means for a learner's passes and completions when sittings that are long over are scored anew. No query.

A regrade never renews what holds: it earns a completion for who has none that holds, or for whose final was handed in
after the latest completion, as it would have renewed it then. A completion is lost where the sitting that earned it, a
final, does not pass any more, or where it rests on a lesson or a final that no other sitting has passed.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from quizzes.needs import Done, Needs
from quizzes.validity import has_run_out


@dataclass(frozen=True)
class Sitting:
    """A sitting that passes now or passes no more; `lesson` None is a final."""

    attempt: uuid.UUID
    lesson: int | None
    course: int
    edition: int
    handed_in: date


@dataclass(frozen=True)
class Earned:
    """A completion that the learner has."""

    pk: int
    attempt: uuid.UUID | None
    course: int
    edition: int
    completed_on: date
    expires_on: date | None


@dataclass
class Past:
    """What a learner has: `passes` by sitting or event, of a (lesson, course), or a final where lesson is None."""

    read: set[int] = field(default_factory=set)
    passes: dict[object, tuple[int | None, int]] = field(default_factory=dict)
    completions: list[Earned] = field(default_factory=list)

    def done(self) -> Done:
        return Done(
            self.read,
            {lesson for lesson, _course in self.passes.values() if lesson is not None},
            {course for lesson, course in self.passes.values() if lesson is None},
        )


@dataclass(frozen=True)
class Outcome:
    """The sittings that earn a completion, and the completions that are lost."""

    earned: tuple[Sitting, ...] = ()
    lost: tuple[Earned, ...] = ()


def outcome(
    past: Past,
    rising: Sequence[Sitting],
    falling: Sequence[Sitting],
    needs: Mapping[int, Needs],
    today: date,
) -> Outcome:
    """Once the `rising` sittings pass and the `falling` ones do not; `needs` by edition."""
    gone = {sitting.attempt for sitting in falling}
    passes = {key: what for key, what in past.passes.items() if key not in gone}
    passes |= {sitting.attempt: (sitting.lesson, sitting.course) for sitting in rising}
    now = Past(past.read, passes, past.completions)
    lost = tuple(one for one in past.completions if _is_lost(one, falling, now.done(), needs[one.edition]))
    now.completions = [one for one in past.completions if one not in lost]
    return Outcome(tuple(_earning(now, rising, needs, today)), lost)


def _is_lost(completion: Earned, falling: Sequence[Sitting], done: Done, needs: Needs) -> bool:
    asked = {lesson for lesson, has_check in needs.lessons if has_check}
    for sitting in falling:
        if sitting.lesson is None and sitting.attempt == completion.attempt:
            return True
        if sitting.lesson is None and needs.final and sitting.course == needs.course not in done.finals:
            return True
        if sitting.lesson in asked and sitting.lesson not in done.passed:
            return True
    return False


def _earning(now: Past, rising: Sequence[Sitting], needs: Mapping[int, Needs], today: date) -> Iterable[Sitting]:
    """At most one sitting a course, a final before a check, the latest first."""
    done, courses = now.done(), set()
    for sitting in sorted(rising, key=lambda one: (one.lesson is None, one.handed_in, one.attempt), reverse=True):
        if sitting.course in courses or not needs[sitting.edition].are_met(done):
            continue
        if not _stands_against(now.completions, sitting, today):
            courses.add(sitting.course)
            yield sitting


def _stands_against(completions: Sequence[Earned], sitting: Sitting, today: date) -> bool:
    """A sitting earns once, and again only after what it earned was withdrawn."""
    if any(one.attempt == sitting.attempt for one in completions):
        return True
    held = [one for one in completions if one.course == sitting.course and not has_run_out(one.expires_on, today)]
    if sitting.lesson is None:
        return any(one.completed_on >= sitting.handed_in for one in held)
    return bool(held)

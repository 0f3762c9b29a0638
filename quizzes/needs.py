"""What an edition asks of who would complete it, and what of that is still missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lessons.models import Placement
from quizzes.models import Quiz


@dataclass(frozen=True)
class Done:
    """What a learner has done: ids of lessons read and passed, and of courses whose final was passed."""

    read: Collection[int]
    passed: Collection[int]
    finals: Collection[int]

    def counts(self, lesson: int, *, has_check: bool) -> bool:
        """A lesson counts once its check is passed; one without a check once it is read."""
        return lesson in (self.passed if has_check else self.read)


@dataclass(frozen=True)
class Needs:
    """`lessons` in order, each with whether it has a check."""

    course: int
    lessons: tuple[tuple[int, bool], ...]
    final: bool

    @property
    def reading_only(self) -> bool:
        """Whether there are lessons and nothing to pass."""
        return bool(self.lessons) and not self.final and not any(has_check for _lesson, has_check in self.lessons)

    def missing(self, done: Done) -> tuple[list[int], bool]:
        """(ids of lessons that do not count yet, in order; whether the final is still to be passed)."""
        lessons = [lesson for lesson, has_check in self.lessons if not done.counts(lesson, has_check=has_check)]
        return lessons, self.final and self.course not in done.finals

    def are_met(self, done: Done) -> bool:
        lessons, final = self.missing(done)
        return not lessons and not final


def needs_of(editions: Iterable[tuple[int, int]]) -> dict[int, Needs]:
    """By edition, for pairs (edition, course); two queries however many."""
    courses = dict(editions)
    placed: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    rows = Placement.objects.filter(edition__in=list(courses)).order_by("position")
    for edition, lesson, check in rows.values_list("edition", "lesson", "lesson__check_quiz"):
        placed[edition].append((lesson, check is not None))
    finals = set(Quiz.objects.filter(edition__in=list(courses)).values_list("edition", flat=True))
    return {edition: Needs(course, tuple(placed[edition]), edition in finals) for edition, course in courses.items()}

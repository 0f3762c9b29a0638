"""What the rule of counting needs to know of the curriculum: which lessons a module or a skill is made of."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

from lessons.models import Lesson, Placement, Skill, State
from quizzes.models import Quiz

Group = tuple[str, int]  # kind and id


def digest(words: object) -> str:
    """A short name for what reads the same."""
    return blake2b(repr(words).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Curriculum:
    """`groups` are the lessons of each module and skill; `checked` are the lessons that have a check.

    A lesson with a check counts once the check is passed, any other once it is read.
    """

    groups: dict[Group, frozenset[int]] = field(default_factory=dict)
    checked: frozenset[int] = frozenset()

    @cached_property
    def _by_lesson(self) -> dict[int, list[Group]]:
        found: dict[int, list[Group]] = defaultdict(list)
        for group, lessons in self.groups.items():
            for lesson in lessons:
                found[lesson].append(group)
        return dict(found)

    def whole(self, lessons: Iterable[int]) -> Iterator[tuple[str, int, Collection[int]]]:
        """Each module and skill all of whose lessons are among these: (kind, id, its lessons)."""
        found = Counter(group for lesson in lessons for group in self._by_lesson.get(lesson, ()))
        for group, count in found.items():
            if count == len(self.groups[group]):
                yield *group, self.groups[group]

    @property
    def name(self) -> str:
        """The same for the same curriculum."""
        return digest((sorted((key, sorted(of)) for key, of in self.groups.items()), sorted(self.checked)))


def curriculum_of_today() -> Curriculum:
    """The published editions as they are; four queries."""
    placed = Placement.objects.filter(edition__state=State.PUBLISHED, lesson__archived_at=None)
    groups: dict[Group, set[int]] = defaultdict(set)
    taught = set()
    for module, lesson in placed.order_by().values_list("module", "lesson"):
        groups["module", module].add(lesson)
        taught.add(lesson)
    for skill, lesson in _lessons_of_skills():
        if lesson in taught:
            groups["skill", skill].add(lesson)
    checked = Quiz.objects.filter(lesson__isnull=False).values_list("lesson", flat=True)
    return Curriculum({key: frozenset(of) for key, of in groups.items()}, frozenset(checked))


def _lessons_of_skills() -> Iterator[tuple[int, int]]:
    """(skill, lesson that teaches it or a part of it)."""
    parents = dict(Skill.objects.order_by().values_list("pk", "parent"))
    rows = Lesson.skills.through._default_manager.values_list("skill_id", "lesson_id")
    for skill, lesson in rows:
        above: int | None = skill
        while above is not None:
            yield above, lesson
            above = parents[above]

"""How many people have passed all lessons of each module, or of each skill, by the end of a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lessons.models import Lesson, Module, ModuleText, Skill, SkillText, State
from lessons.titles import TitledCourse
from lessons.words import in_language
from portal.reports.completion import FEWEST, Whose
from portal.reports.counts.subjects import ANY, Subject
from portal.reports.standing.stood import stood
from portal.reports.tables import Row


@dataclass(frozen=True)
class Learned:
    """`begun` had begun the course that `course` names; for a skill of all courses, any course."""

    key: str
    title: str
    course: str
    passed: int
    begun: int

    @property
    def share(self) -> float | None:
        """Of who had begun, the part (0 to 1) who passed; None: too few, or more passed it in another course."""
        return self.passed / self.begun if self.begun >= FEWEST and self.passed <= self.begun else None


def modules(whose: Whose, courses: Sequence[TitledCourse], day: date, language: str) -> list[Learned]:
    """The modules of the courses as they are published now, in their order; a query besides those of the counts."""
    by_pk = {course.pk: course for course in courses}
    title = Coalesce(in_language(ModuleText.objects.all(), "module", "title", language), "key")
    rows = Module.objects.filter(
        edition__course__in=by_pk, edition__state=State.PUBLISHED, placements__lesson__archived_at=None
    )
    told = list(rows.annotate(name=title, course=F("edition__course")).order_by("position", "pk").distinct())
    subjects = [Subject("module", module.pk) for module in told] + [Subject("course", pk) for pk in by_pk]
    found = stood(whose, subjects, day)
    places = {pk: number for number, pk in enumerate(by_pk)}
    return [
        Learned(
            f"{by_pk[module.course].key}/{module.key}",
            module.name,
            by_pk[module.course].title,
            found[Subject("module", module.pk)].ever,
            found[Subject("course", module.course)].begun,
        )
        for module in sorted(told, key=lambda module: places[module.course])
    ]


def skills(whose: Whose, course: TitledCourse | None, day: date, language: str) -> list[Learned]:
    """The skills that are taught now, in the course or in any, in the order of their names."""
    name = Coalesce(in_language(SkillText.objects.all(), "skill", "name", language), "key")
    told = sorted(_taught(course).annotate(name=name), key=lambda skill: (skill.name, skill.pk))
    beside = Subject("course", course.pk) if course else ANY
    found = stood(whose, [*(Subject("skill", skill.pk) for skill in told), beside], day)
    return [
        Learned(
            skill.key,
            skill.name,
            course.title if course else _("Any course"),
            found[Subject("skill", skill.pk)].ever,
            found[beside].begun,
        )
        for skill in told
    ]


def _taught(course: TitledCourse | None) -> QuerySet[Skill]:
    """Skills that a lesson now placed teaches, or a part of which one does."""
    lessons = Lesson.objects.filter(placements__edition__state=State.PUBLISHED, archived_at=None)
    if course:
        lessons = lessons.filter(placements__edition__course=course.pk, placements__edition__state=State.PUBLISHED)
    parents = dict(Skill.objects.order_by().values_list("pk", "parent"))
    found: set[int] = set()
    for skill in lessons.order_by().values_list("skills", flat=True).distinct():
        above: int | None = skill
        while above is not None and above not in found:
            found.add(above)
            above = parents[above]
    return Skill.objects.filter(pk__in=found)


def rows_of(lines: Sequence[Learned], by: str, day: date) -> Iterator[Row]:
    """The table as rows of cells, for a file."""
    what = _("Skill") if by == "skill" else _("Module")
    yield (_("Key"), what, _("Course"), _("At the end of"), _("Passed all its lessons"), _("Begun"), _("Share"))
    for line in lines:
        yield line.key, line.title, line.course, day, line.passed, line.begun, line.share

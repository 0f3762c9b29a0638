"""The way through a course: how many had begun it, passed each lesson and the final, and completed it, by a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lessons.models import PUBLIC, Lesson, Revision, State
from lessons.titles import TitledCourse
from lessons.words import preferring
from portal.reports.completion import FEWEST, Whose
from portal.reports.counts.subjects import Subject
from portal.reports.standing.stood import stood
from portal.reports.tables import Row
from quizzes.models import Quiz

STARTED, LESSON, FINAL, COMPLETED = "started", "lesson", "final", "completed"


@dataclass(frozen=True)
class Step:
    """`people` had reached it; `lost` is how many fewer they are than at the step before, below 0 where more."""

    kind: str
    key: str
    title: str
    people: int
    started: int
    lost: int = 0
    most_stop: bool = False

    @property
    def share(self) -> float | None:
        """Of who had started, the part (0 to 1) who reached it; None: too few, or more came by another course."""
        return self.people / self.started if self.started >= FEWEST and self.people <= self.started else None


@dataclass(frozen=True)
class Funnel:
    """`former` are lessons of earlier editions that the course no longer has."""

    steps: tuple[Step, ...]
    former: tuple[Step, ...]

    @property
    def stop(self) -> tuple[Step, Step] | None:
        """The step before which most people stop, with the one before it; None where nobody does, or few started."""
        found = next((index for index, step in enumerate(self.steps) if step.most_stop), None)
        return (self.steps[found - 1], self.steps[found]) if found else None


def funnel(whose: Whose, course: TitledCourse, day: date, language: str) -> Funnel:
    """The steps of the edition published now; four queries besides those of the counts."""
    placed, former = _lessons(course)
    titles = titles_of([*placed, *former], language)
    whole, final = Subject("course", course.pk), Subject("final", course.pk)
    found = stood(whose, [whole, final, *(Subject("lesson", pk) for pk in titles)], day)
    started = found[whole].begun

    def lesson(pk: int) -> Step:
        return Step(LESSON, titles[pk][0], titles[pk][1], found[Subject("lesson", pk)].ever, started)

    steps = [Step(STARTED, "", _("Started"), started, started), *(lesson(pk) for pk in placed)]
    if _has_final(course):
        steps.append(Step(FINAL, "", _("Final passed"), found[final].ever, started))
    steps.append(Step(COMPLETED, "", _("Completed"), found[whole].ever, started))
    return Funnel(tuple(_with_losses(steps)), tuple(step for step in map(lesson, former) if step.people))


def _with_losses(steps: Sequence[Step]) -> Iterator[Step]:
    losses = [0, *(before.people - step.people for before, step in pairwise(steps))]
    most = max(range(len(steps)), key=losses.__getitem__)
    told = losses[most] > 0 and steps[0].people >= FEWEST
    for index, (step, lost) in enumerate(zip(steps, losses, strict=True)):
        yield Step(step.kind, step.key, step.title, step.people, step.started, lost, told and index == most)


def _lessons(course: TitledCourse) -> tuple[list[int], list[int]]:
    """Ids of the lessons that the course has now, in order, and of those that only earlier editions had."""
    ever = Lesson.objects.filter(placements__edition__course=course.pk, placements__edition__state__in=PUBLIC)
    now = Lesson.objects.filter(
        placements__edition__course=course.pk, placements__edition__state=State.PUBLISHED, archived_at=None
    )
    placed = list(now.order_by("placements__position").values_list("pk", flat=True))
    latest = ever.annotate(place=Max("placements__position")).order_by("place", "pk").values_list("pk", flat=True)
    return placed, [pk for pk in latest if pk not in set(placed)]


def titles_of(lessons: Sequence[int], language: str) -> dict[int, tuple[str, str]]:
    """(key, title) by id, of the text that was published last, in the language where there is one."""
    texts = Revision.objects.filter(text__lesson=OuterRef("pk"), state__in=PUBLIC)
    latest = texts.order_by(preferring(language, "text__language"), "-number").values("title")[:1]
    rows = Lesson.objects.filter(pk__in=lessons).annotate(title=Coalesce(Subquery(latest), "key"))
    return {pk: (key, title) for pk, key, title in rows.order_by().values_list("pk", "key", "title")}


def _has_final(course: TitledCourse) -> bool:
    return Quiz.objects.filter(edition__course=course.pk, edition__state=State.PUBLISHED).exists()


def rows_of(told: Funnel, day: date) -> Iterator[Row]:
    """The table as rows of cells, for a file."""
    yield (_("Key"), _("Step"), _("At the end of"), _("People"), _("Fewer than before"), _("Share"), _("Note"))
    for step in told.steps:
        note = _("Most people stop before this step") if step.most_stop else ""
        yield step.key, step.title, day, step.people, step.lost, step.share, note
    for step in told.former:
        yield step.key, step.title, day, step.people, None, None, _("No longer in the course")

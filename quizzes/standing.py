"""Where a learner stands, as pages show it: percent, what is missing, what comes next."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Field, OuterRef, Q, Subquery, UUIDField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.catalogue import Outline, outlines
from lessons.models import Placement
from quizzes.models import CourseProgress, Learner, LessonProgress, ProgressEvent, Quiz
from quizzes.needs import Done, Needs
from quizzes.progress import everything_of
from quizzes.validity import LATEST, completions_as_of, has_run_out, not_withdrawn

STARTED, COMPLETE, EXPIRED = "started", "complete", "expired"


@dataclass(frozen=True)
class Standing:
    """A learner's standing in one course; `reasons` say why it is not complete, `new_edition` what a new one adds.

    `final_url` is empty where the course has no final; `certificate` is the public id of the latest completion. Where
    saying once more that a lesson was read completes the course, `read_url` is where to say so.
    """

    course_id: int
    title: str
    url: str
    state: str
    passed: int
    total: int
    percent: int
    started_on: date
    active_on: date
    completed_on: date | None
    expires_on: date | None
    next_title: str
    next_url: str
    final_url: str = ""
    certificate: uuid.UUID | None = None
    new_edition: str = ""
    read_url: str = ""
    reasons: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return self.state == COMPLETE


def standings(learner: Learner, language: str, every: dict[int, Outline] | None = None) -> list[Standing]:
    """Every course the learner has started and can still read, the latest first; five queries however many.

    Who has the outlines of all courses already passes them as `every` and saves one; where a course has a new edition
    since, it takes one more.
    """
    begun = CourseProgress.objects.filter(learner=learner).annotate(
        certificate=_latest(learner, "attempt", UUIDField()), earned_in=_latest(learner, "edition", BigIntegerField())
    )
    rows = list(begun.order_by("-active_on", "-pk"))
    known = outlines(language, [row.course_id for row in rows]) if every is None else every
    paths = {row.course_id: known[row.course_id] for row in rows if row.course_id in known}
    readable = [row for row in rows if row.course_id in paths]
    needs, done, former = _needs(paths), _done(learner, paths), _former_lessons(readable, paths)
    today = timezone.localdate()
    return [
        _standing(row, _Marks(paths[row.course_id], needs[row.course_id], done, former.get(row.course_id)), today)
        for row in readable
    ]


def _latest(learner: Learner, name: str, field: Field[Any, Any]) -> Subquery:
    """A column of the latest completion of the outer row's course that counts."""
    earned = completions_as_of().filter(everything_of(learner), course=OuterRef("course"))
    return Subquery(earned.order_by(*LATEST).values(name)[:1], field)


@dataclass(frozen=True)
class _Marks:
    """What counts for one course; `former` are the lessons of the edition that the learner knows, if it is another."""

    path: Outline
    needs: Needs
    done: Done
    former: frozenset[int] | None


def _needs(paths: dict[int, Outline]) -> dict[int, Needs]:
    """What each course asks, as it is read today; one query."""
    lessons = {line.id for path in paths.values() for line in path.lessons}
    editions = [path.edition_id for path in paths.values()]
    quizzes = Quiz.objects.filter(Q(lesson__in=lessons) | Q(edition__in=editions))
    pairs = list(quizzes.values_list("lesson", "edition__course"))
    checked, finals = {lesson for lesson, _course in pairs}, {course for _lesson, course in pairs}
    return {
        course: Needs(course, tuple((line.id, line.id in checked) for line in path.lessons), course in finals)
        for course, path in paths.items()
    }


def _done(learner: Learner, paths: dict[int, Outline]) -> Done:
    """What the learner has read and passed of it; two queries."""
    lessons = {line.id for path in paths.values() for line in path.lessons}
    progress = list(LessonProgress.objects.filter(learner=learner, lesson__in=lessons))
    finals = ProgressEvent.objects.filter(everything_of(learner), not_withdrawn(), verb=ProgressEvent.Verb.FINAL_PASSED)
    return Done(
        {row.lesson_id for row in progress if row.read_on},
        {row.lesson_id for row in progress if row.passed_on},
        set(finals.values_list("course", flat=True)),
    )


def _former_lessons(rows: Sequence[CourseProgress], paths: dict[int, Outline]) -> dict[int, frozenset[int]]:
    """Of courses with a new edition: the lessons of the edition completed, or else last worked in, by course."""
    known = {row.course_id: row.earned_in or row.edition_id for row in rows}  # type: ignore[attr-defined]
    older = {course: edition for course, edition in known.items() if edition != paths[course].edition_id}
    if not older:
        return {}
    placed: dict[int, set[int]] = {}
    for edition, lesson in Placement.objects.filter(edition__in=older.values()).values_list("edition", "lesson"):
        placed.setdefault(edition, set()).add(lesson)
    return {course: frozenset(placed.get(edition, ())) for course, edition in older.items()}


def _standing(row: CourseProgress, marks: _Marks, today: date) -> Standing:
    path, final = marks.path, marks.needs.final
    missing, final_missing = marks.needs.missing(marks.done)
    total = len(path.lessons) + final
    state = state_of(row.completed_on, row.expires_on, today)
    waiting = next((line for line in path.lessons if line.id in missing), None)
    following, url = path.title, path.url
    if waiting:
        following, url = waiting.title, waiting.url
    elif final and state != COMPLETE:
        following, url = _("The course's final"), final_url(path)
    new_edition = _new_edition(marks, missing)
    once_more = state == STARTED and marks.needs.are_met(marks.done)
    return Standing(
        course_id=row.course_id,
        title=path.title,
        url=path.url,
        state=state,
        passed=len(path.lessons) - len(missing),
        total=len(path.lessons),
        percent=100 * (total - len(missing) - final_missing) // total,
        started_on=row.started_on,
        active_on=row.active_on,
        completed_on=row.completed_on,
        expires_on=row.expires_on,
        next_title=following,
        next_url=url,
        final_url=final_url(path) if final else "",
        certificate=row.certificate,  # type: ignore[attr-defined]
        new_edition=new_edition,
        read_url=_read_url(path) if once_more and marks.needs.reading_only else "",
        reasons=[] if state == COMPLETE else _reasons(marks, state),
    )


def _read_url(path: Outline) -> str:
    return reverse("quizzes:read", kwargs={"course": path.course_slug, "lesson": path.lessons[0].slug})


def _new_edition(marks: _Marks, missing: Collection[int]) -> str:
    """That the course has a new edition, where one adds lessons that are missing."""
    if marks.former is None:
        return ""
    count = len(set(missing) - marks.former)
    words = ngettext(
        "The course has a new edition: %(count)s new lesson.",
        "The course has a new edition: %(count)s new lessons.",
        count,
    )
    return words % {"count": count} if count else ""


def state_of(completed_on: date | None, expires_on: date | None, today: date) -> str:
    """`started`, `complete` or `expired`, from the days of the latest completion that counts."""
    if completed_on is None:
        return STARTED
    return EXPIRED if has_run_out(expires_on, today) else COMPLETE


def _reasons(marks: _Marks, state: str) -> list[str]:
    lessons, final_missing = marks.needs.missing(marks.done)
    missing, reasons = len(lessons), []
    if missing:
        reasons.append(
            ngettext(
                "%(count)s lesson's check is still to be passed.",
                "The checks of %(count)s lessons are still to be passed.",
                missing,
            )
            % {"count": missing}
        )
    if final_missing:
        reasons.append(_("The final is still to be passed."))
    if state == STARTED and not reasons:
        reasons.append(_once_more(marks.needs))
    if state == EXPIRED:
        reasons.append(_("The completion has run out: pass the final again to renew it."))
    return reasons


def _once_more(needs: Needs) -> str:
    """Where a new edition asks for less than the one before: everything is done, and nothing has completed it yet."""
    if needs.reading_only:
        return _("You have read everything that the course asks now. Say so once more to complete it.")
    if needs.final:
        return _("You have done everything that the course asks now. Pass the final once more to complete it.")
    return _("You have done everything that the course asks now. Pass one of its checks once more to complete it.")


def final_url(path: Outline) -> str:
    return reverse("quizzes:final", kwargs={"course": path.course_slug})

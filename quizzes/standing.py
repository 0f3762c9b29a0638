"""Where a learner stands, as pages show it: percent, what is missing, what comes next."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, Subquery, UUIDField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.catalogue import Outline, outlines
from quizzes.models import Completion, CourseProgress, Learner, LessonProgress, ProgressEvent, Quiz
from quizzes.progress import everything_of

STARTED, COMPLETE, EXPIRED = "started", "complete", "expired"


@dataclass(frozen=True)
class Standing:
    """A learner's standing in one course; `reasons` say why it is not complete.

    `final_url` is empty where the course has no final; `certificate` is the public id of the latest completion.
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
    reasons: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return self.state == COMPLETE


def standings(learner: Learner, language: str, every: dict[int, Outline] | None = None) -> list[Standing]:
    """Every course the learner has started and can still read, the latest first; five queries however many.

    Who has the outlines of all courses already passes them as `every` and saves one.
    """
    begun = CourseProgress.objects.filter(learner=learner).annotate(certificate=_certificate(learner))
    rows = list(begun.order_by("-active_on", "-pk"))
    known = outlines(language, [row.course_id for row in rows]) if every is None else every
    paths = {row.course_id: known[row.course_id] for row in rows if row.course_id in known}
    return [
        _standing(row, paths[row.course_id], lessons)
        for row, lessons in _with_marks(learner, rows, paths)
        if row.course_id in paths
    ]


def _certificate(learner: Learner) -> Subquery:
    """The public id of the latest completion of the outer row's course."""
    earned = Completion.objects.filter(everything_of(learner), course=OuterRef("course"))
    return Subquery(earned.order_by("-completed_on", "-pk").values("attempt")[:1], UUIDField())


@dataclass(frozen=True)
class _Marks:
    """What counts for one course."""

    done: frozenset[int]
    final: bool
    final_done: bool


def _with_marks(
    learner: Learner, rows: list[CourseProgress], paths: dict[int, Outline]
) -> Iterable[tuple[CourseProgress, _Marks]]:
    lessons = {line.id for path in paths.values() for line in path.lessons}
    editions = [path.edition_id for path in paths.values()]
    quizzes = Quiz.objects.filter(Q(lesson__in=lessons) | Q(edition__in=editions))
    pairs = list(quizzes.values_list("lesson", "edition__course"))
    checked, finals = {lesson for lesson, _course in pairs}, {course for _lesson, course in pairs}
    progress = LessonProgress.objects.filter(learner=learner, lesson__in=lessons)
    done = frozenset(p.lesson_id for p in progress if p.passed_on or (p.read_on and p.lesson_id not in checked))
    passed_finals = set(
        ProgressEvent.objects.filter(everything_of(learner), verb=ProgressEvent.Verb.FINAL_PASSED).values_list(
            "course", flat=True
        )
    )
    for row in rows:
        yield row, _Marks(done, row.course_id in finals, row.course_id in passed_finals)


def _standing(row: CourseProgress, path: Outline, marks: _Marks) -> Standing:
    missing = [line for line in path.lessons if line.id not in marks.done]
    final_missing = marks.final and not marks.final_done
    total = len(path.lessons) + marks.final
    steps = total - len(missing) - final_missing
    state = _state(row)
    if missing:
        following, url = missing[0].title, missing[0].url
    elif marks.final and state != COMPLETE:
        following, url = _("The course's final"), final_url(path)
    else:
        following, url = path.title, path.url
    return Standing(
        course_id=row.course_id,
        title=path.title,
        url=path.url,
        state=state,
        passed=len(path.lessons) - len(missing),
        total=len(path.lessons),
        percent=100 * steps // total,
        started_on=row.started_on,
        active_on=row.active_on,
        completed_on=row.completed_on,
        expires_on=row.expires_on,
        next_title=following,
        next_url=url,
        final_url=final_url(path) if marks.final else "",
        certificate=row.certificate,  # type: ignore[attr-defined]
        reasons=[] if state == COMPLETE else _reasons(len(missing), final_missing, state),
    )


def _state(row: CourseProgress) -> str:
    if row.completed_on is None:
        return STARTED
    return COMPLETE if row.expires_on is None or timezone.localdate() < row.expires_on else EXPIRED


def _reasons(missing: int, final_missing: bool, state: str) -> list[str]:
    reasons = []
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
    if state == EXPIRED:
        reasons.append(_("The completion has run out: pass the final again to renew it."))
    return reasons


def final_url(path: Outline) -> str:
    return reverse("quizzes:final", kwargs={"course": path.course_slug})

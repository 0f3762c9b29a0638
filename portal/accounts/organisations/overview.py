"""What the pages of an organisation show: the courses asked of it, and its members with how far they are in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import NullIf

from lessons.titles import TitledCourse
from portal.accounts.assignments import asked_by
from portal.accounts.models import Membership, Organisation
from portal.accounts.periods import as_of
from portal.accounts.trees import Place, with_those_above
from quizzes.models import CourseProgress
from quizzes.standing import COMPLETE, EXPIRED, STARTED, state_of

NOT_BEGUN, UNDER_WAY, DONE, RUN_OUT = "not_begun", "under_way", "done", "run_out"


@dataclass(frozen=True)
class AskedCourse:
    """A course asked of the members; `above` names the organisation above that asks for it, if it is not this one."""

    pk: int
    slug: str
    title: str
    due_on: date | None
    above: str

    def is_over(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Standing:
    """How far a member is in a course that is asked of them; `late` if the day is over and it is not done."""

    title: str
    state: str
    late: bool


@dataclass(frozen=True)
class MemberLine:
    membership: Membership
    organisation: Place
    standings: tuple[Standing, ...]

    @property
    def done(self) -> int:
        return sum(standing.state == DONE for standing in self.standings)


def courses_asked(organisation: Place, courses: Iterable[TitledCourse], language: str) -> list[AskedCourse]:
    """What is asked of the members, by this organisation or one above it, each course once; two queries."""
    titled = {course.pk: course for course in courses}
    found: dict[int, AskedCourse] = {}
    for row in asked_by(with_those_above(Organisation, [organisation.pk]), language):
        course = titled.get(row.course_id)
        if course and (row.course_id not in found or row.organisation_id == organisation.pk):
            above = "" if row.organisation_id == organisation.pk else row.organisation_name
            found[row.course_id] = _asked(course, row, above, found.get(row.course_id))
    return list(found.values())


def _asked(course: TitledCourse, row: Any, above: str, former: AskedCourse | None) -> AskedCourse:
    """Where several ask for one course the earliest day counts; this organisation's own asking is the one shown."""
    due = former.due_on if former and former.due_on else row.due_on
    return AskedCourse(course.pk, course.slug, course.title, due, above)


def memberships_of(organisations: Iterable[int], today: date, search: str) -> QuerySet[Membership]:
    """The memberships on the day, by name, who has none last; of those whose name or address has `search` in it.

    Whose account is closed is not among them.
    """
    open_ones = Membership.objects.filter(as_of(today), organisation__in=set(organisations), user__erase_on=None)
    rows = open_ones.select_related("user")
    if search:
        rows = rows.filter(Q(user__display_name__icontains=search) | Q(user__email__icontains=search))
    name = NullIf(F("user__display_name"), Value(""))
    return rows.order_by(name.asc(nulls_last=True), F("user__email").asc(nulls_last=True), "pk")


def member_lines(
    memberships: Iterable[Membership], places: dict[int, Place], asked: list[AskedCourse], today: date
) -> list[MemberLine]:
    """Each member with how far they are; one query for all of them."""
    rows = list(memberships)
    progress = CourseProgress.objects.filter(
        learner__user__in={row.user_id for row in rows}, course__in=[course.pk for course in asked]
    ).values_list("learner__user", "course", "completed_on", "expires_on")
    known = {(user, course): (completed, expires) for user, course, completed, expires in progress}
    return [
        MemberLine(
            row,
            places[row.organisation_id],
            tuple(_standing(course, known.get((row.user_id, course.pk)), today) for course in asked),
        )
        for row in rows
    ]


def _standing(course: AskedCourse, days: tuple[date | None, date | None] | None, today: date) -> Standing:
    state = _state(days, today)
    return Standing(course.title, state, late=state != DONE and course.is_over(today))


def _state(days: tuple[date | None, date | None] | None, today: date) -> str:
    if days is None:
        return NOT_BEGUN
    return {STARTED: UNDER_WAY, COMPLETE: DONE, EXPIRED: RUN_OUT}[state_of(*days, today)]

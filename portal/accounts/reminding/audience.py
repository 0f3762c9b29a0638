"""Whom a reminder of a course would reach: members who have not completed it, want letters and had none lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from portal.accounts.models import Membership, Reminder, RemindersStopped, User
from portal.accounts.periods import as_of
from quizzes.models import CourseProgress
from quizzes.validity import running_on

BETWEEN = timedelta(days=7)
"""A person is reminded of a course no more often."""


@dataclass(frozen=True)
class Audience:
    """People who have not completed the course; all but `reached` get no letter now, and why."""

    undone: int
    reached: int
    lately: int
    unwilling: int
    without_address: int


def undone(organisations: Iterable[int], course_id: int, today: date) -> QuerySet[User]:
    """The members of these organisations who do not hold the course."""
    members = Membership.objects.filter(as_of(today), organisation__in=set(organisations))
    held = CourseProgress.objects.filter(
        running_on(today), learner__user=OuterRef("pk"), course=course_id, completed_on__isnull=False
    )
    return User.objects.filter(~Exists(held), pk__in=members.values("user"), is_active=True, erase_on=None)


def to_remind(organisations: Iterable[int], course_id: int, today: date, since: date | None = None) -> QuerySet[User]:
    """Those of them who are written to: nobody who was reminded in the last week, nor on `since` or later."""
    first = min(_week_before(today), since) if since else _week_before(today)
    lately = Reminder.objects.filter(user=OuterRef("pk"), course=course_id, sent_on__gte=first)
    people = undone(organisations, course_id, today).filter(email__isnull=False)
    return people.filter(~Exists(lately), ~Exists(_stopped())).order_by("pk")


def audience(organisations: Iterable[int], course_id: int, today: date) -> Audience:
    """Four counts."""
    people = undone(organisations, course_id, today)
    total, silent = people.count(), people.filter(email__isnull=True).count()
    unwilling = people.filter(Exists(_stopped()), email__isnull=False).count()
    reached = to_remind(organisations, course_id, today).count()
    return Audience(total, reached, total - silent - unwilling - reached, unwilling, silent)


def _stopped() -> QuerySet[RemindersStopped]:
    return RemindersStopped.objects.filter(user=OuterRef("pk"))


def _week_before(today: date) -> date:
    return today - BETWEEN + timedelta(days=1)

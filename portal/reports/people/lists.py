"""Which people a list names: who is overdue, who is due soon, whose completion has run out or soon will.

Of some thousand people it is asked as things stand; of more what was prepared with the last count is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from portal.accounts.models import User
from portal.reports.counts.concerns import held_by_member
from portal.reports.models import Concern
from portal.reports.people.asked import FEW_PEOPLE, AskedPeople
from quizzes.models import CourseProgress
from quizzes.validity import run_out_by

OVERDUE, DUE_SOON, EXPIRING = "overdue", "due-soon", "expiring"
SOON = 30  # days
AHEAD = (30, 60, 90)  # days that the list of completions may look ahead
MOST_COUNTED = 300  # counting further would take longer than the page may
FEW_CONCERNS = 20_000  # so many are all looked at, rather than walking along the names
Window = tuple[date | None, date]


@dataclass(frozen=True)
class PeopleList:
    """`looks_ahead`: the reader chooses for how many days."""

    name: str
    matching: Callable[[AskedPeople], QuerySet[User]]
    looks_ahead: bool = False


def window_of(name: str, asked: AskedPeople) -> Window:
    """Due days from the first (None: however long ago) to before the second."""
    if name == OVERDUE:
        return None, asked.today
    return asked.today, asked.today + timedelta(days=SOON + 1)


def late_people(asked: AskedPeople) -> QuerySet[User]:
    """Who was to complete a course before today and does not hold it."""
    return _without(asked, window_of(OVERDUE, asked))


def due_soon_people(asked: AskedPeople) -> QuerySet[User]:
    """Who is to complete a course from today on within the next days and does not hold it yet."""
    return _without(asked, window_of(DUE_SOON, asked))


def expiring_people(asked: AskedPeople) -> QuerySet[User]:
    """Whose last completion of a course has run out, or will have by the last day that the list looks at."""
    if asked.of_many:
        return _kept(asked.concerns().filter(run_out_by(asked.horizon, "day"), sort=Concern.Sort.ENDS))
    return _concerned(asked, running_out(asked).order_by(), "learner__user")


def running_out(asked: AskedPeople) -> QuerySet[CourseProgress]:
    """Of everybody's progress: the completions of the courses asked about that do not outlast the days ahead."""
    courses = [course.pk for course in asked.courses]
    return CourseProgress.objects.filter(course__in=courses, completed_on__isnull=False, expires_on__lte=asked.horizon)


LISTS: Mapping[str, PeopleList] = {
    each.name: each
    for each in (
        PeopleList(OVERDUE, late_people),
        PeopleList(DUE_SOON, due_soon_people),
        PeopleList(EXPIRING, expiring_people, looks_ahead=True),
    )
}


def bounded_count(people: QuerySet[User]) -> int:
    """How many there are, or one more than `MOST_COUNTED` where there are more: nobody is counted for longer."""
    return people.order_by().values("pk")[: MOST_COUNTED + 1].count()


def _without(asked: AskedPeople, window: Window) -> QuerySet[User]:
    since, until = window
    if asked.of_many:
        kept = asked.concerns().filter(sort=Concern.Sort.LACKS, day__lt=until)
        return _kept(kept if since is None else kept.filter(day__gte=since))
    places = asked.due.places_by_course(since, until)
    if not places:
        return User.objects.none()
    held = held_by_member(asked.today)
    lacking = [
        When(Q(organisation__among=where) & ~Exists(held.filter(course=course)), then=Value(1))
        for course, where in sorted(places.items())
    ]
    lacks = Case(*lacking, default=Value(0), output_field=IntegerField())
    seats = asked.seats().order_by().filter(organisation__among=set().union(*places.values()))
    return _concerned(asked, seats.alias(lacks=lacks).filter(lacks=1), "user")


def _concerned(asked: AskedPeople, rows: QuerySet[Any], user: str) -> QuerySet[User]:
    """Of those asked about whom any row is about, of which `user` is the person; a few are named by their ids.

    A database takes these people for many where it is not told, and begins with all rows that there are.
    """
    among = list(asked.people().order_by().values_list("pk", flat=True)[: 2 * FEW_PEOPLE + 1])
    if len(among) > 2 * FEW_PEOPLE:
        return asked.people().filter(pk__in=rows.values(user))
    found = rows.filter(**{f"{user}__among": among}).values_list(user, flat=True)
    return _with_accounts().filter(pk__among=set(found))


def _with_accounts() -> QuerySet[User]:
    return User.objects.filter(is_active=True, erase_on=None)


def _kept(concerns: QuerySet[Concern]) -> QuerySet[User]:
    """Whom any of them is about, of those who have an account; a few are named by their ids.

    Where they are many it is asked by a subquery that gives a number: unlike EXISTS no database turns it into a join,
    which would look at all of them first. So it walks along the names, and stops after a page.
    """
    if concerns.values("pk")[: FEW_CONCERNS + 1].count() <= FEW_CONCERNS:
        return _with_accounts().filter(pk__among=set(concerns.values_list("user", flat=True)))
    each = concerns.filter(user=OuterRef("pk")).values(one=Value(1))
    return _with_accounts().alias(listed=Subquery(each[:1])).filter(listed__gt=0)

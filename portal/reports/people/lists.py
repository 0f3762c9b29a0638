"""Which people a list names: who is overdue, who is due soon, whose completion has run out or soon will.

What concerns somebody is asked by a subquery that gives a number: unlike EXISTS no database turns it into a join, which
would look at everybody in scope first. So it walks along the names, looks up each person, and stops after a page. Only
where so few are asked about, or asked for a course, that a walk would find nobody for long, it begins with those few.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from portal.accounts.models import User
from portal.reports.counts.reading import people as counted_people
from portal.reports.people.asked import AskedPeople
from portal.reports.people.leafing import BY_NAME
from quizzes.models import CourseProgress
from quizzes.validity import running_on

OVERDUE, DUE_SOON, EXPIRING = "overdue", "due-soon", "expiring"
SOON = 30  # days
AHEAD = (30, 60, 90)  # days that the list of completions may look ahead
MOST_COUNTED = 300  # counting further would take longer than the page may
# So many rows, or so many people, are looked at all rather than walking along the names.
FEW_ROWS, FEW_PEOPLE = 20_000, 80_000
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
    rows = running_out(asked).order_by()
    return _concerned(asked, rows, rows, "learner__user")


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
    return people.order_by(*BY_NAME).values("pk")[: MOST_COUNTED + 1].count()


def _without(asked: AskedPeople, window: Window) -> QuerySet[User]:
    places = asked.due.places_by_course(*window)
    if not places:
        return User.objects.none()
    lacking = [
        When(Q(organisation__among=where) & ~Exists(_held(course, asked.today)), then=Value(1))
        for course, where in sorted(places.items())
    ]
    lacks = Case(*lacking, default=Value(0), output_field=IntegerField())
    seats = asked.seats().order_by().filter(organisation__among=set().union(*places.values()))
    late = seats.alias(lacks=lacks).filter(lacks=1)
    return _concerned(asked, seats, late, "user")


def _concerned(asked: AskedPeople, rows: QuerySet[Any], concern: QuerySet[Any], user: str) -> QuerySet[User]:
    """Whom any row of `concern` concerns, of which `user` is the person; `rows` hold them and are soon counted."""
    if _are_few(rows):
        return _these(asked, concern.values_list(user, flat=True))
    among = _among(asked)
    if among is not None:
        return _these(asked, concern.filter(**{f"{user}__among": among}).values_list(user, flat=True))
    each = concern.filter(**{user: OuterRef("pk")}).values(one=Value(1))
    return asked.people().alias(listed=Subquery(each[:1])).filter(listed__gt=0)


def _among(asked: AskedPeople) -> list[int] | None:
    """The ids of everybody asked about; None where they are the nation, or too many to look at them all."""
    if not asked.is_narrow:
        return None
    whose = asked.scope.whose(asked.organisation, asked.region)
    if sum(sign * counted_people(where, asked.today) for sign, where in whose) > FEW_PEOPLE:
        return None  # as far as is known from the last count
    found = list(asked.people().order_by().values_list("pk", flat=True)[: FEW_PEOPLE + 1])
    return found if len(found) <= FEW_PEOPLE else None


def _are_few(rows: QuerySet[Any]) -> bool:
    return rows.values("pk")[: FEW_ROWS + 1].count() <= FEW_ROWS


def _these(asked: AskedPeople, users: Iterable[int | None]) -> QuerySet[User]:
    return asked.people().filter(pk__among={user for user in users if user})


def _held(course: int, today: date) -> QuerySet[CourseProgress]:
    """The completion of a membership's person that holds today."""
    return CourseProgress.objects.filter(
        running_on(today), course=course, learner__user=OuterRef("user"), completed_on__isnull=False
    )

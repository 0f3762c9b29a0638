"""Preparing the lists of people: whom something is asked of that they do not hold, and whose completions run out.

All of it is written anew once a day, and where what organisations ask has changed; in between those of whom something
changed are, with the counts. Whatever day it was written for, it is of use for some days more.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value

from portal.accounts.models import Membership, Residence
from portal.accounts.periods import as_of
from portal.accounts.trees import organisation_tree
from portal.reports.counts.changed import BATCH, batches
from portal.reports.counts.curriculum import digest
from portal.reports.due_days import DueDays, due_days
from portal.reports.models import Concern, CountState, DueDay, ListState
from quizzes.models import CourseProgress
from quizzes.validity import run_out_by, running_on

AHEAD = 90  # days that a list may look ahead
SPARE = 7  # days for which what was prepared is still of use
VERSION = 1  # of what is prepared: another one has it written anew
TABLE, COLUMNS = Concern._meta.db_table, 'sort, "user", course, day, organisation, region'
TOLD = ("of_sort", "of_user", "course", "day", "of_organisation", "of_region")
Users = Iterable[int] | None
Sort = Concern.Sort


def prepare(today: date) -> bool:
    """Writes everything anew where the day or what is asked is another than last time; whether it did."""
    asked = due_days(organisation_tree("en"), None, None)
    name = digest((VERSION, sorted((place, sorted(days.items())) for place, days in asked.by_place.items())))
    with transaction.atomic():
        if CountState.objects.select_for_update().first() is None or _state() == (today, name):
            return False
        _write_due_days(asked)
        Concern.objects.all().delete()
        write(today, None)
        ListState.objects.update_or_create(pk=1, defaults={"day": today, "asked": name})
    _tidy()
    return True


def _tidy() -> None:
    """Takes the former rows away at once and tells the planner of the new ones, whoever reads next."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"{'ANALYZE' if connection.in_atomic_block else 'VACUUM (ANALYZE)'} {TABLE}")


def refresh(users: Iterable[int]) -> None:
    """Writes anew what was prepared of these people, if anything was; by whoever holds the state of the counts."""
    if state := _state():
        for batch in batches(users):
            Concern.objects.filter(user__among=batch).delete()
            write(state[0], batch)


def forget_lists() -> None:
    """The lists are written anew next time; until then what was prepared is read."""
    ListState.objects.update(asked="")


def is_prepared(today: date) -> bool:
    """Whether what was prepared is of use on that day."""
    state = _state()
    return state is not None and state[0] <= today <= state[0] + timedelta(days=SPARE)


def _state() -> tuple[date, str] | None:
    return ListState.objects.values_list("day", "asked").first()


def held_by_member(today: date) -> QuerySet[CourseProgress]:
    """Of the person of a membership: the completions that hold today."""
    return CourseProgress.objects.filter(
        running_on(today), learner__user=OuterRef("user"), completed_on__isnull=False
    ).order_by()


def write(today: date, users: Users) -> None:
    """Adds what is known of these people, or of everybody, as of that day."""
    with connection.cursor() as cursor:
        for rows in _known(today, users):
            sql, params = rows.query.sql_with_params()
            cursor.execute(f"INSERT INTO {TABLE} ({COLUMNS}) {sql}", params)


def concerns_that_are_wrong() -> Iterator[str]:
    """What was prepared and is not so, or is so and was not prepared, as of the day for which it was."""
    if not (state := _state()):
        return
    parts = [rows.query.sql_with_params() for rows in _known(state[0], None)]
    known = f"SELECT {', '.join(TOLD)} FROM ({' UNION ALL '.join(sql for sql, _params in parts)}) known"  # noqa: S608
    kept = f"SELECT {COLUMNS} FROM {TABLE}"  # noqa: S608 - names of ours
    params = [param for _sql, given in parts for param in given]
    with connection.cursor() as cursor:
        for words, statement in (("missing", f"{known} EXCEPT {kept}"), ("wrong", f"{kept} EXCEPT {known}")):
            cursor.execute(statement, params)
            for row in cursor.fetchall():
                yield f"list {words}: {', '.join(map(str, row))}"


def _known(today: date, users: Users) -> Iterator[QuerySet[Any, Any]]:
    """The concerns of these people, or of everybody, as the rows of others tell them; each in the order of COLUMNS."""
    last = today + timedelta(days=AHEAD + SPARE)
    seats = Membership.objects.filter(as_of(today)).order_by()
    done = CourseProgress.objects.filter(learner__user__isnull=False).order_by()
    if users is not None:
        among = list(users)
        seats, done = seats.filter(user__among=among), done.filter(learner__user__among=among)
    asked = seats.annotate(course=F("organisation__due_days__course"), day=F("organisation__due_days__day"))
    held = held_by_member(today).filter(course=OuterRef("course"))
    yield _told(Sort.LACKS, asked.filter(~Exists(held), day__lte=last), today, "user", F("organisation"))
    # A person's completions beside each of their places, and of those who have no place by themselves.
    courses = "user__learner__courses"
    ended = seats.annotate(
        course=F(f"{courses}__course"), day=F(f"{courses}__expires_on"), on=F(f"{courses}__completed_on")
    )
    yield _told(Sort.ENDS, ended.filter(run_out_by(last, "day"), on__isnull=False), today, "user", F("organisation"))
    current = Membership.objects.filter(as_of(today), user=OuterRef("learner__user"))
    alone = done.filter(run_out_by(last), ~Exists(current), completed_on__isnull=False).annotate(day=F("expires_on"))
    yield _told(Sort.ENDS, alone, today, "learner__user", Value(None, IntegerField()))


def _told(sort: str, rows: QuerySet[Any], today: date, user: str, organisation: Any) -> QuerySet[Any, Any]:
    home = Residence.objects.filter(as_of(today), user=OuterRef(user)).order_by().values("region")
    told = rows.annotate(
        of_sort=Value(sort), of_user=F(user), of_organisation=organisation, of_region=Subquery(home[:1])
    )
    return told.values_list(*TOLD)


def _write_due_days(asked: DueDays) -> None:
    DueDay.objects.all().delete()
    rows = (
        DueDay(organisation_id=place, course=course, day=day)
        for place, days in asked.by_place.items()
        for course, day in days.items()
    )
    DueDay.objects.bulk_create(rows, batch_size=BATCH)

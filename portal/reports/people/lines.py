"""What a list says of each person it names: the courses, the day of each, how far they are; for page and files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.accounts.models import User
from portal.reports.people.asked import AskedPeople
from portal.reports.people.lists import EXPIRING, running_out, window_of
from quizzes.models import CourseProgress
from quizzes.validity import has_run_out

CHUNK = 500
NOT_BEGUN, UNDER_WAY, RUN_OUT, HELD = "not_begun", "under_way", "run_out", "held"
Progress = dict[tuple[int, int], tuple[date | None, date | None]]


@dataclass(frozen=True)
class Matter:
    """A course, the day by which it was to be completed or on which the completion runs out, and how far they are."""

    course: str
    day: date
    state: str
    organisation: str = ""


@dataclass(frozen=True)
class PersonLine:
    user: User
    matters: tuple[Matter, ...]


def lines_of(name: str, asked: AskedPeople, people: Iterable[User]) -> list[PersonLine]:
    """These people with what the list names them for as things stand; three queries at most, however many they are.

    Who was on the list when it was prepared and would not be today is left out.
    """
    users = list(people)
    pks = list(asked.people().filter(pk__among=[user.pk for user in users]).order_by().values_list("pk", flat=True))
    found = _running_out(asked, pks) if name == EXPIRING else _lacking(name, asked, pks)
    return [PersonLine(user, tuple(sorted(found[user.pk], key=_order))) for user in users if user.pk in found]


def every_line(name: str, asked: AskedPeople, people: Iterable[User]) -> Iterator[PersonLine]:
    """The same of as many people as there are, a few hundred at a time."""
    batch: list[User] = []
    for user in people:
        batch.append(user)
        if len(batch) == CHUNK:
            yield from lines_of(name, asked, batch)
            batch = []
    yield from lines_of(name, asked, batch)


def _lacking(name: str, asked: AskedPeople, people: list[int]) -> dict[int, list[Matter]]:
    since, until = window_of(name, asked)
    titles = {course.pk: course.title for course in asked.courses}
    progress = _progress(people, titles)
    found: dict[int, list[Matter]] = {}
    for user, place in asked.seats().filter(user__among=people).values_list("user", "organisation").distinct():
        for course, day in asked.due.by_place.get(place, {}).items():
            state = _state(progress.get((user, course)), asked.today)
            if day < until and (since is None or day >= since) and state != HELD:
                organisation = asked.tree.places[place].name
                found.setdefault(user, []).append(Matter(titles[course], day, state, organisation))
    return found


def _running_out(asked: AskedPeople, people: list[int]) -> dict[int, list[Matter]]:
    titles = {course.pk: course.title for course in asked.courses}
    found: dict[int, list[Matter]] = {}
    rows = running_out(asked).filter(learner__user__among=people).values_list("learner__user", "course", "expires_on")
    for user, course, day in rows:
        if user is not None and day is not None:
            state = RUN_OUT if has_run_out(day, asked.today) else HELD
            found.setdefault(user, []).append(Matter(titles[course], day, state))
    return found


def _progress(people: list[int], courses: Iterable[int]) -> Progress:
    rows = CourseProgress.objects.filter(learner__user__among=people, course__in=list(courses))
    told = rows.values_list("learner__user", "course", "completed_on", "expires_on")
    return {(user, course): (done, until) for user, course, done, until in told if user is not None}


def _state(days: tuple[date | None, date | None] | None, today: date) -> str:
    if days is None:
        return NOT_BEGUN
    completed_on, expires_on = days
    if completed_on is None:
        return UNDER_WAY
    return RUN_OUT if has_run_out(expires_on, today) else HELD


def _order(matter: Matter) -> tuple[date, str, str]:
    return matter.day, matter.course, matter.organisation

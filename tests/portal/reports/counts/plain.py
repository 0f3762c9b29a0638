"""The same figures counted in plain Python, one person and one day after the other, as a reader of the rows would."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from portal.accounts.models import Membership, PastPlace, Residence, User
from portal.reports.counts.reading import Flow, Period, Stock, Subject, Where
from quizzes.models import Completion, Learner, ProgressEvent, Quiz

Verb = ProgressEvent.Verb


class Person:
    """Everything there is about somebody: a learner with the guests merged into them, or a user who is no learner."""

    def __init__(self, learner: Learner | None, user: User | None) -> None:
        whose = [learner, *Learner.objects.filter(merged_into=learner)] if learner else []
        self.events = list(ProgressEvent.objects.filter(learner__in=whose).order_by("day", "pk"))
        self.earned = list(Completion.objects.filter(learner__in=whose).order_by("completed_on", "pk"))
        past = list(PastPlace.objects.filter(learner__in=whose).order_by("pk"))
        self.homes = [*Residence.objects.filter(user=user).order_by("pk")] if user else []
        self.seats = [*Membership.objects.filter(user=user).order_by("pk")] if user else []
        self.homes += [one for one in past if one.region_id]  # type: ignore[misc]
        self.seats += [one for one in past if one.organisation_id]  # type: ignore[misc]
        self.checked = set(Quiz.objects.filter(lesson__isnull=False).values_list("lesson", flat=True))

    def is_in(self, where: Where, day: date) -> bool:
        days = [event.day for event in self.events]
        days += [one.from_day for one in (*self.homes, *self.seats) if one.to_day is None or one.to_day > one.from_day]
        if not days or min(days) > day:
            return False
        homes = sorted(_holding(self.homes, day), key=lambda one: one.from_day)
        region = homes[-1].region_id if homes else 0
        organisations = {one.organisation_id for one in _holding(self.seats, day)}
        return (where.regions is None or region in where.regions) and (
            where.organisations is None or bool(organisations & where.organisations)
        )

    def stock(self, subject: Subject, day: date) -> Stock:
        if subject.kind == "people":
            return Stock(begun=1)
        if subject.kind == "any":
            each = [self._course(course, day) for course in {event.course_id for event in self.events}]
            return Stock(*(max(values) for values in zip(*each, strict=True))) if each else Stock()
        if subject.kind == "course":
            return Stock(*self._course(subject.ref, day))
        return Stock(ever=int(self._has_reached(subject, day)))

    def _course(self, course: int, day: date) -> tuple[int, ...]:
        begun = any(event.course_id == course and event.day <= day for event in self.events)
        earned = [one for one in self.earned if one.course_id == course and one.completed_on <= day]
        earned = [one for one in earned if _withdrawn(one) is None or _withdrawn(one) > day]
        if not earned:
            return int(begun), int(begun), 0, 0, 0
        out = earned[-1].expires_on is not None and earned[-1].expires_on <= day
        return int(begun), 0, 1, int(out), int(not out)

    def _has_reached(self, subject: Subject, day: date) -> bool:
        done = [event for event in self.events if event.day <= day]
        if subject.kind == "final":
            return any(event.verb == Verb.FINAL_PASSED and event.course_id == subject.ref for event in done)
        verb = Verb.PASSED if subject.ref in self.checked else Verb.READ
        return any(event.verb == verb and event.lesson_id == subject.ref for event in done)

    def flow(self, subject: Subject, day: date) -> Flow:
        """What happened on the one day."""
        courses = {event.course_id for event in self.events} if subject.kind == "any" else {subject.ref}
        started = sum(min(self._days(course)) == day for course in courses if self._days(course))
        earned = [one for one in self.earned if one.course_id in courses]
        return Flow(
            started, sum(one.completed_on == day for one in earned), sum(_withdrawn(one) == day for one in earned)
        )

    def _days(self, course: int) -> list[date]:
        return [event.day for event in self.events if event.course_id == course]


def everybody() -> list[Person]:
    learners = Learner.objects.filter(merged_into=None).select_related("user")
    return [Person(one, one.user) for one in learners] + [
        Person(None, user) for user in User.objects.filter(learner=None)
    ]


def plain_stock(people: Iterable[Person], where: Where, subject: Subject, day: date) -> Stock:
    return _sum(Stock, [person.stock(subject, day) for person in people if person.is_in(where, day)])


def plain_flow(people: list[Person], where: Where, subject: Subject, period: Period) -> Flow:
    days = [period.since + timedelta(days=number) for number in range((period.until - period.since).days + 1)]
    return _sum(Flow, [one.flow(subject, day) for day in days for one in people if one.is_in(where, day)])


def _sum(of: Any, figures: list[Any]) -> Any:
    names = of.__dataclass_fields__
    return of(**{name: sum(getattr(one, name) for one in figures) for name in names})


def _holding(stays: list[Any], day: date) -> list[Any]:
    return [one for one in stays if one.from_day <= day and (one.to_day is None or one.to_day > day)]


def _withdrawn(completion: Completion) -> Any:
    found = getattr(completion, "withdrawal", None)
    return found.withdrawn_on if found else None

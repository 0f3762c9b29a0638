"""A small country whose people complete courses, counted as in the portal."""

from datetime import date
from typing import Any
from uuid import uuid4

from lessons.models import CourseEdition
from portal.accounts.models import Region, RegionText, Residence, User
from portal.reports.counts.counting import update
from portal.reports.models import PublishedCell
from quizzes.models import Completion, Learner, ProgressEvent
from tests.factories import RegionFactory, published_course

Verb = ProgressEvent.Verb

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


class Country:
    """North with the districts Riverside and Hill, and South; a course on first aid and one on earthquakes."""

    def __init__(self) -> None:
        self.north = region("north", "North", "الشمال")
        self.riverside = region("riverside", "Riverside", "حي الضفاف", parent=self.north)
        self.hill = region("hill", "Hill", "حي التل", parent=self.north)
        self.south = region("south", "South", "الجنوب")
        self.first_aid = published_course("first-aid", title="First aid")
        self.quakes = published_course("quakes", title="Earthquakes")

    def complete(self, count: int, of: Region | None, on: str, edition: CourseEdition | None = None) -> list[Learner]:
        """So many new people who live there, guests where that is nowhere, begin and complete on that day."""
        return self._learn(count, of, on, edition or self.first_aid)

    def begin(self, count: int, of: Region | None, on: str) -> list[Learner]:
        return self._learn(count, of, on, self.first_aid, complete=False)

    def _learn(
        self, count: int, of: Region | None, on: str, edition: CourseEdition, *, complete: bool = True
    ) -> list[Learner]:
        day = date.fromisoformat(on)
        users = User.objects.bulk_create([User(email=f"{uuid4().hex}@example.org") for _ in range(count if of else 0)])
        Residence.objects.bulk_create([Residence(user=user, region=of, from_day=date(2025, 1, 1)) for user in users])
        people: list[User | None] = [*users] or [None] * count
        learners = Learner.objects.bulk_create([Learner(user=user) for user in people])
        verbs = [Verb.STARTED, Verb.COMPLETED] if complete else [Verb.STARTED]
        ProgressEvent.objects.bulk_create(
            [
                ProgressEvent(learner=learner, edition=edition, course=edition.course, day=day, verb=verb)
                for learner in learners
                for verb in verbs
            ]
        )
        Completion.objects.bulk_create(
            [
                Completion(learner=learner, edition=edition, course=edition.course, completed_on=day)
                for learner in learners
                if complete
            ]
        )
        return learners


def region(code: str, en: str, ar: str, parent: Region | None = None) -> Region:
    made: Region = RegionFactory(code=code, parent=parent)
    for language, name in (("en", en), ("ar", ar)):
        RegionText.objects.create(region=made, language=language, name=name)
    return made


def peopled() -> Country:
    """In March 66 people know first aid, of whom 9 on the Hill; in April 20 more in the South. Three know quakes."""
    country = Country()
    country.complete(30, country.riverside, "2026-03-10")
    country.complete(9, country.hill, "2026-03-11")
    country.complete(12, country.south, "2026-03-12")
    country.complete(15, None, "2026-03-13")
    country.begin(34, country.riverside, "2026-03-14")
    country.complete(20, country.south, "2026-04-20")
    country.complete(3, country.south, "2026-04-21", country.quakes)
    update()
    return country


def bands(month: date, course: str = "first-aid") -> dict[int, tuple[Any, ...]]:
    """By place, what was published: from, to, share."""
    cells = PublishedCell.objects.filter(month__month=month, course__key=course)
    return {place: tuple(rest) for place, *rest in cells.values_list("place", "low", "high", "share")}

"""The nameless citizens of a demonstration: where they live, where they belong, what they learned in twelve months.

Everything is drawn from one seed, so each demonstration is the same but for its days, which end yesterday. A learner
is known by an id made from its number: who is there already is left alone.
"""

import random
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from lessons.models import CourseEdition, State
from portal.accounts.models import Assignment, Membership, Organisation, Region, Residence, User
from quizzes.models import Completion, Learner, ProgressEvent, Quiz
from quizzes.progress import project_everything
from quizzes.validity import months_later

Verb = ProgressEvent.Verb
COUNT = 120
DAYS = 365
ORGANISATIONS = {  # how many of the citizens belong to each; the others to none
    "demo-school": 34,
    "demo-hills-school": 14,
    "demo-harbour-school": 12,
    "demo-ministry": 6,
    "demo-company": 10,
    "demo-depot": 8,
    "demo-mosque": 12,
    "demo-volunteers": 10,
}
DISTRICTS = ("riverside", "lighthouse", "palms", "dunes", "harbour", "orchards", "hills", "old-market")
MOSTLY_LATELY = 0.62  # more begin towards the end of the year: the portal becomes known


@dataclass(frozen=True)
class Path:
    """A published course as a citizen goes through it: its lessons that have a check, those without, its final."""

    edition: CourseEdition
    checked: tuple[int, ...]
    unchecked: tuple[int, ...]
    has_final: bool


@transaction.atomic
def settle_citizens(today: date | None = None) -> int:
    """Makes the citizens that are not there yet, and asks courses of some; returns how many were made."""
    paths = _paths()
    known = set(Learner.objects.filter(pk__in=[_id(number) for number in range(COUNT)]).values_list("pk", flat=True))
    new = [number for number in range(COUNT) if _id(number) not in known]
    if not new or not paths:
        return 0
    last = (today or timezone.localdate()) - timedelta(days=1)
    learners = _people(new, last)
    events: list[ProgressEvent] = []
    completions: list[Completion] = []
    for number in new:
        _learn(learners[number], paths, last, random.Random(f"learning {number}"), events, completions)  # noqa: S311
    ProgressEvent.objects.bulk_create(sorted(events, key=lambda event: event.day))
    Completion.objects.bulk_create(sorted(completions, key=lambda completion: completion.completed_on))
    for learner in learners.values():
        project_everything(learner)
    _ask(paths, last)
    return len(new)


def _ask(paths: list[Path], last: date) -> None:
    """The ministry asks for the first course, and the school for the second, which is late for some."""
    days = {"demo-ministry": last + timedelta(days=61), "demo-school": last - timedelta(days=9)}
    for path, (code, due_on) in zip(paths, days.items(), strict=False):
        organisation = Organisation.objects.get(code=code)
        Assignment.objects.get_or_create(
            organisation=organisation, course_id=path.edition.course_id, defaults={"due_on": due_on}
        )


def _id(number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"demo-citizen-{number}")


def _paths() -> list[Path]:
    editions = CourseEdition.objects.filter(state=State.PUBLISHED).order_by("course__position", "pk")
    with_final = set(Quiz.objects.filter(edition__in=editions).values_list("edition", flat=True))
    found = []
    for edition in editions.prefetch_related("placements__lesson__check_quiz"):
        lessons = sorted(edition.placements.all(), key=lambda placement: placement.position)
        checked = tuple(each.lesson_id for each in lessons if hasattr(each.lesson, "check_quiz"))
        unchecked = tuple(each.lesson_id for each in lessons if not hasattr(each.lesson, "check_quiz"))
        found.append(Path(edition, checked, unchecked, edition.pk in with_final))
    return found


def _people(numbers: list[int], last: date) -> dict[int, Learner]:
    """Users without a name or an address, their learners, where they live and where they belong."""
    users = User.objects.bulk_create([User(language="ar", password="!") for _number in numbers])  # noqa: S106 - none
    pairs = dict(zip(numbers, users, strict=True))
    begin = last - timedelta(days=DAYS + 30)
    regions = dict(Region.objects.values_list("code", "pk"))
    organisations = dict(Organisation.objects.values_list("code", "pk"))
    belonging = [code for code, count in ORGANISATIONS.items() for _one in range(count)]
    homes, seats = [], []
    for number, user in pairs.items():
        district = DISTRICTS[(number * 7) % 11 % len(DISTRICTS)]
        homes.append(Residence(user=user, region_id=regions[f"demo-{district}"], from_day=begin))
        if number < len(belonging):
            seats.append(Membership(user=user, organisation_id=organisations[belonging[number]], from_day=begin))
    Residence.objects.bulk_create(homes)
    Membership.objects.bulk_create(seats)
    learners = Learner.objects.bulk_create([Learner(pk=_id(number), user=user) for number, user in pairs.items()])
    return dict(zip(numbers, learners, strict=True))


def _learn(
    learner: Learner,
    paths: list[Path],
    last: date,
    chance: random.Random,
    events: list[ProgressEvent],
    completions: list[Completion],
) -> None:
    """Some never begin; who begins takes one to three courses, a week or so each, and not all come to the end."""
    if chance.random() < 0.12:
        return
    day = last - timedelta(days=int(DAYS * (1 - chance.random() ** MOSTLY_LATELY)))
    for path in chance.sample(paths, k=min(len(paths), chance.choice((1, 1, 2, 3)))):
        if day > last:
            return
        told = _Telling(learner, path.edition, day, last, chance)
        told.go_through(path, to_the_end=chance.random() < 0.7)
        events += told.events
        completions += told.completions
        day = told.day + timedelta(days=chance.randint(2, 40))


class _Telling:
    """One citizen's way through one course, day by day, until it ends or the year does."""

    def __init__(self, learner: Learner, edition: CourseEdition, day: date, last: date, chance: random.Random) -> None:
        self.learner, self.edition, self.day, self.last, self.chance = learner, edition, day, last, chance
        self.events: list[ProgressEvent] = []
        self.completions: list[Completion] = []

    def go_through(self, path: Path, *, to_the_end: bool) -> None:
        self._tell(Verb.STARTED)
        lessons = [*path.checked, *path.unchecked]
        wanted = lessons if to_the_end else lessons[: self.chance.randint(1, max(1, len(lessons) - 1))]
        for lesson in wanted:
            self._tell(Verb.READ, lesson)
            if lesson in path.checked:
                self._tell(Verb.PASSED, lesson)
            self.day += timedelta(days=self.chance.choice((0, 0, 1, 2)))
            if self.day > self.last:
                return
        if to_the_end:
            self._complete(path)

    def _complete(self, path: Path) -> None:
        if path.has_final:
            self._tell(Verb.FINAL_PASSED)
        self._tell(Verb.COMPLETED)
        months = self.edition.valid_months
        self.completions.append(
            Completion(
                learner=self.learner,
                course_id=self.edition.course_id,
                edition=self.edition,
                completed_on=self.day,
                expires_on=months_later(self.day, months) if months else None,
            )
        )

    def _tell(self, verb: str, lesson: int | None = None) -> None:
        self.events.append(
            ProgressEvent(
                learner=self.learner,
                verb=verb,
                course_id=self.edition.course_id,
                edition=self.edition,
                lesson_id=lesson,
                day=self.day,
            )
        )

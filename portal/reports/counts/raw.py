"""Reading what is known of people: many at once, in as many queries for one as for a batch."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from portal.accounts.models import Membership, PastPlace, Residence
from portal.reports.counts.curriculum import Curriculum
from portal.reports.counts.facts import Earned, Facts, Stay, Turns, path_of
from quizzes.history import Passes, Told, Verb, Whose, clusters
from quizzes.models import Completion, Learner, ProgressEvent

Key = uuid.UUID  # a learner's id; of somebody who has not learned yet, `key_of_user`
Stays = dict[Key, list[Stay]]


def key_of_user(user: int) -> Key:
    """The key of a person who has no learner. No learner's id looks so."""
    return uuid.UUID(int=user)


class Done:
    """What one person did, told event by event in order."""

    def __init__(self, checked: Collection[int]) -> None:
        self.checked = checked
        self.first: int | None = None
        self.begun: dict[int, int] = {}
        self.lessons: dict[int, Turns] = {}
        self.finals: dict[int, Turns] = {}
        self.earned: dict[int, list[Earned]] = defaultdict(list)
        self._passes: dict[tuple[str, int], Passes] = defaultdict(Passes)

    def tell(self, event: Told) -> None:
        day = event.day.toordinal()
        if self.first is None:
            self.first = day
        self.begun.setdefault(event.course, day)
        lesson = event.lesson
        if event.verb == Verb.READ:
            if lesson is not None and lesson not in self.checked:
                self.lessons.setdefault(lesson, [day])
        elif lesson is not None and lesson in self.checked:
            self._pass(event, ("lesson", lesson), self.lessons, lesson, day)
        elif lesson is None and event.verb in {Verb.FINAL_PASSED, Verb.PASS_WITHDRAWN}:
            self._pass(event, ("final", event.course), self.finals, event.course, day)

    def _pass(self, event: Told, of: tuple[str, int], table: dict[int, Turns], ref: int, day: int) -> None:
        passes = self._passes[of]
        passes.tell(event)
        turns = table.setdefault(ref, [])
        if bool(passes.days) != bool(len(turns) % 2):
            if turns and turns[-1] == day:  # back on the same day: it stood, or did not, all day
                turns.pop()
            else:
                turns.append(day)


def facts_of(learners: Iterable[Key], curriculum: Curriculum) -> dict[Key, Facts]:
    """Of those of these learners who are people and are known for anything; seven queries."""
    whose = clusters(set(learners))
    users = {
        user: pk
        for pk, user in Learner.objects.filter(pk__in=set(whose.values())).values_list("pk", "user")
        if user is not None
    }
    done: dict[Key, Done] = defaultdict(lambda: Done(curriculum.checked))
    _tell_events(done, whose)
    _tell_earned(done, whose)
    homes, seats = _stays(users)
    _add_past(homes, seats, whose)
    found = {}
    for person in done.keys() | homes.keys() | seats.keys():
        did = done[person]
        path = path_of(homes.get(person, []), seats.get(person, []), did.first)
        if path:
            found[person] = Facts(path, did.begun, _kept(did.lessons), _kept(did.finals), dict(did.earned))
    return found


def _kept(table: dict[int, Turns]) -> dict[int, Turns]:
    return {ref: turns for ref, turns in table.items() if turns}


def facts_of_users(users: Collection[int]) -> dict[Key, Facts]:
    """Of those of these people who have no learner and belong, or belonged, somewhere; three queries."""
    learners = set(Learner.objects.filter(user__in=users).values_list("user", flat=True))
    homes, seats = _stays({user: key_of_user(user) for user in users if user not in learners})
    found = {person: path_of(homes.get(person, []), seats.get(person, []), None) for person in {*homes, *seats}}
    return {person: Facts(path) for person, path in found.items() if path}


def _tell_events(done: dict[Key, Done], whose: Whose) -> None:
    rows = ProgressEvent.objects.filter(learner__in=list(whose)).order_by("day", "pk")
    fields = ("learner", "pk", "verb", "day", "lesson", "course", "edition", "attempt", "regrade")
    for learner, *event in rows.values_list(*fields):
        done[whose[learner]].tell(Told(learner, *event))


def _tell_earned(done: dict[Key, Done], whose: Whose) -> None:
    rows = Completion.objects.filter(learner__in=list(whose)).order_by("completed_on", "pk")
    for learner, course, on, expires, withdrawn in rows.values_list(
        "learner", "course", "completed_on", "expires_on", "withdrawal__withdrawn_on"
    ):
        did = done[whose[learner]]
        did.earned[course].append(Earned(on.toordinal(), _number(expires), _number(withdrawn)))
        did.first = min(did.first or on.toordinal(), on.toordinal())


def _stays(users: dict[int, Key]) -> tuple[Stays, Stays]:
    homes, seats = defaultdict(list), defaultdict(list)
    if users:
        rows = Residence.objects.filter(user__in=users).order_by("pk")
        for user, place, since, until in rows.values_list("user", "region", "from_day", "to_day"):
            homes[users[user]].append(Stay(place, since.toordinal(), _number(until)))
        members = Membership.objects.filter(user__in=users).order_by("pk")
        for user, place, since, until in members.values_list("user", "organisation", "from_day", "to_day"):
            seats[users[user]].append(Stay(place, since.toordinal(), _number(until)))
    return homes, seats


def _add_past(homes: Stays, seats: Stays, whose: Whose) -> None:
    rows = PastPlace.objects.filter(learner__in=list(whose)).order_by("pk")
    for learner, region, organisation, since, until in rows.values_list(
        "learner", "region", "organisation", "from_day", "to_day"
    ):
        table, place = (homes, region) if region is not None else (seats, organisation)
        table[whose[learner]].append(Stay(place, since.toordinal(), _number(until)))


def _number(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None

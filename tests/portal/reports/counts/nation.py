"""Any history of a few people, told at random: they learn, move, join, leave, are merged, corrected and erased."""

import random
from datetime import date, timedelta
from typing import Any

from lessons.models import CourseEdition
from portal.accounts.models import User
from portal.accounts.past_places import keep_places
from quizzes.erasing import erase_learner
from quizzes.learners import merge
from quizzes.models import Completion, CompletionWithdrawal, Learner, ProgressEvent, Quiz
from tests.factories import (
    CompletionFactory,
    LearnerFactory,
    MembershipFactory,
    OrganisationFactory,
    ProgressEventFactory,
    RegionFactory,
    ResidenceFactory,
    UserFactory,
    published_course,
    published_lesson,
)

FIRST = date(2025, 12, 20)
DAYS = 70
LAST = FIRST + timedelta(days=DAYS + 40)  # the last completion has run out by then, if it runs out
Verb = ProgressEvent.Verb


class Nation:
    """Two courses, three regions, four organisations of which two are below a third, and what happens to people."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lessons = [published_lesson(f"lesson-{number}") for number in range(4)]
        for lesson in self.lessons[:3]:  # the last one is only read
            Quiz.objects.create(purpose=Quiz.Purpose.CHECK, lesson=lesson, pass_mark="0.8")
        self.editions = [published_course("one", self.lessons[:2]), published_course("two", self.lessons[1:])]
        top, ministry = RegionFactory(), OrganisationFactory()
        self.regions = [top, RegionFactory(parent=top), RegionFactory()]
        below = [OrganisationFactory(parent=ministry) for _number in range(2)]
        self.organisations = [ministry, *below, OrganisationFactory()]
        for _number in range(4):
            self.arrives()

    def happens(self, times: int) -> None:
        deeds = (self.arrives, self.moves, self.joins, self.leaves, self.merges, self.is_erased, self.is_corrected)
        for _time in range(times):
            self.chance.choice((self.learns, self.learns, self.completes, self.loses, *deeds))()

    def arrives(self) -> None:
        """Somebody with an account who has not learned yet, a guest, or both in one."""
        user = UserFactory() if self.chance.random() < 0.7 else None
        if user is None or self.chance.random() < 0.5:
            LearnerFactory(user=user)

    def learns(self) -> None:
        if (learner := self._learner()) is None:
            return
        lesson = self.chance.choice([None, *self.lessons])
        verbs = [Verb.STARTED, Verb.FINAL_PASSED] if lesson is None else [Verb.READ, Verb.PASSED]
        ProgressEventFactory(
            learner=learner, edition=self._edition(), verb=self.chance.choice(verbs), lesson=lesson, day=self._day()
        )

    def completes(self) -> None:
        if (learner := self._learner()) is None:
            return
        edition, day = self._edition(), self._day()
        until = day + timedelta(days=self.chance.randrange(1, 40)) if self.chance.random() < 0.7 else None
        ProgressEventFactory(learner=learner, edition=edition, day=day, verb=Verb.COMPLETED)
        CompletionFactory(learner=learner, edition=edition, completed_on=day, expires_on=until)

    def loses(self) -> None:
        """A completion is withdrawn, perhaps on the day on which it was earned."""
        found = Completion.objects.filter(withdrawal=None).order_by("pk")
        if one := self._one(list(found)):
            day = one.completed_on + timedelta(days=self.chance.randrange(20))
            CompletionWithdrawal.objects.create(completion=one, withdrawn_on=day, reason="The key was wrong.")

    def moves(self) -> None:
        """From a day on somebody lives elsewhere, or no longer says where."""
        user, day = self._user(), self._day()
        if user is None:
            return
        user.residences.filter(to_day=None, from_day__lte=day).update(to_day=day)
        if not user.residences.filter(to_day=None).exists() and self.chance.random() < 0.8:
            ResidenceFactory(user=user, region=self.chance.choice(self.regions), from_day=day)

    def joins(self) -> None:
        user, organisation = self._user(), self.chance.choice(self.organisations)
        if user and not user.memberships.filter(organisation=organisation, to_day=None).exists():
            MembershipFactory(user=user, organisation=organisation, from_day=self._day())

    def leaves(self) -> None:
        user, day = self._user(), self._day()
        if user:
            user.memberships.filter(to_day=None, from_day__lte=day).update(to_day=day)

    def is_corrected(self) -> None:
        """A period was other than had been said, or never was."""
        user, day = self._user(), self._day()
        if user is None:
            return
        one = self._one([*user.residences.order_by("pk"), *user.memberships.order_by("pk")])
        if one and self.chance.random() < 0.3:
            one.delete()
        elif one:
            type(one).objects.filter(pk=one.pk).update(from_day=min(day, one.to_day or day))

    def merges(self) -> None:
        guest = self._one(list(Learner.objects.filter(user=None, merged_into=None, erased_at=None).order_by("pk")))
        own = self._one(list(Learner.objects.filter(user__isnull=False).order_by("pk")))
        user = self._one(list(User.objects.filter(learner=None).order_by("pk")))
        if guest and own and self.chance.random() < 0.5:
            merge(guest, own)
        elif guest and user:  # a guest signs up
            Learner.objects.filter(pk=guest.pk).update(user=user)

    def is_erased(self) -> None:
        if self.chance.random() < 0.5 and (user := self._user()):
            keep_places(user, self._day())
            for learner in Learner.objects.filter(user=user):
                erase_learner(learner)
            User.objects.filter(pk=user.pk).delete()

    def _edition(self) -> CourseEdition:
        return self.chance.choice(self.editions)

    def _day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(DAYS))

    def _learner(self) -> Learner | None:
        """Somebody, perhaps a guest who was merged: what they did is still theirs into whom."""
        return self._one(list(Learner.objects.filter(erased_at=None).order_by("pk")))

    def _user(self) -> User | None:
        return self._one(list(User.objects.order_by("pk")))

    def _one(self, of: list[Any]) -> Any:
        return self.chance.choice(of) if of else None

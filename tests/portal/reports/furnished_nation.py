"""The small nation as rows of the portal."""

from typing import Any

import time_machine
from django.utils import timezone

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import Organisation, Region, User
from portal.accounts.past_places import keep_places
from portal.reports.counts.counting import update
from quizzes.erasing import erase_learner
from quizzes.learners import merge
from quizzes.models import CompletionWithdrawal, Learner, ProgressEvent
from tests.factories import (
    CompletionFactory,
    LearnerFactory,
    MembershipFactory,
    OrganisationFactory,
    ProgressEventFactory,
    RegionFactory,
    ResidenceFactory,
    SkillFactory,
    UserFactory,
    published_course,
    published_lesson,
)
from tests.portal.reports.small_nation import COURSES, MODULES, NATION, ORGANISATIONS, REGIONS, SKILLS, Somebody

Verb = ProgressEvent.Verb


class Furnished:
    """Places, courses and people by their names; the counts are brought up to date half way and at the end."""

    def __init__(self) -> None:
        self.regions = _tree(RegionFactory, REGIONS)
        self.organisations = _tree(OrganisationFactory, ORGANISATIONS)
        self.lessons: dict[str, Lesson] = {
            name: published_lesson(name) for name in dict.fromkeys(name for all_ in COURSES.values() for name in all_)
        }
        for key, taught in SKILLS.items():
            skill = SkillFactory(key=key)
            for name in taught:
                self.lessons[name].skills.add(skill)
        self.editions: dict[str, CourseEdition] = {key: self._course(key) for key in COURSES}
        for number, somebody in enumerate(NATION):
            self._add(somebody)
            if number == len(NATION) // 2:
                update()
        update()

    def _course(self, key: str) -> CourseEdition:
        first, second = ([self.lessons[name] for name in MODULES.get(f"{key}/M{number}", ())] for number in (1, 2))
        return published_course(key, first, second=second, final={})

    def _add(self, of: Somebody) -> None:
        if of.guest:
            self._learn(of, LearnerFactory(), as_guest=False)
            return
        user: User = UserFactory()
        for home in of.homes:
            ResidenceFactory(user=user, region=self.regions[home.place], from_day=home.since, to_day=home.until)
        for seat in of.seats:
            place = self.organisations[seat.place]
            MembershipFactory(user=user, organisation=place, from_day=seat.since, to_day=seat.until)
        own: Learner = LearnerFactory(user=user)
        self._learn(of, own, as_guest=False)
        if any(deed.as_guest for deed in of.deeds):
            guest: Learner = LearnerFactory()
            self._learn(of, guest, as_guest=True)
            merge(guest, own)
        if of.erased:
            with time_machine.travel(f"{of.erased}T09:00:00Z"):
                keep_places(user, timezone.localdate())
                erase_learner(own)
                user.delete()

    def _learn(self, of: Somebody, learner: Learner, *, as_guest: bool) -> None:
        for deed in of.deeds:
            if deed.as_guest == as_guest:
                told: dict[str, Any] = {"verb": Verb.FINAL_PASSED}
                if deed.lesson:
                    told = {"verb": Verb.READ, "lesson": self.lessons[deed.lesson]}
                ProgressEventFactory(learner=learner, edition=self.editions[deed.course], day=deed.day, **told)
        for one in of.earned:
            if one.as_guest == as_guest:
                kept = CompletionFactory(
                    learner=learner,
                    edition=self.editions[one.course],
                    completed_on=one.day,
                    expires_on=one.expires,
                )
                if one.withdrawn:
                    CompletionWithdrawal.objects.create(completion=kept, withdrawn_on=one.withdrawn, reason="Wrong key")


def _tree(factory: Any, tree: dict[str, str | None]) -> dict[str, Any]:
    found: dict[str, Region | Organisation] = {}
    for code, above in tree.items():
        found[code] = factory(code=code, parent=found[above] if above else None)
    return found

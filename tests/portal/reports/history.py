"""Telling what people did, so that a test can count it by hand."""

from datetime import date
from typing import Any

from lessons.models import CourseEdition
from portal.accounts.models import Organisation, OrganisationText, RoleGrant, User
from portal.reports.completion import CourseLine, Period, Report
from quizzes.learners import merge
from quizzes.models import Learner, ProgressEvent
from quizzes.progress import months_later, project_everything
from tests.factories import (
    CompletionFactory,
    LearnerFactory,
    MembershipFactory,
    ProgressEventFactory,
    RoleGrantFactory,
    UserFactory,
    published_course,
)

PERIOD = Period(date(2026, 1, 1), date(2026, 3, 31))


class History:
    """A school, its members, and what they did; each deed goes into the projections as in the portal."""

    def __init__(self, school: Organisation) -> None:
        self.school = school

    def course(self, slug: str, title: str, **fields: Any) -> CourseEdition:
        return published_course(slug, title=title, **fields)

    def member(self, organisation: Organisation | None = None, **fields: Any) -> Learner:
        user = UserFactory()
        MembershipFactory(user=user, organisation=organisation or self.school, **fields)
        learner: Learner = LearnerFactory(user=user)
        return learner

    def started(self, learner: Learner, edition: CourseEdition, on: str) -> None:
        ProgressEventFactory(learner=learner, edition=edition, day=date.fromisoformat(on))
        project_everything(learner)

    def completed(self, learner: Learner, edition: CourseEdition, on: str, *, months: int | None = 12) -> None:
        day = date.fromisoformat(on)
        CompletionFactory(
            learner=learner,
            edition=edition,
            completed_on=day,
            expires_on=months_later(day, months) if months else None,
        )
        ProgressEventFactory(learner=learner, edition=edition, day=day, verb=ProgressEvent.Verb.COMPLETED)
        project_everything(learner)

    def merged(self, guest: Learner, own: Learner) -> None:
        merge(guest, own)


def named(organisation: Organisation, **names: str) -> Organisation:
    for language, name in names.items():
        OrganisationText.objects.create(organisation=organisation, language=language, name=name)
    return organisation


def manager_of(organisation: Organisation) -> User:
    grant: RoleGrant = RoleGrantFactory(role=RoleGrant.Role.MANAGER, organisation=organisation)
    return grant.user


def national_administrator() -> User:
    grant: RoleGrant = RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR)
    return grant.user


def line_of(report: Report, key: str) -> CourseLine:
    return next(line for line in report.lines if line.key == key)


def told(report: Report, key: str = "first-aid") -> tuple[int, int, int, int]:
    """(started, in progress, completed, expired) of a course."""
    figures = line_of(report, key).figures
    return figures.started, figures.in_progress, figures.completed, figures.expired

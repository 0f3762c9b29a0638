"""Telling what people did, so that a test can count it by hand."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from lessons.models import CourseEdition
from lessons.titles import titled_courses
from portal.accounts.models import Organisation, OrganisationText, RoleGrant, User
from portal.reports.completion import Period
from portal.reports.counts.counting import update
from portal.reports.forms import ReportForm
from portal.reports.report import Line, Report, completion_report
from portal.reports.scope import Scope, scope_of
from quizzes.learners import merge
from quizzes.models import Learner, ProgressEvent
from quizzes.progress import project_everything
from quizzes.validity import months_later
from tests.factories import (
    CompletionFactory,
    LearnerFactory,
    MembershipFactory,
    ProgressEventFactory,
    RoleGrantFactory,
    UserFactory,
    published_course,
)

TODAY = date(2026, 6, 30)
PERIOD = Period(date(2026, 1, 1), date(2026, 3, 31))
LONG_BEFORE = date(2024, 1, 1)


class History:
    """A school, its members, and what they did; each deed goes into the projections as in the portal."""

    def __init__(self, school: Organisation) -> None:
        self.school = school

    def course(self, slug: str, title: str, **fields: Any) -> CourseEdition:
        return published_course(slug, title=title, **fields)

    def member(self, organisation: Organisation | None = None, **fields: Any) -> Learner:
        user = UserFactory()
        MembershipFactory(user=user, organisation=organisation or self.school, **({"from_day": LONG_BEFORE} | fields))
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


def report_for(user: User, period: Period = PERIOD, language: str = "en", **asked: str) -> Report:
    """The report as this person reads it on 30 June 2026, once all is counted: `report_for(manager, by="course")`."""
    update()
    return report_over(scope_of(user, TODAY, language), period, language, **asked)


def report_over(scope: Scope, period: Period = PERIOD, language: str = "en", **asked: str) -> Report:
    query = QueryDict(mutable=True)
    query.update({"since": period.since.isoformat(), "until": period.until.isoformat(), **asked})
    with override(language):
        form = ReportForm(query, scope, titled_courses(language))
        assert form.is_valid(), form.errors
        return completion_report(scope, form)


def line_of(report: Report, key: str) -> Line:
    return next(line for line in report.lines if line.key == key)


def told(report: Report, key: str = "first-aid") -> tuple[int, int, int, int]:
    """(started, in progress, completed, expired) of a line."""
    figures = line_of(report, key).figures
    return figures.started, figures.in_progress, figures.completed, figures.expired

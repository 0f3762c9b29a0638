from typing import Any

import pytest

from lessons.models import CourseEdition
from portal.accounts.models import Organisation, User
from portal.reports.counts.counting import update
from portal.reports.report import Report
from portal.reports.scope import scope_of
from quizzes.models import Learner
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
)
from tests.portal.reports.history import (
    TODAY,
    History,
    manager_of,
    named,
    national_administrator,
    report_for,
    report_over,
)

pytestmark = pytest.mark.django_db


class Nation(History):
    """Two schools below a ministry, and a company; whoever is asked about has begun the one course."""

    def __init__(self) -> None:
        self.ministry: Organisation = named(OrganisationFactory(code="ministry"), en="Ministry")
        super().__init__(named(OrganisationFactory(code="oak", parent=self.ministry), en="Oak school"))
        self.elm = named(OrganisationFactory(code="elm", parent=self.ministry), en="Elm school")
        self.company = named(OrganisationFactory(code="company"), en="Company")
        self.first_aid: CourseEdition = self.course("first-aid", "First aid")

    def beginner(self, *organisations: Organisation, completes: bool = False, course: Any = None) -> Learner:
        learner = self.member(organisations[0])
        for other in organisations[1:]:
            MembershipFactory(user=learner.user, organisation=other)
        self.started(learner, course or self.first_aid, "2026-02-01")
        if completes:
            self.completed(learner, course or self.first_aid, "2026-03-01")
        return learner


@pytest.fixture
def nation() -> Nation:
    return Nation()


def lines(report: Report) -> dict[str, tuple[int | None, int, int]]:
    """By title: (people, started, completed)."""
    return {line.title: (line.people, line.figures.started, line.figures.completed) for line in report.lines}


def test_an_organisation_counts_those_below_it_and_somebody_in_two_of_them_once(nation: Nation) -> None:
    nation.beginner(nation.school, nation.elm, completes=True)
    nation.beginner(nation.elm)
    nation.beginner(nation.ministry)
    nation.member(nation.elm)
    told = report_for(national_administrator(), by="organisation")
    assert lines(told) == {"Company": (0, 0, 0), "Ministry": (4, 3, 1)}


def test_an_organisation_opens_into_those_below_it_and_the_people_of_itself(nation: Nation) -> None:
    nation.beginner(nation.school, nation.elm, completes=True)
    nation.beginner(nation.elm)
    nation.beginner(nation.ministry)
    nation.beginner(nation.company)
    told = report_for(national_administrator(), by="organisation", organisation="ministry")
    assert lines(told) == {
        "Elm school": (2, 2, 1),
        "Oak school": (1, 1, 1),
        "Ministry itself": (1, 1, 0),
    }
    assert (told.total.started, told.total.completed) == (3, 1)


def test_the_only_organisation_of_a_manager_is_opened_at_once(nation: Nation) -> None:
    nation.beginner(nation.elm)
    told = report_for(manager_of(nation.ministry), by="organisation")
    assert list(lines(told)) == ["Elm school", "Oak school", "Ministry itself"]


def test_an_organisation_without_others_below_it_is_one_line(nation: Nation) -> None:
    nation.beginner(nation.elm)
    assert lines(report_for(manager_of(nation.elm), by="organisation")) == {"Elm school": (1, 1, 0)}


def test_a_manager_of_two_organisations_sees_both_and_no_other(nation: Nation) -> None:
    manager = manager_of(nation.elm)
    RoleGrantFactory(user=manager, role="manager", organisation=nation.company)
    for organisation in (nation.elm, nation.company, nation.school):
        nation.beginner(organisation)
    told = report_for(manager, by="organisation")
    assert lines(told) == {"Company": (1, 1, 0), "Elm school": (1, 1, 0)}
    assert told.total.started == 2


def test_who_belongs_to_no_organisation_stands_in_a_line_of_their_own(nation: Nation) -> None:
    nation.beginner(nation.company)
    nation.started(LearnerFactory(), nation.first_aid, "2026-02-01")  # a guest
    told = report_for(national_administrator(), by="organisation")
    assert lines(told)["In no organisation"] == (1, 1, 0)


def test_a_line_leads_to_what_it_is_made_of(nation: Nation) -> None:
    opens = {line.title: line.opens for line in report_for(national_administrator(), by="organisation").lines}
    assert opens == {
        "Ministry": {"organisation": "ministry"},
        "Company": {"organisation": "company", "by": "course"},
    }


def test_a_region_counts_who_lives_there_at_the_end_and_what_happened_while_somebody_lived_there(
    nation: Nation,
) -> None:
    north = RegionFactory(code="north")
    valley, hill = RegionFactory(code="valley", parent=north), RegionFactory(code="hill", parent=north)
    moved, stayed = nation.beginner(nation.elm), nation.beginner(nation.elm, completes=True)
    ResidenceFactory(user=moved.user, region=valley, to_day="2026-03-31")
    ResidenceFactory(user=moved.user, region=hill, from_day="2026-03-31")
    ResidenceFactory(user=stayed.user, region=valley)
    administrator = RoleGrantFactory(role="administrator", region=north).user
    assert lines(report_for(administrator, by="region")) == {
        "hill": (1, 0, 0),
        "valley": (1, 2, 1),
        "north itself": (0, 0, 0),
    }


def test_an_administrator_of_a_region_sees_nobody_of_another(nation: Nation) -> None:
    here, there = RegionFactory(code="here"), RegionFactory(code="there")
    ResidenceFactory(user=nation.beginner(nation.elm).user, region=there)
    administrator = RoleGrantFactory(role="administrator", region=here).user
    told = report_for(administrator, by="region")
    assert lines(told) == {"here": (0, 0, 0)}
    assert told.total.started == 0


def test_a_course_and_an_organisation_narrow_the_figures_together(nation: Nation) -> None:
    floods = nation.course("floods", "Floods")
    nation.beginner(nation.elm)
    nation.beginner(nation.elm, course=floods)
    nation.beginner(nation.company, course=floods)
    told = report_for(national_administrator(), course="floods", organisation="elm")
    assert [(line.key, line.figures.started) for line in told.lines] == [("floods", 1)]
    assert told.total.started == 1


def test_the_queries_do_not_grow_with_the_tree(nation: Nation, django_assert_num_queries: Any) -> None:
    administrator: User = national_administrator()
    for number in range(30):
        OrganisationFactory(parent=OrganisationFactory(code=f"branch-{number}"))
    nation.beginner(nation.elm)
    update()
    scope_of(administrator, TODAY, "en")  # grants and trees are read once
    with django_assert_num_queries(20):  # marks of two trees, courses; nine for total and months, eight for places
        assert len(report_over(scope_of(administrator, TODAY, "en"), by="organisation").lines) == 32

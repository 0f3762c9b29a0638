"""Who is on a list, by every role: what an organisation asks, what was completed, what has run out."""

from typing import Any

import pytest

from lessons.titles import titled_courses
from portal.accounts.models import Membership, User
from portal.accounts.rights import people_in_scope
from portal.reports.counts.concerns import prepare
from portal.reports.counts.counting import update
from portal.reports.people.asked import AskedPeople
from portal.reports.people.lines import every_line, lines_of
from portal.reports.people.lists import DUE_SOON, EXPIRING, LISTS, OVERDUE, bounded_count
from portal.reports.scope import scope_of
from tests.factories import RoleGrantFactory
from tests.portal.reports.people.conftest import TODAY, Nation

pytestmark = pytest.mark.django_db
PREPARED: list[bool] = []


@pytest.fixture(params=["as things stand", "prepared, by names", "prepared, by what concerns them"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether a list is asked for as things stand or read from what was prepared, in either way: it is the same."""
    way: str = request.param
    if way != "as things stand":
        monkeypatch.setattr("portal.reports.people.asked.FEW_PEOPLE", -1)
        monkeypatch.setattr("tests.portal.reports.people.test_lists.PREPARED", [True])
    if way == "prepared, by names":
        monkeypatch.setattr("portal.reports.people.lists.FEW_CONCERNS", 0)
    return way


def asked_by(reader: User, days: int = 30, **chosen: Any) -> AskedPeople:
    if PREPARED:
        update()
        prepare(TODAY)
    courses = tuple(course for course in titled_courses("en") if course.offered)
    asked = AskedPeople(scope_of(reader, TODAY, "en"), courses, days, "en", **chosen)
    assert asked.of_many == bool(PREPARED)
    return asked


def on(name: str, asked: AskedPeople) -> list[str]:
    return [user.display_name for user in LISTS[name].matching(asked).order_by("display_name")]


def matters(name: str, asked: AskedPeople) -> dict[str, list[tuple[str, str, str, str]]]:
    """By person: (course, day, state, organisation) each."""
    people = LISTS[name].matching(asked).order_by("display_name")
    return {
        line.user.display_name: [(m.course, m.day.isoformat(), m.state, m.organisation) for m in line.matters]
        for line in lines_of(name, asked, people)
    }


def test_overdue_is_whoever_does_not_hold_what_was_due_before_today(nation: Nation) -> None:
    nation.asks(nation.oak, nation.first_aid, "2026-06-29")
    nation.person("Amal", nation.oak)
    nation.started(nation.person("Badr", nation.oak), nation.first_aid)
    nation.completed(nation.person("Celine", nation.oak), nation.first_aid, "2026-02-01")
    nation.completed(nation.person("Dima", nation.oak), nation.first_aid, "2025-06-30")  # ran out today
    nation.completed(nation.person("Elias", nation.oak), nation.first_aid, "2020-01-01", months=None)
    asked = asked_by(nation.manager(nation.oak))
    assert matters(OVERDUE, asked) == {
        "Amal": [("First aid", "2026-06-29", "not_begun", "Oak school")],
        "Badr": [("First aid", "2026-06-29", "under_way", "Oak school")],
        "Dima": [("First aid", "2026-06-29", "run_out", "Oak school")],
    }


@pytest.mark.parametrize(
    ("due", "lists"),
    [
        ("2026-06-29", {OVERDUE}),
        ("2026-06-30", {DUE_SOON}),
        ("2026-07-30", {DUE_SOON}),
        ("2026-07-31", set()),
        (None, set()),
    ],
)
def test_the_due_day_decides_on_which_list_somebody_is(nation: Nation, due: str | None, lists: set[str]) -> None:
    nation.asks(nation.oak, nation.first_aid, due)
    nation.person("Amal", nation.oak)
    asked = asked_by(nation.manager(nation.oak))
    assert {name for name in (OVERDUE, DUE_SOON) if on(name, asked)} == lists


def test_what_is_asked_above_is_asked_below_and_the_earlier_day_counts(nation: Nation) -> None:
    nation.asks(nation.ministry, nation.first_aid, "2026-06-20")
    nation.asks(nation.oak, nation.first_aid, "2026-06-10")
    nation.asks(nation.elm, nation.first_aid, "2026-12-31")
    nation.person("Amal", nation.oak)
    nation.person("Badr", nation.elm)
    found = matters(OVERDUE, asked_by(nation.manager(nation.ministry)))
    assert {name: lines[0][1] for name, lines in found.items()} == {"Amal": "2026-06-10", "Badr": "2026-06-20"}


def test_somebody_in_two_schools_is_one_person_with_a_line_for_each(nation: Nation) -> None:
    nation.asks(nation.ministry, nation.first_aid, "2026-06-20")
    nation.person("Amal", nation.oak, nation.elm)
    asked = asked_by(nation.manager(nation.ministry))
    assert bounded_count(LISTS[OVERDUE].matching(asked)) == 1
    assert [line[3] for line in matters(OVERDUE, asked)["Amal"]] == ["Elm school", "Oak school"]


def test_a_manager_learns_nothing_of_other_organisations_of_their_members(nation: Nation) -> None:
    nation.asks(nation.mosque, nation.first_aid, "2026-06-01")
    nation.asks(nation.oak, nation.floods, "2026-06-01")
    nation.person("Amal", nation.oak, nation.mosque)
    assert matters(OVERDUE, asked_by(nation.manager(nation.oak))) == {
        "Amal": [("Floods", "2026-06-01", "not_begun", "Oak school")]
    }


def test_somebody_whom_only_another_organisation_asks_is_not_overdue_for_this_manager(nation: Nation) -> None:
    nation.asks(nation.mosque, nation.first_aid, "2026-06-01")
    nation.person("Amal", nation.oak, nation.mosque)
    assert on(OVERDUE, asked_by(nation.manager(nation.oak))) == []


def test_who_is_no_member_any_longer_is_on_no_list(nation: Nation) -> None:
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    amal = nation.person("Amal", nation.oak)
    nation.completed(amal, nation.first_aid, "2025-01-01")
    Membership.objects.filter(user=amal).update(to_day=TODAY)
    asked = asked_by(nation.manager(nation.oak))
    assert all(on(name, asked) == [] for name in LISTS)


@pytest.mark.parametrize("closed", [{"is_active": False}, {"erase_on": TODAY}])
def test_a_closed_account_is_on_no_list(nation: Nation, closed: dict[str, Any]) -> None:
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    nation.person("Amal", nation.oak, **closed)
    assert on(OVERDUE, asked_by(nation.manager(nation.oak))) == []


@pytest.fixture
def everywhere(nation: Nation) -> Nation:
    """One person overdue in each place, one of them in the north; all of whom also let Floods run out."""
    nation.asks(nation.ministry, nation.first_aid, "2026-06-01")
    nation.asks(nation.mosque, nation.first_aid, "2026-06-01")
    for name, place in (("Amal", nation.oak), ("Badr", nation.elm), ("Celine", nation.mosque)):
        nation.completed(nation.person(name, place), nation.floods, "2025-01-01")
    nation.lives(User.objects.get(display_name="Celine"), nation.north)
    nation.completed(nation.person("Dima"), nation.floods, "2025-01-01")  # belongs nowhere
    return nation


@pytest.mark.parametrize(
    ("reader", "overdue", "run_out"),
    [
        ("manager of oak", ["Amal"], ["Amal"]),
        ("manager of ministry", ["Amal", "Badr"], ["Amal", "Badr"]),
        ("administrator of north", ["Celine"], ["Celine"]),
        ("administrator", ["Amal", "Badr", "Celine"], ["Amal", "Badr", "Celine", "Dima"]),
        ("both", ["Amal", "Celine"], ["Amal", "Celine"]),
        ("nobody", [], []),
    ],
)
def test_each_role_sees_its_own_people_and_no_others(
    everywhere: Nation, reader: str, overdue: list[str], run_out: list[str]
) -> None:
    user = reader_of(everywhere, reader)
    assert (on(OVERDUE, asked_by(user)), on(EXPIRING, asked_by(user))) == (overdue, run_out)


@pytest.mark.parametrize(
    "reader", ["manager of oak", "manager of ministry", "administrator of north", "both", "nobody"]
)
def test_the_people_asked_about_are_those_in_the_readers_scope(everywhere: Nation, reader: str) -> None:
    user = reader_of(everywhere, reader)
    assert set(asked_by(user).people()) == set(people_in_scope(user, TODAY))


def reader_of(nation: Nation, role: str) -> User:
    if role == "both":
        user = nation.manager(nation.oak)
        RoleGrantFactory(user=user, role="administrator", region=nation.north)
        return user
    makers = {
        "manager of oak": lambda: nation.manager(nation.oak),
        "manager of ministry": lambda: nation.manager(nation.ministry),
        "administrator of north": lambda: nation.administrator(nation.north),
        "administrator": nation.administrator,
        "nobody": lambda: nation.person("Nobody"),
    }
    return makers[role]()


def test_an_organisation_narrows_the_list(everywhere: Nation) -> None:
    asked = asked_by(everywhere.administrator())
    place = asked.tree.by_code["elm"]
    assert on(OVERDUE, asked_by(everywhere.administrator(), organisation=place)) == ["Badr"]


def test_a_region_narrows_the_list(everywhere: Nation) -> None:
    reader = everywhere.administrator()
    place = scope_of(reader, TODAY, "en").regions.tree.by_code["north"]
    assert on(OVERDUE, asked_by(reader, region=place)) == ["Celine"]


@pytest.mark.parametrize(
    ("completed", "within", "state"),
    [
        ("2025-06-30", 30, "run_out"),
        ("2025-07-01", 30, "held"),
        ("2025-07-30", 30, "held"),
        ("2025-07-31", 30, None),
        ("2025-07-31", 60, "held"),
        ("2025-09-28", 90, "held"),
        ("2025-09-29", 90, None),
    ],
)
def test_a_completion_is_listed_from_so_many_days_before_it_runs_out(
    nation: Nation, completed: str, within: int, state: str | None
) -> None:
    nation.completed(nation.person("Amal", nation.oak), nation.first_aid, completed)
    found = matters(EXPIRING, asked_by(nation.manager(nation.oak), within))
    assert [line[2] for line in found.get("Amal", [])] == ([state] if state else [])


def test_a_completion_that_was_renewed_is_listed_no_longer(nation: Nation) -> None:
    amal = nation.person("Amal", nation.oak)
    nation.completed(amal, nation.first_aid, "2025-01-01")
    nation.told.completed(amal.learner, nation.first_aid, "2026-06-01")
    assert on(EXPIRING, asked_by(nation.manager(nation.oak), 90)) == []


def test_a_completion_that_never_runs_out_is_not_listed(nation: Nation) -> None:
    nation.completed(nation.person("Amal", nation.oak), nation.first_aid, "2020-01-01", months=None)
    assert on(EXPIRING, asked_by(nation.manager(nation.oak), 90)) == []


def test_as_many_lines_come_however_they_are_divided(nation: Nation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.reports.people.lines.CHUNK", 2)
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    for name in ("Amal", "Badr", "Celine", "Dima", "Elias"):
        nation.person(name, nation.oak)
    asked = asked_by(nation.manager(nation.oak))
    people = LISTS[OVERDUE].matching(asked).order_by("display_name")
    assert [line.user.display_name for line in every_line(OVERDUE, asked, people)] == on(OVERDUE, asked)


def test_people_are_counted_up_to_a_bound(nation: Nation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.reports.people.lists.MOST_COUNTED", 2)
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    for name in ("Amal", "Badr", "Celine", "Dima"):
        nation.person(name, nation.oak)
    assert bounded_count(LISTS[OVERDUE].matching(asked_by(nation.manager(nation.oak)))) == 3

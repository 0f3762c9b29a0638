import pytest
from django.test import Client

from portal.accounts.models import Region, RegionText
from tests.factories import RegionFactory, ResidenceFactory, RoleGrantFactory
from tests.portal.accounts.guests import text_of, with_second_factor
from tests.portal.reports.history import LONG_BEFORE
from tests.portal.reports.standing.school import School, table

pytestmark = pytest.mark.django_db
PAGE, FILE = "/en/reports/comparison/", "/en/reports/comparison.csv"


def rows(client: Client, **asked: str) -> list[list[str]]:
    """Place, completed, of how many, share, from, to, note."""
    return [[row[1], *row[3:]] for row in table(client.get(FILE, {"until": "2026-04-30", **asked}))[1:]]


def region(name: str, parent: Region | None = None) -> Region:
    found: Region = RegionFactory(code=name.lower(), parent=parent)
    RegionText.objects.create(region=found, language="en", name=name)
    return found


def settle(school: School, where: Region, begun: int, completed: int) -> None:
    """So many members who live there and began the course, of whom so many completed it."""
    for number, learner in enumerate(school.people(begun)):
        ResidenceFactory(user=learner.user, region=where, from_day=LONG_BEFORE)
        if number < completed:
            school.completed(learner, school.edition, "2026-03-01")


def test_a_region_has_its_share_and_the_range_of_it(as_administrator: Client, school: School) -> None:
    north, south = region("North"), region("South")
    settle(school, north, 30, 6)
    settle(school, south, 29, 29)
    school.counted()
    north_row, south_row = rows(as_administrator)
    assert north_row[:4] == ["North", "6", "30", "0.2"]
    assert [round(float(cell), 4) for cell in north_row[4:6]] == [0.0951, 0.3731]
    assert south_row == ["South", "29", "29", "", "", "", "too few to say"]


def test_places_stand_by_name_and_not_by_rank(as_administrator: Client, school: School) -> None:
    for name, completed in (("Beta", 1), ("Gamma", 3), ("Alpha", 2)):
        settle(school, region(name), 4, completed)
    school.counted()
    assert [row[0] for row in rows(as_administrator)] == ["Alpha", "Beta", "Gamma"]


def test_the_share_may_be_of_all_who_live_there(as_administrator: Client, school: School) -> None:
    north = region("North")
    region("South")
    settle(school, north, 2, 2)
    ResidenceFactory(region=north, from_day=LONG_BEFORE)
    school.counted()
    assert rows(as_administrator)[0][1:3] == ["2", "2"]
    assert rows(as_administrator, of="people")[0][1:3] == ["2", "3"]


def test_what_lies_below_a_place_counts_in_it_and_opens_from_it(as_administrator: Client, school: School) -> None:
    north = region("North")
    region("South")
    settle(school, region("Hills", north), 3, 1)
    settle(school, north, 2, 0)
    school.counted()
    assert rows(as_administrator)[0][:3] == ["North", "1", "5"]
    page = text_of(as_administrator.get(PAGE))
    assert 'region=north">' in page
    assert [row[:3] for row in rows(as_administrator, region="north")] == [
        ["Hills", "1", "3"],
        ["North itself", "0", "2"],
    ]


def test_two_regions_that_differ_are_named(as_administrator: Client, school: School) -> None:
    settle(school, region("North"), 30, 6)
    settle(school, region("South"), 30, 20)
    school.counted()
    page = text_of(as_administrator.get(PAGE))
    assert "<bdi>South</bdi> is ahead of <bdi>North</bdi> by 21.8 to 64.2 percentage points" in page


def test_two_regions_of_few_people_are_not_compared(as_administrator: Client, school: School) -> None:
    settle(school, region("North"), 10, 0)
    settle(school, region("South"), 10, 10)
    school.counted()
    assert "Fewer than two places have people enough to be compared." in text_of(as_administrator.get(PAGE))


def test_an_administrator_of_a_region_compares_only_what_is_in_it(client: Client, school: School) -> None:
    north, south = region("North"), region("South")
    settle(school, region("Hills", north), 2, 1)
    settle(school, south, 3, 1)
    school.counted()
    user = RoleGrantFactory(role="administrator", region=north).user
    with_second_factor(user)
    client.force_login(user)
    assert [row[:3] for row in rows(client)] == [["Hills", "1", "2"]]
    assert "This is not among what you can choose." in text_of(client.get(PAGE, {"region": "south"}))


def test_organisations_are_compared_too(as_administrator: Client, school: School) -> None:
    settle(school, region("North"), 2, 1)
    school.counted()
    assert [row[:3] for row in rows(as_administrator, by="organisation")] == [["Demo school", "1", "2"]]

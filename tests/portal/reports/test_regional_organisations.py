"""Who administers a region sees its people by any organisation, and nobody else's."""

from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Membership, Region, Residence, User
from tests.factories import RoleGrantFactory
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.furnished_nation import Furnished
from tests.portal.reports.small_nation import COURSES, NATION, ORGANISATIONS, REGIONS, Somebody
from tests.portal.reports.test_small_nation import DAYS, asked, below, table

pytestmark = pytest.mark.django_db
LISTS = ("overdue", "due-soon", "expiring")


@pytest.fixture
def nation() -> Furnished:
    return Furnished()


@pytest.fixture(params=["north", "coast"])
def region(request: pytest.FixtureRequest) -> str:
    code: str = request.param
    return code


@pytest.fixture
def reader(nation: Furnished, client: Client, region: str) -> Client:
    user = RoleGrantFactory(role="administrator", region=Region.objects.get(code=region)).user
    with_second_factor(user)
    client.force_login(user)
    return client


def those(region: str, organisation: str | None, day: Any) -> list[Somebody]:
    return [one for one in NATION if one.is_in(region, organisation, day, REGIONS)]


def test_a_line_for_each_organisation_tells_of_the_people_of_the_region(reader: Client, region: str) -> None:
    for day in DAYS:
        query = asked(None, None, day, since="2026-01-01", by="organisation", course="first-aid")
        told = {row[0]: row for row in table(reader, "completion", query)}
        for place in ("ministry", "company"):
            here = those(region, place, day)
            assert int(told[place][4]) == len(here), (place, day)
            assert int(told[place][8]) == sum(one.has_run_out("first-aid", day) for one in here), (place, day)


def test_who_is_in_no_organisation_has_a_line_too(reader: Client, region: str) -> None:
    for day in DAYS:
        query = asked(None, None, day, since="2026-01-01", by="organisation")
        told = {row[1]: int(row[4]) for row in table(reader, "completion", query)[:-1]}
        inside = [one for place in ORGANISATIONS for one in those(region, place, day)]
        outside = [one for one in those(region, None, day) if one not in inside]
        assert told.get("In no organisation", 0) == len(outside), day


@pytest.mark.parametrize("course", COURSES)
def test_an_organisation_that_is_chosen_tells_of_its_people_who_live_there(
    reader: Client, region: str, course: str
) -> None:
    for place in ORGANISATIONS:
        for day in DAYS[::2]:
            here = those(region, place, day)
            told = [int(row[3]) for row in table(reader, "funnel", asked(None, place, day, course=course))]
            assert told[0] == sum(one.has_begun(course, day) for one in here), (place, day)
            assert told[-1] == sum(one.latest(course, day) is not None for one in here), (place, day)


def test_organisations_are_compared_by_their_people_who_live_there(reader: Client, region: str) -> None:
    for day in DAYS[::2]:
        told = table(reader, "comparison", {"until": day.isoformat(), "by": "organisation", "course": "first-aid"})
        found = {row[0]: (int(row[3]), int(row[4])) for row in told}
        for place in ("ministry", "company"):
            here = those(region, place, day)
            done = sum(one.latest("first-aid", day) is not None for one in here)
            assert found[place] == (done, sum(one.has_begun("first-aid", day) for one in here)), (place, day)


def test_the_roll_of_an_organisation_names_only_people_of_the_region(reader: Client, region: str) -> None:
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(display_name=f"Person {user.pk}")
    response = reader.get("/en/reports/roll.csv", {"organisation": "ministry"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    here = set(_now(Residence, "region", region, REGIONS)) & set(
        _now(Membership, "organisation", "ministry", ORGANISATIONS)
    )
    assert here or region == "coast"
    assert {line.partition(",")[0] for line in text.splitlines()[1:]} == {f"Person {pk}" for pk in here}


def _now(rows: Any, place: str, top: str, tree: Any) -> Any:
    """Ids of those who are there today."""
    today = timezone.localdate()
    found = rows.objects.filter(**{f"{place}__code__in": list(below(top, tree))}, from_day__lte=today)
    return found.filter(Q(to_day=None) | Q(to_day__gt=today)).values_list("user", flat=True)


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_people_are_not_asked_by_organisation(reader: Client, name: str) -> None:
    form = reader.get(f"/en/reports/{name}/", {"organisation": "ministry"}).context["form"]
    assert "organisation" not in form.fields
    assert form.errors

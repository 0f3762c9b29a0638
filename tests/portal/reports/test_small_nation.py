"""Every report over a nation that was told by hand, against a count of the lines in which it was told."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import Region
from portal.reports.counts.counting import rebuild, update
from portal.reports.counts.reading import Subject, Where, people, stock
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.furnished_nation import Furnished
from tests.portal.reports.history import national_administrator
from tests.portal.reports.small_nation import (
    COURSES,
    MODULES,
    NATION,
    ORGANISATIONS,
    REGIONS,
    SKILLS,
    Somebody,
    on,
)

pytestmark = pytest.mark.django_db
DAYS = [on(day) for day in ("02-05", "03-14", "03-15", "04-10", "05-04", "05-19", "05-20", "06-30")]
PLACES = [(None, None), *((region, None) for region in REGIONS), *((None, name) for name in ORGANISATIONS)]
PLACES += [("north", "ministry"), ("coast", "company")]


@pytest.fixture
def nation() -> Furnished:
    return Furnished()


@pytest.fixture
def reader(client: Client) -> Client:
    administrator = national_administrator()
    with_second_factor(administrator)
    client.force_login(administrator)
    return client


def those(region: str | None, organisation: str | None, day: date, regions: Any = REGIONS) -> list[Somebody]:
    return [one for one in NATION if one.is_in(region, organisation, day, regions)]


def asked(region: str | None, organisation: str | None, day: date, **more: str) -> dict[str, str]:
    places = {"region": region or "", "organisation": organisation or ""}
    return {"until": day.isoformat(), **places, **more}


def table(reader: Client, report: str, query: dict[str, str]) -> list[list[str]]:
    response = reader.get(f"/en/reports/{report}.csv", query)
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))[1:]


def everywhere() -> Iterator[tuple[str | None, str | None, date]]:
    """Every place on some of the days, every day in some of the places."""
    for number, (region, organisation) in enumerate(PLACES):
        for day in DAYS[number % 3 :: 3]:
            yield region, organisation, day


def test_modules_and_skills_are_passed_by_whom_the_lines_say(nation: Furnished, reader: Client) -> None:
    for region, organisation, day in everywhere():
        here = those(region, organisation, day)
        told = {
            row[0]: (int(row[4]), int(row[5])) for row in table(reader, "learned", asked(region, organisation, day))
        }
        assert told == {
            key: (
                sum(one.has_read(lessons, day) for one in here),
                sum(one.has_begun(key.split("/")[0], day) for one in here),
            )
            for key, lessons in MODULES.items()
        }, (region, organisation, day)
        by_skill = table(reader, "learned", asked(region, organisation, day, by="skill"))
        assert {row[0]: int(row[4]) for row in by_skill} == {
            key: sum(one.has_read(lessons, day) for one in here) for key, lessons in SKILLS.items()
        }, (region, organisation, day)


def test_the_way_through_a_course_is_that_of_the_lines(nation: Furnished, reader: Client) -> None:
    for region, organisation, day in everywhere():
        here = those(region, organisation, day)
        for course, lessons in COURSES.items():
            told = [int(row[3]) for row in table(reader, "funnel", asked(region, organisation, day, course=course))]
            assert told == [
                sum(one.has_begun(course, day) for one in here),
                *(sum(one.has_read([lesson], day) for one in here) for lesson in lessons),
                sum(one.has_passed_the_final(course, day) for one in here),
                sum(one.latest(course, day) is not None for one in here),
            ], (region, organisation, day, course)


@pytest.mark.parametrize("course", COURSES)
def test_places_are_compared_by_the_people_of_the_lines(nation: Furnished, reader: Client, course: str) -> None:
    for day in DAYS:
        for by, tops in (("region", ("north", "south")), ("organisation", ("ministry", "company"))):
            told = table(reader, "comparison", {"until": day.isoformat(), "by": by, "course": course})
            found = {row[0]: (int(row[3]), int(row[4])) for row in told if row[0] in tops}
            assert found == {top: _compared(by, top, course, day) for top in tops}, (by, day)


def _compared(by: str, place: str, course: str, day: date) -> tuple[int, int]:
    here = those(place, None, day) if by == "region" else those(None, place, day)
    return (
        sum(one.latest(course, day) is not None for one in here),
        sum(one.has_begun(course, day) for one in here),
    )


def test_completions_stand_as_in_the_lines(nation: Furnished) -> None:
    for region, organisation, day in everywhere():
        here = those(region, organisation, day)
        where = where_of(nation, region, organisation)
        assert people(where, day) == len(here), (region, organisation, day)
        for course in COURSES:
            subject = Subject("course", nation.editions[course].course_id)
            told = stock(where, [subject], day)[subject]
            ever = [one for one in here if one.latest(course, day)]
            out = [one for one in here if one.has_run_out(course, day)]
            assert (told.ever, told.expired, told.held) == (len(ever), len(out), len(ever) - len(out))
            assert told.under_way == sum(one.has_begun(course, day) and one not in ever for one in here)


def where_of(nation: Furnished, region: str | None, organisation: str | None, regions: Any = REGIONS) -> Where:
    return Where(
        frozenset(nation.regions[code].pk for code in below(region, regions)) if region else None,
        frozenset(nation.organisations[code].pk for code in below(organisation, ORGANISATIONS))
        if organisation
        else None,
    )


def below(place: str, tree: Any) -> Iterator[str]:
    yield place
    for code, above in tree.items():
        if above == place:
            yield from below(code, tree)


def test_the_completion_report_stands_as_in_the_lines(nation: Furnished, reader: Client) -> None:
    for region, organisation, day in everywhere():
        here = those(region, organisation, day)
        query = asked(region, organisation, day, since="2026-01-01", by="course")
        told = {row[0]: row for row in table(reader, "completion", query)}
        for course in COURSES.keys() & told.keys():
            under_way, expired = int(told[course][5]), int(told[course][7])
            assert expired == sum(one.has_run_out(course, day) for one in here)
            assert under_way == sum(one.has_begun(course, day) and one.latest(course, day) is None for one in here)


def test_a_tree_that_is_moved_is_told_as_it_is_today(nation: Furnished, reader: Client) -> None:
    Region.objects.filter(code="valley").update(parent=Region.objects.get(code="south"))
    update()
    moved = REGIONS | {"valley": "south"}
    for day in DAYS:
        for region in ("north", "south", "country"):
            told = table(reader, "funnel", asked(region, None, day, course="first-aid"))
            here = those(region, None, day, moved)
            assert int(told[0][3]) == sum(one.has_begun("first-aid", day) for one in here), (region, day)


def test_counting_everybody_anew_changes_nothing(nation: Furnished, reader: Client) -> None:
    def told() -> list[list[list[str]]]:
        return [
            table(reader, "funnel", asked(region, organisation, day, course="first-aid"))
            for region, organisation, day in everywhere()
        ]

    before = told()
    rebuild()
    assert told() == before

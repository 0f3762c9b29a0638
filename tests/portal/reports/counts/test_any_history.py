"""After any history the counts say what counting the rows one by one says, however they were brought up to date."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lessons.models import Module
from portal.reports.counts.counting import rebuild, update
from portal.reports.counts.reading import ANY, PEOPLE, Period, Subject, Where, by_month, by_place, flow, stock
from portal.reports.models import MEASURES, DayCount, MonthCount, Segment, Tally
from quizzes.models import ProgressEvent
from tests.factories import LearnerFactory, ProgressEventFactory
from tests.portal.reports.counts.nation import FIRST, LAST, Nation
from tests.portal.reports.counts.plain import everybody, plain_flow, plain_stock

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def counts() -> dict[str, Any]:
    """All that is kept, by names that are the same however segments are numbered."""
    segment = ("segment__sort", "segment__region", "segment__key")
    people = {(one.sort, one.region, one.key) for one in Segment.objects.exclude(sort="branch")}
    kept = {
        "days": set(DayCount.objects.values_list(*segment, "subject", "day", *MEASURES)),
        "months": set(MonthCount.objects.values_list(*segment, "subject", "month", *MEASURES)),
        "tallies": set(Tally.objects.values_list("person", "facts")),
    }
    assert people >= {row[:3] for row in kept["days"] if row[0] != "branch"}
    return kept


def live(seed: int, runs: int = 4) -> Nation:
    """A nation whose counts were brought up to date between one deed and another."""
    nation = Nation(seed)
    for run in range(runs):
        nation.happens(25)
        update(BEGINNING + run * timedelta(minutes=11))
    return nation


@pytest.mark.parametrize("seed", range(6))
def test_counts_brought_up_to_date_are_those_counted_anew(seed: int) -> None:
    live(seed)
    kept = counts()
    rebuild(BEGINNING)
    assert counts() == kept


def wheres(nation: Nation) -> list[Where]:
    places: list[Any] = [*nation.regions, *nation.organisations]
    ids = [frozenset([one.pk]) for one in places]
    country, valley, island, ministry, school, office, company = ids
    regions, branch = country | valley, ministry | school | office
    return [
        Where(),
        Where(regions=regions),
        Where(regions=island),
        Where(organisations=branch),
        Where(organisations=ministry),
        Where(organisations=school | company),
        Where(regions, branch),
        Where(valley, school),
    ]


def subjects(nation: Nation) -> list[Subject]:
    lessons = [Subject("lesson", lesson.pk) for lesson in nation.lessons]
    courses = [edition.course_id for edition in nation.editions]
    return [PEOPLE, ANY, *(Subject(kind, ref) for kind in ("course", "final") for ref in courses), *lessons]


@pytest.mark.parametrize("seed", range(100, 104))
def test_stock_and_flow_are_what_one_counts_person_by_person(seed: int) -> None:
    nation = live(seed)
    people = everybody()
    for where in wheres(nation):
        for _time in range(3):
            day = nation._day()
            asked = subjects(nation)
            told = stock(where, asked, day)
            assert told == {subject: plain_stock(people, where, subject, day) for subject in asked}, (where, day)
            days = sorted([nation._day(), nation._day()])
            period, courses = Period(*days), asked[1:4]
            happened = flow(where, courses, period)
            assert happened == {one: plain_flow(people, where, one, period) for one in courses}, (where, period)


@pytest.mark.parametrize("seed", range(200, 203))
def test_months_and_places_are_what_one_counts_person_by_person(seed: int) -> None:
    nation = live(seed)
    people, course = everybody(), subjects(nation)[2]
    period = Period(FIRST + timedelta(days=seed % 30), LAST - timedelta(days=seed % 20))
    for where in wheres(nation):
        for month in by_month(where, course, period):
            assert month.stock == plain_stock(people, where, course, month.period.until), (where, month.period)
            assert month.flow == plain_flow(people, where, course, month.period), (where, month.period)
    for kind, where, tops in _divided(nation):
        for top, told in by_place(kind, tops, course, period, where).items():
            if top is not None:
                inside = Where(
                    **{"regions": where.regions, "organisations": where.organisations, f"{kind}s": tops[top]}
                )
                assert told.stock == plain_stock(people, inside, course, period.until), (kind, where, top)
                assert told.flow == plain_flow(people, inside, course, period), (kind, where, top)
                assert told.people == plain_stock(people, inside, PEOPLE, period.until).begun


def _divided(nation: Nation) -> list[tuple[Any, Where, dict[int, frozenset[int]]]]:
    """By what figures are divided, of whom, and the places."""
    north, valley, island = (one.pk for one in nation.regions)
    ministry, school, office, company = (one.pk for one in nation.organisations)
    regions = {north: frozenset([north, valley]), island: frozenset([island])}
    tops = {ministry: frozenset([ministry, school, office]), company: frozenset([company])}
    below = {school: frozenset([school]), office: frozenset([office]), ministry: frozenset([ministry])}
    return [
        ("region", Where(), regions),
        ("region", Where(organisations=tops[ministry]), regions),
        ("organisation", Where(), tops),
        ("organisation", Where(), below),
        ("organisation", Where(regions=regions[north]), tops),
        ("organisation", Where(regions=regions[north]), below),
    ]


def test_who_belongs_nowhere_is_told_of_organisations_and_of_regions() -> None:
    nation = live(300)
    people, period, everywhere = everybody(), Period(FIRST, LAST), frozenset(one.pk for one in nation.organisations)
    told = by_place("organisation", {}, ANY, period)[None]
    organised = plain_stock(people, Where(organisations=everywhere), ANY, LAST)
    assert told.stock.begun == plain_stock(people, Where(), ANY, LAST).begun - organised.begun
    assert by_place("region", {}, ANY, period)[None].stock == plain_stock(people, Where(frozenset([0])), ANY, LAST)


def test_a_module_is_reached_on_the_day_on_which_the_last_of_its_lessons_is_passed() -> None:
    nation = Nation(400)
    learner, (first, second, third, last) = LearnerFactory(), nation.lessons
    for number, lesson in enumerate((second, first, third, last)):
        verb = ProgressEvent.Verb.READ if lesson == last else ProgressEvent.Verb.PASSED
        day = FIRST + timedelta(days=number)
        ProgressEventFactory(learner=learner, edition=nation.editions[0], verb=verb, lesson=lesson, day=day)
    update(BEGINNING)
    one, two = (Subject("module", Module.objects.get(edition=edition).pk) for edition in nation.editions)
    days = [FIRST + timedelta(days=number) for number in range(4)]
    told = [stock(Where(), [one, two], day) for day in days]
    assert [each[one].ever for each in told] == [0, 1, 1, 1]
    assert [each[two].ever for each in told] == [0, 0, 0, 1]

"""However trees and people are moved, and at whatever hour something is done, the counts are those of the rows."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.arranging.deeds import Ring, move_place
from portal.accounts.arranging.reach import KINDS
from portal.accounts.models import Membership, Residence, User
from portal.reports.counts.counting import rebuild, update
from portal.reports.counts.reading import ANY, PEOPLE, Period, Subject, Where, flow, stock
from portal.reports.models import MEASURES, DayCount
from quizzes.progress import record_read
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    ProgressEventFactory,
    RegionFactory,
    ResidenceFactory,
    UserFactory,
    published_course,
    published_lesson,
)
from tests.portal.reports.counts.nation import FIRST, LAST, Nation
from tests.portal.reports.counts.plain import everybody, plain_flow, plain_stock

pytestmark = pytest.mark.django_db
SOME = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
days = st.dates(FIRST, LAST)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is gone afterwards: the next example begins from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def with_below(places: type[Model], top: int) -> frozenset[int]:
    """The place and all below it, as the rows say today."""
    rows = list(places._default_manager.values_list("pk", "parent"))
    found = {top}
    while more := {pk for pk, parent in rows if parent in found} - found:
        found |= more
    return frozenset(found)


trees = st.lists(
    st.tuples(st.sampled_from(list(KINDS)), st.integers(0, 3), st.none() | st.integers(0, 3)), min_size=1, max_size=5
)


@SOME
@given(st.integers(0, 1000), trees, days)
def test_every_branch_is_told_as_its_tree_is_today(
    seed: int, moves: list[tuple[str, int, int | None]], day: date
) -> None:
    with undone():
        nation = Nation(seed)
        nation.happens(40)
        update()
        for kind, which, onto in moves:
            places = nation.regions if kind == "regions" else nation.organisations
            parent = None if onto is None else places[onto % len(places)].pk
            with suppress(Ring):
                move_place(KINDS[kind], places[which % len(places)].pk, parent)
            update()
        people = everybody()
        wheres = [Where(organisations=with_below(type(one), one.pk)) for one in nation.organisations]
        wheres += [Where(regions=with_below(type(one), one.pk)) for one in nation.regions]
        for where in wheres:
            told = stock(where, [PEOPLE, ANY], day)
            assert told == {subject: plain_stock(people, where, subject, day) for subject in (PEOPLE, ANY)}, where


stays = st.lists(st.tuples(st.integers(0, 2), days, st.none() | days), max_size=4)


@SOME
@given(st.lists(st.tuples(stays, stays, st.lists(days, max_size=2)), min_size=1, max_size=4), days, days)
def test_who_moves_is_told_where_they_were_on_the_day(
    lives: list[tuple[list[tuple[int, date, date | None]], list[tuple[int, date, date | None]], list[date]]],
    day: date,
    other: date,
) -> None:
    """Of each their homes, memberships and the days on which they begin a course; counted after each."""
    with undone():
        nation = Nation(0)
        for homes, seats, deeds in lives:
            user = UserFactory()
            learner = LearnerFactory(user=user)
            for edition, begun in zip(nation.editions, deeds, strict=False):
                ProgressEventFactory(learner=learner, edition=edition, day=begun)
            _live(user, nation, homes, seats)
            update()
        people, period = everybody(), Period(min(day, other), max(day, other))
        course = Subject("course", nation.editions[0].course_id)
        for where in (Where(), *(Where(regions=frozenset([one.pk])) for one in nation.regions)):
            assert stock(where, [course], day)[course] == plain_stock(people, where, course, day)
            assert flow(where, [course], period)[course] == plain_flow(people, where, course, period)
        kept = set(DayCount.objects.values_list("segment__sort", "subject", "day", *MEASURES))
        rebuild()
        assert set(DayCount.objects.values_list("segment__sort", "subject", "day", *MEASURES)) == kept


def _live(
    user: User,
    nation: Nation,
    homes: list[tuple[int, date, date | None]],
    seats: list[tuple[int, date, date | None]],
) -> None:
    for place, since, until in homes:
        if until is not None or not Residence.objects.filter(user=user, to_day=None).exists():
            ends = None if until is None else max(since, until)
            ResidenceFactory(user=user, region=nation.regions[place], from_day=since, to_day=ends)
    for place, since, until in seats:
        organisation = nation.organisations[place]
        if (
            until is not None
            or not Membership.objects.filter(user=user, organisation=organisation, to_day=None).exists()
        ):
            ends = None if until is None else max(since, until)
            MembershipFactory(user=user, organisation=organisation, from_day=since, to_day=ends)


# Midnight of the night on which clocks are changed, of zones east and west, with summer time and without.
ZONES = {
    "Asia/Beirut": date(2026, 3, 29),  # changes at midnight itself
    "Africa/Cairo": date(2026, 10, 30),
    "Europe/Berlin": date(2026, 10, 25),
    "America/St_Johns": date(2026, 3, 8),
    "Pacific/Apia": date(2026, 4, 5),
    "Asia/Kathmandu": date(2026, 2, 28),
}


@SOME
@given(st.sampled_from(list(ZONES)), st.lists(st.integers(-40 * 60, 40 * 60), min_size=1, max_size=4))
def test_what_is_done_at_any_hour_counts_on_the_nations_day(zone: str, minutes: list[int]) -> None:
    midnight = datetime.combine(ZONES[zone], datetime.min.time(), UTC)
    instants = [midnight + timedelta(minutes=away) for away in minutes]
    with undone(), timezone.override(ZoneInfo(zone)):
        edition, region = published_course("one", [lesson := published_lesson("bleeding")]), RegionFactory()
        for at in instants:
            user = UserFactory()
            ResidenceFactory(user=user, region=region, from_day=date(2026, 1, 1))
            record_read(LearnerFactory(user=user), edition, lesson.pk, at)
        update()
        here = [at.astimezone(ZoneInfo(zone)).date() for at in instants]
        course = Subject("course", edition.course_id)
        for day in {one + timedelta(days=away) for one in here for away in (-1, 0, 1)}:
            told = stock(Where(regions=frozenset([region.pk])), [course], day)[course]
            assert (told.begun, told.ever) == (sum(one <= day for one in here),) * 2
            happened = flow(Where(), [course], Period(day, day))[course]
            assert (happened.started, happened.completed) == (here.count(day),) * 2

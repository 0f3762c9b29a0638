"""What lists of people are read from: written anew for a day, and in between for whom something changed."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.test import override_settings

from portal.accounts.models import Assignment, Membership, Residence, User
from portal.reports.counts import asking
from portal.reports.counts.concerns import SPARE, concerns_that_are_wrong, is_prepared, prepare
from portal.reports.counts.counting import rebuild, update
from portal.reports.models import Concern, DueDay, ListState
from quizzes.models import CourseProgress, Learner
from quizzes.progress import project_everything
from tests.portal.reports.counts.nation import FIRST, LAST, Nation

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = FIRST + timedelta(days=30)
Row = tuple[Any, ...]


def kept() -> list[Row]:
    return sorted(Concern.objects.values_list("sort", "user", "course", "day", "organisation", "region"), key=repr)


def peopled(seed: int) -> Nation:
    """One with enough people for every sort of concern, some of whom are erased later."""
    nation = Nation(seed)
    for _time in range(15):
        for deed in (nation.arrives, nation.completes, nation.joins, nation.moves):
            deed()
    return nation


def asks(nation: Nation, chance: Random, *, times: int = 4) -> None:
    """Some organisations ask for some courses; what is asked above is asked below."""
    for _time in range(times):
        Assignment.objects.update_or_create(
            organisation=chance.choice(nation.organisations),
            course=chance.choice(nation.editions).course,
            defaults={"due_on": TODAY + timedelta(days=chance.randint(-30, 120))},
        )


def projected() -> None:
    for learner in Learner.objects.filter(merged_into=None):
        project_everything(learner)


def in_plain_words(nation: Nation, today: date) -> set[Row]:
    """Every concern, found person by person."""
    last = today + timedelta(days=97)
    parents = {one.pk: one.parent_id for one in nation.organisations}
    own = {(one.organisation_id, one.course_id): one.due_on for one in Assignment.objects.all() if one.due_on}
    found: set[Row] = set()
    for user in User.objects.all():
        now = {row for row in Membership.objects.filter(user=user) if _holds(row, today)}
        homes = [row.region_id for row in Residence.objects.filter(user=user) if _holds(row, today)]
        region = homes[0] if homes else None
        progress = {row.course_id: row for row in CourseProgress.objects.filter(learner__user=user)}
        for seat in now:
            line: list[int] = []
            at: int | None = seat.organisation_id
            while at is not None:
                line.append(at)
                at = parents[at]
            for course in {course for place, course in own if place in line}:
                day = min(own[place, course] for place in line if (place, course) in own)
                done = progress.get(course)
                holds = done and done.completed_on and (done.expires_on is None or done.expires_on > today)
                if day <= last and not holds:
                    found.add(("lacks", user.pk, course, day, seat.organisation_id, region))
        for course, done in progress.items():
            if done.completed_on and done.expires_on and done.expires_on <= last:
                places: set[int | None] = {seat.organisation_id for seat in now}
                for place in places or {None}:
                    found.add(("ends", user.pk, course, done.expires_on, place, region))
    return found


def _holds(row: Any, day: date) -> bool:
    return row.from_day <= day and (row.to_day is None or row.to_day > day)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_it_is_what_is_found_person_by_person(seed: int) -> None:
    nation, chance, sorts = peopled(seed), Random(seed), set()
    for run in range(4):
        nation.happens(25)
        projected()
        if run != 1:
            asks(nation, chance)
        update(BEGINNING + run * timedelta(minutes=11))
        prepare(TODAY)
        assert set(kept()) == in_plain_words(nation, TODAY)
        sorts |= {sort for sort, *_rest in kept()}
    assert sorts == {"lacks", "ends"}


@pytest.mark.parametrize("seed", range(3))
def test_everybody_counted_anew_has_it_written_anew(seed: int) -> None:
    nation = peopled(seed)
    asks(nation, Random(seed))
    update(BEGINNING)
    prepare(TODAY)
    nation.happens(40)
    projected()
    rebuild(BEGINNING)
    prepare(TODAY)
    assert set(kept()) == in_plain_words(nation, TODAY)


@pytest.fixture
def prepared() -> Nation:
    nation = peopled(1)
    projected()
    asks(nation, Random(1))
    update(BEGINNING)
    assert prepare(TODAY)
    return nation


def test_it_is_left_alone_while_day_and_due_days_are_the_same(prepared: Nation) -> None:
    assert not prepare(TODAY)


def test_another_day_has_it_written_anew(prepared: Nation) -> None:
    assert prepare(TODAY + timedelta(days=60))
    assert set(kept()) == in_plain_words(prepared, TODAY + timedelta(days=60))


@pytest.mark.parametrize("due", [TODAY - timedelta(days=300), None])
def test_another_due_day_has_it_written_anew(prepared: Nation, due: date | None) -> None:
    Assignment.objects.update(due_on=due)
    assert prepare(TODAY)
    assert set(DueDay.objects.values_list("day", flat=True)) == ({due} if due else set())
    assert set(kept()) == in_plain_words(prepared, TODAY)


def test_before_the_first_count_there_is_nothing_to_prepare_for() -> None:
    assert not prepare(TODAY)
    assert not is_prepared(TODAY)


@pytest.mark.parametrize(("days", "of_use"), [(-1, False), (0, True), (SPARE, True), (SPARE + 1, False)])
def test_it_is_of_use_for_some_days(prepared: Nation, days: int, *, of_use: bool) -> None:
    assert is_prepared(TODAY + timedelta(days=days)) == of_use


def test_who_is_gone_is_in_it_no_longer_after_the_next_count(prepared: Nation) -> None:
    whose = set(Concern.objects.values_list("user", flat=True))
    User.objects.get(pk=min(whose)).delete()
    update(BEGINNING + timedelta(minutes=1))
    assert set(Concern.objects.values_list("user", flat=True)) == whose - {min(whose)} != set()


@pytest.mark.parametrize(("little", "worker", "prepares"), [(100, False, True), (0, False, False), (0, True, True)])
def test_a_page_waits_for_it_only_where_there_is_little(
    monkeypatch: pytest.MonkeyPatch, little: int, *, worker: bool, prepares: bool
) -> None:
    nation = Nation(1)
    nation.happens(40)
    monkeypatch.setattr(asking, "LITTLE", little)
    with override_settings(WORKER=worker):
        asking.count.func()
    assert ListState.objects.exists() == prepares


def test_the_nation_these_tests_use_lasts_long_enough() -> None:
    assert TODAY + timedelta(days=97) > LAST


def test_what_is_right_is_not_called_wrong(prepared: Nation) -> None:
    prepared.happens(20)
    projected()
    update(BEGINNING + timedelta(minutes=11))
    assert list(concerns_that_are_wrong()) == []


def test_what_is_wrong_is_found(prepared: Nation) -> None:
    first, second = Concern.objects.order_by("pk")[:2]
    Concern.objects.filter(pk=first.pk).update(course=first.course + 1000)
    second.delete()
    found = sorted(words.partition(":")[0] for words in concerns_that_are_wrong())
    assert found == ["list missing", "list missing", "list wrong"]


def test_what_nobody_prepared_is_not_wrong() -> None:
    assert list(concerns_that_are_wrong()) == []

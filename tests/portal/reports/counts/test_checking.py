"""The counts are checked against the raw rows by another method, and what is wrong is named."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import Residence
from portal.reports.counts.checking import differences, sums_that_are_wrong
from portal.reports.counts.counting import update
from portal.reports.models import DayCount, MonthCount
from tests.portal.reports.counts.nation import DAYS, FIRST, LAST, Nation
from tests.portal.reports.counts.test_any_history import live

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    said = StringIO()
    call_command("count_reports", *args, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("seed", range(500, 504))
def test_after_any_history_the_raw_rows_say_what_the_counts_say(seed: int) -> None:
    live(seed)
    days = [FIRST + timedelta(days=number) for number in range(0, DAYS, 9)] + [LAST]
    assert list(differences(days)) == []
    assert list(sums_that_are_wrong()) == []


def test_a_count_that_is_wrong_is_named_and_fails_the_command(capsys: Any) -> None:
    Nation(1).happens(60)
    update()
    row = DayCount.objects.filter(segment__sort="region").order_by("day").first()
    assert row is not None
    DayCount.objects.filter(pk=row.pk).update(begun=row.begun + 7)
    said = StringIO()
    with pytest.raises(CommandError, match="differences; with --rebuild everybody is counted anew"):
        call_command("count_reports", "--check", "--days", LAST.isoformat(), stdout=said)
    assert f"{LAST} region {row.segment.region}" in said.getvalue()


def test_a_month_that_is_not_the_sum_of_its_days_is_named() -> None:
    Nation(2).happens(60)
    update()
    row = MonthCount.objects.filter(segment__sort="whole").order_by("month").first()
    assert row is not None
    MonthCount.objects.filter(pk=row.pk).update(ever=row.ever + 1)
    assert [words.split(",")[0] for words in sums_that_are_wrong()] == [
        f"month {row.month} of segment {row.segment_id}"
    ]


def test_counting_anew_mends_what_is_wrong() -> None:
    Nation(3).happens(60)
    run()
    DayCount.objects.update(begun=3)
    assert "(everybody)" in run("--rebuild")
    assert run("--check") == "the counts are what the raw rows say\n"


def test_the_command_counts_only_whom_something_happened_to() -> None:
    nation = Nation(4)
    nation.happens(60)
    run()
    residence = Residence.objects.order_by("pk").first()
    assert residence is not None
    Residence.objects.filter(pk=residence.pk).update(region=nation.regions[2], from_day=FIRST, to_day=None)
    assert run() == "1 people counted\n"
    assert run() == "0 people counted\n"


def test_a_check_brings_the_counts_up_to_date_first() -> None:
    nation = Nation(5)
    run()
    nation.happens(40)
    assert run("--check", "--days", LAST.isoformat()) == "the counts are what the raw rows say\n"

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.reports.counts.checking import differences, sums_that_are_wrong
from portal.reports.counts.concerns import concerns_that_are_wrong, prepare
from portal.reports.counts.counting import rebuild, update

SHOWN = 100


class Command(BaseCommand):
    help = "Brings the counts that reports are read from up to date; to be run every few minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--rebuild", action="store_true", help="count everybody anew")
        what.add_argument("--check", action="store_true", help="change nothing; exit 1 where raw rows say otherwise")
        parser.add_argument(
            "--days",
            nargs="+",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="days to check; today and the first of some months before where none is named",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check(options["days"] or some_days(timezone.localdate()))
            return
        counted = (rebuild if options["rebuild"] else update)(tell=self._tell)
        if counted is None:
            raise CommandError("Somebody else is counting; run this again later.")
        whole = " (everybody)" if counted.whole else ""
        lists = ", lists prepared" if prepare(timezone.localdate()) else ""
        self.stdout.write(f"{counted.people} people counted{whole}{lists}")

    def _tell(self, count: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{count} people read", ending="\r")

    def _check(self, days: list[date]) -> None:
        """Names the first differences and counts the rest."""
        update()
        count = 0
        for one in differences(days):
            count += 1
            if count <= SHOWN:
                subject = f"{one.subject.kind} {one.subject.ref}"
                self.stdout.write(f"{one.day} {one.place} {subject}: is {one.kept}, should be {one.raw}")
        for words in (*sums_that_are_wrong(), *concerns_that_are_wrong()):
            count += 1
            if count <= SHOWN:
                self.stdout.write(words)
        if count:
            raise CommandError(f"{count} differences; with --rebuild everybody is counted anew")
        self.stdout.write("the counts are what the raw rows say")


def some_days(today: date) -> list[date]:
    """Today, and the first days of this month and of the third, the sixth and the twelfth before it."""
    days = [today]
    for months in (0, 3, 6, 12):
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        days.append(date(year, month + 1, 1))
    return days

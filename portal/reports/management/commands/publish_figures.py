from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.reports.counts.counting import update
from portal.reports.public.publishing import last_due, publish


class Command(BaseCommand):
    help = "Publishes the figures of every month that is closed; to be run every day. What is published never changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=_month, help="up to this one, as 2026-09")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be published")

    def handle(self, *args: Any, **options: Any) -> None:
        month = options["month"]
        if month and month > last_due(timezone.localdate()):
            raise CommandError(f"{month:%Y-%m} is not closed yet, or not for as long as STATISTICS_MONTH_LAG asks")
        update()
        done = "would be published" if options["dry_run"] else "published"
        for of in publish(month, dry_run=options["dry_run"]):
            self.stdout.write(f"{of.month:%Y-%m} {done}: {of.shown} figures, {of.hidden} hidden")


def _month(text: str) -> date:
    return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time

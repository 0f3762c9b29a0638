from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.studio.keeping.copies import DAYS, purge


class Command(BaseCommand):
    help = "Deletes what people typed in the studio and neither saved nor touched for long; to be run every day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="untouched for so many days")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("--days must be 1 or more")
        self.stdout.write(f"{purge(options['days'])} working copies deleted")

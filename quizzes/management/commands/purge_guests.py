from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from quizzes.purging import purge_guests


class Command(BaseCommand):
    help = "Erases the answers of guests who have not come back for long; counts stay as they were."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=settings.GUEST_DAYS, help="away for so many days")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("--days must be 1 or more")
        count = purge_guests(options["days"], timezone.localdate())
        self.stdout.write(f"{count} guests erased")

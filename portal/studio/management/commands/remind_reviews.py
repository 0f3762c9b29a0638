from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.studio.upkeep.reminders import remind


class Command(BaseCommand):
    help = "Writes to the people whose lessons are due for review, once a month at most; to be run every day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind(timezone.localdate())} letters sent")

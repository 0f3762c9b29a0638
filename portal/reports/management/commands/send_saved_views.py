from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.reports.saved.delivery import deliver_views


class Command(BaseCommand):
    help = (
        "Sends links to the saved views that are due, every week or month as their readers chose; to be run every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{deliver_views(timezone.localdate())} letters sent")

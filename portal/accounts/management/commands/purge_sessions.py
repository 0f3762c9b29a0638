from typing import Any

from django.core.management.base import BaseCommand

from portal.accounts.sessions import purge


class Command(BaseCommand):
    help = "Forgets sessions that are over. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{purge()} log-ins forgotten that were over.")

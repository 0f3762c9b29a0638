from typing import Any

from django.core.management.base import BaseCommand

from portal.analysis.counting import count_everything


class Command(BaseCommand):
    help = "Counts anew what the answers show of every question and quiz; to be run every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for course, sittings in count_everything().items():
            self.stdout.write(f"{course}: {sittings} sittings counted")

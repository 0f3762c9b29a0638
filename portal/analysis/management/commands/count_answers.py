from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.analysis.counting import count_everything


class Command(BaseCommand):
    help = "Counts anew what the answers show of every question and quiz; to be run every night."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for counted in count_everything():
            self.stdout.write(f"{counted.course}: {counted.sittings} sittings counted")
            failed += counted.failed
        if failed:
            raise CommandError("Not counted, see the log: " + ", ".join(str(quiz) for quiz in failed))

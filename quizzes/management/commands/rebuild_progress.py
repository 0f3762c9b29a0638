from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.projections import batches, differences, rebuild

SHOWN = 100


class Command(BaseCommand):
    help = "Rebuilds every learner's progress from events and attempts, or says where what is stored differs from it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where anything differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        count = sum(rebuild(batch) for batch in batches())
        self.stdout.write(f"{count} learners rebuilt")

    def _check(self) -> None:
        """Names the first differences and counts the rest."""
        count = 0
        for batch in batches():
            for one in differences(batch):
                count += 1
                if count <= SHOWN:
                    self.stdout.write(f"{one.learner} {one.what}: is {one.stored}, should be {one.rebuilt}")
        if count:
            raise CommandError(f"{count} differences; without --check the progress is rebuilt")
        self.stdout.write("what is stored is what events and attempts say")

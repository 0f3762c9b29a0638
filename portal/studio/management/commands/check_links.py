from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.studio.models import LinkCheck
from portal.studio.upkeep.links import MOST, asker, check_links


class Command(BaseCommand):
    help = "Asks links of published lessons and sources whether they still answer; to be run every day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=MOST, help=f"ask no more than so many; {MOST} without it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["most"] < 1:
            raise CommandError("--most must be 1 or more")
        counted = check_links(asker(), timezone.localdate(), options["most"])
        self.stdout.write(f"{counted.total()} links asked")
        for result, count in counted.most_common():
            self.stdout.write(f"  {count} {LinkCheck.Result(result).name.lower()}")

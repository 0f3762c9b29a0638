import time
from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.nation.making import NationRefused, Wish, make_nation


class Command(BaseCommand):
    help = (
        "Makes an invented nation to measure with, in a database that holds the curriculum and no citizens: regions, "
        "organisations, staff, and citizens with years of learning behind them. Nobody can log in. Sittings are kept "
        "question by question for a share of the citizens only (--sampled); of the others it is told what they read, "
        "passed and completed. Afterwards: count_answers, and count_reports --rebuild."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--citizens", type=int, default=1_000_000, help="with an account (%(default)s)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and day give the same rows (1)")
        parser.add_argument("--regions", type=int, default=20, help="each with 6 to 14 districts (20)")
        parser.add_argument("--organisations", type=int, default=5000, help="about so many, in trees (5000)")
        parser.add_argument("--years", type=int, default=2, help="of learning (2)")
        parser.add_argument("--sampled", type=float, default=0.02, help="share with sittings, 0 to 1 (0.02)")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day, as 2026-06-30 (yesterday)")
        parser.add_argument("--processes", type=int, default=2, help="that make rows beside the database (2)")

    def handle(self, *args: Any, until: date | None, **options: Any) -> None:
        begun = time.monotonic()
        names = ("citizens", "seed", "regions", "organisations", "years", "sampled", "processes")
        wish = Wish(**{name: options[name] for name in names}, until=until or timezone.localdate() - timedelta(days=1))
        if min(wish.citizens, wish.regions, wish.organisations, wish.years, wish.processes) < 1:
            raise CommandError("Citizens, regions, organisations, years and processes are one or more each.")

        def progress(words: str) -> None:
            self.stderr.write(f"{time.monotonic() - begun:7.1f} s  {words}")

        try:
            learners = make_nation(wish, progress)
        except NationRefused as refusal:
            raise CommandError(str(refusal)) from None
        progress("done")
        self.stdout.write(f"{wish.citizens} citizens, {learners} learners")
